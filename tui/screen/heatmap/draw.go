package heatmap

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/clausetype"
	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
)

const (
	// narrowCell and wideCell are how many cells of the window a cell of the map takes: its
	// shade and its mark.
	narrowCell, wideCell = 2, 3
	// minName and maxName are how wide the platforms' names are.
	minName, maxName = 16, 26
	// tallHead is how many letters of a type's short name stand above its column in a high
	// window, lowHead in a low one.
	tallHead, lowHead = 6, 4
	// lowWindow is how many lines a low window has at most.
	lowWindow = 26
	// recent is how long ago a change is marked.
	recent = 365 * 24 * time.Hour
)

// page is the part of the map that there is room for: columns from up to to, each so many
// cells wide, from column left of the window on.
type page struct{ left, cell, from, to int }

// page returns the page with the column under the cursor. All families are on one where
// there is room; else as many as there is room for, whole; a window narrower than a family
// pages within it.
func (s *Screen) page() page {
	all := len(clausetype.Types)
	room := s.W - minName - 4
	for _, cell := range []int{wideCell, narrowCell} {
		if all*cell <= room {
			return s.laid(cell, 0, all)
		}
	}
	starts := append(familyStarts(), all)
	widest := 0
	for i := range len(starts) - 1 {
		widest = max(widest, starts[i+1]-starts[i])
	}
	cell := narrowCell
	if widest*wideCell <= room {
		cell = wideCell
	}
	most := max(1, room/cell)
	for i := 0; i+1 < len(starts); {
		end := i + 1
		for end+1 < len(starts) && starts[end+1]-starts[i] <= most {
			end++
		}
		if from, to := starts[i], starts[end]; s.column < to {
			if to-from > most {
				from += (s.column - from) / most * most
				to = min(from+most, to)
			}
			return s.laid(cell, from, to)
		}
		i = end
	}
	return s.laid(cell, 0, min(most, all))
}

func (s *Screen) laid(cell, from, to int) page {
	left := 2 + max(minName, min(maxName, s.W-4-(to-from)*cell)) + 1
	return page{left, cell, from, to}
}

// letters is how many letters of short names stand above the columns.
func (s *Screen) letters() int {
	if s.H <= lowWindow {
		return lowHead
	}
	return tallHead
}

// shown is how many rows there is room for above the line that names the cell.
func (s *Screen) shown() int { return max(1, s.Height()-2) }

// Head is the title, the family, the short names from top to bottom, and where the cursor
// is among them.
func (s *Screen) Head() []string {
	right := s.Counted(len(s.rows), "platform") + ", by " + orders[s.sorted]
	if !s.Read && s.Err == nil {
		right = "" // it isn't known yet how many there are
	}
	if s.Err == nil && len(s.rows) < len(s.all) {
		right = fmt.Sprintf("%d of %d platforms, by %s", len(s.rows), len(s.all), orders[s.sorted])
	}
	if s.behind > 0 {
		right = humanize.Count(s.behind, "document") + " not looked at yet, " + right
	}
	left := "Heat map"
	if s.filter != "" {
		left += ": " + s.filter
	}
	head := []string{s.TitleBar(left, right)}
	p := s.page()
	head = append(head, s.families(p))
	for i := range s.letters() {
		var b strings.Builder
		b.WriteString(strings.Repeat(" ", p.left))
		for c := p.from; c < p.to; c++ {
			letter := " "
			if name := Short(clausetype.Types[c].ID); i < len(name) {
				letter = name[i : i+1]
			}
			letter += strings.Repeat(" ", p.cell-1)
			if c == s.column {
				letter = s.Theme.Title.Styled(letter)
			} else {
				letter = s.Theme.Faint.Styled(letter)
			}
			b.WriteString(letter)
		}
		head = append(head, s.Cut(b.String(), s.W))
	}
	return append(head, s.columnName(p.left+(s.column-p.from)*p.cell))
}

// columnName points at the column under the cursor and names its type whole: after the
// pointer or, where there is no room, before it.
func (s *Screen) columnName(at int) string {
	name := s.kind().Name
	if width := ansi.StringWidth(name); at+2+width > s.W && at > width {
		return strings.Repeat(" ", at-width-1) + s.Theme.Title.Styled(name+" "+s.Theme.Signs.Descending)
	}
	return s.Cut(strings.Repeat(" ", at)+s.Theme.Title.Styled(s.Theme.Signs.Descending+" "+name), s.W)
}

// families names the families of the page above their columns, and the rest at the left.
func (s *Screen) families(p page) string {
	line := strings.Repeat(" ", p.left)
	if pages := s.elsewhere(p); pages != "" {
		line = s.Theme.Faint.Styled(s.Pad("  "+pages, p.left))
	}
	for c := p.from; c < p.to; {
		end := c
		for end < p.to && clausetype.Types[end].Family == clausetype.Types[c].Family {
			end++
		}
		name, width := clausetype.Types[c].Family, (end-c)*p.cell
		if width > 2 {
			name = s.Cut(name, width-1)
			rule := strings.Repeat(s.Theme.Signs.Rule, max(0, width-ansi.StringWidth(name)-2))
			line += s.Theme.Label.Styled(name) + " " + s.Theme.Border.Styled(rule) + " "
		}
		c = end
	}
	return s.Cut(line, s.W)
}

// elsewhere says that there are more columns than the page has.
func (s *Screen) elsewhere(p page) string {
	if p.from == 0 && p.to == len(clausetype.Types) {
		return ""
	}
	return fmt.Sprintf("types %d-%d of %d", p.from+1, p.to, len(clausetype.Types))
}

// Status is what the signs of the map mean.
func (s *Screen) Status() string {
	none, unknown, one, some, many := signsOf(s.ASCII)
	return fmt.Sprintf("%s none found  %s not looked at  %s 1  %s 2-3  %s 4 or more  ~ changed in 12 months  ! approved high or critical",
		none, unknown, one, some, many)
}

// signsOf are the signs of the shades.
func signsOf(ascii bool) (none, unknown, one, some, many string) {
	if ascii {
		return ".", "?", "1", "2", "4"
	}
	return "·", "?", "░", "▒", "█"
}

// Lines are the rows, and under them the cell under the cursor in words.
func (s *Screen) Lines(height int) []string {
	switch {
	case s.Failed(len(s.all)):
		return s.Failure("The map of clause types", keys.HeatMap, s.Err)
	case !s.Read:
		return s.progress()
	case len(s.all) == 0:
		return s.NothingTracked()
	case len(s.rows) == 0:
		return []string{"", s.Cut("  No platform has this in its name", s.W)}
	}
	lines := make([]string, 0, height)
	p := s.page()
	for i := s.at.Top; i < s.at.N && len(lines) < s.shown(); i++ {
		lines = append(lines, s.row(i, p))
	}
	for len(lines) < height-2 {
		lines = append(lines, "")
	}
	rule := s.Theme.Border.Styled(strings.Repeat(s.Theme.Signs.Rule, s.W))
	words := s.Plain(Sentence(s.current(), s.kind()))
	lines = append(lines, rule, s.Theme.Title.Styled(s.Cut(" "+words, s.W)))
	return lines[:min(len(lines), height)]
}

// progress is how far recognising the types is.
func (s *Screen) progress() []string {
	lines := s.HowFar(s.Common, "Counting clauses by type", "Recognising the types of clauses", "documents and changes")
	if len(lines) < 3 { // it isn't known yet how many there are
		return lines
	}
	return append(lines, "",
		s.Theme.Faint.Styled(s.Cut("  This is done once; later only what changed is looked at.", s.W)))
}

// row is a platform of the map.
func (s *Screen) row(i int, p page) string {
	r := s.rows[i]
	var b strings.Builder
	name := s.Safe(r.Platform.Name)
	if i == s.at.Cursor {
		label := s.Theme.Label.Styled(s.Pad(name, p.left-3))
		b.WriteString(s.Theme.Key.Styled(s.Theme.Signs.Cursor) + " " + label + " ")
	} else {
		b.WriteString("  " + s.Pad(name, p.left-3) + " ")
	}
	for c := p.from; c < p.to; c++ {
		b.WriteString(s.draw(r, clausetype.Types[c].ID, p.cell, i == s.at.Cursor && c == s.column))
	}
	return s.Cut(b.String(), s.W)
}

// draw is a cell: its shade, and a mark where it changed lately or was found grave.
func (s *Screen) draw(r model.TypeRow, id string, width int, at bool) string {
	c := r.Cells[id]
	none, unknown, one, some, many := signsOf(s.ASCII)
	sign, style := none, s.Theme.Faint
	switch {
	case c.Clauses == 0 && r.Looked < r.Documents:
		sign = unknown
	case c.Clauses == 0:
	case c.Clauses == 1:
		sign, style = one, s.Theme.InsertedText
	case c.Clauses < 4:
		sign, style = some, s.Theme.InsertedText
	default:
		sign, style = many, s.Theme.InsertedText
	}
	mark, marked := " ", s.Theme.Modified
	switch {
	case c.Severity == model.High || c.Severity == model.Critical:
		mark, marked = "!", s.Theme.Severity(c.Severity)
	case !c.LastChanged.IsZero() && s.Clock().Sub(c.LastChanged) < recent:
		mark = "~"
	}
	if at {
		text := sign + mark
		if width == wideCell {
			text = sign + sign + mark
		}
		return s.Theme.Selected.Styled(text)
	}
	if mark != " " {
		mark = marked.Styled(mark)
	}
	if width == wideCell {
		if c.Clauses > 0 {
			sign += sign
		} else {
			sign += " "
		}
	}
	return style.Styled(sign) + mark
}
