package tui

import (
	"fmt"
	"strings"

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
		v.Content = firstLine(fmt.Sprintf("Fineprint needs %d×%d, this is %d×%d. Make the window larger; nothing is lost.", minWidth, minHeight, m.w, m.h), m.w)
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
		head, body = []string{m.bar("Record preview", "")}, m.textLines()
	case keys.Help:
		head, body = []string{m.bar("Keys of the "+string(m.screens[len(m.screens)-2]), "")}, m.textLines()
	}
	lines := append(head, body...)
	for len(lines) < len(head)+m.height() {
		lines = append(lines, "")
	}
	if p := m.prompt; p != nil {
		lines = append(lines, m.theme.Title.Styled(firstLine(p.label+"  (enter saves, esc leaves it)", m.w)), ansi.Truncate(p.input.View(), m.w, ""))
	}
	status := m.theme.Faint.Styled(firstLine(m.status1(), m.w))
	if m.status != "" {
		style := m.theme.Good
		if m.bad {
			style = m.theme.Bad
		}
		status = style.Styled(firstLine(safetext.Line(m.status), m.w))
	}
	return append(lines, status, m.theme.Faint.Styled(firstLine(keys.Footer(m.screen()), m.w)))
}

// status1 is what the status line says when nothing happened.
func (m *Model) status1() string {
	if m.screen() == keys.Review && len(m.body) > m.height() {
		return fmt.Sprintf("%d%%", 100*m.offset/max(1, len(m.body)-m.height()))
	}
	if m.loading {
		return "reading…"
	}
	return ""
}

func (m *Model) bar(left, right string) string {
	left, right = " Fineprint  "+safetext.Line(left), safetext.Line(right)+" "
	left = firstLine(left, m.w-ansi.StringWidth(right)-1)
	return m.theme.Bar.Styled(left + strings.Repeat(" ", max(1, m.w-ansi.StringWidth(left)-ansi.StringWidth(right))) + right)
}

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
func pad(s string, width int) string {
	s = ansi.Truncate(s, width, "…")
	return s + strings.Repeat(" ", max(0, width-ansi.StringWidth(s)))
}

func (m *Model) mark(selected bool, line string) string {
	line = pad(line, m.w-2)
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
			line = fmt.Sprintf("%s %5d material %5d pending  %s", pad(safetext.Line(p.Name), name), p.MaterialPending, p.Pending, last)
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

func verdict(q terms.QueueItem) string {
	switch {
	case !q.Material:
		return "(" + string(q.Reason) + ")"
	case q.Severity != "":
		return string(q.Severity)
	}
	return string(q.Suggested.Severity) + "?"
}

func (m *Model) queueLine(q terms.QueueItem) string {
	state := ""
	if q.State != terms.Pending {
		state = " " + string(q.State)
	}
	name, columns := m.w-2-23-11, []string{}
	if m.w >= 110 {
		columns = append(columns, pad(fmt.Sprintf("+%d -%d ~%d", q.Counts.Added, q.Counts.Removed, q.Counts.Modified), 13))
		name -= 14
	}
	columns = append(columns, q.To.CapturedAt.Format("2006-01-02"))
	if m.w >= 76 {
		columns = append(columns, string(q.ID))
		name -= 12
	}
	return pad(verdict(q)+state, 22) + " " + pad(safetext.Line(q.PlatformName+" / "+q.Type), name) + " " + strings.Join(columns, " ")
}

func (m *Model) reviewHead() []string {
	d := m.detail
	if d == nil {
		return []string{m.bar("Review", ""), "", ""}
	}
	r := d.Review
	where := fmt.Sprintf("%d of %d", m.queue.cursor+1, len(m.page.Changes))
	arrow := "→"
	if m.o.ASCII {
		arrow = "->"
	}
	judged := fmt.Sprintf("%s  severity %s  confidence %s  basis %s", strings.ToUpper(string(r.State)), or(string(r.Severity), "-"), or(string(r.Confidence), "-"), or(string(r.Basis), "-"))
	if r.Severity == "" && d.Change.Material {
		judged += fmt.Sprintf("  suggested %s: %s", d.Change.Suggested.Severity, strings.Join(d.Change.Suggested.Why, ", "))
	}
	if !d.Change.Material {
		judged += "  immaterial: " + string(d.Change.Reason)
		if d.Change.Detail != "" {
			judged += " (" + d.Change.Detail + ")"
		}
	}
	dates := fmt.Sprintf("%s %s %s", d.Change.From.CapturedAt.Format("2006-01-02"), arrow, d.Change.To.CapturedAt.Format("2006-01-02"))
	return []string{
		m.bar(fmt.Sprintf("%s  %s / %s  %s", d.Change.ID, d.Document.Platform.Name, d.Document.Type, dates), where),
		firstLine(safetext.Line(judged), m.w),
		m.theme.Faint.Styled(firstLine("summary: "+safetext.Line(or(r.Summary, "(none yet; s writes one)")), m.w)),
	}
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
