package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/tui/keys"
	"fineprint/tui/kit"
)

// arrange counts the lines that are taken, for the screen to fill the rest.
func (m *Model) arrange() {
	head := len(m.head(m.screen()))
	m.Taken = head
	if _, full := m.dialog.(kit.FullScreen); m.dialog != nil && !full {
		m.Taken += len(m.dialog.Lines(m.dialogRoom(head)))
	}
}

// dialogRoom is how many lines a dialog may take: the screen keeps three.
func (m *Model) dialogRoom(head int) int { return max(1, m.H-2-head-3) }

// fit has everything that is open lay itself out again.
func (m *Model) fit() {
	if m.dialog != nil {
		m.dialog.Fit()
	}
	m.arrange()
	for _, s := range append([]kit.Screen{m.platforms, m.queue, m.review}, m.stack[min(len(m.stack), 2):]...) {
		s.Fit()
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
	if m.Config.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	v.WindowTitle = "Fineprint"
	if !m.Config.ReducedMotion {
		v.ProgressBar = m.task.ProgressBar()
	}
	if n := m.queue.Listed(); n > 0 && m.screen() == kit.Screen(m.queue) {
		v.WindowTitle = fmt.Sprintf("Fineprint: %d %s", n, m.queue.State())
	}
	switch {
	case m.W == 0 || m.H == 0:
	case m.W < minWidth || m.H < minHeight:
		const needs = "Fineprint needs %d×%d, this is %d×%d. Make the window larger; nothing is lost."
		v.Content = m.Cut(fmt.Sprintf(needs, minWidth, minHeight, m.W, m.H), m.W)
	default:
		v.Content = strings.Join(m.lines(), "\n")
	}
	return v
}

// lines draws head, body, dialog, status and footer: exactly as many as the
// screen has.
func (m *Model) lines() []string {
	s := m.screen()
	var lines []string
	if full, ok := m.dialog.(kit.FullScreen); ok {
		lines = full.Lines(m.H - 2)
	} else {
		lines = m.above(s)
	}
	for len(lines) < m.H-2 {
		lines = append(lines, "")
	}
	status := m.Theme.Faint.Styled(m.Cut(s.Status(), m.W))
	if m.Message != "" {
		status = m.message()
	}
	status = m.task.Beside(status)
	return append(lines, status, m.drawFooter())
}

// above draws the screen, and the dialog over its lower lines.
func (m *Model) above(s kit.Screen) []string {
	head := m.head(s)
	lines := append(head, s.Lines(m.Height())...)
	for len(lines) < len(head)+m.Height() {
		lines = append(lines, "")
	}
	if m.dialog != nil {
		lines = append(lines, m.dialog.Lines(m.dialogRoom(len(head)))...)
	}
	return lines
}

// drawFooter draws the last line: keys that stand out, and what they do.
func (m *Model) drawFooter() string {
	texts := make([]string, 0, 10)
	for _, h := range m.footer() {
		texts = append(texts, m.Theme.Key.Styled(m.Plain(h.Key))+" "+m.Plain(h.Word))
	}
	return strings.Join(texts, strings.Repeat(" ", footerGap))
}

// message is what happened: an error, or what was done and, at the right, how it is taken
// back. All of it is made safe before it is styled.
func (m *Model) message() string {
	text, style := m.Plain(m.Safe(m.Message)), m.Theme.Label
	switch {
	case m.Bad:
		style = m.Theme.Bad
	case m.Done:
		style = m.Theme.Good
		if !m.ASCII {
			text = "✓ " + text
		}
	}
	key := m.Keys.Key(m.Offer)
	if m.Offer == "" || key == "" {
		return style.Styled(m.Cut(text, m.W))
	}
	offer := key + " " + string(m.Offer)
	room := m.W - ansi.StringWidth(offer) - 2
	if m.DeskFacts.Running != "" { // its progress is at the right
		return style.Styled(m.Cut(text, room/2)) + "  " + m.Theme.Key.Styled(offer)
	}
	return style.Styled(m.Pad(text, room)) + "  " + m.Theme.Key.Styled(offer)
}

const footerGap = 2

// footer is what the last line offers: while a dialog has the keys, its keys.
func (m *Model) footer() []keys.Hint {
	if m.dialog != nil {
		hints := []keys.Hint{{Key: "esc", Word: "close"}}
		if h, ok := m.dialog.(kit.Hinter); ok {
			hints = h.Hints()
		}
		return keys.Fitting(hints, m.W, footerGap)
	}
	facts := m.screen().Facts()
	available := func(c keys.Command) bool { return m.Keys.DisabledReason(c, facts) == "" }
	hints := m.Keys.Footer(m.screen().Name(), m.W, footerGap, available)
	for i := range hints {
		if hints[i].Command == keys.Back && m.first() {
			hints[i].Word = "quit"
		}
	}
	return hints
}
