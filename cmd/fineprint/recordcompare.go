package main

import (
	"context"
	"fmt"
	"slices"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/store/text/excerpt"
)

// mostCompared is how many platforms are looked for what is pinned.
const mostCompared = 1000

// runRecordCompare fills in how many platforms have a clause like that of a record, and
// quotes those of them that are pinned. It replaces nothing that a person wrote.
func runRecordCompare(ctx context.Context, a *cli, o *recordEditOptions, id model.ID) error {
	pins := make([]model.ID, len(o.pins))
	for i, arg := range o.pins {
		pin, err := parseIDOf(arg, model.ClauseID, "clause")
		if err != nil {
			return err
		}
		pins[i] = pin
	}
	s, err := a.openStore()
	if err != nil {
		return err
	}
	d, err := s.RecordDraft(ctx, id)
	if err != nil {
		return err
	}
	found, err := compareRecord(ctx, s, d)
	if err != nil {
		return err
	}
	e := model.RecordEdit{Record: id, Base: o.base, How: model.ByPerson, Source: model.FromComparison}
	if e.Writing.Comparisons, err = quoted(d.Writing.Comparisons, &found, pins); err != nil {
		return err
	}
	e.Fields = []string{"comparisons"}
	switch p, is := found.Prevalence(), d.Writing.Prevalence; {
	case is == nil, d.Preview.Authors["prevalence"].Source == model.FromComparison:
		e.Writing.Prevalence = &p
		e.Fields = append(e.Fields, "prevalence")
	case *is != p && !a.json:
		a.printf("Prevalence stays as written: %d of %d. Counted now: %d of %d platforms.\n", is.Alike, is.Of,
			p.Alike, p.Of)
	}
	if err := a.write(ctx, s, d, e); err != nil || a.json {
		return err
	}
	return a.printComparisonProblems(ctx, s, id)
}

// compareRecord compares the first clause of a record.
func compareRecord(ctx context.Context, s *store.Store, d model.RecordDraft) (model.ClauseComparison, error) {
	if len(d.Preview.Provisions) == 0 {
		return model.ClauseComparison{}, fmt.Errorf("%w: %s is about no clause that could be compared",
			model.ErrInvalid, d.Record)
	}
	p := d.Preview.Provisions[0]
	r := model.CompareRequest{Clause: p.ID, Limit: mostCompared}
	if p.ID == "" {
		r.Text = p.Quote.Text
	}
	return s.Compare(ctx, r)
}

// quoted adds to comparisons the clauses that are pinned. One that is there stays as it is.
func quoted(list []model.Comparison, found *model.ClauseComparison, pins []model.ID) ([]model.Comparison, error) {
	list = slices.Clone(list)
	words := excerpt.WordsOf(found.Text)
	for _, pin := range pins {
		i := slices.IndexFunc(found.Hits, func(h model.SearchHit) bool { return h.Clause == pin })
		if i < 0 {
			return nil, fmt.Errorf("%w: %s is not among the clauses like this one; `fineprint compare CLAUSE-ID` lists them",
				model.ErrInvalid, pin)
		}
		c := found.Hits[i].Quote(excerpt.Of(found.Hits[i].Text, words))
		if !slices.ContainsFunc(list, func(is model.Comparison) bool {
			return is.Document == c.Document && is.Excerpt == c.Excerpt
		}) {
			list = append(list, c)
		}
	}
	return list, nil
}

// printComparisonProblems says what the linter finds in what was quoted.
func (a *cli) printComparisonProblems(ctx context.Context, s *store.Store, id model.ID) error {
	d, err := s.RecordDraft(ctx, id)
	if err != nil {
		return err
	}
	for _, p := range d.Problems {
		if p.Field == "comparisons" || p.Field == "prevalence" {
			a.printf("%s: %s\n", p.Rule, p.Message)
		}
	}
	return nil
}
