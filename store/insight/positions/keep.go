package positions

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"fineprint/store/blob"
	"fineprint/store/insight/playbook"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// perWrite is how many documents are gone through between two transactions that write.
const perWrite = 200

// KeepDeviations brings in step what is kept of changes that deviate from the saved
// playbook: of those that came since, or of all under another playbook. It can be
// cancelled; what was done is kept.
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
		changes, err := changesOf(tx, func(uint64, uint64) bool { return true })
		if err != nil {
			return err
		}
		kept, err := walkAll(ctx, tx, p, changes)
		for i := range kept {
			kept[i].row.Each(func(_ uint64, names []string) {
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

// pending is a document with changes that are to be looked at.
type pending struct {
	document uint64
	changes  []uint64
	row      rows.Deviations
}

// changesOf lists the changes that are wanted, by document, in their order.
func changesOf(tx *kv.Tx, want func(document, change uint64) bool) ([]pending, error) {
	heads, err := rows.HeadsAmong(tx, func(uint64) bool { return true })
	if err != nil {
		return nil, err
	}
	at := map[uint64]int{}
	var list []pending
	for i := range heads {
		h := &heads[i]
		if !want(h.Document, h.N) {
			continue
		}
		k, ok := at[h.Document]
		if !ok {
			k = len(list)
			at[h.Document] = k
			list = append(list, pending{document: h.Document})
		}
		if h.Material {
			list[k].changes = append(list[k].changes, h.N)
		}
		list[k].row.Done = max(list[k].row.Done, h.N)
	}
	return list, nil
}

// walkAll looks at the changes of documents, on all processors.
func walkAll(ctx context.Context, tx *kv.Tx, p *playbook.Playbook, list []pending) ([]pending, error) {
	checkers := sync.Pool{New: func() any { return newChecker(p) }}
	err := kv.Parallel(len(list), func(i int) error {
		d := &list[i]
		doc, err := rows.GetDocument(tx, d.document)
		if err != nil {
			return err
		}
		c := checkers.Get().(*playbook.Checker)
		defer checkers.Put(c)
		w := walker{tx: tx, book: p, checker: c, blobs: blob.NewReader(tx), doc: doc, n: d.document}
		for _, n := range d.changes {
			if err := ctx.Err(); err != nil {
				return err
			}
			found, err := w.change(n)
			if err != nil {
				return err
			}
			d.row.Add(n, namesOf(found))
		}
		return nil
	})
	return list, err
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
	var number uint64
	var list []pending
	before := map[uint64]rows.Deviations{}
	err = b.db.View(ctx, func(tx *kv.Tx) error {
		p, n, err := saved(tx)
		if err != nil || p == nil {
			return err
		}
		number = n
		err = rows.EachDeviations(tx, func(doc uint64, key, value []byte) error {
			var row rows.Deviations
			if err := kv.DecodeRow(kv.BucketDeviation, key, value, &row); err != nil {
				return err
			}
			if row.Playbook == n {
				before[doc] = row
			}
			return nil
		})
		if err != nil {
			return err
		}
		list, err = changesOf(tx, func(doc, change uint64) bool { return change > before[doc].Done })
		if err != nil {
			return err
		}
		if more = len(list) > perWrite; more {
			list = list[:perWrite]
		}
		list, err = walkAll(ctx, tx, p, list)
		return err
	})
	if err != nil || len(list) == 0 {
		return false, err
	}
	return more, b.db.Update(ctx, func(tx *kv.Tx) error {
		for i := range list {
			d := &list[i]
			row := before[d.document]
			row.Playbook, row.Done = number, d.row.Done
			d.row.Each(row.Add)
			if err := kv.PutRow(tx, kv.BucketDeviation, kv.Key(d.document), row); err != nil {
				return err
			}
		}
		return nil
	})
}
