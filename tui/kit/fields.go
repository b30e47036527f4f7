package kit

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/tui/sanitize"
)

// Blank is one line of a [Fields].
type Blank struct {
	Name  string
	Hint  string // what belongs there
	Value string
}

// Fields asks for several short texts at once, a line each.
type Fields struct {
	*Common
	title  string
	blanks []Blank
	inputs []textinput.Model
	at     int
	names  int // width of the names
	done   func(values []string, closed bool) Action
}

var _ Dialog = (*Fields)(nil)

// NewFields makes the dialog, and the command it begins with; done receives what is in
// the lines, and whether they were closed by escape or ctrl+c.
func (c *Common) NewFields(title string, blanks []Blank, done func(_ []string, closed bool) Action) (*Fields, tea.Cmd) {
	f := &Fields{Common: c, title: title, blanks: blanks, done: done}
	for _, b := range blanks {
		in := c.newInput(strings.ReplaceAll(b.Value, "\n", " "))
		in.Prompt = ""
		f.inputs = append(f.inputs, in)
		f.names = max(f.names, ansi.StringWidth(b.Name))
	}
	f.Fit()
	return f, f.inputs[0].Focus()
}

// Fit gives the inputs what the names leave of the window.
func (f *Fields) Fit() {
	for i := range f.inputs {
		f.inputs[i].SetWidth(max(10, f.W-f.names-5))
	}
}

func (f *Fields) finish(closed bool) Action {
	values := make([]string, len(f.inputs))
	for i := range f.inputs {
		values[i] = strings.TrimSpace(f.inputs[i].Value())
	}
	return f.done(values, closed)
}

// Closed keeps what is written.
func (f *Fields) Closed() Action { return f.finish(true) }

// Key goes on with enter, and is done with it on the last line and with ctrl+s.
func (f *Fields) Key(msg tea.KeyPressMsg) (Action, bool) {
	switch s := msg.String(); {
	case s == "ctrl+s", s == "enter" && f.at == len(f.inputs)-1:
		return f.finish(false), true
	case s == "enter", s == "tab", s == "down":
		return Cmd(f.move(1)), false
	case s == "shift+tab", s == "up":
		return Cmd(f.move(-1)), false
	}
	return f.Update(msg), false
}

func (f *Fields) move(by int) tea.Cmd { return f.focus((f.at + by + len(f.inputs)) % len(f.inputs)) }

func (f *Fields) focus(at int) tea.Cmd {
	f.inputs[f.at].Blur()
	f.at = at
	return f.inputs[at].Focus()
}

// Update edits the line that the cursor is in; what is pasted stays one line.
func (f *Fields) Update(msg tea.Msg) Action {
	if paste, ok := msg.(tea.PasteMsg); ok {
		msg = tea.PasteMsg{Content: sanitize.Line(paste.Content)}
	}
	var cmd tea.Cmd
	f.inputs[f.at], cmd = edit(f.inputs[f.at], msg)
	return Cmd(cmd)
}

// Click goes to a line.
func (f *Fields) Click(line int) (Action, bool) {
	if i := line - 1; i >= 0 && i < len(f.inputs) {
		return Cmd(f.focus(i)), false
	}
	return nil, false
}

// Lines are the title, the lines, and what belongs in the one that the cursor is in.
func (f *Fields) Lines(room int) []string {
	title := f.Safe(f.title) + "  (enter: next · esc: done)"
	lines := []string{f.Theme.Title.Styled(f.Cut(title, f.W))}
	for i, in := range f.inputs {
		sign := "  "
		if i == f.at {
			sign = "> "
		}
		lines = append(lines, ansi.Truncate(sign+f.Pad(f.Safe(f.blanks[i].Name), f.names)+"  "+in.View(), f.W, ""))
	}
	lines = append(lines, f.Theme.Faint.Styled(f.Cut("  "+f.Safe(f.blanks[f.at].Hint), f.W)))
	if first := max(0, f.at+2-room); first > 0 && len(lines) > room { // the line of the cursor stays in sight
		return append(lines[:1:1], lines[1+first:][:room-1]...)
	}
	return lines[:min(room, len(lines))]
}
