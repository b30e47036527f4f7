package kit

import (
	tea "charm.land/bubbletea/v2"

	"fineprint/tui/keys"
)

// Dialog lies over the lower lines of a screen and takes the keys while it is
// open. Escape and ctrl+c close it, whatever it is.
type Dialog interface {
	// Key handles a key; done closes the dialog before the action is carried out.
	Key(msg tea.KeyPressMsg) (a Action, done bool)
	// Update takes what is pasted, and what the dialog's own commands answer.
	Update(msg tea.Msg) Action
	// Lines are at most as many as there is room for.
	Lines(room int) []string
	// Click is on one of its lines.
	Click(line int) (a Action, done bool)
	// Fit is called when the window changed.
	Fit()
	// Closed is called when it was left with escape.
	Closed() Action
}

// Hinter is a dialog that has the footer name its keys.
type Hinter interface {
	Hints() []keys.Hint
}

var (
	_ Dialog = (*Prompt)(nil)
	_ Dialog = (*Picker)(nil)
)
