// Package detect says what changed from one Text to the next: which clauses,
// what kind of change, material or not and why.
//
// Invariants:
//   - Every clause that differs by a byte is listed; what is immaterial is
//     labelled with its reason, never left out.
//   - A changed number, negation or modal is never immaterial by itself, except
//     in a bare date stamp or a clause's own numbering.
//
// It only suggests: severity is the analyst's.
package detect

import (
	"fineprint/store/clause"
	"fineprint/store/redline"
	"fineprint/store/terms"
)

// Version is the version of the algorithm; a store keeps it with every change.
const Version = 1

// Result is what Compare and Assess find.
type Result struct {
	Clauses   []terms.ClauseChange // in reading order of the new text, removed ones where they stood
	Material  bool
	Reason    terms.Reason // when not material: the reason of the whole change
	Detail    string
	Counts    terms.Counts
	Suggested terms.Suggestion
}

// Compare finds what changed between two texts, looking at nothing else.
func Compare(old, new string) Result {
	var r Result
	if old == new {
		r.Clauses = []terms.ClauseChange{}
		return r
	}
	a, b := clause.Split(old), clause.Split(new)
	r.Clauses = make([]terms.ClauseChange, 0, 8)
	var weigh weight
	for _, p := range sides(a, b, clause.Align(a, b)) {
		c, differs := change(old, new, p)
		if !differs {
			continue
		}
		if c.Material {
			weigh.add(old, new, &c)
		}
		r.Clauses = append(r.Clauses, c)
	}
	r.conclude()
	r.Suggested = weigh.suggestion(r.Material)
	return r
}

// side is a clause pair by extents; nil for a side that has none.
type side struct {
	old, new *terms.Extent
	heading  []string
	moved    bool
}

// sides turns an alignment into extents.
func sides(a, b []clause.Clause, pairs []clause.Pair) []side {
	out := make([]side, 0, len(pairs))
	for _, p := range pairs {
		s := side{moved: p.Moved}
		if p.Old >= 0 {
			s.heading = a[p.Old].Heading
			s.old = &terms.Extent{Start: a[p.Old].Start, End: a[p.Old+p.OldN-1].End}
		}
		if p.New >= 0 {
			s.heading = b[p.New].Heading
			s.new = &terms.Extent{Start: b[p.New].Start, End: b[p.New+p.NewN-1].End}
		}
		out = append(out, s)
	}
	return out
}

func change(old, new string, s side) (terms.ClauseChange, bool) {
	c := terms.ClauseChange{Heading: s.heading, Old: s.old, New: s.new, Material: true}
	switch {
	case s.old == nil, s.new == nil:
		c.Kind = terms.Added
		words := ""
		if s.new == nil {
			c.Kind, words = terms.Removed, old[s.old.Start:s.old.End]
		} else {
			words = new[s.new.Start:s.new.End]
		}
		if clause.Visible(words) == "" {
			c.Material, c.Reason = false, terms.ReasonFormatting
		}
		return c, true
	}
	a, b := old[s.old.Start:s.old.End], new[s.new.Start:s.new.End]
	if a == b {
		if s.moved {
			c.Kind, c.Material, c.Reason = terms.Moved, false, terms.ReasonMoved
		}
		return c, s.moved
	}
	c.Kind = terms.Modified
	if reason := immaterial(a, b); reason != terms.ReasonNone {
		c.Material, c.Reason = false, reason
	}
	if s.moved {
		c.Detail = "moved as well"
		if !c.Material {
			c.Kind, c.Reason = terms.Moved, terms.ReasonMoved
		}
	}
	return c, true
}

// conclude counts the clauses and says what the change as a whole is.
func (r *Result) conclude() {
	reasons := map[terms.Reason]int{}
	for _, c := range r.Clauses {
		switch {
		case !c.Material:
			r.Counts.Immaterial++
			reasons[c.Reason]++
			continue
		case c.Kind == terms.Added:
			r.Counts.Added++
		case c.Kind == terms.Removed:
			r.Counts.Removed++
		case c.Kind == terms.Modified:
			r.Counts.Modified++
		case c.Kind == terms.Moved:
			r.Counts.Moved++
		}
		r.Material = true
	}
	if r.Material {
		return
	}
	r.Reason = terms.ReasonWhitespace // nothing but what stands between clauses
	most := 0
	for _, reason := range reasonOrder {
		if n := reasons[reason]; n > most {
			most, r.Reason = n, reason
		}
	}
}

// reasonOrder is the order in which the reason of a whole change is chosen when
// several are as frequent.
var reasonOrder = []terms.Reason{terms.ReasonDate, terms.ReasonNumbering, terms.ReasonMoved, terms.ReasonLink, terms.ReasonCase,
	terms.ReasonFormatting, terms.ReasonTypography, terms.ReasonWhitespace}

// marks names what a reader of a clause change must not miss: kinds of changed
// words.
func marks(old, new string) (list []string, changed string) {
	seen := map[string]bool{}
	for _, s := range redline.Compare(old, new).Spans {
		if s.Op == terms.Equal {
			continue
		}
		changed += " " + s.Text
		for _, t := range redline.Tokens(s.Text) {
			switch {
			case redline.Negation(t):
				seen["negation"] = true
			case redline.Modal(t):
				seen["modal"] = true
			case redline.IsNumber(t):
				seen["number"] = true
			case isMoney(t):
				seen["money"] = true
			}
		}
	}
	for _, name := range []string{"number", "money", "negation", "modal"} {
		if seen[name] {
			list = append(list, name)
		}
	}
	return list, changed
}
