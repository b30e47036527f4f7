package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/tui/keys"
)

// arrange counts the lines that are taken, for the screen to fill the rest.
func (m *Model) arrange() {
	head := len(m.screen().head())
	m.taken = head
	if m.over != nil {
		m.taken += len(m.over.lines(m.overRoom(head)))
	}
}

// overRoom is how many lines an overlay may take: the screen keeps three.
func (m *Model) overRoom(head int) int { return max(1, m.h-2-head-3) }

// fit has everything that is open lay itself out anew.
func (m *Model) fit() {
	if m.over != nil {
		m.over.resize()
	}
	m.arrange()
	for _, s := range append([]screen{m.platforms, m.queue, m.review}, m.screens[min(len(m.screens), 2):]...) {
		s.fit()
	}
}

// The least size the desk is drawn at, in cells.
const (
	minWidth  = 60
	minHeight = 20
)

// View draws the screen.
func (m *Model) View() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	if m.o.Config.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	v.WindowTitle = "Fineprint"
	if !m.o.Config.ReducedMotion {
		v.ProgressBar = m.task.bar()
	}
	if n := len(m.queue.found); n > 0 && m.screen() == screen(m.queue) {
		v.WindowTitle = fmt.Sprintf("Fineprint: %d %s", n, m.queue.state())
	}
	switch {
	case m.w == 0 || m.h == 0:
	case m.w < minWidth || m.h < minHeight:
		v.Content = m.cut(fmt.Sprintf("Fineprint needs %d×%d, this is %d×%d. Make the window larger; nothing is lost.", minWidth, minHeight, m.w, m.h), m.w)
	default:
		v.Content = strings.Join(m.lines(), "\n")
	}
	return v
}

// lines draws head, body, overlay, status and footer: exactly as many as the
// screen has.
func (m *Model) lines() []string {
	s := m.screen()
	head := s.head()
	lines := append(head, s.lines(m.height())...)
	for len(lines) < len(head)+m.height() {
		lines = append(lines, "")
	}
	if m.over != nil {
		lines = append(lines, m.over.lines(m.overRoom(len(head)))...)
	}
	status := m.theme.Faint.Styled(m.cut(s.status(), m.w))
	if m.message != "" {
		style := m.theme.Good
		if m.bad {
			style = m.theme.Bad
		}
		status = style.Styled(m.cut(m.safe(m.message), m.w))
	}
	status = m.task.beside(status)
	texts := make([]string, 0, 10)
	for _, h := range m.footer() {
		texts = append(texts, h.Text)
	}
	return append(lines, status, m.theme.Faint.Styled(strings.Join(texts, strings.Repeat(" ", footerGap))))
}

const footerGap = 2

// footer is what the last line offers.
func (m *Model) footer() []keys.Hint {
	t := m.target()
	return m.keys.Footer(m.screen().name(), m.w, footerGap, func(c keys.Command) bool { return m.whyNotOn(c, t) == "" })
}
