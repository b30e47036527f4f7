package views

import (
	"context"
	"fmt"
	"slices"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// FollowQueue reads what became of a list of changes since it was seen: all of it
// with nil, or when there is little that is as it was. The list is that of Queue with
// the same filter, which has no offset and no limit; its changes come without hashes
// and origins.
func (r *Reader) FollowQueue(ctx context.Context, f model.QueueFilter, seen *model.QueueSeen) (
	model.QueueUpdate, error,
) {
	f.Offset, f.Limit = 0, 0
	var u model.QueueUpdate
	err := r.listed(ctx, func(tx *kv.Tx, l *listing) error {
		l.unlearned = f.Detected
		found := l.matching(&f)
		groups := l.alike(&f)
		if seen == nil || seen.Filter != f || seen.Step < l.first || len(seen.Listed) == 0 {
			seen = &model.QueueSeen{}
		}
		follow := &follower{listing: l, seen: seen, groups: groups}
		u = model.QueueUpdate{QueuePage: l.page(found, f.Platform)}
		order := follow.order(found)
		u.Seen = &model.QueueSeen{Filter: f, Step: l.steps, Listed: follow.listed(order)}
		u.Whole = 2*follow.fresh > len(order)
		items := l.items(tx, func(h *head) int { return int(groups[h.alike]) })
		items.inList = true
		return follow.update(&u, items)
	})
	if err != nil {
		return model.QueueUpdate{}, fmt.Errorf("reading the queue: %w", err)
	}
	return u, nil
}

// alike counts, of each group of duplicates by its number, the changes in the state
// that a filter asks for.
func (l *listing) alike(f *model.QueueFilter) []int32 {
	counts := make([]int32, len(l.groups)+1, len(l.groups)+64)
	for i := range l.heads {
		h := &l.heads[i]
		if h.group == (groupKey{}) {
			continue
		}
		if h.alike == 0 {
			if h.alike = l.groups[h.group]; h.alike == 0 {
				h.alike = int32(len(l.groups)) + 1
				l.groups[h.group] = h.alike
				counts = append(counts, 0)
			}
		}
		if _, is := l.inState(h, f); is {
			counts[h.alike]++
		}
	}
	return counts
}

// follower works out what became of a list.
type follower struct {
	*listing
	seen   *model.QueueSeen
	groups []int32 // how many changes of each group are in the state
	place  []int32 // of each head in the list that was seen, from 1; 0: it was not there
	fresh  int     // how many are listed now that were not, or are other than they were
}

// asSeen reports whether a change is what it was when it was seen.
func (f *follower) asSeen(at int32) bool { return f.place[at] > 0 && f.heads[at].stamp <= f.seen.Step }

// order puts what was found in order: what is as it was has its order, and the rest
// is merged in.
func (f *follower) order(found []int32) []int32 {
	f.place = make([]int32, len(f.heads))
	for i, s := range f.seen.Listed {
		f.place[s.Index] = int32(i) + 1
	}
	var fresh []int32
	kept := make([]int32, len(f.seen.Listed)+1)
	for _, at := range found {
		if f.asSeen(at) {
			kept[f.place[at]] = at + 1
		} else {
			fresh = append(fresh, at)
		}
	}
	f.fresh = len(fresh)
	slices.SortFunc(fresh, f.compare)
	list := found[:0]
	for _, k := range kept {
		if k == 0 {
			continue
		}
		for len(fresh) > 0 && f.compare(fresh[0], k-1) < 0 {
			list, fresh = append(list, fresh[0]), fresh[1:]
		}
		list = append(list, k-1)
	}
	return append(list, fresh...)
}

// listed notes what is seen now.
func (f *follower) listed(order []int32) []model.QueueSeenItem {
	list := make([]model.QueueSeenItem, len(order))
	for i, at := range order {
		h := &f.heads[at]
		list[i] = model.QueueSeenItem{Index: at, Duplicates: f.groups[h.alike],
			State: uint8(slices.Index(model.States, f.state(h)) + 1)}
	}
	return list
}

// update reads the changes that are new or other than they were, and lists the rest.
func (f *follower) update(u *model.QueueUpdate, items *itemReader) error {
	u.Changes = make([]model.QueueItem, 0, f.fresh)
	if u.Whole {
		u.Changes = make([]model.QueueItem, 0, len(u.Seen.Listed))
	}
	for i, now := range u.Seen.Listed {
		if !u.Whole && f.asSeen(now.Index) {
			was := f.seen.Listed[f.place[now.Index]-1]
			f.place[now.Index] = 0
			if was == now {
				continue
			}
			if was.State == now.State {
				u.Recounted = append(u.Recounted, model.Recount{At: i, DuplicateCount: int(now.Duplicates)})
				continue
			}
		}
		u.Changes = append(u.Changes, model.QueueItem{})
		if err := items.read(now.Index, &u.Changes[len(u.Changes)-1]); err != nil {
			return err
		}
		f.place[now.Index] = 0
		if !u.Whole {
			u.At = append(u.At, i)
		}
	}
	if u.Whole {
		return nil
	}
	for _, was := range f.seen.Listed {
		if f.place[was.Index] > 0 {
			u.Gone = append(u.Gone, items.tx.ID(model.ChangeID, f.heads[was.Index].n))
		}
	}
	return nil
}
