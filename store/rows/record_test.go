package rows_test

import (
	"errors"
	"strings"
	"testing"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// TestRecordsReadTheSameCompressedOrNot: those from before records were compressed are
// their JSON, and what is neither is damage.
func TestRecordsReadTheSameCompressedOrNot(t *testing.T) {
	db, err := kv.Create(t.TempDir()+"/r.db", kv.Options{NoSync: true}, func(*kv.Tx, string) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	payload, err := rows.EncodeRecord(model.Record{ID: "FP-R-000001", Summary: strings.Repeat("It changed. ", 500)})
	if err != nil {
		t.Fatal(err)
	}
	undo := errors.New("not to be kept")
	err = db.Update(t.Context(), func(tx *kv.Tx) error {
		number, err := kv.NextNumber(tx, kv.BucketRecord)
		if err != nil {
			return err
		}
		key := kv.PairKey(number, 1)
		for name, put := range map[string]func() error{
			"compressed": func() error { return rows.InsertRecord(tx, number, 1, payload) },
			"as it was":  func() error { return kv.PutSealed(tx, kv.BucketRecord, key, payload) },
		} {
			if err := put(); err != nil {
				return err
			}
			value := tx.Bucket(kv.BucketRecord).Get(key)
			got, err := rows.RecordPayload(key, value)
			if err != nil || string(got) != string(payload) {
				t.Errorf("%s: %d bytes, %v", name, len(got), err)
			}
			if schema := kv.KeyNumber(tx.Bucket(kv.BucketMeta).Get([]byte("schema"))); name == "compressed" &&
				schema != 3 {
				t.Errorf("a build of before would take schema %d for one it reads", schema)
			}
			if name == "compressed" && len(value) > len(payload)/4 {
				t.Errorf("%d bytes are stored as %d", len(payload), len(value))
			}
			if err := tx.Bucket(kv.BucketRecord).Delete(key); err != nil {
				return err
			}
		}
		for _, stored := range []string{"", "no frame", "\x28\xb5\x2f\xfd"} {
			if err := kv.PutSealed(tx, kv.BucketRecord, key, []byte(stored)); err != nil {
				return err
			}
			if _, err := rows.ReadRecord(tx, key, tx.Bucket(kv.BucketRecord).Get(key)); !errors.Is(err,
				model.ErrDamaged) {
				t.Errorf("%q is read: %v", stored, err)
			}
		}
		return undo
	})
	if !errors.Is(err, undo) {
		t.Fatal(err)
	}
}
