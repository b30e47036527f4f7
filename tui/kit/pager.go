package kit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/tui/sanitize"
)

// Pager shows text that has no room elsewhere, to be read and scrolled. Labels and
// paragraphs take turns with empty lines, see [Common.NewPager].
type Pager struct {
	*Common
	title  string
	text   []string
	top    int
	height int // as last drawn
}

// NewPager makes a pager of lines: a line that an empty one or nothing comes before is
// a label.
func (c *Common) NewPager(title string, text []string) *Pager {
	return &Pager{Common: c, title: title, text: text}
}

var _ Dialog = (*Pager)(nil)

// Key scrolls, and closes with enter, q or the key that opened it in capitals.
func (p *Pager) Key(msg tea.KeyPressMsg) (Action, bool) {
	page := max(1, p.height-2)
	switch msg.String() {
	case "enter", "q", "W":
		return nil, true
	case "down", "j":
		p.top++
	case "up", "k":
		p.top--
	case "pgdown", "space":
		p.top += page
	case "pgup":
		p.top -= page
	case "home", "g":
		p.top = 0
	case "end", "G":
		p.top = 1 << 30
	}
	return nil, false
}

// Update does nothing: a pager asks for nothing.
func (p *Pager) Update(tea.Msg) Action { return nil }

// Click does nothing: there is nothing to choose.
func (p *Pager) Click(int) (Action, bool) { return nil, false }

// Fit does nothing: the text is wrapped when it is drawn.
func (p *Pager) Fit() {}

// Closed does nothing.
func (p *Pager) Closed() Action { return nil }

// Lines are the title and the part of the text that is scrolled to.
func (p *Pager) Lines(room int) []string {
	var body []string
	label := true
	for _, paragraph := range p.text {
		for _, l := range p.Wrap(sanitize.Text(paragraph), p.W-2) {
			if label {
				l = p.Theme.Label.Styled(l)
			}
			body = append(body, " "+l)
		}
		label = paragraph == ""
	}
	for len(body) > 0 && strings.TrimSpace(body[len(body)-1]) == "" {
		body = body[:len(body)-1]
	}
	p.height = max(1, room-1)
	p.top = max(0, min(p.top, len(body)-p.height))
	hint := "  esc close"
	if len(body) > p.height {
		hint = "  j/k scroll · esc close"
	}
	lines := []string{p.Theme.Title.Styled(p.Cut(" "+p.Safe(p.title), p.W-len(hint))) + p.Theme.Faint.Styled(hint)}
	for _, l := range body[p.top:min(len(body), p.top+p.height)] {
		lines = append(lines, p.Cut(l, p.W))
	}
	return lines
}
