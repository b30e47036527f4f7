package ledger_test

import (
	"errors"
	"strings"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

// written is a complete writing of a provision record, and which fields it gives.
func written(title string) (w model.Writing, fields []string) {
	w = model.Writing{Severity: model.High, Confidence: model.HighConfidence, Basis: model.Explicit,
		Content: model.Content{Title: title, WhatItIs: "Data is kept for a while after an account is closed.",
			WhyItMatters: "Whoever closes an account may expect it to be gone.", Types: []string{"data_retention"}}}
	return w, []string{"title", "severity", "confidence", "basis", "what_it_is", "why_it_matters", "types"}
}

// newRecord makes a complete draft about clauses of the first change.
func newRecord(t *testing.T, s *store.Store, title string, clauses ...int) model.RecordDraft {
	t.Helper()
	q := model.NewRecordRequest{Change: changeID(1), Clauses: clauses}
	q.Writing, q.Fields = written(title)
	d, err := s.NewRecord(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func approveRecord(t *testing.T, s *store.Store, d model.RecordDraft) model.RecordDraft {
	t.Helper()
	d, err := s.ApproveRecord(t.Context(), model.RecordApproval{Record: d.Record, Base: d.Revision, Actor: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestProvisionRecordLives(t *testing.T) {
	s := storetest.New(t, 2)
	d := newRecord(t, s, "Retention after closing", 2)
	if d.Record != "FP-R-000001" || d.State != model.DraftState || d.Approved != 0 || len(d.Missing) > 0 {
		t.Fatalf("%+v", d)
	}
	p := d.Preview.Provisions
	if len(p) != 1 || p[0].ID != "FP-P-000003" || !strings.Contains(p[0].Quote.Text, "31 days") || p[0].ChangeClause != 2 {
		t.Fatalf("%+v", p)
	}
	if len(d.Problems) > 0 {
		t.Errorf("%+v", d.Problems)
	}
	d = approveRecord(t, s, d)
	if d.State != model.Approved || d.Approved != 1 || d.Preview.Revision != 1 || d.Preview.SHA256 == "" {
		t.Fatalf("%+v", d)
	}
	c, err := s.Change(t.Context(), changeID(1))
	if err != nil || c.Review.State != model.Pending {
		t.Errorf("the change is %s, %v", c.Review.State, err)
	}
	q := model.RecordEdit{Record: d.Record, Base: d.Revision, Actor: "ben", Fields: []string{"title"}}
	q.Writing.Title = "Another title"
	if d, err = s.EditRecord(t.Context(), q); err != nil || d.State != model.DraftState || d.Approved != 1 {
		t.Fatalf("%+v, %v", d, err)
	}
	if _, err := s.EditRecord(t.Context(), q); !errors.Is(err, model.ErrStale) {
		t.Errorf("an edit of what was edited since: %v", err)
	}
	stands, err := s.RecordByID(t.Context(), d.Record)
	if err != nil || stands.Revision != 1 || stands.Title != "Retention after closing" {
		t.Errorf("%+v, %v", stands, err)
	}
	d = approveRecord(t, s, d)
	if d.Approved != 2 || d.Preview.Title != "Another title" {
		t.Errorf("%+v", d)
	}
	latest, err := s.Records(t.Context(), model.RecordFilter{Latest: true})
	if err != nil || len(latest) != 1 || latest[0].Revision != 2 {
		t.Errorf("%+v, %v", latest, err)
	}
	if d, err = s.WithdrawRecord(t.Context(), d.Record, "not so", "ada"); err != nil || d.State != model.WithdrawnState {
		t.Errorf("%+v, %v", d, err)
	}
	if list, err := s.Records(t.Context(), model.RecordFilter{Latest: true}); err != nil || len(list) != 0 {
		t.Errorf("%d records are exported, %v", len(list), err)
	}
	q.Base, q.Writing.Title = d.Revision, "A third title"
	if d, err = s.EditRecord(t.Context(), q); err != nil || d.State != model.DraftState || d.Approved != 0 {
		t.Fatalf("%+v, %v", d, err)
	}
	if d = approveRecord(t, storetest.Reopen(t, s), d); d.Approved != 3 {
		t.Errorf("%+v", d)
	}
	list, err := s.Records(t.Context(), model.RecordFilter{Latest: true})
	if err != nil || len(list) != 1 || list[0].Revision != 3 || list[0].Title != "A third title" {
		t.Errorf("%+v, %v", list, err)
	}
}
