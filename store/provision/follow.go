package provision

import (
	"fineprint/store/model"
	"fineprint/store/smallsort"
)

// versionPair is a pair of neighbouring texts with the clause changes between them,
// read in one direction: a is the text that is come from, b the one gone to.
type versionPair struct {
	a, b    string
	clauses []model.ClauseChange
	back    bool // from the new text to the old
}

// sides of a clause change: in the text come from, and in the one gone to.
func (p *versionPair) sides(c *model.ClauseChange) (here, there *model.ByteRange) {
	if p.back {
		return c.New, c.Old
	}
	return c.Old, c.New
}

// position is where a stretch of text is in the other text of a versionPair.
type position struct {
	at   model.ByteRange
	by   *model.ClauseChange // what happened to it; nil when nothing did
	gone bool                // it is not there at all
	lost bool                // the clause changes don't show where: they are not those of these texts
}

// follow returns where the stretch e of a is in b. Every clause that differs is
// listed, so one that is not is there with the same bytes, as many bytes that
// are not listed after the beginning as here, white space not counted.
func (p *versionPair) follow(e model.ByteRange) position {
	var hit []*model.ClauseChange
	for i := range p.clauses {
		if here, _ := p.sides(&p.clauses[i]); here != nil && here.Start < e.End && e.Start < here.End {
			hit = append(hit, &p.clauses[i])
		}
	}
	if len(hit) == 0 {
		at, ok := p.same(e)
		return position{at: at, lost: !ok}
	}
	if here, there := p.sides(hit[0]); len(hit) == 1 && here.Start <= e.Start && e.End <= here.End {
		if there == nil {
			return position{by: hit[0], gone: true}
		}
		return position{at: *there, by: hit[0]}
	}
	return p.parts(e, hit)
}

// parts follows a stretch of several clauses, some of which changed: to all that
// became of them when it is still together, else to the largest part.
func (p *versionPair) parts(e model.ByteRange, hit []*model.ClauseChange) position {
	smallsort.By(hit, func(x, y *model.ClauseChange) int {
		a, _ := p.sides(x)
		b, _ := p.sides(y)
		return a.Start - b.Start
	})
	var pieces []model.ByteRange
	f := position{}
	largest, at := -1, e.Start
	unlisted := func(end int) bool {
		piece := trimmed(p.a, model.ByteRange{Start: at, End: end})
		if piece.Start >= piece.End {
			return true
		}
		there, ok := p.same(piece)
		pieces = append(pieces, there)
		return ok
	}
	for _, c := range hit {
		here, there := p.sides(c)
		if !unlisted(here.Start) {
			return position{lost: true}
		}
		at = max(at, here.End)
		if n := min(here.End, e.End) - max(here.Start, e.Start); n > largest {
			largest, f.by = n, c
		}
		if there != nil {
			pieces = append(pieces, *there)
		}
	}
	if !unlisted(e.End) {
		return position{lost: true}
	}
	if len(pieces) == 0 {
		f.gone = true
		return f
	}
	f.at = together(pieces)
	by := *f.by
	by.Kind = model.Modified // of a stretch that remains a part came or went
	f.by = &by
	return f
}

// trimmed takes white space off a stretch's ends.
func trimmed(s string, e model.ByteRange) model.ByteRange {
	for e.Start < e.End && isWhite(s[e.Start]) {
		e.Start++
	}
	for e.Start < e.End && isWhite(s[e.End-1]) {
		e.End--
	}
	return e
}

// together is the stretch from the first to the last of several, or the largest
// of them when more is between them than they hold.
func together(pieces []model.ByteRange) model.ByteRange {
	all, largest, sum := pieces[0], pieces[0], 0
	for _, p := range pieces {
		all.Start, all.End = min(all.Start, p.Start), max(all.End, p.End)
		sum += p.End - p.Start
		if p.End-p.Start > largest.End-largest.Start {
			largest = p
		}
	}
	if all.End-all.Start > 2*sum {
		return largest
	}
	return all
}

func isWhite(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// same finds a stretch that is not listed in the other text.
func (p *versionPair) same(e model.ByteRange) (model.ByteRange, bool) {
	var here, there []model.ByteRange
	for i := range p.clauses {
		x, y := p.sides(&p.clauses[i])
		if x != nil {
			here = append(here, *x)
		}
		if y != nil {
			there = append(there, *y)
		}
	}
	start := byteAt(p.b, there, ordinal(p.a, here, e.Start))
	end := start + e.End - e.Start
	if start < 0 || end > len(p.b) || p.b[start:end] != p.a[e.Start:e.End] {
		return model.ByteRange{}, false
	}
	return model.ByteRange{Start: start, End: end}, true
}

// ordinal counts the bytes before at that are neither white space nor listed.
func ordinal(s string, listed []model.ByteRange, at int) int {
	n := 0
	outside(s, listed, func(from, to int) bool {
		for i := from; i < min(to, at); i++ {
			if !isWhite(s[i]) {
				n++
			}
		}
		return to < at
	})
	return n
}

// byteAt is where the byte is that ordinal counts n before; -1 when there is
// none.
func byteAt(s string, listed []model.ByteRange, n int) int {
	at := -1
	outside(s, listed, func(from, to int) bool {
		for i := from; i < to; i++ {
			if isWhite(s[i]) {
				continue
			}
			if n == 0 {
				at = i
				return false
			}
			n--
		}
		return true
	})
	return at
}

// outside calls f for the stretches of s that are not listed, in order, until it
// returns false.
func outside(s string, listed []model.ByteRange, f func(from, to int) bool) {
	smallsort.By(listed, func(a, b model.ByteRange) int { return a.Start - b.Start })
	at := 0
	for _, e := range append(listed, model.ByteRange{Start: len(s), End: len(s)}) {
		if e.Start > at && !f(at, e.Start) {
			return
		}
		at = max(at, e.End)
	}
}
