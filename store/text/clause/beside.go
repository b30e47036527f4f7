package clause

import "fineprint/store/text/guard"

// SplitBeside is Split of a text that shares much with old, the version before:
// what both begin and end with is not read again.
func SplitBeside(old *Document, text string) *Document {
	guard.Point(text)
	d := &Document{Text: text, Clauses: make([]Clause, 0, len(old.Clauses)+len(old.Clauses)/8+8)}
	head, tail := commonEnds(old.Text, text)
	k := old.cleanBefore(head)
	if k == 0 && tail == 0 || len(old.Clauses) > MaxClauses {
		d.split()
		return d
	}
	d.Clauses = append(d.Clauses, old.Clauses[:k]...)
	s := scanner{src: text, clauses: d.Clauses, open: None, lead: old.leadBefore(k)}
	at := 0
	if k > 0 {
		at = old.Clauses[k].Start
	}
	meet := k // the next old clause that may be met again
	for at < len(text) {
		n := len(s.clauses)
		at = s.next(at)
		if len(s.clauses) == n || s.clauses[n].flags&flagClean == 0 || s.clauses[n].Start < len(text)-tail {
			continue
		}
		from := s.clauses[n].Start - len(text) + len(old.Text)
		for meet < len(old.Clauses) && old.Clauses[meet].Start < from {
			meet++
		}
		if meet < len(old.Clauses) && old.Clauses[meet].Start == from && old.resumes(meet) &&
			n+len(old.Clauses)-meet < MaxClauses {
			s.clauses = s.clauses[:n]
			lead := s.lead
			if lead == int32(n) { // the clause itself, read once too often
				lead = s.leadOf(n)
			}
			d.Clauses = appendShifted(s.clauses, old, meet, len(text)-len(old.Text), lead)
			d.takeOver(old, 0, 0, k)
			d.takeOver(old, meet, n, len(old.Clauses)-meet)
			d.nest(k, n)
			return d
		}
	}
	d.Clauses = s.clauses
	d.takeOver(old, 0, 0, k)
	d.nest(k, len(d.Clauses))
	return d
}

// commonEnds counts the bytes two texts begin and end with in common; the ends
// don't overlap.
func commonEnds(a, b string) (head, tail int) {
	most := min(len(a), len(b))
	for head+chunk <= most && a[head:head+chunk] == b[head:head+chunk] {
		head += chunk
	}
	for head < most && a[head] == b[head] {
		head++
	}
	most -= head
	for tail+chunk <= most && a[len(a)-tail-chunk:len(a)-tail] == b[len(b)-tail-chunk:len(b)-tail] {
		tail += chunk
	}
	for tail < most && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	return head, tail
}

const chunk = 64 // work limit

// cleanBefore returns the last clause that lies, with the one after it, before
// a position and that the scanner can begin with; 0 when there is none.
func (d *Document) cleanBefore(at int) int {
	lo, hi := 0, len(d.Clauses) // the first clause that does not end before at
	for lo < hi {
		if mid := (lo + hi) / 2; d.Clauses[mid].End < at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	for k := lo - 2; k > 0; k-- {
		if d.Clauses[k].flags&flagClean != 0 {
			return k
		}
	}
	return 0
}

// leadBefore returns the clause that leads in a list that clause k begins.
func (d *Document) leadBefore(k int) int32 {
	for i := k - 1; i >= 0; i-- {
		if d.Clauses[i].flags&flagLeads != 0 {
			return int32(i)
		}
	}
	return None
}

func (s *scanner) leadOf(k int) int32 {
	d := Document{Clauses: s.clauses}
	return d.leadBefore(k)
}

// resumes reports whether what follows from clause i on reads the same whatever
// was before it: the scanner can begin there, and it is no list item, which
// may read as a heading or not by its neighbours.
func (d *Document) resumes(i int) bool {
	c := &d.Clauses[i]
	first := d.Text[c.Start]
	return c.flags&flagClean != 0 && c.Kind != Item && (c.Kind != Heading || first < '0' || first > '9')
}

// appendShifted appends the clauses of old from a clause on, as they are by
// bytes further on; lead is what leads in a list that is led in from before.
func appendShifted(dst []Clause, old *Document, from, by int, lead int32) []Clause {
	shift := int32(len(dst) - from)
	for _, c := range old.Clauses[from:] {
		c.Start, c.End = c.Start+by, c.End+by
		switch {
		case c.Lead >= int32(from):
			c.Lead += shift
		case c.Lead != None:
			c.Lead = lead
		}
		dst = append(dst, c)
	}
	return dst
}
