package git_test

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/cmd/dev/otatest"
	"fineprint/fetch/git"
)

// TestNothingIsReadOutsideOfTheRepository: a file of it that is a symbolic link out of it is
// refused, whatever it leads to, and other folders that are read are told.
func TestNothingIsReadOutsideOfTheRepository(t *testing.T) {
	link := func(target, path string) {
		t.Helper()
		if err := os.Symlink(target, path); err != nil {
			t.Skip("no symbolic links here: ", err)
		}
	}
	move := func(path string) (outside string) {
		t.Helper()
		outside = filepath.Join(t.TempDir(), "outside")
		if err := os.Rename(path, outside); err != nil {
			t.Fatal(err)
		}
		link(outside, path)
		return outside
	}
	head := func(dir string) error {
		r, err := git.Open(dir)
		if err != nil {
			return err
		}
		defer func() { _ = r.Close() }()
		name, _, err := r.Head()
		if err == nil {
			_, _, err = r.Object(name)
		}
		return err
	}
	made := func() (*otatest.Raw, string) {
		raw := otatest.NewRaw(t, "sha1")
		var last string
		raw.History([]string{"one"}, func(kind, content string) string { last = raw.Loose(kind, content); return last })
		digits := hex.EncodeToString([]byte(last))
		return raw, filepath.Join(raw.Dir, "objects", digits[:2], digits[2:])
	}
	raw, object := made()
	if err := head(raw.Dir); err != nil {
		t.Fatal(err)
	}
	move(object)
	if err := head(raw.Dir); err == nil || !strings.Contains(err.Error(), "leads out of the repository") {
		t.Errorf("an object elsewhere: %v", err)
	}
	raw, object = made()
	move(filepath.Dir(object))
	if err := head(raw.Dir); err == nil || !strings.Contains(err.Error(), "leads out of the repository") {
		t.Errorf("a folder of objects elsewhere: %v", err)
	}
	for _, name := range []string{"refs/heads/main", "refs"} {
		raw, _ = made()
		move(filepath.Join(raw.Dir, filepath.FromSlash(name)))
		if err := head(raw.Dir); err == nil {
			t.Errorf("%s elsewhere is read", name)
		}
	}
	raw, _ = made()
	outside := move(filepath.Join(raw.Dir, "objects"))
	r, err := git.Open(raw.Dir)
	if err != nil || len(r.Notes()) != 1 || !strings.Contains(r.Notes()[0], outside) {
		t.Errorf("all objects elsewhere: %v", err)
	}
	_ = r.Close()
	raw, _ = made()
	raw.Write("objects/info/alternates", outside+"\n")
	if r, err = git.Open(raw.Dir); err != nil || len(r.Notes()) != 1 || !strings.Contains(r.Notes()[0], outside) {
		t.Errorf("objects that are borrowed: %v", err)
	}
	_ = r.Close()
}
