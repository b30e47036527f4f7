package redline

import (
	"slices"
	"sync"
)

// Run is N equal items at Old in the one and New in the other sequence.
type Run struct{ Old, New, N int }

// Common finds what two sequences of numbers share, in order, by the same
// bounded search that Compare uses on words.
func Common(old, new []int) []Run {
	m := matchers.Get().(*matcher)
	defer matchers.Put(m)
	m.reset()
	m.match(narrow(old), narrow(new), 0, 0, 0)
	return m.merged()
}

func narrow(list []int) []int32 {
	out := make([]int32, len(list))
	for i, v := range list {
		out[i] = int32(v)
	}
	return out
}

const (
	// maxEdits bounds the edit distance searched exactly; time and memory grow
	// with its square.
	maxEdits = 700 // work limit
	// maxDepth bounds how often a gap is cut at unique tokens.
	maxDepth = 24 // work limit
	// maxWork bounds, in steps, all the searching of one comparison: about
	// 20 ms. What is left then is shown as one change.
	maxWork = 8 << 20 // work limit
)

var matchers = sync.Pool{New: func() any { return &matcher{} }}

// matcher finds the runs both sequences share: common ends, then the shortest
// edit script (Myers, "An O(ND) Difference Algorithm", 1986) where it is found
// within maxEdits, else cut at tokens unique to both (Cohen's patience diff)
// and each gap matched by itself.
type matcher struct {
	found    []Run
	coarse   bool
	steps    int
	interner interner
	ids      []int32 // of the tokens of both texts
	trace    []int32 // the furthest points of each step, one row after the other
}

func (m *matcher) reset() { m.found, m.coarse, m.steps = m.found[:0], false, 0 }

func (m *matcher) add(a, b, n int) {
	if n > 0 {
		m.found = append(m.found, Run{a, b, n})
	}
}

// merged joins runs that touch.
func (m *matcher) merged() []Run {
	out := make([]Run, 0, len(m.found))
	for _, p := range m.found {
		if last := len(out) - 1; last >= 0 && out[last].Old+out[last].N == p.Old && out[last].New+out[last].N == p.New {
			out[last].N += p.N
			continue
		}
		out = append(out, p)
	}
	return out
}

func (m *matcher) match(a, b []int32, offA, offB, depth int) {
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
	if len(a) > 0 && len(b) > 0 && !m.shortestEdit(a, b, offA, offB) {
		m.splitAtUnique(a, b, offA, offB, depth)
	}
	m.add(endA, endB, tail)
}

// shortestEdit adds the runs of a shortest edit script, unless it is longer than
// maxEdits or the work is used up.
//
// The furthest points of step d are on diagonals -d, -d+2, … d: a row of d+1, made from
// the row before it and kept for backtrack. Where Myers asks from which neighbour a
// point comes, the furthest of the two is the same, and no branch to guess. A point past
// the end of a side leads only past it, and so do its neighbours in the next row: what of
// a row is past an end, from either of its ends, is not looked at any more.
func (m *matcher) shortestEdit(a, b []int32, offA, offB int) bool {
	limit := min(len(a)+len(b), maxEdits)
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return false
	}
	m.trace = m.trace[:0]
	w := window{a: len(a), b: len(b)}
	for d := 0; d <= limit; d++ {
		if m.steps += d + 1; m.steps > maxWork {
			return false
		}
		m.trace = slices.Grow(m.trace, d+1)[:rowAt(d+1)]
		row := m.trace[rowAt(d):]
		if w.grow(d); d == 0 {
			row[0] = 0
		} else {
			furthest(row, m.trace[rowAt(d-1):rowAt(d)], w.from, w.to)
		}
		for i := w.from; i < w.to; i++ {
			x := int(row[i])
			start, y := x, x+d-2*i
			for x < len(a) && y < len(b) && a[x] == b[y] {
				x, y = x+1, y+1
			}
			if x > start {
				m.steps += x - start
				row[i] = int32(x)
			}
			if x >= len(a) && y >= len(b) {
				m.backtrack(a, b, d, offA, offB)
				return true
			}
		}
		w.shrink(row, d)
	}
	return false
}

// rowAt is where the row of step d begins in the trace.
func rowAt(d int) int { return d * (d + 1) / 2 }

// window is the points of a row, from one up to another, outside of which all are past
// the end of a side.
type window struct {
	a, b     int // how long the sides are
	from, to int
	cut      [2]bool // there are points before from, or from to on
}

// grow makes it that of the next row, step d's.
func (w *window) grow(d int) {
	if w.cut[0] {
		w.from++
	}
	if !w.cut[1] {
		w.to = d + 1
	}
}

// shrink leaves out what is past an end at either end of the row.
func (w *window) shrink(row []int32, d int) {
	past := func(i int) bool { x := int(row[i]); return x > w.a || x+d-2*i > w.b }
	for w.from < w.to && past(w.from) {
		w.from++
		w.cut[0] = true
	}
	for w.from < w.to && past(w.to-1) {
		w.to--
		w.cut[1] = true
	}
}

// furthest sets the points of a row from one up to another to where one edit leads to
// from those of the row before, which has one less.
func furthest(row, before []int32, from, to int) {
	if from >= to {
		return
	}
	last := before[max(from-1, 0)]
	if from == 0 {
		row[0] = last
		from++
	}
	for i := from; i < min(to, len(before)); i++ {
		next := before[i]
		row[i] = max(last+1, next)
		last = next
	}
	if to > len(before) {
		row[len(before)] = last + 1
	}
}

// backtrack follows the trace of last steps back from the end.
func (m *matcher) backtrack(a, b []int32, last, offA, offB int) {
	x, y := len(a), len(b)
	first := len(m.found)
	for d := last; d > 0; d-- {
		before := m.trace[rowAt(d-1):rowAt(d)]
		k := x - y
		i := (k + d) / 2
		fromX, fromK := 0, k+1
		startX := 0 // where the diagonal run begins, after the edit
		if i == 0 || i < d && before[i-1] < before[i] {
			fromX = int(before[i])
			startX = fromX
		} else {
			fromX, fromK = int(before[i-1]), k-1
			startX = fromX + 1
		}
		m.add(offA+startX, offB+startX-k, x-startX)
		x, y = fromX, fromX-fromK
	}
	m.add(offA, offB, x)
	slices.Reverse(m.found[first:])
}

// splitAtUnique matches tokens that occur exactly once on both sides, in the longest
// order they share, and goes on in the gaps between.
func (m *matcher) splitAtUnique(a, b []int32, offA, offB, depth int) {
	var anchors []Run
	if depth < maxDepth && m.steps <= maxWork {
		m.steps += 4 * (len(a) + len(b))
		anchors = uniqueAnchors(a, b)
	}
	if len(anchors) == 0 {
		m.coarse = true
		return
	}
	i, j := 0, 0
	for _, p := range anchors {
		m.match(a[i:p.Old], b[j:p.New], offA+i, offB+j, depth+1) // work limit
		m.add(offA+p.Old, offB+p.New, 1)
		i, j = p.Old+1, p.New+1
	}
	m.match(a[i:], b[j:], offA+i, offB+j, depth+1) // work limit
}

func uniqueAnchors(a, b []int32) []Run {
	type seen struct{ countA, countB, atB int }
	all := make(map[int32]seen, len(a))
	for _, t := range a {
		s := all[t]
		s.countA++
		all[t] = s
	}
	for j, t := range b {
		if s, ok := all[t]; ok {
			s.countB, s.atB = s.countB+1, j
			all[t] = s
		}
	}
	var candidates []Run
	for i, t := range a {
		if s := all[t]; s.countA == 1 && s.countB == 1 {
			candidates = append(candidates, Run{Old: i, New: s.atB})
		}
	}
	return Increasing(candidates, func(p Run) int { return p.New })
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
