package charset

import (
	"unicode"
)

const (
	// leastLetters is how many letters a text has whose language is told, mostLetters
	// how many are looked at.
	leastLetters = 120
	mostLetters  = 20_000
	// leastLead is by how many parts in a hundred the best language is better than the
	// next one.
	leastLead = 1
)

// Language returns the code of the language that a text is written in, by the letters
// it has; "" when it is too short or two are about as likely.
func Language(text string) string {
	t := &tally{letters: map[rune]int{}}
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			t.letters[unicode.ToLower(r)]++
			if n++; n == mostLetters {
				break
			}
		}
	}
	if n < leastLetters {
		return ""
	}
	best, second := guess{}, guess{}
	for i, l := range languages() {
		switch g := t.as(l); {
		case i == 0:
			best = g
		case g.cost < best.cost:
			best, second = g, best
		case i == 1 || g.cost < second.cost:
			second = g
		}
	}
	if (second.cost-best.cost)*100 < leastLead*best.cost {
		return ""
	}
	return best.language
}
