package detect

import (
	"fineprint/store/detect/rules"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// minAlike is how large a share of the words of the longer of two texts the other has
// when they are alike.
const minAlike = 0.9

// Alike reports whether two texts are nearly the same: they have their words in common,
// however these are ordered.
func Alike(a, b string) bool {
	if a == b {
		return true
	}
	counts := map[string]int{}
	all := countVisible(a, counts, 1)
	longer := max(all, countVisible(b, counts, -1))
	left := 0 // of a, without a partner in b
	for _, n := range counts {
		left += max(n, 0)
	}
	return longer > 0 && float64(all-left) >= minAlike*float64(longer)
}

// countVisible adds a number for each visible word of a text, and returns how many
// there are.
func countVisible(text string, counts map[string]int, by int) int {
	all := 0
	for _, t := range redline.Tokens(clause.Visible(text)) {
		if redline.IsWord(t) {
			counts[t] += by
			all++
		}
	}
	return all
}

// NeverReal reports whether what gave a capture away says that it is no document for
// good: its whole message is an error, say. However long it stays, it is not believed.
func NeverReal(what string) bool { return rules.Default.NeverReal(what) }
