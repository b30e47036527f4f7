// Package detect says what changed from one Text to the next: which clauses,
// what kind of change, material or not and why; and, over a document's history,
// which new texts are no change at all but a return to a former one or a bad
// capture.
//
// Invariants, fuzzed:
//   - Every clause that differs by a byte is listed; what is immaterial is
//     labelled with its reason, never left out.
//   - A changed number, amount, negation or modal is never immaterial by itself,
//     except in a bare date stamp, a counter or a clause's own numbering.
//   - The same texts give the same result.
//
// What is immaterial is decided on what the changed words are, never on how
// many they are. It only suggests: severity is the analyst's.
//
// Version counts the algorithm's versions; a store keeps it with every change,
// so that changes found by an older one can be detected again.
package detect

import (
	"slices"

	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/guard"
)

// Version is the version of the algorithm; a store keeps it with every change.
const Version = 3

// Result is what Compare and History.Assess find.
type Result struct {
	Clauses  []model.ClauseChange // in reading order of the new text, removed ones where they stood
	Material bool
	Reason   model.Reason // when not material: the reason of the whole change
	Detail   string
	// Suspect: the new text looks like a bad capture and is not to be compared
	// with. Its Reason is then ReasonCapture.
	Suspect bool
	// Uncompared: the texts made the comparer fail; see the function Uncompared.
	Uncompared bool
	Counts     model.Counts
	Suggested  model.Suggestion
}

// Compare finds what changed between two texts, looking at nothing else.
func Compare(old, new string) Result {
	if old == new {
		return Result{Clauses: []model.ClauseChange{}}
	}
	r, ok := guard.Value(func() Result {
		c := comparison{old: clause.Split(old)}
		c.new = clause.SplitBeside(c.old, new)
		c.alignment = clause.Align(c.old, c.new)
		r, _ := c.result()
		return r
	})
	if !ok {
		return Uncompared(old, new)
	}
	return r
}

// result judges every pair that differs; the pairs are those of the clause
// changes, in the same order.
func (c *comparison) result() (Result, []clause.Pair) {
	pairs := c.alignment.Differing()
	r := Result{Clauses: make([]model.ClauseChange, 0, len(pairs))}
	for _, p := range pairs {
		r.Clauses = append(r.Clauses, c.change(p))
	}
	c.surroundings(pairs, r.Clauses)
	r.conclude(c)
	return r, pairs
}

// comparison is one pair of texts being compared.
type comparison struct {
	old, new  *clause.Document
	alignment *clause.Alignment

	oldPaths, newPaths paths
}

// paths are heading paths by the clause they are of; clauses under one heading
// share one.
type paths map[int32][]string

func (p *paths) of(d *clause.Document, i int) []string {
	under := d.Clauses[i].Under
	path, ok := (*p)[under]
	if !ok {
		path = d.HeadingPath(i)
		if *p == nil {
			*p = paths{}
		}
		(*p)[under] = path
	}
	return path
}

// words returns the bytes of both sides of a clause change, "" for a side that
// has none.
func (c *comparison) words(ch *model.ClauseChange) (old, new string) {
	if ch.Old != nil {
		old = c.old.Text[ch.Old.Start:ch.Old.End]
	}
	if ch.New != nil {
		new = c.new.Text[ch.New.Start:ch.New.End]
	}
	return old, new
}

// change turns a pair into a clause change and judges it by its own words.
func (c *comparison) change(p clause.Pair) model.ClauseChange {
	ch := model.ClauseChange{Material: true}
	if p.Old != clause.None {
		ch.Heading = c.oldPaths.of(c.old, p.Old)
		ch.Old = &model.ByteRange{Start: c.old.Clauses[p.Old].Start, End: c.old.Clauses[p.Old+p.OldN-1].End}
	}
	if p.New != clause.None {
		ch.Heading = c.newPaths.of(c.new, p.New)
		ch.New = &model.ByteRange{Start: c.new.Clauses[p.New].Start, End: c.new.Clauses[p.New+p.NewN-1].End}
	}
	if p.Moved && p.Old != clause.None && p.New != clause.None {
		if was := c.oldPaths.of(c.old, p.Old); !slices.Equal(was, ch.Heading) {
			ch.OldHeading = was
		}
	}
	old, new := c.words(&ch)
	switch {
	case ch.Old == nil:
		ch.Kind = model.Added
		ch.Reason, ch.Detail = emptyWords(c.alignment.NewPlain(p.New))
	case ch.New == nil:
		ch.Kind = model.Removed
		plain := c.alignment.OldPlain(p.Old)
		ch.Reason, ch.Detail = emptyWords(plain)
		if ch.Reason == model.ReasonNone && isPastNotice(plain) {
			ch.Reason, ch.Detail = model.ReasonBoilerplate, patternNotice
		}
	case p.Moved:
		c.move(p, &ch, old, new)
	default:
		ch.Kind = model.Modified
		ch.Reason, ch.Detail = c.immaterial(p, old, new)
	}
	ch.Material = ch.Reason == model.ReasonNone
	return ch
}

// immaterial is immaterial for a pair, whose visible words aligning knows.
func (c *comparison) immaterial(p clause.Pair, old, new string) (model.Reason, string) {
	if p.SameWords || p.OldN > 1 || p.NewN > 1 {
		return immaterial(old, new, p.SameWords)
	}
	x, y := c.alignment.OldPlain(p.Old), c.alignment.NewPlain(p.New)
	switch {
	case x == y:
		return immaterial(old, new, true)
	case x == "" || y == "":
		return model.ReasonNone, "" // words appeared or went
	}
	return sameSaying(x, y)
}

// move judges a clause that stands elsewhere now. A list item that came under
// another heading, or under other words that lead its list in, says something
// else there.
func (c *comparison) move(p clause.Pair, ch *model.ClauseChange, old, new string) {
	ch.Kind, ch.Reason = model.Moved, model.ReasonMoved
	if c.new.Clauses[p.New].Kind == clause.Item && !c.alignment.SamePlace(p.Old, p.New) {
		ch.Reason, ch.Detail = model.ReasonNone, "moved to another list"
	}
	if old == new {
		return
	}
	if reason, _ := c.immaterial(p, old, new); reason == model.ReasonNone {
		ch.Kind, ch.Reason, ch.Detail = model.Modified, model.ReasonNone, "moved as well"
	}
}

// conclude counts the clauses, marks the material ones, and says what the
// change as a whole is.
func (r *Result) conclude(c *comparison) {
	r.Material, r.Counts = false, model.Counts{}
	reasons := map[model.Reason]int{}
	details := map[model.Reason]string{}
	var weigh weight
	for i := range r.Clauses {
		ch := &r.Clauses[i]
		if !ch.Material {
			r.Counts.Immaterial++
			reasons[ch.Reason]++
			if details[ch.Reason] == "" {
				details[ch.Reason] = ch.Detail
			}
			continue
		}
		r.Material = true
		switch ch.Kind {
		case model.Added:
			r.Counts.Added++
		case model.Removed:
			r.Counts.Removed++
		case model.Modified:
			r.Counts.Modified++
		case model.Moved:
			r.Counts.Moved++
		}
		old, new := c.words(ch)
		weigh.add(ch, old, new)
	}
	r.Suggested = weigh.suggestion(r.Material)
	if r.Material {
		return
	}
	r.Reason = model.ReasonWhitespace // nothing but what stands between clauses
	most := 0
	for _, reason := range reasonOrder {
		if n := reasons[reason]; n > most {
			most, r.Reason, r.Detail = n, reason, details[reason]
		}
	}
}

// reasonOrder is the order in which the reason of a whole change is chosen when
// several are as frequent.
var reasonOrder = []model.Reason{model.ReasonCapture, model.ReasonFlap, model.ReasonDate, model.ReasonBoilerplate, model.ReasonNumbering, model.ReasonMoved, model.ReasonLink, model.ReasonCase,
	model.ReasonFormatting, model.ReasonTypography, model.ReasonWhitespace}
