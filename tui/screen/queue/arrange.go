package queue

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/kit"
	"fineprint/tui/query"
)

// Order is how the queue is sorted.
type Order string

const (
	byRank     Order = "ranked" // as the store ranks them
	byNewest   Order = "newest first"
	byPlatform Order = "by platform"
)

var orders = []Order{byRank, byNewest, byPlatform}

// Grouping is what the queue's headings group by.
type Grouping string

const (
	ungrouped Grouping = ""
	// byChangeSet puts together what one platform changed on one day.
	byChangeSet Grouping = "change set"
	byAlike     Grouping = "alike"
)

var groupings = []Grouping{ungrouped, byChangeSet, byAlike}

// after goes round a list of values.
func after[T comparable](all []T, at T) T { return all[(slices.Index(all, at)+1)%len(all)] }

// nextOrder goes round the orders.
func (s *Screen) nextOrder() kit.Action {
	s.order = after(orders, s.order)
	s.arrange()
	return nil
}

// nextGrouping goes round the groupings.
func (s *Screen) nextGrouping() kit.Action {
	s.group = after(groupings, s.group)
	s.arrange()
	return nil
}

// sort puts what is found in order; the store's own rank decides between equals.
// What is compared is one number of each change, for a key must not be felt with
// fifty thousand of them.
func (s *Screen) sort() {
	var number func(c *model.QueueItem) int64
	switch s.order {
	case byNewest:
		number = func(c *model.QueueItem) int64 { return -c.To.CapturedAt.UnixNano() }
	case byPlatform:
		place := s.documentPlaces()
		number = func(c *model.QueueItem) int64 { return place[c.Document] }
	default:
		return
	}
	type sortable struct {
		number int64
		item   int
	}
	list := make([]sortable, len(s.found))
	for i, item := range s.found {
		list[i] = sortable{number(s.items[item]), item}
	}
	slices.SortFunc(list, func(a, b sortable) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.item, b.item))
	})
	for i, l := range list {
		s.found[i] = l.item
	}
}

// documentPlaces numbers the documents listed by platform and type.
func (s *Screen) documentPlaces() map[model.ID]int64 {
	first := map[model.ID]*model.QueueItem{}
	var ids []model.ID
	for i := range s.items {
		if c := s.items[i]; first[c.Document] == nil {
			first[c.Document] = c
			ids = append(ids, c.Document)
		}
	}
	slices.SortFunc(ids, func(a, b model.ID) int {
		return cmp.Or(cmp.Compare(first[a].Platform, first[b].Platform), cmp.Compare(first[a].Type, first[b].Type))
	})
	places := make(map[model.ID]int64, len(ids))
	for i, id := range ids {
		places[id] = int64(i)
	}
	return places
}

// grouped makes the rows. A group is where the first of its changes would,
// so that the order holds between groups and within them. Clusters of alike
// changes come by size instead: what one decision settles most of comes first.
func (s *Screen) grouped() []queueRow {
	rows := make([]queueRow, 0, len(s.found))
	switch {
	case s.group == ungrouped && s.order == byRank:
		return s.sectioned()
	case s.group == ungrouped:
		for _, i := range s.found {
			rows = append(rows, queueRow{item: i})
		}
		return rows
	}
	var names []groupKey
	groups := map[groupKey][]int{}
	for _, i := range s.found {
		name := s.groupOf(s.items[i])
		if groups[name] == nil {
			names = append(names, name)
		}
		groups[name] = append(groups[name], i)
	}
	if s.group == byAlike {
		slices.SortStableFunc(names, func(a, b groupKey) int { return len(groups[b]) - len(groups[a]) })
	}
	var alone []int
	for _, name := range names {
		if s.group == byAlike && len(groups[name]) == 1 {
			alone = append(alone, groups[name]...)
			continue
		}
		rows = append(rows, s.group1(groups[name])...)
	}
	if len(alone) > 0 {
		rows = append(rows, queueRow{-1, fmt.Sprintf("%d like no other", len(alone))})
		for _, i := range alone {
			rows = append(rows, queueRow{item: i})
		}
	}
	return rows
}

// groupKey is what the changes of a group have in common: the platform and the
// day, or their words.
type groupKey struct {
	name string
	day  int64
}

func (s *Screen) groupOf(c *model.QueueItem) groupKey {
	switch {
	case s.group == byChangeSet:
		return groupKey{c.Platform, c.To.CapturedAt.Unix() / (24 * 60 * 60)}
	case c.DuplicateGroup == "":
		return groupKey{string(c.ID), 0}
	}
	return groupKey{c.DuplicateGroup, 0}
}

// group1 is one group under its heading.
func (s *Screen) group1(items []int) []queueRow {
	first := s.items[items[0]]
	why := cmp.Or(string(first.Reason), strings.Join(first.Suggested.Why, ", "))
	head := fmt.Sprintf("%d alike: %s", len(items), why)
	if s.group == byChangeSet {
		day := first.To.CapturedAt.Format(time.DateOnly)
		head = fmt.Sprintf("%s, %s: %s", first.PlatformName, day, humanize.Count(len(items), "change"))
	}
	rows := []queueRow{{-1, head}}
	for _, i := range items {
		rows = append(rows, queueRow{item: i})
	}
	return rows
}

// narrow lists what a query finds; it asks the store when that is of another
// state. A query that can't be read changes nothing.
func (s *Screen) narrow(typed string) tea.Cmd {
	parsed, err := query.Parse(typed)
	if !s.ReportError(err) {
		return nil
	}
	again := parsed.State != s.query.State || parsed.AllState != s.query.AllState
	s.typed, s.query = strings.TrimSpace(typed), parsed
	if again {
		s.clear()
		return s.Load()
	}
	s.arrange()
	return nil
}

// look narrows while a query is still being typed, as far as it can be read.
func (s *Screen) look(typed string) {
	parsed, err := query.Typing(typed)
	if err != nil || parsed.State != s.query.State || parsed.AllState != s.query.AllState {
		return
	}
	s.typed, s.query = typed, parsed
	s.arrange()
}

var queueStates = []string{
	"", "state:snoozed", "state:in_review", "state:dismissed", "state:approved", "state:all",
}

// nextState goes round the states a queue is listed by.
func (s *Screen) nextState() kit.Action {
	now := "state:" + string(s.query.State)
	if s.query.AllState {
		now = "state:all"
	}
	next := queueStates[(max(slices.Index(queueStates, now), 0)+1)%len(queueStates)]
	s.typed = strings.TrimSpace(s.query.WithoutState().String() + " " + next)
	s.query, _ = query.Parse(s.typed)
	s.clear()
	return kit.Cmd(s.Load())
}

// clear empties the list until another is read.
func (s *Screen) clear() {
	s.items, s.seen, s.rows, s.found, s.at = nil, nil, nil, nil, kit.List{}
	s.forgetMarks()
}
