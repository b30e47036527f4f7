package smallsort_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"fineprint/store/smallsort"
)

// TestBySortsAsPackageSlicesDoes on lists with equal elements, which stay in order.
func TestBySortsAsPackageSlicesDoes(t *testing.T) {
	type pair struct{ key, place int }
	rng := rand.New(rand.NewPCG(18, 6))
	compare := func(a, b pair) int { return cmp.Compare(a.key, b.key) }
	for n := range 200 {
		list := make([]pair, n)
		for i := range list {
			list[i] = pair{rng.IntN(1 + n/3), i}
		}
		want := slices.Clone(list)
		slices.SortStableFunc(want, compare)
		if smallsort.By(list, compare); !slices.Equal(list, want) {
			t.Fatalf("%d elements: %v, want %v", n, list, want)
		}
	}
}
