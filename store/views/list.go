package views

import (
	"context"
	"fmt"
	"slices"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// Queue lists changes: what matches the filter, in the order of
// [model.QueuePage].
func (r *Reader) Queue(ctx context.Context, f model.QueueFilter) (model.QueuePage, error) {
	page := model.QueuePage{Changes: []model.QueueItem{}}
	err := r.listed(ctx, func(tx *kv.Tx, l *listing) error {
		l.unlearned = f.Detected
		found := l.matching(&f)
		page = l.page(found, f.Platform)
		sorted := l.cut(found, max(f.Offset, 0), f.Limit)
		page.Changes = make([]model.QueueItem, len(sorted))
		groups := l.duplicates(sorted, &f)
		items := l.items(tx, func(h *head) int { return groups[h.group] })
		for i, at := range sorted {
			if err := items.read(at, &page.Changes[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return model.QueuePage{}, fmt.Errorf("reading the queue: %w", err)
	}
	return page, nil
}

// inState reports whether a change is in the state that a filter asks for, and the
// rank of the severity it was given.
func (l *listing) inState(h *head, f *model.QueueFilter) (severity int, is bool) {
	switch {
	case l.hidden[h.n]:
		return 0, f.State == model.Superseded && !f.AllState
	case !h.decided:
		return 0, f.AllState || f.State == "" || f.State == model.Pending
	}
	r := l.review(h)
	return r.Severity.Rank(), f.AllState || r.State == f.State || f.State == "" && r.State == model.Pending
}

// matching picks the changes that match a filter, as indices in heads.
func (l *listing) matching(f *model.QueueFilter) []int32 {
	named := make([]bool, len(l.docs))
	for i, doc := range l.docs {
		named[i] = (f.Platform == "" || f.Platform == doc.slug) &&
			model.MatchName(f.Match, doc.name, doc.kind)
	}
	found, want := make([]int32, 0, len(l.heads)), f.Severity.Rank()
	for i := range l.heads {
		h := &l.heads[i]
		rank, is := l.inState(h, f)
		if !is || !named[h.doc] {
			continue
		}
		if rank == 0 && h.material {
			rank = int(h.severity)
		}
		if f.Severity == "" || want == rank {
			found = append(found, int32(i))
		}
	}
	return found
}

// duplicates counts, of each group that some changes are of, those in the state that
// a filter asks for.
func (l *listing) duplicates(of []int32, f *model.QueueFilter) map[groupKey]int {
	groups := make(map[groupKey]int, len(of))
	for _, i := range of {
		groups[l.heads[i].group] = 0
	}
	delete(groups, groupKey{}) // alike with none
	if len(groups) == 0 {
		return groups
	}
	for i := range l.heads {
		h := &l.heads[i]
		if n, ok := groups[h.group]; ok {
			if _, is := l.inState(h, f); is {
				groups[h.group] = n + 1
			}
		}
	}
	return groups
}

// page counts what was found, and the states of a platform, "" of all.
func (l *listing) page(found []int32, platform string) model.QueuePage {
	page := model.QueuePage{Total: len(found), States: l.stateCounts(platform)}
	for _, i := range found {
		switch l.sectionOf(&l.heads[i]) {
		case model.SectionNoise:
			page.ProbablyNoise++
		case model.SectionTakenBack:
			page.TakenBackAtOnce++
		}
	}
	return page
}

// stateCounts counts the changes of a platform, "" of all, by state.
func (l *listing) stateCounts(platform string) model.StateCounts {
	var counts model.StateCounts
	for i := range l.heads {
		h := &l.heads[i]
		switch {
		case platform != "" && l.docs[h.doc].slug != platform || l.hidden[h.n]:
		case !h.decided:
			counts.Pending++
		default:
			counts.Add(l.review(h).State, 1)
		}
	}
	return counts
}

// compare is the order of the queue.
func (l *listing) compare(a, b int32) int { return l.queueOrder(&l.heads[a], &l.heads[b]) }

// cut returns the changes from an offset on, up to a limit, in the order of the
// queue; 0 is no limit. It sorts found.
func (l *listing) cut(found []int32, offset, limit int) []int32 {
	if n := offset + limit; limit > 0 && n < len(found)/8 {
		found = l.smallest(found, n)
	}
	slices.SortFunc(found, l.compare)
	found = found[min(offset, len(found)):]
	if limit > 0 && limit < len(found) {
		found = found[:limit]
	}
	return found
}

// smallest picks the n changes that come first, without sorting all: those that come
// before the last of the n seen so far take its place, and it is found anew.
func (l *listing) smallest(found []int32, n int) []int32 {
	kept := make([]int32, 0, 2*n)
	for _, at := range found {
		if len(kept) >= n && l.compare(at, kept[n-1]) > 0 {
			continue
		}
		if kept = append(kept, at); len(kept) == 2*n {
			slices.SortFunc(kept, l.compare)
			kept = kept[:n]
		}
	}
	return kept
}

// itemReader reads what is shown of changes.
type itemReader struct {
	*listing
	tx      *kv.Tx
	rows    interface{ Get([]byte) []byte }
	alikeOf func(*head) int // how many duplicates of a change are listed, itself included
	repos   map[uint32]string
	words   rows.Words
	buf     []byte // to put together what is hashed
	inList  bool   // without what only a detail shows: hashes and origins
}

func (l *listing) items(tx *kv.Tx, alike func(*head) int) *itemReader {
	return &itemReader{listing: l, tx: tx, rows: tx.Bucket(kv.BucketRow), alikeOf: alike, repos: map[uint32]string{},
		words: rows.Words{}}
}

// read reads what is shown of the change at an index.
func (r *itemReader) read(at int32, item *model.QueueItem) error {
	h := &r.heads[at]
	key := kv.Key(h.n)
	payload, err := kv.UnsealWith(&r.buf, kv.BucketRow, key, r.rows.Get(key))
	if err != nil {
		return err
	}
	row, err := rows.DecodeChange(payload, r.words)
	if err != nil {
		return err
	}
	if r.inList {
		row.From.Sum, row.From.Commit, row.To.Sum, row.To.Commit = nil, nil, nil, nil
	}
	r.standings.Raise(r.tx, h.n, &row)
	repo, ok := r.repos[row.Repo]
	if !ok {
		if repo, err = kv.LookupString(r.tx, row.Repo); err != nil && !r.tx.Lost(err, kv.BucketString, nil) {
			return err
		}
		r.repos[row.Repo] = repo
	}
	review := r.listing.review(h)
	if review.Revision > 0 {
		review, err = rows.WithRecord(r.tx, h.n, review)
		if err == nil && review.State == model.Approved && review.Record == "" {
			err = kv.Unreadable(kv.BucketOfChange, key, "the record of "+string(review.Change)+" is missing")
		}
		if err != nil && !r.tx.Lost(err, kv.BucketOfChange, key) {
			return err
		}
	}
	doc := &r.docs[h.doc]
	*item = rows.QueueItem(r.tx, h.n, row, rows.Document{Slug: doc.slug, Name: doc.name, Type: doc.kind}, review, repo)
	show(r.sectionOf(h), item)
	item.Detected = detectedPlace(h)
	item.DuplicateCount = r.alikeOf(h)
	item.Stated, item.Deviations = r.stated.changes[h.n], r.deviates.changes[h.n]
	if a := r.annotated[h.n]; a != nil {
		item.Assignee, item.Notes = a.assignee, a.notes
		marks := a.marks
		if r.standings.Raises(h.n) {
			marks.FoldedBy = "" // it undoes what is approved or submitted
		}
		marks.Apply(item)
	}
	r.standings.Mark(r.tx, row.Document, h.n, item)
	if r.unlearned {
		return nil
	}
	if err := r.learned.Suggest(r.tx, h.n, &row, item); err != nil && !r.tx.Lost(err, kv.BucketRankParts, key) {
		return err
	}
	return nil
}
