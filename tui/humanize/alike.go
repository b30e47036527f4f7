package humanize

import "fmt"

// AlikeBy says by what platforms have a clause like one, at the end of a sentence: "", where
// it is all by their words.
func AlikeBy(platforms, byType int) string {
	switch {
	case byType == 0:
		return ""
	case byType == platforms:
		return ", all by type"
	}
	return fmt.Sprintf(", %s by words and %s by type", Number(platforms-byType), Number(byType))
}
