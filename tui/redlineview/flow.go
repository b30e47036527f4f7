package redlineview

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/uax29/v2/graphemes"

	"fineprint/store/model"
	"fineprint/store/text/redline"
	"fineprint/tui/sanitize"
	"fineprint/tui/theme"
)

// part is a span with how it is to be shown.
type part struct {
	op    model.Op
	text  string
	named bool // hidden characters by their names
	idle  bool // it changed and says nothing, see redline.Idle
}

// run is a piece of safe text of one operation, without a space inside.
type run struct {
	op       model.Op
	text     string
	old, new int  // where it begins in the two texts
	n        int  // how long it is there
	exact    bool // text is what is there, byte for byte
	short    bool // text is in place of a link's target
	idle     bool // it changed and says nothing
	style    style
	flag     flag
}

// style is how Markdown marks a run up; styles are added up.
type style uint8

// The styles.
const (
	bold style = 1 << iota
	italic
	heading
	link
	bullet
	code
	quoted
)

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
	before []int // the cells before each atom, once they are asked for
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
	b := lineBreaker{f: &flow{}, ascii: key.ascii, shown: key.shown, fresh: true}
	var parts []part
	if it := l.items[key.item]; it.kind == unchangedItem {
		p := it.paras[key.para]
		b.new = p.from
		parts = []part{{op: model.Equal, text: l.d.NewText[p.from:p.to], named: key.shown}}
	} else {
		c := l.d.Change.Clauses[it.clause]
		if c.Old != nil {
			b.old = c.Old.Start
		}
		if c.New != nil {
			b.new = c.New.Start
		}
		parts = toParts(l.spans[it.clause], key.shown)
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
	l.flows[key] = b.f
	return b.f
}

// toParts decides in which spans hidden characters are named: in all that are asked
// for, and where nothing else changed.
func toParts(spans []model.Span, shown bool) []part {
	parts := make([]part, len(spans))
	idle := redline.Idle(spans)
	for i, s := range spans {
		parts[i] = part{s.Op, s.Text, shown, idle[i]}
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

// part cuts a part at its spaces.
func (b *lineBreaker) part(p part) {
	under := headingUnderline(p.text)
	words := p.text
	for len(words) > 0 && spaceAt(words, len(words)-1, p.text) {
		words = words[:len(words)-1]
	}
	opened := false
	for at := 0; at < len(words); {
		if spaceAt(words, at, p.text) {
			b.space(space)
			at++
			continue
		}
		if at == under {
			b.space(brk)
		}
		if n := b.target(p, words, at); n > 0 {
			at += n
			continue
		}
		end := wordEnd(p, words, at)
		b.chunk(p, at, end, !opened, end == len(words))
		opened, at = true, end
	}
	if len(words) < len(p.text) {
		b.space(space)
	}
}

// wordEnd returns where the word at a byte ends: at a space, or before a link's
// target.
func wordEnd(p part, words string, at int) int {
	end := at + 1
	for end < len(words) && !spaceAt(words, end, p.text) && !targetAt(words, end) {
		end++
	}
	return end
}

// targetAt reports whether a link's target may begin at a byte.
func targetAt(words string, at int) bool { return at > 0 && words[at] == '(' && words[at-1] == ']' }

// target puts the link's target at a byte, shortened, and returns its length; 0
// when there is none to be shortened.
func (b *lineBreaker) target(p part, words string, at int) int {
	if !targetAt(words, at) || p.op != model.Equal || b.shown {
		return 0
	}
	n, text := shortened(words[at:min(len(words), at+longestTarget)], b.ascii)
	if n > 0 {
		b.put(run{op: p.op, text: text, n: n, short: true}, at)
	}
	return n
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

// longestTarget is how far the end of a link's target is looked for.
const longestTarget = 4096

// shortened is what is shown of a link's target that didn't change, and how long
// the target is; 0 when it is none or short anyway.
func shortened(s string, ascii bool) (n int, text string) {
	if n = redline.LinkTarget(s); n < 8 {
		return 0, ""
	}
	if ascii {
		return n, "(...)"
	}
	return n, "(…)"
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
func (b *lineBreaker) chunk(p part, from, to int, first, last bool) {
	src := p.text[from:to]
	before, after := "", ""
	if b.ascii && first {
		before = map[model.Op]string{model.Delete: theme.DeleteOpen, model.Insert: theme.InsertOpen}[p.op]
	}
	if b.ascii && last {
		after = map[model.Op]string{model.Delete: theme.DeleteClose, model.Insert: theme.InsertClose}[p.op]
	}
	put := func(piece string, at int, before, after string) {
		text := piece
		if !sanitize.Plain(piece) {
			text = b.safe(piece, p.named)
		}
		b.put(run{op: p.op, text: before + text + after, n: len(piece), exact: text == piece && before == "",
			idle: p.idle}, at)
	}
	if sanitize.Plain(src) || !hasIdeographs(src) {
		put(src, from, before, after)
		return
	}
	start := 0
	var prev rune
	for g := graphemes.FromString(src); g.Next(); {
		r, _ := utf8.DecodeRuneInString(g.Value())
		if g.Start() > start && breakable(prev, r) {
			put(src[start:g.Start()], from+start, before, "")
			before, start = "", g.Start()
		}
		prev = r
	}
	put(src[start:], from+start, before, after)
}

func (b *lineBreaker) safe(s string, named bool) string {
	if named {
		return sanitize.Named(s, b.ascii)
	}
	return sanitize.Quiet(s)
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
