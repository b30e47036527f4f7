package office

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/htmlindex"

	"fineprint/fetch/bounds"
)

const (
	// maxGroups bounds how deep groups of RTF are nested: Word allows far fewer.
	maxGroups = 500
	// checkEvery is after how many control words the time is looked at.
	checkEvery = 4096
)

// rtf reads rich text: text with control words in groups, each of which changes a copy of
// the state that ends with it.
type rtf struct {
	body      []byte
	i         int
	state     rtfState
	stack     []rtfState
	codePage  string         // of the document
	fonts     map[int]string // code pages by font
	styles    map[int]int    // headings by style
	font      int            // of the table of fonts, at hand
	page      *page
	p         *paragraph
	bytes     []byte // in a code page, not decoded yet
	surrogate rune   // the first half of a character
	skip      int    // characters that stand for one that was read already
	label     strings.Builder
	link      strings.Builder
	style     strings.Builder
	rows      [][]cell
	row       []cell
	cell      []block
	header    bool // the row at hand is one of headings
	notes     [][]block
	outer     []*paragraph // of those in whose notes we are
	deadline  time.Time
}

// rtfState is what a group changes.
type rtfState struct {
	look
	to       rtfPlace
	codePage string
	skips    int // characters after one in Unicode
	hidden   bool
	table    bool
	heading  int
	styleNo  int
	note     bool // the group began a note
	field    bool // the group began a field
}

// rtfPlace is where text goes.
type rtfPlace int

const (
	rtfText rtfPlace = iota
	rtfNowhere
	rtfFonts
	rtfStyles
	rtfLabel // the number of a paragraph in a list, as the program wrote it
	rtfField // what a field says to do
)

func fromRTF(body []byte, deadline time.Time) ([]byte, error) {
	r := &rtf{body: body, codePage: "windows-1252", fonts: map[int]string{}, styles: map[int]int{}, page: newPage(len(body)), p: &paragraph{},
		state: rtfState{codePage: "windows-1252", skips: 1}, deadline: deadline}
	if err := r.read(); err != nil {
		return nil, err
	}
	r.endParagraph()
	r.endTable()
	for i, note := range r.notes {
		for _, b := range note {
			if b.paragraph != nil && !b.paragraph.empty() {
				b.paragraph.spans = append([]span{{strconv.Itoa(i + 1), look{script: 1}}, {" ", look{}}},
					b.paragraph.spans...)
				break
			}
		}
		r.page.add(note...)
	}
	return r.page.end()
}

func (r *rtf) read() error {
	for steps := 0; r.i < len(r.body); steps++ {
		if steps%checkEvery == 0 && time.Now().After(r.deadline) {
			return bounds.ErrTime()
		}
		c := r.body[r.i]
		r.i++
		switch c {
		case '{':
			r.flush()
			if len(r.stack) >= maxGroups {
				return fmt.Errorf("%w: its groups are nested deeper than %d", bounds.ErrTooMuch, maxGroups)
			}
			r.stack = append(r.stack, r.state)
			r.state.note, r.state.field = false, false
		case '}':
			r.flush()
			if len(r.stack) == 0 {
				return nil // what follows the document's own group is none of it
			}
			r.endGroup()
			if len(r.stack) == 0 {
				return nil
			}
		case '\\':
			r.control()
		case '\r', '\n', 0:
		default:
			r.char(c)
		}
		if r.page.err != nil {
			return r.page.err
		}
	}
	if len(r.stack) > 0 {
		return fmt.Errorf("%w: it is cut off", ErrDamaged)
	}
	return nil
}

func (r *rtf) endGroup() {
	ended := r.state
	r.state = r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
	r.skip = 0
	switch {
	case ended.note:
		r.endNote()
	case ended.field:
		r.link.Reset()
	case ended.to == rtfStyles && r.style.Len() > 0:
		name := strings.TrimSuffix(strings.TrimSpace(r.style.String()), ";")
		if n := headingName(name); n > 0 {
			r.styles[ended.styleNo] = n
		}
		r.style.Reset()
	}
}

// char takes a byte of text.
func (r *rtf) char(c byte) {
	if r.skip > 0 {
		r.skip--
		return
	}
	r.bytes = append(r.bytes, c)
}

// flush decodes the bytes at hand: those of a character of two may come one by one.
func (r *rtf) flush() {
	if len(r.bytes) == 0 {
		return
	}
	text := string(r.bytes)
	if e, err := htmlindex.Get(r.state.codePage); err == nil && !isASCII(r.bytes) {
		if decoded, err := e.NewDecoder().Bytes(r.bytes); err == nil {
			text = string(decoded)
		}
	}
	r.bytes = r.bytes[:0]
	r.text(text)
}

func isASCII(b []byte) bool {
	return !bytes.ContainsFunc(b, func(c rune) bool { return c >= 0x80 })
}

// text takes characters to where they belong.
func (r *rtf) text(s string) {
	switch r.state.to {
	case rtfText:
		if !r.state.hidden {
			l := r.state.look
			l.href = r.href()
			r.p.add(s, l)
		}
	case rtfLabel:
		r.label.WriteString(s)
	case rtfField:
		r.link.WriteString(s)
	case rtfStyles:
		r.style.WriteString(s)
	}
}

// href is where the field at hand links to.
func (r *rtf) href() string {
	if r.link.Len() == 0 {
		return ""
	}
	f := field{instruction: r.link.String()}
	f.read()
	return f.href
}

// control reads a control word or symbol after its backslash.
func (r *rtf) control() {
	if r.i >= len(r.body) {
		return
	}
	c := r.body[r.i]
	if !isLetter(c) {
		r.i++
		r.symbol(c)
		return
	}
	start := r.i
	for r.i < len(r.body) && isLetter(r.body[r.i]) && r.i-start < 32 {
		r.i++
	}
	word := string(r.body[start:r.i])
	start = r.i
	if r.i < len(r.body) && r.body[r.i] == '-' {
		r.i++
	}
	for r.i < len(r.body) && r.body[r.i] >= '0' && r.body[r.i] <= '9' && r.i-start < 11 {
		r.i++
	}
	n, err := strconv.Atoi(string(r.body[start:r.i]))
	given := err == nil
	if r.i < len(r.body) && r.body[r.i] == ' ' {
		r.i++
	}
	if word == "bin" { // bytes that follow as they are
		r.i = min(r.i+max(n, 0), len(r.body))
		return
	}
	r.flush()
	if _, isText := characters[word]; isText && r.skip > 0 {
		r.skip--
		return
	}
	r.skip = 0
	r.word(word, n, given)
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// symbol is a control of one character that is no letter.
func (r *rtf) symbol(c byte) {
	switch c {
	case '\'':
		if r.i+2 <= len(r.body) {
			n, err := strconv.ParseUint(string(r.body[r.i:r.i+2]), 16, 8)
			r.i += 2
			if err == nil {
				r.char(byte(n))
			}
		}
	case '\\', '{', '}':
		r.char(c)
	case '~':
		r.flush()
		r.text("\u00a0")
	case '_':
		r.flush()
		r.text("\u2011")
	case '\r', '\n':
		r.flush()
		r.endParagraph()
	case '*': // what follows may be left out by who doesn't know it
		r.flush()
		r.ignorable()
	}
}

// known are the destinations that may be left out and are read.
var known = []string{`\fldinst`, `\shptxt`, `\listtext`, `\ud`, `\footnote`}

// ignorable leaves out a group that begins with \*, but for those that are known.
func (r *rtf) ignorable() {
	rest := r.body[r.i:min(r.i+16, len(r.body))]
	for _, word := range known {
		if bytes.HasPrefix(bytes.TrimLeft(rest, " \r\n"), []byte(word)) {
			return
		}
	}
	r.state.to = rtfNowhere
}

// character takes one that is given by its number.
func (r *rtf) character(n int) {
	c := rune(uint16(n))
	switch {
	case utf16.IsSurrogate(c) && r.surrogate == 0:
		r.surrogate = c
	case utf16.IsSurrogate(c):
		r.text(string(utf16.DecodeRune(r.surrogate, c)))
		r.surrogate = 0
	default:
		r.surrogate = 0
		if c >= 0xf020 && c <= 0xf0ff { // of a font of symbols
			r.text(symbol("symbol", strconv.FormatInt(int64(c), 16)))
		} else {
			r.text(string(c))
		}
	}
	r.skip = r.state.skips
}
