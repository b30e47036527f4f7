package kv_test

import (
	"errors"
	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fmt"
	"testing"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// behind changes a database behind the program's back.
func behind(t *testing.T, s *store.Store, f func(tx *kv.Tx) error) {
	t.Helper()
	db, err := bolt.Open(s.Path(), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(func(tx *bolt.Tx) error { return f(&kv.Tx{Tx: tx}) }); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// contents is every key and value of a database.
func contents(t *testing.T, s *store.Store) string {
	t.Helper()
	var all string
	err := storetest.DB(t, s).View(t.Context(), func(tx *kv.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				all += fmt.Sprintf("%s %x %x\n", name, k, v)
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// written makes a database with something of everything that is numbered.
func written(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Create(t.TempDir()+"/t.db", store.Options{Actor: "ada", Tool: "a tool"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 6 {
		c := storetest.Capture("Terms", storetest.Page(i), i)
		c.Raw, c.MediaType = []byte("<p>"+storetest.Page(i)), fmt.Sprintf("text/%d", i)
		if _, err := s.Record(t.Context(), []model.Capture{c}); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []model.ID{"FP-C-000001", "FP-C-000002", "FP-C-000003"} {
		if _, err := s.Decide(t.Context(), storetest.Approval(id)); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// TestLoweredSequenceOverwritesNothing: what a bit flip in a bucket's header does
// to its sequence must not let anything written next take the place of what is
// there, and the check must report it.
func TestLoweredSequenceOverwritesNothing(t *testing.T) {
	for _, bucket := range []string{"document", "blob", "snapshot", "change", "record", "word", "journal"} {
		t.Run(bucket, func(t *testing.T) {
			s := written(t)
			behind(t, s, func(tx *kv.Tx) error {
				b := tx.Bucket([]byte(bucket))
				return b.SetSequence(b.Sequence() / 2)
			})
			refusesToWrite(t, s)
		})
	}
	t.Run("version", func(t *testing.T) {
		s := written(t)
		behind(t, s, func(tx *kv.Tx) error {
			d, err := rows.GetDocument(tx, 1)
			if err != nil {
				return err
			}
			d.Versions, d.Good = 3, 3
			return kv.PutRow(tx, kv.BucketDocument, kv.Key(1), d)
		})
		refusesToWrite(t, s, "Decide")
	})
}

func refusesToWrite(t *testing.T, s *store.Store, but ...string) {
	t.Helper()
	before := contents(t, s)
	same := storetest.Capture("Terms", storetest.Page(9), 9)
	same.Raw, same.MediaType = []byte("<p>"+storetest.Page(9)), "text/9"
	other := same
	other.Type = "Other Terms"
	for _, c := range []model.Capture{same, other} {
		if _, err := s.Record(t.Context(), []model.Capture{c}); len(but) == 0 && !errors.Is(err,
			model.ErrDamaged) || c.Type == same.Type && err == nil {
			t.Errorf("recording %s: %v", c.Type, err)
		}
	}
	if len(but) == 0 {
		if _, err := s.Decide(t.Context(), storetest.Approval("FP-C-000004")); !errors.Is(err, model.ErrDamaged) {
			t.Errorf("approving: %v", err)
		}
		if contents(t, s) != before {
			t.Error("something was written")
		}
	}
	report, err := s.Check(t.Context(), nil)
	if err != nil || len(report.Problems) == 0 {
		t.Errorf("the check finds nothing: %v", err)
	}
}

func TestNothingNewTakesAKeyThatIsThere(t *testing.T) {
	s := written(t)
	for _, bucket := range [][]byte{kv.BucketBlob, kv.BucketSnapshot, kv.BucketChange, kv.BucketRow,
		kv.BucketRecord, kv.BucketEvent, kv.BucketVersion, kv.BucketString, kv.BucketJournal} {
		err := storetest.DB(t, s).Update(t.Context(), func(tx *kv.Tx) error {
			k, _ := tx.Bucket(bucket).Cursor().Last()
			return kv.InsertSealed(tx, bucket, k, []byte("other"))
		})
		if !errors.Is(err, model.ErrDamaged) {
			t.Errorf("%s: %v", bucket, err)
		}
	}
}

func TestSoundSequencesAreWrittenOn(t *testing.T) {
	s := written(t)
	t.Cleanup(func() { storetest.RequireConsistent(t, s) })
	if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Terms", storetest.Page(9), 20)}); err != nil {
		t.Error(err)
	}
}
