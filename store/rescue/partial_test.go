package rescue_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"fineprint/store/kv"
	"fineprint/store/kv/filelock"
	"fineprint/store/model"
	"fineprint/store/rescue"
)

// TestWhatAKilledRunLeftStopsNoOther leaves what killed backups and restores leave.
func TestWhatAKilledRunLeftStopsNoOther(t *testing.T) {
	t.Parallel()
	c := newClock()
	db := newDB(t, kv.Options{Clock: c.now}, 3)
	dir := filepath.Dir(db.Path())
	to := filepath.Join(dir, "copy.db")
	leave := func(name string, old bool) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("half of it"), 0o600); err != nil {
			t.Fatal(err)
		}
		if old {
			if err := os.Chtimes(path, c.now().Add(-time.Hour), c.now().Add(-time.Hour)); err != nil {
				t.Fatal(err)
			}
		}
		return path
	}
	leave(".copy.db.partial", false)
	if _, err := rescue.Make(t.Context(), db, rescue.Options{To: to}); err != nil {
		t.Errorf("after a killed backup: %v", err)
	}
	if err := os.MkdirAll(rescue.Folder(db.Path()), 0o700); err != nil {
		t.Fatal(err)
	}
	day := filepath.Join("x.db.backups", "."+c.now().Format(time.DateOnly)+"-daily.partial")
	leave(day, false)
	write(t, db, 4)
	if _, err := rescue.Make(t.Context(), db, rescue.Options{Kind: rescue.Daily}); err != nil {
		t.Errorf("after a killed daily one: %v", err)
	}
	left := []string{leave(".x.db.restore-1.partial", true), leave(".x.db.restore-1.partial.head", true)}
	foreign := leave(".mine.partial", true)
	if err := os.Link(db.Path(), db.Path()+".replaced-20200101T000000Z"); err != nil {
		t.Skip(err)
	}
	done, err := rescue.Restore(t.Context(), db.Path(), to, rescue.RestoreOptions{Clock: c.now})
	if err != nil {
		t.Fatalf("after a killed restore: %v", err)
	}
	for _, path := range append(left, db.Path()+".replaced-20200101T000000Z") {
		if _, err := os.Lstat(path); err == nil {
			t.Errorf("%s is there still", path)
		}
	}
	if _, err := os.Lstat(foreign); err != nil {
		t.Errorf("somebody else's file: %v", err)
	}
	if at := differ(values(t, to), values(t, db.Path())); at != "" || !strings.Contains(done.Kept, ".replaced-") {
		t.Errorf("%s, kept as %s", at, done.Kept)
	}
	if sameFile(t, done.Kept, db.Path()) {
		t.Error("the file that is kept is the database")
	}
}

func sameFile(t *testing.T, a, b string) bool {
	t.Helper()
	x, err := os.Stat(a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := os.Stat(b)
	if err != nil {
		t.Fatal(err)
	}
	return os.SameFile(x, y)
}

func TestBackupThatAnotherProcessMakesIsLeftAlone(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("a file that is locked can't be read there")
	}
	db := newDB(t, kv.Options{}, 3)
	to := filepath.Join(filepath.Dir(db.Path()), "copy.db")
	name := filepath.Join(filepath.Dir(to), ".copy.db.partial")
	f, err := filelock.Open(name, true, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if taken, err := filelock.Try(f, false); !taken || err != nil {
		t.Skip(err)
	}
	if _, err := rescue.Make(t.Context(), db, rescue.Options{To: to}); !errors.Is(err, model.ErrBusy) {
		t.Errorf("%v", err)
	}
	if _, err := os.Lstat(name); err != nil {
		t.Error(err)
	}
}
