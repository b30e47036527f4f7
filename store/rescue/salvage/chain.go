package salvage

import (
	"maps"
	"slices"

	"fineprint/store/journal"
	"fineprint/store/kv"
)

// entry is a journal entry that is believed.
type entry struct {
	n     uint64
	value []byte
	e     journal.Entry
}

// chain chooses the journal's entries: those that follow from the one before, or that the
// next one follows from. The link of one whose own is hit is made again, and believed if
// the next one follows from it.
func (f *found) chain() []entry {
	numbers := slices.Sorted(maps.Keys(f.journal))
	candidates := func(n uint64) (list [][]byte) {
		for _, s := range f.journal[n] {
			list = append(list, f.bytes(s))
		}
		return list
	}
	follows := func(before kv.Sum, n uint64) (v []byte) {
		for _, c := range candidates(n) {
			if journal.Link(before, n, c[32:]) == kv.Sum(c[:32]) {
				return c
			}
		}
		return nil
	}
	var list []entry
	var link kv.Sum
	at := uint64(0) // the last one, whose link is known
	for _, n := range numbers {
		var v []byte
		if n == at+1 {
			v = follows(link, n)
		}
		if v == nil { // after a gap, or hit: the next one tells
			for _, c := range candidates(n) {
				if n == at+1 {
					made := journal.Link(link, n, c[32:])
					if follows(made, n+1) != nil {
						v = append(made[:], c[32:]...)
						break
					}
				}
				if n != at+1 && follows(kv.Sum(c[:32]), n+1) != nil {
					v = c
					break
				}
			}
		}
		if v == nil && n != at+1 && len(f.journal[n+1]) == 0 && len(f.journal[n]) > 0 && f.journal[n][0].rank != older {
			v = candidates(n)[0] // alone between two gaps
		}
		if v == nil {
			if n == at+1 { // what it was is lost, but its link may be what the next one follows from
				for _, c := range candidates(n) {
					if follows(kv.Sum(c[:32]), n+1) != nil {
						link, at = kv.Sum(c[:32]), n
					}
				}
			}
			continue
		}
		_, e, err := journal.Decode(v)
		if err != nil {
			continue
		}
		list = append(list, entry{n, v, e})
		link, at = kv.Sum(v[:32]), n
	}
	return list
}
