package tui

import (
	tea "charm.land/bubbletea/v2"

	"fineprint/tui/sanitize"
)

// overlay lies over the lower lines of a screen and takes the keys while it is
// open. Escape and ctrl+c close it, whatever it is.
type overlay interface {
	// key handles a key; a then that isn't nil closes the overlay and is run.
	key(msg tea.KeyPressMsg) (cmd tea.Cmd, then func() tea.Cmd)
	// update takes what is pasted, and what the input's own commands answer.
	update(msg tea.Msg) tea.Cmd
	// lines are at most as many as there is room for.
	lines(room int) []string
	// click is on one of its lines.
	click(line int) func() tea.Cmd
	resize()
	// closed is called when it was left with escape.
	closed() tea.Cmd
}

// open puts an overlay over the screen.
func (m *Model) openOver(o overlay, cmd tea.Cmd) tea.Cmd {
	m.over, m.message = o, ""
	return cmd
}

// overKey hands a key to the overlay.
func (m *Model) overKey(msg tea.KeyPressMsg) tea.Cmd {
	if s := msg.String(); s == "esc" || s == "ctrl+c" {
		o := m.over
		m.over = nil
		return o.closed()
	}
	if clean := sanitize.Input(msg.Text); clean != msg.Text {
		if clean == "" {
			return nil
		}
		msg.Text = clean
	}
	cmd, then := m.over.key(msg)
	if then == nil {
		return cmd
	}
	m.over = nil
	return tea.Batch(cmd, then())
}
