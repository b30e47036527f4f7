package queue

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/store/query"
	"fineprint/tui/kit"
)

// Order is how the queue is sorted, as a desk keeps it: "" or "ranked" as the store
// ranks the changes, else by the column of that name, with a minus before it the other
// way round.
type Order string

// order is an [Order] that was read.
type order struct {
	column string // of columns that have an order; "" for the store's rank
	back   bool   // the other way round
}

// byRisk is the store's own rank.
var byRisk = order{}

// formerOrders are what desks kept as their order before every column had one.
var formerOrders = map[Order]order{
	"ranked": byRisk, "newest first": {column: "age"}, "by platform": {column: "platform"},
}

// orders are those that a key goes round; the others are a click on a column's head
// away, or the palette's.
var orders = []order{byRisk, {column: "age"}, {column: "platform"}, {column: asDetected.name}}

func readOrder(o Order) order {
	if former, ok := formerOrders[o]; ok {
		return former
	}
	name, back := strings.CutPrefix(string(o), "-")
	if c := columnNamed(name); c != nil && c.value != nil {
		return order{name, back}
	}
	return byRisk
}

// kept is the order as a desk keeps it.
func (o order) kept() Order {
	if o.back {
		return Order("-" + o.column)
	}
	return Order(o.column)
}

// describe says what is sorted by, and which way.
func (s *Screen) describe(o order) string {
	c := columnNamed(o.column)
	if c == nil {
		return "by risk " + s.Theme.Signs.Descending
	}
	return "by " + c.word() + " " + s.arrow(o)
}

// arrow points to where the greater values are.
func (s *Screen) arrow(o order) string {
	if columnNamed(o.column).down != o.back {
		return s.Theme.Signs.Descending
	}
	return s.Theme.Signs.Ascending
}

// Grouping is what the queue's headings group by.
type Grouping string

const (
	ungrouped Grouping = ""
	// byChangeSet puts together what one platform changed on one day.
	byChangeSet Grouping = "change set"
	byAlike     Grouping = "alike"
)

var groupings = []Grouping{ungrouped, byChangeSet, byAlike}

// after goes round a list of values; from one that is not among them, to the first.
func after[T comparable](all []T, at T) T { return all[(slices.Index(all, at)+1)%len(all)] }

// nextOrder goes round the orders.
func (s *Screen) nextOrder() kit.Action { return s.sortBy(after(orders, s.order)) }

// sortBy sorts the list, with the cursor on the same change.
func (s *Screen) sortBy(o order) kit.Action {
	s.order = o
	s.arrange()
	s.inContext()
	return nil
}

// nextGrouping goes round the groupings, with the cursor on the same change.
func (s *Screen) nextGrouping() kit.Action {
	s.group = after(groupings, s.group)
	s.arrange()
	s.inContext()
	return nil
}

// inContext scrolls so that there are rows on both sides of the cursor.
func (s *Screen) inContext() {
	rows := s.room().rows
	margin := min(3, rows/4)
	if s.at.Cursor < s.at.Top+margin || s.at.Cursor >= s.at.Top+rows-margin {
		s.at.Top = s.at.Cursor - rows/3
		s.Fit()
	}
}

// arrange finds, sorts and groups what is listed, and keeps the cursor's place.
func (s *Screen) arrange() {
	wanted := cmp.Or(s.wanted, s.Current())
	s.wanted = ""
	s.found = s.inForce().Select(s.items, s.env())
	s.chosen = nil
	s.tally()
	s.sort()
	s.grouped()
	s.at.N = len(s.rows)
	if wanted != "" {
		if at := s.rowOf(wanted.Number()); at >= 0 {
			s.at.Cursor = at
		}
	}
	s.Fit()
}

// sort puts what is found in order; the store's own rank decides between equals.
// What is compared is one number of each change, for a key must not be felt with
// fifty thousand of them.
func (s *Screen) sort() {
	c := columnNamed(s.order.column)
	if c == nil {
		return
	}
	sign := int64(1)
	if c.down != s.order.back {
		sign = -1
	}
	type sortable struct {
		number int64
		item   int
	}
	list := make([]sortable, len(s.found))
	for i, item := range s.found {
		list[i] = sortable{sign * c.value(s, s.items[item]), item}
	}
	slices.SortFunc(list, func(a, b sortable) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.item, b.item))
	})
	for i, l := range list {
		s.found[i] = l.item
	}
}

// documentPlace numbers the documents listed by platform and type.
func (s *Screen) documentPlace(of model.ID) int64 {
	if s.places == nil {
		first := map[model.ID]*model.QueueItem{}
		var ids []model.ID
		for _, c := range s.items {
			if first[c.Document] == nil {
				first[c.Document] = c
				ids = append(ids, c.Document)
			}
		}
		slices.SortFunc(ids, func(a, b model.ID) int {
			return cmp.Or(cmp.Compare(first[a].Platform, first[b].Platform), cmp.Compare(first[a].Type, first[b].Type))
		})
		s.places = make(map[model.ID]int64, len(ids))
		for i, id := range ids {
			s.places[id] = int64(i)
		}
	}
	return s.places[of]
}

// env is what a query can't know of an item by itself.
func (s *Screen) env() query.Env {
	marked := func(id model.ID) bool { return s.marks[id] }
	return query.Env{Now: s.Clock(), Actor: s.Actor, Texts: s.texts.found, Marked: marked, Index: s.index}
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
	if len(parsed.Texts()) > 0 {
		return wantTexts
	}
	return nil
}

// look narrows while a query is still being typed, as far as it can be read. What it
// finds is shown from its beginning.
func (s *Screen) look(typed string) {
	parsed, err := query.Typing(typed)
	if err != nil || parsed.State != s.query.State || parsed.AllState != s.query.AllState {
		return
	}
	s.typed, s.query = typed, parsed
	s.wanted = ""
	s.arrange()
	s.toTop()
}

// toTop puts the cursor on the first change.
func (s *Screen) toTop() {
	s.at.Cursor, s.at.Top = 0, 0
	s.Fit()
}

// spot is where the cursor was, and what was scrolled.
type spot struct {
	change model.ID
	top    int
}

func (s *Screen) spot() spot { return spot{s.Current(), s.at.Top} }

// goTo puts the cursor back where it was.
func (s *Screen) goTo(at spot) {
	if at.change == "" {
		return
	}
	if row := s.rowOf(at.change.Number()); row >= 0 {
		s.at.Cursor, s.at.Top = row, at.top
		s.Fit()
	}
}

// clear empties the list until another is read.
func (s *Screen) clear() {
	s.setItems(nil)
	s.seen, s.rows, s.found, s.at = nil, nil, nil, kit.List{}
	s.departed, s.before = nil, spot{}
	s.forgetMarks()
	s.tally()
}
