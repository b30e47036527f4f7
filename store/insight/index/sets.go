package index

import (
	"cmp"
	"slices"
)

// intersect returns what two ascending lists share, in the memory of the first.
func intersect[T cmp.Ordered](a, b []T) []T {
	n, j := 0, 0
	for _, x := range a {
		for j < len(b) && b[j] < x {
			j++
		}
		if j == len(b) {
			break
		}
		if b[j] == x {
			a[n] = x
			n++
		}
	}
	return a[:n]
}

// rarest returns the places of some counts in the order of these.
func rarest(counts []int) []int {
	order := make([]int, len(counts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(counts[a], counts[b]) })
	return order
}

func sorted[T cmp.Ordered](list []T) []T {
	if !slices.IsSorted(list) {
		slices.Sort(list)
	}
	return list
}

// scored is units of a segment with what they are worth.
type scored struct {
	units  []int32
	scores []float32
}

// both returns the units that two lists share, with the sum of their scores.
func both(a, b scored) scored {
	n, j := 0, 0
	for i, x := range a.units {
		for j < len(b.units) && b.units[j] < x {
			j++
		}
		if j == len(b.units) {
			break
		}
		if b.units[j] == x {
			a.units[n], a.scores[n] = x, a.scores[i]+b.scores[j]
			n++
		}
	}
	return scored{a.units[:n], a.scores[:n]}
}

// either returns the units that one of two lists has at least.
func either(a, b scored) scored {
	out := scored{make([]int32, 0, len(a.units)+len(b.units)), make([]float32, 0, len(a.units)+len(b.units))}
	i, j := 0, 0
	for i < len(a.units) || j < len(b.units) {
		switch {
		case j == len(b.units) || i < len(a.units) && a.units[i] < b.units[j]:
			out.units, out.scores = append(out.units, a.units[i]), append(out.scores, a.scores[i])
			i++
		case i == len(a.units) || b.units[j] < a.units[i]:
			out.units, out.scores = append(out.units, b.units[j]), append(out.scores, b.scores[j])
			j++
		default:
			out.units, out.scores = append(out.units, a.units[i]), append(out.scores, a.scores[i]+b.scores[j])
			i++
			j++
		}
	}
	return out
}

// without returns the units of one list that another does not have.
func without(a, b scored) scored {
	n, j := 0, 0
	for i, x := range a.units {
		for j < len(b.units) && b.units[j] < x {
			j++
		}
		if j == len(b.units) || b.units[j] != x {
			a.units[n], a.scores[n] = x, a.scores[i]
			n++
		}
	}
	return scored{a.units[:n], a.scores[:n]}
}

// filter keeps the units that a test lets through.
func (a scored) filter(keep func(unit int) bool) scored {
	n := 0
	for i, x := range a.units {
		if keep(int(x)) {
			a.units[n], a.scores[n] = x, a.scores[i]
			n++
		}
	}
	return scored{a.units[:n], a.scores[:n]}
}
