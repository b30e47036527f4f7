package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"fineprint/store/detect/timeline"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/review"
	"fineprint/store/rows"
	"fineprint/store/standing"
)

// SettleArchive settles what stands in an archive when all of it was imported: a
// document of which the archive has nothing newer stood until the archive's end. root
// is the archive's first commit. What it finds does not depend on how the import was
// cut, for a next capture would find the same.
//
// A document of which something can't be read is left as it is, and the error, which wraps
// [model.ErrUnreadable], is told when the others are settled.
func (r *Recorder) SettleArchive(ctx context.Context, root string) error {
	r.cacheMu.Lock()
	defer r.cacheMu.Unlock()
	var settling, unjudged []uint64
	var end time.Time
	gathering, lost := kv.Gather(ctx)
	err := r.db.View(gathering, func(tx *kv.Tx) error {
		a, err := newArchives(tx)
		if err != nil {
			return err
		}
		end = a.ends[root]
		for n, d := range a.documents {
			if d.Unjudged {
				unjudged = append(unjudged, n)
			} else if a.roots[n] == root && (d.Course != nil && d.Course.Turn > 0 ||
				d.Suspect != nil && !d.Suspect.NeverReal) {
				settling = append(settling, n)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = r.judgeAll(ctx, unjudged)
	if err == nil || errors.Is(err, model.ErrUnreadable) {
		lost.Take(err)
		err = r.settle(ctx, settling, end, lost)
	}
	if list := lost.List(); err == nil && len(list) > 0 {
		err = list[0]
	}
	return err
}

// settle settles documents in one transaction; where something of one can't be read, each that
// can be in one of its own.
func (r *Recorder) settle(ctx context.Context, documents []uint64, end time.Time, lost *kv.Losses) error {
	if len(documents) == 0 {
		return nil
	}
	err := r.db.Update(ctx, func(tx *kv.Tx) error {
		for _, n := range documents {
			if err := r.settleDocument(tx, n, end); err != nil {
				return fmt.Errorf("settling %s: %w", tx.ID(model.DocumentID, n), err)
			}
		}
		return nil
	})
	if !errors.Is(err, model.ErrUnreadable) {
		return err
	}
	clear(r.cache) // what it holds was settled and not written
	if len(documents) == 1 {
		lost.Take(err)
		return nil
	}
	for i := range documents {
		if err := r.settle(ctx, documents[i:i+1], end, lost); err != nil {
			return err
		}
	}
	return nil
}

func (r *Recorder) settleDocument(tx *kv.Tx, n uint64, end time.Time) error {
	st, err := r.loadState(tx, n)
	if err != nil {
		return err
	}
	var found []timeline.Settled
	t := &st.past.State
	t.Versions, t.Good = newest(&st.row), st.row.Good
	*t, found = timeline.Settle(*t, end)
	st.row.Good, st.row.Extractor, st.row.Suspect = t.Good, t.Extractor, packSuspect(t.Suspect)
	if err := st.applySettled(tx, found); err != nil {
		return err
	}
	st.stored = true
	st.row.Course = st.numbers.packCourse(&st.past.Course)
	return kv.PutRow(tx, kv.BucketDocument, kv.Key(st.n), st.row)
}

// archives are the archives that documents come from.
type archives struct {
	documents map[uint64]rows.Document
	roots     map[uint64]string    // of a document's newest version
	ends      map[string]time.Time // by root: when the newest version was captured
	git       map[uint64]bool      // whether that is a git archive

	lastChange uint64 // when they were listed
}

func newArchives(tx *kv.Tx) (a archives, err error) {
	a.roots, a.ends, a.git = map[uint64]string{}, map[string]time.Time{}, map[uint64]bool{}
	if a.documents, err = rows.Documents(tx); err != nil {
		return a, err
	}
	for n, d := range a.documents {
		if d.Versions == 0 {
			continue
		}
		order := d.Chronology()
		v, err := rows.GetVersion(tx, n, order.Newest())
		if err != nil && tx.Lost(err, kv.BucketVersion, kv.PairKey(n, order.Newest())) {
			continue
		}
		if err != nil {
			return a, err
		}
		origin, err := v.Origin.ToModel(tx)
		if err != nil {
			return a, err
		}
		if origin.Archive == nil {
			continue
		}
		root := origin.Archive.Root
		a.roots[n], a.git[n] = root, origin.Method == model.MethodOTAVersions || origin.Method == model.MethodOTASnapshots
		if at := kv.UnixTime(v.CapturedAt); at.After(a.ends[root]) {
			a.ends[root] = at
		}
	}
	return a, nil
}

// end is until when a document is known to have stood as it is; zero where nobody
// knows.
func (a *archives) end(n uint64) time.Time { return a.ends[a.roots[n]] }

// endOfArchive is end for what comes from a git archive, which records every change.
func (a *archives) endOfArchive(n uint64) time.Time {
	if a.git[n] {
		return a.end(n)
	}
	return time.Time{}
}

// applySettled puts what has settled into the queue, as long as nothing is decided on
// it: the change to a text that stayed becomes material, and the one that showed a
// text which came again is not taken back any more.
func (st *documentState) applySettled(tx *kv.Tx, found []timeline.Settled) error {
	for _, s := range found {
		n := st.numbers[s.Seq]
		if s.Believed { // the newest change
			n, st.row.Overturned = st.row.LastChange, toggled(st.row.Overturned, s.Seq)
		}
		if err := settleChange(tx, st.n, n, s); err != nil {
			return err
		}
		if err := markAgain(tx, st.numbers[s.Again], s.Seq); err != nil {
			return err
		}
	}
	if len(found) == 0 {
		return nil
	}
	return standing.Again(tx, st.n) // what is shown is other than it was
}

// toggled is a list of versions with one more, or without it.
func toggled(list []int, seq int) []int {
	if i := slices.Index(list, seq); i >= 0 {
		return slices.Delete(slices.Clone(list), i, i+1)
	}
	list = append(slices.Clone(list), seq)
	slices.Sort(list)
	return list
}

// settleChange notes that the document stayed with the version that change n led to,
// and what the change is by that.
func settleChange(tx *kv.Tx, doc, n uint64, s timeline.Settled) error {
	row, open, err := openChange(tx, n)
	if err != nil || !open {
		return err
	}
	row.Settled = !s.Believed
	if s.Change == nil {
		return kv.PutRow(tx, kv.BucketRow, kv.Key(n), row)
	}
	if err := setSettled(tx, doc, &row, s.Change); err != nil {
		return err
	}
	return rows.PutChange(tx, n, row, s.Change.Clauses)
}

// setSettled sets what a change is by its version having stayed.
func setSettled(tx *kv.Tx, doc uint64, row *rows.Change, found *timeline.Change) error {
	from, err := rows.GetVersion(tx, doc, found.From)
	if err != nil {
		return err
	}
	row.From = rows.RefOf(found.From, from)
	setVerdict(row, found)
	return nil
}

// markAgain marks the change whose text was taken back and stands again since a
// version.
func markAgain(tx *kv.Tx, n uint64, seq int) error {
	row, open, err := openChange(tx, n)
	if err != nil || !open || row.TakenBack == 0 {
		return err
	}
	row.Detail = strings.TrimPrefix(strings.TrimSuffix(row.Detail, takenBack(row.TakenBack)), "; ")
	row.TakenBack, row.Again = 0, seq
	addAgain(&row)
	return kv.PutRow(tx, kv.BucketRow, kv.Key(n), row)
}

// openChange reads a change; open reports whether there is one and nothing is decided
// on it.
func openChange(tx *kv.Tx, n uint64) (row rows.Change, open bool, err error) {
	if n == 0 {
		return row, false, nil
	}
	found, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row)
	if err != nil || !found {
		return row, false, err
	}
	events, err := rows.Events(tx, n)
	return row, review.Project("", events).Review.State.IsOpen(), err
}
