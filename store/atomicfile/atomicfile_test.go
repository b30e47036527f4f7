package atomicfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"fineprint/store/model"
)

func put(t *testing.T, path, content string, perm fs.FileMode) {
	t.Helper()
	if err := errors.Join(os.WriteFile(path, []byte(content), 0o600), os.Chmod(path, perm)); err != nil {
		t.Fatal(err)
	}
}

func requireFile(t *testing.T, path, content string, perm fs.FileMode) {
	t.Helper()
	body, err := os.ReadFile(path)
	info, statErr := os.Lstat(path)
	if err != nil || statErr != nil || string(body) != content || info.Mode() != perm {
		t.Errorf("%s: %q, %v, %v, %v", filepath.Base(path), body, info.Mode(), err, statErr)
	}
}

func requireNames(t *testing.T, dir string, names ...string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil || len(list) != len(names) {
		t.Errorf("%v, %v; want %v", list, err, names)
	}
}

func TestExistingFileKeepsItsPermissions(t *testing.T) {
	dir := t.TempDir()
	for _, perm := range []fs.FileMode{0o600, 0o640, 0o644, 0o664, 0o200} {
		path := filepath.Join(dir, "f")
		put(t, path, "before", perm)
		if err := WriteBytes(path, []byte("after"), Options{Perm: 0o644}); err != nil {
			t.Fatal(err)
		}
		if os.Geteuid() == 0 || perm&0o400 != 0 {
			requireFile(t, path, "after", perm)
		}
	}
	path := filepath.Join(dir, "f")
	put(t, path, "before", 0o444)
	if err := WriteBytes(path, []byte("after"), Options{}); !errors.Is(err, model.ErrUnwritable) {
		t.Errorf("a read-only file: %v", err)
	}
	requireFile(t, path, "before", 0o444)
}

func TestNothingIsLeftOfWhatFails(t *testing.T) {
	dir := t.TempDir()
	path, failed := filepath.Join(dir, "f"), errors.New("failed")
	put(t, path, "before", 0o600)
	err := Write(path, Options{}, func(w io.Writer) error {
		_, _ = io.WriteString(w, "aft")
		return failed
	})
	if !errors.Is(err, failed) || errors.Is(err, model.ErrUnwritable) {
		t.Errorf("%v", err)
	}
	requireFile(t, path, "before", 0o600)
	if err := WriteBytes(path, nil, Options{New: true}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a new one over another: %v", err)
	}
	if err := WriteBytes(dir, nil, Options{}); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("over a folder: %v", err)
	}
	if err := WriteBytes(filepath.Join(dir, "none", "f"), nil, Options{}); !errors.Is(err, model.ErrUnwritable) {
		t.Errorf("in no folder: %v", err)
	}
	requireNames(t, dir, "f")
}

// TestNewFileRefusesOneMadeMeanwhile: whoever makes the same file first keeps it.
func TestNewFileRefusesOneMadeMeanwhile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "f")
	err := Write(path, Options{New: true}, func(io.Writer) error {
		put(t, path, "other", 0o600)
		return nil
	})
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("%v", err)
	}
	requireFile(t, path, "other", 0o600)
	requireNames(t, dir, "f")
	from := filepath.Join(dir, "g")
	put(t, from, "new", 0o600)
	if err := RenameNew(from, path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("renamed over another: %v", err)
	}
	if err := RenameNew(from, filepath.Join(dir, "h")); err != nil {
		t.Error(err)
	}
	requireNames(t, dir, "f", "h")
}

func TestLinksAreWrittenThrough(t *testing.T) {
	dir := t.TempDir()
	other := t.TempDir()
	target := filepath.Join(other, "target")
	link, second := filepath.Join(dir, "link"), filepath.Join(dir, "second")
	put(t, target, "before", 0o640)
	if err := errors.Join(os.Symlink(target, link), os.Symlink("link", second)); err != nil {
		t.Skip(err)
	}
	if err := WriteBytes(second, []byte("after"), Options{}); err != nil {
		t.Fatal(err)
	}
	requireFile(t, target, "after", 0o640)
	for _, l := range []string{link, second} {
		if info, err := os.Lstat(l); err != nil || info.Mode()&fs.ModeSymlink == 0 {
			t.Errorf("%s is no link any more: %v, %v", l, info, err)
		}
	}
	if err := os.Remove(target); err != nil {
		t.Fatal(err)
	}
	if err := WriteBytes(link, []byte("new"), Options{Perm: 0o600}); err != nil {
		t.Fatal(err)
	}
	requireFile(t, target, "new", 0o600)
	loop := filepath.Join(dir, "loop")
	if err := os.Symlink("loop", loop); err != nil {
		t.Fatal(err)
	}
	if err := WriteBytes(loop, nil, Options{}); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("a link to itself: %v", err)
	}
	requireNames(t, other, "target")
}
