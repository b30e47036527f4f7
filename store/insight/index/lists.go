package index

import (
	"math/bits"
	"slices"
	"strings"

	"fineprint/store/insight/terms"
	"fineprint/store/kv"
)

// list is the units of a segment that have something, in order, and how often: times, with
// the highest bit where a heading above has it.
type list struct {
	units []int32
	times []uint16
}

const (
	inHeading = 1 << 15
	maxTimes  = inHeading - 1
)

func (l *list) add(unit int, times uint16) {
	l.units, l.times = append(l.units, int32(unit)), append(l.times, times)
}

// sum adds how often a unit has one thing and another.
func sum(a, b uint16) uint16 {
	return a&inHeading | b&inHeading | uint16(min(maxTimes, int(a&maxTimes)+int(b&maxTimes)))
}

// memory is used again by the next query.
type memory struct {
	column []uint16
	has    []uint64
}

// found is a term of a segment, in the block it was read from.
type found struct{ entry }

// matching returns the terms of a segment that are a word, or begin with it.
func (r *Reader) matching(tx *kv.Tx, p *part, a terms.Asked, places bool) ([]found, error) {
	var list []found
	from, to := p.blockOf(a.Term), p.blockOf(a.Term)+1
	if a.Prefix {
		from, to = p.blocksWith(a.Term)
	}
	if from < 0 {
		return nil, nil
	}
	for n := from; n < min(to, len(p.starts)); n++ {
		b, err := r.block(tx, p, n, places)
		if err != nil {
			return nil, err
		}
		for c, ok := b.from(a.Term); ok; ok = c.next() {
			if string(c.term) != a.Term && !(a.Prefix && strings.HasPrefix(string(c.term), a.Term)) {
				break
			}
			f := found{entry: c.entry}
			if places && b.where != nil {
				f.places = b.where[c.placesFrom:c.placesTo]
			}
			list = append(list, f)
			if !a.Prefix {
				break
			}
		}
	}
	return list, nil
}

// word lists the units of a segment that have a word, in their own words or, unless only
// those count, in a heading above.
func (r *Reader) word(tx *kv.Tx, p *part, a terms.Asked, own, heading bool) (list, error) {
	entries, err := r.matching(tx, p, a, false)
	if err != nil {
		return list{}, err
	}
	return r.listed(p, entries, own, heading)
}

// listed lists the units that have any of some terms.
func (r *Reader) listed(p *part, entries []found, own, heading bool) (l list, err error) {
	switch len(entries) {
	case 0:
		return l, nil
	case 1:
		l, err = single(p, &entries[0].entry, own, heading)
	default:
		l, err = r.union(p, entries, own, heading)
	}
	if p.dirty {
		l = p.alive(l)
	}
	return l, err
}

// single lists the units of one term.
func single(p *part, e *entry, own, heading bool) (l list, err error) {
	if own {
		n := min(e.units, p.units)
		l = list{make([]int32, 0, n), make([]uint16, 0, n)}
		err := eachChunk(p, e, func(units []int32, times []uint32) {
			l.units = append(l.units, units...)
			for _, n := range times {
				l.times = append(l.times, uint16(min(n, maxTimes)))
			}
		})
		if err != nil {
			return list{}, err
		}
	}
	if !heading || e.heads == 0 {
		return l, nil
	}
	n := min(e.heads, p.units)
	heads := list{make([]int32, 0, n), make([]uint16, 0, n)}
	if err := eachHead(p, e, func(unit int) { heads.add(unit, inHeading) }); err != nil {
		return list{}, err
	}
	if len(l.units) == 0 {
		return heads, nil
	}
	return merged(l, heads), nil
}

// merged lists the units of one list and of another.
func merged(a, b list) list {
	n := len(a.units) + len(b.units)
	l := list{make([]int32, 0, n), make([]uint16, 0, n)}
	i, j := 0, 0
	for i < len(a.units) && j < len(b.units) {
		switch x, y := a.units[i], b.units[j]; {
		case x < y:
			l.add(int(x), a.times[i])
			i++
		case y < x:
			l.add(int(y), b.times[j])
			j++
		default:
			l.add(int(x), sum(a.times[i], b.times[j]))
			i++
			j++
		}
	}
	l.units, l.times = append(l.units, a.units[i:]...), append(l.times, a.times[i:]...)
	return list{append(l.units, b.units[j:]...), append(l.times, b.times[j:]...)}
}

// eachChunk goes through the units that have a term in their own words, and how often each
// has it, some at a time.
func eachChunk(p *part, e *entry, f func(units []int32, times []uint32)) error {
	var c chunk
	it, all := newPostings(e.postings), 0
	for n := it.fill(&c, p.units); n > 0; n = it.fill(&c, p.units) {
		f(c.units[:n], c.times[:n])
		all += n
	}
	if all != e.units || it.unit >= p.units {
		return damaged("the postings of a term contradict themselves")
	}
	return nil
}

// eachHead goes through the units under headings with a term.
func eachHead(p *part, e *entry, f func(unit int)) error {
	unit, b := -1, e.head
	for range e.heads {
		d, k := uvarint(b)
		if k <= 0 || d == 0 || d > uint64(p.units) || unit+int(d) >= p.units {
			return damaged("the headings of a term contradict themselves")
		}
		unit, b = unit+int(d), b[k:]
		f(unit)
	}
	return nil
}

// union lists the units that have any of some terms.
func (r *Reader) union(p *part, entries []found, own, heading bool) (list, error) {
	m, all := &r.memory, r.column(p.units)
	if len(m.has) < (p.units+63)/64 {
		m.has = make([]uint64, (p.units+63)/64)
	}
	var err error
	n := 0
	add := func(unit int, times uint16) {
		bit := uint64(1) << (unit & 63)
		if m.has[unit>>6]&bit == 0 {
			m.has[unit>>6] |= bit
			all[unit] = times
			n++
			return
		}
		all[unit] = sum(all[unit], times)
	}
	for i := range entries {
		if own && err == nil {
			err = eachChunk(p, &entries[i].entry, func(units []int32, times []uint32) {
				for k, unit := range units {
					add(int(unit), uint16(min(times[k], maxTimes)))
				}
			})
		}
		if heading && err == nil {
			err = eachHead(p, &entries[i].entry, func(unit int) { add(unit, inHeading) })
		}
	}
	l := list{make([]int32, 0, n), make([]uint16, 0, n)}
	for i := range (p.units + 63) / 64 {
		for w := m.has[i]; w != 0; w &= w - 1 {
			unit := i<<6 | bits.TrailingZeros64(w)
			l.add(unit, all[unit])
		}
		m.has[i] = 0
	}
	return l, err
}

// alive leaves out what is of documents that were made again.
func (p *part) alive(l list) list {
	at, n := locator{spans: p.spans}, 0
	for i, unit := range l.units {
		if s := at.of(int(unit)); s != nil && s.doc >= 0 {
			l.units[n], l.times[n] = unit, l.times[i]
			n++
		}
	}
	return list{l.units[:n], l.times[:n]}
}

// phrase lists the units of a segment whose own words have all of some side by side.
func (r *Reader) phrase(tx *kv.Tx, p *part, asked []terms.Asked) (list, error) {
	entries := make([][]found, len(asked))
	units := make([]int, len(asked))
	for i, a := range asked {
		var err error
		if entries[i], err = r.matching(tx, p, a, true); err != nil || len(entries[i]) == 0 {
			return list{}, err
		}
		for _, e := range entries[i] {
			units[i] += e.units
		}
	}
	if !slices.ContainsFunc(entries, func(list []found) bool { return len(list) > 1 }) {
		single := make([]*entry, len(entries))
		for i := range entries {
			single[i] = &entries[i][0].entry
		}
		l, err := sideBySide(p, single, asked)
		if p.dirty {
			l = p.alive(l)
		}
		return l, err
	}
	order := rarest(units)
	var candidates []int32 // the units with all, begun with the rarest
	for k, i := range order {
		var err error
		switch {
		case k > 0 && len(entries[i]) == 1:
			candidates, err = having(p, &entries[i][0].entry, candidates)
		default:
			var l list
			if l, err = r.any(p, entries[i]); k == 0 {
				candidates = l.units
			} else {
				candidates = intersect(candidates, l.units)
			}
		}
		if err != nil || len(candidates) == 0 {
			return list{}, err
		}
	}
	var begins []uint64 // where the phrase may begin: a candidate, and a place in it
	for k, i := range order {
		var here []uint64
		for _, e := range entries[i] {
			var err error
			if here, err = placesIn(&e.entry, candidates, asked[i].Place, here); err != nil {
				return list{}, err
			}
		}
		if here = sorted(here); k == 0 {
			begins = here
		} else {
			begins = intersect(begins, here)
		}
	}
	var l list
	for from := 0; from < len(begins); {
		to := from + 1
		for to < len(begins) && begins[to]>>32 == begins[from]>>32 {
			to++
		}
		l.add(int(candidates[begins[from]>>32]), uint16(min(to-from, maxTimes)))
		from = to
	}
	if p.dirty {
		l = p.alive(l)
	}
	return l, nil
}

// any lists the units that have any of some terms in their own words.
func (r *Reader) any(p *part, entries []found) (list, error) {
	if len(entries) == 1 {
		return single(p, &entries[0].entry, true, false)
	}
	return r.union(p, entries, true, false)
}

// having returns the candidates that have a term in their own words, in their memory.
func having(p *part, e *entry, candidates []int32) ([]int32, error) {
	var some chunk
	it, n, c := newPostings(e.postings), 0, 0
	for k := it.fill(&some, p.units); k > 0 && c < len(candidates); k = it.fill(&some, p.units) {
		for _, unit := range some.units[:k] {
			for c < len(candidates) && candidates[c] < unit {
				c++
			}
			if c == len(candidates) {
				break
			}
			if candidates[c] == unit {
				candidates[n] = unit
				n++
				c++
			}
		}
	}
	if it.unit >= p.units {
		return nil, damaged("the postings of a term contradict themselves")
	}
	return candidates[:n], nil
}

// placesIn adds, for the candidates that have a term, where the phrase would begin whose
// part it is.
func placesIn(e *entry, candidates []int32, offset int, here []uint64) ([]uint64, error) {
	it, places, c, skip := newPostings(e.postings), e.places, 0, 0
	for it.next() {
		for c < len(candidates) && int(candidates[c]) < it.unit {
			c++
		}
		if c == len(candidates) {
			break
		}
		if int(candidates[c]) != it.unit {
			skip += it.n
			continue
		}
		places, skip = skipNumbers(places, skip), 0
		at := 0
		for range it.n {
			d, k := uvarint(places)
			if k <= 0 || d > maxPlace {
				return nil, damaged("the places of a term end too early")
			}
			at, places = at+int(d), places[k:]
			if at >= offset {
				here = append(here, uint64(c)<<32|uint64(min(at-offset, maxPlace)))
			}
		}
	}
	return here, nil
}

// maxPlace is behind every place.
const maxPlace = 1<<32 - 1
