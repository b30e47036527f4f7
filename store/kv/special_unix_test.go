//go:build unix

package kv_test

import (
	"errors"
	"net"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// TestSpecialFilesAreRefusedAtOnce: opening a pipe would wait for its other end where no
// signal gets through.
func TestSpecialFilesAreRefusedAtOnce(t *testing.T) {
	dir := t.TempDir()
	pipe, socket := filepath.Join(dir, "pipe"), filepath.Join(dir, "socket")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Skip(err)
	}
	defer func() { _ = l.Close() }()
	for path, what := range map[string]string{pipe: "a named pipe", socket: "a socket", dir: "a folder", "/dev/zero": "a device"} {
		if _, err := kv.Open(path, kv.Options{}); !errors.Is(err, model.ErrInvalid) || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
		if _, err := kv.Create(path, kv.Options{}, noop); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("made over %s: %v", what, err)
		}
	}
}
