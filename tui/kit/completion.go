package kit

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Completer proposes how what is typed could go on: kept stays of it, and each option
// is what may follow.
type Completer func(typed string) (kept string, options []string)

// completion goes round what is proposed for what is typed.
type completion struct {
	kept    string
	options []string
	at      int // of the option that is filled in, -1 before the first
}

// complete fills in what all proposals begin with, and once that is there one proposal
// after the other.
func (p *Prompt) complete(by int) {
	if p.question.Complete == nil {
		return
	}
	if c := p.completing; c != nil {
		c.at = (c.at + by + len(c.options)) % len(c.options)
		p.fill(c.kept + c.options[c.at])
		return
	}
	kept, options := p.question.Complete(p.input.Value())
	switch len(options) {
	case 0:
		return
	case 1:
		end := " "
		if strings.ContainsAny(options[0][len(options[0])-1:], ":< ") { // a value follows
			end = ""
		}
		p.fill(kept + options[0] + end)
		return
	}
	if all := kept + sharedStart(options); len(all) > len(p.input.Value()) {
		p.fill(all)
		return
	}
	p.completing = &completion{kept: kept, options: options, at: -1}
	if by < 0 {
		p.completing.at = 0
	}
	p.complete(by)
}

// fill puts a text into the input as if it had been typed.
func (p *Prompt) fill(text string) {
	p.input.SetValue(text)
	p.input.CursorEnd()
	p.changed()
}

// sharedStart is what all the texts begin with.
func sharedStart(texts []string) string {
	shared := texts[0]
	for _, t := range texts[1:] {
		for !strings.HasPrefix(t, shared) {
			shared = shared[:len(shared)-1]
		}
	}
	return strings.ToValidUTF8(shared, "")
}

// below is the line under the input: why the answer can't be taken, else what is
// proposed, as much of it as fits whole.
func (p *Prompt) below() string {
	if p.problem != "" {
		return p.Theme.Bad.Styled(p.Cut("  "+p.Safe(p.problem), p.W))
	}
	_, options := p.question.Complete(p.input.Value())
	if len(options) == 0 || p.input.Value() == "" {
		return p.Theme.Faint.Styled(p.Cut("  "+p.Safe(p.question.Hint), p.W))
	}
	line := "  tab:"
	for _, o := range options {
		o = p.Safe(o)
		if ansi.StringWidth(line)+3+ansi.StringWidth(o) > p.W {
			line = p.Cut(line+" "+p.Theme.Ellipsis, p.W)
			break
		}
		line += "  " + o
	}
	return p.Theme.Faint.Styled(line)
}

// recall goes back or forth in what was answered before.
func (p *Prompt) recall(by int) {
	list := p.question.History
	at := p.recalled + by
	if len(list) == 0 || at < 0 || at > len(list) {
		return
	}
	if p.recalled == 0 {
		p.begun = p.input.Value()
	}
	p.recalled = at
	if at == 0 {
		p.fill(p.begun)
		return
	}
	p.fill(list[len(list)-at])
}
