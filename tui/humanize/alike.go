package humanize

import "fmt"

// AlikeBy says by what platforms have a clause like one, in the middle of a sentence: "",
// where it is all by their words.
func AlikeBy(platforms, byType int) string {
	switch {
	case byType == 0:
		return ""
	case byType == platforms:
		return " by its type, in other words"
	}
	return fmt.Sprintf(", %s by its words and %s by its type", Number(platforms-byType), Number(byType))
}
