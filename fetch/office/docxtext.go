package office

import (
	"strings"
	"unicode/utf8"
)

// paragraph reads a paragraph, and the boxes of text that are anchored in it, which follow.
func (d *docx) paragraph(e *element, struck bool) ([]block, error) {
	properties := e.child("pPr")
	s := d.styles[properties.child("pStyle").attr("val")]
	p := &paragraph{heading: s.heading}
	if outline := properties.child("outlineLvl"); outline != nil {
		p.heading = headingOf(outline.number("val", 9))
	}
	if s.hidden {
		return nil, nil
	}
	t := &runs{d: d, p: p, style: s}
	t.walk(e, look{struck: struck})
	if t.err != nil {
		return nil, t.err
	}
	for n := len(d.fields); n > 0 && !d.fields[n-1].result; n-- { // else it would hide all that follows
		d.fields = d.fields[:n-1]
	}
	if !p.empty() {
		id, level := s.number, s.level
		if own := properties.child("numPr"); own != nil {
			if n := own.child("numId"); n != nil {
				id = n.attr("val")
			}
			level = own.child("ilvl").number("val", level)
		}
		p.label, p.bullet = d.numbers.next(id, level)
	}
	return append([]block{{paragraph: p}}, t.boxes...), nil
}

// runs reads what stands in a paragraph.
type runs struct {
	d     *docx
	p     *paragraph
	style style
	boxes []block
	err   error
}

// walk reads the children of an element in a paragraph.
func (t *runs) walk(e *element, l look) {
	for _, c := range e.children {
		if t.err != nil {
			return
		}
		switch c.name {
		case "r":
			t.run(c, l)
		case "ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "bdo", "dir", "oMathPara", "oMath",
			"rubyBase", "ruby", "sub", "sup", "num", "den", "e", "f", "sSub", "sSup", "d", "rad", "deg", "nary", "fName",
			"func":
			t.walk(c, l)
		case "del", "moveFrom":
			inner := l
			inner.struck = true
			t.walk(c, inner)
		case "hyperlink":
			inner := l
			if to := t.d.targets[c.attr("id")]; to.external {
				inner.href = to.address
			}
			t.walk(c, inner)
		case "fldSimple":
			f := field{instruction: c.attr("instr"), result: true}
			f.read()
			if !f.dropped() {
				inner := l
				inner.href = f.href
				t.walk(c, inner)
			}
		}
	}
}

// run reads a run: text that looks the same.
func (t *runs) run(e *element, l look) {
	properties := e.child("rPr")
	s := t.d.styles[properties.child("rStyle").attr("val")]
	if s.hidden && properties.child("vanish") == nil || isOn(properties.child("vanish")) ||
		isOn(properties.child("webHidden")) {
		return
	}
	l.bold = isOn(properties.child("b")) || properties.child("b") == nil && s.bold
	l.italic = isOn(properties.child("i"))
	l.struck = l.struck || isOn(properties.child("strike")) || isOn(properties.child("dstrike")) || s.struck
	switch properties.child("vertAlign").attr("val") {
	case "superscript":
		l.script = 1
	case "subscript":
		l.script = -1
	}
	for _, c := range e.children {
		t.piece(c, properties, l)
	}
}

// piece reads one part of a run.
func (t *runs) piece(c, properties *element, l look) {
	d := t.d
	switch c.name {
	case "fldChar":
		d.fieldMark(t, c, l)
		return
	case "instrText", "delInstrText":
		if n := len(d.fields); n > 0 && !d.fields[n-1].result {
			d.fields[n-1].instruction += c.words()
		}
		return
	}
	if !d.shown(&l) {
		return
	}
	switch c.name {
	case "t", "delText":
		t.p.add(strings.ReplaceAll(c.words(), "\n", " "), l)
	case "tab", "ptab":
		t.p.add(" ", l)
	case "br", "cr":
		if kind := c.attr("type"); kind == "" || kind == "textWrapping" {
			t.p.add("\n", l)
		}
	case "noBreakHyphen":
		t.p.add("\u2011", l)
	case "sym":
		t.p.add(symbol(c.attr("font"), c.attr("char")), l)
	case "footnoteReference", "endnoteReference":
		l.script = 1
		if c.attr("customMarkFollows") == "" {
			t.p.add(d.note(strings.TrimSuffix(c.name, "Reference")+c.attr("id")), l)
		}
	case "AlternateContent", "drawing", "pict", "object", "ruby":
		t.box(c, properties, l)
	}
}

// box reads the boxes of text in a drawing. Of two ways to draw one only the first counts.
func (t *runs) box(e, properties *element, l look) {
	switch e.name {
	case "txbxContent":
		blocks, err := t.d.among(e, l.struck)
		t.boxes, t.err = append(t.boxes, blocks...), err
		return
	case "AlternateContent":
		boxes, spans := len(t.boxes), len(t.p.spans)
		for _, way := range e.children {
			if t.box(way, properties, l); len(t.boxes) > boxes || len(t.p.spans) > spans || t.err != nil {
				return
			}
		}
		return
	case "rt":
		return
	case "r":
		t.run(e, l)
		return
	case "t", "sym":
		t.piece(e, properties, l)
		return
	}
	for _, c := range e.children {
		if t.err == nil {
			t.box(c, properties, l)
		}
	}
}

// maxFields bounds the fields that are open at a time.
const maxFields = 100

// fieldMark begins, turns or ends a field.
func (d *docx) fieldMark(t *runs, c *element, l look) {
	switch n := len(d.fields); c.attr("fldCharType") {
	case "begin":
		if box := c.child("ffData", "checkBox"); box != nil && d.shown(&l) {
			mark := box.child("checked")
			if mark == nil {
				mark = box.child("default")
			}
			if isOn(mark) {
				t.p.add("☒ ", l)
			} else {
				t.p.add("☐ ", l)
			}
		}
		if n < maxFields {
			d.fields = append(d.fields, field{})
		}
	case "separate":
		if n > 0 {
			d.fields[n-1].result = true
			d.fields[n-1].read()
		}
	case "end":
		if n > 0 {
			d.fields = d.fields[:n-1]
		}
	}
}

// shown reports whether text stands where it is seen: in no field's instruction and no
// result that is a page's number. It adds where the field links to.
func (d *docx) shown(l *look) bool {
	for _, f := range d.fields {
		if !f.result || f.dropped() {
			return false
		}
		if f.href != "" {
			l.href = f.href
		}
	}
	return true
}

// read finds where a field links to.
func (f *field) read() {
	words := strings.Fields(f.instruction)
	if len(words) < 2 || !strings.EqualFold(words[0], "HYPERLINK") {
		return
	}
	if to := strings.Trim(words[1], `"`); strings.Contains(to, ":") {
		f.href = to
	}
}

// dropped reports whether a field is the number of a page, which each printing changes.
func (f *field) dropped() bool {
	words := strings.Fields(f.instruction)
	if len(words) == 0 {
		return false
	}
	switch strings.ToUpper(words[0]) {
	case "PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES", "FORMCHECKBOX":
		return true
	}
	return false
}

// isOn reports whether a property is there and not switched off.
func isOn(e *element) bool {
	if e == nil {
		return false
	}
	switch e.attr("val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// symbols are the characters that fonts of symbols have at places of their own.
var symbols = map[string]map[int]rune{
	"wingdings": {0x6c: '●', 0x6e: '■', 0x6f: '☐', 0x71: '☐', 0x72: '☐', 0x78: '☒', 0xa7: '▪', 0xa8: '☐', 0xd8: '➢',
		0xe0: '→', 0xfb: '✗', 0xfc: '✓', 0xfd: '☒', 0xfe: '☑', 0x4a: '☺', 0x28: '☎', 0x2a: '✉', 0x9f: '•'},
	"wingdings 2": {0x50: '✓', 0x4f: '✗', 0x51: '☒', 0x52: '☑', 0x53: '☒', 0x54: '☒', 0xa3: '☐', 0x97: '●'},
	"webdings":    {0x61: '✓', 0x72: '✗', 0x63: '☐'},
	"symbol": {0xa3: '≤', 0xb3: '≥', 0xb0: '°', 0xb1: '±', 0xb4: '×', 0xb7: '•', 0xb8: '÷', 0xb9: '≠', 0xae: '→',
		0xd2: '®', 0xd3: '©', 0xd4: '™', 0xe2: '®', 0xe3: '©', 0xe4: '™', 0xbc: '…', 0xa2: '′', 0xb2: '″', 0x2d: '−'},
}

// symbol is a character of a font of symbols; one that is not known is a box, so that it is
// seen that there was one.
func symbol(font, code string) string {
	n := 0
	for _, c := range strings.ToLower(code) {
		switch {
		case c >= '0' && c <= '9':
			n = n<<4 | int(c-'0')
		case c >= 'a' && c <= 'f':
			n = n<<4 | int(c-'a'+10)
		}
		n &= 0x1fffff
	}
	if r, ok := symbols[strings.ToLower(font)][n&0xff]; ok {
		return string(r)
	}
	if n >= ' ' && n < 0xd800 && utf8.ValidRune(rune(n)) {
		return string(rune(n))
	}
	return "□"
}
