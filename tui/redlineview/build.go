package redlineview

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/humanize"
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
	left, right int // widths of the columns; right is 0 without a split
	alone       int // width of text that stands alone
	rows        []Row
	under       string // the text of the last heading row, "" when it can't be shared
	heading     int    // which row that is
	first       int    // the item that it was made for
	short       bool   // the last clause took one row
	edits       []edit // of the clause that is laid out, those that no row has yet
}

// Build lays the change out.
func (l *Layouter) Build(o Options) []Row {
	b := &layout{Layouter: l, o: o}
	b.columns()
	b.noted(Row{Item: -1, Last: -1, Clause: -1}, OnChange)
	for i := 0; i < len(l.items); i++ {
		switch it := l.items[i]; {
		case it.kind == unchangedItem:
			if o.Whole {
				b.unchanged(i)
			}
		case it.kind == partnerItem:
			b.partner(i)
		case b.folds(i, o):
			last := b.group(i)
			b.folded(i, last)
			i = last
		default:
			b.clause(i)
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
	b.alone = max(min(b.o.Width-2, maxAlone), 10)
	if !b.o.Split() {
		b.left, b.right = b.alone, 0
		return
	}
	b.left, b.right = b.o.columns()
}

// columns are how wide the two columns are.
func (o Options) columns() (left, right int) {
	room, ratio := max(o.Width-6, 2*minColumn), o.Ratio
	if ratio == 0 {
		ratio = 50
	}
	left = max(minColumn, min(room*ratio/100, room-minColumn))
	return min(left, maxColumn), min(room-left, maxColumn)
}

// Bar is where the bar between the two columns is, -1 where there is one column.
func (o Options) Bar() int {
	if !o.Split() {
		return -1
	}
	left, _ := o.columns()
	return left + 3 // gutter, text and a space are before it
}

// fit cuts a line of ours at the width, showing that it was cut.
func (b *layout) fit(text string) string {
	return ansi.Truncate(text, b.o.Width, b.o.Theme.Ellipsis)
}

func (b *layout) add(r Row) {
	if r.block == nil && r.fold == 0 {
		r.Old, r.New = -1, -1
	}
	if r.Clause >= 0 {
		r.temper(b.d.Change.Clauses[r.Clause])
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

// folded adds the row in place of immaterial clause changes.
func (b *layout) folded(i, last int) {
	counts, n := map[model.Reason]int{}, 0
	for k := i; k <= last; k++ {
		if b.folds(k, b.o) {
			counts[b.d.Change.Clauses[b.items[k].clause].Reason]++
			n++
		}
	}
	text := fmt.Sprintf("%d noise (%s)", n, tally(counts))
	if b.o.NoiseKey != "" {
		text += "  " + b.o.NoiseKey + " show"
	}
	b.handle(Row{Item: i, Last: last, Clause: b.items[i].clause, Head: true, Folded: true}, text)
}

// handle adds a row in place of what is folded.
func (b *layout) handle(r Row, text string) {
	r.label = true
	text = b.o.Theme.Ellipsis + " " + text
	r.text = b.o.Theme.Folded.Styled(ansi.Truncate(text, b.o.Width-2, b.o.Theme.Ellipsis))
	if r.Head {
		b.under = ""
	}
	b.add(r)
}

// unchanged adds paragraphs that didn't change, or the row they are folded into.
func (b *layout) unchanged(i int) {
	it := b.items[i]
	if !b.open(i, b.o) {
		b.handle(Row{Item: i, Last: i, Clause: -1, Head: true, Folded: true},
			humanize.Count(len(it.paras), "unchanged paragraph"))
		return
	}
	b.under = ""
	shared := &block{b.o, "", b.alone, 0}
	head := true
	for p := range it.paras {
		f := b.flow(b.o.key(i, p, Both))
		for _, x := range f.wrap(0, len(f.atoms), b.alone) {
			r := Row{Item: i, Last: i, Clause: -1, Head: head, block: shared, left: x}
			_, r.New = x.start()
			r.Old, head = -1, false
			b.add(r)
		}
		b.add(Row{Item: i, Last: i, Clause: -1})
	}
}

// clause lays out one clause change under its heading row, or under that of the
// clause before it when both would be the same.
func (b *layout) clause(i int) {
	k := b.items[i].clause
	c := b.d.Change.Clauses[k]
	open := b.open(i, b.o)
	under := b.kind(i) + strings.Join(c.Heading, "\x00")
	n := b.notes[k]
	b.edits = b.Layouter.edits[k]
	shared := under == b.under && open && len(c.Marks) == 0 && c.Detail == "" && !n.any() && b.shows(c) &&
		(b.copies(k) == "" || b.under != "" && b.repeats(k)) && len(b.o.Notes[k]) == 0
	row := Row{Item: i, Last: i, Clause: k, Head: true, Material: c.Material, Stop: true, Number: b.numbers[k]}
	if shared {
		if b.short {
			b.rows = b.rows[:len(b.rows)-1] // the empty row after the clause before
		}
		b.rows[b.heading].text = b.label(b.first, i, 0)
	} else {
		b.heading, b.first = len(b.rows), i
		r := row
		r.label, r.text = true, b.label(i, i, 0)
		r.Folded = !open
		if len(b.edits) > 0 && (!open || b.edits[0].whole) {
			r.begins(b.edits[:1])
			b.edits = b.edits[1:]
		}
		b.add(r)
		row.Head, row.Stop, row.Number = false, false, 0
	}
	b.under = ""
	b.noted(row, k)
	before := len(b.rows)
	b.words(row)
	if open && len(b.edits) > 0 && !shared { // marks that no word shows
		b.rows[b.heading].begins(b.edits)
	}
	if len(b.rows) == before && shared { // words that can't be seen
		b.line(row, &block{b.o, c.Kind, b.alone, 0}, nil, nil)
	}
	b.short = len(b.rows)-before == 1
	if !open {
		b.rows[b.heading].text = b.label(i, i, len(b.rows)-before)
		b.rows = b.rows[:before]
	}
	b.add(Row{Item: i, Last: i, Clause: k, Material: c.Material})
	if open && len(c.Marks) == 0 && !n.any() && len(b.o.Notes[k]) == 0 {
		b.under = under
	}
}

// words adds the rows of a clause's words: those of one that was modified old beside
// new, where there are two columns.
func (b *layout) words(row Row) {
	c := b.d.Change.Clauses[row.Clause]
	shared := &block{b.o, c.Kind, b.alone, 0}
	switch {
	case c.Old == nil || c.New == nil || len(b.cuts[row.Clause]) == 0 || b.Layouter.edits[row.Clause][0].whole:
		f := b.flow(b.o.key(row.Item, 0, b.o.Zoom))
		for _, x := range f.wrap(0, len(f.atoms), b.alone) {
			b.line(row, shared, x, nil)
			row.Head, row.Stop, row.Number = false, false, 0
		}
	case b.o.Split():
		b.sideBySide(row)
	default:
		f := b.flow(b.o.key(row.Item, 0, b.o.Zoom))
		for _, p := range b.pieces(row) {
			if b.sentences(&row, p) {
				continue
			}
			for _, x := range f.wrap(f.atom(p.from), f.atom(p.to), b.alone) {
				b.line(row, shared, x, nil)
				row.Head, row.Stop, row.Number = false, false, 0
			}
		}
	}
}

// shows reports whether a clause has words on the sides that are shown.
func (b *layout) shows(c model.ClauseChange) bool {
	return b.o.Zoom == Both || b.o.Zoom == NewOnly && c.New != nil || b.o.Zoom == OldOnly && c.Old != nil
}

// line adds a row of words.
func (b *layout) line(r Row, shared *block, left, right line) {
	r.block, r.left, r.right = shared, left, right
	r.Old, r.New = left.start()
	if shared.right > 0 {
		_, r.New = right.start()
	}
	switch {
	case len(right) > 0:
		r.first = right[0].run.op
	case len(left) > 0:
		r.first = left[0].run.op
	}
	n := 0
	for n < len(b.edits) && b.edits[n].begunIn(left, right) {
		n++
	}
	r.begins(b.edits[:n])
	b.edits = b.edits[n:]
	b.add(r)
}

// begins makes a row the beginning of edits: of those that n stops at, the first of
// such that are the same.
func (r *Row) begins(edits []edit) {
	for _, e := range edits {
		if !e.again {
			r.Edit, r.Copies = true, max(r.Copies, e.copies)
		}
	}
}

// pieces are the parts of a clause: those that may be folded, and what is between them.
func (b *layout) pieces(row Row) []piece { return pieces(b.cuts[row.Clause]) }

// sentences adds the row in place of unchanged sentences, and reports whether they are
// folded.
func (b *layout) sentences(row *Row, p piece) bool {
	row.fold = p.fold
	if p.fold == 0 || b.o.unfolds(Fold{row.Item, p.fold}) {
		return false
	}
	r := *row
	r.Folded, r.Old, r.New = true, p.from.old, p.from.new
	text := humanize.Count(p.count, "unchanged sentence")
	if p.count == 0 {
		text = humanize.Count(len(strings.Fields(b.d.NewText[p.from.new:p.to.new])), "unchanged word")
	}
	if p.marks > 0 {
		text += fmt.Sprintf(", %d with other marks", p.marks)
	}
	b.handle(r, text)
	row.Head, row.Stop, row.Number = false, false, 0
	return true
}

// sideBySide wraps both sides, and brings them level wherever a sentence begins that
// both have and one side is ahead.
func (b *layout) sideBySide(row Row) {
	old, new := b.flow(b.o.key(row.Item, 0, OldOnly)), b.flow(b.o.key(row.Item, 0, NewOnly))
	shared := &block{b.o, b.d.Change.Clauses[row.Clause].Kind, b.left, b.right}
	var from point // atoms
	flush := func(to point) {
		x, y := old.wrap(from.old, to.old, b.left), new.wrap(from.new, to.new, b.right)
		for k := range max(len(x), len(y)) {
			b.line(row, shared, at(x, k), at(y, k))
			row.Head, row.Stop, row.Number = false, false, 0
		}
		from = to
	}
	cuts := b.cuts[row.Clause]
	for _, p := range b.pieces(row) {
		from = point{old.atom(p.from), new.atom(p.from)}
		for len(cuts) > 0 && cuts[0].to != p.to {
			to := point{old.atom(cuts[0].to), new.atom(cuts[0].to)}
			x := (old.cellsBefore(to.old) - old.cellsBefore(from.old)) / b.left
			y := (new.cellsBefore(to.new) - new.cellsBefore(from.new)) / b.right
			if cuts = cuts[1:]; x != y && !b.isFolded(row, p) {
				flush(to)
			}
		}
		cuts = cuts[min(1, len(cuts)):]
		if !b.sentences(&row, p) {
			flush(point{old.atom(p.to), new.atom(p.to)})
		}
	}
}

func (b *layout) isFolded(row Row, p piece) bool {
	return p.fold > 0 && !b.o.unfolds(Fold{row.Item, p.fold})
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
	to := "Moved to " + b.path(c.Heading)
	words := []rune(sanitize.Quiet(strings.Join(strings.Fields(cut(b.d.OldText, c.Old)), " ")))
	quote := string(words[:min(len(words), 60)])
	if len(words) > 60 {
		quote += b.o.Theme.Ellipsis
	}
	b.under = ""
	b.add(Row{Item: i, Last: i, Clause: k, Head: true, Partner: true, Material: c.Material, label: true,
		text: b.o.Theme.Title.Styled(to) + b.o.Theme.Faint.Styled(fmt.Sprintf("  %q", quote))})
	b.add(Row{Item: i, Last: i, Clause: k, Material: c.Material})
}

// Path names what happened to an item and the headings above it, in so many cells.
func (l *Layouter) Path(i, room int, o Options) string {
	b := &layout{Layouter: l, o: o}
	if i < 0 || i >= len(l.items) {
		return ""
	}
	kind := ""
	if l.items[i].kind == clauseItem {
		kind = strings.TrimSpace(b.numbersOf(i, i) + " " + b.kind(i))
		kind = ansi.Truncate(kind, room, o.Theme.Ellipsis)
	}
	return strings.TrimSpace(kind + b.where(l.heading(i), room-ansi.StringWidth(kind)))
}
