package paper

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// elsewhere is where text is that can't be set here.
const elsewhere = "see the HTML or JSON export"

// visible returns text without what has no shape of its own: controls, marks of
// direction, joiners and broken UTF-8. Line breaks and spaces stay.
func visible(s string) string {
	return norm.NFC.String(strings.Map(func(c rune) rune {
		switch {
		case c == '\n':
			return c
		case c == '\u2028', c == '\u2029':
			return '\n'
		case c == '\u00a0', c == '\u202f', c == '\u2007':
			return '\u00a0'
		case unicode.IsSpace(c):
			return ' '
		case unicode.IsControl(c), unicode.Is(unicode.Cf, c), c == unicode.ReplacementChar,
			unicode.Is(unicode.Variation_Selector, c):
			return -1
		}
		return c
	}, s))
}

// readable returns text as it can be set: a stretch in a script that the faces lack is
// replaced by a note of what it is.
func readable(s string) string {
	s = visible(s)
	missing := func(c rune) bool {
		_, _, ok := faceOf(c, Serif)
		return !ok && c != '\n'
	}
	if !strings.ContainsFunc(s, missing) {
		return s
	}
	var b strings.Builder
	runes := []rune(s)
	for i := 0; i < len(runes); {
		if !missing(runes[i]) {
			b.WriteRune(runes[i])
			i++
			continue
		}
		// What stands between two missing characters and is no word goes with them.
		end, script := i+1, groupOf(runes[i])
		for j := end; j < len(runes) && (missing(runes[j]) || isBetween(runes[j])); j++ {
			if !missing(runes[j]) {
				continue
			}
			next := groupOf(runes[j])
			if script != "" && next != "" && next != script {
				break
			}
			script, end = cmp.Or(script, next), j+1
		}
		b.WriteString(noteOf(runes[i:end]))
		i = end
	}
	return b.String()
}

// isBetween reports whether a character may stand within text of any script.
func isBetween(c rune) bool {
	return c == ' ' || c == '\u00a0' || unicode.IsDigit(c) || unicode.IsPunct(c)
}

// noteOf names text that is not set.
func noteOf(stretch []rune) string {
	name := scriptOf(stretch)
	if name == "" {
		name = "symbol"
		if slices.ContainsFunc(stretch, func(c rune) bool { return c >= 0x1F000 || c >= 0x2600 && c < 0x2800 }) {
			name = "emoji"
		}
		if len(stretch) == 1 {
			return fmt.Sprintf("[%s U+%04X]", name, stretch[0])
		}
		return fmt.Sprintf("[%s, %d characters: %s]", name, len(stretch), elsewhere)
	}
	unit := "characters"
	if len(stretch) == 1 {
		unit = "character"
	}
	return fmt.Sprintf("[%s text, %d %s: %s]", name, len(stretch), unit, elsewhere)
}

// scriptOf names the script that the first letter of text is in; "" for none.
func scriptOf(text []rune) string {
	for _, c := range text {
		switch name := groupOf(c); {
		case name == "Han" && slices.ContainsFunc(text, isKana):
			return "Japanese"
		case name == "Han":
			return "Chinese"
		case name == "Hangul":
			return "Korean"
		case name != "" && name != symbols:
			return name
		}
	}
	return ""
}

func isKana(c rune) bool { return unicode.In(c, unicode.Hiragana, unicode.Katakana) }

// symbols is the group of what belongs to no script and stands for itself.
const symbols = "symbols"

// groupOf names the script of a letter, Han for what is written together with it; "" for
// what goes with any script.
func groupOf(c rune) string {
	switch {
	case unicode.IsSymbol(c):
		return symbols
	case !unicode.IsLetter(c):
		return ""
	case isKana(c):
		return "Han"
	}
	var found string
	for name, table := range unicode.Scripts { // a letter is in one
		if unicode.Is(table, c) {
			found = strings.ReplaceAll(name, "_", " ")
		}
	}
	if found == "Common" || found == "Inherited" {
		return ""
	}
	return found
}
