package tui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/terms"
	"fineprint/tui/keys"
	"fineprint/tui/safetext"
)

// The least size the desk is drawn at, in cells.
const (
	minWidth  = 60
	minHeight = 20
)

// View draws the screen.
func (m *Model) View() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	v.WindowTitle = "Fineprint"
	switch {
	case m.w == 0 || m.h == 0:
	case m.w < minWidth || m.h < minHeight:
		v.Content = m.cut(fmt.Sprintf("Fineprint needs %d×%d, this is %d×%d. Make the window larger; nothing is lost.", minWidth, minHeight, m.w, m.h), m.w)
	default:
		v.Content = strings.Join(m.lines(), "\n")
	}
	return v
}

// lines draws head, body, prompt, status and footer: exactly as many as the
// screen has.
func (m *Model) lines() []string {
	var head, body []string
	switch m.screen() {
	case keys.Platforms:
		head, body = []string{m.bar("Platforms", fmt.Sprintf("%d", len(m.rows)))}, m.platformLines()
	case keys.Queue:
		head, body = []string{m.bar("Queue: "+m.filterText(), fmt.Sprintf("%d", m.page.Total))}, m.queueLines()
	case keys.Review:
		head, body = m.reviewHead(), m.reviewLines()
	case keys.Preview:
		head, body = []string{m.bar("Record preview", m.percent())}, m.textLines()
	case keys.Help:
		head, body = []string{m.bar("Keys of the "+string(m.screens[len(m.screens)-2]), m.percent())}, m.textLines()
	}
	lines := append(head, body...)
	for len(lines) < len(head)+m.height() {
		lines = append(lines, "")
	}
	if p := m.prompt; p != nil {
		label := p.label
		if hint := "  (enter saves, esc leaves it)"; len(label+hint) <= m.w {
			label += hint
		}
		lines = append(lines, m.theme.Title.Styled(m.cut(label, m.w)), ansi.Truncate(p.input.View(), m.w, ""))
	}
	status := m.theme.Faint.Styled(m.cut(m.status1(), m.w))
	if m.status != "" {
		style := m.theme.Good
		if m.bad {
			style = m.theme.Bad
		}
		status = style.Styled(m.cut(safetext.Line(m.status), m.w))
	}
	return append(lines, status, m.theme.Faint.Styled(keys.Footer(m.screen(), m.w)))
}

// status1 is what the status line says when nothing happened.
func (m *Model) status1() string {
	if m.screen() == keys.Review {
		return m.percent()
	}
	if m.loading {
		return "reading" + m.theme.Ellipsis
	}
	return ""
}

// percent says how far a longer text is scrolled.
func (m *Model) percent() string {
	top, n := m.preview.top, len(m.text)
	if m.screen() == keys.Review {
		top, n = m.offset, len(m.body)
	}
	if n <= m.height() {
		return ""
	}
	return fmt.Sprintf("%d%%", 100*top/(n-m.height()))
}

func (m *Model) bar(left, right string) string {
	left, right = " Fineprint  "+safetext.Line(left), safetext.Line(right)+" "
	left = m.cut(left, m.w-ansi.StringWidth(right)-1)
	return m.theme.Bar.Styled(left + strings.Repeat(" ", max(1, m.w-ansi.StringWidth(left)-ansi.StringWidth(right))) + right)
}

// cut makes a text at most so many cells wide.
func (m *Model) cut(s string, width int) string { return ansi.Truncate(s, width, m.theme.Ellipsis) }

func (m *Model) filterText() string {
	state := m.filter.State
	if state == "" {
		state = terms.Pending
	}
	text := string(state)
	if m.filter.AllState {
		text = "all"
	}
	if m.filter.Platform != "" {
		text += ", " + m.filter.Platform
	}
	if m.filter.Match != "" {
		text += ", " + m.filter.Match
	}
	return text
}

// pad makes a text exactly so many cells wide.
func (m *Model) pad(s string, width int) string {
	s = m.cut(s, width)
	return s + strings.Repeat(" ", max(0, width-ansi.StringWidth(s)))
}

func (m *Model) mark(selected bool, line string) string {
	line = m.pad(line, m.w-2)
	if selected {
		return m.theme.Selected.Styled("> " + line)
	}
	return "  " + line
}

func (m *Model) platformLines() []string {
	if len(m.rows) == 0 {
		return m.onboarding()
	}
	var lines []string
	name := max(16, m.w-44)
	for i := m.platforms.top; i < m.platforms.n && len(lines) < m.height(); i++ {
		line := "All platforms"
		if i > 0 {
			p := m.rows[i-1]
			last := ""
			if !p.LastChange.IsZero() {
				last = p.LastChange.Format("2006-01-02")
			}
			line = fmt.Sprintf("%s %5d material %5d pending  %s", m.pad(safetext.Line(p.Name), name), p.MaterialPending, p.Pending, last)
		}
		lines = append(lines, m.mark(i == m.platforms.cursor, line))
	}
	return lines
}

func (m *Model) onboarding() []string {
	if m.loading {
		return nil
	}
	return []string{"", "  Nothing is tracked yet.", "", "  Leave with q, then take in a history:", "", "    fineprint import ota REPO", "", "  or look around on a sample:", "", "    fineprint demo"}
}

func (m *Model) queueLines() []string {
	if len(m.page.Changes) == 0 {
		if len(m.rows) == 0 {
			return m.onboarding()
		}
		if m.loading {
			return nil
		}
		return []string{"", "  No change is " + m.filterText() + ". tab lists the other states, / filters."}
	}
	var lines []string
	for i := m.queue.top; i < m.queue.n && len(lines) < m.height(); i++ {
		lines = append(lines, m.mark(i == m.queue.cursor, m.queueLine(m.page.Changes[i])))
	}
	return lines
}

// verdict is a row's first column: as judged, else as suggested, else why it is
// immaterial; and the state, where the list holds several.
func (m *Model) verdict(q terms.QueueItem) string {
	text := string(q.Suggested.Severity) + "?"
	switch {
	case q.Severity != "":
		text = string(q.Severity)
	case !q.Material:
		text = "(" + string(q.Reason) + ")"
	}
	if m.filter.AllState {
		text += " " + string(q.State)
	}
	return text
}

func (m *Model) queueLine(q terms.QueueItem) string {
	first := 13 // "(boilerplate)"
	if m.filter.AllState {
		first += 10 // " dismissed"
	}
	name, columns := m.w-2-first-1-11, []string{}
	if m.w >= 110 {
		columns = append(columns, m.pad(fmt.Sprintf("+%d -%d ~%d", q.Counts.Added, q.Counts.Removed, q.Counts.Modified), 18))
		name -= 19
	}
	columns = append(columns, q.To.CapturedAt.Format(time.DateOnly))
	if m.w >= 76 {
		columns = append(columns, string(q.ID))
		name -= 12
	}
	return m.pad(m.verdict(q), first) + " " + m.pad(safetext.Line(q.PlatformName+" / "+q.Type), name) + " " + strings.Join(columns, " ")
}

func (m *Model) reviewHead() []string {
	d := m.detail
	if d == nil {
		return []string{m.bar("Review", ""), "", ""}
	}
	left := fmt.Sprintf(" %s  ", d.Change.ID)
	right := fmt.Sprintf("  %s   %d of %d ", m.between(d.Change), m.queue.cursor+1, len(m.page.Changes))
	name := safetext.Line(d.Document.Platform.Name + " / " + d.Document.Type)
	return []string{
		m.theme.Bar.Styled(left + m.pad(name, m.w-ansi.StringWidth(left+right)) + right),
		m.cut(safetext.Line(m.judged(*d)), m.w),
		m.theme.Faint.Styled(m.cut("summary: "+safetext.Line(or(d.Review.Summary, "(none yet; s writes one)")), m.w)),
	}
}

// between says from when to when a change is, with the time where the day
// alone would not tell.
func (m *Model) between(c terms.Change) string {
	arrow := " → "
	if m.o.ASCII {
		arrow = " -> "
	}
	from, to := c.From.CapturedAt.Format(time.DateOnly), c.To.CapturedAt.Format(time.DateOnly)
	if from == to {
		return from + " " + c.From.CapturedAt.Format("15:04") + arrow + c.To.CapturedAt.Format("15:04")
	}
	return from + arrow + to
}

// judged is the line that says where the review stands and, before it began,
// what the detection makes of the change.
func (m *Model) judged(d terms.ChangeDetail) string {
	r, c := d.Review, d.Change
	text := strings.ToUpper(string(r.State))
	if r.Severity == "" && r.Confidence == "" && r.Basis == "" {
		text += "  not judged"
	} else {
		text += fmt.Sprintf("  severity %s  confidence %s  basis %s", or(string(r.Severity), "-"), or(string(r.Confidence), "-"), or(string(r.Basis), "-"))
	}
	switch {
	case r.State == terms.Dismissed:
		text += "  because: " + r.Reason
	case r.State == terms.Snoozed:
		text += "  until: " + r.Until
	case !c.Material:
		text += "  immaterial: " + string(c.Reason)
		if c.Detail != "" {
			text += " (" + c.Detail + ")"
		}
	case r.Severity == "":
		text += fmt.Sprintf("  suggested %s: %s", c.Suggested.Severity, strings.Join(c.Suggested.Why, ", "))
	}
	return text
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func (m *Model) reviewLines() []string {
	var lines []string
	for i := m.offset; i < len(m.body) && len(lines) < m.height(); i++ {
		lines = append(lines, m.body[i].Text)
	}
	return lines
}

func (m *Model) textLines() []string {
	end := min(len(m.text), m.preview.top+m.height())
	lines := make([]string, 0, m.height())
	for _, l := range m.text[min(m.preview.top, end):end] {
		lines = append(lines, ansi.Truncate(l, m.w, ""))
	}
	return lines
}
