package kv_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fineprint/store/kv"
	"fineprint/store/kv/filelock"
	"fineprint/store/model"
)

func open(t *testing.T, path string) *kv.DB {
	t.Helper()
	db, err := kv.Open(path, kv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// waitsInTurn returns once somebody waits for the database.
func waitsInTurn(t *testing.T, path string) {
	t.Helper()
	for {
		f, err := filelock.Open(path+".turn", false, 0)
		if err != nil {
			t.Fatal(err)
		}
		free, err := filelock.Try(f, true)
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
		if !free {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// TestWhoWaitsIsNotOvertaken: who goes round and round stands behind who waits, whether that
// one writes or reads.
func TestWhoWaitsIsNotOvertaken(t *testing.T) {
	greedy := open(t, newDB(t).Path())
	for _, what := range []string{"write", "read"} {
		waiting := open(t, greedy.Path())
		holding, release := make(chan bool), make(chan bool)
		var order []string
		done := make(chan error, 2)
		go func() {
			err := greedy.Update(t.Context(), func(*kv.Tx) error { close(holding); <-release; return nil })
			again := greedy.Update(t.Context(), func(*kv.Tx) error { order = append(order, "again"); return nil })
			done <- errors.Join(err, again)
		}()
		<-holding
		go func() {
			run := waiting.Update
			if what == "read" {
				run = waiting.View
			}
			done <- run(t.Context(), func(*kv.Tx) error { order = append(order, what); return nil })
		}()
		waitsInTurn(t, greedy.Path())
		close(release)
		if err := errors.Join(<-done, <-done); err != nil {
			t.Fatal(err)
		}
		if strings.Join(order, " ") != what+" again" {
			t.Errorf("came in the order of %v", order)
		}
	}
}

// TestTurnIsNoCondition: a database is read and written where no turn can be had, and
// reading it leaves no file.
func TestTurnIsNoCondition(t *testing.T) {
	db := newDB(t)
	turn := db.Path() + ".turn"
	if err := open(t, db.Path()).View(t.Context(), func(*kv.Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(turn); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("reading made a file: %v", err)
	}
	if err := os.Mkdir(turn, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := db.Update(t.Context(), func(*kv.Tx) error { return nil }); err != nil {
		t.Error(err)
	}
	if err := os.Remove(turn); err != nil {
		t.Fatal(err)
	}
	// Somebody has the turn and never goes on, as a process that was stopped.
	f, err := filelock.Open(turn, true, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if taken, err := filelock.Try(f, true); !taken || err != nil {
		t.Fatal(taken, err)
	}
	quick, err := kv.Open(db.Path(), kv.Options{LockWait: 40 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if err := quick.Update(t.Context(), func(*kv.Tx) error { return nil }); err != nil {
		t.Error(err)
	}
}

func TestBusyNamesReaders(t *testing.T) {
	db := newDB(t)
	quick, err := kv.Open(db.Path(), kv.Options{LockWait: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	err = db.View(t.Context(), func(*kv.Tx) error {
		return quick.Update(t.Context(), func(*kv.Tx) error { return nil })
	})
	if !errors.Is(err, model.ErrBusy) || !strings.Contains(err.Error(), "is reading it") {
		t.Errorf("%v", err)
	}
}

// TestHolderIsNeverFollowed: a link in the holder's place is replaced, and what it
// leads to stays.
func TestHolderIsNeverFollowed(t *testing.T) {
	db := newDB(t)
	precious := filepath.Join(t.TempDir(), "precious")
	if err := os.WriteFile(precious, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, beside := range []string{".holder", ".turn"} {
		if err := os.Symlink(precious, db.Path()+beside); err != nil {
			t.Skip(err)
		}
	}
	during := ""
	if err := db.Update(t.Context(), func(*kv.Tx) error {
		body, err := os.ReadFile(db.Path() + ".holder")
		during = string(body)
		return err
	}); err != nil {
		t.Error(err)
	}
	if body, err := os.ReadFile(precious); err != nil || string(body) != "precious" {
		t.Errorf("what a link led to holds %q, %v", body, err)
	}
	if !strings.Contains(during, `"pid"`) {
		t.Errorf("while writing, the holder's file held %q", during)
	}
	if _, err := os.Lstat(db.Path() + ".holder"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it is left: %v", err)
	}
}

// TestSweptIsWhatKilledProcessesLeft, and nothing else.
func TestSweptIsWhatKilledProcessesLeft(t *testing.T) {
	db := newDB(t)
	dir, base := filepath.Dir(db.Path()), "."+filepath.Base(db.Path())
	old := time.Now().Add(-2 * time.Hour)
	leave := func(name string, at time.Time) {
		t.Helper()
		path := filepath.Join(dir, base+name)
		if err := errors.Join(os.WriteFile(path, []byte("x"), 0o600), os.Chtimes(path, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{".1", ".id.2", ".compact", ".snapshot.3", ".swp", ".old.db", ".4.bak"} {
		leave(name, old)
	}
	leave(".5", time.Now())
	leave(".snapshot.6", time.Now())
	leave(".snapshot.7", old)
	if err := os.Link(db.Path(), filepath.Join(dir, base+".8")); err != nil {
		t.Fatal(err)
	}
	reading, err := filelock.Open(filepath.Join(dir, base+".snapshot.7"), false, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = reading.Close() }()
	if taken, err := filelock.Try(reading, false); !taken || err != nil {
		t.Fatal(taken, err)
	}
	if err := open(t, db.Path()).Update(t.Context(), func(*kv.Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
	list, err := filepath.Glob(filepath.Join(dir, base+"*"))
	if err != nil {
		t.Fatal(err)
	}
	left := ""
	for _, path := range list {
		left += strings.TrimPrefix(filepath.Base(path), base) + " "
	}
	if left != ".4.bak .5 .old.db .snapshot.7 .swp " {
		t.Errorf("left: %s", left)
	}
}
