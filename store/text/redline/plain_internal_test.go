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
