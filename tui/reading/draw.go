package reading

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/tui/humanize"
	"fineprint/tui/redlineview"
)

func itoa(n int) string { return strconv.Itoa(n) }

// listed is how many sections the outline shows in so many lines: it has a head, and a
// foot where there is noise.
func (p *Pane) listed(height int) int {
	if p.noise() > 0 {
		height--
	}
	return max(1, height-1)
}

// noise is how many clause changes say nothing.
func (p *Pane) noise() (n int) {
	for _, s := range p.Outline() {
		n += s.Noise
	}
	return n
}

// outline draws the outline, nil when there is none.
func (p *Pane) outline(height int) []string {
	width := max(p.beside(), p.over())
	if width == 0 {
		return nil
	}
	if !p.focused {
		p.follow()
	}
	p.at.N = len(p.Outline())
	room := p.listed(height)
	p.at.Fit(room)
	sections, current, changes := p.Outline(), p.Section(), 0
	for _, s := range sections {
		changes += s.Changes
	}
	count := humanize.Count(changes, "change")
	lines := []string{p.ends(p.Theme.Label.Styled(" OUTLINE"), p.Theme.Faint.Styled(count+" "), width)}
	for i := p.at.Top; i < len(sections) && len(lines) <= room; i++ {
		lines = append(lines, p.section(sections[i], i == current, i == p.at.Cursor, width))
	}
	for len(lines) < height {
		lines = append(lines, strings.Repeat(" ", width))
	}
	if n := p.noise(); n > 0 && height > 2 {
		lines[height-1] = p.ends(p.Theme.Folded.Styled(fmt.Sprintf(" %d noise", n)), p.Theme.Faint.Styled("i show "), width)
	}
	return lines[:height]
}

// section draws a section: what happened in it, its title and how many changes it has.
func (p *Pane) section(s redlineview.Section, current, cursor bool, width int) string {
	t := p.Theme
	sign, style := " ", t.Faint
	switch {
	case s.Changes == 0:
	case s.Added == s.Changes:
		sign, style = "+", t.InsertedText
	case s.Removed == s.Changes:
		sign, style = "-", t.DeletedText
	default:
		sign, style = "~", ansi.Style{}
	}
	count := ""
	switch {
	case s.Changes > 0:
		count = itoa(s.Changes) + " "
	case s.Noise > 0:
		count = t.Signs.Zero + itoa(s.Noise) + " "
	}
	title := s.Title
	if title == "" {
		title = "(before first heading)"
	}
	gutter := " "
	if current {
		gutter, style = t.Key.Styled(t.Signs.Bar), t.Key
	}
	indent := strings.Repeat(" ", min(s.Depth, 4))
	title = p.Cut(indent+sign+" "+title, width-2-len(count))
	line := p.ends(gutter+style.Styled(title), t.Faint.Styled(count), width)
	if cursor && p.focused {
		return t.Cursor(line)
	}
	return line
}

// ends is a line of so many cells with a text at either end.
func (p *Pane) ends(left, right string, width int) string {
	left = p.Cut(left, width-ansi.StringWidth(right))
	return left + strings.Repeat(" ", max(0, width-ansi.StringWidth(left)-ansi.StringWidth(right))) + right
}

// strip draws a cell for each line: what changed in the part of the text that it stands
// for, thicker in the part that is in sight.
func (p *Pane) strip(height int) []string {
	from, to, of := p.Extent()
	cells := p.Heat(height)
	strip := make([]string, height)
	for i := range strip {
		var cell redlineview.HeatCell
		if i < len(cells) {
			cell = cells[i]
		}
		shown := of <= height || i >= from*height/of && i <= (to-1)*height/of
		strip[i] = p.heat(cell, shown && of > height)
	}
	return strip
}

// heat draws a cell of the strip.
func (p *Pane) heat(c redlineview.HeatCell, shown bool) string {
	t := p.Theme
	sign, style := "~", t.Modified
	switch {
	case c.Modified || c.Added && c.Removed:
	case c.Added:
		sign, style = "+", t.InsertedText
	case c.Removed:
		sign, style = "-", t.DeletedText
	case c.Noise:
		sign, style = ":", t.Faint
	case shown:
		return t.Key.Styled(t.Signs.Thumb)
	default:
		return t.Border.Styled(t.Signs.Track)
	}
	switch {
	case p.ASCII && shown:
		return t.Selected.Styled(sign)
	case p.ASCII:
		return style.Styled(sign)
	case shown:
		return style.Styled(t.Signs.Heat)
	}
	return style.Styled("▐")
}
