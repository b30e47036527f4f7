package tui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/terms"
	"fineprint/tui/keys"
	"fineprint/tui/query"
	"fineprint/tui/safetext"
)

// queueLister is what the queue screen reads.
type queueLister interface {
	Queue(ctx context.Context, f terms.QueueFilter) (terms.QueuePage, error)
}

// queue is the screen of the changes that wait, and of those that don't. It
// holds all changes of the state it lists, and narrows, sorts and groups them
// itself, so that each keystroke of a filter shows at once.
type queue struct {
	*env
	desk     queueLister
	open     func(terms.ID) tea.Cmd
	empty    func() bool // nothing is tracked yet
	at       list        // over rows
	items    []terms.QueueItem
	found    []int // indices into items that the query finds, sorted
	rows     []queueRow
	marks    map[terms.ID]bool
	platform string // slug that is looked at, "" for all
	typed    string // the query as typed
	query    query.Query
	order    order
	group    grouping
	wanted   terms.ID // where the cursor goes once it is listed
	asked    int      // number of the newest request
	loading  bool
}

// queueRow is one line: a change, or, with item -1, the heading of a group.
type queueRow struct {
	item int
	head string
}

type queueMsg struct {
	request int
	page    terms.QueuePage
	err     error
	part    bool // the rest is still to be read
}

// firstPart is how many changes are read before all others, so that a long list
// is on the screen at once.
const firstPart = 200

func newQueue(e *env, desk queueLister) *queue {
	q := &queue{env: e, desk: desk, order: byRank, marks: map[terms.ID]bool{}}
	q.query, _ = query.Parse("")
	return q
}

// load reads the list; where none is shown yet, its first part comes first.
func (q *queue) load() tea.Cmd {
	q.asked++
	q.loading = true
	part := 0
	if len(q.items) == 0 {
		part = firstPart
	}
	return q.read(part)
}

func (q *queue) read(limit int) tea.Cmd {
	request, ctx, desk := q.asked, q.ctx, q.desk
	filter := terms.QueueFilter{State: q.query.State, AllState: q.query.AllState, Platform: q.platform, Limit: limit}
	return func() tea.Msg {
		page, err := desk.Queue(ctx, filter)
		return queueMsg{request, page, err, limit > 0 && len(page.Changes) < page.Total}
	}
}

func (q *queue) got(msg queueMsg) tea.Cmd {
	if msg.request != q.asked {
		return nil
	}
	q.loading = msg.part
	if !q.fine(msg.err) {
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

// forgetMarks drops the marks of changes that are not listed any more, for what
// can't be seen must not be decided on.
func (q *queue) forgetMarks() {
	if len(q.marks) == 0 {
		return
	}
	listed := make(map[terms.ID]bool, len(q.marks))
	for _, c := range q.items {
		if q.marks[c.ID] {
			listed[c.ID] = true
		}
	}
	q.marks = listed
}

// arrange finds, sorts and groups what is listed, and keeps the cursor's place.
func (q *queue) arrange() {
	wanted := q.wanted
	if wanted == "" {
		wanted = q.current()
	}
	q.wanted = ""
	q.found = q.query.Select(q.items, func(id terms.ID) bool { return q.marks[id] })
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
func (q *queue) change() *terms.QueueItem {
	if q.at.cursor < 0 || q.at.cursor >= len(q.rows) || q.rows[q.at.cursor].item < 0 {
		return nil
	}
	return &q.items[q.rows[q.at.cursor].item]
}

func (q *queue) current() terms.ID {
	if c := q.change(); c != nil {
		return c.ID
	}
	return ""
}

// took brings the list in step with decisions: what the query's state does not
// hold any more leaves it, and the cursor stands on what comes next.
func (q *queue) took(reviews []terms.Review) {
	decided := make(map[terms.ID]terms.Review, len(reviews))
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
func (q *queue) after(decided map[terms.ID]terms.Review) terms.ID {
	leaves := func(id terms.ID) bool {
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
		if item := q.rows[i].item; item >= 0 && q.items[item].State == terms.Pending {
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

func (q *queue) head() []string {
	right := fmt.Sprintf("%d", len(q.found))
	if len(q.found) != len(q.items) {
		right = fmt.Sprintf("%d of %d", len(q.found), len(q.items))
	}
	if len(q.marks) > 0 {
		right = fmt.Sprintf("%d marked, %s", len(q.marks), right)
	}
	return []string{q.bar("Queue: "+q.scope(), right)}
}

// scope says in words what is listed.
func (q *queue) scope() string {
	text := q.state()
	if q.platform != "" {
		text += ", " + q.platform
	}
	if rest := withoutState(q.typed); rest != "" {
		text += ", " + rest
	}
	if q.order != byRank {
		text += ", " + string(q.order)
	}
	if q.group != ungrouped {
		text += ", by " + string(q.group)
	}
	return text
}

// state names the state that is listed.
func (q *queue) state() string {
	if q.query.AllState {
		return "all"
	}
	return strings.ReplaceAll(string(q.query.State), "_", " ")
}

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

func (q *queue) status() string {
	if q.loading && len(q.items) == 0 {
		return "reading" + q.theme.Ellipsis
	}
	c := q.change()
	if c == nil {
		return ""
	}
	var parts []string
	if c.AlikeCount > 1 {
		parts = append(parts, fmt.Sprintf("%d alike: %s marks them", c.AlikeCount, q.keys.Key(keys.MarkAlike)))
	}
	if c.Material && c.Severity == "" && len(c.Suggested.Why) > 0 {
		parts = append(parts, fmt.Sprintf("suggested %s: %s", c.Suggested.Severity, strings.Join(c.Suggested.Why, ", ")))
	}
	if !c.Material && c.Detail != "" {
		parts = append(parts, c.Detail)
	}
	return safetext.Line(strings.Join(parts, "; "))
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
		q.mark1()
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

func (q *queue) mark1() {
	id := q.current()
	if q.marks[id] {
		delete(q.marks, id)
	} else {
		q.marks[id] = true
	}
	q.scroll(1)
}

// markAlike marks what says the same as the change under the cursor.
func (q *queue) markAlike() {
	key := q.change().Alike
	for _, i := range q.found {
		if q.items[i].Alike == key {
			q.marks[q.items[i].ID] = true
		}
	}
	q.say("%d marked; a judgement is now one of them all", len(q.marks))
}

// click selects a row, and opens the one that is selected.
func (q *queue) click(line, _ int) tea.Cmd {
	at := q.at.top + line
	if at >= q.at.n || q.rows[at].item < 0 {
		return nil
	}
	if at == q.at.cursor {
		return q.open(q.current())
	}
	q.at.cursor = at
	return nil
}

func (q *queue) target() target {
	c := q.change()
	if c == nil {
		return target{}
	}
	t := target{id: c.ID, reason: c.Reason}
	if len(q.marks) > 0 {
		for _, i := range q.found {
			if m := q.items[i]; q.marks[m.ID] {
				t.many = append(t.many, m)
			}
		}
		if len(t.many) > 0 {
			t.reason = t.many[0].Reason
		}
		if len(t.many) == 1 {
			t.id, t.many = t.many[0].ID, nil
		}
	}
	return t
}

func (q *queue) lines(height int) []string {
	if len(q.rows) == 0 {
		if q.loading {
			return nil
		}
		if q.empty() {
			return q.onboarding()
		}
		return []string{"", q.cut("  No change is "+safetext.Line(q.scope())+". "+q.keys.Key(keys.States)+" lists the other states, "+q.keys.Key(keys.Filter)+" filters.", q.w)}
	}
	var lines []string
	for i := q.at.top; i < len(q.rows) && len(lines) < height; i++ {
		if r := q.rows[i]; r.item < 0 {
			lines = append(lines, q.theme.Label.Styled(q.cut(q.safe(r.head), q.w)))
		} else {
			c := q.items[r.item]
			plain := i == q.at.cursor || q.marks[c.ID] // the whole row is styled
			lines = append(lines, q.marked(i == q.at.cursor, q.marks[c.ID], q.line(c, plain)))
		}
	}
	return lines
}

// marked draws a row with its two signs: where the cursor is, and the mark.
func (q *queue) marked(selected, marked bool, line string) string {
	signs := []byte("  ")
	if selected {
		signs[0] = '>'
	}
	if marked {
		signs[1] = '*'
	}
	line = string(signs) + q.pad(line, q.w-2)
	switch {
	case selected:
		return q.theme.Selected.Styled(line)
	case marked:
		return q.theme.Label.Styled(line)
	}
	return line
}

// verdict is a row's first column: as judged, else as suggested, else why it is
// immaterial; and the state, where the list holds several.
func (q *queue) verdict(c terms.QueueItem, plain bool) string {
	text, style := string(c.Suggested.Severity)+"?", ansi.Style{}
	switch {
	case c.Severity != "":
		text, style = string(c.Severity), q.theme.Severity(c.Severity)
	case !c.Material:
		text, style = "("+string(c.Reason)+")", q.theme.Folded
	}
	state := ""
	if q.query.AllState {
		state = " " + strings.ReplaceAll(string(c.State), "_", " ")
	}
	text = safetext.Line(text)
	if !plain {
		text = style.Styled(text)
	}
	return text + safetext.Line(state)
}

func (q *queue) line(c terms.QueueItem, plain bool) string {
	first := 13 // "(boilerplate)"
	if q.query.AllState {
		first += 10 // " dismissed"
	}
	name, columns := q.w-2-first-1-11, []string{}
	if q.w >= 110 {
		columns = append(columns, q.pad(fmt.Sprintf("+%d -%d ~%d", c.Counts.Added, c.Counts.Removed, c.Counts.Modified), 18))
		name -= 19
	}
	if q.w >= 100 {
		alike := ""
		if c.AlikeCount > 1 {
			alike = fmt.Sprintf("%d alike", c.AlikeCount)
		}
		columns = append(columns, q.pad(alike, 10))
		name -= 11
	}
	columns = append(columns, c.To.CapturedAt.Format(time.DateOnly))
	if q.w >= 76 {
		columns = append(columns, safetext.Line(string(c.ID)))
		name -= 12
	}
	return q.pad(q.verdict(c, plain), first) + " " + q.pad(q.safe(safetext.Clip(c.PlatformName, q.w)+" / "+c.Type), name) + " " + strings.Join(columns, " ")
}
