package tui

import (
	tea "charm.land/bubbletea/v2"

	"fineprint/tui/keys"
	"fineprint/tui/sanitize"
)

// key handles a key: an overlay takes it first, then the screen, then the judge.
func (m *Model) key(msg tea.KeyPressMsg) tea.Cmd {
	if m.between() && m.keys.On(m.screen().name(), msg.String()) != keys.Quit {
		m.held = append(m.held, msg)
		return nil
	}
	if m.over != nil {
		return m.overKey(msg)
	}
	m.message = "" // what the last key did is read by now
	command := m.keys.On(m.screen().name(), msg.String())
	if command == "" {
		if s := msg.String(); len(s) == 1 {
			m.say("%s does nothing here; %s lists the keys", sanitize.Line(s), m.keys.Key(keys.ShowHelp))
		}
		return nil
	}
	return m.run(command)
}

// run carries a command out, or says why it isn't possible now.
func (m *Model) run(c keys.Command) tea.Cmd {
	if why := m.whyNot(c); why != "" {
		m.say("not now: %s", why)
		return nil
	}
	cmd, _ := m.carryOut(c)
	return cmd
}

// carryOut hands a command to what carries it out; false when nothing does.
func (m *Model) carryOut(c keys.Command) (tea.Cmd, bool) {
	if cmd, ok := m.screen().run(c); ok {
		return cmd, true
	}
	if m.move(c) {
		return nil, true
	}
	if cmd, ok := m.leads(c); ok {
		return cmd, true
	}
	return m.judge.run(c, m.target())
}

// whyNot says why a command isn't possible now, "" when it is.
func (m *Model) whyNot(c keys.Command) string { return m.whyNotOn(c, m.target()) }

// whyNotOn is whyNot for what the keys are about, which takes a while to find
// where many are marked.
func (m *Model) whyNotOn(c keys.Command, t target) string {
	if s, ok := m.screen().(interface{ whyNot(keys.Command) string }); ok {
		if why := s.whyNot(c); why != "" {
			return why
		}
	}
	switch {
	case c == keys.Source && m.o.OpenURL == nil:
		return "there is no browser to open it in"
	case c == keys.Export && m.o.Export == nil:
		return "this desk can't export"
	case c == keys.Export && m.task.running:
		return m.task.job.what + " is under way"
	case c == keys.Source && m.screen() == screen(m.activity) && m.activity.address() != "":
		return ""
	}
	if why := m.noWay(c); why != "" {
		return why
	}
	return m.judge.whyNot(c, t)
}

// click carries out what a mouse click is on.
func (m *Model) click(at tea.Mouse) tea.Cmd {
	if at.Button != tea.MouseLeft || m.w < minWidth || m.h < minHeight {
		return nil
	}
	head := len(m.screen().head())
	switch line := at.Y - head; {
	case at.Y == m.h-1:
		x := 0
		for _, h := range m.footer() {
			if at.X >= x && at.X < x+len(h.Text) && h.Command != "" && m.over == nil {
				m.message = ""
				return m.run(h.Command)
			}
			x += len(h.Text) + footerGap
		}
	case at.Y == m.h-2 && m.message != "" && m.offer != "" && m.over == nil:
		return m.run(m.offer)
	case at.Y >= m.h-2 || line < 0:
	case line < m.height():
		if s, ok := m.screen().(interface{ click(line, x int) tea.Cmd }); ok && m.over == nil {
			m.message = ""
			return s.click(line, at.X)
		}
	case m.over != nil:
		if then := m.over.click(line - m.height()); then != nil {
			m.over = nil
			return then()
		}
	}
	return nil
}

// move scrolls, which is the same on every screen.
func (m *Model) move(c keys.Command) bool {
	page := max(1, m.height()-2)
	by, ok := map[keys.Command]int{keys.Down: 1, keys.Up: -1, keys.PageDown: page, keys.PageUp: -page, keys.Top: -1 << 30, keys.Bottom: 1 << 30}[c]
	if ok {
		m.screen().scroll(by)
	}
	return ok
}

// leads carries out what leads from one screen to another.
func (m *Model) leads(c keys.Command) (tea.Cmd, bool) {
	switch c {
	case keys.NextChange:
		return m.toChange(1), true
	case keys.PrevChg:
		return m.toChange(-1), true
	case keys.Back:
		return m.back(), true
	case keys.Quit:
		m.atOnce = true
		return m.judge.leave(), true
	case keys.Reload:
		return m.load(), true
	case keys.Filter:
		return m.askFilter(), true
	case keys.Saved:
		return m.pickFilter(), true
	case keys.SaveFilter:
		return m.askFilterName(), true
	case keys.Show:
		m.previews++
		return m.preview(m.o.Desk, m.target().id, m.previews), true
	case keys.ShowHelp:
		return m.openOver(m.newPicker("Keys of the "+string(m.screen().name()), m.commands(true))), true
	case keys.Palette:
		return m.openOver(m.newPicker("Commands", m.commands(false))), true
	case keys.Export:
		return m.askExport(), true
	case keys.Copy:
		return m.cite(m.o.Desk, m.target().id), true
	case keys.Source:
		return m.openSource(m.o.Desk, m.target().id), true
	}
	return m.goes(c)
}
