package redlineview

import (
	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/uax29/v2/graphemes"

	"fineprint/tui/sanitize"
)

// seg is a part of a run on a line; space: a space is before it.
type seg struct {
	run      *run
	from, to int
	space    bool
}

// line is one line of a column.
type line []seg

// start is where in the two texts a line begins; -1 for one that is empty.
func (l line) start() (old, new int) {
	if len(l) == 0 {
		return -1, -1
	}
	return l[0].run.at(l[0].from)
}

// wrapper fills lines of a width.
type wrapper struct {
	column int
	lines  []line
	segs   []seg // of all lines; those from begin on are of the line being filled
	begin  int
	width  int
}

// wrap breaks atoms lo to hi into lines.
func (f *flow) wrap(lo, hi, column int) []line {
	if len(f.cells) > 0 {
		return f.wrapTable(lo, hi, column)
	}
	if f.hang == 0 || column < 2*f.hang+minColumn/2 {
		return f.wrapText(lo, hi, column)
	}
	lines := f.wrapText(lo, hi, column-f.hang)
	for i, x := range lines {
		if lo > 0 || i > 0 {
			lines[i] = append(line{padTo(f.hang, x[0].run)}, x...)
		}
	}
	return lines
}

// wrapText breaks atoms lo to hi into lines: between atoms, inside one only when it
// is longer than a line, and never inside a grapheme.
func (f *flow) wrapText(lo, hi, column int) []line {
	w := wrapper{column: column}
	for i := lo; i < hi; i++ {
		a := &f.atoms[i]
		need := a.width
		spaced := a.gap == space && w.width > 0
		if spaced {
			need++
		}
		if w.width > 0 && (a.gap == brk || w.width+need > column) {
			w.emit()
			spaced = false
		}
		if spaced {
			w.width++
		}
		for k := a.lo; k < a.hi; k++ {
			r := &f.runs[k]
			if a.width <= column { // it fits by now
				w.segs = append(w.segs, seg{r, 0, len(r.text), spaced && k == a.lo})
				continue
			}
			w.long(r, spaced && k == a.lo)
		}
		if a.width <= column {
			w.width += a.width
		}
	}
	if len(w.segs) > w.begin {
		w.emit()
	}
	return w.lines
}

func (w *wrapper) emit() {
	w.lines = append(w.lines, line(w.segs[w.begin:len(w.segs):len(w.segs)]))
	w.begin, w.width = len(w.segs), 0
}

// long adds a run of an atom that is longer than a line, broken where each line
// is full.
func (w *wrapper) long(r *run, spaced bool) {
	from := 0
	add := func(to int) {
		if to > from {
			w.segs = append(w.segs, seg{r, from, to, spaced})
			from, spaced = to, false
		}
	}
	if sanitize.Plain(r.text) {
		for len(r.text)-from > w.column-w.width {
			add(from + w.column - w.width)
			w.emit()
		}
		w.width += len(r.text) - from
		add(len(r.text))
		return
	}
	for g := graphemes.FromString(r.text); g.Next(); {
		n := ansi.StringWidth(g.Value())
		if w.width+n > w.column && w.width > 0 {
			add(g.Start())
			w.emit()
		}
		w.width += n
	}
	add(len(r.text))
}
