package index

import (
	"cmp"
	"slices"

	"fineprint/store/insight/search"
	"fineprint/store/insight/terms"
	"fineprint/store/kv"
)

// conjunction is a query for words, all of them, which may test fields and leave out, as most
// do. What is in a thousand of units is not listed for each word then: only the units with
// all words are, and get scores.
type conjunction struct {
	words, tests, without []*search.Node
}

// conjunctionOf returns a query as one; false: it is another.
func conjunctionOf(root *search.Node) (c conjunction, ok bool) {
	list := []*search.Node{root}
	if root.Kind == search.And {
		list = root.Of
	}
	for _, n := range list {
		switch {
		case n.Kind == search.Words:
			c.words = append(c.words, n)
		case isTest(n):
			c.tests = append(c.tests, n)
		case n.Kind == search.Not:
			c.without = append(c.without, n.Of[0])
		default:
			return c, false
		}
	}
	return c, len(c.words) > 0
}

// matches are the units of a segment with all words, and how often they have each.
type matches struct {
	units []int32
	times [][]uint16 // by word
}

// all evaluates a conjunction and keeps the best wording of each clause: first it finds the
// units in all segments, by which it is known how rare the words are, then it scores them.
func (e *evaluation) all(c conjunction) (found []candidate, err error) {
	for _, n := range c.without {
		if err := e.gather(n); err != nil {
			return nil, err
		}
	}
	r := e.r
	df := make([]int, len(c.words))
	list := make([]matches, len(r.parts))
	for i := range r.parts {
		if err := e.ctx.Err(); err != nil {
			return nil, err
		}
		if list[i], err = e.match(c, i, df); err != nil {
			return nil, err
		}
	}
	idf := make([]float32, len(c.words))
	for j, n := range c.words {
		l := &leaf{idf: inverse(r.units, df[j])}
		e.leaves[n], idf[j] = l, float32(l.idf)
	}
	defer r.forgetPlaces(&found)
	for i, p := range r.parts {
		r.keepBest(p, r.scored(p, list[i], idf), &found)
		list[i] = matches{}
	}
	return found, nil
}

// scored gives units their scores: the sum of what the words are worth, in the order in which
// they are asked for.
func (r *Reader) scored(p *part, m matches, idf []float32) scored {
	s := scored{m.units, make([]float32, len(m.units))}
	for j, times := range m.times {
		for k, unit := range m.units {
			s.scores[k] += float32(idf[j] * r.norms[p.lengths[unit]].weight(times[k]))
		}
	}
	return s
}

// match finds the units of a segment with all words, and adds to df how many have each.
func (e *evaluation) match(c conjunction, i int, df []int) (m matches, err error) {
	r, p := e.r, e.r.parts[i]
	held := make([]held, len(c.words))
	order := make([]int, len(c.words))
	for j, n := range c.words {
		if held[j], err = r.held(e.tx, p, n.Asked, j); err != nil {
			return m, err
		}
		df[j] += held[j].n
		order[j] = j
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(held[a].n, held[b].n) })
	for k, j := range order {
		if h := &held[j]; k == 0 {
			m.units = h.all()
		} else {
			m.units = h.among(m.units)
		}
		if len(m.units) == 0 {
			return matches{}, nil
		}
	}
	for _, n := range c.tests {
		m.units = passing(m.units, e.test(n, i))
	}
	for _, n := range c.without {
		s, err := e.eval(n, i)
		if err != nil {
			return m, err
		}
		m.units = without(scored{m.units, make([]float32, len(m.units))}, s).units
	}
	for j := range held {
		m.times = append(m.times, held[j].timesOf(m.units))
	}
	return m, nil
}

// passing keeps the units that a test lets through.
func passing(units []int32, keep func(unit int) bool) []int32 {
	return slices.DeleteFunc(units, func(unit int32) bool { return !keep(int(unit)) })
}

// held is the units of a segment that have a word or phrase: a list or, where they are many,
// a column, which says of every unit how often; it is written over by the next query.
type held struct {
	list
	column []uint16
	n      int
}

// fewUnits is which part of a segment's units have a word that is listed at most.
const fewUnits = 32

// held returns the units of a segment that have a word or phrase; if in a column, in the one
// with a number.
func (r *Reader) held(tx *kv.Tx, p *part, asked []terms.Asked, number int) (h held, err error) {
	if len(asked) > 1 {
		l, err := r.phrase(tx, p, asked)
		return held{list: l, n: len(l.units)}, err
	}
	entries, err := r.matching(tx, p, asked[0], false)
	if err != nil {
		return h, err
	}
	n := 0
	for i := range entries {
		n += entries[i].units + entries[i].heads
	}
	if n <= p.units/fewUnits {
		l, err := r.listed(p, entries, true, true)
		return held{list: l, n: len(l.units)}, err
	}
	h.column = r.column(number, p.units)
	for i := range entries {
		if err := h.add(p, &entries[i].entry); err != nil {
			return h, err
		}
	}
	for _, s := range p.spans {
		if s.doc >= 0 {
			continue
		}
		for unit := s.from; unit < s.to; unit++ {
			h.n -= some(h.column[unit])
		}
		clear(h.column[s.from:s.to])
	}
	return h, nil
}

// column returns memory for how often so many units have something, all 0.
func (r *Reader) column(number, units int) []uint16 {
	m := &r.memory
	for len(m.columns) <= number {
		m.columns = append(m.columns, nil)
	}
	if len(m.columns[number]) < units {
		m.columns[number] = make([]uint16, units)
	}
	c := m.columns[number][:units]
	clear(c)
	return c
}

// some is 1 but for 0, without a branch that is hard to foresee.
func some(times uint16) int { return int(1 - (uint32(times)-1)>>31) }

// add adds the units that have a term to a column.
func (h *held) add(p *part, e *entry) error {
	column, added := h.column, 0
	err := eachChunk(p, e, func(units []int32, times []uint32) {
		for i, unit := range units {
			was := column[unit]
			column[unit] = sum(was, uint16(min(times[i], maxTimes)))
			added += 1 - some(was)
		}
	})
	if err != nil {
		return err
	}
	err = eachHead(p, e, func(unit int) {
		was := column[unit]
		column[unit] = was | inHeading
		added += 1 - some(was)
	})
	h.n += added
	return err
}

// all returns the units, in memory that may be written over.
func (h *held) all() []int32 {
	if h.column == nil {
		return slices.Clone(h.units)
	}
	units, n := make([]int32, h.n+1), 0
	for unit, times := range h.column {
		units[n] = int32(unit) // and written over where it has none
		n += some(times)
	}
	return units[:n]
}

// among returns which of some units are there, in their memory.
func (h *held) among(units []int32) []int32 {
	if h.column == nil {
		return intersect(units, h.units)
	}
	n := 0
	for _, unit := range units {
		units[n] = unit
		n += some(h.column[unit])
	}
	return units[:n]
}

// timesOf returns how often some units, which are all there, have it.
func (h *held) timesOf(units []int32) []uint16 {
	times := make([]uint16, len(units))
	if h.column != nil {
		for k, unit := range units {
			times[k] = h.column[unit]
		}
		return times
	}
	at := 0
	for k, unit := range units {
		for h.units[at] < unit {
			at++
		}
		times[k] = h.times[at]
	}
	return times
}
