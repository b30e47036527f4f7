package ledger

import (
	"fmt"
	"time"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/text/redline"
)

// Methodology is the text that every record carries on how it came about. It
// states only what is true of it; a new wording is a new version.
const Methodology = "Fineprint methodology, version 2. Both texts were kept as captured and are named by SHA-256. " +
	"Clauses were aligned and compared word by word by a published algorithm, whose version this record names; " +
	"what differs only in " +
	"whitespace, typography, formatting, link targets, dates, numbering or position is listed as immaterial with " +
	"its reason. " +
	"Severity, confidence, basis and summary are the judgement of the author named. Where a second reader is " +
	"named, that is somebody else, " +
	"who approved the record; what they made of the change themselves stands beside it, where they gave it. " +
	"Where the record says version only, the text is the archive's own extraction and the raw bytes of the page " +
	"were not in reach. " +
	"This record is not legal advice."

// createRecord makes the record of a change that was just approved, or the next
// revision of the one it has.
func createRecord(tx *kv.Tx, change uint64, r model.Review, e model.Event) error {
	events, err := rows.Events(tx, change)
	if err != nil {
		return err
	}
	if err := checkRecordOf(tx, change, events[:len(events)-1]); err != nil {
		return err
	}
	record, revision := rows.RecordOf(tx, change)
	if record == 0 {
		n, err := kv.NextNumber(tx, kv.BucketRecord)
		if err != nil {
			return err
		}
		record = n
	}
	revision++
	frozen, err := buildRecord(tx, change, r)
	if err != nil {
		return err
	}
	frozen.ID, frozen.Revision, frozen.State = tx.ID(model.RecordID, record), revision, model.Approved
	frozen.ApprovedAt, frozen.ApprovedBy = e.At, e.Actor
	frozen.Journal.Entry = journal.Next(tx)
	frozen.Citation = citation(frozen)
	payload, err := rows.EncodeRecord(frozen)
	if err != nil {
		return err
	}
	if err := rows.InsertRecord(tx, record, revision, payload); err != nil {
		return err
	}
	if err := tx.Bucket(kv.BucketOfChange).Put(kv.Key(change), kv.Key(record)); err != nil {
		return err
	}
	_, err = journal.Append(tx, journal.Entry{At: e.At, Actor: e.Actor, Kind: journal.KindRecord, Object: record,
		Part: uint64(revision), Digest: kv.SumOf(payload)})
	return err
}

// buildRecord puts together what a record of the change would hold now, but for
// its number, approval and citation.
func buildRecord(tx *kv.Tx, change uint64, r model.Review) (model.Record, error) {
	d, err := uncheckedDetail(tx, change)
	if err != nil {
		return model.Record{}, err
	}
	from, err := evidenceOf(tx, d.FromMeta)
	if err != nil {
		return model.Record{}, err
	}
	to, err := evidenceOf(tx, d.ToMeta)
	if err != nil {
		return model.Record{}, err
	}
	rec := model.Record{Change: d.Change.ID, State: r.State, Platform: d.Document.Platform, Document: d.Document.ID,
		Type:     d.Document.Type,
		Severity: r.Severity, Confidence: r.Confidence, Basis: r.Basis, Summary: r.Summary, Note: r.Note,
		Author: r.Author, SecondReader: r.Second,
		From: from, To: to, Algorithm: d.Change.Algorithm, Methodology: Methodology, Clauses: []model.RecordClause{}}
	for _, c := range d.Change.Clauses {
		rc := model.RecordClause{Kind: c.Kind, Material: c.Material, Reason: c.Reason, Heading: c.Heading}
		var oldWords, newWords string
		if rc.Old, oldWords, err = quote(d.OldText, c.Old); err != nil {
			return rec, err
		}
		if rc.New, newWords, err = quote(d.NewText, c.New); err != nil {
			return rec, err
		}
		rc.Spans = redline.Compare(oldWords, newWords).Spans
		rec.Clauses = append(rec.Clauses, rc)
	}
	return rec, nil
}

func quote(text string, e *model.ByteRange) (*model.Quote, string, error) {
	if e == nil {
		return nil, "", nil
	}
	if e.Start < 0 || e.End < e.Start || e.End > len(text) {
		return nil, "", fmt.Errorf("%w: a clause lies outside its text", model.ErrDamaged)
	}
	words := text[e.Start:e.End]
	return &model.Quote{Text: words, Start: e.Start, End: e.End}, words, nil
}

func evidenceOf(tx *kv.Tx, v model.Version) (model.Evidence, error) {
	e := model.Evidence{Seq: v.Seq, CapturedAt: v.CapturedAt, SourceURL: v.Origin.URL, RawSHA256: v.RawSHA256,
		Snapshot:   v.Snapshot,
		TextSHA256: v.TextSHA256, TextBytes: v.TextBytes, Extractor: v.Extractor, VersionOnly: v.Snapshot == "", Cut: v.Cut,
		Origin: v.Origin}
	if e.SourceURL == "" && v.Origin.Archive != nil && len(v.Origin.Archive.Locations) > 0 {
		e.SourceURL = v.Origin.Archive.Locations[0]
	}
	if v.Snapshot != "" {
		var snap rows.Snapshot
		if _, err := kv.GetRow(tx, kv.BucketSnapshot, kv.Key(v.Snapshot.Number()), &snap); err != nil {
			return e, err
		}
		e.RawBytes = snap.Bytes
	}
	return e, nil
}

// citation writes how a record is cited: what, when captured, where from, what
// names the bytes, who judged it when.
func citation(r model.Record) string {
	c := fmt.Sprintf("%s, “%s”, as changed between captures of %s and %s", r.Platform.Name, r.Type,
		r.From.CapturedAt.UTC().Format(time.RFC3339), r.To.CapturedAt.UTC().Format(time.RFC3339))
	if r.To.SourceURL != "" {
		c += ", " + r.To.SourceURL
	}
	if a := r.To.Origin.Archive; a != nil {
		c += fmt.Sprintf(", from the archive %s, commit %s", a.Repo, a.Commit)
	}
	c += fmt.Sprintf(". Text SHA-256 %s", r.To.TextSHA256)
	if r.To.RawSHA256 != "" {
		c += fmt.Sprintf(", raw bytes SHA-256 %s", r.To.RawSHA256)
	}
	if r.ID == "" {
		return c + ". Fineprint preview, not approved."
	}
	c += fmt.Sprintf(". Fineprint record %s, revision %d", r.ID, r.Revision)
	if r.Author != "" && !model.SamePerson(r.Author, r.ApprovedBy) {
		c += ", judged by " + r.Author
	}
	return c + fmt.Sprintf(", approved by %s on %s.", r.ApprovedBy, r.ApprovedAt.UTC().Format(time.DateOnly))
}
