package standing_test

import (
	"strings"

	"fineprint/store/text/guard"
)

// guardInject makes the comparer fail at texts with a word.
func guardInject(word string) (remove func()) {
	return guard.Inject(func(text string) bool { return strings.Contains(text, word) })
}
