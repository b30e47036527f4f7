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
			kept = append(kept, strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(signs, r) })...)
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

func TestCommonFindsALongestSequence(t *testing.T) {
	for _, c := range []struct {
		old, new []int
		want     []Run
	}{
		{[]int{1, 2, 3}, []int{1, 2, 3}, []Run{{0, 0, 3}}},
		{[]int{1, 2, 3}, []int{0, 2, 3, 4}, []Run{{1, 1, 2}}},
		{[]int{1, 2, 3, 4, 5}, []int{1, 9, 3, 8, 5}, []Run{{0, 0, 1}, {2, 2, 1}, {4, 4, 1}}},
		{[]int{1, 2}, []int{3}, nil},
		{nil, []int{3}, nil},
	} {
		if got := Common(c.old, c.new); !slices.Equal(got, c.want) {
			t.Errorf("%v, %v: %v, want %v", c.old, c.new, got, c.want)
		}
	}
}

func TestIncreasingIsLongest(t *testing.T) {
	for _, c := range [][2][]int{
		{{3, 1, 2, 9, 4, 5}, {1, 2, 4, 5}},
		{{5, 4, 3}, {3}},
		{{1, 1, 1}, {1}},
		{nil, nil},
	} {
		if got := Increasing(c[0], func(i int) int { return i }); !slices.Equal(got, c[1]) {
			t.Errorf("%v: %v, want %v", c[0], got, c[1])
		}
	}
}

// numbered makes so many tokens that are all different.
func numbered(prefix string, n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = prefix + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676))
	}
	return list
}

// TestFarApartIsCutAtUniqueTokens: past maxEdits what is in both once is still
// found, and what is in both nowhere is one change.
func TestFarApartIsCutAtUniqueTokens(t *testing.T) {
	a := slices.Concat(numbered("x", maxEdits), []string{"anchor", "kept"}, numbered("y", maxEdits), []string{"last"})
	b := slices.Concat(numbered("v", maxEdits), []string{"anchor", "kept"}, numbered("w", maxEdits), []string{"other"})
	runs, coarse := Match(a, b)
	checkRuns(t, a, b, runs)
	if !coarse || len(runs) != 1 || runs[0] != (Run{maxEdits, maxEdits, 2}) {
		t.Errorf("%+v, coarse %t", runs, coarse)
	}
	a, b = a[:maxEdits*2], b[maxEdits+2:] // no token in common
	if runs, coarse := Match(a, b); len(runs) != 0 || !coarse {
		t.Errorf("nothing in common: %+v, coarse %t", runs, coarse)
	}
}

func TestMuchLongerSideIsNotSearched(t *testing.T) {
	a, b := numbered("x", 3*maxEdits), []string{"p", "q"}
	if runs, coarse := Match(a, b); len(runs) != 0 || !coarse {
		t.Errorf("%+v, coarse %t", runs, coarse)
	}
}

// TestWorkIsBounded compares many short changes far apart, until the work is used
// up: what was found until then is right, and the rest is one change.
func TestWorkIsBounded(t *testing.T) {
	var a, b []string
	for i := range 400 {
		a = append(append(a, "same"), numbered("x", 300+i%7)...)
		b = append(append(b, "same"), numbered("y", 300+i%5)...)
	}
	runs, coarse := Match(a, b)
	checkRuns(t, a, b, runs)
	if !coarse {
		t.Error("it is not said that the work limit was reached")
	}
}

func TestRunsThatTouchAreOne(t *testing.T) {
	a := manyWords("It", "may", "be", "so", "here", "now", ".", " ")
	runs, _ := Match(a, a)
	if len(runs) != 1 {
		t.Errorf("%+v", runs)
	}
	m := matcher{}
	m.add(0, 0, 2)
	m.add(2, 2, 0)
	m.add(2, 2, 3)
	m.add(5, 6, 1)
	if got := m.merged(); !slices.Equal(got, []Run{{0, 0, 5}, {5, 6, 1}}) {
		t.Errorf("%+v", got)
	}
}
