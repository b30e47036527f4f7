package rules

import (
	"strings"
	"testing"

	"fineprint/store/text/redline"
)

// TestKeptIsTheShareOfTheOldText that has a partner, however often it is asked for.
func TestKeptIsTheShareOfTheOldText(t *testing.T) {
	for _, c := range []struct {
		old, new    string
		least, most float64
	}{
		{"{a}", "{a}", 1, 1}, {"{a}", "", 0, 0}, {"{a}", "{recipes}", 0, 0}, {"{a}", "{a4}", 0.2, 0.3}, {"{a}",
			"{a12}", 0.7, 0.8},
		{"{a4}", "{a}", 1, 1}, {"", "{a}", 0, 0},
	} {
		capture := &Capture{Comparison: compare(Default, expand(c.old), expand(c.new))}
		first := capture.kept()
		if first < c.least || first > c.most || capture.kept() != first {
			t.Errorf("%s of %s is kept: %.2f, then %.2f", c.new, c.old, first, capture.kept())
		}
	}
}

// TestShortPageThatKeepsTheDocumentStandsInForNothing: half of the document's clauses,
// each cut short, are the document.
func TestShortPageThatKeepsTheDocumentStandsInForNothing(t *testing.T) {
	const tail = " and so that you may come back to it whenever you would like to see it again, be it in a week or a year"
	short := func(n int) string {
		var b strings.Builder
		for _, about := range strings.Fields(subjects)[:n] {
			b.WriteString("Sign in to see your " + about + " at all times.\n\n")
		}
		return b.String()
	}
	long := strings.ReplaceAll(short(8), " at all times.", tail+" at all times.")
	for n, want := range map[int]string{8: "", 6: "", 3: "sign-in page"} {
		by := verdictsOf(Default, OfCapture, Example{long, short(n)})
		if len(by) != 1 || by[0] != want {
			t.Errorf("%d of 8 clauses: %q, want %q", n, by, want)
		}
	}
}

// TestAnotherPageIsShorterThanOneAndAHalf of the document that was there.
func TestAnotherPageIsShorterThanOneAndAHalf(t *testing.T) {
	old, recipes := expand("{a}"), expand("{recipes}{recipes}{recipes}")
	limit := len(old) * 3 / 2
	if len(recipes) < limit {
		t.Fatal("the other page is too short")
	}
	for n, want := range map[int]string{limit / 2: "another page", limit - 2: "another page", limit + 2: ""} {
		by := verdictsOf(Default, OfCapture, Example{"{a}", recipes[:n]})
		if len(by) != 1 || by[0] != want {
			t.Errorf("%d bytes, the limit is %d: %q, want %q", n, limit, by, want)
		}
	}
}

func TestFormalityIsAShareOfWords(t *testing.T) {
	for text, want := range map[string]float64{"": 0, "Terms": 1, "terms a": 0.5, "a": 0, "— terms, a, b, c": 0.25} {
		if got := formality(text); got != want {
			t.Errorf("%q: %f, want %f", text, got, want)
		}
	}
}

func TestPhraseEndsAtAPointThatAbbreviatesNothing(t *testing.T) {
	for text, want := range map[string]bool{
		"it. A": true, "a. B": false, "ab. B": true, "Jan. B": false, "it.": true, "a.": true, "it.5": false,
		". B": true, "it; a": true,
		"it! a": true, "it? a": true, "it| a": true, "it\na": true, "it a": false, "it, a": false, "it: a": false,
	} {
		tokens := redline.Tokens(text)
		got := false
		for i := range tokens {
			got = got || endsPhrase(tokens, i)
		}
		if got != want {
			t.Errorf("%q ends: %t", text, got)
		}
	}
}

func TestLineOfCopyrightHasUpToEightWords(t *testing.T) {
	for line, want := range map[string]bool{
		"© 2026 Quill": true, "Copyright 2026 by Quill and all its friends": true,
		"Copyright 2026 by Quill and all of its friends": false,
		"Fees 2026 Quill": false,
	} {
		if isCopyrightLine(line) != want {
			t.Errorf("%q: %t", line, !want)
		}
	}
}

// TestWaitingTimesFold by each of the phrases that tell of one.
func TestWaitingTimesFold(t *testing.T) {
	for line, want := range map[string]bool{
		"The wait time to speak with us is high": true, "Expect a longer wait": true,
		"We have higher than usual call volumes": true,
		"We have higher than normal volumes":     true, "Find a quicker solution here": true,
		"You must wait for a refund": false, "Find a quick solution here": false, "We have usual volumes": false,
	} {
		if by := verdictsOf(Default, OfClause, Example{Old: line}); allFolded(by, "waiting time") != want {
			t.Errorf("%q: %q", line, by)
		}
	}
}
