package search

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/sanitize"
)

// marked draws somebody's text on one line of at most so many cells, with some of its
// words marked: bold and coloured, and in brackets in ASCII. Of a longer text it shows
// the part with the first mark. Marks are in order and don't overlap.
func (s *Screen) marked(text string, marks []model.ByteRange, width int) string {
	var b strings.Builder
	at := 0
	if from := firstInSight(text, marks, width); from > 0 {
		at = from
		b.WriteString(s.Theme.Ellipsis)
	}
	for _, m := range marks {
		if m.Start < at || m.End > len(text) || m.End <= m.Start {
			continue
		}
		if m.Start > at+clipBefore*width {
			break
		}
		b.WriteString(sanitize.Line(text[at:m.Start]))
		b.WriteString(s.mark(sanitize.Line(text[m.Start:m.End])))
		at = m.End
	}
	b.WriteString(sanitize.Line(sanitize.Clip(text[at:], width)))
	return s.Cut(b.String(), width)
}

// clipBefore is how many bytes a cell takes at most before what is out of sight is left
// away.
const clipBefore = 8

// firstInSight is where a text begins to be shown, so that its first mark is in the first
// half of the line: at the beginning of a word.
func firstInSight(text string, marks []model.ByteRange, width int) int {
	if len(marks) == 0 || marks[0].Start > len(text) ||
		ansi.StringWidth(sanitize.Clip(text[:marks[0].Start], width)) <= width*2/3 {
		return 0
	}
	from := max(0, marks[0].Start-width/3)
	if space := strings.IndexByte(text[from:marks[0].Start], ' '); space >= 0 {
		return from + space + 1
	}
	return marks[0].Start
}

func (s *Screen) mark(words string) string {
	if s.ASCII {
		return "[" + words + "]"
	}
	return s.Theme.Title.Styled(words)
}
