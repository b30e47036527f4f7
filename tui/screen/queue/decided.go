package queue

import (
	"fmt"
	"slices"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
)

// departure is a change that left the list by a decision of this desk, and what stood
// after it: taking the decision back puts it there again, without reading the list.
type departure struct {
	item *model.QueueItem
	next model.ID // "" at the end
}

// maxDeparted is how many departures are kept. Of more the list is read again.
const maxDeparted = 5000

// Apply brings the list in step with decisions: what the query's state does not hold any
// more leaves it, and what comes back to it stands where it was; the cursor is on what
// comes next. It reports whether it knew all of the changes: otherwise the list is to be
// read.
func (s *Screen) Apply(reviews []model.Review) (known bool) {
	decided := make(map[model.ID]model.Review, len(reviews))
	for _, r := range reviews {
		decided[r.Change] = r.Blind(s.Actor)
	}
	s.wanted = s.afterwards(decided)
	back := s.depart(decided)
	known = s.returns(back)
	s.rows = nil // the rows' numbers are of the list as it was
	if s.preview != nil {
		s.preview.Stale()
	}
	s.arrange()
	return known
}

// set writes a review into a change, and counts it in its state.
func (s *Screen) set(c *model.QueueItem, r model.Review) {
	s.states.Add(c.State, -1)
	s.states.Add(r.State, 1)
	c.State, c.Severity, c.Confidence, c.Record = r.State, r.Severity, r.Confidence, r.Record
}

// lists reports whether the list holds changes of a state.
func (s *Screen) lists(state model.State) bool { return s.query.AllState || state == s.query.State }

// depart writes the decisions into what is listed, and takes what leaves out of it. It
// returns the decisions on what was not listed.
func (s *Screen) depart(decided map[model.ID]model.Review) (others []model.Review) {
	items, facets := s.items[:0], s.facets[:0]
	var left []*departure
	for i, c := range s.items {
		r, ok := decided[c.ID]
		if ok {
			s.set(c, r)
			delete(decided, c.ID)
		}
		if ok && !s.lists(c.State) {
			delete(s.marks, c.ID)
			left = append(left, &departure{item: c})
			if n := len(left); n > 1 && left[n-2].next == "" {
				left[n-2].next = c.ID
			}
			continue
		}
		if n := len(left); n > 0 && left[n-1].next == "" {
			left[n-1].next = c.ID
		}
		f := s.facets[i]
		if ok {
			f = s.facetOf(c)
		}
		items, facets = append(items, c), append(facets, f)
	}
	clear(s.items[len(items):])
	s.items, s.facets = items, facets
	s.remember(left)
	for _, r := range decided {
		others = append(others, r)
	}
	return others
}

func (s *Screen) remember(left []*departure) {
	if len(left) == 0 {
		return
	}
	if s.departed == nil || len(s.departed)+len(left) > maxDeparted {
		s.departed = make(map[model.ID]departure, len(left))
	}
	for _, d := range left[:min(len(left), maxDeparted)] {
		s.departed[d.item.ID] = *d
	}
}

// returns puts changes that departed back where they were, and reports whether it knew
// all of those decided on.
func (s *Screen) returns(others []model.Review) (known bool) {
	known = true
	coming := map[model.ID]bool{}
	for _, r := range others {
		d, ok := s.departed[r.Change]
		if !ok {
			known = false
			continue
		}
		s.set(d.item, r)
		if s.lists(r.State) {
			coming[r.Change] = true
		}
	}
	if len(coming) == 0 {
		return known
	}
	before := map[model.ID][]model.ID{} // what comes before a change, last first
	for id := range coming {
		next := s.departed[id].next
		for seen := 0; next != "" && !coming[next] && seen < len(s.departed); seen++ {
			d, gone := s.departed[next]
			if !gone || s.lists(d.item.State) {
				break
			}
			next = d.next
		}
		before[next] = append(before[next], id)
	}
	return s.insert(before, len(coming)) && known
}

// insert puts changes that come back into the list, each before what it stood before,
// and reports whether that is still listed for all of them.
func (s *Screen) insert(before map[model.ID][]model.ID, n int) (placed bool) {
	items := make([]*model.QueueItem, 0, len(s.items)+n)
	facets := make([]facet, 0, len(s.items)+n)
	var put func(id model.ID)
	put = func(id model.ID) {
		ids := before[id]
		delete(before, id)
		slices.Sort(ids)
		for _, id := range ids {
			put(id)
			c := s.departed[id].item
			delete(s.departed, id)
			items, facets = append(items, c), append(facets, s.facetOf(c))
		}
	}
	for i, c := range s.items {
		put(c.ID)
		items, facets = append(items, c), append(facets, s.facets[i])
	}
	put("")
	placed = len(before) == 0
	for len(before) > 0 { // what they stood before was taken away by somebody else
		for id := range before {
			put(id)
			break
		}
	}
	s.items, s.facets, s.places = items, facets, nil
	return placed
}

// SayOne adds to the message of a decision on one change that its row stands for more.
func (s *Screen) SayOne(reviews []model.Review) {
	if len(reviews) != 1 || s.Bad || s.Message == "" || s.Current() != reviews[0].Change {
		return
	}
	if r := s.rows[s.at.Cursor]; r.n > 1 {
		s.Message += fmt.Sprintf(" (1 of %s identical; %s selects all)", humanize.Number(int(r.n)),
			s.Keys.Key(keys.MarkDuplicates))
	}
}

// afterwards is the change the cursor goes to when those decided on leave the list.
func (s *Screen) afterwards(decided map[model.ID]model.Review) model.ID {
	stays := func(item int32) model.ID {
		id := s.items[item].ID
		if r, ok := decided[id]; ok && !s.lists(r.State) {
			return ""
		}
		return id
	}
	first := func(r queueRow) model.ID {
		if r.item < 0 {
			return ""
		}
		if id := stays(r.item); id != "" {
			return id
		}
		for _, i := range s.stands(r) {
			if id := stays(i); id != "" {
				return id
			}
		}
		return ""
	}
	for i := s.at.Cursor; i < len(s.rows); i++ {
		if id := first(s.rows[i]); id != "" {
			return id
		}
	}
	for i := min(s.at.Cursor, len(s.rows)) - 1; i >= 0; i-- {
		if id := first(s.rows[i]); id != "" {
			return id
		}
	}
	return ""
}
