package ledger_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/kv"
	"fineprint/store/model"
)

const golden = "../testdata/schema-2.db.gz"

// collect returns what takes answers in by name, and the answers and errors that it took.
func collect(t *testing.T) (add func(name string, v any, err error), answers map[string]string,
	errs map[string]error) {
	answers, errs = map[string]string{}, map[string]error{}
	return func(name string, v any, err error) {
		if err != nil {
			errs[name] = err
			return
		}
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		answers[name] = string(b)
	}, answers, errs
}

// everyAnswer reads all that the package reads of the golden database.
func everyAnswer(t *testing.T, s *store.Store) (map[string]string, map[string]error) {
	t.Helper()
	ctx := t.Context()
	add, answers, errs := collect(t)
	records, err := s.Records(ctx, model.RecordFilter{})
	add("records", records, err)
	latest, err := s.Records(ctx, model.RecordFilter{Latest: true, Match: "*/*",
		IDs: []model.ID{"FP-R-000001", "FP-C-000003"}})
	add("latest", latest, err)
	agreement, err := s.Agreement(ctx)
	add("agreement", agreement, err)
	for n := uint64(1); n <= 3; n++ {
		r, err := s.RecordByID(ctx, model.NewID("FP", model.RecordID, n))
		add(fmt.Sprint("record ", n), r, err)
	}
	for n := uint64(1); n <= 13; n++ {
		id := model.NewID("FP", model.ChangeID, n)
		d, err := s.Change(ctx, id)
		add("change "+string(id), d, err)
		p, err := s.PreviewRecord(ctx, id)
		p.Citation = ""
		add("preview "+string(id), p, err)
	}
	for _, actor := range []string{"ada", "ben", "cy"} {
		drafts, err := s.Drafts(ctx, actor)
		add("drafts of "+actor, drafts, err)
		desk, err := s.DeskState(ctx, actor)
		add("desk of "+actor, desk, err)
		last, err := s.LastDecision(ctx, actor)
		add("last of "+actor, last, err)
		undone, err := s.LastUndone(ctx, actor)
		add("undone of "+actor, undone, err)
	}
	d, found, err := s.Draft(ctx, "FP-C-000007", "ada")
	add("draft", fmt.Sprint(d.Summary, found), err)
	return answers, errs
}

// TestDamagedValueGivesNoOtherAnswer: of a database with one flipped bit every
// record, change and draft is the same as before, or an error.
func TestDamagedValueGivesNoOtherAnswer(t *testing.T) {
	want, errs := everyAnswer(t, storetest.Golden(t, golden))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	refused := 0
	storetest.EachDamage(t, golden, 4, func(s *store.Store, d storetest.Damage) {
		got, failed := everyAnswer(t, s)
		for name, err := range failed {
			if !errors.Is(err, model.ErrDamaged) && !(d.How == "deleted" && errors.Is(err, model.ErrNotFound)) {
				t.Errorf("%s: %s: %v", d, name, err)
			}
			refused++
		}
		if d.How != "flipped" || d.Bucket == "withdrawn" || d.Bucket == "journal" {
			return // the chain of the journal and what is unsealed are the check's
		}
		for name, answer := range got {
			if answer != want[name] {
				t.Errorf("%s: %s is another without an error", d, name)
			}
		}
	})
	if refused < 100 {
		t.Errorf("only %d were refused", refused)
	}
}

// TestDecidingOnDamageChangesNothingThatIsThere: on a damaged database a decision
// fails, or leaves every event, record and entry as it was.
func TestDecidingOnDamageChangesNothingThatIsThere(t *testing.T) {
	kept := func(s *store.Store) map[string]string {
		values := map[string]string{}
		err := storetest.DB(t, s).View(t.Context(), func(tx *kv.Tx) error {
			for _, name := range [][]byte{kv.BucketEvent, kv.BucketRecord, kv.BucketJournal, kv.BucketWithdrawn,
				kv.BucketRow, kv.BucketChange} {
				for _, p := range kv.Pairs(tx.Bucket(name), 64) {
					values[fmt.Sprintf("%s %x", name, p.Key)] = string(p.Value)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return values
	}
	storetest.EachDamage(t, golden, 4, func(s *store.Store, d storetest.Damage) {
		before := kept(s)
		undo := model.Decision{Change: "FP-C-000001", Base: model.AnyRevision, Actor: "ada", Action: model.ActionUndo}
		for _, decision := range []model.Decision{storetest.Approval("FP-C-000010"), undo,
			storetest.Approval("FP-C-000007")} {
			_, err := s.Decide(t.Context(), decision)
			if err != nil && !errors.Is(err, model.ErrDamaged) && !errors.Is(err, model.ErrNotFound) &&
				!errors.Is(err, model.ErrNotAllowed) {
				t.Errorf("%s: %s: %v", d, decision.Action, err)
			}
		}
		after := kept(s)
		for key, value := range before {
			if after[key] != value {
				t.Errorf("%s: %s was changed", d, key)
			}
		}
	})
}

func TestUnknownRecordsAndChangesAreNotFound(t *testing.T) {
	s := storetest.Golden(t, golden)
	ctx := t.Context()
	for name, call := range map[string]func() error{
		"record":  func() error { _, err := s.RecordByID(ctx, "FP-R-000099"); return err },
		"change":  func() error { _, err := s.Change(ctx, "FP-C-000099"); return err },
		"preview": func() error { _, err := s.PreviewRecord(ctx, "FP-C-000099"); return err },
		"drop":    func() error { return s.DropDraft(ctx, "FP-C-000099", "ada") },
		"draft":   func() error { _, _, err := s.Draft(ctx, "FP-C-000099", "ada"); return err },
	} {
		if err := call(); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestDecisionWithoutActorOrTimeIsFilledIn by the store's own.
func TestDecisionWithoutActorOrTimeIsFilledIn(t *testing.T) {
	s := storetest.Golden(t, golden)
	r, err := s.Decide(t.Context(), model.Decision{Change: "FP-C-000010", Base: model.AnyRevision,
		Action: model.ActionSnooze, Until: "2199-01-01"})
	if err != nil || r.Actor != "ada" || r.UpdatedAt.IsZero() || r.State != model.Snoozed {
		t.Errorf("%+v, %v", r, err)
	}
	if err := s.DropDraft(t.Context(), "FP-C-000007", "ada"); err != nil {
		t.Error(err)
	}
	if _, found, err := s.Draft(t.Context(), "FP-C-000007", "ada"); err != nil || found {
		t.Errorf("a dropped draft is found: %v, %v", found, err)
	}
}
