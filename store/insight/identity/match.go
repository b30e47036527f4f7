package identity

import (
	"slices"

	"fineprint/store/model"
	"fineprint/store/text/clause"
)

// matching finds which clauses of a text are which of the one before.
type matching struct {
	f        *Follower
	t        *Text
	old, new *clause.Document
	// By new clause: the old one that it is, whether it has the same bytes in the same
	// order, whether the change of its words is material, the old one it was part of.
	from     []int
	kept     []bool
	material []bool
	split    []int
	taken    []bool // by old clause
	merged   []int  // by old clause: the new one it was merged into
	bags     map[int]*bag
	recalled []int // by new clause: one that ended and whose words it nearly has
	err      error
}

// step makes of a text what is noted of it.
func (m *matching) step() Step {
	m.new = m.t.Clauses
	n := len(m.new.Clauses)
	m.from, m.kept, m.material, m.split = filled(n), make([]bool, n), make([]bool, n), filled(n)
	var present []int
	if before := m.t.Before; before != nil {
		m.old, present = before.Clauses, before.Clause
		m.taken, m.merged = make([]bool, len(present)), filled(len(present))
		groups, ok := m.stored()
		if !ok {
			groups = m.aligned()
		}
		for _, g := range groups {
			m.assign(g)
		}
		m.mend()
		m.recall()
	}
	return m.write(present)
}

func filled(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = None
	}
	return list
}

// group is clauses that differ and belong together: old ones [i0, i1), new ones [j0, j1).
type group struct {
	i0, i1, j0, j1  int
	material, moved bool
}

// stored takes the groups from the stored clause changes. What they don't list is there
// with the same bytes in the same order; ok is false where that is not so, for the
// changes are of an older detection or none.
func (m *matching) stored() (groups []group, ok bool) {
	if m.t.Change == 0 {
		return nil, false
	}
	oldListed, newListed := make([]bool, len(m.old.Clauses)), make([]bool, len(m.new.Clauses))
	groups = make([]group, 0, len(m.t.Changes))
	for i := range m.t.Changes {
		c := &m.t.Changes[i]
		g := group{material: c.Material, moved: c.Kind == model.Moved}
		if g.i0, g.i1, ok = list(m.old, oldListed, c.Old); !ok {
			return nil, false
		}
		if g.j0, g.j1, ok = list(m.new, newListed, c.New); !ok {
			return nil, false
		}
		groups = append(groups, g)
	}
	i := 0
	for j := range m.new.Clauses {
		if newListed[j] {
			continue
		}
		for i < len(oldListed) && oldListed[i] {
			i++
		}
		if i == len(oldListed) || m.old.Words(i) != m.new.Words(j) {
			m.from, m.kept, m.taken = filled(len(m.from)), make([]bool, len(m.kept)), make([]bool, len(m.taken))
			return nil, false
		}
		m.pair(i, j)
		m.kept[j] = true
		i++
	}
	for ; i < len(oldListed); i++ {
		if !oldListed[i] {
			m.from, m.kept, m.taken = filled(len(m.from)), make([]bool, len(m.kept)), make([]bool, len(m.taken))
			return nil, false
		}
	}
	return groups, true
}

func (m *matching) pair(i, j int) { m.from[j], m.taken[i] = i, true }

// list marks the clauses of a range as listed, and returns which they are; ok is false
// when the range is none of whole clauses.
func list(d *clause.Document, listed []bool, at *model.ByteRange) (from, to int, ok bool) {
	if at == nil {
		return 0, 0, true
	}
	from, found := slices.BinarySearchFunc(d.Clauses, at.Start,
		func(c clause.Clause, start int) int { return c.Start - start })
	if !found {
		return 0, 0, false
	}
	for to = from; to < len(d.Clauses) && d.Clauses[to].End <= at.End; to++ {
		if listed[to] {
			return 0, 0, false
		}
		listed[to] = true
	}
	return from, to, to > from && d.Clauses[to-1].End == at.End
}

// aligned makes the groups anew.
func (m *matching) aligned() (groups []group) {
	for _, p := range clause.Align(m.old, m.new).Pairs() {
		if p.OldN == 1 && p.NewN == 1 && !p.Moved && m.old.Words(p.Old) == m.new.Words(p.New) {
			m.pair(p.Old, p.New)
			m.kept[p.New] = true
			continue
		}
		g := group{i0: p.Old, i1: p.Old + p.OldN, j0: p.New, j1: p.New + p.NewN, moved: p.Moved}
		if p.OldN == 0 {
			g.i0, g.i1 = 0, 0
		}
		if p.NewN == 0 {
			g.j0, g.j1 = 0, 0
		}
		groups = append(groups, g)
	}
	return groups
}

// assign gives the clauses of a group their partners: the largest part of what was split
// or joined keeps what it is.
func (m *matching) assign(g group) {
	for j := g.j0; j < g.j1; j++ {
		m.material[j] = g.material
	}
	a, b := g.i1-g.i0, g.j1-g.j0
	switch {
	case a == 0 || b == 0:
		return
	case a == 1 && b == 1:
		if g.moved || !m.another(g.i0, g.j0) {
			m.pair(g.i0, g.j0)
		}
		return
	case a*b > maxCells: // in order, for want of better
		for k := range min(a, b) {
			m.pair(g.i0+k, g.j0+k)
		}
		return
	}
	var cells []cell
	for i := g.i0; i < g.i1; i++ {
		for j := g.j0; j < g.j1; j++ {
			if n := m.oldBag(i).common(m.newBag(j)); n > 0 {
				cells = append(cells, cell{i, j, float64(n)})
			}
		}
	}
	slices.SortStableFunc(cells, byScore)
	for _, c := range cells {
		if !m.taken[c.i] && m.from[c.j] == None {
			m.pair(c.i, c.j)
		}
	}
	for _, c := range cells { // the largest first
		switch {
		case m.from[c.j] == None && m.split[c.j] == None && 2*int(c.score) >= m.newBag(c.j).size():
			m.split[c.j] = c.i
		case !m.taken[c.i] && m.merged[c.i] == None && 2*int(c.score) >= m.oldBag(c.i).size():
			m.merged[c.i] = c.j
		}
	}
}

// another reports whether a heading that replaced one with which it has little in common is
// one that stood there before: a page that shows one thing and then another in turns.
func (m *matching) another(i, j int) bool {
	c := &m.new.Clauses[j]
	return c.Kind == clause.Heading && c.End-c.Start <= shortPair && m.back(j) != None &&
		m.oldBag(i).dice(m.newBag(j)) < underLikeness
}

// shortPair is up to how many bytes headings may be paired for a word or two.
const shortPair = 120

// cell is a pair that may be one clause.
type cell struct {
	i, j  int
	score float64
}

func byScore(a, b cell) int {
	switch {
	case a.score > b.score:
		return -1
	case a.score < b.score:
		return 1
	}
	return 0
}

// maxCells bounds how many pairs are compared with each other.
const maxCells = 1 << 14

const (
	underLikeness = 0.5  // under the same heading
	placeLikeness = 0.34 // between the same neighbours
)

// mend pairs what was removed with what was added where that is one clause with other
// words, and has clauses come back.
func (m *matching) mend() {
	var gone, come []int
	for i, taken := range m.taken {
		if !taken && m.merged[i] == None {
			gone = append(gone, i)
		}
	}
	for j, i := range m.from {
		if i == None && m.split[j] == None && m.back(j) == None { // its own words go before likeness
			come = append(come, j)
		}
	}
	if len(gone) == 0 || len(come) == 0 || len(gone)*len(come) > maxCells {
		return
	}
	oldPlaces, newPlaces := places(m.old, gone), places(m.new, come)
	var cells []cell
	for x, i := range gone {
		for y, j := range come {
			if s := m.likeness(i, j, oldPlaces[x] == newPlaces[y]); s > 0 {
				cells = append(cells, cell{i, j, s})
			}
		}
	}
	slices.SortStableFunc(cells, byScore)
	for _, c := range cells {
		if !m.taken[c.i] && m.from[c.j] == None {
			m.pair(c.i, c.j)
		}
	}
}

// places are those of some clauses.
func places(d *clause.Document, list []int) []uint32 {
	hashes := make([]uint32, len(list))
	for k, i := range list {
		hashes[k] = placeHash(d, i)
	}
	return hashes
}

// likeness is how much speaks for a removed and an added clause being one; 0 when not
// enough.
func (m *matching) likeness(i, j int, under bool) float64 {
	a, b := &m.old.Clauses[i], &m.new.Clauses[j]
	if a.Kind != b.Kind {
		return 0
	}
	between := m.between(i, j)
	least, more := underLikeness, 1.0
	switch {
	case between:
		least, more = placeLikeness, 2
	case !under:
		return 0 // clauses of other sections that are alike were paired as moved
	}
	// Words of so different lengths can't have that many in common.
	shorter, longer := float64(min(a.End-a.Start, b.End-b.Start)), float64(max(a.End-a.Start, b.End-b.Start))
	if 1.5*shorter < least/(2-least)*longer {
		return 0
	}
	s := m.oldBag(i).dice(m.newBag(j))
	if s < least {
		return 0
	}
	return s + more
}

// between reports whether what is before, or what is after, an old and a new clause is
// one and the same.
func (m *matching) between(i, j int) bool {
	before := i > 0 && j > 0 && m.from[j-1] == i-1 || i == 0 && j == 0
	after := i+1 < len(m.taken) && j+1 < len(m.from) && m.from[j+1] == i+1
	return before && after || (before || after) && m.old.Clauses[i].Kind == clause.Heading
}

// back finds a clause that ended and whose words a new one has; None for none.
func (m *matching) back(j int) int {
	list := m.f.ended[wordsHash(m.new, j)]
	if len(list) == 0 {
		return None
	}
	place := placeHash(m.new, j)
	first, here := None, None // whatever the order in which they are listed
	for _, c := range list {
		if first == None || c < first {
			first = c
		}
		if m.f.History.ended[c].place == place && (here == None || c < here) {
			here = c
		}
	}
	if here == None && len(m.new.Visible(j)) >= shortWords {
		return first
	}
	return here
}

// shortWords is up to which length words say nothing by themselves.
const shortWords = 30

// write makes the step of what was found, and has the History know the clauses.
func (m *matching) write(present []int) Step {
	h := m.f.History
	s := Step{Seq: m.t.Seq, Count: len(m.new.Clauses)}
	at := 0
	ids := make([]int, len(m.from))
	run := func(kind OpKind, n int) {
		if last := len(s.Ops) - 1; last >= 0 && s.Ops[last].Kind == kind {
			s.Ops[last].N += n
		} else if n > 0 {
			s.Ops = append(s.Ops, Op{Kind: kind, N: n})
		}
	}
	for j, i := range m.from {
		if m.kept[j] {
			run(Skip, i-at)
			run(Keep, 1)
			at, ids[j] = i+1, present[i]
			continue
		}
		c := &m.new.Clauses[j]
		op := Op{Kind: Put, Material: m.material[j], Worded: true, Start: c.Start, Len: c.End - c.Start}
		switch {
		case i != None:
			op.Clause = present[i]
			op.Worded = m.old.Words(i) != m.new.Words(j)
		default:
			if op.Clause = m.back(j); op.Clause == None && m.recalled != nil {
				op.Clause = m.recalled[j]
			}
			if op.Clause != None {
				m.f.revive(op.Clause)
				break
			}
			op.Clause = h.Clauses
			h.Clauses++
			h.ended = append(h.ended, ending{})
			if m.split[j] != None {
				op.Split, op.From = true, present[m.split[j]]
			}
		}
		if !op.Worded {
			op.Start, op.Len = 0, 0
		}
		ids[j] = op.Clause
		s.Ops = append(s.Ops, op)
	}
	for i, taken := range m.taken {
		if taken {
			continue
		}
		c := present[i]
		e := ending{wordsHash(m.old, i), placeHash(m.old, i)}
		h.ended[c] = e
		m.f.end(c, e)
		if j := m.merged[i]; j != None {
			s.Merged = append(s.Merged, [2]int{c, ids[j]})
		}
	}
	return s
}

func (m *matching) oldBag(i int) *bag { return m.bag(-1-i, m.old, i) }
func (m *matching) newBag(j int) *bag { return m.bag(j, m.new, j) }

func (m *matching) bag(key int, d *clause.Document, i int) *bag {
	if b := m.bags[key]; b != nil {
		return b
	}
	if m.bags == nil {
		m.bags = map[int]*bag{}
	}
	b := newBag(d.Visible(i))
	m.bags[key] = b
	return b
}
