//go:build unix

package journal_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/head"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// add appends n entries, each in a transaction of its own.
func add(t *testing.T, db *kv.DB, n int) {
	t.Helper()
	for range n {
		err := db.Update(t.Context(), func(tx *kv.Tx) error {
			_, err := journal.Append(tx, journal.Entry{At: tx.Now().UTC(), Actor: "ada", Kind: journal.KindVersion})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// rawly changes a file as a program of somebody else's does.
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

// refused returns how reading and writing a database are refused; both must be, and alike.
func refused(t *testing.T, db *kv.DB) *model.HeadError {
	t.Helper()
	nothing := func(*kv.Tx) error { return nil }
	reading, writing := db.View(t.Context(), nothing), db.Update(t.Context(), nothing)
	_, opening := kv.Open(db.Path(), kv.Options{})
	var e *model.HeadError
	for _, err := range []error{reading, writing, opening} {
		var other *model.HeadError
		if !errors.As(err, &other) || !errors.Is(err, model.ErrDamaged) || e != nil && e.Kind != other.Kind {
			t.Fatalf("reading %v; writing %v; opening %v", reading, writing, opening)
		}
		e = other
	}
	return e
}

func TestOlderCopyIsRefused(t *testing.T) {
	db := newDB(t)
	add(t, db, 3)
	older := filepath.Join(t.TempDir(), "older.db")
	copyFile(t, db.Path(), older)
	add(t, db, 2)
	copyFile(t, older, db.Path())
	if e := refused(t, db); e.Kind != model.ErrRolledBack || e.Missing() != 2 || e.Last.IsZero() || e.Written.IsZero() {
		t.Errorf("%+v: %v", e, e)
	}
	// Accepting it is an entry with both heads, and the head is the journal's again.
	any, err := kv.Open(db.Path(), kv.Options{AnyHead: true, Actor: "ben"})
	if err != nil {
		t.Fatal(err)
	}
	beside, err := any.HeadBeside()
	if err != nil || beside.Entries != 6 {
		t.Fatalf("%+v, %v", beside, err)
	}
	if err := journal.AcceptHead(t.Context(), any, beside.JournalHead); err != nil {
		t.Fatal(err)
	}
	err = db.View(t.Context(), func(tx *kv.Tx) error {
		own := tx.Head()
		_, e, err := journal.Decode(tx.Bucket(kv.BucketJournal).Get(kv.Key(own.Entries)))
		if err != nil || own.Entries != 5 || e.Kind != journal.KindHeadAccepted || e.Actor != "ben" ||
			!strings.Contains(e.Note, head.Short(beside.JournalHead)) || !strings.Contains(e.Note, ":4:") {
			t.Errorf("%+v, %v", e, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestJournalCutAtItsEndIsRefused(t *testing.T) {
	for _, sequence := range []bool{false, true} {
		db := newDB(t)
		add(t, db, 3)
		rawly(t, db.Path(), func(tx *bolt.Tx) error {
			b := tx.Bucket(kv.BucketJournal)
			if sequence {
				if err := b.SetSequence(3); err != nil {
					return err
				}
			}
			return b.Delete(kv.Key(4))
		})
		if e := refused(t, db); e.Kind != model.ErrRolledBack || e.Missing() != 1 {
			t.Errorf("%+v", e)
		}
	}
}

func TestJournalChainedAnewIsRefused(t *testing.T) {
	db := newDB(t)
	add(t, db, 3)
	rawly(t, db.Path(), func(tx *bolt.Tx) error {
		b := tx.Bucket(kv.BucketJournal)
		var before kv.Sum
		for n := uint64(1); n <= 4; n++ {
			entry := append([]byte{}, b.Get(kv.Key(n))[32:]...)
			if n == 2 {
				entry[len(entry)-1] ^= 1
			}
			before = journal.Link(before, n, entry)
			if err := b.Put(kv.Key(n), append(before[:], entry...)); err != nil {
				return err
			}
		}
		return nil
	})
	if e := refused(t, db); e.Kind != model.ErrRewritten {
		t.Errorf("%+v", e)
	}
}

func TestOtherStoreIsRefusedByHeadAndByIdentity(t *testing.T) {
	for _, headless := range []bool{false, true} {
		db, other := newDB(t), newDB(t)
		add(t, db, 3)
		add(t, other, 5)
		copyFile(t, other.Path(), db.Path())
		if headless {
			if err := os.Remove(db.Path() + ".head"); err != nil {
				t.Fatal(err)
			}
		}
		if e := refused(t, db); e.Kind != model.ErrOtherStore {
			t.Errorf("%+v", e)
		}
	}
}

// TestDamagedEntryStopsWritingOnly: one value that is damaged costs that value, and is no
// rewritten journal.
func TestDamagedEntryStopsWritingOnly(t *testing.T) {
	db := newDB(t)
	add(t, db, 3)
	rawly(t, db.Path(), func(tx *bolt.Tx) error {
		v := append([]byte{}, tx.Bucket(kv.BucketJournal).Get(kv.Key(4))...)
		v[7] ^= 4
		return tx.Bucket(kv.BucketJournal).Put(kv.Key(4), v)
	})
	nothing := func(*kv.Tx) error { return nil }
	if err := db.View(t.Context(), nothing); err != nil {
		t.Errorf("reading: %v", err)
	}
	err := db.Update(t.Context(), nothing)
	if !errors.Is(err, model.ErrDamaged) || errors.As(err, new(*model.HeadError)) {
		t.Errorf("writing: %v", err)
	}
}

// TestHeadThatIsBehindOrLostIsWrittenAgain: what a kill between a commit and its head
// leaves is no older copy.
func TestHeadThatIsBehindOrLostIsWrittenAgain(t *testing.T) {
	behind := filepath.Join(t.TempDir(), "behind.head")
	for name, leave := range map[string]func(path string) error{
		"behind":   func(path string) error { copyFile(t, behind, path); return nil },
		"missing":  func(string) error { return nil },
		"empty":    func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"zeros":    func(path string) error { return os.WriteFile(path, make([]byte, 200), 0o600) },
		"huge":     func(path string) error { return errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, 1<<40)) },
		"a pipe":   func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"a link":   func(path string) error { return os.Symlink(behind, path) },
		"no file":  func(path string) error { return os.Symlink("/nowhere/at/all", path) },
		"a device": func(path string) error { return os.Symlink("/dev/zero", path) },
	} {
		t.Run(name, func(t *testing.T) {
			db := newDB(t)
			add(t, db, 2)
			path := db.Path() + ".head"
			copyFile(t, path, behind)
			add(t, db, 2)
			if err := errors.Join(os.Remove(path), leave(path)); err != nil {
				t.Fatal(err)
			}
			add(t, db, 1)
			if h, err := db.HeadBeside(); err != nil || h.Entries != 6 {
				t.Errorf("%+v, %v", h, err)
			}
			if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() || info.Size() > 400 {
				t.Errorf("%v, %v", info, err)
			}
			if b, err := os.ReadFile(behind); err != nil || !strings.Contains(string(b), "entries 3\n") {
				t.Errorf("the file that the link led to is now %q, %v", b, err)
			}
		})
	}
}

// TestFolderInPlaceOfTheHeadIsLeft: there is no head then, and everything else works.
func TestFolderInPlaceOfTheHeadIsLeft(t *testing.T) {
	db := newDB(t)
	path := db.Path() + ".head"
	if err := os.MkdirAll(filepath.Join(path, "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	add(t, db, 2)
	if _, err := db.HeadBeside(); !errors.Is(err, head.ErrMalformed) {
		t.Error(err)
	}
	names, err := filepath.Glob(filepath.Join(filepath.Dir(db.Path()), ".*"))
	if err != nil || len(names) > 0 {
		t.Errorf("left behind: %v, %v", names, err)
	}
}

func TestCompactingKeepsTheHeadAndIdentityIsMended(t *testing.T) {
	db := newDB(t)
	add(t, db, 5)
	if _, _, err := db.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if h, err := db.HeadBeside(); err != nil || h.Entries != 6 || h.Transaction != 0 {
		t.Errorf("%+v, %v", h, err)
	}
	for _, lost := range []string{"", "garbage"} {
		id, err := os.ReadFile(db.Path() + ".id")
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(os.Remove(db.Path()+".id"), os.WriteFile(db.Path()+".id", []byte(lost), 0o600)); err != nil {
			t.Fatal(err)
		}
		add(t, db, 1)
		if again, err := os.ReadFile(db.Path() + ".id"); err != nil || string(again) != string(id) {
			t.Errorf("%q, %v; want %q", again, err, id)
		}
	}
}
