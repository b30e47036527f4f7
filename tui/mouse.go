package tui

import (
	tea "charm.land/bubbletea/v2"

	"fineprint/tui/kit"
)

// wheelLines is how many lines the wheel scrolls by at once.
const wheelLines = 3

// mouse routes what the mouse does: to a screen that takes it itself, else clicks and
// wheel. Motion is only told of while a button is down.
func (m *Model) mouse(msg tea.MouseMsg) tea.Cmd {
	at := msg.Mouse()
	event := kit.Mouse{Line: at.Y - len(m.head(m.screen())), X: at.X}
	switch msg.(type) {
	case tea.MouseClickMsg:
		return m.click(at)
	case tea.MouseWheelMsg:
		event.Kind, event.By = kit.MouseWheel, wheelLines
		if at.Button == tea.MouseWheelUp {
			event.By = -wheelLines
		}
	case tea.MouseMotionMsg:
		event.Kind = kit.MouseDrag
	case tea.MouseReleaseMsg:
		event.Kind = kit.MouseRelease
	}
	s, ok := m.screen().(kit.Mouser)
	switch {
	case ok && (m.dialog == nil || event.Kind == kit.MouseWheel):
		return m.do(s.Mouse(event))
	case event.Kind == kit.MouseWheel:
		m.screen().Scroll(event.By)
	}
	return nil
}

// click carries out what a mouse click is on.
func (m *Model) click(at tea.Mouse) tea.Cmd {
	if at.Button != tea.MouseLeft || m.W < minWidth || m.H < minHeight {
		return nil
	}
	if full, ok := m.dialog.(kit.FullScreen); ok {
		a, done := full.ClickAt(at.Y, at.X)
		if done {
			m.dialog = nil
		}
		return m.do(a)
	}
	switch line := at.Y - len(m.head(m.screen())); {
	case at.Y == m.H-1:
		return m.clickFooter(at.X)
	case at.Y == m.H-2 && m.Message != "" && m.Offer != "" && m.dialog == nil:
		m.Offered = m.Offer
		return m.run(m.Offer)
	case at.Y >= m.H-2:
	case line < 0:
		if s, ok := m.screen().(kit.HeadClicker); ok && m.dialog == nil {
			m.Message = ""
			return m.do(s.ClickHead(m.headLine(at.Y), at.X))
		}
	case line < m.Height():
		if s, ok := m.screen().(kit.Mouser); ok && m.dialog == nil {
			m.Message = ""
			return m.do(s.Mouse(kit.Mouse{Kind: kit.MousePress, Line: line, X: at.X}))
		}
		if s, ok := m.screen().(kit.Clicker); ok && m.dialog == nil {
			m.Message = ""
			return m.do(s.Click(line, at.X))
		}
	case m.dialog != nil:
		a, done := m.dialog.Click(line - m.Height())
		if done {
			m.dialog = nil
		}
		return m.do(a)
	}
	return nil
}

// clickFooter carries out the command of the footer that is clicked on.
func (m *Model) clickFooter(at int) tea.Cmd {
	x := 0
	for _, h := range m.footer() {
		width := h.Width()
		if at >= x && at < x+width && h.Command != "" && m.dialog == nil {
			m.Message = ""
			return m.run(h.Command)
		}
		x += width + footerGap
	}
	return nil
}
