package drafting

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plainText is a text in which white space is one space, quotation marks are alike, and
// characters that can't be seen are left out, with where each of its bytes came from.
type plainText struct {
	text string
	at   []int // of each byte, where its character begins
	size []int // and how many bytes that has
}

// end is where the character of a byte ends.
func (p plainText) end(i int) int { return p.at[i] + p.size[i] }

func plainOf(s string) plainText {
	var b strings.Builder
	p := plainText{at: make([]int, 0, len(s)), size: make([]int, 0, len(s))}
	space := true // at the beginning there is none
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r):
			if !space {
				b.WriteByte(' ')
				p.at, p.size = append(p.at, i), append(p.size, n)
			}
			space = true
		case isInvisible(r):
		default:
			before := b.Len()
			b.WriteRune(alike(r))
			for range b.Len() - before {
				p.at, p.size = append(p.at, i), append(p.size, n)
			}
			space = false
		}
		i += n
	}
	p.text = strings.TrimSuffix(b.String(), " ")
	return p
}

// alike is the plain character for a quotation mark.
func alike(r rune) rune {
	switch r {
	case '‘', '’', '‚', '‛', '′', '`', '´':
		return '\''
	case '“', '”', '„', '‟', '«', '»', '″':
		return '"'
	}
	return r
}

// isInvisible reports whether a character takes no place: of format and control, and
// those that only choose how another is drawn.
func isInvisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Cc, unicode.Co) || r == '\u034f' || r >= '\ufe00' && r <= '\ufe0f' ||
		r >= 0xe0100 && r <= 0xe01ef
}

// visible is a text without what can't be seen, but for line ends and tabs.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if isInvisible(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
