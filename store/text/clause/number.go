package clause

import (
	"strings"

	"fineprint/store/text/redline"
)

// maxParts is how many parts of a number are compared.
const maxParts = 6

// number is the number at the start of a clause: "1.24." has two parts. Letters
// and roman numerals have none, because "i." may be either.
type number struct {
	part [maxParts]uint16
	n    int // parts
}

// number reads the number that a heading begins with.
func (d *Document) number(i int) number { return parseNumber(d.Words(i)) }

// runIn reads the number that a paragraph begins with, where it can be the clause's
// own: of several parts, or in bold.
func (d *Document) runIn(i int) number {
	s := d.Words(i)
	n := parseNumber(s)
	if n.n == 1 && s[0] != '*' && s[0] != '_' {
		return number{}
	}
	return n
}

// parseNumber reads the number at the start of a clause's bytes: digits in parts,
// separated by points, and then a point, a bracket, a space or the end of bold.
func parseNumber(s string) (n number) {
	s = strings.TrimLeft(s, "#*_[\\ ")
	for n.n < maxParts && s != "" && redline.IsDigit(s[0]) {
		v := 0
		for s != "" && redline.IsDigit(s[0]) && v < 1000 {
			v, s = v*10+int(s[0]-'0'), s[1:]
		}
		n.part[n.n] = uint16(v)
		n.n++
		s = strings.TrimPrefix(s, "\\")
		if len(s) < 2 || s[0] != '.' || !redline.IsDigit(s[1]) {
			break
		}
		s = s[1:]
	}
	if n.n == 0 || s == "" || !strings.ContainsRune(".) *_:", rune(s[0])) || n.n == 1 && s[0] == ' ' {
		return number{}
	}
	return n
}

// after reports whether a number goes on with another one: as many parts, the
// same but for the last, and that higher.
func (n number) after(m number) bool {
	if n.n == 0 || n.n != m.n {
		return false
	}
	for k := range n.n - 1 {
		if n.part[k] != m.part[k] {
			return false
		}
	}
	return n.part[n.n-1] > m.part[n.n-1]
}
