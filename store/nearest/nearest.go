// Package nearest proposes the right word for one that was mistyped in a file.
// It is not for searching: it knows letters only, no meaning.
package nearest

import "fmt"

// Meant proposes the nearest of the right words, as the end of a message:
// "; did you mean name?". It is "" when none is near.
func Meant(word string, words []string) string {
	if len(word) > 40 { // no slip of the finger
		return ""
	}
	best, least := "", 1+max(1, len([]rune(word))/3)
	for _, w := range words {
		if d := distance(word, w); d < least {
			best, least = w, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %s?", best)
}

// distance counts the letters to put in, take out, change or swap with their
// neighbour to make b of a: an optimal string alignment. The libraries for plain
// edit distances count a swap, the commonest slip, as two.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			change := rows[i-1][j-1]
			if x[i-1] != y[j-1] {
				change++
			}
			rows[i][j] = min(change, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}
