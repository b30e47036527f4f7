package markup

import (
	"regexp"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// LeastWidth is how narrow a column is at least, in cells.
const LeastWidth = 3

// delimiter is the line under a table's head row.
var delimiter = regexp.MustCompile(`^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t\r]*$`)

func isDelimiter(line string) bool {
	return strings.IndexByte(line, '|') >= 0 && strings.IndexByte(line, '-') >= 0 && delimiter.MatchString(line)
}

// dashes is a cell of the line under the head row.
var dashes = regexp.MustCompile(`^[ \t]*:?-{3,}:?[ \t]*$`)

// bars lists where in a row the bars between its cells are.
func bars(line string) []int {
	var at []int
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '|':
			at = append(at, i)
		}
	}
	return at
}

// cellsOf lists the cells of a row that begins with a bar, as it is written.
func cellsOf(line string) []string {
	at := bars(line)
	var cells []string
	for k, i := range at {
		end := len(line)
		if k+1 < len(at) {
			end = at[k+1]
		}
		if k+1 < len(at) || strings.TrimSpace(line[i+1:end]) != "" {
			cells = append(cells, line[i+1:end])
		}
	}
	return cells
}

// row deals with the marks of a table's row and returns where the next line begins.
func (m *markup) row(l source, next int) int {
	if l.start > 0 {
		m.add(Piece{Start: l.start - 1, End: l.start, Kind: NextRow})
	}
	line := m.src[l.start:l.end]
	if isDelimiter(line) {
		m.hide(l.start, l.end)
		return next
	}
	s := Style(0)
	if next < len(m.src) && isDelimiter(m.lineText(next)) {
		s = Heading
	}
	at := bars(line)
	cells := cellsOf(line)
	notDashes := func(c string) bool { return !dashes.MatchString(c) }
	ruled := len(cells) > 2 && !slices.ContainsFunc(cells[:len(cells)-1], notDashes)
	for k, i := range at {
		end := len(line)
		if k+1 < len(at) {
			end = at[k+1]
		}
		closing := k+1 == len(at) && strings.TrimSpace(line[i+1:]) == ""
		p := Piece{Start: l.start + i, End: l.start + i + 1, Kind: Bar, Same: closing}
		if k == 0 {
			p.Text = "|" // the first of its row
		}
		m.add(p)
		switch {
		case ruled && dashes.MatchString(line[i+1:end]):
			m.hide(l.start+i+1, l.start+end)
		case !closing:
			m.inline(l.start+i+1, l.start+end, s)
		}
	}
	return next
}

func (m *markup) lineText(at int) string {
	l := m.lineAt(at)
	return m.src[l.start:l.end]
}

// Table is what the rows of one table share, whichever clauses they are of.
type Table struct {
	Start, End int      // in the document
	Head       []string // what is above each column; nil where nothing is
	HeadEnd    int      // where the head row ends
	Widths     []int    // how wide the cells of each column are at most
}

// Bounds of a table: how many bytes of it and how many rows are measured.
const maxTable, maxMeasured = 1 << 20, 200

// TableAt finds the table that the row at a byte of a document is of.
func TableAt(text string, at int) *Table {
	isRow := func(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " \t"), "|") }
	start := strings.LastIndexByte(text[:at], '\n') + 1
	for start > 0 && at-start < maxTable {
		before := strings.LastIndexByte(text[:start-1], '\n') + 1
		if !isRow(text[before:start]) {
			break
		}
		start = before
	}
	t := &Table{Start: start, End: start}
	for n := 0; t.End < len(text) && t.End-start < maxTable; n++ {
		line, _, _ := strings.Cut(text[t.End:], "\n")
		if !isRow(line) {
			break
		}
		t.take(line, n)
		t.End += len(line) + 1
	}
	if len(t.Widths) == 0 || t.End <= at {
		t.End = at + 1
	}
	if t.HeadEnd == 0 {
		t.Head = nil
	}
	return t
}

// take measures row n. Where the head is empty, a first row in bold is one.
func (t *Table) take(line string, n int) {
	if isDelimiter(line) {
		if n == 1 {
			t.HeadEnd = t.End
		}
		return
	}
	cells := cellsOf(line)
	if n == 0 || n == 2 && t.HeadEnd > 0 && strings.Join(t.Head, "") == "" && allBold(cells) {
		t.Head = nil
		for _, c := range cells {
			t.Head = append(t.Head, Visible(c))
		}
		if n > 0 {
			t.HeadEnd = t.End + 1
		}
	}
	if n > maxMeasured {
		return
	}
	for k, c := range cells {
		for len(t.Widths) <= k {
			t.Widths = append(t.Widths, LeastWidth)
		}
		t.Widths[k] = max(t.Widths[k], cellWidth(c))
	}
}

// allBold reports whether each of a row's cells is bold as a whole.
func allBold(cells []string) bool {
	return len(cells) > 0 && !slices.ContainsFunc(cells, func(c string) bool {
		c = strings.TrimSpace(c)
		return len(c) < 5 || !strings.HasPrefix(c, "**") || !strings.HasSuffix(c, "**")
	})
}

var breakTag = regexp.MustCompile(`(?i)<br */?>`)

var unmarked = strings.NewReplacer("*", "", "\\", "", "[", "", "]", "")

// cellWidth is about how wide a cell is, which decides how columns share the room.
func cellWidth(c string) int {
	width := 0
	for _, part := range breakTag.Split(c, -1) {
		part = strings.TrimSpace(part)
		n := ansi.StringWidth(unmarked.Replace(linkTarget.ReplaceAllString(part, "")))
		width = max(width, n-strings.Count(part, "  "))
	}
	return width
}

var linkTarget = regexp.MustCompile(`\]\([^)\n]*\)`)
