package redline

// pair is a run of n equal tokens at a in the old and b in the new sequence.
type pair struct{ a, b, n int }

// number gives equal tokens equal numbers.
func number(a, b []string) ([]int, []int) {
	ids := make(map[string]int, len(a))
	convert := func(tokens []string) []int {
		out := make([]int, len(tokens))
		for i, t := range tokens {
			id, ok := ids[t]
			if !ok {
				id = len(ids)
				ids[t] = id
			}
			out[i] = id
		}
		return out
	}
	return convert(a), convert(b)
}

const (
	// maxEdits bounds the edit distance searched exactly; time and memory grow
	// with its square.
	maxEdits = 700
	// maxDepth bounds how often a gap is cut at unique tokens.
	maxDepth = 24
)

// match finds the runs both sequences share: common ends, then the shortest
// edit script (Myers, "An O(ND) Difference Algorithm", 1986) where it is found
// within maxEdits, else cut at tokens unique to both (Cohen's patience diff)
// and each gap matched by itself.
func match(a, b []int) (matches []pair, coarse bool) {
	m := matcher{}
	m.gap(a, b, 0, 0, 0)
	return m.merged(), m.coarse
}

type matcher struct {
	found  []pair
	coarse bool
}

func (m *matcher) add(a, b, n int) {
	if n > 0 {
		m.found = append(m.found, pair{a, b, n})
	}
}

// merged joins pairs that touch.
func (m *matcher) merged() []pair {
	var out []pair
	for _, p := range m.found {
		if last := len(out) - 1; last >= 0 && out[last].a+out[last].n == p.a && out[last].b+out[last].n == p.b {
			out[last].n += p.n
			continue
		}
		out = append(out, p)
	}
	return out
}

func (m *matcher) gap(a, b []int, offA, offB, depth int) {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	m.add(offA, offB, head)
	a, b, offA, offB = a[head:], b[head:], offA+head, offB+head
	tail := 0
	for tail < len(a) && tail < len(b) && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	endA, endB := offA+len(a)-tail, offB+len(b)-tail
	a, b = a[:len(a)-tail], b[:len(b)-tail]
	if len(a) > 0 && len(b) > 0 && !m.shortest(a, b, offA, offB) {
		m.cut(a, b, offA, offB, depth)
	}
	m.add(endA, endB, tail)
}

// shortest adds the pairs of a shortest edit script, unless it is longer than
// maxEdits.
func (m *matcher) shortest(a, b []int, offA, offB int) bool {
	limit := min(len(a)+len(b), maxEdits)
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return false
	}
	v := make([]int, 2*limit+2)
	var trace [][]int
	for d := 0; d <= limit; d++ {
		trace = append(trace, append([]int(nil), v[limit-d:limit+d+2]...))
		for k := -d; k <= d; k += 2 {
			var x int
			if k == -d || k != d && v[limit+k-1] < v[limit+k+1] {
				x = v[limit+k+1]
			} else {
				x = v[limit+k-1] + 1
			}
			y := x - k
			for x < len(a) && y < len(b) && a[x] == b[y] {
				x, y = x+1, y+1
			}
			v[limit+k] = x
			if x >= len(a) && y >= len(b) {
				m.walk(a, b, trace, offA, offB)
				return true
			}
		}
	}
	return false
}

// walk follows a trace back from the end; trace[d] holds the furthest points on
// diagonals -d to d+1 before step d.
func (m *matcher) walk(a, b []int, trace [][]int, offA, offB int) {
	x, y := len(a), len(b)
	var back []pair
	for d := len(trace) - 1; d >= 0; d-- {
		at := func(k int) int { return trace[d][k+d] }
		k := x - y
		fromK := k - 1
		if k == -d || k != d && at(k-1) < at(k+1) {
			fromK = k + 1
		}
		fromX := 0
		if d > 0 {
			fromX = at(fromK)
		}
		fromY := fromX - fromK
		startX := fromX // where the diagonal run begins, after the edit
		if d == 0 {
			startX = 0
		} else if fromK == k-1 {
			startX = fromX + 1
		}
		if n := x - startX; n > 0 {
			back = append(back, pair{startX, startX - k, n})
		}
		x, y = fromX, fromY
	}
	for i := len(back) - 1; i >= 0; i-- {
		m.add(offA+back[i].a, offB+back[i].b, back[i].n)
	}
}

// cut matches tokens that stand exactly once on both sides, in the longest
// order they share, and goes on in the gaps between.
func (m *matcher) cut(a, b []int, offA, offB, depth int) {
	var anchors []pair
	if depth < maxDepth {
		anchors = uniqueAnchors(a, b)
	}
	if len(anchors) == 0 {
		m.coarse = true
		return
	}
	i, j := 0, 0
	for _, p := range anchors {
		m.gap(a[i:p.a], b[j:p.b], offA+i, offB+j, depth+1)
		m.add(offA+p.a, offB+p.b, 1)
		i, j = p.a+1, p.b+1
	}
	m.gap(a[i:], b[j:], offA+i, offB+j, depth+1)
}

func uniqueAnchors(a, b []int) []pair {
	type seen struct{ countA, countB, atA, atB int }
	all := map[int]*seen{}
	for i, t := range a {
		s := all[t]
		if s == nil {
			s = &seen{}
			all[t] = s
		}
		s.countA, s.atA = s.countA+1, i
	}
	for j, t := range b {
		if s := all[t]; s != nil {
			s.countB, s.atB = s.countB+1, j
		}
	}
	var candidates []pair
	for i, t := range a {
		if s := all[t]; s.countA == 1 && s.countB == 1 {
			candidates = append(candidates, pair{i, s.atB, 1})
		}
	}
	return Increasing(candidates, func(p pair) int { return p.b })
}

// Increasing returns a longest subsequence of items whose keys strictly
// increase (patience sorting, O(n log n)).
func Increasing[T any](items []T, key func(T) int) []T {
	var tops []int // index of the smallest end of a run of each length
	before := make([]int, len(items))
	for i := range items {
		lo, hi := 0, len(tops)
		for lo < hi {
			if mid := (lo + hi) / 2; key(items[tops[mid]]) < key(items[i]) {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		before[i] = -1
		if lo > 0 {
			before[i] = tops[lo-1]
		}
		if lo == len(tops) {
			tops = append(tops, i)
		} else {
			tops[lo] = i
		}
	}
	if len(tops) == 0 {
		return nil
	}
	out := make([]T, len(tops))
	for i, at := len(tops)-1, tops[len(tops)-1]; i >= 0; i, at = i-1, before[at] {
		out[i] = items[at]
	}
	return out
}

// Run is N equal items at Old in the one and New in the other sequence.
type Run struct{ Old, New, N int }

// Common finds what two sequences of numbers share, in order, by the same
// bounded search that Compare uses on words.
func Common(old, new []int) []Run {
	matches, _ := match(old, new)
	runs := make([]Run, len(matches))
	for i, m := range matches {
		runs[i] = Run{m.a, m.b, m.n}
	}
	return runs
}
