package excerpt_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"fineprint/store/text/excerpt"
)

const theirs = "## Content\n\nWe like hedgehogs. You grant [Quillon](https://quillon.example/x) a **worldwide** licence " +
	"to use your content for training models. It ends when you delete the content. Write to us about hedgehogs."

func ExampleOf() {
	ours := excerpt.WordsOf("You grant us a worldwide licence to use content to train our models.")
	fmt.Println(excerpt.Of(theirs, ours))
	// Output: You grant Quillon a worldwide licence to use your content for training models.
}

// FuzzExcerptIsOfTheText: whatever the texts are, the letters of an excerpt are those of
// the text in their order.
func FuzzExcerptIsOfTheText(f *testing.F) {
	f.Add(theirs, "licence content")
	f.Add("a; B. C! D? e.", "")
	f.Add(strings.Repeat("licence of words that have no end ", 60), "licence")
	f.Add("* [a](b) **c**", "a")
	f.Fuzz(func(t *testing.T, text, ours string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		got := excerpt.Of(text, excerpt.WordsOf(ours))
		rest := text
		for _, r := range strings.TrimSuffix(got, " …") {
			i := strings.IndexRune(rest, r)
			if r == ' ' {
				continue
			}
			if i < 0 {
				t.Fatalf("%q is not in the rest of %q, of the excerpt %q", r, text, got)
			}
			rest = rest[i+len(string(r)):]
		}
	})
}

func TestLongSentencesAreCutAtAWord(t *testing.T) {
	text := strings.Repeat("licence of words that have no end ", 60)
	got := excerpt.Of(text, excerpt.WordsOf("licence"))
	if len(got) > excerpt.Most+8 || !strings.HasSuffix(got, " …") {
		t.Errorf("%d bytes: %q", len(got), got)
	}
}

func TestCommonWordsTellNothing(t *testing.T) {
	w := excerpt.WordsOf("These terms shall be with you: licences.")
	if len(w) != 1 || !w.Has("Licence,") || w.Has("shall") || w.Has("") {
		t.Errorf("%v", w)
	}
}
