package views

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"fineprint/store/detect/order"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/review"
	"fineprint/store/rows"
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
			events, err := rows.DecodeEvents(tx, n, pairs[starts[i]:starts[i+1]])
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
	docs    map[uint64]rows.Document
	reviews map[uint64]model.Review
	heads   []rows.Head
	now     time.Time

	standings rows.Standings
}

func newListing(tx *kv.Tx) (l listing, err error) {
	l.now = tx.Now()
	if l.docs, err = rows.Documents(tx); err != nil {
		return l, err
	}
	if l.reviews, err = allReviews(tx); err != nil {
		return l, err
	}
	if l.heads, err = rows.Heads(tx); err != nil {
		return l, err
	}
	if l.standings, err = rows.AllStandings(tx); err != nil {
		return l, err
	}
	rows.Raise(tx, l.heads, &l.standings)
	for i := range l.heads {
		if _, ok := l.docs[l.heads[i].Document]; !ok {
			return l, fmt.Errorf("%w: the document of change %d is missing", model.ErrDamaged, l.heads[i].N)
		}
	}
	return l, nil
}

// review is that of a change, as it is now.
func (l *listing) review(h *rows.Head) model.Review {
	r, ok := l.reviews[h.N]
	if !ok {
		return model.Review{State: model.Pending}
	}
	return rows.Awake(r, l.now, h.N, l.docs[h.Document])
}

// Queue lists changes: what matches the filter, in the order of
// [model.QueuePage].
func (r *Reader) Queue(ctx context.Context, f model.QueueFilter) (model.QueuePage, error) {
	page := model.QueuePage{Changes: []model.QueueItem{}}
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		l, err := newListing(tx)
		if err != nil {
			return err
		}
		matching, groups := l.matching(f)
		found, err := placeAll(tx, matching)
		if err != nil {
			return err
		}
		page.Total = len(found)
		for i := range found {
			switch found[i].section {
			case model.SectionNoise:
				page.ProbablyNoise++
			case model.SectionTakenBack:
				page.TakenBackAtOnce++
			}
		}
		slices.SortFunc(found, queueOrder)
		found = found[min(max(f.Offset, 0), len(found)):]
		if f.Limit > 0 && f.Limit < len(found) {
			found = found[:f.Limit]
		}
		page.Changes, err = queueItems(tx, &l, found, groups)
		return err
	})
	if err != nil {
		return model.QueuePage{}, fmt.Errorf("reading the queue: %w", err)
	}
	return page, nil
}

// matching picks the changes that match a filter, and counts the duplicates in its
// state.
func (l *listing) matching(f model.QueueFilter) ([]*rows.Head, map[[similar.KeySize]byte]int) {
	want := f.State
	if want == "" {
		want = model.Pending
	}
	named := make(map[uint64]bool, len(l.docs))
	for n, doc := range l.docs {
		named[n] = (f.Platform == "" || f.Platform == doc.Slug) &&
			(model.MatchName(f.Match, doc.Name, doc.Type) || model.MatchName(f.Match, doc.Slug, doc.Type))
	}
	var found []*rows.Head
	groups := map[[similar.KeySize]byte]int{}
	for i := range l.heads {
		h := &l.heads[i]
		r := l.review(h)
		if !f.AllState && r.State != want {
			continue
		}
		if h.Marked() {
			groups[h.DuplicateGroup]++
		}
		if !named[h.Document] {
			continue
		}
		rank := r.Severity.Rank()
		if rank == 0 && h.Material {
			rank = int(h.Severity)
		}
		if f.Severity == "" || f.Severity.Rank() == rank {
			found = append(found, h)
		}
	}
	return found, groups
}

// placed is a change with its place in the queue.
type placed struct {
	*rows.Head
	section model.Section
	rank    float64
}

func placeAll(tx *kv.Tx, heads []*rows.Head) ([]placed, error) {
	list := make([]placed, len(heads))
	for i, h := range heads {
		p, err := place(tx, h)
		if err != nil {
			return nil, err
		}
		list[i] = p
	}
	return list, nil
}

// place finds the place of a change. One without features is no noise that anybody
// knows of.
func place(tx *kv.Tx, h *rows.Head) (placed, error) {
	p := placed{Head: h, section: model.SectionFolded, rank: float64(h.Score)}
	if !h.Material {
		return p, nil
	}
	p.section, p.rank = model.SectionMaterial, order.UnknownRank(int(h.Score))
	if x, ok := order.Unpack(h.Features); ok {
		odds := x.LogOdds()
		p.rank = order.Rank(odds, int(h.Score))
		if order.Noise(odds, int(h.Severity) >= model.High.Rank()) {
			p.section = model.SectionNoise
		}
	}
	back, err := rows.TakenBackAtOnce(tx, h.Document, h.Captured, int(h.TakenBack))
	if back {
		p.section = model.SectionTakenBack
	}
	return p, err
}

func queueOrder(a, b placed) int {
	return cmp.Or(cmp.Compare(a.section, b.section), -cmp.Compare(a.rank, b.rank),
		-cmp.Compare(a.Captured, b.Captured), cmp.Compare(a.N, b.N))
}

// queueItems decodes what is shown.
func queueItems(tx *kv.Tx, l *listing, heads []placed, groups map[[similar.KeySize]byte]int) ([]model.QueueItem,
	error) {
	items := make([]model.QueueItem, len(heads))
	repos := map[uint32]string{}
	for i, h := range heads {
		row, err := h.Row()
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
		r := l.review(h.Head)
		if r.Revision > 0 {
			if r, err = rows.WithRecord(tx, h.N, r); err != nil {
				return nil, err
			}
			if r.State == model.Approved && r.Record == "" {
				return nil, fmt.Errorf("%w: the record of %s is missing", model.ErrDamaged, r.Change)
			}
		}
		items[i] = rows.QueueItem(tx, h.N, row, l.docs[h.Document], r, repo)
		items[i].ProbablyNoise = h.section == model.SectionNoise
		items[i].TakenBackAtOnce = h.section == model.SectionTakenBack
		items[i].DuplicateCount = groups[h.DuplicateGroup]
		l.standings.Mark(tx, h.Document, h.N, &items[i])
	}
	return items, nil
}
