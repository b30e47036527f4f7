package sanitize

import (
	"unicode"
	"unicode/utf8"
)

// Characters that can't be seen and make one of what is beside them.
const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
	textStyle          = '\ufe0e'
	emojiStyle         = '\ufe0f'
	keycap             = '\u20e3'
)

// Joiner reports whether r is one of the characters that can't be seen and that [Line]
// leaves in a text where they make one of what is beside them.
func Joiner(r rune) bool {
	return r == zeroWidthNonJoiner || r == zeroWidthJoiner || r == textStyle || r == emojiStyle
}

// joins reports whether a character that can't be seen belongs between two others, as
// a terminal shows them: in an emoji of several, after a sign that is an emoji or a
// picture of text, or between letters of a script that is written with it. Anywhere else
// it may only hide something. before is what is written, after what comes.
func joins(r, before, after rune) bool {
	switch r {
	case zeroWidthJoiner:
		return (emoji(before) || before == emojiStyle) && emoji(after) && Allowed(after) || joinsLetters(before, after)
	case zeroWidthNonJoiner:
		return joinsLetters(before, after)
	case textStyle, emojiStyle:
		return emoji(before) || after == keycap && (before >= '0' && before <= '9' || before == '#' || before == '*')
	}
	return false
}

func joinsLetters(before, after rune) bool {
	return before >= 0x600 && after >= 0x600 && unicode.IsLetter(after) && Allowed(after) &&
		unicode.In(before, joining...) && unicode.In(after, joining...)
}

// joining are the scripts whose letters change their form beside a joiner.
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mongolian, unicode.Devanagari, unicode.Bengali,
	unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam,
	unicode.Sinhala,
	unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.Balinese, unicode.Javanese,
}

// emoji reports whether a character is one of those that emoji are made of, or may be.
func emoji(r rune) bool {
	switch {
	case r < 0xa9:
		return false
	case r >= 0x1f000 && r <= 0x1faff, r >= 0x2190 && r <= 0x2bff:
		return true
	}
	switch r {
	case '©', '®', '‼', '⁉', '™', 'ℹ', '〰', '〽', '㊗', '㊙':
		return true
	}
	return false
}

// hiddenAt reports whether the character at a byte of s, which comes after another one,
// is there and can't be seen.
func hiddenAt(s string, i, n int, r, before rune) bool {
	if !Hidden(r) {
		return false
	}
	after, _ := utf8.DecodeRuneInString(s[i+n:])
	return !joins(r, before, after)
}

// EachHidden calls for every character of s that a reader can't see and that is no part
// of one that can be seen.
func EachHidden(s string, do func(r rune)) {
	if Plain(s) {
		return
	}
	before := rune(0)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r != utf8.RuneError && hiddenAt(s, i, n, r, before) {
			do(r)
		}
		before = r
		i += n
	}
}
