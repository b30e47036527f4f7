package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/tui/sanitize"
)

// prompt asks for one line of text, or with nothing to write for a yes.
type prompt struct {
	*env
	question
	input textinput.Model
}

// question is what a prompt asks.
type question struct {
	label string
	value string
	// about is shown above the label: what is at stake.
	about []string
	// yes asks for enter only.
	yes  bool
	done func(text string) tea.Cmd
	// changed is told of every keystroke, left that it was given up.
	changed func(text string)
	left    func()
}

// longest is how many characters of what is typed or pasted an input takes.
const longest = 16 << 10

func (e *env) newInput(value string) textinput.Model {
	in := textinput.New()
	in.Prompt = "> "
	in.CharLimit = longest
	in.SetValue(sanitize.Input(value))
	in.CursorEnd()
	in.SetVirtualCursor(true)
	styles := textinput.DefaultStyles(e.dark)
	styles.Cursor.Blink = false
	in.SetStyles(styles)
	in.SetWidth(max(10, e.w-4))
	return in
}

// typed hands a message to an input. Deleting the word that begins with the last
// character is deleting that character: the input's own way of doing it panics
// there (github.com/charmbracelet/bubbles issue 1056).
func typed(in textinput.Model, msg tea.Msg) (textinput.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok && key.Matches(k, in.KeyMap.DeleteWordForward) && in.Position() == len([]rune(in.Value()))-1 {
		msg = tea.KeyPressMsg{Code: tea.KeyDelete}
	}
	return in.Update(msg)
}

func (e *env) newPrompt(q question) (*prompt, tea.Cmd) {
	p := &prompt{env: e, question: q, input: e.newInput(q.value)}
	return p, p.input.Focus()
}

func (p *prompt) resize() { p.input.SetWidth(max(10, p.w-4)) }

func (p *prompt) key(msg tea.KeyPressMsg) (tea.Cmd, func() tea.Cmd) {
	if msg.String() == "enter" {
		return nil, func() tea.Cmd { return p.done(strings.TrimSpace(p.input.Value())) }
	}
	return p.update(msg), nil
}

func (p *prompt) update(msg tea.Msg) tea.Cmd {
	if p.yes {
		return nil
	}
	before := p.input.Value()
	var cmd tea.Cmd
	p.input, cmd = typed(p.input, msg)
	if now := p.input.Value(); p.changed != nil && now != before {
		p.changed(now)
	}
	return cmd
}

func (p *prompt) closed() tea.Cmd {
	if p.left != nil {
		p.left()
	}
	return nil
}

func (p *prompt) click(int) func() tea.Cmd { return nil }

func (p *prompt) lines(room int) []string {
	label, hint := p.safe(p.label), "  (enter saves, esc leaves it)"
	if p.yes {
		hint = "  (enter does it, esc leaves it)"
	}
	if ansi.StringWidth(label+hint) <= p.w {
		label += hint
	}
	var lines []string
	for _, l := range p.about[:min(len(p.about), max(0, room-2))] {
		lines = append(lines, p.cut(p.safe(l), p.w))
	}
	lines = append(lines, p.theme.Title.Styled(p.cut(label, p.w)))
	if !p.yes {
		lines = append(lines, ansi.Truncate(p.input.View(), p.w, ""))
	}
	return lines
}
