package tui

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// prompt asks for one line of text.
type prompt struct {
	*env
	label string
	input textinput.Model
	done  func(text string) tea.Cmd
}

func (e *env) newPrompt(label, value string, done func(string) tea.Cmd) (*prompt, tea.Cmd) {
	in := textinput.New()
	in.Prompt = "> "
	in.SetValue(value)
	in.CursorEnd()
	in.SetVirtualCursor(true)
	styles := textinput.DefaultStyles(e.dark)
	styles.Cursor.Blink = false
	in.SetStyles(styles)
	p := &prompt{env: e, label: label, input: in, done: done}
	p.resize()
	return p, p.input.Focus()
}

func (p *prompt) resize() { p.input.SetWidth(max(10, p.w-4)) }

func (p *prompt) height() int { return 2 }

func (p *prompt) update(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	p.input, cmd = p.input.Update(msg)
	return cmd
}

func (p *prompt) lines() []string {
	label := p.label
	if hint := "  (enter saves, esc leaves it)"; len(label+hint) <= p.w {
		label += hint
	}
	return []string{p.theme.Title.Styled(p.cut(label, p.w)), ansi.Truncate(p.input.View(), p.w, "")}
}
