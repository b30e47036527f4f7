// Package place names places of a document: where a clause stands between
// neighbours that stay, so that what changes there can be known again in a later
// version, years after, whatever stands there by then.
//
// A [Place] is made from two versions that differ in a clause ([Of]). It keeps
// the nearest clauses before and after it that both versions share, a few of each,
// and the heading that they are under; of each only a sum of its letters and
// digits. In a later version ([Place.In]) it is what stands between the nearest of
// these that are still there. A change of its own content doesn't move it, nor
// does one of distant parts. Once all neighbours of one side have gone, or they
// are under another heading, the place is nowhere and nothing is there.
//
// Invariants:
//   - A neighbour is a clause whose words occur once in the version, so that a
//     place is never in two spots.
//   - The same versions give the same place.
//   - What a sum is made from ([SumOf]) never changes: places are stored.
//
// [Shared], which finds what several versions have in common, works on any sums,
// for those who keep no texts. The package is not for deciding what may be folded
// at a place (store/detect does for what it learned, the analyst for the rest).
package place

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"unicode"

	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

const (
	// maxNeighbours is how many clauses of each side a place is known by.
	maxNeighbours = 4
	// maxWords is how long, in characters, a neighbour is as it is shown.
	maxWords = 40
)

// Sum identifies a clause by its letters and digits; 0 is a clause without any.
type Sum uint64

// Sums of what is no clause: the beginning and the end of a text.
const (
	begin Sum = 1
	end   Sum = 2
)

// SumOf returns the sum of a clause's visible words: of their letters, marks and
// digits, in lower case, and of nothing else.
func SumOf(visible string) Sum {
	b := make([]byte, 0, len(visible))
	for _, r := range visible {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			b = append(b, string(unicode.ToLower(r))...)
		}
	}
	if len(b) == 0 {
		return 0
	}
	s := sha256.Sum256(b)
	return Sum(binary.BigEndian.Uint64(s[:]))
}

// Version is one version of a document in which places are looked for.
type Version struct {
	doc  *clause.Document
	sums []Sum       // of its clauses
	at   map[Sum]int // those that occur once
}

// NewVersion sums the clauses of a document.
func NewVersion(d *clause.Document) *Version {
	v := &Version{doc: d, sums: make([]Sum, len(d.Clauses)), at: make(map[Sum]int, len(d.Clauses)+2)}
	for i := range d.Clauses {
		s := SumOf(d.Visible(i))
		v.sums[i] = s
		if _, again := v.at[s]; again {
			v.at[s] = clause.None
		} else {
			v.at[s] = i
		}
	}
	delete(v.at, 0)
	for s, i := range v.at {
		if i == clause.None {
			delete(v.at, s)
		}
	}
	v.at[begin], v.at[end] = -1, len(d.Clauses)
	return v
}

// Spot is a stretch of clauses in a version, [From, To); empty between two
// neighbours with nothing in between.
type Spot struct{ From, To int }

// Holds reports whether n clauses from i are in the stretch.
func (s Spot) Holds(i, n int) bool { return s.From <= i && i+n <= s.To }

// Place is a place of a document, to be stored. The zero value is no place.
type Place struct {
	// Under is the nearest heading above that both versions shared, 0 for none.
	Under Sum `cbor:"1,keyasint,omitempty" json:"under,omitempty"`
	// Before and After are the neighbours, the nearest first.
	Before []Sum `cbor:"2,keyasint" json:"before"`
	After  []Sum `cbor:"3,keyasint" json:"after"`
	// Words name the place to a reader.
	Words string `cbor:"4,keyasint" json:"words"`
}

// Of returns the place of clauses that differ between two versions: n of old from
// i, or m of new from j; where a side has none, n or m is 0.
func Of(old, new *Version, i, n, j, m int) Place {
	v, other, at, count := new, old, j, m
	from, to := i, i+n // in other
	switch {
	case m == 0:
		v, other, at, count, from, to = old, new, i, n, len(new.sums), 0
	case n == 0:
		from, to = len(old.sums), 0 // nobody knows: either side of it will do
	}
	var p Place
	before, after := clause.None, clause.None
	for k := at - 1; k >= 0 && len(p.Before) < maxNeighbours; k-- {
		if within(v.shared(k, other), from) {
			p.Before = append(p.Before, v.sums[k])
			before = max(before, k)
		}
	}
	for k := at + count; k < len(v.sums) && len(p.After) < maxNeighbours; k++ {
		if v.shared(k, other) >= to {
			if p.After = append(p.After, v.sums[k]); after == clause.None {
				after = k
			}
		}
	}
	if len(p.Before) < maxNeighbours {
		p.Before = append(p.Before, begin)
	}
	if len(p.After) < maxNeighbours {
		p.After = append(p.After, end)
	}
	h := v.doc.Clauses[at].Under
	for h != clause.None && !within(v.shared(int(h), other), from) {
		h = v.doc.Clauses[h].Under
	}
	if h != clause.None {
		p.Under = v.sums[h]
	}
	p.Words = Describe(v.shown(int(h)), v.shown(before), v.shown(after))
	return p
}

// within reports whether a clause is one, and before another.
func within(k, before int) bool { return k != clause.None && k < before }

// shared returns where clause k of v is in another version, None when it isn't
// once in both, under the same heading.
func (v *Version) shared(k int, other *Version) int {
	there, ok := other.at[v.sums[k]]
	if at, once := v.at[v.sums[k]]; !ok || !once || at != k || !v.sameHeading(k, other, there) {
		return clause.None
	}
	return there
}

// sameHeading reports whether the headings right above two clauses are the same,
// so that "No." under one question isn't taken for that under another.
func (v *Version) sameHeading(k int, other *Version, there int) bool {
	a, b := v.doc.Clauses[k].Under, other.doc.Clauses[there].Under
	if a == clause.None || b == clause.None {
		return a == b
	}
	return v.sums[a] == other.sums[b]
}

func (v *Version) shown(k int) string {
	if k == clause.None {
		return ""
	}
	return v.doc.Visible(k)
}

// Describe names a place in words: under a heading, between two neighbours; ""
// stands for none, the beginning or the end of the text.
func Describe(under, before, after string) string {
	var b strings.Builder
	if under != "" && under != before {
		b.WriteString("under '" + short(under) + "', ")
	}
	switch {
	case before != "" && after != "":
		b.WriteString("between '" + short(before) + "' and '" + short(after) + "'")
	case before != "":
		b.WriteString("after '" + short(before) + "', at the end")
	case after != "":
		b.WriteString("before '" + short(after) + "', at the beginning")
	default:
		b.WriteString("the whole text")
	}
	return b.String()
}

// short cuts words for a line.
func short(s string) string {
	r := []rune(s)
	if len(r) <= maxWords {
		return s
	}
	return strings.TrimSpace(string(r[:maxWords-1])) + "…"
}

// In returns where a place is in a version; ok is false when it is nowhere.
func (p *Place) In(v *Version) (s Spot, ok bool) {
	before, after := v.nearest(p.Before), v.nearest(p.After)
	if before == nowhere || after == nowhere || before >= after || p.Under != 0 && !v.heads(p.Under, before, after) {
		return Spot{}, false
	}
	return Spot{before + 1, after}, true
}

const nowhere = -2

// nearest returns where the first of some neighbours is that the version has.
func (v *Version) nearest(neighbours []Sum) int {
	for _, s := range neighbours {
		if at, ok := v.at[s]; ok {
			return at
		}
	}
	return nowhere
}

// heads reports whether a heading is above what stands between two clauses: above
// the first of them, or that one itself.
func (v *Version) heads(under Sum, before, after int) bool {
	at, ok := v.at[under]
	if !ok || at >= after {
		return false
	}
	for h := before; h != clause.None; h = int(v.doc.Clauses[h].Under) {
		if h == at {
			return true
		}
	}
	return false
}

// Holds reports whether clauses that differ between two versions are at the place:
// n of old from i, and m of new from j; where a side has none, n or m is 0. Every
// side that there is must be at it.
func (p *Place) Holds(old, new *Version, i, n, j, m int) bool {
	at := func(v *Version, i, n int) bool {
		if n == 0 {
			return true
		}
		s, ok := p.In(v)
		return ok && s.Holds(i, n)
	}
	return n+m > 0 && at(old, i, n) && at(new, j, m)
}

// Shared finds the clauses that several versions, each a list of sums in reading
// order, have in common: those that occur once in each, and in the same order in
// all. It returns their positions by version. The zero sum is no clause's.
func Shared[S comparable](versions [][]S) [][]int {
	if len(versions) == 0 {
		return nil
	}
	type seen struct {
		index int
		in    int // how many versions in a row have it once; negative for several in one
	}
	var none S
	found := make(map[S]seen, len(versions[0]))
	var at [][]int // by version, by index
	for k, list := range versions {
		positions := make([]int, len(found))
		for i, s := range list {
			if s == none {
				continue
			}
			e, ok := found[s]
			switch {
			case !ok && k == 0:
				found[s] = seen{len(positions), 1}
				positions = append(positions, i)
			case ok && e.in == k:
				found[s] = seen{e.index, k + 1}
				positions[e.index] = i
			case ok && e.in == k+1:
				found[s] = seen{e.index, -1}
			}
		}
		at = append(at, positions)
	}
	var shared []int
	for _, e := range found {
		if e.in == len(versions) {
			shared = append(shared, e.index)
		}
	}
	slices.Sort(shared)
	for k := 1; k < len(versions); k++ {
		shared = redline.Increasing(shared, func(i int) int { return at[k][i] })
	}
	out := make([][]int, len(versions))
	for k := range out {
		out[k] = make([]int, len(shared))
		for n, i := range shared {
			out[k][n] = at[k][i]
		}
	}
	return out
}
