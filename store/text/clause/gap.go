package clause

import (
	"slices"

	"fineprint/store/text/redline"
)

const (
	// minSimilar is the similarity two clauses of one gap must have to be one
	// that was modified.
	minSimilar = 0.4
	// maxCells bounds the table of a gap's similarities.
	maxCells = 60_000 // work limit
)

// similarGap pairs the clauses of a gap, in order, whose similarities add up to
// most. A gap with too many is cut at its headings, then into bands.
func (a *aligner) similarGap(s span) {
	if s.empty() {
		return
	}
	if i, j, n, m, ok := a.reflowed(s); ok {
		a.join(i, n, j, m)
		a.similarGap(span{s.i0, i, s.j0, j})
		a.similarGap(span{i + n, s.i1, j + m, s.j1})
		return
	}
	n, m := s.i1-s.i0, s.j1-s.j0
	if n*m > maxCells { // work limit
		a.cut(s)
		return
	}
	a.cells = resized(a.cells, n*m+(n+1)*(m+1))
	sim, best := a.cells[:n*m], a.cells[n*m:]
	clear(best)
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			v := a.similarity(s.i0+i, s.j0+j)
			sim[i*m+j] = v
			most := max(best[(i+1)*(m+1)+j], best[i*(m+1)+j+1])
			if v > 0 {
				most = max(most, v+best[(i+1)*(m+1)+j+1])
			}
			best[i*(m+1)+j] = most
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		here := best[i*(m+1)+j]
		switch {
		case sim[i*m+j] > 0 && here == sim[i*m+j]+best[(i+1)*(m+1)+j+1]:
			a.pair(s.i0+i, s.j0+j)
			i, j = i+1, j+1
		case here == best[(i+1)*(m+1)+j]:
			i++
		default:
			j++
		}
	}
}

// similarity is that of two clauses, 0 when they are not minSimilar. A
// heading is rather paired with a heading.
func (a *aligner) similarity(i, j int) float32 {
	if a.oldKey[i].elsewhere || a.newKey[j].elsewhere {
		return 0
	}
	x, y := &a.oldKey[i], &a.newKey[j]
	a.bagOf(x)
	a.bagOf(y)
	if !x.bag.mayResemble(&y.bag) {
		return 0
	}
	weight := float32(1)
	if (a.old.Clauses[i].Kind == Heading) != (a.new.Clauses[j].Kind == Heading) {
		weight = 0.75
	}
	return a.similarAtLeast(x, y, weight, minSimilar)
}

// cut divides a gap that is too large: at a pair of headings with the same
// words, as near to its middle as there is, else at its middle.
func (a *aligner) cut(s span) {
	if s.i1-s.i0 <= 1 || s.j1-s.j0 <= 1 {
		return // moves finds what it can
	}
	i, j := a.middle(s)
	a.similarGap(span{s.i0, i, s.j0, j})
	a.similarGap(span{i, s.i1, j, s.j1})
}

func (a *aligner) middle(s span) (int, int) {
	headings := map[string]int{}
	for j := s.j0 + 1; j < s.j1; j++ {
		if a.new.Clauses[j].Kind == Heading {
			headings[Unnumbered(a.newKey[j].words)] = j
		}
	}
	half := (s.i1 - s.i0) / 2 // work limit
	for d := 0; d < half && len(headings) > 0; d++ {
		for _, i := range [2]int{s.i0 + half - d, s.i0 + half + d} {
			if i > s.i0 && i < s.i1 && a.old.Clauses[i].Kind == Heading {
				if j, ok := headings[Unnumbered(a.oldKey[i].words)]; ok {
					return i, j
				}
			}
		}
	}
	return s.i0 + half, s.j0 + (s.j1-s.j0)/2 // work limit
}

// join makes n old clauses and m new ones one.
func (a *aligner) join(i, n, j, m int) {
	for k := range n {
		a.ofOld[i+k] = int32(j)
	}
	for k := range m {
		a.ofNew[j+k] = int32(i)
	}
	if a.groups == nil {
		a.groups = map[int32]group{}
	}
	a.groups[int32(j)] = group{int32(n), int32(m)}
}

// reflowed finds a clause of a gap that was split into several, or several that
// were joined, word for word.
func (a *aligner) reflowed(s span) (i, j, n, m int, ok bool) {
	if (s.i1-s.i0)*(s.j1-s.j0) > maxCells { // work limit
		return 0, 0, 0, 0, false
	}
	for i := s.i0; i < s.i1; i++ {
		if a.oldKey[i].elsewhere {
			continue
		}
		for j := s.j0; j < s.j1; j++ {
			if a.newKey[j].elsewhere {
				continue
			}
			x, y := &a.oldKey[i], &a.newKey[j]
			switch {
			case len(x.words) <= len(y.words):
				if y.first.mayBegin(x.first) {
					if n := covers(y.words, a.oldKey[i:s.i1]); n > 1 {
						return i, j, n, 1, true
					}
				}
			case x.first.mayBegin(y.first):
				if m := covers(x.words, a.newKey[j:s.j1]); m > 1 {
					return i, j, 1, m, true
				}
			}
		}
	}
	return 0, 0, 0, 0, false
}

// covers returns how many of parts, one after the other, have the letters and
// digits of the whole; 0 when they don't.
func covers(whole string, parts []key) int {
	rest := whole
	for k := range parts {
		if parts[k].elsewhere {
			return 0
		}
		after, ok := cutLetters(rest, parts[k].words)
		if !ok {
			return 0
		}
		if rest = after; !hasLetters(rest) {
			return k + 1
		}
	}
	return 0
}

// firstLetters are the first letters and digits of a text, eight bytes of them at
// most, the first one highest.
type firstLetters struct {
	bytes uint64
	n     uint8
}

func firstLettersOf(s string) (f firstLetters) {
	for i := 0; i < len(s) && f.n < 8; i++ {
		if isAlnum(s[i]) {
			f.bytes |= uint64(s[i]) << (56 - 8*f.n)
			f.n++
		}
	}
	return f
}

// mayBegin rules out, at a glance, most texts that don't begin with the letters and
// digits of another one.
func (f firstLetters) mayBegin(with firstLetters) bool { // work limit
	return (f.bytes^with.bytes)>>(64-8*with.n) == 0
}

// cutLetters takes the letters and digits of part from the start of s, looking
// at nothing else, and returns what comes after; ok is false when s begins with
// others, when part has none, or when a number would be cut.
func cutLetters(s, part string) (after string, ok bool) {
	i := 0
	for k := range len(part) {
		c := part[k]
		if !isAlnum(c) {
			continue
		}
		for i < len(s) && !isAlnum(s[i]) {
			i++
		}
		if i == len(s) || s[i] != c {
			return "", false
		}
		i++
	}
	if i == 0 || i < len(s) && redline.IsDigit(s[i-1]) && redline.IsDigit(s[i]) {
		return "", false
	}
	return s[i:], true
}

func hasLetters(s string) bool {
	for i := range len(s) {
		if isAlnum(s[i]) {
			return true
		}
	}
	return false
}

const (
	// minGain is how much more alike taking a neighbour in must make a pair.
	minGain = 0.04
	// minInside is the share of the neighbour's words that must be in the other
	// side.
	minInside = 0.7
)

// grow is for clauses that were split or joined and edited as well: what is
// left unpaired is taken into the pair beside it where that makes the pair more
// alike.
func (a *aligner) grow() {
	for j := range a.ofNew {
		if a.ofNew[j] == None && !(j > 0 && a.takeIn(j-1, None, j)) && j+1 < len(a.ofNew) {
			a.takeIn(j+1, None, j)
		}
	}
	for i := range a.ofOld {
		if a.ofOld[i] != None {
			continue
		}
		if i > 0 && a.ofOld[i-1] != None && a.takeIn(int(a.ofOld[i-1]), i, None) {
			continue
		}
		if i+1 < len(a.ofOld) && a.ofOld[i+1] != None {
			a.takeIn(int(a.ofOld[i+1]), i, None)
		}
	}
}

// takeIn makes old clause i or new clause j, the other is None, part of the
// group that new clause of is in, and reports whether it did.
func (a *aligner) takeIn(of, i, j int) bool {
	if a.ofNew[of] == None || a.identical[of] {
		return false
	}
	i0 := int(a.ofNew[of])
	j0 := int(a.ofOld[i0])
	n, m := 1, 1
	if g, ok := a.groups[int32(j0)]; ok {
		n, m = int(g.oldN), int(g.newN)
	}
	if i != None && a.oldKey[i].elsewhere || j != None && a.newKey[j].elsewhere {
		return false
	}
	if i != None && i != i0-1 && i != i0+n || j != None && j != j0-1 && j != j0+m {
		return false
	}
	olds, news := a.joined(a.oldKey[i0:i0+n]), a.joined(a.newKey[j0:j0+m])
	var more, other, with, against []uint32
	if j != None {
		more, other = a.bagOf(&a.newKey[j]), olds
		with, against = merge(news, more), olds
	} else {
		more, other = a.bagOf(&a.oldKey[i]), news
		with, against = merge(olds, more), news
	}
	if len(more) == 0 || float32(shared(more, other)) < minInside*float32(len(more)) ||
		similarity(with, against) < similarity(olds, news)+minGain {
		return false
	}
	delete(a.groups, int32(j0))
	if i != None {
		i0, n = min(i0, i), n+1
	} else {
		j0, m = min(j0, j), m+1
	}
	a.join(i0, n, j0, m)
	return true
}

// joined is the bag of several clauses.
func (a *aligner) joined(keys []key) []uint32 {
	var all []uint32
	for k := range keys {
		all = merge(all, a.bagOf(&keys[k]))
	}
	return all
}

// merge joins two sorted bags.
func merge(x, y []uint32) []uint32 {
	out := make([]uint32, 0, len(x)+len(y))
	out = append(append(out, x...), y...)
	slices.Sort(out)
	return out
}
