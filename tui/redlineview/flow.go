package redlineview

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/uax29/v2/graphemes"

	"fineprint/store/model"
	"fineprint/store/text/redline"
	"fineprint/tui/markup"
	"fineprint/tui/sanitize"
	"fineprint/tui/theme"
)

// part is a span with how it is to be shown.
type part struct {
	op    model.Op
	text  string
	named bool // hidden characters by their names
	idle  bool // it changed and says nothing
	flags []flagged
}

// run is a piece of safe text of one operation, without a space inside.
type run struct {
	op       model.Op
	text     string
	old, new int  // where it begins in the two texts
	n        int  // how long it is there
	exact    bool // text is what is there, byte for byte
	idle     bool // it changed and says nothing
	style    markup.Style
	flag     flag
}

// aside is a style of the redline's own: it is of another place, shown so that
// this one can be read.
const aside markup.Style = 1 << 7

// flag is what detection marks a run's word as.
type flag uint8

// The flags.
const (
	noFlag flag = iota
	number
	negation
	modal
	date
	money
)

// at is where in the text of its side byte k of the run begins.
func (r *run) at(k int) (old, new int) {
	if !r.exact {
		k = min(k, r.n)
	}
	old, new = r.old, r.new
	if r.op != model.Insert {
		old += k
	}
	if r.op != model.Delete {
		new += k
	}
	return old, new
}

type gap uint8

const (
	seam  gap = iota // a line may break, between ideographs
	space            // a space, where a line may break
	brk              // the line breaks
)

// atom is what a line doesn't break inside of, if it fits in one: some runs.
type atom struct {
	lo, hi int // of the flow's runs
	width  int
	gap    gap // before it
}

// flow is what one column holds of a clause, ready to be wrapped.
type flow struct {
	runs   []run
	atoms  []atom
	before []int  // the cells before each atom, once they are asked for
	hang   int    // cells that lines after the first are indented by
	cells  []cell // of the rows of a table
	head   []string
	table  *markup.Table
}

type flowKey struct {
	item, para           int
	side                 Zoom // Both: inline
	ascii, shown, source bool
}

// key names a flow as the options want it.
func (o Options) key(item, para int, side Zoom) flowKey {
	return flowKey{item, para, side, o.Theme.ASCII, o.Shown, o.Source}
}

// lineBreaker makes a flow of parts: it finds where lines may break.
type lineBreaker struct {
	f            *flow
	ascii, shown bool
	oldSide      bool // what is in both texts is read in the old one
	inline       bool // both texts in one
	rendered     bool
	rewritten    bool              // the texts have nothing in common
	marks        [2][]markup.Piece // of the new and of the old text, those from here on
	targets      *targets
	bits         []bit
	row, col     int
	old, new     int // where the next byte is
	gap          gap
	fresh        bool // a gap is before what comes
	last         rune // of what was put last
}

// flow returns one side of a clause, or of a paragraph that is unchanged.
func (l *Layouter) flow(key flowKey) *flow {
	if f := l.flows[key]; f != nil {
		return f
	}
	b := lineBreaker{f: &flow{}, ascii: key.ascii, shown: key.shown || key.source, oldSide: key.side == OldOnly,
		inline: key.side == Both, rendered: !key.source, fresh: true, col: -1}
	var parts []part
	if it := l.items[key.item]; it.kind == unchangedItem {
		p := it.paras[key.para]
		b.new = p.from
		parts = []part{{op: model.Equal, text: l.d.NewText[p.from:p.to], named: b.shown}}
		if b.rendered {
			b.marks[0] = markup.Pieces(l.d.NewText[p.from:p.to], p.from, b.ascii)
		}
	} else {
		parts = l.clauseParts(&b, it.clause)
	}
	for _, p := range parts {
		if !(key.side == OldOnly && p.op == model.Insert || key.side == NewOnly && p.op == model.Delete) {
			b.part(p)
		}
		if p.op != model.Insert {
			b.old += len(p.text)
		}
		if p.op != model.Delete {
			b.new += len(p.text)
		}
	}
	if len(b.f.cells) > 0 {
		b.endCell()
	}
	l.finish(key, b.f)
	l.flows[key] = b.f
	return b.f
}

// clauseParts prepares the parts of a clause change.
func (l *Layouter) clauseParts(b *lineBreaker, clause int) []part {
	c := l.d.Change.Clauses[clause]
	if c.Old != nil {
		b.old = c.Old.Start
	}
	if c.New != nil {
		b.new = c.New.Start
	}
	parts := toParts(l.spans[clause], b.shown)
	if c.Material {
		flagParts(parts, l.flags(clause))
	}
	if b.rendered {
		r := l.read(clause, b.ascii)
		b.marks, b.targets = r.marks, &r.targets
		b.rewritten = !slices.ContainsFunc(parts, func(p part) bool { return p.op == model.Equal })
	}
	return parts
}

// toParts decides in which spans hidden characters are named: in all that are asked
// for, and where nothing else changed.
func toParts(spans []model.Span, shown bool) []part {
	parts := make([]part, len(spans))
	idle := redline.Idle(spans)
	for i, s := range spans {
		parts[i] = part{op: s.Op, text: s.Text, named: shown, idle: idle[i]}
	}
	for i := 0; i < len(parts); {
		j := i
		var sides [2]string
		for ; j < len(parts) && parts[j].op != model.Equal; j++ {
			if parts[j].op == model.Delete {
				sides[0] += parts[j].text
			} else {
				sides[1] += parts[j].text
			}
		}
		if i < j && sides[0] != sides[1] && seen(sides[0]) == seen(sides[1]) {
			for k := i; k < j; k++ {
				parts[k].named = true
			}
		}
		i = max(j, i+1)
	}
	return parts
}

// seen is what a reader sees of a text.
func seen(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case sanitize.Hidden(r):
			return -1
		case sanitize.Blank(r), r == '\n', r == '\t':
			return ' '
		}
		return r
	}, s)
}

// underline is how Markdown may mark a heading: a row of its own, which joined
// to the heading's words would look like a part of them.
var underline = regexp.MustCompile(`\n(-{3,}|={3,})[ \t]*$`)

// headingUnderline returns where in a text the row of its own begins that marks
// a heading, -1 when there is none.
func headingUnderline(text string) int {
	end := strings.TrimRight(text, " \t")
	if !strings.HasSuffix(end, "---") && !strings.HasSuffix(end, "===") {
		return -1
	}
	at := underline.FindStringIndex(text)
	if at == nil {
		return -1
	}
	return at[0] + 1
}

// bit is what a part is cut into: words between two spaces, a space, or what
// is in place of a mark.
type bit struct {
	from, to int // of the part
	kind     bitKind
	text     string // in place of what is there
	style    markup.Style
	flag     flag
}

type bitKind uint8

const (
	wordBit bitKind = iota
	spaceBit
	glyphBit
	breakBit
	cellBit // a cell of a table begins
	rowBit  // a row of a table begins
)

// part cuts a part at its spaces and marks, and puts what is shown of it.
func (b *lineBreaker) part(p part) {
	b.bits = b.bits[:0]
	b.cut(p)
	first, last := -1, -1
	for i, x := range b.bits {
		if x.kind == wordBit || x.kind == glyphBit {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	for i, x := range b.bits {
		switch x.kind {
		case spaceBit:
			b.space(space)
		case breakBit:
			b.space(brk)
		case cellBit:
			b.beginCell(x.text != "")
		case rowBit:
			b.beginRow()
		default:
			b.chunk(p, x, i == first, i == last)
		}
	}
}

// side is which text a part is read in, and where in it the part begins.
func (b *lineBreaker) side(op model.Op) (k, at int) {
	if op == model.Delete || op == model.Equal && b.oldSide {
		return 1, b.old
	}
	return 0, b.new
}

// cut cuts a part into bits.
func (b *lineBreaker) cut(p part) {
	k, base := b.side(p.op)
	under := -1
	if !b.rendered {
		under = headingUnderline(p.text)
	}
	marks := b.marks[k]
	for len(marks) > 0 && marks[0].End <= base {
		marks = marks[1:]
	}
	b.marks[k] = marks
	at := 0
	for _, m := range marks {
		from, to := max(m.Start-base, at), min(m.End-base, len(p.text))
		if from >= len(p.text) {
			break
		}
		if to <= from {
			continue
		}
		b.plain(p, at, from, 0, under)
		b.mark(p, m, from, to)
		at = to
	}
	b.plain(p, at, len(p.text), 0, under)
}

// mark cuts what a piece covers of a part.
func (b *lineBreaker) mark(p part, m markup.Piece, from, to int) {
	put := func(x bit) { b.bits = append(b.bits, x) }
	if m.Kind == markup.Hidden && !hasWords(p.text[from:to]) {
		return
	}
	if m.Kind != markup.Styled && (to-from < m.End-m.Start ||
		p.op == model.Equal && b.inline && !b.marksOld(from, to)) {
		b.plain(p, from, to, m.Style, -1) // a part of it changed, or it is no mark in both texts
		return
	}
	switch m.Kind {
	case markup.Styled:
		b.plain(p, from, to, m.Style, -1)
	case markup.Glyph:
		b.hang(m)
		b.glyph(from, to, m)
	case markup.Breaks:
		put(bit{from: from, to: to, kind: breakBit})
	case markup.Target:
		if b.shows(p.op, m) && !(m.Same && b.shown) {
			put(bit{from: from, to: from, kind: spaceBit})
			put(bit{from: from, to: to, kind: glyphBit, text: m.Text, style: m.Style})
		}
	case markup.NextRow:
		put(bit{from: from, to: to, kind: rowBit})
	case markup.Bar:
		changed := p.op != model.Equal && b.targets != nil && b.targets.both && !b.rewritten
		if !m.Same && !(changed && b.inline && p.op == model.Delete) {
			put(bit{from: from, to: to, kind: cellBit, text: m.Text})
		}
		if changed {
			put(bit{from: from, to: to, kind: glyphBit, text: "|"})
		}
	}
}

// hasWords reports whether marks have letters or digits in them, as tags do.
func hasWords(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

// marksOld reports whether what both texts have in a part is a mark in the old one,
// too.
func (b *lineBreaker) marksOld(from, to int) bool {
	if len(b.marks[1]) == 0 {
		return false
	}
	list := b.marks[1]
	k, _ := slices.BinarySearchFunc(list, b.old+from, func(m markup.Piece, at int) int { return m.End - 1 - at })
	return k < len(list) && list[k].Kind != markup.Styled && list[k].Start <= b.old+from && b.old+to <= list[k].End
}

// glyph puts what is shown in place of a mark; a space is one.
func (b *lineBreaker) glyph(from, to int, m markup.Piece) {
	if strings.TrimSpace(m.Text) == "" {
		b.bits = append(b.bits, bit{from: from, to: to, kind: spaceBit})
		return
	}
	text := strings.TrimRight(m.Text, " ")
	b.bits = append(b.bits, bit{from: from, to: to, kind: glyphBit, text: text, style: m.Style})
	if m.Style&(markup.Bullet|markup.Quoted) != 0 || len(text) < len(m.Text) {
		b.bits = append(b.bits, bit{from: from, to: to, kind: spaceBit})
	}
}

// hang indents what comes after a bullet's line.
func (b *lineBreaker) hang(m markup.Piece) {
	if m.Style&(markup.Bullet|markup.Quoted) != 0 && len(b.f.atoms) == 0 {
		b.f.hang += 2
	}
}

// plain cuts words at their spaces and where what is flagged begins and ends.
func (b *lineBreaker) plain(p part, from, to int, s markup.Style, under int) {
	flags := p.flags
	for at := from; at < to; {
		if spaceAt(p.text, at, p.text) {
			b.bits = append(b.bits, bit{from: at, to: at + 1, kind: spaceBit})
			at++
			continue
		}
		if at == under {
			b.bits = append(b.bits, bit{from: at, to: at, kind: breakBit})
		}
		var flag flag
		flag, flags = flagAt(flags, at)
		end := at + 1
		for end < to && !spaceAt(p.text, end, p.text) {
			if next, _ := flagAt(flags, end); next != flag {
				break
			}
			end++
		}
		b.word(p, bit{from: at, to: end, kind: wordBit, style: s, flag: flag})
		at = end
	}
}

// word puts a word, without the no-break spaces that it begins or ends with: as
// parts of it they would be struck out or underlined.
func (b *lineBreaker) word(p part, x bit) {
	const noBreak = "\u00a0"
	if !b.rendered || p.named || !strings.Contains(p.text[x.from:x.to], noBreak) {
		b.bits = append(b.bits, x)
		return
	}
	for strings.HasPrefix(p.text[x.from:x.to], noBreak) {
		b.bits = append(b.bits, bit{from: x.from, to: x.from + len(noBreak), kind: spaceBit})
		x.from += len(noBreak)
	}
	end := x.to
	for strings.HasSuffix(p.text[x.from:x.to], noBreak) {
		x.to -= len(noBreak)
	}
	if x.from < x.to {
		b.bits = append(b.bits, x)
	}
	if x.to < end {
		b.bits = append(b.bits, bit{from: x.to, to: end, kind: spaceBit})
	}
}

// spaceAt reports whether byte i of s, which all begins with, is shown as a
// space: a carriage return is only as a part of a line end.
func spaceAt(s string, i int, all string) bool {
	switch s[i] {
	case ' ', '\t', '\n':
		return true
	case '\r':
		return i+1 < len(all) && all[i+1] == '\n'
	}
	return false
}

func (b *lineBreaker) space(g gap) {
	if b.fresh {
		b.gap = max(b.gap, g)
		return
	}
	b.gap, b.fresh = g, true
}

// chunk puts what is between two spaces, cut where ideographs let a line
// break. In ASCII the first and last of a change are bracketed.
func (b *lineBreaker) chunk(p part, x bit, first, last bool) {
	src := p.text[x.from:x.to]
	before, after := "", ""
	if b.ascii && first {
		before = map[model.Op]string{model.Delete: theme.DeleteOpen, model.Insert: theme.InsertOpen}[p.op]
	}
	if b.ascii && last {
		after = map[model.Op]string{model.Delete: theme.DeleteClose, model.Insert: theme.InsertClose}[p.op]
	}
	put := func(piece string, at int, before, after string) {
		text := piece
		if x.kind == glyphBit {
			text = x.text
		}
		if !sanitize.Plain(text) {
			text = b.safe(text, p.named)
		}
		b.put(run{op: p.op, text: before + text + after, n: len(piece), exact: text == piece && before == "",
			idle: p.idle, style: x.style, flag: x.flag}, at)
	}
	if x.kind == glyphBit || sanitize.Plain(src) || !hasIdeographs(src) {
		put(src, x.from, before, after)
		return
	}
	start := 0
	var prev rune
	for g := graphemes.FromString(src); g.Next(); {
		r, _ := utf8.DecodeRuneInString(g.Value())
		if g.Start() > start && breakable(prev, r) {
			put(src[start:g.Start()], x.from+start, before, "")
			before, start = "", g.Start()
		}
		prev = r
	}
	put(src[start:], x.from+start, before, after)
}

func (b *lineBreaker) safe(s string, named bool) string {
	if named {
		return sanitize.Named(s, b.ascii)
	}
	s = sanitize.Quiet(s)
	if !b.rendered {
		return s
	}
	return strings.Map(func(r rune) rune {
		if sanitize.Blank(r) {
			return ' '
		}
		return r
	}, s)
}

// put adds a run, to the last atom unless a line may break before it. at is where
// in its part the run begins.
func (b *lineBreaker) put(r run, at int) {
	r.old, r.new = b.old, b.new
	if r.op != model.Insert {
		r.old += at
	}
	if r.op != model.Delete {
		r.new += at
	}
	if r.text == "" {
		return // what can't be seen
	}
	first, _ := utf8.DecodeRuneInString(r.text)
	if !b.fresh && breakable(b.last, first) {
		b.gap, b.fresh = seam, true
	}
	if n := len(b.f.runs); !b.fresh && !b.ascii && n > 0 && b.f.runs[n-1].op == model.Delete && r.op == model.Insert {
		b.gap, b.fresh = space, true // or the old word and the new one look like one
	}
	width := len(r.text)
	if !sanitize.Plain(r.text) {
		width = ansi.StringWidth(r.text)
	}
	f := b.f
	if b.fresh || len(f.atoms) == 0 {
		f.atoms = append(f.atoms, atom{lo: len(f.runs), hi: len(f.runs), gap: b.gap})
		b.gap, b.fresh = seam, false
	}
	f.runs = append(f.runs, r)
	a := &f.atoms[len(f.atoms)-1]
	a.hi, a.width = len(f.runs), a.width+width
	b.last, _ = utf8.DecodeLastRuneInString(r.text)
}

func hasIdeographs(s string) bool { return strings.IndexFunc(s, ideograph) >= 0 }

// ideograph reports whether r is of a script that is written without spaces
// between words, of characters that a line may break between.
func ideograph(r rune) bool {
	if r < 0x2e80 {
		return false
	}
	return r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef ||
		unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Yi)
}

// breakable reports whether a line may break between two characters that no
// space separates.
func breakable(before, after rune) bool {
	if !ideograph(before) && !ideograph(after) {
		return false
	}
	if unicode.In(after, unicode.Pe, unicode.Pf, unicode.Po, unicode.M) ||
		strings.ContainsRune("ーっゃゅょッャュョ々", after) {
		return false // never begins a line
	}
	return !unicode.In(before, unicode.Ps, unicode.Pi)
}
