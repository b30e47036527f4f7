package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/review"
	"fineprint/store/text/similar"
)

// allReviews projects the review of every change that has events, without the
// record it made.
func allReviews(tx *kv.Tx) (map[uint64]model.Review, error) {
	pairs := kv.Pairs(tx.Bucket(kv.BucketEvent), 64)
	var starts []int
	for i, p := range pairs {
		if i == 0 || kv.KeyNumber(pairs[i-1].Key) != kv.KeyNumber(p.Key) {
			starts = append(starts, i)
		}
	}
	list := make([]model.Review, len(starts))
	starts = append(starts, len(pairs))
	err := kv.InChunks(len(list), func(from, to int) error {
		for i := from; i < to; i++ {
			n := kv.KeyNumber(pairs[starts[i]].Key)
			events, err := decodeEvents(tx, n, pairs[starts[i]:starts[i+1]])
			if err != nil {
				return err
			}
			list[i] = review.Project(tx.ID(model.ChangeID, n), events).Review
		}
		return nil
	})
	reviews := make(map[uint64]model.Review, len(list))
	for i, r := range list {
		reviews[kv.KeyNumber(pairs[starts[i]].Key)] = r
	}
	return reviews, err
}

// listing is what lists of changes are made from, read in one transaction.
type listing struct {
	docs    map[uint64]documentRow
	reviews map[uint64]model.Review
	heads   []rowHead
	now     time.Time
}

func newListing(tx *kv.Tx) (l listing, err error) {
	l.now = tx.Now()
	if l.docs, err = allDocuments(tx); err != nil {
		return l, err
	}
	if l.reviews, err = allReviews(tx); err != nil {
		return l, err
	}
	if l.heads, err = rowHeads(tx); err != nil {
		return l, err
	}
	for i := range l.heads {
		if _, ok := l.docs[l.heads[i].document]; !ok {
			return l, fmt.Errorf("%w: the document of change %d is missing", model.ErrDamaged, l.heads[i].n)
		}
	}
	return l, nil
}

// review is that of a change, as it is now.
func (l *listing) review(h *rowHead) model.Review {
	r, ok := l.reviews[h.n]
	if !ok {
		return model.Review{State: model.Pending}
	}
	return awake(r, l.now, h.n, l.docs[h.document])
}

// Queue lists changes: what matches the filter, in the order of
// model.QueuePage.
func (s *Reader) Queue(ctx context.Context, f model.QueueFilter) (model.QueuePage, error) {
	page := model.QueuePage{Changes: []model.QueueItem{}}
	err := s.db.View(ctx, func(tx *kv.Tx) error {
		l, err := newListing(tx)
		if err != nil {
			return err
		}
		found, alike := l.matching(f)
		page.Total = len(found)
		slices.SortFunc(found, queueOrder)
		found = found[min(max(f.Offset, 0), len(found)):]
		if f.Limit > 0 && f.Limit < len(found) {
			found = found[:f.Limit]
		}
		page.Changes, err = queueItems(tx, &l, found, alike)
		return err
	})
	if err != nil {
		return model.QueuePage{}, fmt.Errorf("reading the queue: %w", err)
	}
	return page, nil
}

// matching picks the changes that match a filter, and counts those alike in its
// state.
func (l *listing) matching(f model.QueueFilter) ([]*rowHead, map[[similar.KeySize]byte]int) {
	want := f.State
	if want == "" {
		want = model.Pending
	}
	named := make(map[uint64]bool, len(l.docs))
	for n, doc := range l.docs {
		named[n] = (f.Platform == "" || f.Platform == doc.Slug) && (model.MatchName(f.Match, doc.Name, doc.Type) || model.MatchName(f.Match, doc.Slug, doc.Type))
	}
	var found []*rowHead
	alike := map[[similar.KeySize]byte]int{}
	for i := range l.heads {
		h := &l.heads[i]
		r := l.review(h)
		if !f.AllState && r.State != want {
			continue
		}
		if h.marked() {
			alike[h.alike]++
		}
		if !named[h.document] {
			continue
		}
		rank := r.Severity.Rank()
		if rank == 0 && h.material {
			rank = int(h.severity)
		}
		if f.Severity == "" || f.Severity.Rank() == rank {
			found = append(found, h)
		}
	}
	return found, alike
}

func queueOrder(a, b *rowHead) int {
	if a.material != b.material {
		if a.material {
			return -1
		}
		return 1
	}
	return cmp.Or(-cmp.Compare(a.score, b.score), -cmp.Compare(a.captured, b.captured), cmp.Compare(a.n, b.n))
}

// queueItems decodes what is shown.
func queueItems(tx *kv.Tx, l *listing, heads []*rowHead, alike map[[similar.KeySize]byte]int) ([]model.QueueItem, error) {
	items := make([]model.QueueItem, len(heads))
	repos := map[uint32]string{}
	for i, h := range heads {
		row, err := h.row()
		if err != nil {
			return nil, err
		}
		repo, ok := repos[row.Repo]
		if !ok {
			if repo, err = kv.LookupString(tx, row.Repo); err != nil {
				return nil, err
			}
			repos[row.Repo] = repo
		}
		r := l.review(h)
		if r.Revision > 0 {
			if r, err = withRecord(tx, h.n, r); err != nil {
				return nil, err
			}
			if r.State == model.Approved && r.Record == "" {
				return nil, fmt.Errorf("%w: the record of %s is missing", model.ErrDamaged, r.Change)
			}
		}
		items[i] = queueItem(tx, h.n, row, l.docs[h.document], r, repo)
		items[i].AlikeCount = alike[h.alike]
	}
	return items, nil
}
