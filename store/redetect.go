package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/detect"
	"fineprint/store/detect/timeline"
	"fineprint/store/model"
	"fineprint/store/review"
	"fineprint/store/text/guard"
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
func (s *Store) DetectAgain(ctx context.Context, o DetectAgainOptions) (model.Redetection, error) {
	total := model.Redetection{Algorithm: detect.Version}
	docs, changes, err := s.changesByDocument(ctx, o.Match)
	if err != nil {
		return total, fmt.Errorf("reading what is to be detected again: %w", err)
	}
	s.cacheMu.Lock()
	defer s.cacheMu.Unlock()
	for i, n := range docs {
		r := redetection{s: s, n: n, dry: o.DryRun, numbers: changes[n]}
		run := s.update
		if o.DryRun {
			run = s.view
		}
		if err := run(ctx, r.document); err != nil {
			return total, fmt.Errorf("detecting again in %s: %w", s.id(model.DocumentID, n), err)
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
func (s *Store) changesByDocument(ctx context.Context, match string) ([]uint64, map[uint64][]uint64, error) {
	var docs []uint64
	changes := map[uint64][]uint64{}
	err := s.view(ctx, func(tx *bolt.Tx) error {
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
	s       *Store
	n       uint64
	dry     bool
	numbers []uint64 // of its changes

	doc      documentRow
	byTo     map[int]uint64 // changes by the version they led to
	state    timeline.State
	goodRow  versionRow
	last     uint64 // the change judged last; 0 for none, or one that a dry run found
	suspects []int
	verdicts []byte // of what was written, for the journal
	count    model.Redetection
}

func (r *redetection) document(tx *bolt.Tx) (err error) {
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
	if len(r.verdicts) == 0 && alike(before, r.doc) {
		return nil
	}
	if err := putRow(tx, bktDocument, u64(r.n), r.doc); err != nil {
		return err
	}
	_, err = appendJournal(tx, journalEntry{At: r.s.o.Clock().UTC(), Actor: r.s.o.Actor, Kind: entryDetected, Object: r.n, Part: detect.Version, Digest: sha256.Sum256(r.verdicts)})
	return err
}

// version takes one version in.
func (r *redetection) version(tx *bolt.Tx, seq int) error {
	v, err := getVersion(tx, r.n, seq)
	if err != nil {
		return err
	}
	c, err := r.capture(tx, seq, v)
	if err != nil {
		return err
	}
	var verdict timeline.Verdict
	r.state, verdict = timeline.Step(r.state, c)
	if verdict.Suspect {
		r.suspects = append(r.suspects, seq)
	}
	if verdict.Change != nil {
		if err := r.judge(tx, verdict.Change, seq, v); err != nil {
			return err
		}
	}
	if r.state.Good == seq {
		r.goodRow = v
	}
	return nil
}

// capture is what came in as a version.
func (r *redetection) capture(tx *bolt.Tx, seq int, v versionRow) (timeline.Capture, error) {
	_, changed := r.byTo[seq]
	c := timeline.Capture{At: unixTime(v.CapturedAt), Sum: toSum(v.TextSum), Failure: v.Failure, Technical: v.Kind == string(model.VersionTechnical),
		Recorded: &timeline.Recorded{Suspect: r.doc.suspect(seq, v), Changed: changed}}
	origin, err := v.Origin.toModel(tx)
	if err != nil {
		return c, err
	}
	c.Method = origin.Method
	if c.Extractor, err = word(tx, v.Extractor); err != nil {
		return c, err
	}
	if v.Kind != string(model.VersionFailed) {
		c.Text, err = textOf(tx, v)
	}
	return c, err
}

// judge puts what was found in the place of what an older detection did.
func (r *redetection) judge(tx *bolt.Tx, found *timeline.Change, seq int, v versionRow) error {
	var row queueRow
	number := r.byTo[seq]
	if number != 0 {
		if _, err := getRow(tx, bktRow, u64(number), &row); err != nil {
			return err
		}
	}
	next := row
	next.Document, next.Repo = r.n, v.Origin.Repo
	next.From = refRow{Seq: found.From, CapturedAt: r.goodRow.CapturedAt, Sum: r.goodRow.TextSum, Commit: r.goodRow.Origin.Commit}
	next.To = refRow{Seq: seq, CapturedAt: v.CapturedAt, Sum: v.TextSum, Commit: v.Origin.Commit}
	if number == 0 {
		next.OtherReading = found.OtherReading
	}
	next.judged(found)
	if found.TakesBack && r.last != 0 && !r.dry {
		if err := r.s.markTakenBack(tx, r.last, next); err != nil {
			return err
		}
	}
	r.last = number
	r.count.Changes++
	if found.Uncompared {
		r.count.Uncompared++
	}
	if number == 0 {
		return r.add(tx, next, found)
	}
	return r.replace(tx, number, row, next, found)
}

// add puts a change into the queue that was not seen before.
func (r *redetection) add(tx *bolt.Tx, row queueRow, found *timeline.Change) error {
	r.count.New++
	if r.dry {
		return nil
	}
	n, err := tx.Bucket(bktChange).NextSequence()
	if err != nil {
		return err
	}
	row.DetectedAt = r.s.o.Clock().UTC().UnixNano()
	r.doc.LastChange, r.last = max(r.doc.LastChange, n), n
	return r.write(tx, n, row, found.Clauses)
}

// replace judges a change anew that is not decided on.
func (r *redetection) replace(tx *bolt.Tx, number uint64, row, next queueRow, found *timeline.Change) error {
	differs := row.Material != next.Material || row.Reason != next.Reason
	events, err := r.s.events(tx, number)
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
	if r.dry || alike(row, next) && alike(packClauses(clauses), packClauses(found.Clauses)) {
		return nil
	}
	return r.write(tx, number, next, found.Clauses)
}

// markDecided gives a change that was decided on the mark that it has by its
// clauses as they were judged then, so that it is found as a precedent.
func (r *redetection) markDecided(tx *bolt.Tx, number uint64, row queueRow) error {
	if r.dry {
		return nil
	}
	clauses, err := changeClauses(tx, number)
	if err != nil {
		return err
	}
	_, old, err := r.s.versionAndText(tx, r.n, row.From.Seq)
	if err != nil {
		return err
	}
	_, text, err := r.s.versionAndText(tx, r.n, row.To.Seq)
	if err != nil {
		return err
	}
	next := row
	fingerprint, _ := guard.Value(func() similar.Fingerprint { return similar.New(old, text, clauses) })
	next.mark(fingerprint)
	if alike(row, next) {
		return nil
	}
	return putRow(tx, bktRow, u64(number), next)
}

// alike reports whether two values are stored as the same bytes.
func alike(a, b any) bool {
	x, errX := encoding.Marshal(a)
	y, errY := encoding.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

func (r *redetection) write(tx *bolt.Tx, number uint64, row queueRow, clauses []model.ClauseChange) error {
	r.verdicts = fmt.Appendf(r.verdicts, "%d %t %s\n", number, row.Material, row.Reason)
	return putChange(tx, number, row, clauses)
}

// settle keeps which versions are good now.
func (r *redetection) settle(tx *bolt.Tx) error {
	if r.state.Good > 0 {
		r.doc.Good = r.state.Good
	}
	r.doc.Suspect = packSuspect(r.state.Suspect)
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
