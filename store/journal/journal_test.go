package journal_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
)

func newDB(t *testing.T) *kv.DB {
	t.Helper()
	db, err := kv.Create(t.TempDir()+"/j.db", kv.Options{Actor: "ada", NoSync: true}, journal.Begin)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func TestEntriesAreChained(t *testing.T) {
	db := newDB(t)
	var refs []model.JournalRef
	for i := range 5 {
		err := db.Update(t.Context(), func(tx *kv.Tx) error {
			next := journal.Next(tx)
			ref, err := journal.Append(tx, journal.Entry{At: time.Unix(int64(i), 0).UTC(), Actor: "ben",
				Kind: journal.KindVersion, Object: 1, Part: uint64(i)})
			if ref.Entry != next {
				t.Errorf("entry %d, want %d", ref.Entry, next)
			}
			refs = append(refs, ref)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	err := db.View(t.Context(), func(tx *kv.Tx) error {
		var before kv.Sum
		n := uint64(0)
		return tx.Bucket(kv.BucketJournal).ForEach(func(k, v []byte) error {
			n++
			link, e, err := journal.Decode(v)
			if err != nil || kv.KeyNumber(k) != n || journal.Link(before, n, v[32:]) != link {
				t.Errorf("entry %d: %+v, %v", n, e, err)
			}
			if n == 1 && (e.Kind != journal.KindCreated || e.Actor != "ada" ||
				e.Digest != kv.SumOf([]byte(tx.StoreID()))) {
				t.Errorf("the first entry: %+v", e)
			}
			if n > 1 && refs[n-2].Hash != kv.HexSum(link) {
				t.Errorf("entry %d is told as %s", n, refs[n-2].Hash)
			}
			before = link
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestMalformedEndIsNotContinued: nothing may be written after an entry that
// can't be chained to.
func TestMalformedEndIsNotContinued(t *testing.T) {
	db := newDB(t)
	undo := errors.New("undo")
	for name, damage := range map[string]func(tx *kv.Tx) error{
		"cut":            func(tx *kv.Tx) error { return tx.Bucket(kv.BucketJournal).Put(kv.Key(1), []byte("short")) },
		"sequence ahead": func(tx *kv.Tx) error { return tx.Bucket(kv.BucketJournal).SetSequence(7) },
	} {
		err := db.Update(t.Context(), func(tx *kv.Tx) error {
			if err := damage(tx); err != nil {
				return err
			}
			if _, err := journal.Append(tx, journal.Entry{}); !errors.Is(err, model.ErrDamaged) {
				t.Errorf("%s: %v", name, err)
			}
			return undo
		})
		if !errors.Is(err, undo) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDecodeRefusesWhatIsNoEntry(t *testing.T) {
	for _, b := range [][]byte{nil, make([]byte, 31), append(make([]byte, 32), 0xff)} {
		if _, _, err := journal.Decode(b); !errors.Is(err, model.ErrDamaged) {
			t.Errorf("%x: %v", b, err)
		}
	}
}

func ExampleKind_String() {
	fmt.Println(journal.KindRobotsIgnored)
	// Output: robots_ignored
}
