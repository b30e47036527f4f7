package ledger

import (
	"context"
	"fmt"
	"time"

	"fineprint/store/insight/stated"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/provision"
	"fineprint/store/recent"
	"fineprint/store/recordrows"
	"fineprint/store/rows"
	"fineprint/store/text/redline"
	"fineprint/store/wording"
)

// createRecord makes the record of a change that was just approved, or the next
// revision of the one it has.
func (l *Ledger) createRecord(tx *kv.Tx, change uint64, r model.Review, e model.Event) error {
	events, err := rows.Events(tx, change)
	if err != nil {
		return err
	}
	if err := checkRecordOf(tx, change, events[:len(events)-1]); err != nil {
		return err
	}
	record, revision := rows.RecordOf(tx, change)
	first := record == 0
	if first {
		if record, err = kv.NextNumber(tx, kv.BucketRecord); err != nil {
			return err
		}
	}
	frozen, err := l.buildRecord(tx, change, r)
	if err != nil {
		return err
	}
	if first {
		if err := kv.Insert(tx, kv.BucketOfChange, kv.Key(change), kv.Key(record)); err != nil {
			return err
		}
	}
	_, err = freeze(tx, frozen, record, revision+1, e.At, e.Actor)
	return err
}

// freeze keeps a record as a revision that is approved, with its entry in the journal.
func freeze(tx *kv.Tx, r model.Record, number uint64, revision int, at time.Time, by string) (model.Record, error) {
	r.ID, r.Revision, r.State = tx.ID(model.RecordID, number), revision, model.Approved
	r.ApprovedAt, r.ApprovedBy = at, by
	r.Journal.Entry = journal.Next(tx)
	r.Citation = wording.Citation(r)
	clock, err := clockOf(tx, at, r.To.CapturedAt)
	if err != nil {
		return r, err
	}
	r.Clock = clock
	payload, err := rows.EncodeRecord(r)
	if err != nil {
		return r, err
	}
	if err := rows.InsertRecord(tx, number, revision, payload); err != nil {
		return r, err
	}
	_, err = journal.Append(tx, journal.Entry{At: at, Actor: by, Kind: journal.KindRecord, Object: number,
		Part: uint64(revision), Digest: kv.SumOf(payload)})
	if err != nil {
		return r, err
	}
	return r, putLatestCard(tx, number)
}

// buildRecord puts together what a record of the change would hold now, but for
// its number, approval and citation.
func (l *Ledger) buildRecord(tx *kv.Tx, change uint64, r model.Review) (model.Record, error) {
	d, err := uncheckedDetail(tx, change)
	if err != nil {
		return model.Record{}, err
	}
	from, err := evidenceOf(tx, d.FromMeta, d.OldText)
	if err != nil {
		return model.Record{}, err
	}
	to, err := evidenceOf(tx, d.ToMeta, d.NewText)
	if err != nil {
		return model.Record{}, err
	}
	rec := model.Record{Kind: model.ChangeRecord, Change: d.Change.ID, State: r.State, Platform: d.Document.Platform, Document: d.Document.ID,
		Type:     d.Document.Type,
		Severity: r.Severity, Confidence: r.Confidence, Basis: r.Basis, Summary: r.Summary, Note: r.Note,
		Author: r.Author, SecondReader: r.Second, Content: r.Content,
		From: from, To: to, Algorithm: d.Change.Algorithm, Clauses: []model.RecordClause{}}
	rec.Methodology, rec.MethodologyVersion = wording.Methodology, wording.MethodologyVersion
	for _, c := range d.Change.Clauses {
		rc, err := recordClause(c, d.OldText, d.NewText)
		if err != nil {
			return rec, err
		}
		rec.Clauses = append(rec.Clauses, rc)
	}
	if rec.Provisions, err = provisionsOf(tx, d); err != nil {
		return rec, err
	}
	document := d.Document.ID.Number()
	doc, err := rows.GetDocument(tx, document)
	if err != nil {
		return rec, err
	}
	if rec.RecentActivity, err = recent.Activity(tx, document, &doc, change); err != nil {
		return rec, err
	}
	if rec.Stability, err = stabilityOf(tx, d, &doc); err != nil {
		return rec, err
	}
	if rec.InterpretiveNote = r.Note; model.HasContent(&r.Content) {
		rec.Authors = r.Authors
		l.standingTexts(&rec, &model.Writing{Content: rec.Content})
	}
	return rec, nil
}

// provisionsOf lists the clauses of a change that have an ID.
func provisionsOf(tx *kv.Tx, d model.ChangeDetail) ([]model.Provision, error) {
	document := d.Document.ID.Number()
	if !recordrows.HasProvisions(tx, document) {
		return nil, nil
	}
	s := source{document: document}
	f := provision.NewFinder(tx, document)
	var list []model.Provision
	for i, c := range d.Change.Clauses {
		text, at, seq := d.NewText, c.New, d.Change.To.Seq
		if at == nil {
			text, at, seq = d.OldText, c.Old, d.Change.From.Seq
		}
		q, _, err := quote(text, at)
		if err != nil {
			return nil, err
		}
		n, err := f.Find(context.Background(), seq, *at)
		if err != nil {
			return nil, err
		}
		if !provision.Cited(tx, n) {
			continue
		}
		number, err := s.numbering(tx, seq)
		if err != nil {
			return nil, err
		}
		list = append(list, model.Provision{ID: tx.ID(model.ClauseID, n), Number: number(*at), Heading: c.Heading,
			Quote: *q, Document: d.Document.ID, Seq: seq, Change: d.Change.ID, ChangeClause: i + 1})
	}
	return list, nil
}

// stabilityOf says how the main clause of a change stood: of those that changed materially the
// one with the longest words, new or, where it was removed, old.
func stabilityOf(tx *kv.Tx, d model.ChangeDetail, doc *rows.Document) (*model.Stability, error) {
	var main *model.ClauseChange
	var at *model.ByteRange
	for i := range d.Change.Clauses {
		c := &d.Change.Clauses[i]
		words := c.New
		if words == nil {
			words = c.Old
		}
		if c.Material && words != nil && (at == nil || words.End-words.Start > at.End-at.Start) {
			main, at = c, words
		}
	}
	if main == nil {
		return nil, nil
	}
	seq, text := d.Change.To.Seq, d.NewText
	if main.New == nil {
		seq, text = d.Change.From.Seq, d.OldText
	}
	return provision.StabilityOf(tx, d.Document.ID.Number(), doc, seq, text, *at)
}

// recordClause is a clause change with its words.
func recordClause(c model.ClauseChange, oldText, newText string) (model.RecordClause, error) {
	rc := model.RecordClause{Kind: c.Kind, Material: c.Material, Reason: c.Reason, Heading: c.Heading}
	var oldWords, newWords string
	var err error
	if rc.Old, oldWords, err = quote(oldText, c.Old); err != nil {
		return rc, err
	}
	if rc.New, newWords, err = quote(newText, c.New); err != nil {
		return rc, err
	}
	rc.Spans = redline.Compare(oldWords, newWords).Spans
	return rc, nil
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

// evidenceOf is what there is to check of a version, and what its text says of itself.
func evidenceOf(tx *kv.Tx, v model.Version, text string) (model.Evidence, error) {
	e := model.Evidence{Seq: v.Seq, CapturedAt: v.CapturedAt, SourceURL: v.Origin.URL, RawSHA256: v.RawSHA256,
		Snapshot:   v.Snapshot,
		TextSHA256: v.TextSHA256, TextBytes: v.TextBytes, Extractor: v.Extractor, VersionOnly: v.Snapshot == "", Cut: v.Cut,
		Origin: v.Origin, Stated: stated.WithWords(text, v.CapturedAt)}
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
