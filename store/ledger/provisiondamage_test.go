package ledger_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// provisionBuckets are those that provision records are kept in.
var provisionBuckets = []string{"provision", "provisionwords", "recordevent", "recordhead", "recordindex", "recordstanding"}

// approveAnyway approves what the document says otherwise by now.
func approveAnyway(t *testing.T, s *store.Store, d model.RecordDraft) model.RecordDraft {
	t.Helper()
	d, err := s.ApproveRecord(t.Context(), model.RecordApproval{Record: d.Record, Base: d.Revision, Actor: "ada",
		OverruleAll: "it is about how it was"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// withProvisionRecords makes a store with an approved record, one with a draft upon the
// approved one, one withdrawn, and a change record.
func withProvisionRecords(t *testing.T) *store.Store {
	t.Helper()
	s := storetest.New(t, 3)
	if _, err := s.Decide(t.Context(), storetest.Approval(changeID(2))); err != nil {
		t.Fatal(err)
	}
	approveAnyway(t, s, newRecord(t, s, "Retention after closing", 2))
	d := approveAnyway(t, s, newRecord(t, s, "Age", 1))
	q := model.RecordEdit{Record: d.Record, Base: d.Revision, Fields: []string{"title"}, How: model.BySnippet,
		Source: "age"}
	q.Writing.Title = "Age of users"
	if _, err := s.EditRecord(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	d = approveAnyway(t, s, newRecord(t, s, "Both", 1, 2))
	if _, err := s.WithdrawRecord(t.Context(), d.Record, "made twice", "ben"); err != nil {
		t.Fatal(err)
	}
	return s
}

// provisionAnswers is what is read of provision records.
func provisionAnswers(t *testing.T, s *store.Store) (map[string]string, map[string]error) {
	t.Helper()
	ctx := t.Context()
	add, answers, errs := collect(t)
	for n := uint64(2); n <= 4; n++ {
		id := model.NewID("FP", model.RecordID, n)
		d, err := s.RecordDraft(ctx, id)
		add("draft "+string(id), d, err)
	}
	for name, f := range map[string]model.RecordDraftFilter{"all": {}, "of change": {Change: changeID(1)},
		"of document": {Document: "FP-D-00001"}, "withdrawn": {State: model.WithdrawnState}} {
		list, err := s.RecordDrafts(ctx, f)
		add("drafts "+name, list, err)
	}
	records, err := s.Records(ctx, model.RecordFilter{Kind: model.ProvisionRecord})
	add("records", records, err)
	records, err = s.Records(ctx, model.RecordFilter{IDs: []model.ID{"FP-P-000003"}})
	add("records of a provision", records, err)
	p, err := s.ProvisionByID(ctx, "FP-P-000003")
	add("provision", p, err)
	h, err := s.ProvisionHistory(ctx, "FP-P-000002")
	add("history", h, err)
	_, clauses, err := s.VersionClauses(ctx, "FP-D-00001", 1)
	add("clauses", clauses, err)
	list, err := s.Activity(ctx, 0)
	add("activity", list, err)
	return answers, errs
}

// TestDamagedProvisionRecordIsReportedAndRefused: a flipped bit in any value is found by
// the check, and whatever is read is as it was, or an error.
func TestDamagedProvisionRecordIsReportedAndRefused(t *testing.T) {
	s := withProvisionRecords(t)
	want, errs := provisionAnswers(t, s)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	seen := map[string]int{}
	storetest.EachDamage(t, storetest.Pack(t, s), 4, func(s *store.Store, d storetest.Damage) {
		if !slices.Contains(provisionBuckets, d.Bucket) {
			return
		}
		seen[d.Bucket]++
		report, err := s.Check(t.Context(), nil)
		// other words of a clause are only a way to find it again
		if err != nil || len(report.Problems) == 0 && !(d.How == "deleted" && d.Bucket == "provisionwords") {
			t.Errorf("%s: %v, %v", d, report.Problems, err)
		}
		got, failed := provisionAnswers(t, s)
		for name, err := range failed {
			if !errors.Is(err, model.ErrDamaged) && !(d.How == "deleted" && errors.Is(err, model.ErrNotFound)) {
				t.Errorf("%s: %s: %v", d, name, err)
			}
		}
		if d.How == "deleted" {
			return // what is gone is the check's
		}
		for name, answer := range got {
			if answer != want[name] {
				t.Errorf("%s: %s is another without an error", d, name)
			}
		}
	})
	for _, bucket := range provisionBuckets {
		if seen[bucket] == 0 {
			t.Errorf("nothing in %s was damaged", bucket)
		}
	}
}

func schemaOf(t *testing.T, s *store.Store) (schema uint64) {
	t.Helper()
	err := storetest.DB(t, s).View(t.Context(), func(tx *kv.Tx) error {
		schema = binary.BigEndian.Uint64(tx.Bucket(kv.BucketMeta).Get([]byte("schema")))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// TestSchemaIsRaisedByWhatNeedsIt: builds of before read a database until there is a
// provision record or a content in it.
func TestSchemaIsRaisedByWhatNeedsIt(t *testing.T) {
	s := storetest.New(t, 3)
	if _, err := s.Decide(t.Context(), storetest.Approval(changeID(1))); err != nil {
		t.Fatal(err)
	}
	if got := schemaOf(t, s); got != 3 {
		t.Errorf("without provision records the schema is %d", got)
	}
	if _, err := s.NewRecord(t.Context(), model.NewRecordRequest{Change: changeID(1)}); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("a record about nothing: %v", err)
	}
	if got := schemaOf(t, s); got != 3 {
		t.Errorf("after what was refused the schema is %d", got)
	}
	newRecord(t, s, "Age", 1)
	if got := schemaOf(t, s); got != 7 { // its clause is followed
		t.Errorf("with a provision record the schema is %d", got)
	}
	s = storetest.New(t, 2)
	_, err := s.Decide(t.Context(), model.Decision{Change: changeID(1), Base: model.AnyRevision, Action: model.ActionSet,
		Content: &model.Content{Title: "Age"}, Fields: []string{"title"}})
	if got := schemaOf(t, s); err != nil || got != 5 {
		t.Errorf("with a content the schema is %d, %v", got, err)
	}
}

// TestRecordNumbersAreOneSequence: a draft has its number from the beginning, and no
// record of a change takes it.
func TestRecordNumbersAreOneSequence(t *testing.T) {
	s := storetest.New(t, 4)
	first := newRecord(t, s, "Age", 1)
	if _, err := s.Decide(t.Context(), storetest.Approval(changeID(2))); err != nil {
		t.Fatal(err)
	}
	second := newRecord(t, storetest.Reopen(t, s), "Retention after closing", 2)
	first = approveAnyway(t, storetest.Reopen(t, s), first)
	if _, err := s.Decide(t.Context(), storetest.Approval(changeID(3))); err != nil {
		t.Fatal(err)
	}
	records, err := s.Records(t.Context(), model.RecordFilter{Latest: true})
	var got []string
	for _, r := range records {
		got = append(got, fmt.Sprint(r.ID, " ", r.Kind))
	}
	want := "FP-R-000001 provision, FP-R-000002 change, FP-R-000004 change"
	if err != nil || strings.Join(got, ", ") != want || second.Record != "FP-R-000003" || first.Record != "FP-R-000001" {
		t.Errorf("%s, %v", got, err)
	}
}

// TestRefusedApprovalChangesNothing: what is missing or in the way is named.
func TestRefusedApprovalChangesNothing(t *testing.T) {
	s := storetest.New(t, 2)
	d, err := s.NewRecord(t.Context(), model.NewRecordRequest{Change: changeID(1), Clauses: []int{1}})
	if err != nil {
		t.Fatal(err)
	}
	before, err := s.ChangeCounter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	approve := model.RecordApproval{Record: d.Record, Base: d.Revision, OverruleAll: "so it is"}
	_, err = s.ApproveRecord(t.Context(), approve)
	want := "needs its title, severity, confidence, basis, what it is, why it matters"
	if !errors.Is(err, model.ErrIncomplete) || !strings.Contains(err.Error(), want) {
		t.Errorf("an empty record: %v", err)
	}
	approve.Base--
	if _, err = s.ApproveRecord(t.Context(), approve); !errors.Is(err, model.ErrStale) {
		t.Errorf("on what was written since: %v", err)
	}
	if after, err := s.ChangeCounter(t.Context()); err != nil || after != before {
		t.Errorf("something was written: %v", err)
	}
	for name, q := range map[string]model.NewRecordRequest{
		"there are 2": {Change: changeID(1), Clauses: []int{3}},
		"twice":       {Change: changeID(1), Clauses: []int{1, 1}},
		"there are 3": {Document: "FP-D-00001", Clauses: []int{4}},
	} {
		if _, err := s.NewRecord(t.Context(), q); !errors.Is(err, model.ErrInvalid) || !strings.Contains(err.Error(), name) {
			t.Errorf("%v, want %q", err, name)
		}
	}
}
