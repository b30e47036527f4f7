package clause

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxHeading is how long, in bytes, a line may be and still read as a
	// heading that Markdown knows nothing of.
	maxHeading = 120
	// maxHeadingWords is the same in words, for numbered lines and capitals.
	maxHeadingWords = 12
)

// nest finds, in the clauses from lo to hi, what reads as a heading and gives
// every clause from lo on the heading it is under.
func (d *Document) nest(lo, hi int) {
	var at [maxLevel + 1]int32 // the open heading of each level
	for i := range at {
		at[i] = None
	}
	under := int32(None)
	for i := range d.Clauses {
		c := &d.Clauses[i]
		if i < lo && c.Kind != Heading {
			continue
		}
		if i >= lo && i < hi && (c.Kind == Paragraph || c.Kind == Item) {
			if l := d.readsAsHeading(i); l > 0 {
				c.Kind, c.Level = Heading, l
			}
		}
		if c.Kind != Heading {
			c.Under = under
			continue
		}
		c.Under = None
		for l := c.Level - 1; l > 0 && c.Under == None; l-- {
			c.Under = at[l]
		}
		at[c.Level] = int32(i)
		for l := c.Level + 1; l <= maxLevel; l++ {
			at[l] = None
		}
		under = int32(i)
	}
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
		return numbered(words)
	}
	if c.Lead != None && d.Clauses[c.Lead].Kind == Item || words[0] == '>' || strings.IndexByte(words, '\n') >= 0 {
		return 0
	}
	switch {
	case isBold(words):
		return boldLevel
	case words[0] >= 'a' && words[0] <= 'z':
		return 0
	case isCapitals(words):
		return numberedLevel
	}
	return numbered(words)
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

// numbered returns the level of a short line that begins with a number: deeper
// with each part the number has.
func numbered(s string) int8 {
	if !mayBeNumbered(s) {
		return 0
	}
	v := Visible(s)
	rest := Unnumbered(v)
	if len(rest) == len(v) || rest == "" || endsSentence(rest) || len(strings.Fields(rest)) > maxHeadingWords {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(rest); !unicode.IsUpper(r) && unicode.IsLetter(r) {
		return 0
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
