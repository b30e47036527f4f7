package archive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"fineprint/store/blob"
	"fineprint/store/detect"
	"fineprint/store/detect/timeline"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/review"
	"fineprint/store/rows"
	"fineprint/store/standing"
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
	docs, changes, from, err := r.changesByDocument(ctx, o.Match)
	if err != nil {
		return total, fmt.Errorf("reading what is to be detected again: %w", err)
	}
	r.cacheMu.Lock()
	defer r.cacheMu.Unlock()
	snapshot, remove, err := r.db.Snapshot(ctx)
	if err != nil {
		return total, err
	}
	defer remove()
	for i, n := range docs {
		one := &redetection{n: n, dry: o.DryRun, numbers: changes[n], listed: from.lastChange, end: from.end(n)}
		if o.DryRun {
			err = snapshot.View(ctx, one.document)
		} else {
			one, err = r.judgePlanned(ctx, snapshot, *one)
		}
		if err != nil {
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

// judgePlanned judges a document in a transaction, by what is worked out on a snapshot before.
func (r *Recorder) judgePlanned(ctx context.Context, snapshot *kv.DB, of redetection) (*redetection, error) {
	ahead, one := of, of
	err := snapshot.View(ctx, func(tx *kv.Tx) error {
		one.planned = ahead.plan(tx)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = r.db.Update(ctx, one.document)
	if errors.Is(err, errPlanStale) {
		one = of
		err = r.db.Update(ctx, one.document)
	}
	return &one, err
}

// changesByDocument lists the documents that match, the changes of each, and where
// they come from.
func (r *Recorder) changesByDocument(ctx context.Context, match string) (docs []uint64,
	changes map[uint64][]uint64, from archives, err error) {
	changes = map[uint64][]uint64{}
	err = r.db.View(ctx, func(tx *kv.Tx) error {
		if from, err = newArchives(tx); err != nil {
			return err
		}
		from.lastChange = tx.Bucket(kv.BucketChange).Sequence()
		for n, d := range from.documents {
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
	return docs, changes, from, err
}

// redetection replays one document.
type redetection struct {
	n       uint64
	dry     bool
	numbers []uint64 // of its changes
	listed  uint64   // the last change when they were listed; 0 for in this transaction

	blobs    *blob.Reader // of the transaction under way
	doc      rows.Document
	end      time.Time    // until when the document stood as it is
	byTo     numbers      // of the changes
	stayed   map[int]bool // the versions that the document was seen to stay with
	state    timeline.State
	goodRow  rows.Version
	open     []*judgement // one change, and bad captures since
	suspects []int
	touched  map[uint64][2][]byte // what was stored of changes that were written
	extra    []detect.PlaceRule   // rules on trial
	effects  []model.RuleEffect   // changes that are not decided on and get another verdict
	count    model.Redetection
	rebuild  func(*judgement) error // instead of writing what was found

	planning *planned // what is being worked out before
	planned  *planned // what was

	ordered *ordering             // of a document whose versions are in another order than their numbers'
	became  map[int]model.Outcome // what became of captures that were kept until now, by their numbers
}

func (r *redetection) document(tx *kv.Tx) (err error) {
	r.blobs = blob.NewReader(tx)
	if r.doc, err = rows.GetDocument(tx, r.n); err != nil {
		return err
	}
	list, err := placeRules(tx, r.n)
	if err != nil {
		return err
	}
	list = append(list, r.extra...)
	if r.planning != nil {
		r.planning.rules = list
	} else if r.planned != nil && !reflect.DeepEqual(list, r.planned.rules) {
		return errPlanStale
	}
	r.state = r.state.UnderRules(list)
	if err := r.addNumbers(tx); err != nil {
		return err
	}
	r.byTo, r.stayed, r.touched, r.became = numbers{}, map[int]bool{}, map[uint64][2][]byte{}, map[int]model.Outcome{}
	if r.doc.Order != nil || r.doc.Repeats != nil || r.doc.Unjudged {
		r.ordered = newOrdering()
	}
	for _, n := range r.numbers {
		var row rows.Change
		if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row); err != nil {
			return err
		}
		if r.ordered != nil {
			r.ordered.pairs[pair{row.From.Seq, row.To.Seq}] = n
		}
		if !row.Superseded {
			r.byTo[row.To.Seq], r.stayed[row.To.Seq] = n, row.Settled
		}
	}
	before := r.doc
	r.count.Documents = 1
	if err := r.replay(tx); err != nil {
		return err
	}
	if err := r.finish(tx); err != nil || r.dry {
		return err
	}
	if err := r.supersede(tx); err != nil {
		return err
	}
	if err := r.updateDocument(tx); err != nil {
		return err
	}
	if err := rows.DropMemory(tx, r.n); err != nil {
		return err
	}
	verdicts, err := r.changed(tx)
	if err != nil {
		return err
	}
	if len(verdicts) > 0 {
		if err := rows.DropChangeTypes(tx, r.n); err != nil {
			return err
		}
	}
	same := kv.SameEncoding(before, r.doc)
	if !same {
		if err := kv.PutRow(tx, kv.BucketDocument, kv.Key(r.n), r.doc); err != nil {
			return err
		}
	}
	if err := standing.Again(tx, r.n); err != nil || same && len(verdicts) == 0 {
		return err
	}
	_, err = journal.Append(tx, journal.Entry{At: tx.Now().UTC(), Actor: tx.Actor(), Kind: journal.KindDetected,
		Object: r.n, Part: detect.Version, Digest: sha256.Sum256(verdicts)})
	return err
}

// addNumbers adds the document's changes that were recorded since they were listed.
func (r *redetection) addNumbers(tx *kv.Tx) error {
	if r.listed == 0 {
		return nil
	}
	r.numbers = slices.Clone(r.numbers)
	c := tx.Bucket(kv.BucketRow).Cursor()
	for k, _ := c.Seek(kv.Key(r.listed + 1)); k != nil; k, _ = c.Next() {
		var row rows.Change
		if _, err := kv.GetRow(tx, kv.BucketRow, k, &row); err != nil {
			return err
		}
		if row.Document == r.n {
			r.numbers = append(r.numbers, kv.KeyNumber(k))
		}
	}
	return nil
}

// finish settles what stood until the end of its archive.
func (r *redetection) finish(tx *kv.Tx) error {
	found, err := r.settleAtEnd()
	if err != nil {
		return err
	}
	if err := r.settle(tx, found); err != nil {
		return err
	}
	return r.flush(tx)
}

// replay takes all versions in.
func (r *redetection) replay(tx *kv.Tx) error {
	if r.ordered != nil {
		return r.replayInOrder(tx)
	}
	for seq := 1; seq <= r.doc.Versions; seq++ {
		v, err := rows.GetVersion(tx, r.n, seq)
		if err != nil {
			return err
		}
		c, err := r.capture(tx, seq, v)
		if err != nil {
			return err
		}
		if _, err := r.take(tx, c, seq, v); err != nil {
			return err
		}
	}
	return nil
}

// take takes one capture in, that is a version or, in order, may become one.
func (r *redetection) take(tx *kv.Tx, c timeline.Capture, seq int, v rows.Version) (timeline.Verdict, error) {
	c.Seq = seq
	verdict, err := r.step(c)
	if err != nil {
		return verdict, err
	}
	if verdict.Suspect {
		r.suspects = append(r.suspects, seq)
	}
	if err := r.settle(tx, verdict.Settled); err != nil {
		return verdict, err
	}
	if verdict.Change != nil && verdict.Seq != 0 {
		if err := r.applyVerdict(tx, verdict.Change, seq, v); err != nil {
			return verdict, err
		}
	}
	if r.state.Good == seq {
		r.goodRow = v
	}
	return verdict, nil
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
	c.Recorded.Settled = r.stayed[seq] && c.Method == model.MethodWeb
	if c.Extractor, err = kv.LookupString(tx, v.Extractor); err != nil {
		return c, err
	}
	if v.Kind != string(model.VersionFailed) && r.planned == nil {
		c.Text, err = rows.TextBy(r.blobs, v)
	}
	return c, err
}

// judgement is what was found of a change that is not written yet: what comes next
// may tell more of it.
type judgement struct {
	number    uint64 // 0 for a change that was not seen before
	row, next rows.Change
	found     *timeline.Change
	turn      timeline.Alternation
}

// applyVerdict takes in what was found, to be put in the place of what an older
// detection did.
func (r *redetection) applyVerdict(tx *kv.Tx, found *timeline.Change, seq int, v rows.Version) error {
	j := &judgement{number: r.byTo[seq], found: found, turn: found.Alternation}
	if j.number != 0 {
		if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(j.number), &j.row); err != nil {
			return err
		}
	}
	next := &j.next
	*next = j.row
	next.Document, next.Repo = r.n, v.Origin.Repo
	next.From, next.To = rows.RefOf(found.From, r.goodRow), rows.RefOf(seq, v)
	if j.number == 0 || r.ordered != nil && r.ordered.method != model.MethodWeb {
		next.OtherReading = found.OtherReading
	}
	next.TakenBack, next.Again, next.Settled, next.Back = 0, 0, false, found.Back
	setVerdict(next, found)
	if found.TakesBack && len(r.open) > 0 {
		r.open[0].next.TakenBack = seq
		addTakenBack(&r.open[0].next)
	}
	if !found.Suspect {
		if err := r.flush(tx); err != nil {
			return err
		}
	}
	r.open = append(r.open, j)
	r.count.Changes++
	if found.Uncompared {
		r.count.Uncompared++
	}
	return nil
}

// settle takes in what has settled.
func (r *redetection) settle(tx *kv.Tx, found []timeline.Settled) error {
	for _, s := range found {
		if s.Believed {
			r.suspects = toggled(r.suspects, s.Seq)
			var err error
			if r.goodRow, err = rows.GetVersion(tx, r.n, s.Seq); err != nil {
				return err
			}
		}
		for _, j := range r.open {
			if j.next.To.Seq != s.Seq {
				continue
			}
			j.next.Settled = !s.Believed
			if s.Change == nil {
				continue
			}
			if err := setSettled(tx, r.n, &j.next, s.Change); err != nil {
				return err
			}
			j.found = s.Change
		}
		if n := r.byTo[s.Again]; n != 0 && !r.dry {
			r.touch(tx, n)
			if err := markAgain(tx, n, s.Seq); err != nil {
				return err
			}
		}
	}
	return nil
}

// flush puts what was found into the queue.
func (r *redetection) flush(tx *kv.Tx) error {
	for _, j := range r.open {
		if err := r.identify(tx, j); err != nil {
			return err
		}
		put := r.replace
		switch {
		case r.rebuild != nil:
			put = func(_ *kv.Tx, j *judgement) error { return r.rebuild(j) }
		case j.number == 0:
			put = r.add
		}
		if err := put(tx, j); err != nil {
			return err
		}
		if r.ordered != nil {
			r.ordered.found = append(r.ordered.found, r.byTo[j.next.To.Seq])
		}
	}
	r.open = nil
	return nil
}

// add puts a change into the queue that was not seen before.
func (r *redetection) add(tx *kv.Tx, j *judgement) error {
	r.count.New++
	if r.dry {
		return nil
	}
	n, err := kv.NextNumber(tx, kv.BucketChange)
	if err != nil {
		return err
	}
	r.byTo[j.next.To.Seq] = n
	j.next.DetectedAt = tx.Now().UTC().UnixNano()
	j.next.Alternation = r.byTo.packAlternation(j.turn)
	r.doc.LastChange = max(r.doc.LastChange, n)
	return r.write(tx, n, j.next, j.found.Clauses)
}

// replace judges a change again that is not decided on.
func (r *redetection) replace(tx *kv.Tx, j *judgement) error {
	number, row, next, found := j.number, j.row, j.next, j.found
	next.Alternation = r.byTo.packAlternation(j.turn)
	differs := row.Material != next.Material || row.Reason != next.Reason
	events, err := rows.Events(tx, number)
	if err != nil {
		return err
	}
	if !review.Project("", events).Review.State.IsOpen() {
		if differs {
			r.count.Decided++
		}
		return r.markDecided(tx, number, row)
	}
	if differs {
		r.effects = append(r.effects, model.RuleEffect{Change: tx.ID(model.ChangeID, number),
			CapturedAt: kv.UnixTime(next.To.CapturedAt), Material: next.Material, Reason: model.Reason(next.Reason)})
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
	r.touch(tx, number)
	return rows.PutChange(tx, number, row, clauses)
}

// touch keeps what is stored of a change before it is written for the first time.
func (r *redetection) touch(tx *kv.Tx, number uint64) {
	if _, ok := r.touched[number]; ok {
		return
	}
	r.touched[number] = storedChange(tx, number)
}

// storedChange are the bytes of a change's row and clauses; none where there is none.
func storedChange(tx *kv.Tx, number uint64) [2][]byte {
	key := kv.Key(number)
	return [2][]byte{bytes.Clone(tx.Bucket(kv.BucketRow).Get(key)), bytes.Clone(tx.Bucket(kv.BucketChange).Get(key))}
}

// changed lists the changes that are stored otherwise than before, for the journal.
func (r *redetection) changed(tx *kv.Tx) ([]byte, error) {
	var verdicts []byte
	for _, number := range slices.Sorted(maps.Keys(r.touched)) {
		stored := storedChange(tx, number)
		if was := r.touched[number]; bytes.Equal(was[0], stored[0]) && bytes.Equal(was[1], stored[1]) {
			continue
		}
		var row rows.Change
		if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(number), &row); err != nil {
			return nil, err
		}
		verdicts = fmt.Appendf(verdicts, "%d %t %s\n", number, row.Material, row.Reason)
	}
	return verdicts, nil
}

// updateDocument records which versions are good now.
func (r *redetection) updateDocument(tx *kv.Tx) error {
	if r.state.Good > 0 {
		r.doc.Good = r.state.Good
	}
	was := r.doc.Suspect
	r.doc.Suspect = packSuspect(r.state.Suspect)
	if s := r.doc.Suspect; s != nil && was != nil && bytes.Equal(s.Text, was.Text) && s.What == was.What {
		s.Count = max(s.Count, was.Count) // what was seen again between versions is counted, but not kept
	}
	r.doc.Course = r.byTo.packCourse(&r.state.Course)
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
