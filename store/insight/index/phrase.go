package index

import (
	"math"

	"fineprint/store/insight/terms"
)

// placed goes through the units of a term and the places it has in each.
type placed struct {
	chunk
	it     postings
	at, n  int // in the chunk
	limit  int
	offset int    // of the term in the phrase
	places []byte // of this unit's and what follows, behind
	skip   int    // so many of units that were passed over
}

// noUnit is behind the last.
const noUnit = math.MaxInt32

// to goes on to the first unit that is not before one.
func (p *placed) to(unit int32) int32 {
	for {
		for ; p.at < p.n; p.at++ {
			if p.units[p.at] >= unit {
				return p.units[p.at]
			}
			p.skip += int(p.times[p.at])
		}
		if p.at, p.n = 0, p.it.fill(&p.chunk, p.limit); p.n == 0 {
			return noUnit
		}
	}
}

// begins lists where the phrase would begin in this unit, and goes on to the next.
func (p *placed) begins(list []int) ([]int, error) {
	p.places = skipNumbers(p.places, p.skip)
	place := 0
	for range p.times[p.at] {
		d, k := uvarint(p.places)
		if k <= 0 || d > maxPlace {
			return nil, damaged("the places of a term end too early")
		}
		place, p.places = place+int(d), p.places[k:]
		if place >= p.offset {
			list = append(list, place-p.offset)
		}
	}
	p.skip = 0
	p.at++
	return list, nil
}

// sideBySide lists the units of a segment that have terms side by side, going through all of
// them at once, from one unit of the rarest to the next.
func sideBySide(p *part, entries []*entry, asked []terms.Asked) (l list, err error) {
	units := make([]int, len(entries))
	for i, e := range entries {
		units[i] = e.units
	}
	all := make([]*placed, 0, len(entries))
	for _, i := range rarest(units) {
		e := entries[i]
		all = append(all, &placed{it: newPostings(e.postings), limit: p.units, offset: asked[i].Place, places: e.places})
	}
	var begins, more []int
	first := all[0]
next:
	for unit := first.to(0); unit != noUnit; unit = first.to(unit) {
		for _, other := range all[1:] {
			if found := other.to(unit); found != unit {
				unit = found
				continue next
			}
		}
		for i, other := range all {
			if more, err = other.begins(more[:0]); err != nil {
				return list{}, err
			}
			if i == 0 {
				begins = append(begins[:0], more...)
			} else {
				begins = intersect(begins, more)
			}
			if len(begins) == 0 {
				break
			}
		}
		if len(begins) > 0 {
			l.add(int(unit), uint16(min(len(begins), maxTimes)))
		}
	}
	for _, x := range all {
		if x.it.unit >= p.units {
			return list{}, damaged("the postings of a term contradict themselves")
		}
	}
	return l, nil
}
