package rules

import (
	"slices"
	"strings"
	"testing"

	"fineprint/store/text/redline"
)

// TestUnclosedBracketsAreWords: brackets that nothing closes are words, and looked through only
// so deep.
func TestUnclosedBracketsAreWords(t *testing.T) {
	nested := func(n int) string { return strings.Repeat("[", n) + "x" + strings.Repeat("]", n) + "(y)" }
	words := func(n int) string { return strings.Repeat("[", n) + "x" + strings.Repeat("]", n) }
	for _, c := range []struct {
		name, text, outside string
		inside              []string
	}{
		{"links", "a [b](c) d ![e](f)", "a  d ", []string{"b", "e"}},
		{"nested as deep as may be", nested(redline.MaxBrackets), "", []string{words(redline.MaxBrackets - 1)}},
		{"nested too deep", nested(redline.MaxBrackets + 1), nested(redline.MaxBrackets + 1), nil},
		{"no target ends", "a [b](c [d](e", "a [b](c [d](e", nil},
		{"none ends after", "a) [b](c [d](e", "a) [b](c [d](e", nil},
		{"one ends", "[a](b) [c](d", " [c](d", []string{"a"}},
	} {
		outside, inside, _ := splitLinks(c.text)
		if outside != c.outside || !slices.Equal(inside, c.inside) {
			t.Errorf("%s: %q, %q, want %q, %q", c.name, outside, inside, c.outside, c.inside)
		}
	}
}
