// Package reading is a redline with its map: an outline of the sections that changed at
// the left, and a strip at the right that shows where along the text they are and doubles
// as its scroll bar. The review of a change and the comparison of two versions are read by
// it. It is not for how the text is laid out and moved through (package viewport), nor for
// what is judged.
//
// Invariants:
//   - The section that the reader is in is marked, and in sight.
//   - Below [MinOutline] columns the outline lies over the text and is there only while
//     it has the keys; it never takes room from a text that has little.
//   - Whatever the mouse does has a key: it scrolls, shares out room, and chooses.
//
// Decision: the outline and the strip are drawn around the viewport's lines and the
// viewport is told what columns are its own, so it knows nothing of either.
package reading

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/redlineview"
	"fineprint/tui/viewport"
)

const (
	// MinOutline is the width of a window in cells from which on the outline stands beside
	// the text.
	MinOutline = 110
	// least and most are how wide the outline is unless it was dragged; it is leastDragged
	// at least then.
	least, most, leastDragged = 24, 34, 16
)

// Pane is a viewport with an outline and a strip. It is made with the viewport it reads.
type Pane struct {
	viewport.Viewport
	hidden  bool // the outline, in a window that has room for it
	width   int  // of the outline as it was dragged, 0: as the window has it
	focused bool // the outline has the keys
	// sections are how many there are to list
	sections int
	at       kit.List
	drag     handle
}

// New makes a pane.
func New(c *kit.Common) Pane { return Pane{Viewport: viewport.Viewport{Common: c}} }

// Open lays a redline out, see [viewport.Viewport.Open].
func (p *Pane) Open(laid *redlineview.Layouter, immaterial bool) {
	p.sections = len(laid.Outline())
	p.share()
	p.focused, p.at = false, kit.List{}
	p.Viewport.Open(laid, immaterial)
}

// Fit lays the text out again in the columns that are its own now.
func (p *Pane) Fit() {
	p.share()
	p.Viewport.Fit()
}

// share gives the text what outline and strip leave.
func (p *Pane) share() {
	p.Left = 0
	if n := p.beside(); n > 0 {
		p.Left = n + 1
	}
	p.Columns = max(1, p.W-p.Left-1)
}

// beside is how wide the outline beside the text is, 0 without one.
func (p *Pane) beside() int {
	switch {
	case p.hidden || p.W < MinOutline || p.sections == 0:
		return 0
	case p.width > 0:
		return max(leastDragged, min(p.width, p.W/2))
	}
	return max(least, min(p.W*24/100, most))
}

// over is how wide the outline over the text is, 0 when there is none.
func (p *Pane) over() int {
	if !p.focused || p.beside() > 0 {
		return 0
	}
	return min(p.W-8, 44)
}

// Outlined is how the outline stands: 0 as the window has it, so many columns wide, or
// -1 for hidden.
func (p *Pane) Outlined() int {
	if p.hidden {
		return -1
	}
	return p.width
}

// SetOutlined has the outline stand as it was left.
func (p *Pane) SetOutlined(how int) { p.hidden, p.width = how < 0, max(0, how) }

// Scroll moves the text, or the cursor of the outline where that has the keys.
func (p *Pane) Scroll(by int) {
	if p.focused {
		p.at.N = len(p.Outline())
		p.at.Move(by, p.listed(p.Height()))
		return
	}
	p.Viewport.Scroll(by)
}

// Commands lists what the pane and its viewport do.
func (p *Pane) Commands() []keys.Command {
	return append(p.Viewport.Commands(), keys.Outline, keys.ToOutline, keys.ToText)
}

// Run carries out what is the outline's, else what the viewport does.
func (p *Pane) Run(c keys.Command) (kit.Action, bool) {
	switch {
	case c == keys.Outline:
		return p.toggle(), true
	case c == keys.ToOutline:
		return p.focus(), true
	case c == keys.ToText && !p.focused:
		return nil, true
	case p.focused && (c == keys.ToText || c == keys.OpenFold):
		return p.choose(p.at.Cursor), true
	case p.focused && c == keys.Back:
		p.focused = false
		return nil, true
	}
	return p.Viewport.Run(c)
}

// toggle shows or hides the outline: beside the text where there is room, else over it.
func (p *Pane) toggle() kit.Action {
	if p.W < MinOutline {
		if p.focused {
			p.focused = false
			return nil
		}
		return p.focus()
	}
	p.hidden, p.focused = !p.hidden, false
	p.Fit()
	return nil
}

// focus gives the outline the keys, and shows it first.
func (p *Pane) focus() kit.Action {
	if p.sections == 0 {
		p.SetStatus("No sections to list")
		return nil
	}
	if p.W >= MinOutline && p.hidden {
		p.hidden = false
		p.Fit()
	}
	p.focused = true
	p.follow()
	return nil
}

// follow puts the outline's cursor on the section that the reader is in.
func (p *Pane) follow() {
	p.at.N = len(p.Outline())
	p.at.Cursor = p.Section()
	p.at.Fit(p.listed(p.Height()))
}

// choose goes to a section, and back to the text.
func (p *Pane) choose(section int) kit.Action {
	p.focused = false
	p.ToSection(section)
	return nil
}

// Lines draws the text between outline and strip.
func (p *Pane) Lines(height int) []string {
	text := p.Viewport.Lines(height)
	beside, strip := p.outline(height), p.strip(height)
	over := p.over()
	lines := make([]string, height)
	separator := p.Theme.Border.Styled(p.Theme.Signs.Separator)
	for i := range lines {
		line := ""
		if i < len(text) {
			line = text[i]
		}
		line += strings.Repeat(" ", max(0, p.Columns-ansi.StringWidth(line)))
		switch {
		case over > 0:
			line = beside[i] + separator + after(line, over+1)
		case beside != nil:
			line = beside[i] + separator + line
		}
		lines[i] = line + strip[i]
	}
	return lines
}

// after is what of a line is after so many cells; of a character of two cells that begins
// before them a space is left.
func after(line string, cells int) string {
	rest := ansi.TruncateLeft(line, cells, "")
	if ansi.StringWidth(rest) > max(0, ansi.StringWidth(line)-cells) {
		return " " + ansi.TruncateLeft(line, cells+1, "")
	}
	return rest
}

// Rule is the line between head and text: the headings above the text's first line, and
// at which clause the reader is; it joins the line beside the outline.
func (p *Pane) Rule() string {
	border, faint, sign := p.Theme.Border, p.Theme.Faint, p.Theme.Signs.Rule
	at, of := p.Count()
	right := ""
	if of > 0 {
		right = " " + p.position(at, of) + " "
	}
	left := strings.Repeat(sign, 2)
	if p.Left > 0 {
		left = strings.Repeat(sign, p.Left-1) + p.joint() + sign
	}
	room := p.W - ansi.StringWidth(left+right) - 2
	path := p.Cut(p.Breadcrumb(), room-2)
	if path == "" {
		return border.Styled(left+strings.Repeat(sign, max(0, room))) + faint.Styled(right) +
			border.Styled(strings.Repeat(sign, 2))
	}
	rest := strings.Repeat(sign, max(0, room-2-ansi.StringWidth(path)))
	return border.Styled(left) + " " + p.Theme.Title.Styled(path) + " " + border.Styled(rest) + faint.Styled(right) +
		border.Styled(strings.Repeat(sign, 2))
}

func (p *Pane) position(at, of int) string {
	if at == 0 {
		return "clauses " + itoa(of)
	}
	return "clause " + itoa(at) + "/" + itoa(of)
}

func (p *Pane) joint() string {
	if p.ASCII {
		return "+"
	}
	return "┬"
}
