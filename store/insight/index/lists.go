package index

import (
	"math/bits"
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
	times []uint16
	has   []uint64
}

// found is a term of a segment, in the block it was read from.
type found struct {
	*entry
	places []byte
}

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
		for i := b.find(a.Term); i < len(b.entries); i++ {
			e := &b.entries[i]
			if e.term != a.Term && !(a.Prefix && strings.HasPrefix(e.term, a.Term)) {
				break
			}
			f := found{entry: e}
			if places && b.places != nil {
				f.places = b.places[b.placesAt[i]:b.placesAt[i+1]]
			}
			list = append(list, f)
		}
	}
	return list, nil
}

// word lists the units of a segment that have a word, in their own words or, unless only
// those count, in a heading above.
func (r *Reader) word(tx *kv.Tx, p *part, a terms.Asked, own, heading bool) (list, error) {
	entries, err := r.matching(tx, p, a, false)
	if err != nil || len(entries) == 0 {
		return list{}, err
	}
	var l list
	if len(entries) == 1 && (!own || !heading || entries[0].heads == 0 || entries[0].units == 0) {
		l, err = single(p, entries[0].entry, own, heading)
	} else {
		l, err = r.union(p, entries, own, heading)
	}
	if p.dirty {
		l = p.alive(l)
	}
	return l, err
}

// single lists the units of one term where its own postings, or its headings, are all.
func single(p *part, e *entry, own, heading bool) (list, error) {
	n := 0
	if own {
		n = e.units
	}
	if heading {
		n = max(n, e.heads)
	}
	l := list{make([]int32, 0, min(n, p.units)), make([]uint16, 0, min(n, p.units))}
	err := eachPosting(p, e, own, heading, func(unit int, times uint16) { l.add(unit, times) })
	return l, err
}

// eachPosting goes through a term's units, and then through those under headings with it.
func eachPosting(p *part, e *entry, own, heading bool, f func(unit int, times uint16)) error {
	if own {
		it, n := newPostings(e.postings), 0
		for it.next() {
			if it.unit >= p.units || it.n < 1 {
				break
			}
			f(it.unit, uint16(min(it.n, maxTimes)))
			n++
		}
		if n != e.units || len(it.b) > 0 {
			return damaged("the postings of a term contradict themselves")
		}
	}
	if heading {
		unit, b := -1, e.head
		for range e.heads {
			d, k := uvarint(b)
			if k <= 0 || unit+int(d) >= p.units || d == 0 {
				return damaged("the headings of a term contradict themselves")
			}
			unit, b = unit+int(d), b[k:]
			f(unit, inHeading)
		}
	}
	return nil
}

// union lists the units that have any of some terms.
func (r *Reader) union(p *part, entries []found, own, heading bool) (list, error) {
	m := &r.memory
	if len(m.times) < p.units {
		m.times, m.has = make([]uint16, p.units), make([]uint64, (p.units+63)/64)
	}
	var err error
	n := 0
	for i := range entries {
		err = eachPosting(p, entries[i].entry, own, heading, func(unit int, times uint16) {
			bit := uint64(1) << (unit & 63)
			if m.has[unit>>6]&bit == 0 {
				m.has[unit>>6] |= bit
				m.times[unit] = times
				n++
				return
			}
			m.times[unit] = sum(m.times[unit], times)
		})
		if err != nil {
			break
		}
	}
	l := list{make([]int32, 0, n), make([]uint16, 0, n)}
	for i := range (p.units + 63) / 64 {
		for w := m.has[i]; w != 0; w &= w - 1 {
			unit := i<<6 | bits.TrailingZeros64(w)
			l.add(unit, m.times[unit])
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
	var candidates []int32
	for i, a := range asked {
		var err error
		if entries[i], err = r.matching(tx, p, a, true); err != nil || len(entries[i]) == 0 {
			return list{}, err
		}
		l, err := r.union(p, entries[i], true, false)
		if err != nil {
			return list{}, err
		}
		if i == 0 {
			candidates = l.units
		} else {
			candidates = intersect(candidates, l.units)
		}
		if len(candidates) == 0 {
			return list{}, nil
		}
	}
	begins := make([][]int32, len(candidates)) // where the phrase may begin
	for i, a := range asked {
		here := make([][]int32, len(candidates))
		for _, e := range entries[i] {
			if err := placesIn(e, candidates, a.Place, here); err != nil {
				return list{}, err
			}
		}
		for c := range candidates {
			if i == 0 {
				begins[c] = sorted(here[c])
			} else {
				begins[c] = intersect(begins[c], sorted(here[c]))
			}
		}
	}
	var l list
	for c, unit := range candidates {
		if n := len(begins[c]); n > 0 {
			l.add(int(unit), uint16(min(n, maxTimes)))
		}
	}
	if p.dirty {
		l = p.alive(l)
	}
	return l, nil
}

// placesIn adds, for the candidates that have a term, where the phrase would begin whose
// part it is.
func placesIn(e found, candidates []int32, offset int, here [][]int32) error {
	it, places, c := newPostings(e.postings), e.places, 0
	for it.next() {
		for c < len(candidates) && int(candidates[c]) < it.unit {
			c++
		}
		if c == len(candidates) {
			return nil
		}
		if int(candidates[c]) != it.unit {
			places = skipNumbers(places, it.n)
			continue
		}
		at := 0
		for range it.n {
			d, k := uvarint(places)
			if k <= 0 {
				return damaged("the places of a term end too early")
			}
			at, places = at+int(d), places[k:]
			if at >= offset {
				here[c] = append(here[c], int32(at-offset))
			}
		}
	}
	return nil
}
