// Package redlineview lays a change out as rows: old on the left, new on the
// right, both inline, or one alone. There is one list of rows and one scroll
// position, so the columns can't drift apart.
//
// A [Layouter] compares a change's clauses once; [Layouter.Build] lays them out
// for a width and [Options], and is called again whenever those change. The text
// of a row is styled when it is drawn, because few of them ever are.
//
// It is pure: the same change, width and options give the same rows. Text is
// made safe here, before it is measured. It is not for keys, for scrolling or for
// what is decided about a change: those are the screen's that shows it.
//
// Invariants:
//   - No row is wider than the width that was asked for.
//   - Nothing disappears: with all unfolded, the old side of a clause's rows holds
//     all words of the old text in their order, the new side all of the new one; in
//     the source view every byte. What is rendered leaves out marks alone (package
//     markup). What is folded or can't be seen is counted in a row that is there.
//   - What changed is always shown: a link's target that changed in full, a hidden
//     character that changed by its name, marks that changed by a badge.
//   - What changed and says nothing ([redline.Idle]) is there, but dim.
//   - Colour is never alone: a row's gutter has - + ~ or, for a move, < >, and
//     marks the clause that is selected.
//   - Rows know where in the two texts they begin, so that a reader's place
//     survives every other layout ([Place], [RowOf]).
//
// Decision: clauses in a row that share heading and kind, and have no badges,
// share one heading row. Rewritten documents have hundreds of added list items,
// which took three rows each otherwise.
//
// Size: what a row holds, how it is drawn, found again and mapped are one model, the
// row; the parts that don't need it are files of functions that only it calls.
package redlineview

import (
	"maps"
	"slices"
	"strings"

	"fineprint/store/model"
	"fineprint/store/smallsort"
	"fineprint/store/text/guard"
	"fineprint/store/text/redline"
	"fineprint/tui/markup"
	"fineprint/tui/theme"
)

const (
	// MinSplit is how many columns a window has at least that both sides are shown in.
	MinSplit = 100
	// maxColumn caps the reading width of two columns in cells, maxAlone that of text
	// which stands alone; minColumn is the narrowest that a ratio may make a column.
	maxColumn, maxAlone, minColumn = 90, 100, 20
)

// Zoom is which sides are shown.
type Zoom uint8

// The zooms.
const (
	Both Zoom = iota
	NewOnly
	OldOnly
)

// Options are how to lay out.
type Options struct {
	Width      int
	Inline     bool // even where there is room for two columns
	Ratio      int  // the left column's part of the room in percent; 0: half
	Zoom       Zoom
	Whole      bool // unchanged text too
	Immaterial bool // unfold what is immaterial
	Unchanged  bool // unfold what is unchanged: sentences, and paragraphs where Whole shows them
	// Toggled are folded where they would be unfolded, and the other way round.
	Toggled map[Fold]bool
	Shown   bool // link targets and hidden characters
	Source  bool // the texts' bytes, not what their Markdown makes of them
	Theme   theme.Theme
	// Window is how many columns the window has, of which Width are for the text: it
	// decides whether there are two columns; 0: Width does.
	Window int
	// NoiseKey is the key that unfolds what is immaterial, "" where none does.
	NoiseKey string
	// Notes are what is noted on the clause changes, by their index, as it was given; on
	// the change as a whole by [OnChange].
	Notes map[int][]string
}

// Fold names what may be folded: an item (Row.Item), or unchanged sentences in it.
type Fold struct {
	Item int
	at   int // where the sentences are, 0 for the whole item
}

// Split reports whether the options show two columns.
func (o Options) Split() bool {
	return o.Zoom == Both && !o.Inline && max(o.Width, o.Window) >= MinSplit
}

// Row is one line of the screen.
type Row struct {
	Item, Last int  // which items it is of; Last differs where a row is in place of several
	Clause     int  // index of the clause change, -1 for unchanged text
	Head       bool // the item's first row
	Stop       bool // the first row of a clause change that is material or unfolded
	Material   bool
	Folded     bool // it is in place of what is folded
	Partner    bool // it shows where a moved clause went
	Edit       bool // it has the beginning of an edit: changed words, or a whole clause
	Copies     int  // how often that edit is made; only the first of them is an Edit
	Number     int  // the clause change's number on its Stop row, 0 where it has none (Layouter.Numbered)
	// Old and New are where in the two texts the row's words begin; -1 for a row
	// without words on that side.
	Old, New int

	text        string // of a row of ours, styled
	label       bool
	block       *block
	left, right line
	first       model.Op // of its first word
	heat        heat
	fold        int // which fold in the item it is of, 0 for none
}

type itemKind uint8

const (
	clauseItem itemKind = iota
	unchangedItem
	partnerItem
)

// item is what can be selected and folded: a clause change, a run of unchanged
// paragraphs, or the place that a clause was moved away from.
type item struct {
	kind     itemKind
	clause   int
	from, to int // of the new text, for what is unchanged
	paras    []paragraph
}

type paragraph struct{ from, to int }

// Layouter lays one change out.
type Layouter struct {
	d     model.ChangeDetail
	items []item
	spans [][]model.Span // by clause, as all that follow
	cuts  [][]stretch
	edits [][]edit
	notes []notes
	// numbers count the clause changes that n and p go to from 1 on, of how many.
	numbers  []int
	numbered int
	title    int // how many headings all clauses share that are the document's title
	flows    map[flowKey]*flow
	// What is found out when it is first shown: marks and what detection marked, by
	// clause, and the tables of the new and of the old text.
	readings map[readingKey]*reading
	flagged  map[int][][]flagged
	tables   [2][]*markup.Table
	shown    map[shownKey]*shown
	// outline are the sections, made when they are asked for first, and sections which
	// of them each clause is in.
	outline  []Section
	sections []int
}

// New makes a Layouter: it compares all clauses, so call it in a command.
func New(d model.ChangeDetail) *Layouter {
	l := &Layouter{d: d, flows: map[flowKey]*flow{}, readings: map[readingKey]*reading{},
		flagged: map[int][][]flagged{}, shown: map[shownKey]*shown{}}
	for _, c := range d.Change.Clauses {
		old, new := cut(d.OldText, c.Old), cut(d.NewText, c.New)
		spans := redline.Compare(old, new).Spans
		l.spans = append(l.spans, spans)
		var cuts []stretch
		if !l.isTableRow(c) { // which is not cut: its cells are beside each other
			cuts = stretches(c, old, new, spans)
		}
		l.cuts = append(l.cuts, cuts)
		l.edits = append(l.edits, edits(c, old, new, spans))
		n, _ := guard.Value(func() notes { return collectNotes(c, spans) }) // without notes where the words can't be read
		l.notes = append(l.notes, n)
	}
	l.arrange()
	l.countCopies()
	l.number()
	l.title = l.sharedTitle()
	return l
}

// arrange lists the items in reading order.
func (l *Layouter) arrange() {
	partners := l.partners()
	put := func(after int) {
		for _, i := range partners[after] {
			l.items = append(l.items, item{kind: partnerItem, clause: i})
		}
	}
	put(-1)
	at := 0
	for i, c := range l.d.Change.Clauses {
		if c.New != nil && c.New.Start >= at && c.New.End <= len(l.d.NewText) {
			l.unchanged(at, c.New.Start)
		}
		if c.New != nil {
			at = max(at, c.New.End)
		}
		l.items = append(l.items, item{kind: clauseItem, clause: i})
		put(i)
	}
	if at <= len(l.d.NewText) {
		l.unchanged(at, len(l.d.NewText))
	}
}

// unchanged adds a run of unchanged paragraphs, when there are any.
func (l *Layouter) unchanged(from, to int) {
	it := item{kind: unchangedItem, clause: -1, from: from, to: to}
	for at := from; at < to; {
		end := to
		if n := strings.Index(l.d.NewText[at:to], "\n\n"); n >= 0 {
			end = at + n
		}
		if strings.TrimSpace(l.d.NewText[at:end]) != "" {
			it.paras = append(it.paras, paragraph{at, end})
		}
		at = end + 2
	}
	if len(it.paras) > 0 {
		l.items = append(l.items, it)
	}
}

// moved reports whether a clause is elsewhere now.
func moved(c model.ClauseChange) bool {
	return c.Old != nil && c.New != nil && (c.Kind == model.Moved || len(c.OldHeading) > 0)
}

// partners lists, by the clause change (-1: before all) that they follow, the
// places that moved clauses went away from.
func (l *Layouter) partners() map[int][]int {
	type stay struct{ end, clause int }
	var stays []stay
	for i, c := range l.d.Change.Clauses {
		if c.Old != nil && !moved(c) {
			stays = append(stays, stay{c.Old.End, i})
		}
	}
	smallsort.By(stays, func(a, b stay) int { return a.end - b.end })
	out := map[int][]int{}
	for i, c := range l.d.Change.Clauses {
		if !moved(c) {
			continue
		}
		k, _ := slices.BinarySearchFunc(stays, c.Old.Start+1, func(s stay, start int) int { return s.end - start })
		after := -1
		if k > 0 {
			after = stays[k-1].clause
		}
		out[after] = append(out[after], i)
	}
	return out
}

// open reports whether an item is unfolded.
func (l *Layouter) open(i int, o Options) bool {
	is := true
	switch it := l.items[i]; {
	case it.kind == unchangedItem:
		is = o.Unchanged
	case it.kind == clauseItem && !l.d.Change.Clauses[it.clause].Material:
		is = o.Immaterial
	}
	return is != o.Toggled[Fold{Item: i}]
}

// folds reports whether a clause change is folded because it is immaterial.
func (l *Layouter) folds(i int, o Options) bool {
	it := l.items[i]
	return it.kind == clauseItem && !l.d.Change.Clauses[it.clause].Material && !l.open(i, o)
}

// Toggle folds or unfolds what a row is of, and reports whether there was
// anything to.
func (l *Layouter) Toggle(r Row, o *Options) bool {
	if r.Item < 0 || l.items[r.Item].kind == partnerItem {
		return false
	}
	if r.fold > 0 {
		o.toggle(Fold{r.Item, r.fold})
		return true
	}
	was := *o
	was.Toggled = maps.Clone(o.Toggled)
	for k := r.Item; k <= r.Last; k++ {
		if k == r.Item || l.folds(k, was) {
			o.toggle(Fold{Item: k})
		}
	}
	return true
}

func (o *Options) toggle(f Fold) {
	if o.Toggled == nil {
		o.Toggled = map[Fold]bool{}
	}
	o.Toggled[f] = !o.Toggled[f]
}

// Reveal unfolds the item of a place, and the sentences in it that hold the place. That
// of a partner is the clause that moved.
func (l *Layouter) Reveal(p Place, o *Options) {
	i := p.Item
	if l.items[i].kind == partnerItem {
		i = l.Partner(i)
	}
	if !l.open(i, *o) {
		o.toggle(Fold{Item: i})
	}
	if it := l.items[i]; it.kind == clauseItem && p.Pos >= 0 {
		for _, x := range pieces(l.cuts[it.clause]) {
			if x.fold > 0 && x.holds(p) && !o.unfolds(Fold{i, x.fold}) {
				o.toggle(Fold{i, x.fold})
			}
		}
	}
}

// unfolds reports whether unchanged sentences are shown.
func (o Options) unfolds(f Fold) bool { return o.Unchanged != o.Toggled[f] }

// holds reports whether a place is in a piece.
func (x piece) holds(p Place) bool {
	if p.Old {
		return x.from.old <= p.Pos && p.Pos < x.to.old
	}
	return x.from.new <= p.Pos && p.Pos < x.to.new
}

// Partner returns the other row of a moved clause: where it went from the place
// it left, and the other way round; -1 when there is none.
func (l *Layouter) Partner(i int) int {
	if i < 0 || i >= len(l.items) || l.items[i].kind == unchangedItem {
		return -1
	}
	for k, it := range l.items {
		if k != i && it.kind != unchangedItem && it.clause == l.items[i].clause {
			return k
		}
	}
	return -1
}

// heading is the path above an item, "" where it is not known.
func (l *Layouter) heading(i int) []string {
	switch it := l.items[i]; it.kind {
	case clauseItem:
		return l.d.Change.Clauses[it.clause].Heading
	case partnerItem:
		return was(l.d.Change.Clauses[it.clause])
	}
	return nil
}

func was(c model.ClauseChange) []string {
	if len(c.OldHeading) > 0 {
		return c.OldHeading
	}
	return c.Heading
}

func cut(text string, e *model.ByteRange) string {
	if e == nil || e.Start < 0 || e.End > len(text) || e.Start > e.End {
		return ""
	}
	return text[e.Start:e.End]
}

// Build lays a change out that is laid out once.
func Build(d model.ChangeDetail, o Options) []Row { return New(d).Build(o) }
