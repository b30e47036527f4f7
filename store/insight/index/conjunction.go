package index

import (
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
	n := 0
	for i := range list {
		n += len(list[i].units)
	}
	found = make([]candidate, 0, n)
	defer r.forgetPlaces(&found)
	var scores [4096]float32
	for i, p := range r.parts {
		m := &list[i]
		for from := 0; from < len(m.units); from += len(scores) {
			to := min(from+len(scores), len(m.units))
			r.score(p, m, from, to, idf, scores[:])
			r.keepBest(p, scored{m.units[from:to], scores[:to-from]}, &found)
		}
		list[i] = matches{}
	}
	return found, nil
}

// score gives units of a segment their scores: the sum of what the words are worth, in the
// order in which they are asked for.
func (r *Reader) score(p *part, m *matches, from, to int, idf, scores []float32) {
	clear(scores)
	for j, times := range m.times {
		times := times[from:to]
		for k, unit := range m.units[from:to] {
			scores[k] += float32(idf[j] * r.norms[p.lengths[unit]].weight(times[k]))
		}
	}
}

// match finds the units of a segment with all words, and adds to df how many have each. It
// begins with the words that fewest have.
func (e *evaluation) match(c conjunction, i int, df []int) (m matches, err error) {
	r, p := e.r, e.r.parts[i]
	words, most := make([]wanted, len(c.words)), make([]int, len(c.words))
	for j, n := range c.words {
		if words[j], err = r.want(e.tx, p, n.Asked); err != nil {
			return m, err
		}
		most[j] = words[j].most
	}
	m.times = make([][]uint16, len(words))
	for k, j := range rarest(most) {
		h, err := r.held(p, &words[j])
		if err != nil {
			return m, err
		}
		df[j] += h.n
		if k == 0 {
			m.units = h.all()
		}
		times := h.timesOf(m.units)
		m.keep(times)
		m.times[j] = slices.DeleteFunc(times, func(n uint16) bool { return n == 0 })
	}
	if len(m.units) == 0 {
		return matches{}, nil
	}
	for _, n := range c.tests {
		keep, passes := make([]uint16, len(m.units)), e.test(n, i)
		for k, unit := range m.units {
			if passes(int(unit)) {
				keep[k] = 1
			}
		}
		m.keep(keep)
	}
	for _, n := range c.without {
		s, err := e.eval(n, i)
		if err != nil {
			return m, err
		}
		keep, at := make([]uint16, len(m.units)), 0
		for k, unit := range m.units {
			for at < len(s.units) && s.units[at] < unit {
				at++
			}
			if at == len(s.units) || s.units[at] != unit {
				keep[k] = 1
			}
		}
		m.keep(keep)
	}
	return m, nil
}

// keep keeps the units for which there is another number than 0. The numbers are none of its
// own.
func (m *matches) keep(numbers []uint16) {
	n := 0
	for k, unit := range m.units {
		m.units[n] = unit
		n += some(numbers[k])
	}
	if n == len(m.units) {
		return
	}
	for j, times := range m.times {
		if times == nil {
			continue
		}
		n := 0
		for k, number := range numbers {
			times[n] = times[k]
			n += some(number)
		}
		m.times[j] = times[:n]
	}
	m.units = m.units[:n]
}

// wanted is a word or phrase that is looked for in a segment: the terms that will do for the
// word, or the list of the phrase.
type wanted struct {
	entries []found
	list    *list
	most    int // units that have it, at most
}

func (r *Reader) want(tx *kv.Tx, p *part, asked []terms.Asked) (w wanted, err error) {
	if len(asked) > 1 {
		l, err := r.phrase(tx, p, asked)
		return wanted{list: &l, most: len(l.units)}, err
	}
	w.entries, err = r.matching(tx, p, asked[0], false)
	for i := range w.entries {
		w.most += w.entries[i].units + w.entries[i].heads
	}
	return w, err
}

// held is the units of a segment that have a word or phrase: a list or, where they are many,
// a column, which says of every unit how often; it is written over by the next.
type held struct {
	list
	column []uint16
	n      int
}

// fewUnits is which part of a segment's units have a word that is listed at most.
const fewUnits = 32

func (r *Reader) held(p *part, w *wanted) (h held, err error) {
	if w.list != nil {
		return held{list: *w.list, n: len(w.list.units)}, nil
	}
	if w.most <= p.units/fewUnits {
		l, err := r.listed(p, w.entries, true, true)
		return held{list: l, n: len(l.units)}, err
	}
	h.column = r.column(p.units)
	clear(h.column)
	for i := range w.entries {
		if err := h.add(p, &w.entries[i].entry); err != nil {
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

// column returns memory for a number for each of so many units. There is one.
func (r *Reader) column(units int) []uint16 {
	m := &r.memory
	if len(m.column) < units {
		m.column = make([]uint16, units)
	}
	return m.column[:units]
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

// timesOf returns how often some units have it, 0 where they don't.
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
		for at < len(h.units) && h.units[at] < unit {
			at++
		}
		if at == len(h.units) {
			break
		}
		if h.units[at] == unit {
			times[k] = h.times[at]
		}
	}
	return times
}
