package ledger_test

import (
	"fmt"
	"slices"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

// retention is a text with a sentence on how long data is kept.
func retention(keep, more string) string {
	return "# Terms\n\nYou must be 13 years old.\n\n" + keep + "\n\nYou may write to us at any time.\n\n" + more + "\n"
}

const keep30 = "We keep your data for 30 days after you close your account, and then delete it."

func capture(t *testing.T, s *store.Store, day int, text string) {
	t.Helper()
	if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Terms", text, day)}); err != nil {
		t.Fatal(err)
	}
}

// recordOfVersion approves a record about the sentence on retention of a version.
func recordOfVersion(t *testing.T, s *store.Store, seq int) model.RecordDraft {
	t.Helper()
	return approveRecord(t, s, draftOfVersion(t, s, seq))
}

func draftOfVersion(t *testing.T, s *store.Store, seq int) model.RecordDraft {
	t.Helper()
	q := model.NewRecordRequest{Document: "FP-D-00001", Seq: seq, Clauses: []int{3}}
	q.Writing, q.Fields = written("Retention after closing")
	d, err := s.NewRecord(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func staleOf(t *testing.T, s *store.Store, id model.ID) *model.Stale {
	t.Helper()
	r, err := s.RecordByID(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return r.Stale
}

// TestProvisionRecordIsStaleWhileItsWordsAreGone: other clauses, and other formatting, make
// nothing stale; the words themselves do until they stand again.
func TestProvisionRecordIsStaleWhileItsWordsAreGone(t *testing.T) {
	s := storetest.New(t, 0)
	capture(t, s, 0, retention(keep30, "Courts decide."))
	d := recordOfVersion(t, s, 1)
	if d.Preview.From.Seq != 0 || d.Preview.Change != "" || d.Preview.Provisions[0].Number != 3 {
		t.Fatalf("%+v", d.Preview)
	}
	for i, step := range []struct {
		text string
		how  model.StaleHow
	}{
		{retention(keep30, "An arbitrator decides, and no court."), ""},
		{retention("We keep **your data** for 30 days after you close your account, and then delete it.",
			"An arbitrator decides, and no court. Nobody else does."), ""},
		{retention("We keep your data for 900 days after you close your account, and then delete it.",
			"An arbitrator decides."), model.StaleChanged},
		{retention(keep30, "An arbitrator decides, unless you object to it."), ""},
		{"# Terms\n\nYou must be 13 years old.\n\nYou may write to us at any time.\n\nAn arbitrator decides, always.\n",
			model.StaleRemoved},
	} {
		capture(t, s, i+1, step.text)
		stale := staleOf(t, s, d.Record)
		if (stale == nil) != (step.how == "") || stale != nil && (stale.How != step.how || stale.Seq != i+2) {
			t.Errorf("after version %d: %+v, want %q", i+2, stale, step.how)
		}
	}
	was := staleOf(t, s, d.Record)
	if _, err := s.DetectAgain(t.Context(), store.DetectAgainOptions{}); err != nil {
		t.Fatal(err)
	}
	if is := staleOf(t, s, d.Record); is == nil || was == nil || *is != *was {
		t.Errorf("after detecting again %+v, was %+v", is, was)
	}
	list, err := s.Records(t.Context(), model.RecordFilter{Latest: true, Stale: true})
	if err != nil || len(list) != 1 {
		t.Errorf("%d stale records, %v", len(list), err)
	}
}

// TestTakenBackIsTold: a record of a change is stale in another way when the old words
// stand again.
func TestTakenBackIsTold(t *testing.T) {
	s := storetest.New(t, 0)
	capture(t, s, 0, retention(keep30, "Courts decide."))
	capture(t, s, 1, retention("We keep your data for 900 days after you close your account, and then delete it.",
		"Courts decide."))
	d := approveRecord(t, s, newRecord(t, s, "Retention after closing", 1))
	capture(t, s, 2, retention(keep30, "Courts decide, as they did."))
	if stale := staleOf(t, s, d.Record); stale == nil || stale.How != model.StaleTakenBack {
		t.Errorf("%+v", stale)
	}
}

// TestNewRevisionIsNotStale: who approves a revision has seen what came before.
func TestNewRevisionIsNotStale(t *testing.T) {
	s := storetest.New(t, 0)
	capture(t, s, 0, retention(keep30, "Courts decide."))
	d := recordOfVersion(t, s, 1)
	first := d.Preview.Provisions[0].ID
	long := "We keep your data for 900 days after you close your account, and then delete it."
	capture(t, s, 1, retention(long, "Courts decide."))
	q := model.RecordEdit{Record: d.Record, Base: d.Revision, Fields: []string{"why_it_matters"}, Follow: true}
	q.Writing.WhyItMatters = "It is kept for far longer."
	d, err := s.EditRecord(t.Context(), q)
	if err != nil || d.Preview.Stale != nil || d.Preview.Provisions[0].Seq != 2 || d.Preview.Provisions[0].Quote.Text != long ||
		d.Preview.Provisions[0].ID != first {
		t.Fatalf("%+v, %v", d.Preview.Provisions, err)
	}
	if staleOf(t, s, d.Record) == nil {
		t.Error("the revision in force is not stale")
	}
	d = approveRecord(t, s, d)
	if stale := staleOf(t, s, d.Record); stale != nil {
		t.Errorf("the new revision is stale: %+v", stale)
	}
	h, err := s.ProvisionHistory(t.Context(), first)
	if err != nil || len(h.Steps) != 2 || h.Edits != 1 {
		t.Errorf("%+v, %v", h, err)
	}
	st := d.Preview.Stability
	if st == nil || st.Changes != 1 || st.Versions != 2 || st.Value != 0 {
		t.Errorf("%+v", st)
	}
}

// TestClauseKeepsItsProvision: through the versions, whether its words are known or it is
// followed to them.
func TestClauseKeepsItsProvision(t *testing.T) {
	s := storetest.New(t, 0)
	for day, days := range []int{30, 60, 90} {
		capture(t, s, day, retention(fmt.Sprintf("We keep your data for %d days after you close your account.", days),
			"Courts decide."))
	}
	var ids []model.ID
	for _, seq := range []int{1, 3, 2, 1} {
		ids = append(ids, draftOfVersion(t, s, seq).Preview.Provisions[0].ID)
	}
	if len(slices.Compact(ids)) != 1 || ids[0] != "FP-P-000003" {
		t.Errorf("one clause has the IDs %s", ids)
	}
	_, clauses, err := s.VersionClauses(t.Context(), "FP-D-00001", 2)
	if err != nil || len(clauses) != 5 || clauses[2].Provision != "FP-P-000003" || clauses[1].Provision != "FP-P-000002" ||
		clauses[2].Number != 3 {
		t.Errorf("%+v, %v", clauses, err)
	}
	p, err := s.ProvisionByID(t.Context(), "FP-P-000003")
	if err != nil || p.Seq != 1 || len(p.Records) != 4 {
		t.Errorf("%+v, %v", p, err)
	}
}

// TestRemovedClauseIsQuotedFromBefore: a record that says that words are gone quotes the
// version that had them, and is stale once they are back.
func TestRemovedClauseIsQuotedFromBefore(t *testing.T) {
	s := storetest.New(t, 0)
	capture(t, s, 0, retention(keep30, "Courts decide."))
	capture(t, s, 1, "# Terms\n\nYou must be 13 years old.\n\nYou may write to us at any time.\n\nCourts decide.\n")
	q := model.NewRecordRequest{Change: changeID(1), Clauses: []int{1}}
	q.Writing, q.Fields = written("Retention after closing")
	q.Writing.Basis = model.Absent
	d, err := s.NewRecord(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	p := d.Preview.Provisions[0]
	if p.Quote.Text != keep30 || p.Seq != 1 || p.Number != 3 || d.Preview.To.Seq != 2 || d.Preview.From.Seq != 1 {
		t.Fatalf("%+v", p)
	}
	if d = approveRecord(t, s, d); d.Preview.Stale != nil {
		t.Errorf("%+v", d.Preview.Stale)
	}
	capture(t, s, 2, retention("We keep what you wrote for good.", "Courts decide, and nobody else."))
	if stale := staleOf(t, s, d.Record); stale != nil {
		t.Errorf("other words make it stale: %+v", stale)
	}
	capture(t, s, 3, retention(keep30, "Courts decide, and nobody else."))
	if stale := staleOf(t, s, d.Record); stale == nil || stale.How != model.StaleTakenBack || stale.Seq != 4 {
		t.Errorf("%+v", stale)
	}
}

// TestRevisionOfOldWordsIsNotStale: who approves one knows what became of the words.
func TestRevisionOfOldWordsIsNotStale(t *testing.T) {
	s := storetest.New(t, 0)
	capture(t, s, 0, retention(keep30, "Courts decide."))
	d := recordOfVersion(t, s, 1)
	capture(t, s, 1, retention("We keep your data for 900 days after you close your account, and then delete it.",
		"Courts decide."))
	q := model.RecordEdit{Record: d.Record, Base: d.Revision, Fields: []string{"summary"}}
	q.Writing.Summary = "It was so until version 2."
	d, err := s.EditRecord(t.Context(), q)
	if err != nil || d.Preview.Stale == nil || d.Preview.Stale.Seq != 2 {
		t.Fatalf("%+v, %v", d.Preview.Stale, err)
	}
	d = approveAnyway(t, s, d)
	if len(d.Preview.Overruled) != 1 || d.Preview.Overruled[0].Rule != "stale" || d.Preview.Overruled[0].By != "ada" {
		t.Errorf("%+v", d.Preview.Overruled)
	}
	if stale := staleOf(t, s, d.Record); stale != nil {
		t.Errorf("%+v", stale)
	}
	if _, err := s.DetectAgain(t.Context(), store.DetectAgainOptions{}); err != nil {
		t.Fatal(err)
	}
	if stale := staleOf(t, s, d.Record); stale != nil {
		t.Errorf("after detecting again %+v", stale)
	}
}
