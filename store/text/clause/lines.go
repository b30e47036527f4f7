package clause

import (
	"strings"
)

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v' }

// indentOf returns the columns and bytes of white space at the start of s.
func indentOf(s string) (columns, n int) {
	for n < len(s) {
		switch s[n] {
		case ' ':
			columns++
		case '\t':
			columns += 4 - columns%4
		case '\r', '\f', '\v':
		default:
			return columns, n
		}
		n++
	}
	return columns, n
}

func headingMarks(line string) int {
	n := 0
	for n < len(line) && line[n] == '#' {
		n++
	}
	if n == 0 || n > 6 || n < len(line) && !isBlank(line[n]) {
		return 0
	}
	return n
}

func fenceMarks(line string) int {
	c := line[0]
	if c != '`' && c != '~' {
		return 0
	}
	n := 0
	for n < len(line) && line[n] == c {
		n++
	}
	if n < 3 || c == '`' && strings.IndexByte(line[n:], '`') >= 0 {
		return 0
	}
	return n
}

func fenceEnds(line string, c byte, least int) bool {
	return len(line) >= least && strings.Trim(line, string(c)) == ""
}

func isRule(line string) bool {
	c := line[0]
	if c != '-' && c != '*' && c != '_' {
		return false
	}
	n := 0
	for i := range len(line) {
		switch {
		case line[i] == c:
			n++
		case !isBlank(line[i]):
			return false
		}
	}
	return n >= 3
}

func isUnderline(line string) bool {
	return strings.Trim(line, line[:1]) == ""
}

// isDashes recognises a table's second line.
func isDashes(line string) bool {
	dashes, bars := false, false
	for i := range len(line) {
		switch c := line[i]; {
		case c == '-':
			dashes = true
		case c == '|':
			bars = true
		case c != ':' && !isBlank(c):
			return false
		}
	}
	return dashes && bars
}

func cells(line string) int {
	line = strings.TrimSpace(line)
	line = strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|")
	n := 1
	for i := range len(line) {
		if line[i] == '|' && (i == 0 || line[i-1] != '\\') {
			n++
		}
	}
	return n
}

// marker returns the length of a list marker at the start of a line, 0 when
// there is none.
func marker(line string) int {
	n := 0
	switch c := line[0]; {
	case c == '-' || c == '*' || c == '+':
		n = 1
	case c >= '0' && c <= '9':
		for n < len(line) && n < 10 && line[n] >= '0' && line[n] <= '9' {
			n++
		}
		if n > 9 || n == len(line) || line[n] != '.' && line[n] != ')' {
			return 0
		}
		n++
	default:
		return 0
	}
	if n < len(line) && !isBlank(line[n]) {
		return 0
	}
	return n
}

// interrupts reports whether an item may begin right after a paragraph's line:
// it must have words, and a number must be 1.
func interrupts(line string, width int) bool {
	if width >= len(line) {
		return false
	}
	return width == 1 || line[:width-1] == "1"
}
