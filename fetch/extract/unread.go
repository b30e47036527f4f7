package extract

import (
	"strings"
	"unicode/utf8"

	"fineprint/store/model"
)

// unreadIn counts the letters of a PDF's text that its fonts don't name, and gives the words
// around the first of them.
func unreadIn(text string) model.LeftOut {
	const (
		unread   = string(utf8.RuneError)
		passages = 3
		around   = 4 // words
	)
	left := model.LeftOut{Unread: strings.Count(text, unread)}
	for line := range strings.SplitSeq(text, "\n") {
		words := strings.Fields(line)
		for i := 0; i < len(words) && len(left.Passages) < passages; i++ {
			if strings.Contains(words[i], unread) {
				to := min(i+around+1, len(words))
				left.Passages = append(left.Passages, strings.Join(words[max(i-around, 0):to], " "))
				i = to
			}
		}
	}
	return left
}
