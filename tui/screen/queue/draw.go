package queue

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// State names the state that is listed, in words.
func (s *Screen) State() string {
	if s.query.AllState {
		return "all"
	}
	return kit.Words(s.query.State)
}

// Status is what the row under the cursor has in common with others, and what the
// preview has no room for.
func (s *Screen) Status() string {
	if s.loading && len(s.items) == 0 {
		return "Loading" + s.Theme.Ellipsis
	}
	c := s.change()
	if c == nil {
		return ""
	}
	var parts []string
	if c.Stale != nil {
		parts = append(parts, "stale: "+c.Stale.String())
	}
	if isFoldedTurn(c) {
		parts = append(parts, alternates(c.Alternation))
	}
	parts = append(parts, s.alikeHint(c)...)
	if s.room().previewed() {
		return sanitize.Line(strings.Join(parts, "; "))
	}
	switch {
	case c.TakenBackAtOnce:
		parts = append(parts, "taken back at once: "+c.Detail)
	case c.ProbablyNoise:
		parts = append(parts, "probably noise: "+strings.Join(c.Suggested.Evidence, ", "))
	}
	if c.Material && c.Severity == "" && len(c.Suggested.Why) > 0 {
		why := strings.Join(c.Suggested.Why, ", ")
		parts = append(parts, fmt.Sprintf("suggested %s: %s", c.Suggested.Severity, why))
	}
	if p := c.Suggested.Probability; c.Material && !c.ProbablyNoise && p > 0 {
		parts = append(parts, fmt.Sprintf("%.0f%% likely: %s", 100*p, strings.Join(c.Suggested.Evidence, ", ")))
	}
	if !c.Material && c.Detail != "" {
		parts = append(parts, c.Detail)
	}
	return sanitize.Line(strings.Join(parts, "; "))
}

// alikeHint says how many changes have the words of the one under the cursor, and by
// which keys they are selected, or shown one by one.
func (s *Screen) alikeHint(c *model.QueueItem) []string {
	n := s.alike()
	if n < 2 {
		return nil
	}
	hint := fmt.Sprintf("%s identical (%s selects", humanize.Number(n), s.Keys.Key(keys.MarkDuplicates))
	if isFoldedTurn(c) {
		hint = fmt.Sprintf("%s turns (%s selects", humanize.Number(n), s.Keys.Key(keys.MarkDuplicates))
	}
	if r := s.rows[s.at.Cursor]; r.n > 1 || r.child {
		verb := "lists"
		if r.child {
			verb = "collapses"
		}
		hint += fmt.Sprintf(", %s %s them", s.Keys.Key(keys.Expand), verb)
	}
	return []string{hint + ")"}
}

// alike is how many changes the row under the cursor stands for, or else how many have
// its words.
func (s *Screen) alike() int {
	c := s.change()
	if c == nil {
		return 0
	}
	return max(c.DuplicateCount, int(s.rows[s.at.Cursor].n))
}

// Lines are the heads of the columns, the changes under them, and the preview.
func (s *Screen) Lines(height int) []string {
	p := s.roomIn(height)
	lines := s.list(p)
	for len(lines) < p.rows+1 {
		lines = append(lines, strings.Repeat(" ", p.list))
	}
	return s.compose(p, lines)
}

// list draws the heads and the rows.
func (s *Screen) list(p room) []string {
	layout := s.layOut(p.list)
	lines := []string{s.columnHeads(layout, p.list)}
	if len(s.rows) == 0 {
		for _, l := range s.nothing() {
			lines = append(lines, s.Pad(l, p.list))
		}
		return lines[:min(len(lines), p.rows+1)]
	}
	for i := s.at.Top; i < len(s.rows) && len(lines) <= p.rows; i++ {
		switch r := s.rows[i]; {
		case r.item == headingRow:
			lines = append(lines, s.Theme.Heading.Styled(s.Pad(" "+s.Safe(s.heads[r.at]), p.list)))
		case r.item == separatorRow:
			lines = append(lines, s.separator(p.list))
		default:
			lines = append(lines, s.row(i, r, layout, p.list))
		}
	}
	return lines
}

// separator stands between two severities.
func (s *Screen) separator(width int) string {
	return " " + s.Theme.Faint.Styled(strings.Repeat(s.Theme.Signs.Dotted, width-1))
}

// nothing is shown in place of rows.
func (s *Screen) nothing() []string {
	switch {
	case s.request.Failed(len(s.rows)):
		return s.Failure("The queue", keys.Queue, s.request.Err)
	case s.loading:
		return []string{"", "  " + s.Theme.Faint.Styled("Loading"+s.Theme.Ellipsis)}
	case s.tracked.Empty():
		return s.NothingTracked()
	}
	what := "No " + s.State() + " changes"
	if s.query.AllState {
		what = "No changes"
	}
	if s.platform != "" {
		what += " of " + sanitize.Line(s.platform)
	}
	next := s.Keys.Key(keys.States) + " other states"
	if rest := s.filter(); rest != "" {
		what += fmt.Sprintf(" match %q", sanitize.Line(rest))
		next = "esc clear filter" + s.lettersHint()
	}
	return []string{"", "  " + what + s.dot() + s.Theme.Faint.Styled(next)}
}

// row draws a change with its signs: where the cursor is, and whether it is selected.
func (s *Screen) row(at int, r queueRow, layout []placed, width int) string {
	c := s.items[r.item]
	current := at == s.at.Cursor
	some, all := s.marked(r)
	var b strings.Builder
	switch {
	case current:
		b.WriteString(s.Theme.Key.Styled(s.Theme.Signs.Cursor))
	default:
		b.WriteByte(' ')
	}
	switch {
	case all:
		b.WriteString(s.Theme.Key.Styled(s.Theme.Signs.Done))
	case some:
		b.WriteString(s.Theme.Key.Styled("-"))
	default:
		b.WriteByte(' ')
	}
	for i, p := range layout {
		cell := p.cell(s, r, c)
		style := cell.style
		if p.width == 0 && (current || all) {
			style = s.Theme.Label
		}
		if p.width == 0 && r.n <= 1 {
			cell.text = s.withTags(cell.text, c.Tags, p.cells-p.lead-1)
		}
		b.WriteString(style.Styled(s.align(p, cell.text, i == len(layout)-1)))
	}
	line := b.String()
	if n := ansi.StringWidth(line); n < width {
		line += strings.Repeat(" ", width-n)
	}
	if current {
		return s.Theme.Cursor(line)
	}
	return line
}

// withTags puts tags behind a name, as many as fit whole; where they have a column of
// their own they stand there.
func (s *Screen) withTags(name string, tags []string, width int) string {
	if slices.Contains(s.Config.QueueColumns, "tags") {
		return name
	}
	gap := "  "
	for _, tag := range tags {
		next := name + gap + "#" + s.Safe(tag)
		if ansi.StringWidth(next) > width {
			break
		}
		name, gap = next, " "
	}
	return name
}

// align puts a text into its column's cells: to the right behind a gap, to the left
// before one. The last column of all needs none.
func (s *Screen) align(p placed, text string, last bool) string {
	if p.right {
		text = s.Cut(text, p.cells)
		return strings.Repeat(" ", max(0, p.cells-ansi.StringWidth(text))) + text
	}
	room := p.cells - p.lead
	if !last {
		room--
	}
	return s.Pad(strings.Repeat(" ", p.lead)+s.Cut(text, room), p.cells)
}

// columnHeads names the columns; the one that is sorted by has an arrow.
func (s *Screen) columnHeads(layout []placed, width int) string {
	var b strings.Builder
	b.WriteString(strings.Repeat(" ", gutter))
	for i, p := range layout {
		head := p.head
		if s.ASCII {
			head = strings.ReplaceAll(head, "·", "/")
		}
		if p.name == s.order.column {
			head += s.arrow(s.order)
		}
		b.WriteString(s.align(p, head, i == len(layout)-1))
	}
	return s.Theme.Faint.Styled(s.Pad(b.String(), width))
}
