package tui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/terms"
	"fineprint/tui/keys"
	"fineprint/tui/safetext"
)

// queueLister is what the queue screen reads.
type queueLister interface {
	Queue(ctx context.Context, f terms.QueueFilter) (terms.QueuePage, error)
}

// queue is the screen of the changes that wait, and of those that don't.
type queue struct {
	*env
	desk    queueLister
	open    func(terms.ID) tea.Cmd
	empty   func() bool // nothing is tracked yet
	at      list
	page    terms.QueuePage
	filter  terms.QueueFilter
	asked   int // number of the newest request
	loading bool
}

type queueMsg struct {
	request int
	page    terms.QueuePage
	err     error
}

func (q *queue) load() tea.Cmd {
	q.asked++
	q.loading = true
	request, filter, ctx, desk := q.asked, q.filter, q.ctx, q.desk
	return func() tea.Msg {
		page, err := desk.Queue(ctx, filter)
		return queueMsg{request, page, err}
	}
}

func (q *queue) got(msg queueMsg) {
	if msg.request != q.asked {
		return
	}
	q.loading = false
	if !q.fine(msg.err) {
		return
	}
	at := q.current()
	q.page = msg.page
	q.at.n = len(q.page.Changes)
	for i, c := range q.page.Changes {
		if c.ID == at {
			q.at.cursor = i
		}
	}
	q.fit()
}

// current is the ID of the change under the cursor, "" when there is none.
func (q *queue) current() terms.ID {
	if q.at.cursor < len(q.page.Changes) {
		return q.page.Changes[q.at.cursor].ID
	}
	return ""
}

// took brings the list in step with a decision.
func (q *queue) took(r terms.Review) {
	for i := range q.page.Changes {
		if c := &q.page.Changes[i]; c.ID == r.Change {
			c.State, c.Severity, c.Confidence, c.Record = r.State, r.Severity, r.Confidence, r.Record
		}
	}
}

// next moves the cursor to the next change that is still pending.
func (q *queue) next() bool {
	for i := q.at.cursor + 1; i < len(q.page.Changes); i++ {
		if q.page.Changes[i].State == terms.Pending {
			q.at.cursor = i
			q.fit()
			return true
		}
	}
	return false
}

// step moves the cursor and says whether there was somewhere to go.
func (q *queue) step(by int) bool {
	next := q.at.cursor + by
	if next < 0 || next >= len(q.page.Changes) {
		q.say("no further change in the queue")
		return false
	}
	q.at.cursor = next
	q.fit()
	return true
}

func (q *queue) name() keys.Screen { return keys.Queue }
func (q *queue) head() []string {
	return []string{q.bar("Queue: "+q.filterText(), fmt.Sprintf("%d", q.page.Total))}
}
func (q *queue) scroll(by int) { q.at.move(by, q.height()) }
func (q *queue) fit()          { q.at.fit(q.height()) }

func (q *queue) status() string {
	if q.loading {
		return "reading" + q.theme.Ellipsis
	}
	return ""
}

func (q *queue) run(c keys.Command) (tea.Cmd, bool) {
	switch c {
	case keys.Open:
		return q.open(q.current()), true
	case keys.States:
		q.nextState()
		return q.load(), true
	}
	return nil, false
}

// state names the state that is listed.
func (q *queue) state() string {
	if q.filter.AllState {
		return "in all"
	}
	return or(string(q.filter.State), string(terms.Pending))
}

// click selects a row, and opens the one that is selected.
func (q *queue) click(line, _ int) tea.Cmd {
	at := q.at.top + line
	if at >= q.at.n {
		return nil
	}
	if at == q.at.cursor {
		return q.open(q.current())
	}
	q.at.cursor = at
	return nil
}

func (q *queue) target() target {
	t := target{id: q.current()}
	if q.at.cursor < len(q.page.Changes) {
		t.reason = q.page.Changes[q.at.cursor].Reason
	}
	return t
}

var queueStates = []terms.State{terms.Pending, terms.Snoozed, terms.Dismissed, terms.Approved, ""}

// nextState goes round the states a queue is listed by; "" is all.
func (q *queue) nextState() {
	at := 0
	for i, s := range queueStates {
		if s == q.filter.State && !q.filter.AllState || s == "" && q.filter.AllState {
			at = i
		}
	}
	if q.filter.State == "" && !q.filter.AllState {
		at = 0
	}
	next := queueStates[(at+1)%len(queueStates)]
	q.filter.State, q.filter.AllState = next, next == ""
	q.at.cursor = 0
}

func (q *queue) filterText() string {
	state := q.filter.State
	if state == "" {
		state = terms.Pending
	}
	text := string(state)
	if q.filter.AllState {
		text = "all"
	}
	if q.filter.Platform != "" {
		text += ", " + q.filter.Platform
	}
	if q.filter.Match != "" {
		text += ", " + q.filter.Match
	}
	return text
}

func (q *queue) lines(height int) []string {
	if len(q.page.Changes) == 0 {
		if q.loading {
			return nil
		}
		if q.empty() {
			return q.onboarding()
		}
		return []string{"", q.cut("  No change is "+safetext.Line(q.filterText())+". tab lists the other states, / filters.", q.w)}
	}
	var lines []string
	for i := q.at.top; i < q.at.n && len(lines) < height; i++ {
		lines = append(lines, q.mark(i == q.at.cursor, q.line(q.page.Changes[i])))
	}
	return lines
}

// verdict is a row's first column: as judged, else as suggested, else why it is
// immaterial; and the state, where the list holds several.
func (q *queue) verdict(c terms.QueueItem) string {
	text := string(c.Suggested.Severity) + "?"
	switch {
	case c.Severity != "":
		text = string(c.Severity)
	case !c.Material:
		text = "(" + string(c.Reason) + ")"
	}
	if q.filter.AllState {
		text += " " + string(c.State)
	}
	return text
}

func (q *queue) line(c terms.QueueItem) string {
	first := 13 // "(boilerplate)"
	if q.filter.AllState {
		first += 10 // " dismissed"
	}
	name, columns := q.w-2-first-1-11, []string{}
	if q.w >= 110 {
		columns = append(columns, q.pad(fmt.Sprintf("+%d -%d ~%d", c.Counts.Added, c.Counts.Removed, c.Counts.Modified), 18))
		name -= 19
	}
	columns = append(columns, c.To.CapturedAt.Format(time.DateOnly))
	if q.w >= 76 {
		columns = append(columns, string(c.ID))
		name -= 12
	}
	return q.pad(q.verdict(c), first) + " " + q.pad(safetext.Line(c.PlatformName+" / "+c.Type), name) + " " + strings.Join(columns, " ")
}
