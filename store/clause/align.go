package clause

import (
	"cmp"
	"slices"
	"strings"

	"fineprint/store/redline"
)

// Pair is one step of an alignment: the positions of a clause in the old and
// the new list, -1 for a side that has none.
type Pair struct {
	Old, New int
	// OldN and NewN count the clauses of each side: 1, or more where a clause
	// was split or several joined without a change of words.
	OldN, NewN int
	Moved      bool // out of the order the others keep
}

const (
	// minSimilar is the share of words two clauses of one gap must have in
	// common to be one clause that was modified.
	minSimilar = 0.4
	// minMoved is that share for clauses that are also elsewhere.
	minMoved = 0.75
	// maxCells bounds the table of a gap's similarities.
	maxCells = 60_000
)

// Align pairs two lists of clauses: equal keys in order first, then the most
// similar ones in the gaps between, in order, then what moved. Every clause of
// both lists is in exactly one pair; pairs are in the order of the new list,
// removed clauses where they stood.
func Align(old, new []Clause) []Pair {
	a := &aligner{old: old, new: new, ofOld: slices.Repeat([]int{-1}, len(old)), ofNew: slices.Repeat([]int{-1}, len(new)), moved: map[int]bool{}, groups: map[int][2]int{}}
	a.exact()
	a.gaps()
	a.moves()
	return a.pairs()
}

type aligner struct {
	old, new     []Clause
	ofOld, ofNew []int // the partner, or -1
	moved        map[int]bool
	groups       map[int][2]int // by the first new clause: how many old and new ones belong together
	bags         map[string]bag
}

func (a *aligner) pair(i, j int) { a.ofOld[i], a.ofNew[j] = j, i }

func (a *aligner) exact() {
	ids := map[string]int{}
	number := func(list []Clause) []int {
		out := make([]int, len(list))
		for i, c := range list {
			id, ok := ids[c.Key]
			if !ok {
				id = len(ids)
				ids[c.Key] = id
			}
			out[i] = id
		}
		return out
	}
	for _, r := range redline.Common(number(a.old), number(a.new)) {
		for k := range r.N {
			a.pair(r.Old+k, r.New+k)
		}
	}
}

// gaps pairs the similar clauses between those that are paired already.
func (a *aligner) gaps() {
	i, j := 0, 0
	for i < len(a.old) || j < len(a.new) {
		si, sj := i, j
		for i < len(a.old) && a.ofOld[i] < 0 {
			i++
		}
		for j < len(a.new) && a.ofNew[j] < 0 {
			j++
		}
		if i > si && j > sj {
			a.gap(si, i, sj, j)
		}
		i, j = i+1, j+1
	}
}

// gap finds the pairs, in order, whose similarities add up to most.
func (a *aligner) gap(i0, i1, j0, j1 int) {
	if i, j, n, m, ok := a.reflowed(i0, i1, j0, j1); ok {
		for k := range n {
			a.ofOld[i+k] = j
		}
		for k := range m {
			a.ofNew[j+k] = i
		}
		a.groups[j] = [2]int{n, m}
		a.gap(i0, i, j0, j)
		a.gap(i+n, i1, j+m, j1)
		return
	}
	n, m := i1-i0, j1-j0
	if n*m > maxCells {
		return // moves finds what it can
	}
	sim := make([]float64, n*m)
	best := make([]float64, (n+1)*(m+1))
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			s := a.similarity(a.old[i0+i].Key, a.new[j0+j].Key)
			if s < minSimilar {
				s = 0
			}
			sim[i*m+j] = s
			best[i*(m+1)+j] = max(best[(i+1)*(m+1)+j], best[i*(m+1)+j+1])
			if s > 0 {
				best[i*(m+1)+j] = max(best[i*(m+1)+j], s+best[(i+1)*(m+1)+j+1])
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		here := best[i*(m+1)+j]
		switch {
		case sim[i*m+j] > 0 && here == sim[i*m+j]+best[(i+1)*(m+1)+j+1]:
			a.pair(i0+i, j0+j)
			i, j = i+1, j+1
		case here == best[(i+1)*(m+1)+j]:
			i++
		default:
			j++
		}
	}
}

// reflowed finds a clause of a gap that was split into several, or several that
// were joined, word for word.
func (a *aligner) reflowed(i0, i1, j0, j1 int) (i, j, n, m int, ok bool) {
	if (i1-i0)*(j1-j0) > maxCells {
		return 0, 0, 0, 0, false
	}
	for i := i0; i < i1; i++ {
		for j := j0; j < j1; j++ {
			if m := covers(a.old[i].Key, a.new[j:j1]); m > 1 {
				return i, j, 1, m, true
			}
			if n := covers(a.new[j].Key, a.old[i:i1]); n > 1 {
				return i, j, n, 1, true
			}
		}
	}
	return 0, 0, 0, 0, false
}

// covers returns how many of parts, joined by spaces, are the whole; 0 when they
// are not.
func covers(whole string, parts []Clause) int {
	rest := whole
	for k, p := range parts {
		if p.Key == "" {
			return 0
		}
		after, found := strings.CutPrefix(rest, p.Key)
		switch {
		case !found:
			return 0
		case after == "":
			return k + 1
		case after[0] != ' ':
			return 0
		}
		rest = after[1:]
	}
	return 0
}

// moves pairs what is left wherever it stands: equal keys, then similar ones.
func (a *aligner) moves() {
	left := map[string][]int{}
	var olds, news []int
	for i, j := range a.ofOld {
		if j < 0 {
			left[a.old[i].Key] = append(left[a.old[i].Key], i)
		}
	}
	for j, i := range a.ofNew {
		if i >= 0 {
			continue
		}
		if same := left[a.new[j].Key]; len(same) > 0 {
			a.pair(same[0], j)
			a.moved[j] = true
			left[a.new[j].Key] = same[1:]
			continue
		}
		news = append(news, j)
	}
	for i, j := range a.ofOld {
		if j < 0 {
			olds = append(olds, i)
		}
	}
	if len(olds)*len(news) > maxCells {
		return
	}
	type candidate struct {
		i, j int
		s    float64
	}
	var all []candidate
	for _, i := range olds {
		for _, j := range news {
			if len(strings.Fields(a.old[i].Key)) < 6 {
				continue
			}
			if s := a.similarity(a.old[i].Key, a.new[j].Key); s >= minMoved {
				all = append(all, candidate{i, j, s})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y candidate) int { return -cmp.Compare(x.s, y.s) })
	for _, c := range all {
		if a.ofOld[c.i] < 0 && a.ofNew[c.j] < 0 {
			a.pair(c.i, c.j)
			a.moved[c.j] = true
		}
	}
}

func (a *aligner) pairs() []Pair {
	out := make([]Pair, 0, len(a.new)+8)
	removed := 0 // old clauses before this one were dealt with
	flush := func(upTo int) {
		for ; removed < upTo; removed++ {
			if a.ofOld[removed] < 0 {
				out = append(out, Pair{Old: removed, New: -1, OldN: 1})
			}
		}
	}
	for j := 0; j < len(a.ofNew); j++ {
		i := a.ofNew[j]
		if i >= 0 && !a.moved[j] {
			flush(i)
		}
		p := Pair{Old: i, New: j, NewN: 1, Moved: a.moved[j]}
		if i >= 0 {
			p.OldN = 1
		}
		if g, ok := a.groups[j]; ok {
			p.OldN, p.NewN = g[0], g[1]
			j += g[1] - 1
		}
		out = append(out, p)
	}
	flush(len(a.old))
	return out
}

// bag counts the words of a clause.
type bag struct {
	counts map[string]int
	total  int
}

func (a *aligner) bag(key string) bag {
	if b, ok := a.bags[key]; ok {
		return b
	}
	if a.bags == nil {
		a.bags = map[string]bag{}
	}
	b := bag{counts: map[string]int{}}
	for _, w := range strings.FieldsFunc(strings.ToLower(key), func(r rune) bool { return strings.ContainsRune(" .,;:()\"", r) }) {
		if months[w] || strings.Trim(w, "0123456789") == "" {
			w = "#" // which number or month it is makes it no other clause
		}
		b.counts[w]++
		b.total++
	}
	a.bags[key] = b
	return b
}

var months = map[string]bool{"january": true, "february": true, "march": true, "april": true, "june": true, "july": true, "august": true,
	"september": true, "october": true, "november": true, "december": true}

// similarity is twice the words two clauses have in common over all their words
// (Dice's coefficient on multisets), or, when one is mostly contained in the
// other, that share weighted down.
func (a *aligner) similarity(old, new string) float64 {
	x, y := a.bag(old), a.bag(new)
	if x.total == 0 || y.total == 0 {
		return 0
	}
	if len(x.counts) > len(y.counts) {
		x, y = y, x
	}
	shared := 0
	for w, n := range x.counts {
		shared += min(n, y.counts[w])
	}
	dice := 2 * float64(shared) / float64(x.total+y.total)
	if x.total >= 8 {
		return max(dice, 0.6*float64(shared)/float64(min(x.total, y.total)))
	}
	return dice
}
