package kit

import (
	tea "charm.land/bubbletea/v2"
)

// Letter waits for one key; what it waits for is shown meanwhile.
type Letter struct {
	*Common
	label string
	do    func(key string) Action
}

var _ Dialog = (*Letter)(nil)

// NewLetter makes the dialog; do receives the key.
func (c *Common) NewLetter(label string, do func(key string) Action) *Letter {
	return &Letter{c, label, do}
}

// Key takes the key.
func (l *Letter) Key(msg tea.KeyPressMsg) (Action, bool) { return l.do(msg.String()), true }

// Update takes nothing: what is pasted is no key.
func (l *Letter) Update(tea.Msg) Action { return nil }

// Lines are what is waited for.
func (l *Letter) Lines(int) []string {
	return []string{l.Theme.Title.Styled(l.Cut(l.Safe(l.label), l.W))}
}

// Click does nothing: there is nothing to choose.
func (l *Letter) Click(int) (Action, bool) { return nil, false }

// Fit does nothing: the line is cut when it is drawn.
func (l *Letter) Fit() {}

// Closed does nothing: no key was pressed.
func (l *Letter) Closed() Action { return nil }
