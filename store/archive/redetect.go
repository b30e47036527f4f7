package archive

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"fineprint/store/detect"
	"fineprint/store/detect/timeline"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/review"
	"fineprint/store/rows"
	"fineprint/store/text/guard"
	"fineprint/store/text/similar"
)

// DetectAgainOptions select what is detected again.
type DetectAgainOptions struct {
	Match    string // glob on "Platform/Type"
	DryRun   bool   // change nothing
	Progress func(done, total int)
}

// DetectAgain judges every document's versions again with the present algorithm,
// as if they were recorded now, one transaction a document. Changes keep their
// IDs. What was decided stays as it was judged when it was decided on; it is
// only counted. Whether a capture from the live web is a bad one is not judged
// again, for what was seen between its versions is not kept.
func (r *Recorder) DetectAgain(ctx context.Context, o DetectAgainOptions) (model.Redetection, error) {
	total := model.Redetection{Algorithm: detect.Version}
	docs, changes, err := r.changesByDocument(ctx, o.Match)
	if err != nil {
		return total, fmt.Errorf("reading what is to be detected again: %w", err)
	}
	r.cacheMu.Lock()
	defer r.cacheMu.Unlock()
	for i, n := range docs {
		one := redetection{n: n, dry: o.DryRun, numbers: changes[n]}
		run := r.db.Update
		if o.DryRun {
			run = r.db.View
		}
		if err := run(ctx, one.document); err != nil {
			return total, fmt.Errorf("detecting again in %s: %w", r.db.ID(model.DocumentID, n), err)
		}
		delete(r.cache, n)
		total.Add(one.count)
		if o.Progress != nil {
			o.Progress(i+1, len(docs))
		}
	}
	return total, nil
}

// changesByDocument lists the documents that match, and the changes of each.
func (r *Recorder) changesByDocument(ctx context.Context, match string) ([]uint64, map[uint64][]uint64, error) {
	var docs []uint64
	changes := map[uint64][]uint64{}
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		all, err := rows.Documents(tx)
		if err != nil {
			return err
		}
		for n, d := range all {
			if model.MatchName(match, d.Name, d.Type) {
				docs = append(docs, n)
			}
		}
		slices.Sort(docs)
		heads, err := rows.Heads(tx)
		for i := range heads {
			changes[heads[i].Document] = append(changes[heads[i].Document], heads[i].N)
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

	doc      rows.Document
	byTo     map[int]uint64 // changes by the version they led to
	state    timeline.State
	goodRow  rows.Version
	last     uint64 // the change judged last; 0 for none, or one that a dry run found
	suspects []int
	verdicts []byte // of what was written, for the journal
	count    model.Redetection
}

func (r *redetection) document(tx *kv.Tx) (err error) {
	if r.doc, err = rows.GetDocument(tx, r.n); err != nil {
		return err
	}
	r.byTo = make(map[int]uint64, len(r.numbers))
	for _, n := range r.numbers {
		var row rows.Change
		if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row); err != nil {
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
	if err := r.updateDocument(tx); err != nil {
		return err
	}
	if len(r.verdicts) == 0 && kv.SameEncoding(before, r.doc) {
		return nil
	}
	if err := kv.PutRow(tx, kv.BucketDocument, kv.Key(r.n), r.doc); err != nil {
		return err
	}
	_, err = journal.Append(tx, journal.Entry{At: tx.Now().UTC(), Actor: tx.Actor(), Kind: journal.KindDetected,
		Object: r.n, Part: detect.Version, Digest: sha256.Sum256(r.verdicts)})
	return err
}

// version takes one version in.
func (r *redetection) version(tx *kv.Tx, seq int) error {
	v, err := rows.GetVersion(tx, r.n, seq)
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
		if err := r.applyVerdict(tx, verdict.Change, seq, v); err != nil {
			return err
		}
	}
	if r.state.Good == seq {
		r.goodRow = v
	}
	return nil
}

// capture is what came in as a version.
func (r *redetection) capture(tx *kv.Tx, seq int, v rows.Version) (timeline.Capture, error) {
	_, changed := r.byTo[seq]
	c := timeline.Capture{At: kv.UnixTime(v.CapturedAt), Sum: toSum(v.TextSum), Failure: v.Failure,
		Technical: v.Kind == string(model.VersionTechnical),
		Recorded:  &timeline.Recorded{Suspect: r.doc.IsSuspect(seq, v), Changed: changed}}
	origin, err := v.Origin.ToModel(tx)
	if err != nil {
		return c, err
	}
	c.Method = origin.Method
	if c.Extractor, err = kv.LookupString(tx, v.Extractor); err != nil {
		return c, err
	}
	if v.Kind != string(model.VersionFailed) {
		c.Text, err = rows.Text(tx, v)
	}
	return c, err
}

// applyVerdict puts what was found in the place of what an older detection did.
func (r *redetection) applyVerdict(tx *kv.Tx, found *timeline.Change, seq int, v rows.Version) error {
	var row rows.Change
	number := r.byTo[seq]
	if number != 0 {
		if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(number), &row); err != nil {
			return err
		}
	}
	next := row
	next.Document, next.Repo = r.n, v.Origin.Repo
	next.From = rows.Ref{Seq: found.From, CapturedAt: r.goodRow.CapturedAt, Sum: r.goodRow.TextSum,
		Commit: r.goodRow.Origin.Commit}
	next.To = rows.Ref{Seq: seq, CapturedAt: v.CapturedAt, Sum: v.TextSum, Commit: v.Origin.Commit}
	if number == 0 {
		next.OtherReading = found.OtherReading
	}
	setVerdict(&next, found)
	if found.TakesBack && r.last != 0 && !r.dry {
		if err := markTakenBack(tx, r.last, next); err != nil {
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
func (r *redetection) add(tx *kv.Tx, row rows.Change, found *timeline.Change) error {
	r.count.New++
	if r.dry {
		return nil
	}
	n, err := kv.NextNumber(tx, kv.BucketChange)
	if err != nil {
		return err
	}
	row.DetectedAt = tx.Now().UTC().UnixNano()
	r.doc.LastChange, r.last = max(r.doc.LastChange, n), n
	return r.write(tx, n, row, found.Clauses)
}

// replace judges a change again that is not decided on.
func (r *redetection) replace(tx *kv.Tx, number uint64, row, next rows.Change, found *timeline.Change) error {
	differs := row.Material != next.Material || row.Reason != next.Reason
	events, err := rows.Events(tx, number)
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
	clauses, err := rows.Clauses(tx, number)
	if err != nil {
		return err
	}
	if r.dry || kv.SameEncoding(row, next) && kv.SameEncoding(rows.PackClauses(clauses),
		rows.PackClauses(found.Clauses)) {
		return nil
	}
	return r.write(tx, number, next, found.Clauses)
}

// markDecided gives a change that was decided on the mark that it has by its
// clauses as they were judged then, so that it is found as a precedent.
func (r *redetection) markDecided(tx *kv.Tx, number uint64, row rows.Change) error {
	if r.dry {
		return nil
	}
	clauses, err := rows.Clauses(tx, number)
	if err != nil {
		return err
	}
	_, old, err := rows.VersionAndText(tx, r.n, row.From.Seq)
	if err != nil {
		return err
	}
	_, text, err := rows.VersionAndText(tx, r.n, row.To.Seq)
	if err != nil {
		return err
	}
	next := row
	fingerprint, _ := guard.Value(func() similar.Fingerprint { return similar.New(old, text, clauses) })
	next.SetFingerprint(fingerprint)
	if kv.SameEncoding(row, next) {
		return nil
	}
	return kv.PutRow(tx, kv.BucketRow, kv.Key(number), next)
}

func (r *redetection) write(tx *kv.Tx, number uint64, row rows.Change, clauses []model.ClauseChange) error {
	r.verdicts = fmt.Appendf(r.verdicts, "%d %t %s\n", number, row.Material, row.Reason)
	return rows.PutChange(tx, number, row, clauses)
}

// updateDocument records which versions are good now.
func (r *redetection) updateDocument(tx *kv.Tx) error {
	if r.state.Good > 0 {
		r.doc.Good = r.state.Good
	}
	r.doc.Suspect = packSuspect(r.state.Suspect)
	var overturned []int
	for seq := 1; seq <= r.doc.Versions; seq++ {
		v, err := rows.GetVersion(tx, r.n, seq)
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
