package views

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/review"
	"fineprint/store/rows"
	"fineprint/store/smallsort"
	"fineprint/store/text/similar"
)

// almost is the highest similarity of changes that are not the same.
const almost = 0.99

// candidate is a change that is like another.
type candidate struct {
	head       *rows.Head
	same       bool
	similarity float64
}

// Precedents lists the changes approved or dismissed that are the same as a
// change, or nearly, best first: the same ones, then by similarity, of equal
// ones those decided on last. limit 0 lists all. A change of either that has no
// mark ([model.QueueItem.DuplicateGroup]) is like none.
func (r *Reader) Precedents(ctx context.Context, change model.ID, limit int) ([]model.Precedent, error) {
	list := []model.Precedent{}
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		n, err := rows.ChangeNumber(tx, change)
		if err != nil {
			return err
		}
		heads, err := decidedHeads(tx, n)
		if err != nil {
			return err
		}
		for _, c := range similarTo(heads, n) {
			p, decided, err := precedentOf(tx, c)
			if err != nil && !tx.Lost(err, kv.BucketRow, kv.Key(c.head.N)) {
				return err
			}
			if err == nil && decided {
				list = append(list, p)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for decisions on changes like %s: %w", change, err)
	}
	smallsort.By(list, func(a, b model.Precedent) int {
		return cmp.Or(-cmp.Compare(a.Similarity, b.Similarity), -a.Review.UpdatedAt.Compare(b.Review.UpdatedAt))
	})
	if limit > 0 && limit < len(list) {
		list = list[:limit]
	}
	return list, nil
}

// decidedHeads reads the heads of change n and of those that something was decided on, in
// the order of IDs: no other can be a precedent, and most of a large store are none.
func decidedHeads(tx *kv.Tx, n uint64) ([]rows.Head, error) {
	b := tx.Bucket(kv.BucketRow)
	numbers := []uint64{n}
	c := tx.Bucket(kv.BucketEvent).Cursor()
	for k, _ := c.First(); len(k) >= 8; k, _ = kv.SeekBehind(c, kv.KeyNumber(k)) {
		if of := kv.KeyNumber(k); of != n {
			numbers = append(numbers, of)
		}
	}
	slices.Sort(numbers)
	pairs := make([]kv.Pair, 0, len(numbers))
	for _, of := range numbers {
		key := kv.Key(of)
		value := b.Get(key)
		if value == nil {
			err := kv.Unreadable(kv.BucketRow, key, fmt.Sprintf("change %d, which was decided on, is missing", of))
			if tx.Lost(err, kv.BucketRow, key) {
				continue
			}
			return nil, err
		}
		pairs = append(pairs, kv.Pair{Key: key, Value: value})
	}
	return rows.ReadableHeads(tx, pairs)
}

// similarTo picks the changes like change n.
func similarTo(heads []rows.Head, n uint64) []candidate {
	at, found := slices.BinarySearchFunc(heads, n, func(h rows.Head, n uint64) int { return cmp.Compare(h.N, n) })
	if !found || !heads[at].Marked() {
		return nil
	}
	this := &heads[at]
	var list []candidate
	for i := range heads {
		h := &heads[i]
		if i == at || !h.Marked() {
			continue
		}
		switch similarity := similar.Similarity(this.Sketch, h.Sketch); {
		case sameWords(this.DuplicateGroup, h.DuplicateGroup):
			list = append(list, candidate{h, true, 1})
		case similarity >= similar.Near:
			list = append(list, candidate{h, false, min(similarity, almost)})
		}
	}
	return list
}

// sameWords compares two keys without the bit for the verdict: what came back as
// a flap is the same as when it came first.
func sameWords(a, b [similar.KeySize]byte) bool {
	const last = similar.KeySize - 1
	a[last] |= 1
	b[last] |= 1
	return a == b
}

// precedentOf reads what was decided on a change, if anything was.
func precedentOf(tx *kv.Tx, c candidate) (p model.Precedent, decided bool, err error) {
	n := c.head.N
	events, err := rows.Events(tx, n)
	if err != nil || len(events) == 0 {
		return p, false, err
	}
	r := review.Project(tx.ID(model.ChangeID, n), events).Review
	if r.State != model.Approved && r.State != model.Dismissed {
		return p, false, nil
	}
	if r, err = rows.WithRecord(tx, n, r); err != nil {
		return p, false, err
	}
	doc, err := rows.GetDocument(tx, c.head.Document)
	if err != nil {
		return p, false, err
	}
	return model.Precedent{Change: r.Change, Document: tx.ID(model.DocumentID, c.head.Document), Platform: doc.Slug,
		PlatformName: doc.Name, Type: doc.Type,
		CapturedAt: kv.UnixTime(c.head.Captured), Material: c.head.Material, Same: c.same, Similarity: c.similarity,
		Review: r}, true, nil
}
