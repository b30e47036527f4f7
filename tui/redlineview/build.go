package redlineview

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/sanitize"
)

// block is what the rows of one item share.
type block struct {
	o           Options
	kind        model.Kind // "" for what is unchanged
	left, right int        // widths of the columns; right is 0 without a split
}

// layout is one Build.
type layout struct {
	*Layouter
	o           Options
	left, right int
	rows        []Row
	under       string // the text of the last heading row, "" when it can't be shared
	short       bool   // the last clause took one row
}

// Build lays the change out.
func (l *Layouter) Build(o Options) []Row {
	b := &layout{Layouter: l, o: o}
	b.columns()
	for i := 0; i < len(l.items); i++ {
		switch it := l.items[i]; it.kind {
		case unchangedItem:
			if o.Whole {
				b.unchanged(i)
			}
		case partnerItem:
			b.partner(i)
		default:
			if last := b.group(i); last > i {
				b.folded(i, last)
				i = last
			} else {
				b.clause(i)
			}
		}
	}
	if len(l.d.Change.Clauses) == 0 {
		b.add(Row{Item: -1, Last: -1, Clause: -1,
			text: o.Theme.Faint.Styled(b.fit("Only white space between the clauses differs."))})
	}
	return b.rows
}

// columns shares the width out.
func (b *layout) columns() {
	if !b.o.Split() {
		b.left, b.right = max(min(b.o.Width-2, maxColumn), 10), 0
		return
	}
	room, ratio := b.o.Width-6, b.o.Ratio
	if ratio == 0 {
		ratio = 50
	}
	left := max(minColumn, min(room*ratio/100, room-minColumn))
	b.left, b.right = min(left, maxColumn), min(room-left, maxColumn)
}

// fit cuts a line of ours at the width, showing that it was cut.
func (b *layout) fit(text string) string {
	return ansi.Truncate(text, b.o.Width, b.o.Theme.Ellipsis)
}

func (b *layout) add(r Row) {
	if r.block == nil {
		r.Old, r.New = -1, -1
	}
	if r.Clause >= 0 {
		r.temper(b.d.Change.Clauses[r.Clause])
		r.Edit = r.Stop
	}
	b.rows = append(b.rows, r)
}

// group returns the last of the immaterial clause changes that are folded in a
// row, beginning with i; i when it is alone.
func (b *layout) group(i int) int {
	last := i
	for k := i; k < len(b.items); k++ {
		switch it := b.items[k]; {
		case b.folds(k, b.o):
			last = k
		case it.kind == partnerItem && !b.away(it.clause), it.kind == unchangedItem && !b.o.Whole:
			// It has no row.
		default:
			return last
		}
	}
	return last
}

// away reports whether the place that a moved clause left has a row.
func (b *layout) away(clause int) bool {
	if b.d.Change.Clauses[clause].Material {
		return true
	}
	for k, it := range b.items {
		if it.kind == clauseItem && it.clause == clause {
			return b.open(k, b.o)
		}
	}
	return false
}

// folded adds the row in place of several immaterial clause changes.
func (b *layout) folded(i, last int) {
	counts, n := map[model.Reason]int{}, 0
	for k := i; k <= last; k++ {
		if b.folds(k, b.o) {
			counts[b.d.Change.Clauses[b.items[k].clause].Reason]++
			n++
		}
	}
	text := fmt.Sprintf("%d immaterial: %s", n, tally(counts))
	b.handle(Row{Item: i, Last: last, Clause: b.items[i].clause, Folded: true}, text)
}

// handle adds a row in place of what is folded.
func (b *layout) handle(r Row, text string) {
	sign := b.o.Theme.Ellipsis
	r.Head, r.label, r.sign = true, true, sign
	r.text = b.o.Theme.Folded.Styled(ansi.Truncate(text, b.o.Width-ansi.StringWidth(sign)-1, b.o.Theme.Ellipsis))
	b.under = ""
	b.add(r)
}

// unchanged adds paragraphs that didn't change, or the row they are folded into.
func (b *layout) unchanged(i int) {
	it := b.items[i]
	if !b.open(i, b.o) {
		words := "unchanged paragraphs"
		if len(it.paras) == 1 {
			words = "unchanged paragraph"
		}
		b.handle(Row{Item: i, Last: i, Clause: -1, Folded: true}, fmt.Sprintf("%d %s", len(it.paras), words))
		return
	}
	b.under = ""
	shared := &block{b.o, "", b.left, b.right}
	head := true
	for p := range it.paras {
		f := b.flow(b.o.key(i, p, Both))
		left := f.wrap(0, len(f.atoms), b.column())
		for _, x := range left {
			r := Row{Item: i, Last: i, Clause: -1, Head: head, block: shared, left: x}
			if b.right > 0 {
				r.right = x
			}
			_, r.New = x.start()
			r.Old, head = -1, false
			b.add(r)
		}
		b.add(Row{Item: i, Last: i, Clause: -1})
	}
}

// column is the width of text that both columns show in the same way.
func (b *layout) column() int {
	if b.right == 0 {
		return b.left
	}
	return min(b.left, b.right)
}

// clause lays out one clause change under its heading row, or under that of the
// clause before it when both would be the same.
func (b *layout) clause(i int) {
	c := b.d.Change.Clauses[b.items[i].clause]
	open := b.open(i, b.o)
	label, plainLabel := b.label(i)
	under := plainLabel + strings.Join(c.Heading, "\x00")
	n := b.notes[b.items[i].clause]
	shared := under == b.under && open && len(c.Marks) == 0 && c.Detail == "" && !n.any() && b.shows(c)
	row := Row{Item: i, Last: i, Clause: b.items[i].clause,
		Head: true, Material: c.Material, Stop: c.Material || open, Folded: !open}
	if shared {
		if b.short {
			b.rows = b.rows[:len(b.rows)-1] // the empty row after the clause before
		}
	} else {
		r := row
		r.label, r.sign = true, sign(c.Kind)
		r.text = label + b.o.Theme.Faint.Styled(b.where(c.Heading, b.o.Width-ansi.StringWidth(label)-2))
		b.add(r)
		row.Head, row.Stop = false, false
	}
	b.under = ""
	if !open {
		return
	}
	row.block = &block{b.o, c.Kind, b.left, b.right}
	before := len(b.rows)
	if b.o.Split() {
		b.sideBySide(row)
	} else {
		f := b.flow(b.o.key(i, 0, b.o.Zoom))
		for _, x := range f.wrap(0, len(f.atoms), b.left) {
			b.line(row, x, nil)
			row.Head, row.Stop = false, false
		}
	}
	if len(b.rows) == before && shared { // words that can't be seen
		b.line(row, nil, nil)
	}
	b.short = len(b.rows)-before == 1
	b.add(Row{Item: i, Last: i, Clause: row.Clause, Material: c.Material})
	b.under = under
}

// shows reports whether a clause has words on the sides that are shown.
func (b *layout) shows(c model.ClauseChange) bool {
	return b.o.Zoom == Both || b.o.Zoom == NewOnly && c.New != nil || b.o.Zoom == OldOnly && c.Old != nil
}

// line adds a row of words.
func (b *layout) line(r Row, left, right line) {
	r.left, r.right = left, right
	r.Old, r.New = left.start()
	if b.right > 0 {
		_, r.New = right.start()
	}
	switch {
	case len(right) > 0:
		r.first = right[0].run.op
	case len(left) > 0:
		r.first = left[0].run.op
	}
	b.add(r)
}

// sideBySide wraps both sides, and brings them level at the end and, once one
// runs ahead by maxDrift rows, at the next sentence.
func (b *layout) sideBySide(row Row) {
	old, new := b.flow(b.o.key(row.Item, 0, OldOnly)), b.flow(b.o.key(row.Item, 0, NewOnly))
	var fromOld, fromNew level
	flush := func(toOld, toNew level) {
		x, y := old.wrap(fromOld.atom, toOld.atom, b.left), new.wrap(fromNew.atom, toNew.atom, b.right)
		for k := range max(len(x), len(y)) {
			b.line(row, at(x, k), at(y, k))
			row.Head, row.Stop = false, false
		}
		fromOld, fromNew = toOld, toNew
	}
	for k := range min(len(old.levels), len(new.levels)) {
		x, y := old.levels[k], new.levels[k]
		drift := (x.cells-fromOld.cells)/b.left - (y.cells-fromNew.cells)/b.right
		if drift > maxDrift || -drift > maxDrift {
			flush(x, y)
		}
	}
	flush(level{atom: len(old.atoms)}, level{atom: len(new.atoms)})
}

func at(lines []line, k int) line {
	if k < len(lines) {
		return lines[k]
	}
	return nil
}

// partner adds the row that shows where a clause went from the place it left.
func (b *layout) partner(i int) {
	k := b.items[i].clause
	if !b.away(k) {
		return
	}
	c := b.d.Change.Clauses[k]
	to := "moved to " + b.path(c.Heading)
	words := []rune(sanitize.Quiet(strings.Join(strings.Fields(cut(b.d.OldText, c.Old)), " ")))
	quote := string(words[:min(len(words), 60)])
	if len(words) > 60 {
		quote += b.o.Theme.Ellipsis
	}
	b.under = ""
	b.add(Row{Item: i, Last: i, Clause: k, Head: true, Partner: true, Material: c.Material, label: true, sign: "<",
		text: b.o.Theme.Title.Styled(to) + b.o.Theme.Faint.Styled(fmt.Sprintf("  %q", quote))})
	b.add(Row{Item: i, Last: i, Clause: k, Material: c.Material})
}

// clipped leaves of each heading what a line may have room for.
func clipped(headings []string, width int) []string {
	out := make([]string, len(headings))
	for i, h := range headings {
		out[i] = sanitize.Clip(h, width)
	}
	return out
}

// path names headings, outermost first.
func (b *layout) path(headings []string) string {
	if len(headings) == 0 {
		return "the beginning"
	}
	return sanitize.Line(strings.Join(clipped(headings, b.o.Width), " > "))
}

// where names the headings above a clause, innermost ones first to stay when the
// room is short.
func (b *layout) where(headings []string, room int) string {
	headings = clipped(headings, b.o.Width)
	for i := range headings {
		path := sanitize.Line(strings.Join(headings[i:], " > "))
		if i > 0 {
			path = b.o.Theme.Ellipsis + " > " + path
		}
		if last := i == len(headings)-1; last || ansi.StringWidth(path)+2 <= room {
			return "  " + path
		}
	}
	return ""
}

// Path names the headings above an item in so many cells.
func (l *Layouter) Path(i, room int, o Options) string {
	b := &layout{Layouter: l, o: o}
	if i < 0 || i >= len(l.items) {
		return ""
	}
	return strings.TrimSpace(b.where(l.heading(i), room))
}
