// Package words compares what is typed with texts by their words: a phrase is in a
// text that has its words one beside the other, the last of them begun at least, so
// that "arbit" is in "binding arbitration" and "bit" is not. It is not for ranking,
// nor for an index.
//
// Invariants: case, marks of punctuation and white space make no difference; a
// phrase that was brought into its normal form stays as it is.
//
// Decision: in scripts that write no spaces between words each character is a word,
// so that a part of a line is found wherever it stands.
package words

import (
	"strings"
	"unicode"
)

// Normal brings a text or a phrase into the form that [Hold] compares: its words in
// lower case, a space before each. It is "" where there is no word.
func Normal(s string) string { return string(AppendNormal(nil, s)) }

// AppendNormal appends the normal form of a text to b.
func AppendNormal[T ~string | ~[]byte](b []byte, s T) []byte {
	between := true
	for _, r := range string(s) {
		switch {
		case r < 0x80 && ('a' <= r && r <= 'z' || '0' <= r && r <= '9'):
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case r < 0x80 || r == unicode.ReplacementChar || !isWord(r):
			between = true
			continue
		default:
			r = unicode.ToLower(r)
			between = between || isAlone(r)
		}
		if between {
			b = append(b, ' ')
		}
		b = append(b, string(r)...)
		between = r >= 0x80 && isAlone(r)
	}
	return b
}

// isWord reports whether a character is part of a word.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// isAlone reports whether a character is of a script without spaces between words.
func isAlone(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao,
		unicode.Khmer, unicode.Myanmar) && !unicode.IsMark(r)
}

// Hold reports whether a text holds a phrase, both in their normal form. Every text
// holds the phrase without words.
func Hold(text, phrase string) bool { return strings.Contains(text, phrase) }
