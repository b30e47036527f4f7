package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"testing"

	bolt "go.etcd.io/bbolt"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// TestKilledWhileWritingRecordsLosesNothing kills a process that makes, edits and approves
// provision records in a loop: what it was told is there, whole.
func TestKilledWhileWritingRecordsLosesNothing(t *testing.T) {
	if path := os.Getenv("FINEPRINT_TEST_RECORD"); path != "" {
		fmt.Println("ready")
		writeRecordsForever(path)
		return
	}
	s := storetest.New(t, 2)
	rng := rand.New(rand.NewSource(5))
	told := 0
	for i := 0; i < storetest.Kills() || told == 0 && i < 100; i++ { // a slow machine may get nothing done at first
		acknowledged, n := storetest.Kill(t, rng, "TestKilledWhileWritingRecordsLosesNothing",
			"FINEPRINT_TEST_RECORD="+s.Path())
		told += n
		for id, revision := range acknowledged {
			d, err := s.RecordDraft(t.Context(), id)
			if err != nil || d.Revision < revision || revision >= 3 && d.Approved != 1 {
				t.Fatalf("kill %d: step %d of %s was acknowledged, the store has %d (%v)", i, revision, id, d.Revision, err)
			}
		}
		storetest.RequireConsistent(t, s)
	}
	t.Logf("%d steps acknowledged, none lost", told)
	if told == 0 {
		t.Error("no step was acknowledged: nothing was tested")
	}
}

// writeRecordsForever prints each step that was reported as on disk.
func writeRecordsForever(path string) {
	ctx := context.Background()
	s, err := store.Open(path, store.Options{})
	for err == nil {
		q := model.NewRecordRequest{Change: changeID(1), Clauses: []int{1}}
		q.Writing, q.Fields = written("Age")
		var d model.RecordDraft
		if d, err = s.NewRecord(ctx, q); err != nil {
			break
		}
		fmt.Printf("took %s %d\n", d.Record, d.Revision)
		e := model.RecordEdit{Record: d.Record, Base: d.Revision, Fields: []string{"title"}}
		e.Writing.Title = "Minimum age"
		if d, err = s.EditRecord(ctx, e); err != nil {
			break
		}
		fmt.Printf("took %s %d\n", d.Record, d.Revision)
		if d, err = s.ApproveRecord(ctx, model.RecordApproval{Record: d.Record, Base: d.Revision}); err == nil {
			fmt.Printf("took %s %d\n", d.Record, d.Revision)
		}
	}
	fmt.Println(err)
	os.Exit(1)
}

// TestDatabaseWithoutProvisionsOpens opens one that was made before there were any.
func TestDatabaseWithoutProvisionsOpens(t *testing.T) {
	s := storetest.New(t, 2)
	db, err := bolt.Open(s.Path(), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, name := range provisionBuckets {
			if err := tx.DeleteBucket([]byte(name)); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	if s, err = store.Open(s.Path(), store.Options{Actor: "ada"}); err != nil {
		t.Fatal(err)
	}
	storetest.RequireConsistent(t, s)
	list, err := s.RecordDrafts(t.Context(), model.RecordDraftFilter{Change: changeID(1)})
	_, draftErr := s.RecordDraft(t.Context(), "FP-R-000001")
	_, provisionErr := s.ProvisionByID(t.Context(), "FP-P-000003")
	_, clauses, clausesErr := s.VersionClauses(t.Context(), "FP-D-00001", 0)
	if err != nil || len(list) > 0 || !errors.Is(draftErr, model.ErrNotFound) || clausesErr != nil || len(clauses) != 3 ||
		!errors.Is(provisionErr, model.ErrNotFound) {
		t.Errorf("%+v, %v, %v, %v, %v", list, err, draftErr, provisionErr, clausesErr)
	}
	approveRecord(t, s, newRecord(t, s, "Age", 1))
	storetest.RequireConsistent(t, s)
}

// TestForgedStepIsReported: a step that is sealed again is not what the journal says.
func TestForgedStepIsReported(t *testing.T) {
	s := storetest.Reopen(t, withProvisionRecords(t)) // the forged one is not checked again at the end
	copied := storetest.Golden(t, storetest.Pack(t, s))
	err := storetest.DB(t, copied).Update(t.Context(), func(tx *kv.Tx) error {
		key := kv.PairKey(3, 3)
		payload, err := kv.Unseal(kv.BucketRecordEvent, key, tx.Bucket(kv.BucketRecordEvent).Get(key))
		if err != nil {
			return err
		}
		other := append([]byte{}, payload...)
		for i := range other {
			if other[i] == 'A' { // of "Age of users"
				other[i] = 'B'
			}
		}
		return kv.PutSealed(tx, kv.BucketRecordEvent, key, other)
	})
	if err != nil {
		t.Fatal(err)
	}
	report, err := copied.Check(t.Context(), nil)
	if err != nil || len(report.Problems) == 0 {
		t.Errorf("%v, %v", report.Problems, err)
	}
}
