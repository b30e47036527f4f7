package ledger_test

import (
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

// TestChangeRecordSaysHowItsMainClauseStood: as it is kept when it is approved; a document that
// isn't indexed is not followed for it.
func TestChangeRecordSaysHowItsMainClauseStood(t *testing.T) {
	s := storetest.New(t, 4)
	record := func(n int) model.Record {
		t.Helper()
		r, err := s.Decide(t.Context(), storetest.Approval(changeID(n)))
		if err != nil {
			t.Fatal(err)
		}
		rec, err := s.RecordByID(t.Context(), r.Record)
		if err != nil {
			t.Fatal(err)
		}
		return rec
	}
	if rec := record(1); rec.Stability != nil {
		t.Errorf("not indexed: %+v", rec.Stability)
	}
	if _, err := s.Upkeep(t.Context(), store.UpkeepOptions{}); err != nil {
		t.Fatal(err)
	}
	rec := record(2)
	if rec.Stability == nil || rec.Stability.Clause == "" {
		t.Fatalf("indexed: %+v", rec.Stability)
	}
	of := rec.Stability
	l, err := s.ClauseLife(t.Context(), of.Clause)
	if err != nil || of.FirstSeen != l.FirstSeen || of.LastSeen != l.LastSeen || of.Changes != l.Changes ||
		of.Label != l.Label || of.ChangesYear != l.ChangesYear || of.FormulaVersion != l.ClauseStability.Version ||
		of.Versions != l.Versions || of.Months != l.Months || of.Present != l.Present || len(of.History) > 0 ||
		of.LastChanged == nil || !of.LastChanged.Equal(*l.LastChanged) || l.Changes == 0 {
		t.Errorf("%+v\n%+v, %v", of, l, err)
	}
	found := false
	for _, c := range rec.Clauses {
		found = found || c.Material && c.New != nil && len(l.Steps) > 0 && c.New.Text == l.Steps[2].Text
	}
	if !found {
		t.Errorf("%q is no clause of the record", l.Text)
	}
	if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Terms", storetest.Page(9), 9)}); err != nil {
		t.Fatal(err)
	}
	if rec := record(3); rec.Stability != nil {
		t.Errorf("behind: %+v", rec.Stability)
	}
}
