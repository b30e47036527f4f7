package rescue

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fineprint/store/kv/filelock"
	"fineprint/store/model"
)

const (
	// partial is how a file in the making ends.
	partial = ".partial"
	// stale is how old one is that nobody works on any more.
	stale = 10 * time.Minute
)

// errInWork: another process makes the same file.
var errInWork = fmt.Errorf("%w: another process is making it", model.ErrBusy)

// begin makes a file in the making, which is ours until it is let go of: it is locked, and
// what a process that was killed left under its name is replaced. Reading it takes the
// same lock, so that it can be opened as a database; writing to it can't.
func begin(path string) (f *os.File, err error) {
	for range 100 { // others that clean up may come in between
		f, err = os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
		if errors.Is(err, fs.ErrExist) {
			if err := takeAway(path); err != nil {
				return nil, err
			}
			continue
		}
		if err != nil {
			return nil, unwritable(err)
		}
		taken, lockErr := filelock.Try(f, false)
		if taken && isAt(f, path) || errors.Is(lockErr, errors.ErrUnsupported) {
			return f, nil
		}
		_ = f.Close()
		if lockErr != nil {
			_ = os.Remove(path)
			return nil, unwritable(lockErr)
		}
	}
	return nil, errInWork
}

// takeAway removes a file in the making that nobody works on.
func takeAway(path string) error {
	f, err := filelock.Open(path, false, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return unwritable(err)
	}
	defer func() { _ = f.Close() }()
	free, err := filelock.Try(f, true)
	switch {
	case errors.Is(err, errors.ErrUnsupported): // its age has to tell
		info, statErr := f.Stat()
		if free = statErr == nil && time.Since(info.ModTime()) > stale; !free {
			return errInWork
		}
	case err != nil:
		return unwritable(err)
	case !free:
		return errInWork
	}
	if !isAt(f, path) {
		return nil
	}
	removeWith(path)
	return nil
}

// isAt reports whether an open file is the one that a path names.
func isAt(f *os.File, path string) bool {
	open, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Lstat(path)
	return err == nil && os.SameFile(open, named)
}

// sweep removes what a crash left of files in the making, of those whose names begin so in
// a folder, and are others than what is made next.
func sweep(dir, prefix string, now time.Time) {
	left, _ := filepath.Glob(escapeGlob(filepath.Join(dir, "."+prefix)) + "*" + partial + "*")
	for _, path := range left {
		info, err := os.Lstat(path)
		if err != nil || !info.Mode().IsRegular() || now.Sub(info.ModTime()) <= stale {
			continue
		}
		of := path[:strings.LastIndex(path, partial)+len(partial)] // what stands beside it goes with it
		if of == path || !exists(of) {
			_ = takeAway(path)
		}
	}
}
