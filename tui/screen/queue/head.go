package queue

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/store/query"
	"fineprint/tui/humanize"
	"fineprint/tui/kit"
)

// tab is one list of the queue: the changes in a state.
type tab struct {
	name, short string
	term        string // of a query that lists them
	state       model.State
	rare        bool // shown only when there are some
}

var tabs = []tab{
	{"Pending", "Pending", "", model.Pending, false},
	{"Snoozed", "Snoozed", "state:snoozed", model.Snoozed, false},
	{"In review", "Review", "state:in_review", model.InReview, false},
	{"Changes requested", "Requested", "state:changes_requested", model.ChangesRequested, true},
	{"Contested", "Contested", "state:contested", model.Contested, true},
	{"Dismissed", "Dismissed", "state:dismissed", model.Dismissed, false},
	{"Approved", "Approved", "state:approved", model.Approved, false},
	{"All", "All", "state:all", "", false},
}

// shownTab is the tab of what is listed.
func (s *Screen) shownTab() int {
	if s.query.AllState {
		return len(tabs) - 1
	}
	return max(0, slices.IndexFunc(tabs, func(t tab) bool { return t.state == s.query.State }))
}

// inTab is how many changes a tab lists.
func (s *Screen) inTab(t tab) int {
	if t.state == "" {
		return s.states.Total()
	}
	return s.states.Of(t.state)
}

// openTabs are the tabs that are drawn.
func (s *Screen) openTabs() []int {
	var list []int
	for i, t := range tabs {
		if !t.rare || s.states.Of(t.state) > 0 || i == s.shownTab() {
			list = append(list, i)
		}
	}
	return list
}

// nextTab lists the changes of another tab, with the same filter.
func nextTab(by int) func(*Screen) kit.Action {
	return func(s *Screen) kit.Action {
		open := s.openTabs()
		at := slices.Index(open, s.shownTab()) + by
		return s.showTab(open[(at+len(open))%len(open)])
	}
}

func (s *Screen) showTab(i int) kit.Action {
	if i == s.shownTab() {
		return nil
	}
	s.typed = strings.TrimSpace(s.filter() + " " + tabs[i].term)
	s.query, _ = query.Parse(s.typed)
	s.clear()
	return kit.Cmd(s.Load())
}

// segment is a part of a head's line, and what a click on it does; nil for nothing.
type segment struct {
	text  string // safe to be drawn
	style ansi.Style
	click func() kit.Action
}

func widthOf(line []segment) int {
	n := 0
	for _, g := range line {
		n += ansi.StringWidth(g.text)
	}
	return n
}

// Head is the tabs, with what was done today at the right, and what is listed. A large
// window has a rule under both. What is due is told between, where something is.
func (s *Screen) Head() []string {
	lines := []string{s.drawn(s.tabLine()), s.drawn(s.filterLine())}
	if s.due != nil {
		if due := s.due(); due != "" {
			lines = append(lines, due)
		}
	}
	if s.ruled() {
		lines = append(lines, s.rule(s.room().joint(), s.Theme.Signs.TeeDown))
	}
	return lines
}

// drawn is a line of segments, cut where the window ends.
func (s *Screen) drawn(line []segment) string {
	var b strings.Builder
	rest := s.W
	for _, g := range line {
		text := g.text
		if n := ansi.StringWidth(text); n > rest {
			text = s.Cut(text, rest)
			rest = 0
		} else {
			rest -= n
		}
		b.WriteString(g.style.Styled(text))
		if rest == 0 {
			break
		}
	}
	return b.String()
}

// tabLine is the first line: tabs as long as there is room, the shown one always.
func (s *Screen) tabLine() []segment {
	day := ""
	if s.day != nil {
		day = s.day(s.W / 4)
	}
	room := s.W - ansi.StringWidth(day) - 2
	brand := segment{" Fineprint ", s.Theme.Title, nil}
	open := s.openTabs()
	line := append([]segment{brand}, s.drawTabs(open, false)...)
	if widthOf(line) > room {
		line = append([]segment{brand}, s.drawTabs(open, true)...)
	}
	for widthOf(line) > room && len(open) > 1 {
		last := len(open) - 1
		if open[last] == s.shownTab() {
			last--
		}
		open = slices.Delete(open, last, last+1)
		line = append([]segment{brand}, s.drawTabs(open, true)...)
	}
	if day != "" {
		gap := max(1, s.W-widthOf(line)-ansi.StringWidth(day)-1)
		line = append(line, segment{strings.Repeat(" ", gap), nil, nil}, segment{day, nil, nil})
	}
	return line
}

// drawTabs draws tabs, by their shorter names in a narrow window.
func (s *Screen) drawTabs(open []int, short bool) []segment {
	var line []segment
	for _, i := range open {
		t := tabs[i]
		text := t.name
		if short {
			text = t.short
		}
		switch n := s.inTab(t); {
		case s.request.Err != nil && i == s.shownTab():
			text += " ?"
		case s.counted && (t.state != "" || !short):
			text += " " + humanize.Number(n)
		}
		style := s.Theme.Faint
		if i == s.shownTab() {
			style = s.Theme.Tab
			if s.ASCII { // where no style may show
				text = "[" + text + "]"
			}
		}
		if !(s.ASCII && i == s.shownTab()) {
			text = " " + text + " "
		}
		line = append(line, segment{text, style, func() kit.Action { return s.showTab(i) }})
		if !short {
			line = append(line, segment{" ", nil, nil})
		}
	}
	return line
}

// filterLine is the second line: the platform and the filter, how many changes there
// are, in what order, and how severe they are. What is selected comes first.
func (s *Screen) filterLine() []segment {
	ask := func() kit.Action { return s.askFilter() }
	faint := s.Theme.Faint
	line := []segment{{" ", nil, nil}}
	if n := len(s.marks); n > 0 {
		line = append(line, segment{humanize.Number(n) + " selected", s.Theme.Key, nil}, segment{"   ", nil, nil})
	}
	if s.platform != "" {
		line = append(line, segment{s.Safe(s.platform) + " ", s.Theme.Label, nil})
	}
	line = append(line, segment{"/ ", faint, ask})
	switch rest := s.filter(); {
	case rest != "":
		line = append(line, segment{s.Safe(rest), s.Theme.Label, ask}, segment{"   ", nil, nil})
	default:
		line = append(line, segment{"filter", faint, ask}, segment{"   ", nil, nil})
	}
	line = append(line, segment{s.found1(), faint, nil},
		segment{s.dot() + s.describe(s.order), faint, func() kit.Action { return s.nextOrder() }})
	if s.group != ungrouped {
		line = append(line, segment{s.dot() + "grouped by " + string(s.group), faint,
			func() kit.Action { return s.nextGrouping() }})
	}
	if s.loading && s.part {
		return line
	}
	return append(line, s.distribution()...)
}

// found1 is how many changes are listed. Before all were read it says so, and claims
// no more than it knows.
func (s *Screen) found1() string {
	shown := humanize.Number(len(s.found))
	switch {
	case s.request.Failed(len(s.items)):
		return "? shown"
	case s.loading && len(s.items) == 0:
		return "loading" + s.Theme.Ellipsis
	case s.loading && s.part && len(s.found) < len(s.items):
		return "loading" + s.Theme.Ellipsis
	case s.loading && s.part:
		return shown + " of " + humanize.Number(s.total) + s.Theme.Ellipsis
	}
	return shown + " shown"
}

// distribution is how many of those listed are of each severity, the highest first, and
// how many are noise.
func (s *Screen) distribution() []segment {
	gap := "  "
	if s.W < 100 {
		gap = " "
	}
	var line []segment
	for i := len(model.Severities) - 1; i >= 0; i-- {
		severity := model.Severities[i]
		n := s.severities[severity.Rank()]
		if n == 0 {
			continue
		}
		line = append(line, segment{gap, nil, nil}, segment{humanize.Number(n) + " " + string(severity),
			s.Theme.Severity(severity), func() kit.Action {
				return kit.ListQuery{Query: strings.TrimSpace(s.typed + " sev:" + string(severity))}
			}})
	}
	if n := s.severities[0]; n > 0 {
		line = append(line, segment{gap, nil, nil}, segment{humanize.Number(n) + " noise", s.Theme.Folded, nil})
	}
	if len(line) > 0 {
		line = append([]segment{{" ", nil, nil}}, line...)
	}
	return line
}

// ClickHead carries out what of the head is clicked on.
func (s *Screen) ClickHead(line, x int) kit.Action {
	lines := [][]segment{s.tabLine(), s.filterLine()}
	if line < 0 || line >= len(lines) { // a terminal may name a place above the first line
		return nil
	}
	at := 0
	for _, g := range lines[line] {
		if at += ansi.StringWidth(g.text); x < at {
			if g.click == nil {
				return nil
			}
			return g.click()
		}
	}
	return nil
}

// clickColumn sorts by the column whose head is clicked on: then the other way round,
// and then as the store ranks.
func (s *Screen) clickColumn(x int) kit.Action {
	for _, p := range s.layOut(s.room().list) {
		if x < p.x || x >= p.x+p.cells || p.value == nil {
			continue
		}
		switch s.order {
		case order{p.name, false}:
			return s.sortBy(order{p.name, true})
		case order{p.name, true}:
			return s.sortBy(byRisk)
		}
		return s.sortBy(order{p.name, false})
	}
	return nil
}

// orderMsg is an order that was picked.
type orderMsg struct{ order order }

// pickOrder lists the columns, to sort by the one chosen.
func (s *Screen) pickOrder() kit.Action {
	choices := []kit.Choice{{Name: "Risk", Do: kit.Send{Msg: orderMsg{byRisk}}},
		{Name: "Risk as detected", Do: kit.Send{Msg: orderMsg{order{column: asDetected.name}}}}}
	for _, c := range columns {
		if c.value == nil {
			continue
		}
		for _, o := range []order{{c.name, false}, {c.name, true}} {
			name := strings.ToUpper(c.word()[:1]) + c.word()[1:]
			choices = append(choices, kit.Choice{Name: fmt.Sprintf("%s %s", name, s.arrow(o)), Do: kit.Send{Msg: orderMsg{o}}})
		}
	}
	p, cmd := s.NewPicker("Sort by", choices)
	return kit.OpenDialog{Dialog: p, Cmd: cmd}
}

// sectionNote says how many of those listed are probably noise, "" for none.
func (s *Screen) sectionNote() string {
	if n := s.counts[model.SectionNoise]; n > 0 && n < len(s.found) {
		return fmt.Sprintf(", %s of them probably noise", humanize.Number(n))
	}
	return ""
}
