package upkeep_test

import (
	"encoding/json"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

// written is all that people wrote, as JSON.
func written(t *testing.T, s *store.Store) string {
	t.Helper()
	records, err := s.Records(t.Context(), model.RecordFilter{})
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := s.RecordDrafts(t.Context(), model.RecordDraftFilter{})
	if err != nil || len(records) == 0 || len(drafts) == 0 {
		t.Fatalf("%d records, %d drafts, %v", len(records), len(drafts), err)
	}
	for i := range drafts {
		if drafts[i], err = s.RecordDraft(t.Context(), drafts[i].Record); err != nil {
			t.Fatal(err)
		}
	}
	b, err := json.MarshalIndent([]any{records, drafts}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestUpgradeKeepsTheNumbersThatRecordsCite indexes a database that an earlier build made:
// the clauses that its records quote have the numbers by which they quote them.
func TestUpgradeKeepsTheNumbersThatRecordsCite(t *testing.T) {
	s := storetest.Golden(t, "../../testdata/schema-6.db.gz")
	before := written(t, s)
	for _, o := range []store.UpkeepOptions{{}, {Rebuild: true}} {
		index(t, s, o)
		if after := written(t, s); after != before {
			t.Errorf("%+v: records or drafts read otherwise", o)
		}
		checkCited(t, s)
	}
	storetest.RequireConsistent(t, s)
	again, other := newRecord(t, s, 1), newRecord(t, s, 2)
	if again.Preview.Provisions[0].ID != "FP-P-000001" {
		t.Errorf("the same clause is %s", again.Preview.Provisions[0].ID)
	}
	if id := other.Preview.Provisions[0].ID; id == "FP-P-000001" || id == "" ||
		other.Preview.Provisions[0].Quote.Text == again.Preview.Provisions[0].Quote.Text {
		t.Errorf("another clause is %s", id)
	}
	storetest.RequireConsistent(t, s)
}

// checkCited compares the clauses that drafts quote with those of the versions.
func checkCited(t *testing.T, s *store.Store) {
	t.Helper()
	drafts, err := s.RecordDrafts(t.Context(), model.RecordDraftFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, listed := range drafts {
		d, err := s.RecordDraft(t.Context(), listed.Record)
		if err != nil || len(d.Preview.Provisions) == 0 {
			t.Fatalf("%+v, %v", d, err)
		}
		for _, p := range d.Preview.Provisions {
			_, clauses, err := s.VersionClauses(t.Context(), p.Document, p.Seq)
			if err != nil || p.Number < 1 || p.Number > len(clauses) {
				t.Fatalf("%s quotes clause %d of %d, %v", d.Record, p.Number, len(clauses), err)
			}
			if c := clauses[p.Number-1]; c.Provision != p.ID || c.Text != p.Quote.Text {
				t.Errorf("%s quotes %s, %q; the clause is %s, %q", d.Record, p.ID, p.Quote.Text, c.Provision, c.Text)
			}
			l, err := s.ClauseLife(t.Context(), p.ID)
			if err != nil || l.ID != p.ID || len(l.Records) != len(drafts) || len(l.Steps) == 0 {
				t.Errorf("%+v, %v", l, err)
			}
		}
	}
}

// newRecord writes a record of a clause of the golden database's seventh change.
func newRecord(t *testing.T, s *store.Store, clause int) model.RecordDraft {
	t.Helper()
	q := model.NewRecordRequest{Change: "FP-C-000007", Clauses: []int{clause}}
	q.Actor, q.Fields = "ada", []string{"title"}
	q.Writing.Title = "Invented"
	d, err := s.NewRecord(t.Context(), q)
	if err != nil || len(d.Preview.Provisions) != 1 {
		t.Fatalf("%+v, %v", d.Preview.Provisions, err)
	}
	return d
}
