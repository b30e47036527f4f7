// Package redline compares words: the one place where text is compared to be
// shown. Detection, screen, export and `diff` all call it, so they can't
// disagree.
package redline

import "fineprint/store/terms"

// Result is a word-level redline. Equal and Delete spans joined are exactly the
// old text, Equal and Insert spans joined exactly the new.
type Result struct {
	Spans []terms.Span
	// Rewritten: so little stayed that old and new are shown whole, one
	// deletion and one insertion, instead of confetti.
	Rewritten bool
	// Coarse: refining stopped at the work limit; spans are right but larger
	// than they could be.
	Coarse bool
}

// Compare makes the redline from old to new. Its work is bounded whatever the
// input.
func Compare(old, new string) Result {
	if old == new {
		return Result{Spans: []terms.Span{{Op: terms.Equal, Text: old}}}
	}
	var s []terms.Span
	if old != "" {
		s = append(s, terms.Span{Op: terms.Delete, Text: old})
	}
	if new != "" {
		s = append(s, terms.Span{Op: terms.Insert, Text: new})
	}
	return Result{Spans: s, Rewritten: true}
}
