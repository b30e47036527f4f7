package kit

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/sahilm/fuzzy"
)

// Option is one line of a multi-picker.
type Option struct {
	Value  string // what is handed back when it is ticked
	Name   string
	Note   string // after the name: where it holds, that it is suggested
	About  string // for the line under the cursor
	Ticked bool
}

// MultiPicker lists what may be ticked, narrowed by what is typed, and takes a name
// that is not in the list, too.
type MultiPicker struct {
	*Common
	title   string
	options []Option
	shown   []int // options that fit what was typed
	at      List
	input   textinput.Model
	done    func(values []string) Action
	first   int // the line of the first option, as last drawn
}

var _ Dialog = (*MultiPicker)(nil)

// NewMultiPicker makes a multi-picker, and the command it begins with. done receives
// the values of what is ticked, in the order of the list, however it is closed.
func (c *Common) NewMultiPicker(title string, options []Option, done func([]string) Action) (*MultiPicker, tea.Cmd) {
	p := &MultiPicker{Common: c, title: title, options: options, input: c.newInput(""), done: done}
	p.narrow()
	return p, p.input.Focus()
}

func (p *MultiPicker) typed() string { return strings.TrimSpace(p.input.Value()) }

// narrow keeps the options that fit what was typed, as a [Picker] does.
func (p *MultiPicker) narrow() {
	typed := strings.ToLower(p.typed())
	names := make([]string, len(p.options))
	for i, o := range p.options {
		names[i] = strings.ToLower(o.Name + " " + o.Value)
	}
	p.shown = matching(typed, names, func(int) bool { return false })
	named := len(p.shown) > 0
	for i, o := range p.options { // by what there is to say of it, where no name fits
		if !named && strings.Contains(strings.ToLower(o.About), typed) {
			p.shown = append(p.shown, i)
		}
	}
	p.at = List{N: len(p.shown)}
	if p.offers() != "" {
		p.at.N++
	}
}

// offers is what was typed where nothing in the list is called that, "" else.
func (p *MultiPicker) offers() string {
	typed := p.typed()
	if typed == "" || slices.ContainsFunc(p.options, func(o Option) bool {
		return strings.EqualFold(o.Name, typed) || strings.EqualFold(o.Value, typed)
	}) {
		return ""
	}
	return typed
}

// Fit gives the input the width of the window.
func (p *MultiPicker) Fit() { p.input.SetWidth(max(10, p.W-4)) }

// Closed hands back what is ticked.
func (p *MultiPicker) Closed() Action { return p.finish() }

func (p *MultiPicker) finish() Action {
	var values []string
	for _, o := range p.options {
		if o.Ticked {
			values = append(values, o.Value)
		}
	}
	return p.done(values)
}

// Key ticks with enter, with space where nothing is typed, is done with ctrl+s, moves,
// and narrows the list with any other key.
func (p *MultiPicker) Key(msg tea.KeyPressMsg) (Action, bool) {
	page := max(1, p.room(p.H)-1)
	switch s := msg.String(); {
	case s == "ctrl+s":
		return p.finish(), true
	case s == "enter", s == "space" && p.typed() == "":
		p.tick(p.at.Cursor)
	case s == "down", s == "ctrl+n", s == "tab":
		p.at.Move(1, page)
	case s == "up", s == "ctrl+p", s == "shift+tab":
		p.at.Move(-1, page)
	case s == "pgdown":
		p.at.Move(page, page)
	case s == "pgup":
		p.at.Move(-page, page)
	default:
		return p.Update(msg), false
	}
	return nil, false
}

// tick ticks a line or takes the tick away; what was typed is done with then.
func (p *MultiPicker) tick(line int) {
	at := len(p.options)
	switch {
	case line < 0 || line >= p.at.N:
		return
	case line < len(p.shown):
		at = p.shown[line]
		p.options[at].Ticked = !p.options[at].Ticked
	default:
		p.options = append(p.options, Option{Value: p.offers(), Name: p.offers(), Note: "not in the list", Ticked: true})
	}
	if p.typed() == "" {
		return
	}
	p.input.SetValue("")
	p.narrow()
	p.at.Cursor = at
}

// Update edits what the list is narrowed by.
func (p *MultiPicker) Update(msg tea.Msg) Action {
	before := p.input.Value()
	var cmd tea.Cmd
	p.input, cmd = edit(p.input, msg)
	if p.input.Value() != before {
		p.narrow()
	}
	return Cmd(cmd)
}

// Click ticks the line that is clicked on.
func (p *MultiPicker) Click(line int) (Action, bool) {
	if line >= p.first {
		p.at.Cursor = p.at.Top + line - p.first
		p.tick(p.at.Cursor)
	}
	return nil, false
}

func (p *MultiPicker) room(lines int) int { return max(1, min(lines*2/3, 20)-3) }

// Lines are the title, what was typed, the options that fit it, and what there is to
// say of the one under the cursor.
func (p *MultiPicker) Lines(room int) []string {
	ticked := 0
	for _, o := range p.options {
		if o.Ticked {
			ticked++
		}
	}
	keys := fmt.Sprintf("  (%d selected · type to filter · enter: select · esc: done)", ticked)
	lines := []string{
		p.Theme.Title.Styled(p.Cut(p.Safe(p.title)+keys, p.W)), ansi.Truncate(p.input.View(), p.W, ""),
	}
	p.first = len(lines)
	height := max(1, min(p.room(p.H), room-len(lines)-1))
	p.at.Fit(height)
	if p.at.N == 0 {
		lines = append(lines, p.Theme.Faint.Styled("  No choices; type a name"))
	}
	for i := p.at.Top; i < p.at.N && len(lines) < p.first+height; i++ {
		lines = append(lines, p.line(i))
	}
	if i := p.at.Cursor; i < len(p.shown) && len(lines) < room {
		about := p.options[p.shown[i]].About
		lines = append(lines, p.Theme.Faint.Styled(p.Cut("      "+p.Safe(about), p.W)))
	}
	return lines
}

func (p *MultiPicker) line(i int) string {
	if i >= len(p.shown) {
		return p.Row(i == p.at.Cursor, "[ ] "+p.Safe(p.offers())+"  (as typed; not in the list)")
	}
	o, box := p.options[p.shown[i]], "[ ] "
	if o.Ticked {
		box = "[x] "
	}
	text := box + p.Safe(o.Name)
	if o.Note != "" {
		text += "  " + p.Safe(o.Note)
	}
	return p.Row(i == p.at.Cursor, text)
}

// matching lists the names that fit what was typed in lower case, best first: those
// that begin with it or are hinted at by it, those with a word that does, those that
// hold it, and those that hold its letters in order.
func matching(typed string, names []string, hinted func(i int) bool) []int {
	var shown []int
	seen := map[int]bool{}
	fits := []func(i int) bool{
		func(i int) bool { return strings.HasPrefix(names[i], typed) || hinted(i) },
		func(i int) bool { return strings.Contains(" "+names[i], " "+typed) },
		func(i int) bool { return strings.Contains(names[i], typed) },
	}
	for _, fit := range fits {
		for i := range names {
			if !seen[i] && fit(i) {
				shown, seen[i] = append(shown, i), true
			}
		}
	}
	for _, m := range fuzzy.Find(typed, names) {
		if !seen[m.Index] && m.Score > 0 { // else the letters are all over the place
			shown = append(shown, m.Index)
		}
	}
	return shown
}
