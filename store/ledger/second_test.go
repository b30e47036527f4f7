package ledger_test

import (
	"errors"
	"fineprint/cmd/dev/storetest"
	"strings"
	"testing"

	"fineprint/store/export"
	"fineprint/store/model"
)

// TestSecondReadingIsStoredAndExported takes one change through a second reading: what each made of
// it is in the record, in what is counted and in what is exported.
func TestSecondReadingIsStoredAndExported(t *testing.T) {
	s := storetest.New(t, 3)
	ctx := t.Context()
	take := func(d model.Decision) model.Review {
		t.Helper()
		r, err := s.Decide(ctx, d)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	state := func(state model.State, want int) {
		t.Helper()
		if q, err := s.Queue(ctx, model.QueueFilter{State: state}); err != nil || q.Total != want {
			t.Errorf("%d are %s, want %d (%v)", q.Total, state, want, err)
		}
	}
	by := func(actor string, a model.Action) model.Decision {
		return model.Decision{Change: changeID(1), Base: model.AnyRevision, Actor: actor, Action: a}
	}
	submit := storetest.Approval(changeID(1))
	submit.Action = model.ActionSubmit
	if r := take(submit); r.State != model.InReview || r.Author != "ada" || r.Record != "" {
		t.Errorf("submitted: %+v", r)
	}
	if _, err := s.Decide(ctx, by("ada", model.ActionApprove)); !errors.Is(err, model.ErrNotAllowed) {
		t.Errorf("the author approves: %v", err)
	}
	state(model.InReview, 1)
	contest := by("ben", model.ActionContest)
	contest.Severity, contest.Reason = storetest.Ptr(model.Low), "it said so before"
	take(contest)
	state(model.Contested, 1)
	if st, err := s.Stats(ctx); err != nil || st.Changes.Contested != 1 || st.Changes.InReview != 0 {
		t.Errorf("%+v, %v", st.Changes, err)
	}
	if last, err := s.LastDecision(ctx, "ben"); err != nil || len(last) != 1 {
		t.Errorf("ben could undo %v, %v", last, err)
	}
	take(by("ben", model.ActionUndo))
	approve := by("ben", model.ActionApprove)
	approve.Severity, approve.Basis = storetest.Ptr(model.Medium), storetest.Ptr(model.Inferred)
	if r := take(approve); r.State != model.Approved || r.Severity != model.High || r.Record != "FP-R-000001" {
		t.Errorf("approved: %+v", r)
	}
	record, err := s.RecordByID(ctx, "FP-R-000001")
	own := record.SecondReader
	if err != nil || record.Author != "ada" || record.ApprovedBy != "ben" || record.Severity != model.High ||
		own == nil || own.Actor != "ben" || own.Severity != model.Medium || own.Basis != model.Inferred {
		t.Fatalf("%+v %+v, %v", record, own, err)
	}
	if !strings.Contains(record.Citation, "judged by ada, approved by ben") {
		t.Errorf("cited as %s", record.Citation)
	}
	for name, want := range map[string]string{
		"md":    "Second reader: ben, whose own reading is severity medium, confidence not given, basis inferred",
		"jsonl": `"second_reader":{"actor":"ben","severity":"medium"`, "csv": ",ada,ben,medium,,inferred",
	} {
		format, err := export.ParseFormat(name)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := export.Write(&b, format, export.RecordsOf(record), export.Options{}); err != nil ||
			!strings.Contains(b.String(), want) {
			t.Errorf("%s lacks %q (%v):\n%s", name, want, err, b.String())
		}
	}
	a, err := s.Agreement(ctx)
	if err != nil || a.N != 1 || *a.Percent != 0 || a.Matrix[2][1] != 1 || len(a.Disagreements) != 1 ||
		a.Disagreements[0].Change != changeID(1) {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := s.Decide(ctx, by("ada", model.ActionUndo)); !errors.Is(err, model.ErrNotAllowed) {
		t.Errorf("the author takes back the second reader's approval: %v", err)
	}
	take(by("ben", model.ActionUndo))
	if a, err := s.Agreement(ctx); err != nil || a.N != 0 {
		t.Errorf("undone, but it counts: %+v, %v", a, err)
	}
	if r := take(by("ben", model.ActionRedo)); r.RecordRevision != 2 {
		t.Errorf("redone: %+v", r)
	}
}
