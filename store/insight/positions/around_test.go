package positions

import (
	"strings"
	"testing"
)

// TestAroundIsTheParagraphOrItem: what is told beside some words of a text, whole.
func TestAroundIsTheParagraphOrItem(t *testing.T) {
	const text = "# Data\n\nFirst of all.\n\n* We keep names for a year.\n* We keep faces\nfor two years.\n* No more.\n\nThe end."
	for words, want := range map[string]string{
		"two years": "* We keep faces\nfor two years.", "a year": "* We keep names for a year.",
		"of all": "First of all.", "# Data": "# Data", "end.": "The end.",
	} {
		at := strings.Index(text, words)
		if got := around(text, at, at+len(words)); got != want {
			t.Errorf("around %q is %q", words, got)
		}
	}
	if got := around(text, 5, 5) + around(text, -1, 3) + around(text, 90, 900); got != "" {
		t.Errorf("around no words is %q", got)
	}
}
