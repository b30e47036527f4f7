package model

import "slices"

// QueueUpdate is what became of a list of changes since it was seen last.
type QueueUpdate struct {
	// QueuePage counts all that matches; its Changes are those that are listed now and
	// were not, or are other than they were, in their order.
	QueuePage
	// At are the places of Changes in the list as it is now. Whole: the Changes are all
	// of the list, and there are no places.
	At    []int
	Whole bool
	// Gone are those that were listed and are not any more.
	Gone []ID
	// Recounted are those of which only the number of duplicates is another.
	Recounted []Recount
	// Seen is what the next update follows on.
	Seen *QueueSeen
}

// Recount is a DuplicateCount that is another one.
type Recount struct{ At, DuplicateCount int }

// QueueSeen is a list as it was seen: what a reader of the store needs to tell what
// became of it. It is of that reader alone.
type QueueSeen struct {
	Filter QueueFilter
	Step   uint64 // of the reader
	Listed []QueueSeenItem
}

// QueueSeenItem is a change as it was seen.
type QueueSeenItem struct {
	Index      int32 // the reader's
	Duplicates int32
	State      uint8 // a number of it
}

// Apply brings a list that was made by the updates before in step. ok is false when the
// list is not theirs any more: what else was taken from it is still listed. Then it has
// to be read anew.
func (u *QueueUpdate) Apply(list []*QueueItem) (now []*QueueItem, ok bool) {
	if u.Whole {
		list = make([]*QueueItem, len(u.Changes))
		for i := range u.Changes {
			list[i] = &u.Changes[i]
		}
		return list, true
	}
	leave := make(map[ID]bool, len(u.Gone)+len(u.Changes))
	for _, id := range u.Gone {
		leave[id] = true
	}
	for i := range u.Changes {
		leave[u.Changes[i].ID] = true
	}
	if len(leave) > 0 {
		list = slices.DeleteFunc(list, func(q *QueueItem) bool { return leave[q.ID] })
	}
	if len(list)+len(u.Changes) != u.Total {
		return list, false
	}
	now = list
	if len(u.Changes) > 0 {
		now = make([]*QueueItem, 0, u.Total)
		for i, at := range u.At {
			n := at - len(now) // of the list before it
			now = append(append(now, list[:n]...), &u.Changes[i])
			list = list[n:]
		}
		now = append(now, list...)
	}
	for _, r := range u.Recounted {
		now[r.At].DuplicateCount = r.DuplicateCount
	}
	return now, true
}
