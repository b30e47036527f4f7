package kv_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/kv"
	"fineprint/store/kv/scan"
	"fineprint/store/model"
)

func newDB(t *testing.T) *kv.DB {
	t.Helper()
	db, err := kv.Create(filepath.Join(t.TempDir(), "t.db"),
		kv.Options{Actor: "ada", LockWait: 30 * time.Millisecond}, noop)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func noop(*kv.Tx, string) error { return nil }

// rawly changes a file behind the package's back.
func rawly(t *testing.T, path string, f func(tx *bolt.Tx) error) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(f), db.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestCreateAndOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.db")
	if _, err := kv.Open(path, kv.Options{}); !errors.Is(err, model.ErrNoStore) {
		t.Errorf("nothing there: %v", err)
	}
	var id string
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	db, err := kv.Create(path, kv.Options{Prefix: "GP", Clock: func() time.Time { return at }},
		func(tx *kv.Tx, made string) error {
			id = made
			if tx.ID(model.ChangeID, 7) != "GP-C-000007" || tx.Now() != at || tx.Actor() != "fineprint" {
				t.Errorf("the first transaction has %s, %s, %s", tx.ID(model.ChangeID, 7), tx.Now(), tx.Actor())
			}
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
	if db.Path() != path || db.Actor() != "fineprint" || db.ID(model.RecordID, 1) != "GP-R-000001" ||
		db.ID(model.RecordID, 0) != "" {
		t.Errorf("%s, %s, %s", db.Path(), db.Actor(), db.ID(model.RecordID, 1))
	}
	if kept, err := os.ReadFile(path + ".id"); err != nil || strings.TrimSpace(string(kept)) != id {
		t.Errorf("the identity beside it is %q, want %q; %v", kept, id, err)
	}
	if err := db.View(t.Context(), func(tx *kv.Tx) error {
		if tx.StoreID() != id {
			t.Errorf("the identity in it is %q, want %q", tx.StoreID(), id)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	if _, err := kv.Create(path, kv.Options{}, noop); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("made twice: %v", err)
	}
}

// TestCreateLeavesNothingBehind when its first transaction fails.
func TestCreateLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	failed := errors.New("failed")
	if _, err := kv.Create(filepath.Join(dir, "t.db"), kv.Options{},
		func(*kv.Tx, string) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("%v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	if _, err := kv.Create(filepath.Join(dir, "no", "t.db"), kv.Options{}, noop); !errors.Is(err,
		model.ErrUnwritable) {
		t.Errorf("in no folder: %v", err)
	}
}

func TestOpenRefusesWhatIsNoDatabase(t *testing.T) {
	sound, err := os.ReadFile(newDB(t).Path())
	if err != nil {
		t.Fatal(err)
	}
	meta := func(f func(b *bolt.Bucket) error) func(t *testing.T, path string) {
		return func(t *testing.T, path string) {
			t.Helper()
			rawly(t, path, func(tx *bolt.Tx) error { return f(tx.Bucket(kv.BucketMeta)) })
		}
	}
	schema := func(n uint64) func(t *testing.T, path string) {
		return meta(func(b *bolt.Bucket) error { return b.Put([]byte("schema"), kv.Key(n)) })
	}
	for name, c := range map[string]struct {
		damage func(t *testing.T, path string)
		want   error
		says   string
	}{
		"newer": {schema(kv.Schema + 1), model.ErrInvalid, "newer Fineprint"},
		"older": {schema(kv.FirstSchema - 1), model.ErrInvalid, "before the first release"},
		"no schema": {meta(func(b *bolt.Bucket) error { return b.Delete([]byte("schema")) }), model.ErrDamaged,
			"not Fineprint's"},
		"bucket gone": {func(t *testing.T, path string) {
			rawly(t, path, func(tx *bolt.Tx) error { return tx.DeleteBucket(kv.BucketRow) })
		}, model.ErrDamaged, "row bucket is missing"},
		"empty": {func(_ *testing.T, path string) { _ = os.Truncate(path, 0) }, model.ErrDamaged, "is empty"},
		"text": {func(_ *testing.T, path string) {
			_ = os.WriteFile(path, []byte(strings.Repeat("no database ", 2000)), 0o600)
		}, model.ErrDamaged, "not a Fineprint database"},
		"cut": {func(_ *testing.T, path string) { _ = os.Truncate(path, 9000) }, model.ErrDamaged,
			"truncated"},
		"gone": {func(_ *testing.T, path string) { _ = os.Remove(path) }, model.ErrDamaged, "there was one"},
		"folder": {func(_ *testing.T, path string) { _ = os.Remove(path); _ = os.Mkdir(path, 0o700) },
			model.ErrInvalid, "it is a folder"},
		"first page": {func(_ *testing.T, path string) { flip(path, 20) }, model.ErrDamaged, "not Fineprint's"},
		"both pages": {func(_ *testing.T, path string) { flip(path, 20); flip(path, 4096+20) }, model.ErrDamaged,
			"not a Fineprint database"},
		"second page":   {func(_ *testing.T, path string) { flip(path, 4096+20) }, nil, ""},
		"page checksum": {func(_ *testing.T, path string) { flip(path, 16+60) }, model.ErrDamaged, "not Fineprint's"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "t.db")
			if err := errors.Join(os.WriteFile(path, sound, 0o600),
				os.WriteFile(path+".id", []byte("x\n"), 0o600)); err != nil {
				t.Fatal(err)
			}
			c.damage(t, path)
			if _, err := kv.Open(path, kv.Options{}); !errors.Is(err, c.want) || err != nil &&
				!strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %v: %s", err, c.want, c.says)
			}
		})
	}
}

func flip(path string, at int) {
	b, _ := os.ReadFile(path)
	b[at] ^= 4
	_ = os.WriteFile(path, b, 0o600)
}

func TestBusyNamesWhoHoldsIt(t *testing.T) {
	db := newDB(t)
	holding, release := make(chan bool), make(chan bool)
	done := make(chan error)
	other, err := kv.Open(db.Path(), kv.Options{LockWait: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		done <- db.Update(t.Context(), func(*kv.Tx) error { close(holding); <-release; return nil })
	}()
	<-holding
	if err := other.Update(t.Context(), func(*kv.Tx) error { return nil }); !errors.Is(err, model.ErrBusy) ||
		!strings.Contains(err.Error(), fmt.Sprintf("process %d", os.Getpid())) {
		t.Errorf("%v", err)
	}
	close(release)
	if err := <-done; err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(db.Path() + ".holder"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the holder's file is left: %v", err)
	}
}

// TestFaultInATransactionIsDamage: what panics while a value is read is an error.
func TestFaultInATransactionIsDamage(t *testing.T) {
	db := newDB(t)
	if err := db.View(t.Context(), func(*kv.Tx) error { panic("fault") }); !errors.Is(err, model.ErrDamaged) {
		t.Errorf("%v", err)
	}
	if err := kv.InChunks(3000, func(from, _ int) error {
		if from > 0 {
			panic("fault")
		}
		return nil
	}); !errors.Is(err, model.ErrDamaged) {
		t.Errorf("in chunks: %v", err)
	}
	failed := errors.New("failed")
	if err := kv.InChunks(10, func(int, int) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("in chunks: %v", err)
	}
}

func TestChangeCounterFollowsWrites(t *testing.T) {
	db := newDB(t)
	count := func() uint64 {
		t.Helper()
		n, err := db.ChangeCounter(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := count()
	if count() != before {
		t.Error("it moves without a write")
	}
	if err := db.Update(t.Context(), func(tx *kv.Tx) error {
		return kv.PutSealed(tx, kv.BucketDesk, []byte("ada"),
			[]byte("x"))
	}); err != nil {
		t.Fatal(err)
	}
	if count() == before {
		t.Error("it stands after a write")
	}
	if err := os.WriteFile(db.Path(), []byte("no database"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ChangeCounter(t.Context()); !errors.Is(err, model.ErrDamaged) {
		t.Errorf("of no database: %v", err)
	}
	_ = os.Remove(db.Path())
	if _, err := db.ChangeCounter(t.Context()); !errors.Is(err, model.ErrUnwritable) {
		t.Errorf("of nothing: %v", err)
	}
}

type row struct {
	Number int    `cbor:"1,keyasint"`
	Flag   bool   `cbor:"2,keyasint"`
	Text   []byte `cbor:"3,keyasint"`
	List   []any  `cbor:"4,keyasint"`
}

func TestInsertRefusesWhatIsThere(t *testing.T) {
	db := newDB(t)
	err := db.Update(t.Context(), func(tx *kv.Tx) error {
		if err := kv.InsertRow(tx, kv.BucketRow, kv.Key(1), row{Number: 1}); err != nil {
			return err
		}
		if err := kv.InsertRow(tx, kv.BucketRow, kv.Key(1), row{Number: 2}); !errors.Is(err, model.ErrDamaged) {
			t.Errorf("inserted twice: %v", err)
		}
		if err := kv.InsertRow(tx, kv.BucketRow, kv.Key(2), make(chan int)); err == nil {
			t.Error("a channel was stored")
		}
		if err := kv.PutRow(tx, kv.BucketRow, kv.Key(2), make(chan int)); err == nil {
			t.Error("a channel was stored")
		}
		var got row
		if found, err := kv.GetRow(tx, kv.BucketRow, kv.Key(1), &got); err != nil || !found || got.Number != 1 {
			t.Errorf("%+v, %v", got, err)
		}
		if found, err := kv.GetRow(tx, kv.BucketRow, kv.Key(9), &got); err != nil || found {
			t.Errorf("found %v, %v", found, err)
		}
		n, err := kv.NextNumber(tx, kv.BucketChange)
		if err != nil || n != 1 {
			t.Errorf("the first number is %d, %v", n, err)
		}
		if err := kv.Insert(tx, kv.BucketChange, kv.Key(5), []byte("x")); err != nil {
			return err
		}
		if _, err := kv.NextNumber(tx, kv.BucketChange); !errors.Is(err, model.ErrDamaged) {
			t.Errorf("a number below the last one was given: %v", err)
		}
		if err := kv.CheckSequences(tx); !errors.Is(err, model.ErrDamaged) {
			t.Errorf("sequences: %v", err)
		}
		return errors.New("not to be kept")
	})
	if err == nil || err.Error() != "not to be kept" {
		t.Error(err)
	}
}

func TestSealedValueIsReadOnlyWhereItWasPut(t *testing.T) {
	db := newDB(t)
	err := db.Update(t.Context(), func(tx *kv.Tx) error {
		if err := kv.PutRow(tx, kv.BucketRow, kv.Key(1), row{Number: 1}); err != nil {
			return err
		}
		value := tx.Bucket(kv.BucketRow).Get(kv.Key(1))
		var buf []byte
		for name, c := range map[string]struct{ bucket, key, value []byte }{
			"other bucket": {kv.BucketEvent, kv.Key(1), value}, "other key": {kv.BucketRow, kv.Key(2),
				value}, "cut": {kv.BucketRow, kv.Key(1), value[:31]},
		} {
			if _, err := kv.Unseal(c.bucket, c.key, c.value); !errors.Is(err, model.ErrDamaged) {
				t.Errorf("%s: %v", name, err)
			}
			if _, err := kv.UnsealWith(&buf, c.bucket, c.key, c.value); !errors.Is(err, model.ErrDamaged) {
				t.Errorf("%s: %v", name, err)
			}
			if err := kv.DecodeRow(c.bucket, c.key, c.value, &row{}); !errors.Is(err, model.ErrDamaged) {
				t.Errorf("%s: %v", name, err)
			}
		}
		payload, err := kv.UnsealWith(&buf, kv.BucketRow, kv.Key(1), value)
		if err != nil {
			return err
		}
		if err := kv.DecodePayload(kv.BucketRow, payload[:1], &row{}); !errors.Is(err, model.ErrDamaged) {
			t.Errorf("a cut payload: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestStringsAreInternedOnce(t *testing.T) {
	db := newDB(t)
	err := db.Update(t.Context(), func(tx *kv.Tx) error {
		first, err := kv.InternString(tx, "a")
		if err != nil {
			return err
		}
		again, err := kv.InternString(tx, "a")
		if err != nil || again != first {
			t.Errorf("%d, then %d, %v", first, again, err)
		}
		if n, err := kv.InternString(tx, ""); err != nil || n != 0 {
			t.Errorf("nothing is %d, %v", n, err)
		}
		if w, err := kv.LookupString(tx, first); err != nil || w != "a" {
			t.Errorf("%q, %v", w, err)
		}
		if w, err := kv.LookupString(tx, 0); err != nil || w != "" {
			t.Errorf("%q, %v", w, err)
		}
		if _, err := kv.LookupString(tx, 99); !errors.Is(err, model.ErrDamaged) {
			t.Errorf("a string that is not there: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestScannerNeverReadsPastTheEnd cuts an encoding everywhere and turns its bytes.
func TestScannerNeverReadsPastTheEnd(t *testing.T) {
	encoded, err := kv.Encode(row{Number: -70000, Flag: true, Text: []byte("text"),
		List: []any{1, "two", map[string]any{"a": 1.5}, nil, true, uint64(1) << 40}})
	if err != nil {
		t.Fatal(err)
	}
	read := func(b []byte) (r row, s *scan.Scanner) {
		s = scan.New(b)
		for range s.Pairs() {
			switch s.Int() {
			case 1:
				r.Number = int(s.Int())
			case 2:
				r.Flag = s.Bool()
			case 3:
				r.Text = s.Bytes()
			default:
				s.Skip(0)
			}
		}
		return r, s
	}
	if r, s := read(encoded); !s.Done() || s.Failed() || r.Number != -70000 || !r.Flag || string(r.Text) != "text" {
		t.Errorf("%+v, %v", r, s)
	}
	for i := range encoded {
		if _, s := read(encoded[:i]); s.Done() {
			t.Errorf("the first %d bytes are read as all", i)
		}
		for bit := range 8 {
			turned := append([]byte{}, encoded...)
			turned[i] ^= 1 << bit
			read(turned) // must not panic
		}
	}
	deep := append([]byte{0xa1, 0x09}, []byte(strings.Repeat("\x81", 40)+"\x01")...)
	if _, s := read(deep); !s.Failed() {
		t.Error("a value nested 40 deep is read")
	}
	null := scan.New([]byte{0xf6})
	if b := null.Bytes(); b != nil || null.Failed() {
		t.Errorf("null is %q", b)
	}
	for _, b := range [][]byte{{0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, {0x40}, {0x1f}} {
		if s := scan.New(b); s.Int() != 0 || !s.Failed() {
			t.Errorf("%x is read as an integer", b)
		}
	}
}

func TestSameEncodingComparesStoredBytes(t *testing.T) {
	if !kv.SameEncoding(row{Number: 1}, row{Number: 1}) || kv.SameEncoding(row{Number: 1}, row{Number: 2}) ||
		kv.SameEncoding(make(chan int), make(chan int)) {
		t.Error("SameEncoding is wrong")
	}
}

func ExampleKey() {
	fmt.Println(kv.Key(7), kv.KeyNumber(kv.PairKey(7, 2)), binary.BigEndian.Uint32(kv.PairKey(7, 2)[8:]))
	// Output: [0 0 0 0 0 0 0 7] 7 2
}

func TestCompactKeepsEverything(t *testing.T) {
	db := newDB(t)
	if err := db.Update(t.Context(), func(tx *kv.Tx) error {
		for i := range 300 {
			if err := kv.PutSealed(tx, kv.BucketDesk, kv.Key(uint64(i)), make([]byte, 9000)); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Update(t.Context(), func(tx *kv.Tx) error {
		for i := range 290 {
			if err := tx.Bucket(kv.BucketDesk).Delete(kv.Key(uint64(i))); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	if err := db.CompactIfWasteful(t.Context()); err != nil {
		t.Fatal(err)
	}
	after, err := os.Stat(db.Path())
	if err != nil || after.Size() > before.Size()/2 {
		t.Errorf("%d bytes, then %d; %v", before.Size(), after.Size(), err)
	}
	if err := db.View(t.Context(), func(tx *kv.Tx) error {
		if n := len(kv.Pairs(tx.Bucket(kv.BucketDesk), 10)); n != 10 {
			t.Errorf("%d values are left of 10", n)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	_ = os.Remove(db.Path())
	if _, _, err := db.Compact(t.Context()); !errors.Is(err, model.ErrUnwritable) {
		t.Errorf("compacting nothing: %v", err)
	}
}

// TestSumOfStringIsTheSumOfItsBytes: at every length around a part's.
func TestSumOfStringIsTheSumOfItsBytes(t *testing.T) {
	text := strings.Repeat("We keep your data. ", 1000)
	for _, n := range []int{0, 1, 4095, 4096, 4097, 8192, len(text)} {
		if kv.SumOfString(text[:n]) != kv.SumOf([]byte(text[:n])) {
			t.Errorf("of %d bytes it differs", n)
		}
	}
}
