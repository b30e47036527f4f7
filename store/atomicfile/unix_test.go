//go:build unix

package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"fineprint/store/model"
)

// TestNewFileFollowsTheUmask sets the umask of the process: no other test here may be
// parallel to it.
func TestNewFileFollowsTheUmask(t *testing.T) {
	dir := t.TempDir()
	for umask, want := range map[int]os.FileMode{0o077: 0o600, 0o022: 0o644, 0o002: 0o664} {
		path := filepath.Join(dir, "f")
		was := syscall.Umask(umask)
		err := WriteBytes(path, []byte("x"), Options{})
		syscall.Umask(was)
		if err != nil {
			t.Fatal(err)
		}
		requireFile(t, path, "x", want)
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

// TestForeignLinkIsRefused: who may write in a folder for everybody can't have us write
// over a file of ours.
func TestForeignLinkIsRefused(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can make links of somebody else's")
	}
	dir := t.TempDir()
	precious, link := filepath.Join(t.TempDir(), "precious"), filepath.Join(dir, "out")
	put(t, precious, "precious", 0o600)
	if err := errors.Join(os.Chmod(dir, 0o777|os.ModeSticky), os.Symlink(precious, link), os.Lchown(link, 12345, 12345)); err != nil {
		t.Fatal(err)
	}
	if err := WriteBytes(link, []byte("x"), Options{}); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("%v", err)
	}
	requireFile(t, precious, "precious", 0o600)
	if err := os.Lchown(link, 0, 0); err != nil {
		t.Fatal(err)
	}
	if err := WriteBytes(link, []byte("x"), Options{}); err != nil {
		t.Errorf("our own link: %v", err)
	}
}
