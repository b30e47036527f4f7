package stated

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is a line of a text as it is read: without markup, targets of links and what else
// is not seen, with digits of ASCII, in lower case where cues are looked for.
type line struct {
	words string
	low   string
	at    []int32 // where the letter of each byte of words is in the line
	src   string  // the line
	from  int     // where it is in the text
}

// maxLine is how much of a line is read: dates stand at its beginning or its end.
const maxLine = 4000

// readLine reads the line of a text that begins at from.
func readLine(s string, from int) line {
	l := line{at: make([]int32, 0, len(s)), src: s, from: from}
	var b strings.Builder
	b.Grow(len(s))
	put := func(r rune, at int) {
		n := b.Len()
		b.WriteRune(r)
		for range b.Len() - n {
			l.at = append(l.at, int32(at))
		}
	}
	prev := rune(0)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		next, _ := utf8.DecodeRuneInString(s[i+n:])
		switch {
		case r == ']' && next == '(':
			put(']', i)
			i += targetLength(s[i:])
			prev = ']'
			continue
		case r == '*' || r == '_' && !(unicode.IsLetter(prev) && unicode.IsLetter(next)), r == '\\', r == '`', r == '\u200b':
			i += n
			continue
		case isBlank(r) && isBlank(prev), isBlank(r) && joinsUnit(prev, s[i+n:]):
			i += n
			continue
		case isBlank(r):
			r = ' '
		case r >= '０' && r <= '９':
			r = '0' + r - '０'
		case r >= '٠' && r <= '٩':
			r = '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			r = '0' + r - '۰'
		}
		if unicode.IsUpper(r) && unicode.IsLower(prev) {
			put(' ', i) // "PolicyLast updated"
		}
		put(r, i)
		prev = r
		i += n
	}
	l.words = b.String()
	l.low = lower(l.words)
	return l
}

func isBlank(r rune) bool {
	return r == ' ' || r == '\t' || r == '\u00a0' || r == '\u202f' || r == '\u3000'
}

// joinsUnit reports whether a blank stands between a number and a unit of a date, or
// after such a unit: "2018 年 5 月".
func joinsUnit(prev rune, rest string) bool {
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " \u00a0"))
	const units = "年月日년월일"
	return prev >= '0' && prev <= '9' && strings.ContainsRune(units, next) ||
		strings.ContainsRune("年月년월", prev) && next >= '0' && next <= '9'
}

// targetLength is the length of the target of a link, with the bracket before it.
func targetLength(s string) int {
	depth := 0
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 1
}

// lower is strings.ToLower that keeps every letter's length.
func lower(s string) string {
	low := strings.ToLower(s)
	if len(low) == len(s) {
		return low
	}
	var b strings.Builder
	for _, r := range s {
		l := unicode.ToLower(r)
		if utf8.RuneLen(l) != utf8.RuneLen(r) {
			l = r
		}
		b.WriteRune(l)
	}
	return b.String()
}

// place is where a stretch of a line, which isn't empty, is in the text.
func (l line) place(from, to int) (start, end int) {
	last := int(l.at[to-1])
	_, n := utf8.DecodeRuneInString(l.src[last:])
	return l.from + int(l.at[from]), l.from + last + n
}

// hasYear reports whether a line has what a date has at least: a year of four digits,
// two digits after a stroke, or digits of another script.
func hasYear(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c-'0' <= 9:
			n := 1
			for i+n < len(s) && s[i+n]-'0' <= 9 {
				n++
			}
			switch {
			case n == 4 && (c == '1' && s[i+1] == '9' || c == '2' && s[i+1] == '0'):
				return true
			case n == 2 && i > 1 && s[i-1] == '/' && s[i-2]-'0' <= 9:
				return true
			}
			i += n - 1
		case c < utf8.RuneSelf:
		case c == 0xef && i+2 < len(s) && s[i+1] == 0xbc && s[i+2]-0x90 <= 9:
			return true // ０ to ９
		case (c == 0xd9 || c == 0xdb) && i+1 < len(s) && (s[i+1]-0xa0 <= 9 || s[i+1]-0xb0 <= 9):
			return true // ٠ to ٩, ۰ to ۹
		case c == 0xe4 && strings.HasPrefix(s[i:], "令和"), c == 0xe5 && strings.HasPrefix(s[i:], "平成"):
			return true
		}
	}
	return false
}

// countWords counts words; what is written without spaces counts one for two letters.
func countWords(s string) int {
	n, in, ideographs := 0, false, 0
	for _, r := range s {
		switch {
		case isIdeograph(r):
			ideographs++
			in = false
		case unicode.IsLetter(r):
			if !in {
				n++
			}
			in = true
		case !unicode.IsDigit(r) && r != '\'' && r != '’' && r != '-' && r != '.':
			in = false
		}
	}
	return n + (ideographs+1)/2
}
