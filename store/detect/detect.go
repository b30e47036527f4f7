// Package detect finds what changed from one Text to the next: which clauses,
// what kind of change, material or not and why, and how severe it may be; and,
// over a document's history, which new texts are no change at all but a return
// to a former one or a bad capture.
//
// Invariants, fuzzed:
//   - Every clause that differs by a byte is listed; what is immaterial is
//     labelled with its reason, never left out.
//   - A changed number, amount, negation or modal is never immaterial by itself,
//     except in a bare date line, a counter or a clause's own numbering, and,
//     outside of sentences, at a place that churns, or on a page that its history
//     shows to be no legal text.
//   - The same texts give the same result.
//
// What is immaterial the table of store/detect/rules decides; this package has
// no rule of its own. It only suggests: severity is the analyst's. In which order
// material changes are read the model of store/detect/order says, by features that
// are counted here (facts.go).
//
// [Version] counts the algorithm's versions; a store keeps it with every
// change, so that changes found by an older one can be detected again.
//
// Size: what a history adds to a comparison (returns, turns, churn, listings, places)
// works on one comparison and one [History], with the sums of clauses that only they
// know; apart they would have to show each other all of it.
package detect

import (
	"slices"
	"time"

	"fineprint/store/detect/order"
	"fineprint/store/detect/rules"
	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/guard"
)

// Version is the version of the algorithm: of the comparison and scoring here
// or of the rules, whichever is higher. A store keeps it with every change.
const Version = max(4, rules.Version)

// Result is what Compare and History.Assess find.
type Result struct {
	Clauses  []model.ClauseChange // in reading order of the new text, removed ones where they were
	Material bool
	Reason   model.Reason // when not material: the reason of the whole change
	Detail   string
	// Suspect: the new text looks like a bad capture and is not to be compared
	// with. Its Reason is then ReasonCapture.
	Suspect bool
	// Back are the versions, newest first, whose text the new one goes back to.
	Back []int
	// NotTerms: the page is no legal text, as its history tells.
	NotTerms bool
	// Direction is from which text to which; zero without a history.
	Direction Direction
	// Uncompared: the texts made the comparer fail; see the function Uncompared.
	Uncompared bool
	Counts     model.Counts
	Suggested  model.Suggestion
	// Features are what package order puts a material change in order by; nil of any
	// other.
	Features *order.Features

	words   int  // that changed in material clauses
	telling bool // something gave points
}

// Compare finds what changed between two texts, looking at nothing else.
func Compare(old, new string) Result { return CompareAt(time.Time{}, old, new) }

// CompareAt is Compare with a new text that was captured at a time.
func CompareAt(at time.Time, old, new string) Result {
	if old == new {
		return Result{Clauses: []model.ClauseChange{}}
	}
	r, ok := guard.Value(func() Result {
		before := clause.Split(old)
		c := newComparison(before, clause.SplitBeside(before, new))
		c.At = at
		r, pairs := c.result()
		(&History{}).describe(time.Time{}, &r, c, pairs) // of what was before nothing is known
		return r
	})
	if !ok {
		return Uncompared(old, new)
	}
	return r
}

// CompareClauses is [Compare] without what a suggestion is made from: it finds the clause
// changes, without their marks, and whether one of them is material.
func CompareClauses(old, new string) Result {
	if old == new {
		return Result{Clauses: []model.ClauseChange{}}
	}
	r, ok := guard.Value(func() Result {
		before := clause.Split(old)
		return newComparison(before, clause.SplitBeside(before, new)).classified()
	})
	if !ok {
		return Uncompared(old, new)
	}
	return r
}

// comparison is one pair of texts being compared.
type comparison struct {
	rules.Comparison
	oldPaths, newPaths paths
	// tellings are what the clause changes say, each read once: what is material is
	// counted again after every fold.
	tellings []*telling
}

func newComparison(old, new *clause.Document) *comparison {
	return &comparison{Comparison: rules.Comparison{Old: old, New: new, Alignment: clause.Align(old, new)}}
}

// result judges every pair that differs; the pairs are those of the clause
// changes, in the same order.
func (c *comparison) result() (Result, []rules.Change) {
	r := c.classified()
	r.conclude(c)
	return r, c.Changes
}

// classified judges every pair that differs, and no more.
func (c *comparison) classified() Result {
	rules.Default.Classify(&c.Comparison)
	r := Result{Clauses: make([]model.ClauseChange, 0, len(c.Changes))}
	for i := range c.Changes {
		ch := c.clauseChange(&c.Changes[i])
		r.Clauses, r.Material = append(r.Clauses, ch), r.Material || ch.Material
	}
	return r
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

// sources returns the bytes of both sides of a clause change, "" for a side that
// has none.
func (c *comparison) sources(ch *model.ClauseChange) (old, new string) {
	if ch.Old != nil {
		old = c.Old.Text[ch.Old.Start:ch.Old.End]
	}
	if ch.New != nil {
		new = c.New.Text[ch.New.Start:ch.New.End]
	}
	return old, new
}

// clauseChange describes a judged pair by where its sides are.
func (c *comparison) clauseChange(p *rules.Change) model.ClauseChange {
	ch := model.ClauseChange{Kind: p.Kind, Material: !p.Folded(), Reason: p.Reason, Detail: p.Detail}
	if p.Old != clause.None {
		ch.Heading = c.oldPaths.of(c.Old, p.Old)
		ch.Old = &model.ByteRange{Start: c.Old.Clauses[p.Old].Start, End: c.Old.Clauses[p.Old+p.OldN-1].End}
	}
	if p.New != clause.None {
		ch.Heading = c.newPaths.of(c.New, p.New)
		ch.New = &model.ByteRange{Start: c.New.Clauses[p.New].Start, End: c.New.Clauses[p.New+p.NewN-1].End}
	}
	if p.Moved && p.Old != clause.None && p.New != clause.None {
		if was := c.oldPaths.of(c.Old, p.Old); !slices.Equal(was, ch.Heading) {
			ch.OldHeading = was
		}
	}
	return ch
}

// capture returns what gives a new text away as a bad capture, nothing when it
// looks like the document.
func (c *comparison) capture(r *Result) Suspicion {
	v := rules.Default.Capture(&c.Comparison, rules.Verdict{Reason: r.Reason, Detail: r.Detail})
	return Suspicion{What: v.Detail, MayBeReal: v.MayBeReal}
}

// ClassifyInterstitial names what gives a document's first text away as no
// document (a sign-in page, an error page, a cookie wall), nothing when it may
// be one.
func ClassifyInterstitial(text string) string { return rules.Default.FirstCapture(text).Detail }

// Doubt says why a document's first text, which [ClassifyInterstitial] takes for one, may be
// none, for a reader to look at it; "" where it reads like a document.
func Doubt(text string) string { return rules.Doubt(text) }

// conclude counts the clauses, marks the material ones, and concludes what the
// change as a whole is.
func (r *Result) conclude(c *comparison) {
	r.Material, r.Counts = false, model.Counts{}
	reasons := map[model.Reason]int{}
	details := map[model.Reason]string{}
	if c.tellings == nil {
		c.tellings = make([]*telling, len(r.Clauses))
	}
	var score scorer
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
		if c.tellings[i] == nil {
			old, new := c.sources(ch)
			t := score.read(ch.Kind, c.leadIn(ch.Kind, i), old, new)
			c.tellings[i] = &t
		}
		score.add(ch, c.tellings[i])
	}
	r.Suggested = score.suggestion(r.Material)
	r.words, r.telling = score.count, r.Suggested.Score > scoreOf(basePoints)
	if r.Material {
		return
	}
	r.Reason = model.ReasonWhitespace // nothing but what is between clauses
	most := 0
	for _, reason := range reasonOrder {
		if n := reasons[reason]; n > most {
			most, r.Reason, r.Detail = n, reason, details[reason]
		}
	}
}

// leadIn returns the words that lead in the added clause of change i, "" for none.
func (c *comparison) leadIn(kind model.Kind, i int) string {
	if kind != model.Added {
		return ""
	}
	lead := c.New.Clauses[c.Changes[i].New].Lead
	if lead == clause.None {
		return ""
	}
	return c.New.Words(int(lead))
}

// reasonOrder is the order in which the reason of a whole change is chosen when
// several are as frequent.
var reasonOrder = []model.Reason{
	model.ReasonCapture, model.ReasonNotTerms, model.ReasonFlap, model.ReasonChurn, model.ReasonDate,
	model.ReasonBoilerplate, model.ReasonNumbering,
	model.ReasonMoved, model.ReasonLink, model.ReasonCase, model.ReasonFormatting, model.ReasonTypography,
	model.ReasonWhitespace,
}
