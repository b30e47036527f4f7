package detect

import (
	"slices"

	"fineprint/store/detect/place"
	"fineprint/store/detect/rules"
	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/guard"
	"fineprint/store/text/redline"
)

// PlaceRule is a rule of an analyst for a place of the document: what changes there
// is folded, or never.
type PlaceRule struct {
	ID    model.ID
	Place place.Place
	Keep  bool // never fold it
	// Sentences: a rule that folds also folds sentences with a number, negation or
	// modal.
	Sentences bool
	Author    string
}

// UnderRules returns the history with other rules for places. They hold for what is
// assessed from then on.
func (h History) UnderRules(list []PlaceRule) History {
	h.placeRules = list
	return h
}

// applyRules judges the clause changes at the places of the analyst's rules by
// these; a rule that keeps is stronger than one that folds.
func (h *History) applyRules(r *Result, c *comparison, pairs []rules.Change) {
	if len(h.placeRules) == 0 || len(pairs) == 0 {
		return
	}
	places, applied := c.places(pairs), false
	for i := range r.Clauses {
		rule := h.ruleAt(i, places, c, &pairs[i])
		switch ch := &r.Clauses[i]; {
		case rule == nil:
		case rule.Keep:
			applied = keep(ch) || applied
		case ch.Material:
			ch.Material, ch.Reason, ch.Marks = false, model.ReasonChurn, nil
			ch.Detail = "folded by the rule " + string(rule.ID) + " of " + rule.Author
			applied = true
		}
	}
	if !applied {
		return
	}
	material, detail := r.Material, r.Detail
	r.Reason, r.Detail = model.ReasonNone, ""
	if r.conclude(c); r.Material && material {
		r.Detail = detail
	}
}

// ruleAt returns the rule that clause change i is judged by, nil for none; one that
// folds is none for a sentence that turns on a word, unless it was made for these, too.
func (h *History) ruleAt(i int, places *Places, c *comparison, p *rules.Change) *PlaceRule {
	var fold *PlaceRule
	for k := range h.placeRules {
		rule := &h.placeRules[k]
		switch {
		case !places.Holds(i, &rule.Place):
		case rule.Keep:
			return rule
		case rule.Sentences || !c.inSentence(p):
			fold = rule
		}
	}
	return fold
}

// keep makes a clause change material whose words differ, whatever folded it, and
// reports whether one had.
func keep(ch *model.ClauseChange) bool {
	switch ch.Reason {
	case model.ReasonNone, model.ReasonWhitespace, model.ReasonTypography, model.ReasonFormatting:
		return false
	}
	ch.Material, ch.Detail, ch.Reason = true, "kept by a rule: "+string(ch.Reason), model.ReasonNone
	return true
}

// PlaceOf returns the place of a clause change between two texts; ok is false when
// it can't be found again.
func PlaceOf(old, new string, ch model.ClauseChange) (at place.Place, ok bool) {
	return guard.Value(func() place.Place {
		before := clause.Split(old)
		after := clause.SplitBeside(before, new)
		i, n := within(before, ch.Old)
		j, m := within(after, ch.New)
		return place.Of(place.NewVersion(before), place.NewVersion(after), i, n, j, m)
	})
}

// within returns the first of the clauses in a range of bytes, and how many are in
// it.
func within(d *clause.Document, r *model.ByteRange) (first, n int) {
	if r == nil {
		return 0, 0
	}
	for i := range d.Clauses {
		if c := &d.Clauses[i]; c.Start >= r.Start && c.End <= r.End {
			if n == 0 {
				first = i
			}
			n++
		}
	}
	return first, n
}

// Sentence returns the words of clause change i, of the new side where there is one,
// when it is a sentence that turns on a number, a negation or a modal; else "".
func (p *Places) Sentence(i int) string {
	for _, side := range []struct {
		d     *clause.Document
		at, n int
	}{{p.c.New, p.pairs[i].New, p.pairs[i].NewN}, {p.c.Old, p.pairs[i].Old, p.pairs[i].OldN}} {
		if side.at == clause.None {
			continue
		}
		words := side.d.Text[side.d.Clauses[side.at].Start:side.d.Clauses[side.at+side.n-1].End]
		visible := clause.Visible(words)
		if readsAsSentence(words, visible) && slices.ContainsFunc(redline.Tokens(visible), redline.Significant) {
			return visible
		}
	}
	return ""
}
