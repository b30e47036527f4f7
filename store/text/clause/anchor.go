package clause

import (
	"math/bits"

	"fineprint/store/text/redline"
)

// maxAnchorDepth bounds how often a stretch is cut at clauses that are unique
// in it.
const maxAnchorDepth = 6 // work limit

// anchor pairs equal clauses of a stretch in order: common ends, then clauses
// that are once on each side (Cohen's patience diff) with what is equal
// beside them, then the longest common sequence of what is left (Myers,
// bounded). Hashes propose, same decides.
func (a *aligner) anchor(s span, same func(i, j int) bool, depth int) {
	for !s.empty() && a.oldHash[s.i0] == a.newHash[s.j0] && same(s.i0, s.j0) {
		a.pair(s.i0, s.j0)
		s.i0, s.j0 = s.i0+1, s.j0+1
	}
	for !s.empty() && a.oldHash[s.i1-1] == a.newHash[s.j1-1] && same(s.i1-1, s.j1-1) {
		s.i1, s.j1 = s.i1-1, s.j1-1
		a.pair(s.i1, s.j1)
	}
	if s.empty() {
		return
	}
	a.table.reset(s.i1 - s.i0 + s.j1 - s.j0)
	for i := s.i0; i < s.i1; i++ {
		e := a.table.at(a.oldHash[i])
		e.oldN, e.oldAt = e.oldN+1, int32(i)
	}
	common := false
	for j := s.j0; j < s.j1; j++ {
		e := a.table.at(a.newHash[j])
		e.newN, e.newAt = e.newN+1, int32(j)
		common = common || e.oldN > 0
	}
	if !common {
		return
	}
	var unique []span
	if depth < maxAnchorDepth {
		for i := s.i0; i < s.i1; i++ {
			if e := a.table.at(a.oldHash[i]); e.oldN == 1 && e.newN == 1 && same(i, int(e.newAt)) {
				unique = append(unique, span{i0: i, j0: int(e.newAt)})
			}
		}
		unique = redline.Increasing(unique, func(u span) int { return u.j0 })
	}
	if len(unique) == 0 {
		a.longest(s, same)
		return
	}
	gap := span{i0: s.i0, j0: s.j0}
	for _, u := range unique {
		if u.i0 < gap.i0 || u.j0 < gap.j0 {
			continue // taken along with the one before
		}
		gap.i1, gap.j1 = u.i0, u.j0
		a.anchor(gap, same, depth+1)
		a.pair(u.i0, u.j0)
		gap.i0, gap.j0 = u.i0+1, u.j0+1
	}
	gap.i1, gap.j1 = s.i1, s.j1
	a.anchor(gap, same, depth+1)
}

// longest pairs the longest common sequence of a stretch.
func (a *aligner) longest(s span, same func(i, j int) bool) {
	number := func(hashes []uint64) []int {
		out := make([]int, len(hashes))
		for k, h := range hashes {
			out[k] = a.table.number(h)
		}
		return out
	}
	for _, r := range redline.Common(number(a.oldHash[s.i0:s.i1]), number(a.newHash[s.j0:s.j1])) {
		for k := range r.N {
			if i, j := s.i0+r.Old+k, s.j0+r.New+k; same(i, j) {
				a.pair(i, j)
			}
		}
	}
}

// table counts hashes by open addressing; it is many times faster than a map
// and is used again from one stretch to the next.
type table struct {
	entries []entry
	mask    uint64
	round   uint32
}

type entry struct {
	hash         uint64
	round        uint32
	oldN, newN   int32
	oldAt, newAt int32
}

func (t *table) reset(n int) {
	size := 1 << bits.Len(uint(2*n))
	if size > len(t.entries) {
		t.entries = make([]entry, size)
		t.round = 0
	}
	t.mask = uint64(len(t.entries) - 1)
	t.round++
	if t.round == 0 {
		clear(t.entries)
		t.round = 1
	}
}

// at returns the entry of a hash; it is empty at first.
func (t *table) at(hash uint64) *entry { return &t.entries[t.number(hash)] }

// find returns the entry of a hash, nil where there is none.
func (t *table) find(hash uint64) *entry {
	for k := hash & t.mask; t.entries[k].round == t.round; k = (k + 1) & t.mask {
		if t.entries[k].hash == hash {
			return &t.entries[k]
		}
	}
	return nil
}

// number returns the position of a hash's entry.
func (t *table) number(hash uint64) int {
	for k := hash & t.mask; ; k = (k + 1) & t.mask {
		e := &t.entries[k]
		if e.round != t.round {
			*e = entry{hash: hash, round: t.round}
			return int(k)
		}
		if e.hash == hash {
			return int(k)
		}
	}
}
