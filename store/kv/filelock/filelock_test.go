package filelock_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"fineprint/store/kv/filelock"
)

func open(t *testing.T, path string) *os.File {
	t.Helper()
	f, err := filelock.Open(path, true, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestLockIsWaitedForAndInterrupted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	release, err := filelock.Wait(t.Context(), open(t, path))
	if err != nil {
		t.Fatal(err)
	}
	if taken, err := filelock.Try(open(t, path), false); taken || err != nil {
		t.Errorf("shared with who has it alone: %t, %v", taken, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	given := make(chan error)
	go func() {
		_, err := filelock.Wait(ctx, open(t, path))
		given <- err
	}()
	cancel()
	if err := <-given; !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	second := make(chan func())
	go func() {
		release, err := filelock.Wait(t.Context(), open(t, path))
		if err != nil {
			t.Error(err)
		}
		second <- release
	}()
	release() // the wait that was given up may get it first, and lets it go
	(<-second)()
}

func TestWhatIsNoFileIsNotLocked(t *testing.T) {
	dir := t.TempDir()
	if _, err := filelock.Open(dir, true, 0o600); err == nil {
		t.Error("a folder was opened")
	}
	if _, err := filelock.Open(filepath.Join(dir, "none"), false, 0); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what is missing: %v", err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink("target", link); err != nil {
		t.Skip(err)
	}
	if _, err := filelock.Open(link, true, 0o600); err == nil {
		t.Error("a symbolic link was followed")
	}
	if _, err := os.Lstat(filepath.Join(dir, "target")); err == nil {
		t.Error("a file was made through a symbolic link")
	}
}

func TestHoldersAreNamed(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux lists them")
	}
	path := filepath.Join(t.TempDir(), "lock")
	f := open(t, path)
	if list := filelock.Holders(path); len(list) > 0 {
		t.Errorf("nobody holds it: %+v", list)
	}
	for _, exclusive := range []bool{false, true} {
		if taken, err := filelock.Try(f, exclusive); !taken || err != nil {
			t.Fatal(taken, err)
		}
		list := filelock.Holders(path)
		if len(list) != 1 || list[0].PID != os.Getpid() || list[0].Reading == exclusive ||
			!strings.Contains(list[0].Command, "filelock.test") {
			t.Errorf("%+v", list)
		}
	}
	if !filelock.Alive(os.Getpid()) || filelock.Alive(1<<30) {
		t.Error("who is alive is not told")
	}
}

func TestCommandIsNamedByItsFirstWord(t *testing.T) {
	for want, args := range map[string]string{
		"fineprint": "/usr/bin/fineprint", "fineprint check": "./fineprint --db x.db check", "fineprint decide": "fineprint --json --actor ann decide FP-C-1",
	} {
		if got := filelock.Command(strings.Fields(args)); got != want {
			t.Errorf("%s: %s", args, got)
		}
	}
}
