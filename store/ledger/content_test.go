package ledger_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

func contentDecision(title string, action model.Action) model.Decision {
	d := storetest.Approval(changeID(1))
	d.Action = action
	d.Content = &model.Content{Title: title, WhatItIs: "Who is younger than this may not use it.",
		WhyItMatters: "It shuts some out.", InterpretiveNote: "It does not say how age is checked."}
	d.Fields = []string{"title", "what_it_is", "why_it_matters", "interpretive_note"}
	return d
}

// TestChangeRecordCarriesContent: what is written with a decision is undone and redone with
// it, and an approval freezes it, with the clauses that have an ID.
func TestChangeRecordCarriesContent(t *testing.T) {
	s := storetest.New(t, 2)
	newRecord(t, s, "Age", 1)
	r, err := s.Decide(t.Context(), contentDecision("Minimum age", model.ActionSet))
	if err != nil || r.Content.Title != "Minimum age" || r.Note == "" || r.Content.InterpretiveNote != "" ||
		r.Authors["title"].By != "ada" || r.Authors["title"].How != model.ByPerson {
		t.Fatalf("%+v, %v", r, err)
	}
	undo := model.Decision{Change: changeID(1), Base: model.AnyRevision, Actor: "ada", Action: model.ActionUndo}
	if r, err = s.Decide(t.Context(), undo); err != nil || r.Content.Title != "" || r.Note != "" || len(r.Authors) != 0 {
		t.Errorf("after undo %+v, %v", r, err)
	}
	undo.Action = model.ActionRedo
	if r, err = storetest.Reopen(t, s).Decide(t.Context(), undo); err != nil || r.Content.Title != "Minimum age" {
		t.Errorf("after redo %+v, %v", r, err)
	}
	if r, err = s.Decide(t.Context(), storetest.Approval(changeID(1))); err != nil {
		t.Fatal(err)
	}
	rec, err := s.RecordByID(t.Context(), r.Record)
	if err != nil || rec.Kind != model.ChangeRecord || rec.Title != "Minimum age" || rec.Note != rec.InterpretiveNote ||
		rec.Note == "" || len(rec.Provisions) != 1 || rec.Provisions[0].ChangeClause != 1 || len(rec.FAQ) == 0 ||
		rec.Disclaimer == "" || rec.Authors["title"].By != "ada" {
		t.Errorf("%+v, %v", rec, err)
	}
	b, err := json.Marshal(rec)
	if err != nil || !bytes.Contains(b, []byte(`"interpretive_note":"It does not`)) {
		t.Errorf("%s, %v", b, err)
	}
}

// TestOnlyContentIsLinted: a plain approval stays as it was; one with a content is refused
// with a problem that blocks.
func TestOnlyContentIsLinted(t *testing.T) {
	s := storetest.New(t, 3)
	d := contentDecision("Minimum age", model.ActionApprove)
	d.Content.WhatItIs = "It says “we sell your data to whoever pays the most for it”."
	_, err := s.Decide(t.Context(), d)
	if !errors.Is(err, model.ErrIncomplete) || !strings.Contains(err.Error(), "quote_not_in_snapshot") {
		t.Errorf("a quote of nothing: %v", err)
	}
	plain := storetest.Approval(changeID(2))
	plain.Summary = storetest.Ptr("It says “we sell your data to whoever pays the most for it”.")
	if _, err := s.Decide(t.Context(), plain); err != nil {
		t.Errorf("a plain approval: %v", err)
	}
	for name, d := range map[string]model.Decision{
		"no field":             {Content: &model.Content{}, Fields: []string{"headline"}},
		"no part of a content": {Content: &model.Content{}, Fields: []string{"severity"}},
	} {
		d.Change, d.Base, d.Action = changeID(1), model.AnyRevision, model.ActionSet
		if _, err := s.Decide(t.Context(), d); !errors.Is(err, model.ErrInvalid) || !strings.Contains(err.Error(), name) {
			t.Errorf("%v, want %q", err, name)
		}
	}
}

// TestRecordsAreChosenByWhatTheySay, by their heads.
func TestRecordsAreChosenByWhatTheySay(t *testing.T) {
	s := withProvisionRecords(t)
	at := time.Now()
	for _, c := range []struct {
		f    model.RecordFilter
		want string
	}{
		{model.RecordFilter{Latest: true}, "FP-R-000001 1, FP-R-000002 1, FP-R-000003 1"},
		{model.RecordFilter{Kind: model.ChangeRecord}, "FP-R-000001 1"},
		{model.RecordFilter{Kind: model.ProvisionRecord, Latest: true}, "FP-R-000002 1, FP-R-000003 1"},
		{model.RecordFilter{Types: []string{"data_retention"}, Latest: true}, "FP-R-000002 1, FP-R-000003 1"},
		{model.RecordFilter{Types: []string{"arbitration"}}, ""},
		{model.RecordFilter{Severities: []model.Severity{model.Low, model.High}}, "FP-R-000001 1, FP-R-000002 1, " +
			"FP-R-000003 1, FP-R-000004 1"},
		{model.RecordFilter{Severities: []model.Severity{model.Low}}, ""},
		{model.RecordFilter{Until: at.Add(-time.Hour)}, ""},
		{model.RecordFilter{Since: at.Add(-time.Hour), Until: at.Add(time.Hour), Kind: model.ChangeRecord}, "FP-R-000001 1"},
		{model.RecordFilter{IDs: []model.ID{"FP-P-000003"}, Latest: true}, "FP-R-000002 1"},
		{model.RecordFilter{IDs: []model.ID{"FP-P-000099"}}, ""},
		{model.RecordFilter{IDs: []model.ID{changeID(1)}, Latest: true}, "FP-R-000002 1, FP-R-000003 1"},
		{model.RecordFilter{Stale: true, Latest: true}, "FP-R-000002 1, FP-R-000003 1"},
	} {
		list, err := s.Records(t.Context(), c.f)
		var got []string
		for _, r := range list {
			got = append(got, fmt.Sprint(r.ID, " ", r.Revision))
		}
		if err != nil || strings.Join(got, ", ") != c.want {
			t.Errorf("%+v: %s, %v; want %s", c.f, strings.Join(got, ", "), err, c.want)
		}
	}
}

// TestRecordNamesOthers: of its document, the gravest first, and of its types elsewhere.
func TestRecordNamesOthers(t *testing.T) {
	s := storetest.New(t, 2)
	other := []model.Capture{storetest.Capture("Privacy", storetest.Page(1), 0),
		storetest.Capture("Privacy", storetest.Page(2), 1),
		storetest.Capture("Privacy", storetest.Page(3), 2)} // after the last capture of the terms
	if _, err := s.Record(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	old := storetest.Approval(changeID(1)) // before there were cards
	old.Severity = storetest.Ptr(model.Low)
	if _, err := s.Decide(t.Context(), old); err != nil {
		t.Fatal(err)
	}
	approveRecord(t, s, newRecord(t, s, "Retention after closing", 2))
	elsewhere := model.NewRecordRequest{Change: changeID(2), Clauses: []int{2}}
	elsewhere.Writing, elsewhere.Fields = written("Retention of the other")
	d, err := s.NewRecord(t.Context(), elsewhere)
	if err != nil {
		t.Fatal(err)
	}
	approveAnyway(t, s, d)
	p := newRecord(t, s, "Age", 1).Preview
	if len(p.OtherRisks) != 2 || p.OtherRisks[0].Record != "FP-R-000002" || p.OtherRisks[1].Record != "FP-R-000001" ||
		p.OtherRisks[1].Title != "It changed." {
		t.Errorf("%+v", p.OtherRisks)
	}
	if len(p.Related) != 1 || p.Related[0].Record != "FP-R-000003" || p.Related[0].Why != "data_retention" {
		t.Errorf("%+v", p.Related)
	}
	a := p.RecentActivity
	if a == nil || a.Document != 1 || a.Platform != 3 || len(a.Changes) != 1 || a.Changes[0].Record != "FP-R-000001" ||
		a.Changes[0].Summary != "It changed." {
		t.Errorf("%+v", a)
	}
	if document, platform := a.MonthsTotal(); document != 1 || platform != 3 || len(a.Months) != model.ActivityMonths ||
		a.Months[11] != (model.ActivityMonth{Month: "2026-03", Document: 1, Platform: 3}) {
		t.Errorf("%+v", a.Months)
	}
	if !p.FirstTracked.Equal(storetest.Day0) || !p.LastVerified.Equal(storetest.Day0.AddDate(0, 0, 1)) {
		t.Errorf("tracked from %s to %s", p.FirstTracked, p.LastVerified)
	}
}

// TestChangeRecordHasTheActivityOfItsPlatform, which is that of the same days as the
// figures of the platform, and does not name its own change.
func TestChangeRecordHasTheActivityOfItsPlatform(t *testing.T) {
	s := storetest.New(t, 4)
	for _, n := range []int{1, 3} {
		if _, err := s.Decide(t.Context(), storetest.Approval(changeID(n))); err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.Records(t.Context(), model.RecordFilter{})
	if err != nil || len(list) != 2 {
		t.Fatalf("%d records, %v", len(list), err)
	}
	rows, err := s.Platforms(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		a := r.RecentActivity
		if a == nil || a.Document != 3 || a.Platform != 3 || !a.Until.Equal(rows[0].AsOf) ||
			a.Months[11].Platform != rows[0].Activity[11] {
			t.Errorf("%s: %+v as of %v, %v", r.ID, a, rows[0].AsOf, rows[0].Activity)
			continue
		}
		if slices.ContainsFunc(a.Changes, func(c model.ActivityChange) bool { return c.Change == r.Change }) {
			t.Errorf("%s names its own change: %+v", r.ID, a.Changes)
		}
	}
	// The later one knows of the record that the earlier one is.
	if a := list[1].RecentActivity; a.Changes[len(a.Changes)-1].Record != list[0].ID {
		t.Errorf("%+v", a.Changes)
	}
}

// TestActivityTellsOfProvisionRecords, one line for each thing that somebody did.
func TestActivityTellsOfProvisionRecords(t *testing.T) {
	s := withProvisionRecords(t)
	list, err := s.Activity(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range list {
		if a.ID.Kind() == model.RecordID {
			got = append(got, fmt.Sprint(a.Act, " ", a.ID))
		}
	}
	want := "record_withdrawn FP-R-000004, record_made FP-R-000004, record_begun FP-R-000004, record_written FP-R-000003, " +
		"record_made FP-R-000003, record_begun FP-R-000003, record_made FP-R-000002, record_begun FP-R-000002, " +
		"record_made FP-R-000001"
	if strings.Join(got, ", ") != want {
		t.Errorf("got %s", strings.Join(got, ", "))
	}
}

// TestSameStoreSameBytes: what is read twice is the same, and after a restart.
func TestSameStoreSameBytes(t *testing.T) {
	s := withProvisionRecords(t)
	read := func(s *store.Store) string {
		answers, errs := provisionAnswers(t, s)
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		b, err := json.Marshal(answers)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if first := read(s); first != read(s) || first != read(storetest.Reopen(t, s)) {
		t.Error("what is read differs from one time to the next")
	}
}
