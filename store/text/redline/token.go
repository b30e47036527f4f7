package redline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"fineprint/store/text/guard"
)

// Tokens cuts a text into what a redline never cuts: words, runs of white
// space, numbers with their signs ("$1,000.50", "3.5%", "-18"), dates, references such
// as "4.2(a)", addresses, targets of links, and single characters as a reader
// counts them (grapheme clusters of UAX #29). Scripts written without spaces
// between words give one token a character. Joined, the tokens are the text.
func Tokens(text string) []string {
	return AppendTokens(make([]string, 0, min(len(text)*3/8, MaxTokens)+4), text)
}

// MaxTokens bounds the tokens that a text is cut into: what comes after so many is one.
// The longest clause of a real document has some 20,000.
const MaxTokens = 256 << 10

// AppendTokens appends the tokens of text to dst.
func AppendTokens(dst []string, text string) []string {
	guard.Point(text)
	from := len(dst)
	for i := 0; i < len(text); {
		if len(dst)-from == MaxTokens-1 {
			return append(dst, text[i:])
		}
		n := plainLength(text[i:]) // work limit
		if n == 0 {
			if c := text[i]; c == '-' || c == '+' || c >= utf8.RuneSelf { // work limit
				n = signed(text, i, dst[from:])
			}
			if n == 0 {
				n = tokenLength(text[i:])
			}
		}
		dst = append(dst, text[i:i+n])
		i += n
	}
	return dst
}

// Kinds of bytes that [plainLength] tells apart; 0 is none of them.
const (
	inPlain    = 1 << iota // letters and digits of ASCII
	beginPlain             // letters of ASCII
	endPlain               // what ends a word whatever comes after it
	blankPlain             // white space
)

var plainBytes = func() (t [256]uint8) {
	for i := range utf8.RuneSelf {
		switch c := byte(i); {
		case isLetter(c):
			t[c] = inPlain | beginPlain
		case IsDigit(c):
			t[c] = inPlain
		case isSpace(c):
			t[c] = blankPlain
		case strings.IndexByte("'.:@_-+%", c) < 0:
			t[c] = endPlain
		}
	}
	return t
}()

// plainLength is the length of what nearly all tokens are: one space, or a word of
// ASCII that is the beginning of nothing longer; 0 of anything that may be more.
func plainLength(s string) int {
	kind := plainBytes[s[0]]
	if kind&beginPlain == 0 {
		if s[0] == ' ' && len(s) > 1 && plainBytes[s[1]]&blankPlain == 0 {
			return 1
		}
		return 0
	}
	n := 1
	for n < len(s) && plainBytes[s[n]]&inPlain != 0 {
		n++
	}
	if n == len(s) {
		return n
	}
	switch after := plainBytes[s[n]]; {
	case after&endPlain != 0:
		return n
	case after&blankPlain != 0 && (n+1 == len(s) || !IsDigit(s[n+1])): // else it may be a month
		return n
	}
	return 0
}

func tokenLength(s string) int {
	c := s[0]
	switch {
	case isSpace(c):
		n := 1
		for n < len(s) && isSpace(s[n]) {
			n++
		}
		return n
	case IsDigit(c):
		if n := dateLength(s); n > 0 {
			return n
		}
		if n := email(s); n > 0 {
			return n
		}
		return number(s)
	case isLetter(c):
		return letters(s)
	case c == '$':
		if len(s) > 1 && IsDigit(s[1]) {
			return 1 + number(s[1:])
		}
	case c == ']':
		if strings.HasPrefix(s, "](") {
			if n := LinkTarget(s[1:]); n > 0 {
				return 1 + n
			}
		}
	case c >= utf8.RuneSelf:
		return beyondASCII(s)
	}
	return 1 + marks(s[1:])
}

// letters is the length of what begins with a letter of ASCII.
func letters(s string) int {
	n := wordLength(s)
	switch {
	case n >= 3 && n <= 12 && n+1 < len(s) && (isSpace(s[n]) && IsDigit(s[n+1]) || s[n] == '.'):
		if d := monthFirst(s, n); d > 0 {
			return d
		}
	case n < len(s) && s[n] == ':':
		if a := address(s); a > 0 {
			return a
		}
	}
	if n < len(s) && strings.IndexByte("@._-+%", s[n]) >= 0 {
		if e := email(s); e > 0 {
			return e
		}
	}
	return n
}

// beyondASCII is the length of what begins with another character.
func beyondASCII(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case (r == '€' || r == '£' || r == '¥') && n < len(s) && IsDigit(s[n]):
		return n + number(s[n:])
	case inWord(r):
		return wordLength(s)
	case unicode.IsSpace(r):
		return n
	}
	g := graphemes.FromString(s[:min(len(s), 256)]) // work limit
	if g.Next() && len(g.Value()) > 0 {
		return len(g.Value())
	}
	return n
}

// wordLength is the length of a run of letters and digits, with an apostrophe between
// letters inside it and marks and joiners on them.
func wordLength(s string) int {
	n, before := 0, rune(0)
	for n < len(s) {
		c := s[n]
		if c < utf8.RuneSelf {
			if !isLetter(c) && !IsDigit(c) {
				if c != '\'' || n+1 >= len(s) || !unicode.IsLetter(before) {
					break
				}
				if next, _ := utf8.DecodeRuneInString(s[n+1:]); !unicode.IsLetter(next) {
					break
				}
			}
			before = rune(c)
			n++
			continue
		}
		r, k := utf8.DecodeRuneInString(s[n:])
		if !inWord(r) && !unicode.Is(unicode.M, r) && r != '\u200c' && r != '\u200d' {
			next, _ := utf8.DecodeRuneInString(s[n+k:])
			if r != '’' || !unicode.IsLetter(before) || !unicode.IsLetter(next) {
				break
			}
		}
		before = r
		n += k
	}
	return max(n, 1)
}

// number is the length of a number: digits with points and commas between them,
// then letters ("13th", "24h"), a percent sign, or subclauses ("4.2(a)").
func number(s string) int {
	n := 0
	for n < len(s) && (IsDigit(s[n]) || n+1 < len(s) && (s[n] == '.' || s[n] == ',') && IsDigit(s[n+1])) {
		n++
	}
	switch {
	case n < len(s) && s[n] == '%':
		return n + 1
	case n < len(s) && s[n] == '(':
		for {
			k := subclause(s[n:])
			if k == 0 {
				return n
			}
			n += k
		}
	case n < len(s) && (isLetter(s[n]) || s[n] >= utf8.RuneSelf):
		if r, _ := utf8.DecodeRuneInString(s[n:]); inWord(r) || unicode.Is(unicode.M, r) {
			return n + wordLength(s[n:])
		}
	}
	return n
}

// subclause is the length of "(a)", "(iv)" or "(2)" at the start of s.
func subclause(s string) int {
	if len(s) < 3 || s[0] != '(' {
		return 0
	}
	for n := 1; n < len(s) && n < 6; n++ {
		if s[n] == ')' && n > 1 {
			return n + 1
		}
		if !isLetter(s[n]) && !IsDigit(s[n]) {
			return 0
		}
	}
	return 0
}

// maxLocal and maxDomain bound an e-mail address's parts (RFC 5321, 4.5.3.1), so
// that a long run of letters and points is not gone through from each of them.
const (
	maxLocal  = 64
	maxDomain = 255
)

// email is the length of an e-mail address at the start of s, 0 when there is
// none.
func email(s string) int {
	n := 0
	for n < len(s) && n <= maxLocal && (isLetter(s[n]) || IsDigit(s[n]) || strings.IndexByte("._%+-", s[n]) >= 0) {
		n++
	}
	if n == 0 || n > maxLocal || n >= len(s) || s[n] != '@' {
		return 0
	}
	end, dot := n+1, false
	alnum := func(i int) bool { return i < len(s) && (isLetter(s[i]) || IsDigit(s[i])) }
	for end < len(s) && end-n <= maxDomain+1 && (alnum(end) || s[end] == '-' || s[end] == '.' && alnum(end+1)) {
		dot = dot || s[end] == '.'
		end++
	}
	if !dot || end-n > maxDomain+1 {
		return 0
	}
	return end
}

// address is the length of a URL at the start of s, 0 when there is none.
func address(s string) int {
	n := strings.Index(s[:min(len(s), 16)], "://")
	if n <= 0 {
		return 0
	}
	end := n + 3
	for end < len(s) && s[end] > ' ' && strings.IndexByte("<>()[]\"'|", s[end]) < 0 {
		end++
	}
	return len(strings.TrimRight(s[:end], ".,;:!?*_"))
}

// maxNesting is how deep parentheses nest in a link's target, as in cmark. It
// also bounds how often text is looked through again for "](" that don't close.
const maxNesting = 32

// LinkTarget is the length of a Markdown link's target "(…)" at the start of s,
// in bytes; 0 when it does not end on its line, or nests too deep.
func LinkTarget(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '\n':
			return 0
		case '(':
			if depth++; depth > maxNesting {
				return 0
			}
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// marks is the length of the combining marks at the start of s.
func marks(s string) int {
	n := 0
	for n < len(s) && s[n] >= utf8.RuneSelf {
		r, k := utf8.DecodeRuneInString(s[n:])
		if !unicode.Is(unicode.M, r) && r != '\u200d' {
			break
		}
		n += k
	}
	return n
}

func isSpace(c byte) bool  { return c == ' ' || c >= '\t' && c <= '\r' }
func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// IsDigit reports whether a byte is a digit of ASCII.
func IsDigit(c byte) bool { return c >= '0' && c <= '9' }

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && (r < firstUnspaced || // work limit
		!unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer))
}

// firstUnspaced is before all characters of scripts without spaces between words.
const firstUnspaced = 0x0e00

// MaxBrackets is how deep brackets nest in a link's words, so that a text of
// brackets that nothing closes is not gone through from each of them.
const MaxBrackets = 32

// LinkWords returns where the bracket at the start of s closes when a target
// "(…" follows it at once, as a Markdown link's does; 0 otherwise, or when
// brackets nest too deep.
func LinkWords(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '[':
			if depth++; depth > MaxBrackets {
				return 0
			}
		case ']':
			if depth--; depth > 0 {
				continue
			}
			if i+1 < len(s) && s[i+1] == '(' {
				return i
			}
			return 0
		}
	}
	return 0
}
