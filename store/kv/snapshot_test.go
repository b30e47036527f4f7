package kv_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"fineprint/store/kv"
	"fineprint/store/model"
)

func TestSnapshotStaysWhileOthersWrite(t *testing.T) {
	db := newDB(t)
	put := func(value string) {
		t.Helper()
		if err := db.Update(t.Context(), func(tx *kv.Tx) error {
			return tx.Bucket(kv.BucketDraft).Put([]byte("k"), []byte(value))
		}); err != nil {
			t.Fatal(err)
		}
	}
	read := func(from *kv.DB) (value string) {
		t.Helper()
		if err := from.View(t.Context(), func(tx *kv.Tx) error {
			value = string(tx.Bucket(kv.BucketDraft).Get([]byte("k")))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return value
	}
	put("before")
	snapshot, remove, err := db.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := snapshot.View(t.Context(), func(tx *kv.Tx) error {
		put("after") // while it is read
		if got := string(tx.Bucket(kv.BucketDraft).Get([]byte("k"))); got != "before" {
			t.Errorf("the snapshot holds %q", got)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	if read(snapshot) != "before" || read(db) != "after" {
		t.Errorf("%q, %q", read(snapshot), read(db))
	}
	if snapshot.ID(model.ChangeID, 1) != db.ID(model.ChangeID, 1) {
		t.Error("the snapshot names otherwise")
	}
	if info, err := os.Stat(snapshot.Path()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v, %v", info, err)
	}
	if err := snapshot.Update(t.Context(), func(*kv.Tx) error { return nil }); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("written to: %v", err)
	}
	again, removeAgain, err := snapshot.Snapshot(t.Context())
	if err != nil || again != snapshot {
		t.Errorf("a snapshot of a snapshot is another: %v", err)
	}
	removeAgain()
	remove()
	left, err := filepath.Glob(filepath.Join(filepath.Dir(db.Path()), ".*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}
