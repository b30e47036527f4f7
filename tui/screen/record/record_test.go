package record

import (
	"slices"
	"testing"

	"fineprint/store/model"
)

// TestEveryFieldOfARecordCanBeWritten: the form has a way for each shape, and a table
// for each field with rows that gives back what it was given.
func TestEveryFieldOfARecordCanBeWritten(t *testing.T) {
	full := model.Writing{Content: model.Content{
		Actions: []model.ReaderAction{{Kind: "delete", Text: "Ask.", Contact: "a@b.example", Jurisdiction: "EU", Basis: "x"}},
		Comparisons: []model.Comparison{{Platform: "P", Document: "FP-D-00001", Seq: 2, Excerpt: "e", Severity: model.Low,
			CapturedAt: "2026-01-01", Record: "FP-R-000001"}},
		Prevalence:    &model.Prevalence{Alike: 1, Of: 2, At: "2026-01-01"},
		AgencyReasons: map[string]string{"FTC": "why"},
	}}
	for _, f := range fields {
		table, is := tables[f.ID()]
		if is != (f.Shape == model.Table) {
			t.Errorf("%s: a table is %v, and its shape %v", f.ID(), is, f.Shape)
		}
		if f.Shape == model.Word && len(f.Words) == 0 || f.Shape == model.List && f.List(&full) == nil {
			t.Errorf("%s can't be written", f.ID())
		}
		if !is {
			continue
		}
		rows := table.rows(&full)
		var again model.Writing
		if err := table.put(&again, rows); err != nil || !same(f.ID(), &full, &again) || len(rows) == 0 {
			t.Errorf("%s comes back as %+v, %v", f.ID(), again, err)
		}
		if len(rows[0]) != len(table.columns) || table.line(rows[0]) == "" {
			t.Errorf("%s: %d values for %d columns", f.ID(), len(rows[0]), len(table.columns))
		}
	}
	for id := range sections {
		if !slices.ContainsFunc(fields, func(f model.WritingField) bool { return f.ID() == id }) {
			t.Errorf("a section begins with %q, which is no field", id)
		}
	}
}

func TestRowsThatCantBeReadAreRefused(t *testing.T) {
	for field, row := range map[string][]string{
		"comparisons": {"P", "e", "grave", "", "", "", ""},
		"prevalence":  {"many", "24", ""},
	} {
		if err := tables[field].put(&model.Writing{}, [][]string{row}); err == nil {
			t.Errorf("%s takes %q", field, row)
		}
	}
	row := []string{"P", "e", "low", "", "", "-1", ""}
	if err := tables["comparisons"].put(&model.Writing{}, [][]string{row}); err == nil {
		t.Error("a version before the first is taken")
	}
}

// TestTypesThatWereSaidAreSuggestedFirstHand: what somebody said of a clause is suggested, with
// who said it, and not what it seemed to be.
func TestTypesThatWereSaidAreSuggestedFirstHand(t *testing.T) {
	seems := []model.TypeSuggestion{{Type: "arbitration", Words: []string{"arbitrator"}}}
	s := &Screen{types: []model.ClauseTypes{
		{Types: []string{"class_action_waiver"}, By: model.TypesCorrected, Actor: "ada", Suggested: seems},
		{Types: []string{"class_action_waiver"}, By: model.TypesSuggested},
		{Types: []string{"arbitration"}, By: model.TypesSuggested, Suggested: seems},
	}}
	got := s.recognised()
	if len(got) != 2 || got[0].ID != "class_action_waiver" || got[0].Why != "ada said so" || got[1].ID != "arbitration" ||
		got[1].Why != "arbitrator" {
		t.Errorf("%+v", got)
	}
}
