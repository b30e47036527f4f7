package clause

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fineprint/store/text/redline"
)

const (
	// maxHeading is how long, in bytes, a line may be and still read as a
	// heading that Markdown knows nothing of.
	maxHeading = 120
	// maxHeadingWords is the same in words, for numbered lines and capitals.
	maxHeadingWords = 12
)

// nest finds, in the clauses from lo to hi, what reads as a heading and gives
// every clause from lo on the heading it is under. Those before lo and from hi on
// were read in another document already.
func (d *Document) nest(lo, hi int) {
	n := nesting{d: d, under: None}
	for i := range n.at {
		n.at[i] = None
	}
	for i := range d.Clauses {
		c := &d.Clauses[i]
		if i < lo && c.Kind != Heading && c.flags&flagRunIn == 0 {
			continue
		}
		if i >= lo && i < hi {
			d.readHeading(i)
		}
		switch {
		case c.Kind != Heading:
			n.paragraph(i)
		case c.flags&flagUntitled != 0:
			c.Under = n.under
		default:
			n.heading(i)
		}
	}
}

// readHeading makes a clause a heading that reads as one, and notes of one to
// Markdown whether it names anything.
func (d *Document) readHeading(i int) {
	c := &d.Clauses[i]
	if c.flags&flagRest != 0 {
		return
	}
	switch c.Kind {
	case Paragraph, Item:
		if l := d.readsAsHeading(i); l > 0 {
			c.Kind, c.Level = Heading, l
		}
	case Heading:
		if d.isUntitled(i) {
			c.flags |= flagUntitled
		}
	}
}

// nesting is the headings that are open while clauses are read one by one.
type nesting struct {
	d     *Document
	under int32               // the innermost one, or None
	at    [maxLevel + 1]int32 // of each level, or None
}

// heading opens a heading and closes those of its level and below. One whose number
// goes on with that of a heading around it is that one's sibling.
func (n *nesting) heading(i int) {
	c := &n.d.Clauses[i]
	c.nested = c.Level
	number := n.d.number(i)
	for {
		c.Under = None
		for l := c.nested - 1; l > 0 && c.Under == None; l-- {
			c.Under = n.at[l]
		}
		if c.Under == None || !number.after(n.d.number(int(c.Under))) || n.at[c.nested] != None {
			break
		}
		c.nested = n.d.Clauses[c.Under].nested
	}
	n.close(c.nested)
	n.at[c.nested], n.under = int32(i), int32(i)
}

// close closes the headings of a level and below.
func (n *nesting) close(level int8) {
	for l := level; l <= maxLevel; l++ {
		n.at[l] = None
	}
}

// paragraph takes in a clause that is no heading. One that begins with a number of
// several parts, or in bold with any, ends the headings that it can't be part of.
func (n *nesting) paragraph(i int) {
	c := &n.d.Clauses[i]
	c.flags &^= flagRunIn
	if c.Kind == Paragraph && n.under != None && c.Lead == None {
		if number := n.d.runIn(i); number.n > 0 {
			for n.under != None && number.after(n.d.number(int(n.under))) {
				open := &n.d.Clauses[n.under]
				c.flags |= flagRunIn
				n.close(open.nested)
				n.under = open.Under
			}
		}
	}
	c.Under = n.under
}

// isUntitled reports whether a heading to Markdown names nothing that is below it:
// an empty anchor, a date line, or a sentence.
func (d *Document) isUntitled(i int) bool {
	s := d.Words(i)
	if strings.HasPrefix(s, "# ") && len(s) <= maxHeading && !strings.ContainsAny(s, "0123456789[<") {
		return false // work limit
	}
	v := d.Visible(i)
	if strings.IndexFunc(v, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) < 0 {
		return true
	}
	return isDateLine(v) || len(v) > maxHeading && isSentence(v)
}

// isSentence reports whether a line ends as a sentence does and is longer than a
// title.
func isSentence(s string) bool {
	s = strings.TrimRight(s, "*_ \"\u201d)")
	return s != "" && strings.ContainsRune(".;,", rune(s[len(s)-1])) && len(strings.Fields(s)) > maxHeadingWords
}

const (
	// maxDateLabel is how many words a date line has besides the date, and
	// maxDateTokens how many words and signs it has in all.
	maxDateLabel  = 5
	maxDateTokens = 24
)

// isDateLine reports whether a line is a date of the document with what it is
// called: "Last updated: 5 January 2026". A date alone may be the title of what
// happened then, and so may a month or a year with any words.
func isDateLine(s string) bool {
	if !strings.ContainsAny(s, "0123456789") {
		return false // work limit
	}
	label, dates, colon := 0, 0, false
	tokens := redline.Tokens(s)
	if len(tokens) > 2*maxDateTokens {
		return false
	}
	for _, t := range tokens {
		switch {
		case redline.IsDate(t):
			if !hasDay(t) {
				return false
			}
			dates++
		case redline.IsWord(t):
			label++
		case t == ":":
			colon = true
		}
	}
	return dates == 1 && label > 0 && (label <= 3 || colon && label <= maxDateLabel)
}

// hasDay reports whether a date names its day besides month and year.
func hasDay(date string) bool {
	numbers, in := 0, false
	for _, r := range date {
		digit := r >= '0' && r <= '9'
		if digit && !in {
			numbers++
		}
		in = digit
	}
	return numbers >= 2 && !(numbers == 2 && strings.IndexAny(date, "-/.") > 0 && !strings.ContainsAny(date, " "))
}

// readsAsHeading returns the level of a clause that only looks like a heading,
// 0 for one that doesn't.
func (d *Document) readsAsHeading(i int) int8 {
	c := &d.Clauses[i]
	if c.End-c.Start > maxHeading || c.End-c.Start < 3 {
		return 0
	}
	words := d.Text[c.Start:c.End]
	if c.Kind == Item {
		if c.Level > 1 || words[0] < '0' || words[0] > '9' || !d.alone(i) {
			return 0
		}
		return d.numbered(i)
	}
	if c.Lead != None && d.Clauses[c.Lead].Kind == Item || words[0] == '>' || strings.IndexByte(words, '\n') >= 0 {
		return 0
	}
	switch {
	case isBold(words):
		v := d.Visible(i)
		if isDateLine(v) || isSentence(v) {
			return 0
		}
		if l := d.numbered(i); l > 0 {
			return l
		}
		return boldLevel
	case words[0] >= 'a' && words[0] <= 'z':
		return 0
	case isCapitals(words):
		return numberedLevel
	}
	return d.numbered(i)
}

// alone reports whether an item is no part of a list: prose follows it at once
// and no item is right before it.
func (d *Document) alone(i int) bool {
	return i+1 < len(d.Clauses) && d.Clauses[i+1].Kind != Item && d.Clauses[i+1].Lead != int32(i) &&
		(i == 0 || d.Clauses[i-1].Kind != Item)
}

func isBold(s string) bool {
	for _, mark := range []string{"**", "__"} {
		if len(s) > 5 && strings.HasPrefix(s, mark) && strings.HasSuffix(s, mark) && strings.Count(s, mark) == 2 {
			return true
		}
	}
	return false
}

// isCapitals reports whether a line is a few words in capitals.
func isCapitals(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 4 && len(strings.Fields(s)) <= maxHeadingWords && !endsSentence(s)
}

// numbered is the function numbered of clause i.
func (d *Document) numbered(i int) int8 {
	if !mayBeNumbered(d.Words(i)) { // work limit
		return 0
	}
	return numbered(d.Visible(i))
}

// numbered returns the level of a short line that begins with a number: deeper
// with each part the number has.
func numbered(v string) int8 {
	rest := Unnumbered(v)
	if len(rest) == len(v) || rest == "" || endsSentence(rest) || len(strings.Fields(rest)) > maxHeadingWords {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(rest); unicode.IsLower(r) {
		return 0 // a script without capitals has none to ask for
	}
	label := strings.Trim(v[:len(v)-len(rest)], " .)")
	if strings.ContainsRune(label, '.') {
		return numberedLevel + 1
	}
	return numberedLevel
}

// mayBeNumbered rules out, at a glance, most lines that don't begin with a label.
func mayBeNumbered(s string) bool {
	s = strings.TrimLeft(s, "*_\\ [")
	if s == "" {
		return false
	}
	c := s[0]
	if c == '(' || c >= '0' && c <= '9' || strings.HasPrefix(s, "§") {
		return true
	}
	n := 0
	for n < len(s) && n < 8 && isAlnum(s[n]) {
		n++
	}
	if n == len(s) || n == 0 {
		return false
	}
	switch s[n] {
	case '.', ')', ':', '\\':
		return n <= 6
	case ' ':
		switch c {
		case 'S', 's', 'A', 'a', 'C', 'c':
			return n >= 6
		}
	}
	return false
}

func endsSentence(s string) bool {
	return strings.ContainsRune(".;,:", rune(s[len(s)-1]))
}
