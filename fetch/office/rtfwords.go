package office

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"
)

// elsewhere are the destinations that hold none of the document's words.
var elsewhere = map[string]bool{"colortbl": true, "info": true, "pict": true, "header": true, "headerl": true,
	"headerr": true, "headerf": true, "footer": true, "footerl": true, "footerr": true, "footerf": true, "object": true,
	"nonshppict": true, "annotation": true, "atnid": true, "atnauthor": true, "xe": true, "tc": true, "ftnsep": true,
	"ftnsepc": true, "ftncn": true, "aftnsep": true, "aftnsepc": true, "aftncn": true, "revtbl": true, "sp": true,
	"shprslt": true, "template": true, "listtable": true, "listoverridetable": true, "rsidtbl": true, "themedata": true,
	"pntxta": true, "pntxtb": true, "filetbl": true, "private": true, "bkmkstart": true, "bkmkend": true,
	"falt": true, "fontemb": true, "formfield": true, "datafield": true}

// characters are the control words that stand for one.
var characters = map[string]string{"emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
	"ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ", "tab": " ", "line": "\n",
	"zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f"}

// word obeys a control word.
func (r *rtf) word(word string, n int, given bool) {
	on := !given || n != 0
	s := &r.state
	switch text, isText := characters[word]; {
	case isText:
		r.text(text)
		return
	case elsewhere[word]:
		s.to = rtfNowhere
		return
	}
	switch word {
	case "u":
		r.character(n)
	case "uc":
		s.skips = min(max(n, 0), 16)
	case "par", "sect":
		r.endParagraph()
	case "page", "column":
	case "pard":
		s.table, s.heading = false, 0
	case "plain":
		s.look, s.hidden = look{}, false
	case "b":
		s.bold = on
	case "i":
		s.italic = on
	case "strike", "striked", "deleted":
		s.struck = on
	case "v", "webhidden":
		s.hidden = on
	case "super", "up":
		s.script = 1
	case "sub", "dn":
		s.script = -1
	case "nosupersub":
		s.script = 0
	case "outlinelevel":
		s.heading = headingOf(n)
	default:
		r.place(word, n)
	}
}

// place obeys control words that say where text goes, and in what code page it is.
func (r *rtf) place(word string, n int) {
	s := &r.state
	switch word {
	case "ansicpg":
		r.codePage = cmp.Or(codePage(n), r.codePage)
		s.codePage = r.codePage
	case "mac":
		r.codePage = "macintosh"
		s.codePage = r.codePage
	case "fonttbl":
		s.to = rtfFonts
	case "stylesheet":
		s.to = rtfStyles
	case "f":
		r.font = n
		if s.to != rtfFonts {
			s.codePage = cmp.Or(r.fonts[n], r.codePage)
		}
	case "fcharset":
		if page := fontCharsets[n]; s.to == rtfFonts && page != "" {
			r.fonts[r.font] = page
		}
	case "s":
		if s.to == rtfStyles {
			s.styleNo = n
		} else if h := r.styles[n]; h > 0 {
			s.heading = h
		}
	case "listtext", "pntext":
		r.label.Reset()
		s.to = rtfLabel
	case "field":
		s.field = true
	case "fldinst":
		r.link.Reset()
		s.to = rtfField
	case "fldrslt":
		s.to = rtfText
		if f := (&field{instruction: r.link.String()}); f.dropped() {
			s.to = rtfNowhere
		}
	case "shptxt":
		s.to = rtfText
	case "upr": // the same twice, of which the second is in Unicode
		s.to = rtfNowhere
	case "ud":
		s.to = rtfText
	case "footnote":
		r.beginNote()
	case "chftn":
		if s.note || len(r.outer) > 0 {
			return // within the note, which is numbered when it is written
		}
		l := s.look
		l.script = 1
		r.p.add(strconv.Itoa(len(r.notes)+1), l)
	default:
		r.tableWord(word)
	}
}

func (r *rtf) tableWord(word string) {
	switch word {
	case "intbl":
		r.state.table = true
	case "trowd":
		r.state.table, r.header = true, false
	case "trhdr":
		r.header = true
	case "cell", "nestcell":
		r.endCell()
	case "row", "nestrow":
		if len(r.row) > 0 {
			r.rows, r.row = append(r.rows, r.row), nil
		}
	}
}

// codePages are the code pages of Windows by their numbers.
var codePages = map[int]string{932: "shift_jis", 936: "gbk", 949: "euc-kr", 950: "big5", 874: "windows-874",
	10000: "macintosh", 10007: "x-mac-cyrillic", 866: "ibm866", 65001: "utf-8", 20866: "koi8-r"}

func codePage(n int) string {
	if page, ok := codePages[n]; ok {
		return page
	}
	if n >= 1250 && n <= 1258 {
		return "windows-" + strconv.Itoa(n)
	}
	return ""
}

// fontCharsets are code pages by the numbers that fonts have for them.
var fontCharsets = map[int]string{0: "windows-1252", 77: "macintosh", 128: "shift_jis", 129: "euc-kr", 134: "gbk",
	136: "big5", 161: "windows-1253", 162: "windows-1254", 163: "windows-1258", 177: "windows-1255",
	178: "windows-1256", 186: "windows-1257", 204: "windows-1251", 222: "windows-874", 238: "windows-1250"}

// endParagraph ends the paragraph at hand.
func (r *rtf) endParagraph() {
	p := r.p
	r.p = &paragraph{}
	p.heading = r.state.heading
	if label := strings.TrimSpace(r.label.String()); label != "" && !p.empty() {
		if isBullet(label) {
			p.bullet = 1
		} else {
			p.label = label
		}
	}
	r.label.Reset()
	if p.empty() {
		return
	}
	b := block{paragraph: p}
	switch {
	case len(r.outer) > 0:
		last := len(r.notes) - 1
		r.notes[last] = append(r.notes[last], b)
	case r.state.table:
		r.cell = append(r.cell, b)
	default:
		r.endTable()
		r.page.add(b)
	}
}

// isBullet reports whether the label of a paragraph is a mark and no number.
func isBullet(label string) bool {
	return label == "o" || !strings.ContainsFunc(label, func(c rune) bool {
		return unicode.IsDigit(c) || unicode.IsLetter(c)
	})
}

func (r *rtf) endCell() {
	r.state.table = true
	r.endParagraph()
	r.row = append(r.row, cell{blocks: r.cell, header: r.header})
	r.cell = nil
}

// endTable writes the table at hand, once something stands outside of it.
func (r *rtf) endTable() {
	if len(r.cell) > 0 || len(r.row) > 0 {
		r.rows = append(r.rows, append(r.row, cell{blocks: r.cell}))
	}
	if len(r.rows) > 0 {
		r.page.add(block{table: r.rows})
	}
	r.rows, r.row, r.cell = nil, nil, nil
}

// beginNote begins a note, which interrupts the paragraph that refers to it.
func (r *rtf) beginNote() {
	if len(r.notes) >= maxNotes || len(r.outer) > 0 {
		r.state.to = rtfNowhere
		return
	}
	r.state.note = true
	r.state.look = look{}
	r.outer = append(r.outer, r.p)
	r.p = &paragraph{}
	r.notes = append(r.notes, nil)
}

func (r *rtf) endNote() {
	r.endParagraph()
	if n := len(r.outer); n > 0 {
		r.p, r.outer = r.outer[n-1], r.outer[:n-1]
	}
}
