package kit

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Input is one line of text that is written on a screen rather than in a [Prompt]. Who
// shows it hands it the keys.
type Input struct {
	*Common
	in textinput.Model
}

// NewInput makes an input that holds a text.
func (c *Common) NewInput(value, placeholder string) *Input {
	in := c.newInput(value)
	in.Placeholder = c.Plain(placeholder)
	return &Input{Common: c, in: in}
}

// Focus shows the cursor; Blur hides it.
func (i *Input) Focus() tea.Cmd { return i.in.Focus() }

// Blur hides the cursor.
func (i *Input) Blur() { i.in.Blur() }

// Text is what is written.
func (i *Input) Text() string { return i.in.Value() }

// SetText replaces what is written.
func (i *Input) SetText(text string) {
	i.in.SetValue(text)
	i.in.CursorEnd()
}

// Update writes, and reports whether the text is another one now.
func (i *Input) Update(msg tea.Msg) (tea.Cmd, bool) {
	before := i.in.Value()
	var cmd tea.Cmd
	i.in, cmd = edit(i.in, msg)
	return cmd, i.in.Value() != before
}

// View draws the input in so many cells.
func (i *Input) View(width int) string {
	i.in.SetWidth(max(10, width-4))
	return ansi.Truncate(i.in.View(), width, "")
}
