package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/likeness"
	"fineprint/store/review"
	"fineprint/store/terms"
)

// almost is the highest similarity of changes that are not the same.
const almost = 0.99

// candidate is a change that is like another.
type candidate struct {
	head       *rowHead
	same       bool
	similarity float64
}

// Precedents lists the changes approved or dismissed that are the same as a
// change, or nearly, best first: the same ones, then by similarity, of equal
// ones those decided on last. limit 0 lists all. A change of either that has no
// mark (terms.QueueItem.Alike) is like none.
func (s *Store) Precedents(ctx context.Context, change terms.ID, limit int) ([]terms.Precedent, error) {
	list := []terms.Precedent{}
	err := s.view(ctx, func(tx *bolt.Tx) error {
		n, err := s.changeNumber(tx, change)
		if err != nil {
			return err
		}
		heads, err := rowHeads(tx)
		if err != nil {
			return err
		}
		for _, c := range alikeTo(heads, n) {
			p, decided, err := s.precedent(tx, c)
			if err != nil {
				return err
			}
			if decided {
				list = append(list, p)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for decisions on changes like %s: %w", change, err)
	}
	slices.SortStableFunc(list, func(a, b terms.Precedent) int {
		return cmp.Or(-cmp.Compare(a.Similarity, b.Similarity), -a.Review.UpdatedAt.Compare(b.Review.UpdatedAt))
	})
	if limit > 0 && limit < len(list) {
		list = list[:limit]
	}
	return list, nil
}

// alikeTo picks the changes like change n.
func alikeTo(heads []rowHead, n uint64) []candidate {
	at, found := slices.BinarySearchFunc(heads, n, func(h rowHead, n uint64) int { return cmp.Compare(h.n, n) })
	if !found || !heads[at].marked() {
		return nil
	}
	this := &heads[at]
	var list []candidate
	for i := range heads {
		h := &heads[i]
		if i == at || !h.marked() {
			continue
		}
		switch similarity := likeness.Similarity(this.sketch, h.sketch); {
		case sameWords(this.alike, h.alike):
			list = append(list, candidate{h, true, 1})
		case similarity >= likeness.Near:
			list = append(list, candidate{h, false, min(similarity, almost)})
		}
	}
	return list
}

// sameWords compares two keys without the bit for the verdict: what came back as
// a flap is the same as when it came first.
func sameWords(a, b [likeness.KeySize]byte) bool {
	const last = likeness.KeySize - 1
	a[last] |= 1
	b[last] |= 1
	return a == b
}

// precedent reads what was decided on a change, if anything was.
func (s *Store) precedent(tx *bolt.Tx, c candidate) (p terms.Precedent, decided bool, err error) {
	n := c.head.n
	events, err := s.events(tx, n)
	if err != nil || len(events) == 0 {
		return p, false, err
	}
	r := review.Project(s.id(terms.ChangeID, n), events).Review
	if r.State != terms.Approved && r.State != terms.Dismissed {
		return p, false, nil
	}
	if r, err = s.withRecord(tx, n, r); err != nil {
		return p, false, err
	}
	doc, err := getDocument(tx, c.head.document)
	if err != nil {
		return p, false, err
	}
	return terms.Precedent{Change: r.Change, Document: s.id(terms.DocumentID, c.head.document), Platform: doc.Slug, PlatformName: doc.Name, Type: doc.Type,
		CapturedAt: unixTime(c.head.captured), Material: c.head.material, Same: c.same, Similarity: c.similarity, Review: r}, true, nil
}
