package positions

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"sync"

	"github.com/cespare/xxhash/v2"

	"fineprint/store/blob"
	"fineprint/store/insight/playbook"
	"fineprint/store/insight/types"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// perWrite is how many documents are gone through between two transactions that write.
const perWrite = 200

// KeepDeviations brings in step what is kept of changes that deviate from the saved
// playbook: of those that came since or are judged otherwise, of those that other types of
// clauses matter for, or of all under another playbook. It can be cancelled; what was done
// is kept.
func (b *Book) KeepDeviations(ctx context.Context) error {
	for {
		more, err := b.keepSome(ctx)
		if err != nil {
			return fmt.Errorf("holding changes against the playbook: %w", err)
		}
		if !more {
			return nil
		}
	}
}

// PlaybookHistory counts, of each position of a playbook, the changes that brought, ended
// or altered a deviation.
func (b *Book) PlaybookHistory(ctx context.Context, p *playbook.Playbook) (map[string]int, error) {
	counts := map[string]int{}
	err := b.db.View(ctx, func(tx *kv.Tx) error {
		judge, err := b.typist.Judge(tx)
		if err != nil {
			return err
		}
		list, err := documentChanges(tx)
		if err != nil {
			return err
		}
		for _, d := range list {
			d.pending = d.materials(0)
		}
		err = walkAll(ctx, tx, p, judge, list)
		for _, d := range list {
			d.found.Each(func(_ uint64, names []string) {
				for _, name := range names {
					counts[name]++
				}
			})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("holding changes against the playbook: %w", err)
	}
	return counts, nil
}

// change is what telling how a change was judged needs.
type change struct {
	n        uint64
	material bool
	mark     uint64 // of it and those before it of the document
}

// changed is a document with its changes, in the order of their numbers.
type changed struct {
	document uint64
	all      []change
	pending  []uint64        // to be looked at
	found    rows.Deviations // of those
}

// documentChanges lists the documents with changes.
func documentChanges(tx *kv.Tx) (list []*changed, err error) {
	heads, err := rows.HeadsAmong(tx, func(uint64) bool { return true })
	if err != nil {
		return nil, err
	}
	at := map[uint64]*changed{}
	for i := range heads {
		h := &heads[i]
		d := at[h.Document]
		if d == nil {
			d = &changed{document: h.Document}
			at[h.Document], list = d, append(list, d)
		}
		mark := uint64(0)
		if n := len(d.all); n > 0 {
			mark = d.all[n-1].mark
		}
		d.all = append(d.all, change{h.N, h.Material, judged(mark, h)})
	}
	return list, nil
}

// judged adds to a mark how a change was judged, by what it was compared with and by what
// its clauses are like.
func judged(mark uint64, h *rows.Head) uint64 {
	material := uint64(0)
	if h.Material {
		material = 1
	}
	b := make([]byte, 0, 256)
	for _, n := range []uint64{mark, h.N, uint64(h.From)<<32 | uint64(uint32(h.To)),
		uint64(h.Alg)<<32 | uint64(uint32(h.Score)), material} {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	b = append(append(append(b, h.DuplicateGroup[:]...), h.Sketch...), h.Reason...)
	return xxhash.Sum64(b)
}

// materials lists the material changes after one.
func (d *changed) materials(after uint64) (list []uint64) {
	for _, c := range d.all {
		if c.material && c.n > after {
			list = append(list, c.n)
		}
	}
	return list
}

// last is the newest change, with its mark.
func (d *changed) last() change { return d.all[len(d.all)-1] }

// markAt is the mark of the changes up to one, 0 where it isn't there.
func (d *changed) markAt(n uint64) uint64 {
	for _, c := range d.all {
		if c.n == n {
			return c.mark
		}
	}
	return 0
}

// plan finds out which changes are to be looked at, by what is kept of the document, and
// which of that stays.
func (d *changed) plan(kept rows.Deviations, playbook uint64, judge types.Judge) (due bool) {
	d.found = rows.Deviations{Playbook: playbook, Lessons: judge.Last(), Done: d.last().n, Mark: d.last().mark}
	reached, known := judge.Reached(kept.Lessons)
	if kept.Playbook != playbook || kept.Mark != d.markAt(kept.Done) || !known {
		d.pending = d.materials(0)
		return true
	}
	again := map[uint64]bool{}
	for _, w := range kept.Worded {
		if reached.Any(w.Reaches) {
			again[w.Change] = true
			d.pending = append(d.pending, w.Change)
		} else {
			d.found.Worded = append(d.found.Worded, w)
		}
	}
	kept.Each(func(n uint64, names []string) {
		if !again[n] {
			d.found.Add(n, names)
		}
	})
	d.pending = append(d.pending, d.materials(kept.Done)...)
	return len(d.pending) > 0 || kept.Done != d.found.Done
}

// walkAll looks at the pending changes of documents, on all processors.
func walkAll(ctx context.Context, tx *kv.Tx, p *playbook.Playbook, judge types.Judge, list []*changed) error {
	checkers := sync.Pool{New: func() any { return newChecker(p, judge) }}
	return kv.Parallel(len(list), func(i int) error {
		d := list[i]
		doc, err := rows.GetDocument(tx, d.document)
		if err != nil {
			return err
		}
		c := checkers.Get().(*playbook.Checker)
		defer checkers.Put(c)
		w := walker{tx: tx, book: p, checker: c, blobs: blob.NewReader(tx), doc: doc, n: d.document}
		for _, n := range d.pending {
			if err := ctx.Err(); err != nil {
				return err
			}
			found, err := w.change(n)
			if err != nil {
				return err
			}
			d.found.Add(n, namesOf(found))
			if words := c.Worded(); len(words) > 0 {
				d.found.Worded = append(d.found.Worded, rows.WordedChange{Change: n, Reaches: types.PackReaches(words)})
			}
		}
		return nil
	})
}

func namesOf(list []model.ChangeDeviation) (names []string) {
	for _, d := range list {
		if !slices.Contains(names, d.Position) {
			names = append(names, d.Position)
		}
	}
	slices.Sort(names)
	return names
}

// keepSome looks at the changes of some documents, and reports whether there are more.
func (b *Book) keepSome(ctx context.Context) (more bool, err error) {
	var due []*changed
	err = b.db.View(ctx, func(tx *kv.Tx) error {
		p, number, err := saved(tx)
		if err != nil || p == nil {
			return err
		}
		judge, err := b.typist.Judge(tx)
		if err != nil {
			return err
		}
		kept := map[uint64]rows.Deviations{}
		err = rows.EachDeviations(tx, func(doc uint64, key, value []byte) error {
			var row rows.Deviations
			err := kv.DecodeRow(kv.BucketDeviation, key, value, &row)
			kept[doc] = row
			return err
		})
		if err != nil {
			return err
		}
		list, err := documentChanges(tx)
		if err != nil {
			return err
		}
		for _, d := range list {
			if d.plan(kept[d.document], number, judge) {
				due = append(due, d)
			}
		}
		if more = len(due) > perWrite; more {
			due = due[:perWrite]
		}
		return walkAll(ctx, tx, p, judge, due)
	})
	if err != nil || len(due) == 0 {
		return false, err
	}
	return more, b.db.Update(ctx, func(tx *kv.Tx) error {
		for _, d := range due {
			if err := kv.PutRow(tx, kv.BucketDeviation, kv.Key(d.document), d.found); err != nil {
				return err
			}
		}
		return nil
	})
}
