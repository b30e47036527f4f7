package redline

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// pieces are what tokens are told apart by, to be put together at random.
var pieces = []string{" ", " ", " ", "  ", "\n", "\t", "\u00a0", "a", "Z", "the", "May", "may", "JAN", "Sept", "march",
	"août", "MÄRZ", "mars", "o\u212atober", "5", "2026", "30", "5th", "5TH", "1er", "T19:21", "Z", ".", ",", ";", ":", "'",
	"’", "-", "+", "−", "%", "$", "€", "@", "_", "(", ")", "[", "]", "](", "://", "/", "*", "|", "!", "?", "。", "www", "http",
	"example", "com", "a\u0301", "\u0301", "\u200d", "條款", "ไทย", "日", "年", "월", "é", "ﬁ", "½", "\x85", "\xff", "🏳️‍🌈"}

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(30) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

// TestPlainTokensAreTheTokens: what is cut at a glance is cut as by looking at all of
// it.
func TestPlainTokensAreTheTokens(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 1))
	for range 50_000 {
		text := randomText(r)
		for i := range len(text) {
			if n := plainLength(text[i:]); n > 0 && n != tokenLength(text[i:]) {
				t.Fatalf("%q: %q at a glance, else %q", text, text[i:i+n], text[i:i+tokenLength(text[i:])])
			}
		}
	}
}

// TestMonthsAreThoseOfTheMap: a word is looked up without copying it as it is in lower
// case.
func TestMonthsAreThoseOfTheMap(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 2))
	words := []string{"", "x", "Junes", "o\u212atober", "İ", "abcdefghijklmnopqrst", "Oct\x80"}
	for name := range months {
		words = append(words, name, strings.ToUpper(name), strings.ToTitle(name[:1])+name[1:], name+"s", name[1:])
	}
	for range 1000 {
		words = append(words, randomText(r))
	}
	for _, w := range words {
		if got, want := IsMonth(w), months[strings.ToLower(w)] != 0; got != want {
			t.Errorf("%q: %t, want %t", w, got, want)
		}
	}
}

// TestNumbersAreThoseOfAMap: equal tokens get equal numbers, in the order in which they
// come first, whatever was numbered before.
func TestNumbersAreThoseOfAMap(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 3))
	var m matcher
	for n := range 300 {
		var a, b []string
		for range r.IntN(2 + 4*n) {
			a = append(a, pieces[r.IntN(len(pieces))]+pieces[r.IntN(1+n%len(pieces))])
			b = append(b, pieces[r.IntN(len(pieces))])
		}
		ids, want := map[string]int32{}, []int32{}
		for _, token := range slices.Concat(a, b) {
			if _, known := ids[token]; !known {
				ids[token] = int32(len(ids))
			}
			want = append(want, ids[token])
		}
		ia, ib := m.numbered(a, b)
		if got := slices.Concat(ia, ib); !slices.Equal(got, want) {
			t.Fatalf("%q and %q: %v, want %v", a, b, got, want)
		}
	}
}

// TestEndsThatAreTheSameChangeNoMatch: what two lists begin and end with is left out of
// the search, and what is found is the same.
func TestEndsThatAreTheSameChangeNoMatch(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 4))
	for range 3000 {
		a, b := Tokens(randomText(r)), Tokens(randomText(r))
		k := r.IntN(min(len(a), len(b)))
		a, b = slices.Concat(b[:k], a), slices.Concat(b, a[len(a)-k:])
		got, coarse := Match(a, b)
		var m matcher
		ia, ib := m.numbered(a, b)
		m.match(ia, ib, 0, 0, 0)
		if want := m.merged(); !slices.Equal(got, want) || coarse != m.coarse {
			t.Fatalf("%q and %q: %v, want %v", a, b, got, want)
		}
	}
}

// TestShortestScriptIsThatOfMyers: of several shortest scripts the one found is that of
// the paper's search, which keeps an array of points by diagonal, in as many steps.
func TestShortestScriptIsThatOfMyers(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 5))
	var m matcher
	for n := range 40_000 {
		m.reset()
		a, b := make([]int32, 1+r.IntN(3+n%30)), make([]int32, 1+r.IntN(3+n%7))
		for i := range a {
			a[i] = r.Int32N(int32(2 + n%9))
		}
		for i := range b {
			b[i] = r.Int32N(int32(2 + n%9))
		}
		if n%2 == 0 {
			a, b = b, a
		}
		if !m.shortestEdit(a, b, 0, 0) {
			t.Fatalf("%v and %v: no script", a, b)
		}
		want, steps := myers(a, b)
		if got := m.merged(); !slices.Equal(got, want) || m.steps != steps {
			t.Fatalf("%v and %v: %v in %d steps, want %v in %d", a, b, got, m.steps, want, steps)
		}
	}
}

// myers is the search of the paper, figure 2, and the way back, with its steps.
func myers(a, b []int32) (runs []Run, steps int) {
	n := len(a) + len(b)
	v := make([]int, 2*n+2)
	var before [][]int
	for d := 0; ; d++ {
		before = append(before, slices.Clone(v))
		steps += d + 1
		for k := -d; k <= d; k += 2 {
			x := 0
			if k == -d || k != d && v[n+k-1] < v[n+k+1] {
				x = v[n+k+1]
			} else {
				x = v[n+k-1] + 1
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x, steps = x+1, steps+1
			}
			v[n+k] = x
			if x >= len(a) && x-k >= len(b) {
				return wayBack(before, n, len(a), len(b)), steps
			}
		}
	}
}

func wayBack(before [][]int, n, x, y int) []Run {
	var m matcher
	for d := len(before) - 1; d > 0; d-- {
		v, k := before[d], x-y
		from, edit := k-1, 1
		if k == -d || k != d && v[n+k-1] < v[n+k+1] {
			from, edit = k+1, 0
		}
		start := v[n+from] + edit
		m.add(start, start-k, x-start)
		x, y = v[n+from], v[n+from]-from
	}
	m.add(0, 0, x)
	slices.Reverse(m.found)
	return m.merged()
}
