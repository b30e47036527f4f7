package detect

import (
	"slices"

	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// SameWords reports whether two texts have the same visible words in the same
// order, numbers and amounts included: all that differs is what another reader
// of the same page may make of it, its markup, link targets, white space and
// punctuation.
func SameWords(old, new string) bool { return slices.Equal(visibleWords(old), visibleWords(new)) }

func visibleWords(text string) []string {
	d := clause.Split(text)
	words := make([]string, 0, len(text)/6+1)
	for i := range d.Clauses {
		tokens := redline.Tokens(clause.Visible(d.Words(i)))
		for k, t := range tokens {
			if redline.Says(tokens, k) {
				words = append(words, t)
			}
		}
	}
	return words
}
