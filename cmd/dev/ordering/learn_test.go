package main

import (
	"math"
	"testing"

	"fineprint/store/detect/order"
)

// TestLearningFindsWhatSeparates: of two features one separates what is real, the
// other says nothing.
func TestLearningFindsWhatSeparates(t *testing.T) {
	var list []example
	for i := range 200 {
		var x order.Features
		x[0], x[1] = uint8(i), uint8(i%2)
		list = append(list, example{x, i >= 100 != (i%10 == 0), 1})
	}
	m := learn(list)
	if a, b := m.Weights[0].Weight, m.Weights[1].Weight; a < 1 || math.Abs(b) > 0.5 {
		t.Errorf("weights %.2f and %.2f", a, b)
	}
	low, high := order.Features{10}, order.Features{190}
	if m.LogOdds(low) > -1 || m.LogOdds(high) < 1 {
		t.Errorf("log-odds %.2f and %.2f", m.LogOdds(low), m.LogOdds(high))
	}
}

func TestAveragePrecisionOfKnownOrders(t *testing.T) {
	for _, c := range []struct {
		right []bool
		want  float64
	}{
		{[]bool{true, true, false}, 1},
		{[]bool{false, true}, 0.5},
		{[]bool{true, false, true}, (1 + 2.0/3) / 2},
		{[]bool{false}, 0},
	} {
		var list []point
		for _, r := range c.right {
			list = append(list, point{r, 1})
		}
		if got := averagePrecision(list); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%v: %v, want %v", c.right, got, c.want)
		}
	}
}

func TestDocumentsOfOneNameAreInOneFold(t *testing.T) {
	seen := map[int]bool{}
	for _, path := range []string{"A/Terms.md", "B/Terms.md", "C/Terms.md", "D/Terms.md", "E/Terms.md", "F/Terms.md"} {
		f := foldOf(path, 1)
		if f != foldOf(path, 1) || f < 0 || f >= folds {
			t.Errorf("%s is in fold %d", path, f)
		}
		seen[f] = true
	}
	if len(seen) < 2 {
		t.Error("all documents are in one fold")
	}
}
