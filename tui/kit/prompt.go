package kit

import (
	"cmp"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/tui/sanitize"
)

// Prompt asks for one line of text; a [Confirmation] asks for a key.
type Prompt struct {
	*Common
	question Question
	input    textinput.Model
	problem  string // why the answer can't be taken

	completing *completion // nil while nothing is filled in
	recalled   int         // how far back in the history, 0: not at all
	begun      string      // what was typed before it was looked at
}

// Question is what a prompt asks.
type Question struct {
	Label string
	Value string // to begin with
	// Placeholder is shown while nothing is written.
	Placeholder string
	// About is shown above the label: what is at stake. It is plain text.
	About []string
	// Done is what follows from the answer.
	Done func(text string) Action
	// Enter is what enter does, "save" when it is "".
	Enter string
	// Check returns why an answer can't be taken: the prompt stays open with the reason
	// beside it, and nothing of what was typed is lost. nil takes any.
	Check func(text string) error
	// Complete proposes how the text could go on, at the key tab; Hint is shown while it
	// proposes nothing. nil: nothing is proposed.
	Complete Completer
	Hint     string
	// History are the answers of before, the newest last.
	History []string
	// Changed receives every keystroke, Left reports that it was given up; both may be
	// nil.
	Changed func(text string)
	Left    func()
}

// MaxInput is how many characters of what is typed or pasted an input takes.
const MaxInput = 16 << 10

// newInput is an input of one line that holds a value.
func (c *Common) newInput(value string) textinput.Model {
	in := textinput.New()
	in.Prompt = "> "
	in.CharLimit = MaxInput
	in.SetValue(sanitize.Input(value))
	in.CursorEnd()
	in.SetVirtualCursor(true)
	styles := textinput.DefaultStyles(c.Dark)
	styles.Cursor.Blink = false
	in.SetStyles(styles)
	in.SetWidth(max(10, c.W-4))
	return in
}

// edit hands a message to an input. Deleting the word that begins with the last
// character is deleting that character: the input's own way of doing it panics
// there (github.com/charmbracelet/bubbles issue 1056).
func edit(in textinput.Model, msg tea.Msg) (textinput.Model, tea.Cmd) {
	k, ok := msg.(tea.KeyPressMsg)
	if ok && key.Matches(k, in.KeyMap.DeleteWordForward) && in.Position() == len([]rune(in.Value()))-1 {
		msg = tea.KeyPressMsg{Code: tea.KeyDelete}
	}
	return in.Update(msg)
}

// NewPrompt makes a prompt, and the command it begins with.
func (c *Common) NewPrompt(q Question) (*Prompt, tea.Cmd) {
	p := &Prompt{Common: c, question: q, input: c.newInput(q.Value)}
	p.input.Placeholder = c.Plain(q.Placeholder)
	return p, p.input.Focus()
}

// Fit gives the input the width of the window.
func (p *Prompt) Fit() { p.input.SetWidth(max(10, p.W-4)) }

// Key answers with enter, and edits the answer with any other key.
func (p *Prompt) Key(msg tea.KeyPressMsg) (Action, bool) {
	switch msg.String() {
	case "enter":
		return p.answer()
	case "tab":
		p.complete(1)
		return nil, false
	case "shift+tab":
		p.complete(-1)
		return nil, false
	case "up", "ctrl+p":
		p.recall(1)
		return nil, false
	case "down", "ctrl+n":
		p.recall(-1)
		return nil, false
	}
	return p.Update(msg), false
}

// answer takes what is typed, or keeps the prompt open with the reason why not.
func (p *Prompt) answer() (Action, bool) {
	text := strings.TrimSpace(p.input.Value())
	if p.question.Check != nil {
		if err := p.question.Check(text); err != nil {
			p.problem = Sentence(err)
			return nil, false
		}
	}
	return p.question.Done(text), true
}

// changed is called once the text is another one.
func (p *Prompt) changed() {
	p.problem = ""
	if p.question.Changed != nil {
		p.question.Changed(p.input.Value())
	}
}

// Update edits the answer.
func (p *Prompt) Update(msg tea.Msg) Action {
	before := p.input.Value()
	var cmd tea.Cmd
	p.input, cmd = edit(p.input, msg)
	if p.input.Value() != before {
		p.completing, p.recalled = nil, 0
		p.changed()
	}
	return Cmd(cmd)
}

// Closed reports to whoever asked that the question was given up.
func (p *Prompt) Closed() Action {
	if p.question.Left != nil {
		p.question.Left()
	}
	return nil
}

// Click is nothing: there is nothing to choose.
func (p *Prompt) Click(int) (Action, bool) { return nil, false }

// Lines are what is at stake, the label and the input.
func (p *Prompt) Lines(room int) []string {
	enter := cmp.Or(p.question.Enter, "save")
	var lines []string
	for _, l := range p.question.About[:min(len(p.question.About), max(0, room-3))] {
		lines = append(lines, p.Theme.Faint.Styled(p.Cut(p.Plain(p.Safe(l)), p.W)))
	}
	lines = append(lines, p.asked(p.question.Label, "enter "+enter+" · esc cancel"))
	lines = append(lines, ansi.Truncate(p.input.View(), p.W, ""))
	if p.question.Complete != nil || p.problem != "" {
		lines = append(lines, p.below())
	}
	return lines
}
