package kv_test

import (
	"bytes"
	"testing"

	"fineprint/store/kv"
)

// TestReleasedPagesAreReadAgain: what was read before pages are released is there after
// it, in a transaction that writes too.
func TestReleasedPagesAreReadAgain(t *testing.T) {
	db, err := kv.Create(t.TempDir()+"/p.db", kv.Options{NoSync: true}, func(*kv.Tx, string) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	value := func(n uint64) []byte { return bytes.Repeat(kv.Key(n), 20_000) }
	const n = 64
	err = db.Update(t.Context(), func(tx *kv.Tx) error {
		for i := range uint64(n) {
			if err := tx.Bucket(kv.BucketDraft).Put(kv.Key(i), value(i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	check := func(tx *kv.Tx) error {
		pairs := kv.Pairs(tx.Bucket(kv.BucketDraft), n)
		for i, p := range pairs {
			if !bytes.Equal(p.Value, value(uint64(i))) || !bytes.Equal(p.Key, kv.Key(uint64(i))) {
				t.Errorf("value %d is another", i)
			}
			tx.Walked(len(p.Value))
		}
		tx.ReleasePages()
		if len(pairs) != n || !bytes.Equal(pairs[0].Value, value(0)) {
			t.Error("what was read is another after its page was released")
		}
		return nil
	}
	if err := db.View(t.Context(), check); err != nil {
		t.Error(err)
	}
	if err := db.Update(t.Context(), check); err != nil {
		t.Error(err)
	}
}
