package detect

import (
	"fineprint/store/detect/place"
	"fineprint/store/detect/rules"
	"fineprint/store/text/clause"
	"fineprint/store/text/guard"
)

// Places tells of two texts where in the document their clause changes are, which
// are those of [Compare] and [History.Assess], in the same order. The changes that
// follow are compared with a [place.Place] that an analyst chose in an earlier one.
type Places struct {
	c        *comparison
	old, new *place.Version
	pairs    []rules.Change
}

// ComparePlaces compares two texts. ok is false when they make the comparer fail.
func ComparePlaces(old, new string) (p *Places, ok bool) {
	return guard.Value(func() *Places {
		before := clause.Split(old)
		c := newComparison(before, clause.SplitBeside(before, new))
		_, pairs := c.result()
		return c.places(pairs)
	})
}

// places makes the places of a comparison that is done.
func (c *comparison) places(pairs []rules.Change) *Places {
	return &Places{c, place.NewVersion(c.Old), place.NewVersion(c.New), pairs}
}

// Len returns how many clause changes there are.
func (p *Places) Len() int { return len(p.pairs) }

// Of returns the place of clause change i.
func (p *Places) Of(i int) place.Place {
	c := &p.pairs[i]
	return place.Of(p.old, p.new, c.Old, c.OldN, c.New, c.NewN)
}

// Holds reports whether clause change i is at a place.
func (p *Places) Holds(i int, at *place.Place) bool {
	c := &p.pairs[i]
	return at.Holds(p.old, p.new, c.Old, c.OldN, c.New, c.NewN)
}
