package redlineview

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/tui/sanitize"
)

// OnChange is the key in [Options].Notes of what is noted on the change as a whole.
const OnChange = -1

// maxNoteRows is how many rows a note takes at most, and maxNote how many bytes of it are
// looked at.
const maxNoteRows, maxNote = 6, 4 << 10

// noted adds the rows of what is noted on a clause change.
func (b *layout) noted(row Row, clause int) {
	for _, note := range b.o.Notes[clause] {
		sign := b.o.Theme.Signs.Note + " "
		width := max(b.o.Width-4-ansi.StringWidth(sign), 10)
		text := sanitize.Text(strings.TrimSpace(sanitize.Clip(note, maxNote)))
		lines := strings.Split(ansi.Wrap(strings.ReplaceAll(text, "\t", " "), width, ""), "\n")
		if len(lines) > maxNoteRows {
			lines = append(lines[:maxNoteRows-1], b.o.Theme.Ellipsis)
		}
		for i, l := range lines {
			if i > 0 {
				sign = strings.Repeat(" ", ansi.StringWidth(sign))
			}
			r := row
			r.label, r.Head, r.Stop, r.Number, r.Edit, r.Copies, r.Folded = true, false, false, 0, false, 0, false
			r.text = b.o.Theme.Faint.Styled(b.fit(sign + l))
			b.add(r)
		}
	}
}
