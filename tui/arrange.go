package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/query"
)

// order is how the queue is sorted.
type order string

const (
	byRank     order = "ranked" // as the store ranks them
	byNewest   order = "newest first"
	byPlatform order = "by platform"
)

var orders = []order{byRank, byNewest, byPlatform}

// grouping is what the queue's headings stand for.
type grouping string

const (
	ungrouped grouping = ""
	// byChangeSet puts together what one platform changed on one day.
	byChangeSet grouping = "change set"
	byAlike     grouping = "alike"
)

var groupings = []grouping{ungrouped, byChangeSet, byAlike}

// after goes round a list of values.
func after[T comparable](all []T, at T) T { return all[(slices.Index(all, at)+1)%len(all)] }

// sort puts what is found in order; the store's own rank decides between equals.
// What is compared is one number of each change, for a key must not be felt with
// fifty thousand of them.
func (q *queue) sort() {
	var number func(c *model.QueueItem) int64
	switch q.order {
	case byNewest:
		number = func(c *model.QueueItem) int64 { return -c.To.CapturedAt.UnixNano() }
	case byPlatform:
		place := q.documentPlaces()
		number = func(c *model.QueueItem) int64 { return place[c.Document] }
	default:
		return
	}
	type sortable struct {
		number int64
		item   int
	}
	list := make([]sortable, len(q.found))
	for i, item := range q.found {
		list[i] = sortable{number(&q.items[item]), item}
	}
	slices.SortFunc(list, func(a, b sortable) int { return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.item, b.item)) })
	for i, s := range list {
		q.found[i] = s.item
	}
}

// documentPlaces numbers the documents listed by platform and type.
func (q *queue) documentPlaces() map[model.ID]int64 {
	first := map[model.ID]*model.QueueItem{}
	var ids []model.ID
	for i := range q.items {
		if c := &q.items[i]; first[c.Document] == nil {
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

// grouped makes the rows. A group stands where the first of its changes would,
// so that the order holds between groups and within them. Clusters of alike
// changes come by size instead: what one decision settles most of comes first.
func (q *queue) grouped() []queueRow {
	rows := make([]queueRow, 0, len(q.found))
	if q.group == ungrouped {
		for _, i := range q.found {
			rows = append(rows, queueRow{item: i})
		}
		return rows
	}
	var names []groupKey
	groups := map[groupKey][]int{}
	for _, i := range q.found {
		name := q.groupOf(&q.items[i])
		if groups[name] == nil {
			names = append(names, name)
		}
		groups[name] = append(groups[name], i)
	}
	if q.group == byAlike {
		slices.SortStableFunc(names, func(a, b groupKey) int { return len(groups[b]) - len(groups[a]) })
	}
	var alone []int
	for _, name := range names {
		if q.group == byAlike && len(groups[name]) == 1 {
			alone = append(alone, groups[name]...)
			continue
		}
		rows = append(rows, q.group1(groups[name])...)
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
// day, or what they say.
type groupKey struct {
	name string
	day  int64
}

func (q *queue) groupOf(c *model.QueueItem) groupKey {
	switch {
	case q.group == byChangeSet:
		return groupKey{c.Platform, c.To.CapturedAt.Unix() / (24 * 60 * 60)}
	case c.Alike == "":
		return groupKey{string(c.ID), 0}
	}
	return groupKey{c.Alike, 0}
}

// group1 is one group under its heading.
func (q *queue) group1(items []int) []queueRow {
	first := q.items[items[0]]
	head := fmt.Sprintf("%d alike: %s", len(items), or(string(first.Reason), strings.Join(first.Suggested.Why, ", ")))
	if q.group == byChangeSet {
		head = fmt.Sprintf("%s, %s: %s", first.PlatformName, first.To.CapturedAt.Format(time.DateOnly), humanize.Count(len(items), "change"))
	}
	rows := []queueRow{{-1, head}}
	for _, i := range items {
		rows = append(rows, queueRow{item: i})
	}
	return rows
}

// narrow lists what a query finds; it asks the store when that is of another
// state. A query that can't be read changes nothing.
func (q *queue) narrow(typed string) tea.Cmd {
	parsed, err := query.Parse(typed)
	if !q.fine(err) {
		return nil
	}
	again := parsed.State != q.query.State || parsed.AllState != q.query.AllState
	q.typed, q.query = strings.Join(strings.Fields(typed), " "), parsed
	if again {
		q.clear()
		return q.load()
	}
	q.arrange()
	return nil
}

// look narrows while a query is still being typed, as far as it can be read.
func (q *queue) look(typed string) {
	parsed, err := query.Parse(typed)
	if err != nil || parsed.State != q.query.State || parsed.AllState != q.query.AllState {
		return
	}
	q.typed, q.query = typed, parsed
	q.arrange()
}

var queueStates = []string{"", "state:snoozed", "state:in_review", "state:dismissed", "state:approved", "state:all"}

// nextState goes round the states a queue is listed by.
func (q *queue) nextState() {
	at := slices.IndexFunc(queueStates, func(s string) bool { return s != "" && slices.Contains(strings.Fields(q.typed), s) })
	next := queueStates[(max(at, 0)+1)%len(queueStates)]
	q.typed = strings.TrimSpace(withoutState(q.typed) + " " + next)
	q.query, _ = query.Parse(q.typed)
	q.clear()
}

// clear empties the list until another is read.
func (q *queue) clear() {
	q.items, q.rows, q.found, q.at = nil, nil, nil, list{}
	q.forgetMarks()
}

// withoutState takes the fields that name a state out of a query.
func withoutState(typed string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(typed), func(s string) bool {
		return strings.HasPrefix(strings.TrimPrefix(s, "-"), "state:")
	}), " ")
}
