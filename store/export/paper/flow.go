package paper

import (
	"unicode"
	"unicode/utf8"
)

// Mark is what an edit did to text. It shows without colour, too: deleted text is
// struck through, inserted text underlined.
type Mark uint8

// The marks.
const (
	Kept Mark = iota
	Removed
	Added
)

// Run is text of one look. The zero values of its fields are text to read.
type Run struct {
	Text  string
	Face  Face
	Size  float64 // 0: 9.8
	Color Color   // zero: [Ink], or the mark's
	Mark  Mark
	URL   string // where it leads, "" for nowhere
	// Tight text, of hashes and the like, may be broken anywhere.
	Tight bool
}

const defaultSize = 9.8

// Block is how text stands on the page.
type Block struct {
	Indent  float64 // from the left
	Hang    float64 // more, for all lines but the first
	Width   float64 // 0: as far as the right margin
	Leading float64 // from line to line, 0: 1.5 times the size of the largest run
	Bar     *Color  // a bar along the left
	Fill    *Color  // behind the text
	Pad     float64 // of what is filled, over and under the text
	// Keep is how much must fit below the text's own first two lines.
	Keep float64
}

// glyph is a character where it will be drawn.
type glyph struct {
	c     rune
	face  Face
	run   int32
	width float32
}

// setLine is a line of glyphs.
type setLine struct {
	glyphs []glyph
	last   bool // of its paragraph
}

// glyphsOf returns what is drawn for runs; what can't be set is named.
func glyphsOf(runs []Run) []glyph {
	n := 0
	for i := range runs {
		n += len(runs[i].Text)
	}
	list := make([]glyph, 0, n)
	for i := range runs {
		r := &runs[i]
		if r.Size == 0 {
			r.Size = defaultSize
		}
		if r.Color == (Color{}) {
			r.Color = [...]Color{Ink, Deleted, Inserted}[r.Mark]
		}
		for _, c := range readable(r.Text) {
			face, width, _ := faceOf(c, r.Face)
			if c == '\n' {
				width = 0
			}
			list = append(list, glyph{c, face, int32(i), width * float32(r.Size)})
		}
	}
	return list
}

// gap is left where deleted words meet inserted ones.
const gap = 1.6

// lines breaks glyphs into lines of a width, the first of another.
func lines(glyphs []glyph, runs []Run, first, width float64) []setLine {
	var list []setLine
	for start := 0; start < len(glyphs); {
		end, next, last := breakAt(glyphs, runs, start, first)
		list = append(list, setLine{glyphs[start:end], last})
		start, first = next, width
	}
	return list
}

// breakAt returns where the line that begins at start ends, and where the next begins.
func breakAt(glyphs []glyph, runs []Run, start int, width float64) (end, next int, last bool) {
	var w float64
	brk := -1 // the line may end before this one
	for i := start; i < len(glyphs); i++ {
		g := &glyphs[i]
		if g.c == '\n' {
			return i, i + 1, true
		}
		if i > start && (runs[g.run].Tight || mayBreak(glyphs[i-1].c, g.c)) {
			brk = i
		}
		w += float64(g.width)
		if i > start && meets(glyphs, runs, i) {
			w += gap
		}
		if w <= width || g.c == ' ' || i == start {
			continue
		}
		if brk < 0 {
			return i, i, false // in the middle of a word longer than a line
		}
		end = brk
		for end > start && glyphs[end-1].c == ' ' {
			end--
		}
		return max(end, start), brk, false
	}
	return len(glyphs), len(glyphs), true
}

// mayBreak reports whether a line may end between two characters: after a space or a
// dash, and after a hyphen or a slash within a word, but not within FP-R-000077.
func mayBreak(before, after rune) bool {
	switch before {
	case ' ', '–', '—':
		return true
	case '-', '/', '\u2010':
		return unicode.IsLower(after)
	}
	return false
}

// meets reports whether deleted and inserted text meet before a glyph.
func meets(glyphs []glyph, runs []Run, i int) bool {
	a, b := runs[glyphs[i-1].run].Mark, runs[glyphs[i].run].Mark
	return a != b && a != Kept && b != Kept
}

// Text sets runs as a paragraph, or several where they have line breaks.
func (d *Document) Text(runs []Run, b Block) {
	glyphs := glyphsOf(runs)
	if len(glyphs) == 0 {
		return
	}
	size := 0.0
	for i := range runs {
		size = max(size, runs[i].Size)
	}
	if b.Leading == 0 {
		b.Leading = size * 1.5
	}
	if b.Width == 0 {
		b.Width = Width - b.Indent
	}
	set := lines(glyphs, runs, b.Width, b.Width-b.Hang)
	d.room(b.Leading*float64(min(len(set), 2)) + b.Keep + b.Pad)
	d.pad(b)
	for i, l := range set {
		if i == len(set)-2 && len(set) > 2 {
			d.room(2 * b.Leading) // no last line alone
		} else {
			d.room(b.Leading)
		}
		indent := b.Indent
		if i > 0 {
			indent += b.Hang
		}
		d.behind(b, b.Leading)
		d.drawLine(l.glyphs, runs, left+indent, d.y+b.Leading/2+size*0.36)
		d.y += b.Leading
	}
	d.pad(b)
}

// pad fills above the first line or below the last.
func (d *Document) pad(b Block) {
	if b.Pad > 0 {
		d.behind(b, b.Pad)
		d.y += b.Pad
	}
}

// behind draws what stands behind or beside a line.
func (d *Document) behind(b Block, height float64) {
	const pad = 10
	if b.Fill != nil {
		d.page.rects = append(d.page.rects, rect{x: left + b.Indent - pad, y: d.y, w: b.Width + 2*pad, h: height + 0.2,
			color: *b.Fill})
	}
	if b.Bar != nil {
		d.page.rects = append(d.page.rects, rect{x: left + b.Indent - pad - 2, y: d.y, w: 2, h: height + 0.2,
			color: *b.Bar})
	}
}

// drawLine draws glyphs from a place on the base line, those of one look at once.
func (d *Document) drawLine(glyphs []glyph, runs []Run, x, y float64) {
	for i := 0; i < len(glyphs); {
		if i > 0 && meets(glyphs, runs, i) {
			x += gap
		}
		first := glyphs[i]
		r := &runs[first.run]
		var s []byte
		var w, blank float64 // of all, and of the spaces that it begins with
		for ; i < len(glyphs) && glyphs[i].run == first.run && glyphs[i].face == first.face; i++ {
			s = utf8.AppendRune(s, glyphs[i].c)
			if w == blank && glyphs[i].c == ' ' {
				blank += float64(glyphs[i].width)
			}
			w += float64(glyphs[i].width)
		}
		d.page.texts = append(d.page.texts, text{x, y, first.face, r.Size, r.Color, string(s)})
		if blank == w {
			blank = 0 // nothing but spaces: they are the edit
		}
		d.decorate(r, x+blank, y, w-blank)
		x += w
	}
}

// decorate strikes through, underlines and links.
func (d *Document) decorate(r *Run, x, y, w float64) {
	switch {
	case r.Mark == Removed:
		d.page.rects = append(d.page.rects, rect{x: x, y: y - r.Size*0.29, w: w, h: 0.8, color: r.Color})
	case r.Mark == Added:
		d.page.rects = append(d.page.rects, rect{x: x, y: y + r.Size*0.14, w: w, h: 0.8, color: r.Color})
	case r.URL != "":
		d.page.rects = append(d.page.rects, rect{x: x, y: y + r.Size*0.14, w: w, h: 0.4, color: r.Color})
	}
	if r.URL != "" {
		d.page.links = append(d.page.links, link{x, y - r.Size, w, r.Size * 1.3, r.URL})
	}
}

// Heading sets a heading of a section, and puts it into the outline. Keep is how much of
// what follows must fit below it.
func (d *Document) Heading(s string, keep float64) {
	d.Space(17)
	d.room(28 + keep)
	d.Bookmark(1, s)
	d.Text([]Run{{Text: s, Face: Bold, Size: 12.5, Color: Accent}}, Block{Leading: 17, Keep: min(keep, 30)})
	d.page.rects = append(d.page.rects, rect{x: left, y: d.y + 2, w: Width, h: 0.5, color: Rule})
	d.y += 9
}

// Line draws a thin line across.
func (d *Document) Line() {
	d.room(1)
	d.page.rects = append(d.page.rects, rect{x: left, y: d.y, w: Width, h: 0.6, color: Rule})
	d.y++
}

// Chip is a word or two in a frame.
type Chip struct {
	Label, Value string
	Color        Color
	Filled       bool
}

// Chips sets chips beside each other.
func (d *Document) Chips(list []Chip) {
	const size, height, pad, between = 8.0, 18.0, 7.0, 7.0
	d.room(height)
	x := left
	for _, c := range list {
		label := fit(c.Label, Sans, size, Width/2)
		value := fit(c.Value, Bold, size, Width/2-3*pad)
		w := 2*pad + widthOf(label, Sans, size) + 5 + widthOf(value, Bold, size)
		if x+w > right && x > left {
			x = left
			d.y += height + between
			d.room(height)
		}
		r := rect{x: x, y: d.y, w: w, h: height, color: c.Color, round: 3.5}
		light, dark := Muted, c.Color
		if c.Filled {
			light, dark = Color{0xff, 0xff, 0xff}, Color{0xff, 0xff, 0xff}
		} else {
			r.line = 0.7
		}
		d.page.rects = append(d.page.rects, r)
		base := d.y + height/2 + size*0.36
		d.page.texts = append(d.page.texts, text{x + pad, base, Sans, size, light, label},
			text{x + pad + widthOf(label, Sans, size) + 5, base, Bold, size, dark, value})
		x += w + between
	}
	d.y += height
}

// Fact sets a name beside its value, a line each when the name is long.
func (d *Document) Fact(label string, value []Run, indent float64) {
	const column, size, leading = 138.0, 8.5, 13.0
	names := []Run{{Text: label, Face: Sans, Size: size, Color: Muted}}
	named := lines(glyphsOf(names), names, column-12, column-12)
	d.room(leading * float64(min(max(len(named), 2), 4))) // so that the value begins beside it
	page, y := d.page, d.y
	for i, l := range named {
		d.drawLine(l.glyphs, names, left+indent, y+float64(i)*leading+leading/2+size*0.36)
	}
	d.Text(value, Block{Indent: indent + column, Leading: leading})
	if d.page == page {
		d.y = max(d.y, y+float64(len(named))*leading)
	}
}
