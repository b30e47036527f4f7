package store

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"fineprint/store/detect"
	"fineprint/store/model"
	"fineprint/store/review"
	"fineprint/store/text/similar"
)

// DetectAgainOptions say what is detected again.
type DetectAgainOptions struct {
	Match    string // glob on "Platform/Type"
	DryRun   bool   // change nothing
	Progress func(done, total int)
}

// DetectAgain judges every document's versions anew with the present algorithm,
// as if they were recorded now, one transaction a document. Changes keep their
// IDs. What was decided stays as it was judged when it was decided on; it is
// only counted. Whether a capture from the live web is a bad one is not judged
// anew, for what was seen between its versions is not kept.
func (s *Recorder) DetectAgain(ctx context.Context, o DetectAgainOptions) (model.Redetection, error) {
	total := model.Redetection{Algorithm: detect.Version}
	docs, changes, err := s.changesByDocument(ctx, o.Match)
	if err != nil {
		return total, fmt.Errorf("reading what is to be detected again: %w", err)
	}
	s.cacheMu.Lock()
	defer s.cacheMu.Unlock()
	for i, n := range docs {
		r := redetection{n: n, dry: o.DryRun, numbers: changes[n]}
		run := s.db.Update
		if o.DryRun {
			run = s.db.View
		}
		if err := run(ctx, r.document); err != nil {
			return total, fmt.Errorf("detecting again in %s: %w", s.db.ID(model.DocumentID, n), err)
		}
		delete(s.cache, n)
		total.Add(r.count)
		if o.Progress != nil {
			o.Progress(i+1, len(docs))
		}
	}
	return total, nil
}

// changesByDocument lists the documents that match, and the changes of each.
func (s *Recorder) changesByDocument(ctx context.Context, match string) ([]uint64, map[uint64][]uint64, error) {
	var docs []uint64
	changes := map[uint64][]uint64{}
	err := s.db.View(ctx, func(tx *Tx) error {
		all, err := allDocuments(tx)
		if err != nil {
			return err
		}
		for n, d := range all {
			if model.MatchName(match, d.Name, d.Type) {
				docs = append(docs, n)
			}
		}
		slices.Sort(docs)
		heads, err := rowHeads(tx)
		for i := range heads {
			changes[heads[i].document] = append(changes[heads[i].document], heads[i].n)
		}
		return err
	})
	return docs, changes, err
}

// redetection replays one document.
type redetection struct {
	n       uint64
	dry     bool
	numbers []uint64 // of its changes

	doc      documentRow
	byTo     map[int]uint64 // changes by the version they led to
	past     detect.History
	good     int
	goodRow  versionRow
	suspects []int
	verdicts []byte // of what was written, for the journal
	count    model.Redetection
}

func (r *redetection) document(tx *Tx) (err error) {
	if r.doc, err = getDocument(tx, r.n); err != nil {
		return err
	}
	r.byTo = make(map[int]uint64, len(r.numbers))
	for _, n := range r.numbers {
		var row queueRow
		if _, err := getRow(tx, bktRow, u64(n), &row); err != nil {
			return err
		}
		r.byTo[row.To.Seq] = n
	}
	before := r.doc
	r.count.Documents = 1
	for seq := 1; seq <= r.doc.Versions; seq++ {
		if err := r.version(tx, seq); err != nil {
			return err
		}
	}
	if r.dry {
		return nil
	}
	if err := r.settle(tx); err != nil {
		return err
	}
	if len(r.verdicts) == 0 && sameEncoding(before, r.doc) {
		return nil
	}
	if err := putRow(tx, bktDocument, u64(r.n), r.doc); err != nil {
		return err
	}
	_, err = appendJournal(tx, journalEntry{At: tx.Now().UTC(), Actor: tx.Actor(), Kind: entryDetected, Object: r.n, Part: detect.Version, Digest: sha256.Sum256(r.verdicts)})
	return err
}

// version takes one version in as recording would.
func (r *redetection) version(tx *Tx, seq int) error {
	v, err := getVersion(tx, r.n, seq)
	if err != nil || v.Kind == string(model.VersionFailed) {
		return err
	}
	text, err := textOf(tx, v)
	if err != nil {
		return err
	}
	origin, err := v.Origin.toModel(tx)
	if err != nil {
		return err
	}
	live := origin.Method == model.MethodWeb
	settled := func() { r.good, r.goodRow = seq, v }
	switch number, known := r.byTo[seq]; {
	case live && r.doc.suspect(seq, v):
		r.suspects = append(r.suspects, seq)
		return nil // set apart when it was fetched
	case r.good == 0:
		r.past.Start(seq, text)
		settled()
		return nil
	case !known && text == r.past.Good():
		r.past.Seen(seq)
		settled()
		return nil
	case !known && v.Kind == string(model.VersionTechnical):
		r.past.Start(seq, text)
		settled()
		return nil
	default:
		r.past.Trusted = live
		found := r.past.Assess(text, unixTime(v.CapturedAt))
		mark := similar.Of(r.past.Good(), text, found.Clauses)
		if found.Suspect {
			r.past.Reject(found.Detail, unixTime(v.CapturedAt))
			r.suspects = append(r.suspects, seq)
			r.doc.Suspect = &suspectRow{What: r.past.Suspect.What, Count: r.past.Suspect.Count, Since: r.past.Suspect.Since.UnixNano(), Text: v.TextSum}
		} else {
			r.past.Settle(seq)
		}
		err := r.judge(tx, number, &found, mark, seq, v)
		if !found.Suspect {
			settled()
		}
		return err
	}
}

// judge puts what was found in the place of what an older detection did.
func (r *redetection) judge(tx *Tx, number uint64, found *detect.Result, mark similar.Mark, seq int, v versionRow) error {
	var row queueRow
	if number != 0 {
		if _, err := getRow(tx, bktRow, u64(number), &row); err != nil {
			return err
		}
	}
	next := row
	next.Document, next.Repo = r.n, v.Origin.Repo
	next.From = refRow{Seq: r.good, CapturedAt: r.goodRow.CapturedAt, Sum: r.goodRow.TextSum, Commit: r.goodRow.Origin.Commit}
	next.To = refRow{Seq: seq, CapturedAt: v.CapturedAt, Sum: v.TextSum, Commit: v.Origin.Commit}
	setVerdict(&next, found, mark)
	r.count.Changes++
	if number == 0 {
		r.count.New++
		if r.dry {
			return nil
		}
		n, err := nextNumber(tx, bktChange)
		if err != nil {
			return err
		}
		number, next.DetectedAt = n, tx.Now().UTC().UnixNano()
		r.doc.LastChange = max(r.doc.LastChange, n)
		return r.write(tx, number, next, found.Clauses)
	}
	differs := row.Material != next.Material || row.Reason != next.Reason
	events, err := eventsOf(tx, number)
	if err != nil {
		return err
	}
	if state := review.Project("", events).Review.State; state != model.Pending && state != model.Snoozed {
		if differs {
			r.count.Decided++
		}
		return r.markDecided(tx, number, row)
	}
	switch {
	case !differs:
	case row.Material && !next.Material:
		r.count.Folded++
	case next.Material && !row.Material:
		r.count.Raised++
	default:
		r.count.Renamed++
	}
	clauses, err := changeClauses(tx, number)
	if err != nil {
		return err
	}
	if r.dry || sameEncoding(row, next) && sameEncoding(packClauses(clauses), packClauses(found.Clauses)) {
		return nil
	}
	return r.write(tx, number, next, found.Clauses)
}

// markDecided gives a change that was decided on the mark that it has by its
// clauses as they were judged then, so that it is found as a precedent.
func (r *redetection) markDecided(tx *Tx, number uint64, row queueRow) error {
	if r.dry {
		return nil
	}
	clauses, err := changeClauses(tx, number)
	if err != nil {
		return err
	}
	_, old, err := versionAndText(tx, r.n, row.From.Seq)
	if err != nil {
		return err
	}
	_, text, err := versionAndText(tx, r.n, row.To.Seq)
	if err != nil {
		return err
	}
	next := row
	next.mark(similar.Of(old, text, clauses))
	if sameEncoding(row, next) {
		return nil
	}
	return putRow(tx, bktRow, u64(number), next)
}

func (r *redetection) write(tx *Tx, number uint64, row queueRow, clauses []model.ClauseChange) error {
	r.verdicts = fmt.Appendf(r.verdicts, "%d %t %s\n", number, row.Material, row.Reason)
	return putChange(tx, number, row, clauses)
}

// settle keeps which versions are good now.
func (r *redetection) settle(tx *Tx) error {
	if r.good > 0 {
		r.doc.Good = r.good
	}
	if r.past.Suspect.Count == 0 {
		r.doc.Suspect = nil
	}
	var overturned []int
	for seq := 1; seq <= r.doc.Versions; seq++ {
		v, err := getVersion(tx, r.n, seq)
		if err != nil {
			return err
		}
		if v.Suspect != slices.Contains(r.suspects, seq) {
			overturned = append(overturned, seq)
		}
	}
	r.doc.Overturned = overturned
	return nil
}
