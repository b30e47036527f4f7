package detect

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fineprint/store/detect/rules"
	"fineprint/store/text/redline"
)

// markNames are the names of marks, in the order in which they are listed.
var markNames = [...]string{"number", "money", "date", "negation", "modal"}

// announced is the mark of what takes effect at a date that it names. It is none of a
// kind of words.
const announced = "announced"

// markPoints are the points of a mark in a modified clause; a date has none.
var markPoints = map[string]int{"number": 20, "money": 20, "negation": 20, "modal": 10}

// markWords are what marks are called in a sentence, where not by their name.
var markWords = map[string]string{"money": "amount"}

// marked gathers the marks of a modified clause: kinds of changed words that a
// reader must not miss.
type marked [len(markNames)]bool

// note looks at the changed tokens from lo to hi of one side.
func (m *marked) note(tokens []string, lo, hi int) {
	for i := lo; i < hi; i++ {
		t := tokens[i]
		class := redline.ClassOf(t)
		switch {
		case redline.IsTarget(t):
		case class&redline.ClassNegation != 0:
			m[3] = true
		case class&redline.ClassModal != 0:
			m[4] = true
		case class&redline.ClassNumber != 0 && redline.IsDate(t):
			m[2] = true
		case redline.IsMoney(t):
			m[1] = true
		case class&redline.ClassNumber != 0 && isQuantity(tokens, i):
			m[0] = true
		}
	}
}

func (m *marked) names() []string {
	var list []string
	for i, name := range markNames {
		if m[i] {
			list = append(list, name)
		}
	}
	return list
}

// isQuantity reports whether the number at i is how much, how many or how long of
// something: not the clause's own number, a section's, or a part of a name or an
// address.
func isQuantity(tokens []string, i int) bool {
	before, after := neighbour(tokens, i, -1), neighbour(tokens, i, 1)
	if before == "" && isLabel(tokens, i, after) || rules.IsSectionWord(before) {
		return false
	}
	if strings.ContainsAny(tokens[i], "%‰") || strings.ContainsAny(after, "%‰$€£¥") {
		return true
	}
	return startsLower(after) || startsLower(before)
}

// isLabel reports whether the number at i, before which there are no words, numbers
// its clause.
func isLabel(tokens []string, i int, after string) bool {
	next := ""
	if i+1 < len(tokens) {
		next = tokens[i+1]
	}
	if next != "" && strings.ContainsRune(".):", rune(next[0])) {
		return true
	}
	return strings.ContainsAny(tokens[i], ".)") && !startsLower(after)
}

// neighbour returns the nearest token in a direction that is no white space, bracket
// or markup; "" when there is none.
func neighbour(tokens []string, i, step int) string {
	for k := i + step; k >= 0 && k < len(tokens); k += step {
		if t := tokens[k]; strings.Trim(t, " \t\n\u00a0()[]*_#\\-") != "" {
			return t
		}
	}
	return ""
}

func startsLower(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLower(r) || unicode.IsLetter(r) && !unicode.IsUpper(r) && !unicode.IsTitle(r)
}
