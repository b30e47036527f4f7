package ledger_test

import (
	"errors"
	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"os"
	"path/filepath"
	"testing"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// TestLostRecordIsRefused damages which record a change has, which is not sealed:
// an approved change must not look as if it had none, or another's.
func TestLostRecordIsRefused(t *testing.T) {
	const one, other, pending = model.ID("FP-C-000003"), model.ID("FP-C-000004"), model.ID("FP-C-000005")
	link := func(change, record uint64) func(*kv.Tx) error {
		return func(tx *kv.Tx) error { return tx.Bucket(kv.BucketOfChange).Put(kv.Key(change), kv.Key(record)) }
	}
	sound := storetest.New(t, 12)
	for _, id := range []model.ID{one, other} {
		if _, err := sound.Decide(t.Context(), storetest.Approval(id)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name   string
		damage func(*kv.Tx) error
		shows  model.ID
	}{
		{"gone", func(tx *kv.Tx) error { return tx.Bucket(kv.BucketOfChange).Delete(kv.Key(3)) }, one},
		{"cut", func(tx *kv.Tx) error { return tx.Bucket(kv.BucketOfChange).Put(kv.Key(3), []byte{1}) }, one},
		{"another change's record", link(3, 2), one},
		{"a record that isn't there", link(3, 9), one},
		{"none", link(3, 0), one},
		{"a record nobody approved", link(5, 1), pending},
	} {
		for _, undone := range []bool{false, true} {
			s := copied(t, sound)
			if undone {
				if _, err := s.Decide(t.Context(),
					model.Decision{Change: one, Base: model.AnyRevision, Actor: "ada",
						Action: model.ActionUndo}); err != nil {
					t.Fatal(err)
				}
			}
			for _, id := range []model.ID{one, other, pending} {
				if _, err := s.Change(t.Context(), id); err != nil {
					t.Fatalf("%s, sound: %v", id, err)
				}
			}
			if err := storetest.DB(t, s).Update(t.Context(), c.damage); err != nil {
				t.Fatal(err)
			}
			if d, err := s.Change(t.Context(), c.shows); !errors.Is(err, model.ErrDamaged) {
				t.Errorf("%s, undone %v: %s has the record %q, %v", c.name, undone, c.shows, d.Review.Record, err)
			}
			if _, err := s.PreviewRecord(t.Context(), c.shows); !errors.Is(err, model.ErrDamaged) {
				t.Errorf("%s, undone %v: previewed: %v", c.name, undone, err)
			}
			if undone || c.shows == pending {
				if r, err := s.Decide(t.Context(), storetest.Approval(c.shows)); !errors.Is(err, model.ErrDamaged) {
					t.Errorf("%s, undone %v: approved as %s r%d, %v", c.name, undone, r.Record, r.RecordRevision, err)
				}
			}
			if _, err := s.Change(t.Context(), other); err != nil {
				t.Errorf("%s: %s: %v", c.name, other, err)
			}
		}
	}
}

// copied opens a copy of a store, which a test may damage.
func copied(t *testing.T, of *store.Store) *store.Store {
	t.Helper()
	content, err := os.ReadFile(of.Path())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
