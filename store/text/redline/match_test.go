package redline

import (
	"slices"
	"strings"
	"testing"
)

// checkRuns fails unless runs are strictly increasing and in range on both
// sides and the tokens under each are the same.
func checkRuns(t *testing.T, a, b []string, runs []Run) {
	t.Helper()
	i, j := 0, 0
	for _, r := range runs {
		if r.N < 1 || r.Old < i || r.New < j || r.Old+r.N > len(a) || r.New+r.N > len(b) {
			t.Fatalf("%+v comes after %d, %d of %d and %d tokens", r, i, j, len(a), len(b))
		}
		if !slices.Equal(a[r.Old:r.Old+r.N], b[r.New:r.New+r.N]) {
			t.Fatalf("%+v: %q is not %q", r, a[r.Old:r.Old+r.N], b[r.New:r.New+r.N])
		}
		i, j = r.Old+r.N, r.New+r.N
	}
}

// manyWords are enough to have sentences compared first.
func manyWords(first ...string) []string {
	return append(first, strings.Fields(strings.Repeat("we keep your data ", manyTokens/4))...)
}

func TestSentencesOfTheSameLettersButOtherTokensAreNotEqual(t *testing.T) {
	for name, c := range map[string][2][]string{
		"fewer tokens":    {manyWords("it", "may", "be"), manyWords("it", "maybe")},
		"more tokens":     {manyWords("it", "maybe"), manyWords("it", "may", "be")},
		"as many, cut up": {manyWords("ab", "c"), manyWords("a", "bc")},
	} {
		runs, _ := Match(c[0], c[1])
		checkRuns(t, c[0], c[1], runs)
		if len(runs) == 0 || runs[len(runs)-1].N < manyTokens {
			t.Errorf("%s: what both have is not found: %+v", name, runs)
		}
	}
}

// FuzzMatch holds the law of runs on lists of tokens that are cut at one sign in
// one list and at another in the other, so that the same letters come as other
// tokens.
func FuzzMatch(f *testing.F) {
	long := strings.Repeat("we keep. your,data ", 60)
	f.Add("a b c a b b a", "c b a b a c", "", "")
	f.Add("it may be "+long, "it maybe "+long, " ", " ")
	f.Add("It may be so. "+long+" Write to us. "+long, "It maybe so. "+long+" Call us. "+long, " ", " .")
	f.Add(long+long, long, ",", " ")
	f.Add("\xff\xfe x", "x \xff", " ", "x")
	f.Fuzz(func(t *testing.T, old, new, cutOld, cutNew string) {
		cut := func(text, signs string) []string {
			if signs == "" {
				return Tokens(text)
			}
			var kept []string
			for _, token := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(signs, r) }) {
				kept = append(kept, token)
			}
			return kept
		}
		a, b := cut(old, cutOld), cut(new, cutNew)
		runs, _ := Match(a, b)
		checkRuns(t, a, b, runs)
		same, _ := Match(a, a)
		checkRuns(t, a, a, same)
		if len(a) > 0 && (len(same) != 1 || same[0] != Run{0, 0, len(a)}) {
			t.Fatalf("a list and itself share %+v of %d tokens", same, len(a))
		}
	})
}
