package redlineview

import (
	"strings"

	"fineprint/store/model"
	"fineprint/tui/markup"
)

// reading is what the Markdown of a clause change's two texts was found to be.
type reading struct {
	marks   [2][]markup.Piece // of the new and of the old text
	targets targets
	unseen  bool // a mark came or went that no word on the screen shows
}

// targets are where the links of the two texts lead.
type targets struct {
	both bool // there are two texts
	of   [2]map[string]bool
}

// read finds the marks of a clause change's texts, once.
func (l *Layouter) read(clause int, ascii bool) *reading {
	key := readingKey{clause, ascii}
	if r := l.readings[key]; r != nil {
		return r
	}
	c := l.d.Change.Clauses[clause]
	r := &reading{}
	for k, text := range []string{cut(l.d.NewText, c.New), cut(l.d.OldText, c.Old)} {
		e := c.New
		if k == 1 {
			e = c.Old
		}
		if text != "" {
			r.marks[k] = markup.Readable(text, e.Start, ascii)
		}
	}
	r.targets = targetsOf(r.marks)
	r.targets.both = c.Old != nil && c.New != nil
	r.unseen = r.targets.both && l.unseen(clause, r)
	l.readings[key] = r
	return r
}

type readingKey struct {
	clause int
	ascii  bool
}

func targetsOf(marks [2][]markup.Piece) targets {
	var t targets
	for k, list := range marks {
		t.of[k] = map[string]bool{}
		for _, p := range list {
			if p.Kind == markup.Target {
				t.of[k][p.Text] = true
			}
		}
	}
	return t
}

// shows reports whether a link's target is shown: where it is asked for, or where
// it changed. A link that came or went with all its words did not change.
func (b *lineBreaker) shows(op model.Op, m markup.Piece) bool {
	switch {
	case b.shown:
		return true
	case op == model.Equal || b.targets == nil || !b.targets.both:
		return false
	}
	k, base := b.side(op)
	if m.Words < base && m.Words < m.Start {
		return true // it begins before what changed
	}
	if m.Words == m.Start {
		return false // it has no words: nobody can follow it
	}
	if b.targets.of[1-k][m.Text] {
		return false
	}
	for other := range b.targets.of[1-k] {
		if !b.targets.of[k][other] {
			return true
		}
	}
	return false
}

// unseen reports whether a place of a clause changed of which nothing is shown.
func (l *Layouter) unseen(clause int, r *reading) bool {
	c := l.d.Change.Clauses[clause]
	b := lineBreaker{f: &flow{}, rendered: true, marks: r.marks, targets: &r.targets, col: -1, old: c.Old.Start,
		new: c.New.Start}
	spans := l.spans[clause]
	for i := 0; i < len(spans); {
		seen, marked := false, false
		j := i
		for ; j < len(spans) && (j == i || spans[j].Op != model.Equal && spans[i].Op != model.Equal); j++ {
			s := spans[j]
			if s.Op != model.Equal {
				b.bits = b.bits[:0]
				b.cut(part{op: s.Op, text: s.Text})
				marked = marked || strings.Trim(s.Text, "![ \t\n") != ""
				for _, x := range b.bits {
					seen = seen || x.kind == wordBit || x.kind == glyphBit
				}
			}
			if s.Op != model.Insert {
				b.old += len(s.Text)
			}
			if s.Op != model.Delete {
				b.new += len(s.Text)
			}
		}
		if marked && !seen {
			return true
		}
		i = j
	}
	return false
}

// finish gives a flow that holds rows the table they are of.
func (l *Layouter) finish(key flowKey, f *flow) {
	if len(f.cells) == 0 || len(f.atoms) == 0 {
		f.cells = nil
		return
	}
	old, at := key.side == OldOnly, 0
	if it := l.items[key.item]; it.kind == unchangedItem {
		old, at = false, f.runs[0].new
	} else if c := l.d.Change.Clauses[it.clause]; c.New == nil || old && c.Old != nil {
		old, at = true, c.Old.Start
	} else {
		old, at = false, c.New.Start
	}
	f.table = l.tableAt(old, at)
	if first := f.cells[0]; first.col >= 0 && at >= f.table.HeadEnd {
		f.head = f.table.Head
	}
}

// beginRow begins a row of a table, or what comes after one.
func (b *lineBreaker) beginRow() {
	b.endCell()
	b.row++
	b.col = -1
	b.f.cells = append(b.f.cells, cell{lo: len(b.f.atoms), row: b.row, col: -1})
	b.space(brk)
}

// beginCell begins a cell of a row.
func (b *lineBreaker) beginCell(first bool) {
	b.endCell()
	b.col++
	if first {
		b.row, b.col = b.row+1, 0
	}
	b.f.cells = append(b.f.cells, cell{lo: len(b.f.atoms), row: b.row, col: b.col})
	b.space(brk)
}

// endCell ends the cell that was begun last, or what is before the first.
func (b *lineBreaker) endCell() {
	n, end := len(b.f.cells), len(b.f.atoms)
	switch {
	case n == 0 && end > 0:
		b.f.cells = append(b.f.cells, cell{hi: end, row: -1, col: -1})
	case n > 0 && b.f.cells[n-1].lo == end:
		b.f.cells = b.f.cells[:n-1]
	case n > 0:
		b.f.cells[n-1].hi = end
	}
}
