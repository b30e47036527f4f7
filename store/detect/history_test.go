package detect

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/store/model"
	"fineprint/store/text/clause"
)

// sumOf is the sum of the clause with these words in a text.
func sumOf(t *testing.T, text, words string) Sum {
	t.Helper()
	d := clause.Split(text)
	sums, _ := new(History).summed(d, nil)
	for i, s := range sums {
		if strings.Contains(d.Words(i), words) {
			return s
		}
	}
	t.Fatalf("%q is not in %q", words, text)
	return Sum{}
}

// TestItemIsKnownByWhatIsAboveIt: by its heading and what leads it in, and nothing
// else of its document.
func TestItemIsKnownByWhatIsAboveIt(t *testing.T) {
	const text = "# Terms\n\n## Rules\n\nYou may not:\n\n* sell what is ours\n\nProse ends it.\n"
	was := sumOf(t, text, "what is ours")
	for name, c := range map[string]struct {
		from, to string
		same     bool
	}{
		"the title":      {"# Terms", "# Conditions", true},
		"another clause": {"Prose ends it.", "Nothing ends it.", true},
		"case":           {"sell", "SELL", true},
		"case above it":  {"## Rules", "## RULES", true},
		"its heading":    {"## Rules", "## Licence", false},
		"its lead":       {"may not", "may", false},
	} {
		if is := sumOf(t, strings.Replace(text, c.from, c.to, 1), "what is ours"); (was == is) != c.same {
			t.Errorf("%s changed: same sum %t", name, was == is)
		}
	}
}

// TestLowerTouchesCapitalLettersOnly of ASCII.
func TestLowerTouchesCapitalLettersOnly(t *testing.T) {
	var all []byte
	for c := range 256 {
		all = append(all, byte(c))
	}
	b := append([]byte(nil), all...)
	lower(b)
	for i, c := range b {
		want := byte(i)
		if i >= 'A' && i <= 'Z' {
			want = byte(i - 'A' + 'a')
		}
		if c != want {
			t.Errorf("%q becomes %q", rune(i), c)
		}
	}
}

// TestOnlyWhatAlternatedBeforeComesAndGoes: a clause that is new to a document, or
// moved and edited, is no repetition however long its history is.
func TestOnlyWhatAlternatedBeforeComesAndGoes(t *testing.T) {
	const (
		moves = "Disputes between you and us go to the courts of Dublin, and to no others, within one year."
		stays = "We keep what you write for as long as your account is open."
		more  = "You may close your account whenever you like, and take your files with you."
	)
	text := func(parts ...string) string { return "# T\n\n" + strings.Join(parts, "\n\n") + "\n" }
	var h History
	h.Start(1, time.Time{}, text(moves, stays, more))
	for seq, extra := range []string{
		"One thing is so.", "Another thing is so.", "A third thing is so.", "A fourth is not.",
	} {
		h.Start(seq+2, time.Time{}, text(moves, stays, more, extra))
	}
	edited := strings.Replace(moves, "one year", "two years", 1)
	for name, next := range map[string]string{
		"moved and edited": text(stays, more, "A fourth is not.", edited),
		"edited":           text(edited, stays, more, "A fourth is not."),
		"added":            text(moves, stays, more, "A fourth is not.", "We sell your photos to whoever pays."),
		"removed":          text(moves, more, "A fourth is not."),
	} {
		r := h.Assess(time.Time{}, next, false, nil)
		if !r.Material {
			t.Errorf("%s: %s %s, %+v", name, r.Reason, r.Detail, r.Clauses)
		}
		for _, c := range r.Clauses {
			if c.Reason == model.ReasonFlap {
				t.Errorf("%s: %+v", name, c)
			}
		}
	}
}

// TestSumsTakenOverAreThoseMadeAnew: also of bytes that are another kind of clause
// now, or under other words.
func TestSumsTakenOverAreThoseMadeAnew(t *testing.T) {
	const prose = "Prose follows it, and stays as it is.\n"
	for name, c := range map[string][2]string{
		"a heading that becomes an item": {"# T\n\n1. Numbered words\n\n" + prose,
			"# T\n\n1. Numbered words\n2. Others\n\n" + prose},
		"an item that becomes a heading": {"# T\n\n1. Numbered words\n2. Others\n\n" + prose,
			"# T\n\n1. Numbered words\n\n" + prose},
		"an item under nothing that becomes a heading": {
			"1. Numbered words\n2. Others\n\n" + prose, "1. Numbered words\n\n" + prose},
		"a heading under nothing that becomes an item": {
			"1. Numbered words\n\n" + prose, "1. Numbered words\n2. Others\n\n" + prose},
		"an item under another heading": {"# T\n\n## A\n\n* item\n", "# T\n\n## B\n\n* item\n"},
		"an item led in otherwise":      {"# T\n\nYou may:\n\n* item\n", "# T\n\nYou may not:\n\n* item\n"},
		"an item in another item":       {"* outer\n* item\n", "* outer\n  * item\n"},
		"an item out of another item":   {"* outer\n  * item\n\n" + prose, "* outer\n* item\n\n" + prose},
	} {
		var h, anew History
		h.Start(1, time.Time{}, c[0])
		h.Start(2, time.Time{}, c[1])
		anew.Start(2, time.Time{}, c[1])
		if !slices.Equal(h.sums, anew.sums) || !reflect.DeepEqual(h.past[0], anew.past[0]) {
			t.Errorf("%s: other sums", name)
		}
	}
}

// TestSumsKeptFromAVersionAreThoseMadeAnew, over a history whose clauses come, go,
// repeat, and change their markup.
func TestSumsKeptFromAVersionAreThoseMadeAnew(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	parts := []string{"# Terms", "## Fees", "You pay us.", "You **pay** us.", "You may not:", "* sell it",
		"* [sell](/x) it", "* lend it", "We keep it for 5 days.", "Last updated 5 May 2026", "Last updated 6 May 2026", "Print"}
	var list []string
	var h, assessed History
	for seq := 1; seq < 300; seq++ {
		for range 1 + rng.IntN(4) {
			i, part := rng.IntN(len(list)+1), parts[rng.IntN(len(parts))]
			if n := min(i+rng.IntN(3), len(list)); len(list) > 12 {
				list = slices.Delete(list, i, n)
			}
			list = slices.Insert(list, min(i, len(list)), part)
		}
		text := strings.Join(list, "\n\n")
		var anew History
		anew.Start(seq, time.Time{}, text)
		h.Start(seq, time.Time{}, text)
		if seq == 1 {
			assessed.Start(seq, time.Time{}, text)
		} else {
			assessed.Assess(time.Time{}, text, false, nil)
			assessed.Advance(seq, time.Time{})
		}
		for _, of := range []*History{&h, &assessed} {
			if !slices.Equal(of.sums, anew.sums) || !reflect.DeepEqual(of.past[0], anew.past[0]) {
				t.Fatalf("other sums of %q", text)
			}
		}
	}
}

// TestSizeCountsEveryRememberedClause, for whoever keeps many histories.
func TestSizeCountsEveryRememberedClause(t *testing.T) {
	const text = "One clause.\n\nAnother clause.\n\nA third one.\n"
	var h History
	if h.Size() != 0 {
		t.Errorf("nothing has %d bytes", h.Size())
	}
	h.Start(1, time.Time{}, text)
	once := h.Size()
	h.Start(2, time.Time{}, text)
	if got := h.Size() - once; got != 3*(len(Sum{})+4) {
		t.Errorf("a version of 3 clauses more is %d bytes more", got)
	}
	if once < len(text)+3*len(Sum{}) {
		t.Errorf("a text of %d bytes has %d", len(text), once)
	}
}

// TestJoinedClausesDoNotComeAndGo: what was one clause and is several, or the other
// way round, is read whole by whoever reviews it.
func TestJoinedClausesDoNotComeAndGo(t *testing.T) {
	const (
		first  = "We do not sell the personal data of our users to anybody, ever."
		second = "Whatever you upload is kept for thirty days after your account is closed."
		one    = "We do not sell the personal data of our guests to anybody, ever. Whatever you upload is kept for sixty " +
			"days after your account is closed."
	)
	text := func(parts ...string) string {
		return "# T\n\nIt begins like this.\n\n" + strings.Join(parts, "\n\n") + "\n\nIt ends like this.\n"
	}
	for name, c := range map[string]struct {
		was, is string
	}{
		"joined": {text(first, second), text(one)}, "split": {text(one), text(first, second)},
	} {
		var h History
		for seq, text := range []string{c.is, c.was, c.is, c.was, c.is, c.was} {
			h.Start(seq+1, time.Time{}, text)
		}
		r := h.Assess(time.Time{}, c.is+"\nAll disputes are settled by arbitration.\n", false, nil)
		grouped := 0
		for _, ch := range r.Clauses {
			if ch.Kind == model.Modified {
				grouped++
				if !ch.Material {
					t.Errorf("%s: %+v", name, ch)
				}
			}
		}
		if grouped != 1 {
			t.Errorf("%s: %+v", name, r.Clauses)
		}
	}
}

// TestWhatSaysNothingHasNoSum: a date line or a control of the page, which may come
// and go with every version.
func TestWhatSaysNothingHasNoSum(t *testing.T) {
	const text = "# Terms\n\nLast updated 5 May 2026\n\nRead more\n\nFees are due at once.\n"
	for words, want := range map[string]bool{"Last updated": true, "Read more": true, "Fees are": false, "# Terms": false} {
		if got := sumOf(t, text, words) == (Sum{}); got != want {
			t.Errorf("%q has no sum: %t", words, got)
		}
	}
}
