package redlineview

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/markup"
	"fineprint/tui/sanitize"
)

// tableAt returns the table that the row at a byte of a document is of.
func (l *Layouter) tableAt(old bool, at int) *markup.Table {
	text, known := l.d.NewText, &l.tables[0]
	if old {
		text, known = l.d.OldText, &l.tables[1]
	}
	for k := len(*known) - 1; k >= 0; k-- {
		if t := (*known)[k]; t.Start <= at && at < t.End {
			return t
		}
	}
	t := markup.TableAt(text, at)
	*known = append(*known, t)
	return t
}

const (
	columnGap = 2  // cells between two columns
	leastCell = 18 // how narrow a column may become before its row is written as a list
)

// share shares a line's width out among columns; nil when they would become too
// narrow to read.
func share(widths []int, column int) []int {
	room := column - columnGap*(len(widths)-1)
	out := slices.Clone(widths)
	total := 0
	for _, w := range widths {
		total += w
	}
	if total <= room {
		return out
	}
	sorted := slices.Sorted(slices.Values(widths))
	left := room
	for k, w := range sorted {
		level := left / (len(sorted) - k)
		if w <= level {
			left -= w
			continue
		}
		if level < leastCell {
			return nil
		}
		for i := range out {
			out[i] = min(out[i], level)
		}
		return out
	}
	return out
}

// cell is one of a row of a table: some atoms of a flow. Text between rows has the
// column -1.
type cell struct {
	lo, hi   int
	row, col int
}

// wrapTable lays rows out in columns, or as a list of cells where there is no room
// for columns.
func (f *flow) wrapTable(lo, hi, column int) []line {
	var lines []line
	widths := share(f.widths(), column)
	headed := lo > 0 || len(f.head) == 0
	for k := 0; k < len(f.cells); {
		row := k
		for k < len(f.cells) && f.cells[k].row == f.cells[row].row {
			k++
		}
		var cells []cell
		for _, c := range f.cells[row:k] {
			if c.lo = max(c.lo, lo); c.lo < min(c.hi, hi) {
				c.hi = min(c.hi, hi)
				cells = append(cells, c)
			}
		}
		for len(cells) > 0 && cells[0].col < 0 {
			lines = append(lines, f.wrapText(cells[0].lo, cells[0].hi, column)...)
			cells = cells[1:]
		}
		switch {
		case len(cells) == 0:
		case widths == nil:
			for _, c := range cells {
				lines = append(lines, f.listed(c, column)...)
			}
		default:
			if !headed {
				lines = append(lines, f.headRow(cells, widths)...)
				headed = true
			}
			lines = append(lines, f.columns(cells, widths)...)
		}
	}
	return lines
}

func (f *flow) widths() []int {
	widths := slices.Clone(f.table.Widths)
	for _, c := range f.cells {
		for len(widths) <= c.col {
			widths = append(widths, markup.LeastWidth)
		}
		if c.col >= 0 {
			widths[c.col] = max(widths[c.col], f.lineWidth(c))
		}
	}
	return widths
}

// lineWidth is how wide the longest line of a cell is that nothing has to break.
func (f *flow) lineWidth(c cell) int {
	width, widest := 0, 0
	for i, a := range f.atoms[c.lo:c.hi] {
		switch {
		case a.gap == brk || i == 0:
			width = 0
		case a.gap == space:
			width++
		}
		width += a.width
		widest = max(widest, width)
	}
	return widest
}

// columns sets the cells of a row beside each other.
func (f *flow) columns(cells []cell, widths []int) []line {
	wrapped := make([][]line, len(cells))
	height := 0
	for i, c := range cells {
		wrapped[i] = f.wrapText(c.lo, c.hi, widths[c.col])
		height = max(height, len(wrapped[i]))
	}
	lines := make([]line, height)
	for y := range lines {
		at := 0 // cells that the line has
		for i, c := range cells {
			if y >= len(wrapped[i]) {
				continue
			}
			start := 0
			for _, w := range widths[:c.col] {
				start += w + columnGap
			}
			part := wrapped[i][y]
			lines[y] = append(lines[y], padTo(start-at, part[0].run))
			lines[y] = append(lines[y], part...)
			at = start + part.width()
		}
	}
	return lines
}

// listed sets one cell under the others, after the head of its column.
func (f *flow) listed(c cell, column int) []line {
	lines := f.wrapText(c.lo, c.hi, column-2)
	for i, x := range lines {
		lines[i] = append(line{padTo(2, x[0].run)}, x...)
	}
	if c.col < len(f.head) && f.head[c.col] != "" && len(lines) > 0 {
		label := line{f.label(c, lines[0][1].run, column)}
		lines = append([]line{label}, lines...)
	}
	return lines
}

// headRow is the head of the columns, in one line.
func (f *flow) headRow(cells []cell, widths []int) []line {
	var l line
	at := 0
	for _, c := range cells {
		start := 0
		for _, w := range widths[:c.col] {
			start += w + columnGap
		}
		if c.col >= len(f.head) || f.head[c.col] == "" {
			continue
		}
		label := f.label(c, &f.runs[f.atoms[c.lo].lo], widths[c.col])
		l = append(l, padTo(start-at, label.run), label)
		at = start + label.width()
	}
	if len(l) == 0 {
		return nil
	}
	return []line{l}
}

// label is the head of a cell's column. It stands out where the cell changed.
func (f *flow) label(c cell, at *run, width int) seg {
	s := aside
	for _, a := range f.atoms[c.lo:c.hi] {
		for _, r := range f.runs[a.lo:a.hi] {
			if r.op != model.Equal {
				s = aside | markup.Heading
			}
		}
	}
	text := sanitize.Quiet(ansi.Truncate(f.head[c.col], width, "…"))
	r := &run{op: model.Equal, text: text, old: at.old, new: at.new, style: s}
	return seg{run: r, to: len(text)}
}

// padTo is so many spaces before a run.
func padTo(n int, next *run) seg {
	text := strings.Repeat(" ", max(n, 0))
	return seg{run: &run{op: model.Equal, text: text, old: next.old, new: next.new, style: aside}, to: len(text)}
}

func (s seg) width() int {
	n := s.to - s.from
	if !sanitize.Plain(s.run.text[s.from:s.to]) {
		n = ansi.StringWidth(s.run.text[s.from:s.to])
	}
	if s.space {
		n++
	}
	return n
}

func (l line) width() int {
	n := 0
	for _, s := range l {
		n += s.width()
	}
	return n
}
