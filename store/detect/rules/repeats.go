package rules

import (
	"encoding/binary"

	"github.com/cespare/xxhash/v2"

	"fineprint/store/text/clause"
)

// minRepeat is how many clauses in a row must repeat before they count as a
// part of the page that was captured twice. Fewer may be meant.
const minRepeat = 6

// repeats folds the runs of clauses that were added though they are in the new
// document once more, or removed though they are still there: a page captured
// twice over. A run is either more than half of the document, or a part.
func (x *Context) repeats(r *Rule, most bool) {
	for i := 0; i < len(x.Changes); {
		j := i
		for j < len(x.Changes) && x.continues(i, j) {
			j++
		}
		if j-i >= minRepeat {
			x.repeatsIn(i, j, r, most)
		}
		i = max(j, i+1)
	}
}

// repeatsIn folds the stretches of a run that are long enough.
func (x *Context) repeatsIn(from, to int, r *Rule, most bool) {
	if x.repeated == nil {
		x.repeated = newRepeater(x.Comparison)
	}
	for i := from; i < to; {
		j := i
		for j < to && x.repeated.twice(x.Changes[j].Pair) {
			j++
		}
		isMost := (j-i)*2 > min(len(x.Old.Clauses), len(x.New.Clauses))
		if j-i >= minRepeat && isMost == most {
			x.fold(i, j, r.verdict())
		}
		i = max(j, i+1)
	}
}

// repeater knows how often each place is in the new document.
type repeater struct {
	old, new []uint64
	inNew    map[uint64]int
}

func newRepeater(c *Comparison) *repeater {
	r := &repeater{old: placesOf(c.Old), new: placesOf(c.New), inNew: make(map[uint64]int, len(c.New.Clauses))}
	for _, p := range r.new {
		r.inNew[p]++
	}
	return r
}

// twice reports whether a clause that was added is in the new document once
// more, or one that was removed is still there.
func (r *repeater) twice(p clause.Pair) bool {
	if p.New == clause.None {
		return r.inNew[r.old[p.Old]] >= 1
	}
	return r.inNew[r.new[p.New]] >= 2
}

// placesOf names each clause of a document by its visible words and the place it
// has: the headings above it and what leads it in.
func placesOf(d *clause.Document) []uint64 {
	own, places := make([]uint64, len(d.Clauses)), make([]uint64, len(d.Clauses))
	var b []byte
	for i := range d.Clauses {
		c := &d.Clauses[i]
		own[i] = xxhash.Sum64String(d.Visible(i))
		b = binary.LittleEndian.AppendUint64(b[:0], own[i])
		if c.Under != clause.None {
			b = binary.LittleEndian.AppendUint64(b, places[c.Under])
		}
		if c.Lead != clause.None {
			b = append(binary.LittleEndian.AppendUint64(b, own[c.Lead]), 1)
		}
		places[i] = xxhash.Sum64(b)
	}
	return places
}
