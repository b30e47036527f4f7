package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/sahilm/fuzzy"

	"fineprint/tui/keys"
)

// choice is one line of a picker.
type choice struct {
	name string
	hint string // before the name: the keys
	off  string // why it isn't possible now, "" when it is
	run  func() tea.Cmd
}

// picker lists choices, narrowed by what is typed: the palette, help, saved
// filters, snippets and all other short lists.
type picker struct {
	*env
	title   string
	about   []string
	choices []choice
	shown   []int
	at      list
	input   textinput.Model
	hints   int // width of the hints' column
	first   int // the line of the first choice, as last drawn
}

func (e *env) newPicker(title string, choices []choice) (*picker, tea.Cmd) {
	p := &picker{env: e, title: title, choices: choices, input: e.newInput("")}
	for _, c := range choices {
		p.hints = max(p.hints, min(24, ansi.StringWidth(c.hint)))
	}
	p.narrow()
	return p, p.input.Focus()
}

// narrow keeps the choices that fit what was typed, best first: those that begin
// with it, those with a word that does, those that hold it, and those that hold
// its letters in order.
func (p *picker) narrow() {
	p.shown = p.shown[:0]
	typed := strings.ToLower(strings.TrimSpace(p.input.Value()))
	names := make([]string, len(p.choices))
	for i, c := range p.choices {
		names[i] = strings.ToLower(c.name)
	}
	seen := map[int]bool{}
	fits := []func(i int) bool{
		func(i int) bool {
			return strings.HasPrefix(names[i], typed) || slices.Contains(strings.Fields(p.choices[i].hint), typed)
		},
		func(i int) bool { return strings.Contains(" "+names[i], " "+typed) },
		func(i int) bool { return strings.Contains(names[i], typed) },
	}
	for _, fit := range fits {
		for i := range names {
			if !seen[i] && fit(i) {
				p.shown, seen[i] = append(p.shown, i), true
			}
		}
	}
	for _, m := range fuzzy.Find(typed, names) {
		if !seen[m.Index] {
			p.shown = append(p.shown, m.Index)
		}
	}
	p.at = list{n: len(p.shown)}
}

func (p *picker) resize()         { p.input.SetWidth(max(10, p.w-4)) }
func (p *picker) closed() tea.Cmd { return nil }

func (p *picker) key(msg tea.KeyPressMsg) (tea.Cmd, func() tea.Cmd) {
	page := max(1, p.room(p.h)-1)
	switch msg.String() {
	case "enter":
		return nil, p.choose(p.at.cursor)
	case "down", "ctrl+n", "tab":
		p.at.move(1, page)
	case "up", "ctrl+p", "shift+tab":
		p.at.move(-1, page)
	case "pgdown":
		p.at.move(page, page)
	case "pgup":
		p.at.move(-page, page)
	default:
		return p.update(msg), nil
	}
	return nil, nil
}

func (p *picker) choose(at int) func() tea.Cmd {
	if at < 0 || at >= len(p.shown) {
		return nil
	}
	c := p.choices[p.shown[at]]
	if c.off != "" {
		return func() tea.Cmd { p.say("%s: not now, for %s", c.name, c.off); return nil }
	}
	return c.run
}

func (p *picker) update(msg tea.Msg) tea.Cmd {
	before := p.input.Value()
	var cmd tea.Cmd
	p.input, cmd = typed(p.input, msg)
	if p.input.Value() != before {
		p.narrow()
	}
	return cmd
}

func (p *picker) click(line int) func() tea.Cmd {
	if line < p.first {
		return nil
	}
	return p.choose(p.at.top + line - p.first)
}

// room is how many choices are shown where the picker may take so many lines.
func (p *picker) room(lines int) int {
	return max(1, min(lines*2/3, 16)-2-len(p.about))
}

func (p *picker) lines(room int) []string {
	lines := []string{p.theme.Title.Styled(p.cut(p.safe(p.title)+"  (type to narrow, enter does it, esc leaves)", p.w))}
	for _, l := range p.about {
		lines = append(lines, p.cut(p.safe(l), p.w))
	}
	lines = append(lines, ansi.Truncate(p.input.View(), p.w, ""))
	p.first = len(lines)
	height := min(p.room(p.h), room-len(lines))
	p.at.fit(height)
	if len(p.shown) == 0 {
		lines = append(lines, p.theme.Faint.Styled("  nothing is called that"))
	}
	for i := p.at.top; i < len(p.shown) && len(lines) < p.first+height; i++ {
		c := p.choices[p.shown[i]]
		text := p.pad(p.safe(c.hint), p.hints) + "  " + p.safe(c.name)
		if p.hints == 0 {
			text = p.safe(c.name)
		}
		if c.off != "" {
			text += "  (not now: " + p.safe(c.off) + ")"
		}
		line := p.mark(i == p.at.cursor, text)
		if c.off != "" && i != p.at.cursor {
			line = p.theme.Faint.Styled(line)
		}
		lines = append(lines, line)
	}
	return lines
}

// commands lists the commands of the screen as choices; moving about is left
// out of the palette.
func (m *Model) commands(all bool) []choice {
	var choices []choice
	screen := m.screen().name()
	for _, b := range m.keys.Of(screen) {
		switch b.Command {
		case keys.Up, keys.Down, keys.PageUp, keys.PageDown, keys.Top, keys.Bottom, keys.Palette, keys.ShowHelp:
			if !all {
				continue
			}
		}
		choices = append(choices, choice{name: b.Help, hint: strings.Join(b.Keys, " "), off: m.whyNot(b.Command), run: func() tea.Cmd { return m.run(b.Command) }})
	}
	return choices
}
