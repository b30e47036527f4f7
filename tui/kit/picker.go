package kit

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/tui/sanitize"
)

// Choice is one line of a picker.
type Choice struct {
	Name string
	Hint string // before the name: the keys
	Off  string // why it isn't available now, "" when it is
	Do   Action // when it is chosen
	// Preview is what it would give, shown in full while the cursor is on it.
	Preview string
}

// Picker lists choices, narrowed by what is typed: the palette, help, saved
// filters, snippets and all other short lists.
type Picker struct {
	*Common
	title   string
	about   []string // above the choices
	choices []Choice
	shown   []int
	at      List
	input   textinput.Model
	hints   int // width of the hints' column
	preview int // lines below the choices for what one would give
	first   int // the line of the first choice, as last drawn
}

// previewLines is how many lines there are for what a choice would give.
const previewLines = 4

// NewPicker makes a picker, and the command it begins with; about is shown above
// the choices.
func (c *Common) NewPicker(title string, choices []Choice, about ...string) (*Picker, tea.Cmd) {
	p := &Picker{Common: c, title: title, about: about, choices: choices, input: c.newInput("")}
	for _, choice := range choices {
		p.hints = max(p.hints, min(24, ansi.StringWidth(choice.Hint)))
		if choice.Preview != "" {
			p.preview = previewLines
		}
	}
	p.narrow()
	return p, p.input.Focus()
}

// narrow keeps the choices that fit what was typed, best first, see [matching].
func (p *Picker) narrow() {
	typed := strings.ToLower(strings.TrimSpace(p.input.Value()))
	names := make([]string, len(p.choices))
	for i, c := range p.choices {
		names[i] = strings.ToLower(c.Name)
	}
	p.shown = matching(typed, names, func(i int) bool {
		return slices.Contains(strings.Fields(p.choices[i].Hint), typed)
	})
	p.at = List{N: len(p.shown)}
}

// Type narrows the list as if a text had been typed.
func (p *Picker) Type(text string) {
	p.input.SetValue(sanitize.Input(text))
	p.input.CursorEnd()
	p.narrow()
}

// Fit gives the input the width of the window.
func (p *Picker) Fit() { p.input.SetWidth(max(10, p.W-4)) }

// Closed does nothing: nothing was chosen.
func (p *Picker) Closed() Action { return nil }

// Key chooses with enter, moves, and narrows the list with any other key.
func (p *Picker) Key(msg tea.KeyPressMsg) (Action, bool) {
	page := max(1, p.room(p.H)-1)
	switch msg.String() {
	case "enter":
		return p.choose(p.at.Cursor)
	case "down", "ctrl+n", "tab":
		p.at.Move(1, page)
	case "up", "ctrl+p", "shift+tab":
		p.at.Move(-1, page)
	case "pgdown":
		p.at.Move(page, page)
	case "pgup":
		p.at.Move(-page, page)
	default:
		return p.Update(msg), false
	}
	return nil, false
}

func (p *Picker) choose(at int) (Action, bool) {
	if at < 0 || at >= len(p.shown) {
		return nil, false
	}
	c := p.choices[p.shown[at]]
	if c.Off != "" {
		return Status{fmt.Sprintf("Can't do that: %s: %s", c.Name, c.Off)}, true
	}
	return c.Do, true
}

// Update edits what the list is narrowed by.
func (p *Picker) Update(msg tea.Msg) Action {
	before := p.input.Value()
	var cmd tea.Cmd
	p.input, cmd = edit(p.input, msg)
	if p.input.Value() != before {
		p.narrow()
	}
	return Cmd(cmd)
}

// Click chooses the line that is clicked on.
func (p *Picker) Click(line int) (Action, bool) {
	if line < p.first {
		return nil, false
	}
	return p.choose(p.at.Top + line - p.first)
}

// room is how many choices are shown where the picker may take so many lines.
func (p *Picker) room(lines int) int {
	return max(1, min(lines*2/3, 16)-2-len(p.about)-p.preview)
}

// Lines are the title, what was typed, and the choices that fit it.
func (p *Picker) Lines(room int) []string {
	lines := []string{p.Theme.Title.Styled(p.Cut(p.Safe(p.title)+"  (type to filter · enter: run · esc: close)", p.W))}
	for _, l := range p.about {
		lines = append(lines, p.Cut(p.Safe(l), p.W))
	}
	lines = append(lines, ansi.Truncate(p.input.View(), p.W, ""))
	p.first = len(lines)
	height := min(p.room(p.H), room-len(lines)-p.preview)
	p.at.Fit(height)
	if len(p.shown) == 0 {
		lines = append(lines, p.Theme.Faint.Styled("  No match"))
	}
	for i := p.at.Top; i < len(p.shown) && len(lines) < p.first+height; i++ {
		c := p.choices[p.shown[i]]
		text := p.Pad(p.Safe(c.Hint), p.hints) + "  " + p.Safe(c.Name)
		if p.hints == 0 {
			text = p.Safe(c.Name)
		}
		if c.Off != "" {
			text += "  (not now: " + p.Safe(c.Off) + ")"
		}
		line := p.Row(i == p.at.Cursor, text)
		if c.Off != "" && i != p.at.Cursor {
			line = p.Theme.Faint.Styled(line)
		}
		lines = append(lines, line)
	}
	return append(lines, p.previewed()...)
}

// previewed is what the choice under the cursor would give.
func (p *Picker) previewed() []string {
	if p.preview == 0 || len(p.shown) == 0 {
		return nil
	}
	text := sanitize.Clip(p.choices[p.shown[p.at.Cursor]].Preview, p.W*p.preview)
	lines := []string{p.Theme.Faint.Styled(p.Cut("Preview", p.W))}
	for _, l := range p.Wrap(sanitize.Line(text), p.W-2) {
		if len(lines) < p.preview {
			lines = append(lines, "  "+p.Cut(l, p.W-2))
		}
	}
	return lines
}
