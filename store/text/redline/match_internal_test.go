package redline

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fineprint/store/model"
)

// TestGapsBetweenUniqueTokensAreMatched: where the shortest edit script is not
// looked for, what is unique to both sides parts the gaps, and each is matched.
func TestGapsBetweenUniqueTokensAreMatched(t *testing.T) {
	for _, c := range []struct {
		a, b []int32
		want []Run
	}{
		{[]int32{1, 2, 9, 3, 4}, []int32{5, 1, 9, 6, 4}, []Run{{0, 1, 1}, {2, 2, 1}, {4, 4, 1}}},
		{[]int32{9, 1, 1, 2}, []int32{9, 1, 2, 2}, []Run{{0, 0, 2}, {3, 3, 1}}},
		{[]int32{7, 7, 1, 7, 8}, []int32{7, 2, 7, 8, 7}, []Run{{0, 0, 1}, {3, 2, 2}}},
		{[]int32{1, 2, 3}, []int32{3, 1, 2}, []Run{{0, 1, 2}}},
		{[]int32{1, 1, 2}, []int32{2, 1, 1}, []Run{{2, 0, 1}}},
	} {
		m := &matcher{}
		m.splitAtUnique(c.a, c.b, 0, 0, 0)
		if got := m.merged(); !slices.Equal(got, c.want) || m.coarse {
			t.Errorf("%v and %v: %v, want %v; coarse %t", c.a, c.b, got, c.want, m.coarse)
		}
	}
	m := &matcher{}
	if m.splitAtUnique([]int32{1, 1}, []int32{1, 1, 1}, 0, 0, 0); !m.coarse || len(m.found) > 0 {
		t.Errorf("nothing is unique: %v, coarse %t", m.found, m.coarse)
	}
	m = &matcher{}
	if m.splitAtUnique([]int32{1}, []int32{1}, 0, 0, maxDepth); !m.coarse {
		t.Error("cut as deep as may be, it is not coarse")
	}
}

// TestShortestScriptIsFound: as many tokens stay as in the longest common sequence.
func TestShortestScriptIsFound(t *testing.T) {
	for _, c := range []struct {
		a, b string
		kept int
	}{
		{"abcabba", "cbabac", 4}, {"abc", "xyz", 0}, {"abcdef", "acf", 3}, {"acf", "abcdef", 3}, {"aaaa", "aa", 2},
		{"xaxbxcx", "abc", 3}, {"abcd", "bcda", 3}, {"kitten", "sitting", 4},
	} {
		runs, coarse := Match(strings.Split(c.a, ""), strings.Split(c.b, ""))
		kept := 0
		for k, r := range runs {
			if kept += r.N; c.a[r.Old:r.Old+r.N] != c.b[r.New:r.New+r.N] {
				t.Errorf("%s, %s: run %+v is not the same", c.a, c.b, r)
			}
			if k > 0 && (runs[k-1].Old+runs[k-1].N > r.Old || runs[k-1].New+runs[k-1].N > r.New) {
				t.Errorf("%s, %s: runs %+v overlap", c.a, c.b, runs)
			}
		}
		if kept != c.kept || coarse {
			t.Errorf("%s, %s: %d stay, want %d; coarse %t", c.a, c.b, kept, c.kept, coarse)
		}
	}
}

// TestSentencesAnchorInLongTexts: a sentence that stayed keeps a longer one that
// moved over it from being matched; in a short text the longer one wins.
func TestSentencesAnchorInLongTexts(t *testing.T) {
	const (
		stays = "Keep your own key safe. "
		moves = "You grant us a licence to host and show what you post on our pages for as long as it is there. "
	)
	edited := strings.Replace(moves, "there", "here", 1)
	filler := ""
	for i := range 12 {
		filler += fmt.Sprintf("Part %c stands before and after all of the others as it was. ", 'a'+i)
	}
	is := func(spans []model.Span, text string) bool {
		return slices.ContainsFunc(spans, func(s model.Span) bool {
			return s.Op == model.Equal && strings.Contains(s.Text, text)
		})
	}
	for name, c := range map[string]struct {
		around string
		want   bool // the sentence that stays is equal
	}{"long": {filler, true}, "short": {"", false}} {
		got := Compare("Begin. "+c.around+moves+stays+c.around+"End.",
			"Start. "+c.around+stays+edited+c.around+"Close.")
		if is(got.Spans, strings.TrimSpace(stays)) != c.want || is(got.Spans, "licence to host") == c.want {
			t.Errorf("%s: %+v", name, got.Spans)
		}
	}
}

// TestFoldTakesInUpToSevenTokens that say nothing by themselves, and two short words.
func TestFoldTakesInUpToSevenTokens(t *testing.T) {
	changed := func(words string) part { return part{del: []string{words}, ins: []string{words + words[:1]}} }
	stays := func(tokens ...string) part { return part{equal: true, del: tokens, ins: tokens} }
	punctuation := func(n int) part { return stays(slices.Repeat([]string{"-"}, n)...) }
	for _, c := range []struct {
		name   string
		parts  []part
		folded bool
	}{
		{"7 marks", []part{changed("one"), punctuation(7), changed("two")}, true},
		{"8 marks", []part{changed("one"), punctuation(8), changed("two")}, false},
		{"marks at the start", []part{punctuation(1), changed("two")}, false},
		{"marks at the end", []part{changed("one"), punctuation(1)}, false},
		{"a line break between marks", []part{changed("-"), stays(".", "\n"), changed("-")}, false},
		{"a space between marks", []part{changed("-"), stays(".", " "), changed("-")}, true},
		{"two short words", []part{changed("accounts"), stays(" ", "of", " ", "a", " "), changed("companies")}, true},
		{"three words", []part{changed("accounts"), stays("a", " ", "a", " ", "a"), changed("companies")}, false},
		{"a word as long as the change before", []part{changed("ab"), stays("abc"), changed("companies")}, false},
		{"a word as long as the change after", []part{changed("accounts"), stays("abc"), changed("ab")}, false},
		{"a weighty word", []part{changed("accounts"), stays("not"), changed("companies")}, false},
	} {
		if got := len(fold(c.parts)) == 1; got != c.folded {
			t.Errorf("%s: folded %t", c.name, got)
		}
	}
}

// TestRewrittenFromSevenWordsOn: of which fewer than two fifths stay.
func TestRewrittenFromSevenWordsOn(t *testing.T) {
	words := func(n int) []string { return slices.Repeat([]string{"word"}, n) }
	for _, c := range []struct {
		kept, deleted, inserted int
		want                    bool
	}{
		{0, 6, 6, false}, {0, 7, 7, true}, {0, 7, 6, false}, {0, 6, 7, false}, {4, 7, 7, true}, {5, 7, 7, false},
		{8, 12, 12, false}, {7, 12, 12, true}, {7, 12, 500, true}, {7, 500, 12, true}, {7, 10, 500, false},
	} {
		parts := []part{{equal: true, del: words(c.kept), ins: words(c.kept)}, {del: words(c.deleted)},
			{ins: words(c.inserted)}}
		if got := rewritten(parts); got != c.want {
			t.Errorf("%+v: %t", c, got)
		}
	}
}

// TestShortSentencesAnchorNothing: those of up to five tokens are like no other.
func TestShortSentencesAnchorNothing(t *testing.T) {
	ids := sentenceIDs{ids: map[string]int32{}}
	tokens := []int32{1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1}
	got := ids.of(tokens, []int{5, 10, 16, 22, 28})
	if got[0] == got[1] || got[2] != got[3] || got[3] == got[4] || got[0] == got[2] || got[1] == got[2] {
		t.Errorf("sentences have the numbers %v", got)
	}
}
