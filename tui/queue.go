package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/query"
)

// queueLister is what the queue screen reads.
type queueLister interface {
	Queue(ctx context.Context, f model.QueueFilter) (model.QueuePage, error)
}

// queue is the screen of the changes that wait, and of those that don't. It
// holds all changes of the state it lists, and narrows, sorts and groups them
// itself, so that each keystroke of a filter shows at once.
type queue struct {
	*env
	desk     queueLister
	open     func(model.ID) tea.Cmd
	empty    func() bool // nothing is tracked yet
	at       list        // over rows
	items    []model.QueueItem
	found    []int // indices into items that the query finds, sorted
	rows     []queueRow
	marks    map[model.ID]bool
	platform string // slug that is looked at, "" for all
	typed    string // the query as typed
	query    query.Query
	order    order
	group    grouping
	wanted   model.ID // where the cursor goes once it is listed
	request  request
	loading  bool
}

// queueRow is one line: a change, or, with item -1, the heading of a group.
type queueRow struct {
	item int
	head string
}

type queueMsg struct {
	request int
	page    model.QueuePage
	err     error
	part    bool // the rest is still to be read
}

// firstPart is how many changes are read before all others, so that a long list
// is on the screen at once.
const firstPart = 200

func newQueue(e *env, desk queueLister) *queue {
	q := &queue{env: e, desk: desk, order: byRank, marks: map[model.ID]bool{}}
	q.query, _ = query.Parse("")
	return q
}

// load reads the list; where none is shown yet, its first part comes first.
func (q *queue) load() tea.Cmd {
	q.request.next()
	q.loading = true
	part := 0
	if len(q.items) == 0 {
		part = firstPart
	}
	return q.read(part)
}

func (q *queue) read(limit int) tea.Cmd {
	request, ctx, desk := q.request.asked, q.ctx, q.desk
	filter := model.QueueFilter{State: q.query.State, AllState: q.query.AllState, Platform: q.platform, Limit: limit}
	return func() tea.Msg {
		page, err := desk.Queue(ctx, filter)
		return queueMsg{request, page, err, limit > 0 && len(page.Changes) < page.Total}
	}
}

func (q *queue) got(msg queueMsg) tea.Cmd {
	if msg.request == q.request.asked {
		q.loading = msg.part
	}
	if !q.answered(&q.request, msg.request, msg.err) {
		return nil
	}
	if q.wanted == "" {
		q.wanted = q.current()
	}
	q.items = msg.page.Changes
	for i := range q.items {
		q.items[i] = q.items[i].Blind(q.o.Actor)
	}
	wanted := q.wanted
	q.forgetMarks()
	q.arrange()
	if !msg.part {
		return nil
	}
	q.wanted = wanted // it may be in the rest
	return q.read(0)
}

// arrange finds, sorts and groups what is listed, and keeps the cursor's place.
func (q *queue) arrange() {
	wanted := q.wanted
	if wanted == "" {
		wanted = q.current()
	}
	q.wanted = ""
	q.found = q.query.Select(q.items, func(id model.ID) bool { return q.marks[id] })
	q.sort()
	q.rows = q.grouped()
	q.at.n = len(q.rows)
	for i, r := range q.rows {
		if r.item >= 0 && q.items[r.item].ID == wanted {
			q.at.cursor = i
			break
		}
	}
	q.fit()
}

// change returns the change under the cursor, nil when there is none.
func (q *queue) change() *model.QueueItem {
	if q.at.cursor < 0 || q.at.cursor >= len(q.rows) || q.rows[q.at.cursor].item < 0 {
		return nil
	}
	return &q.items[q.rows[q.at.cursor].item]
}

func (q *queue) current() model.ID {
	if c := q.change(); c != nil {
		return c.ID
	}
	return ""
}

// took brings the list in step with decisions: what the query's state does not
// hold any more leaves it, and the cursor stands on what comes next.
func (q *queue) took(reviews []model.Review) {
	decided := make(map[model.ID]model.Review, len(reviews))
	for _, r := range reviews {
		decided[r.Change] = r.Blind(q.o.Actor)
	}
	q.wanted = q.after(decided)
	kept := q.items[:0]
	for _, c := range q.items {
		if r, ok := decided[c.ID]; ok {
			c.State, c.Severity, c.Confidence, c.Record = r.State, r.Severity, r.Confidence, r.Record
			if !q.query.AllState && c.State != q.query.State {
				delete(q.marks, c.ID)
				continue
			}
		}
		kept = append(kept, c)
	}
	q.items, q.rows = kept, nil // the rows' numbers are of the list as it was
	q.arrange()
}

// after is the change the cursor goes to when those decided on leave the list.
func (q *queue) after(decided map[model.ID]model.Review) model.ID {
	leaves := func(id model.ID) bool {
		r, ok := decided[id]
		return ok && !q.query.AllState && r.State != q.query.State
	}
	for i := q.at.cursor; i < len(q.rows); i++ {
		if item := q.rows[i].item; item >= 0 && !leaves(q.items[item].ID) {
			return q.items[item].ID
		}
	}
	for i := min(q.at.cursor, len(q.rows)) - 1; i >= 0; i-- {
		if item := q.rows[i].item; item >= 0 && !leaves(q.items[item].ID) {
			return q.items[item].ID
		}
	}
	return ""
}

// next moves the cursor to the next change that is still pending, from the one
// it is on.
func (q *queue) next() bool {
	for i := max(0, q.at.cursor); i < len(q.rows); i++ {
		if item := q.rows[i].item; item >= 0 && q.items[item].State == model.Pending {
			q.at.cursor = i
			q.fit()
			return true
		}
	}
	return false
}

// step moves the cursor to another change and says whether there was one.
func (q *queue) step(by int) bool {
	for i := q.at.cursor + by; i >= 0 && i < len(q.rows); i += by {
		if q.rows[i].item >= 0 {
			q.at.cursor = i
			q.fit()
			return true
		}
	}
	q.say("no further change in the queue")
	return false
}

// place is the change's number among those found, and how many these are.
func (q *queue) place() (at, of int) {
	for i := 0; i <= q.at.cursor && i < len(q.rows); i++ {
		if q.rows[i].item >= 0 {
			at++
		}
	}
	return at, len(q.found)
}

func (q *queue) name() keys.Screen { return keys.Queue }

func (q *queue) scroll(by int) {
	before := q.at.cursor
	q.at.move(by, q.height())
	way := 1
	if by < 0 {
		way = -1
	}
	for i := q.at.cursor; i >= 0 && i < len(q.rows); i += way { // past a group's heading
		if q.rows[i].item >= 0 {
			q.at.cursor = i
			q.at.fit(q.height())
			return
		}
	}
	q.at.cursor = before
	q.at.fit(q.height())
}

func (q *queue) fit() {
	q.at.fit(q.height())
	if q.change() == nil && len(q.rows) > 0 {
		for i := q.at.cursor; i < len(q.rows); i++ {
			if q.rows[i].item >= 0 {
				q.at.cursor = i
				break
			}
		}
	}
	if q.at.cursor == 1 && q.at.top == 1 && q.rows[0].item < 0 {
		q.at.top = 0 // the first group's heading
	}
	q.at.fit(q.height())
}

func (q *queue) run(c keys.Command) (tea.Cmd, bool) {
	switch c {
	case keys.Open:
		return q.open(q.current()), true
	case keys.States:
		q.nextState()
		return q.load(), true
	case keys.Sort:
		q.order = after(orders, q.order)
		q.arrange()
	case keys.Group:
		q.group = after(groupings, q.group)
		q.arrange()
	case keys.Mark:
		q.toggleMark()
	case keys.MarkAlike:
		q.markAlike()
	case keys.MarkShown:
		for _, i := range q.found {
			q.marks[q.items[i].ID] = true
		}
		q.say("%d marked", len(q.marks))
	case keys.Unmark:
		clear(q.marks)
	default:
		return nil, false
	}
	return nil, true
}

func (q *queue) whyNot(c keys.Command) string {
	switch c {
	case keys.Open, keys.Mark:
		if q.change() == nil {
			return "there is no change here"
		}
	case keys.MarkAlike:
		if c := q.change(); c == nil || c.AlikeCount < 2 {
			return "no other change listed says the same"
		}
	case keys.Unmark:
		if len(q.marks) == 0 {
			return "nothing is marked"
		}
	case keys.MarkShown:
		if len(q.found) == 0 {
			return "nothing is listed"
		}
	}
	return ""
}

// click selects a row, and opens the one that is selected.
func (q *queue) click(line, _ int) tea.Cmd {
	if !q.at.clicked(line, func(at int) bool { return q.rows[at].item >= 0 }) {
		return nil
	}
	return q.open(q.current())
}
