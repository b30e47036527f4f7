package kv

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fineprint/store/atomicfile"
	"fineprint/store/model"
)

// Replace puts the file with in the place of the database at path, which may be damaged
// or missing, and keeps that under the name keep. It happens under the database's lock:
// whoever waits for it notices and opens the new one. before runs under the lock, as the
// last thing before the exchange. A crash leaves one or the other in the place, whole.
func Replace(ctx context.Context, path, with, keep string, wait time.Duration, before func() error) error {
	target, err := filepath.EvalSymlinks(path)
	if os.IsNotExist(err) {
		target, err = path, nil
	}
	if err != nil {
		return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	unlock, err := lockFile(ctx, target, wait)
	if err != nil {
		return err
	}
	defer unlock()
	if err := before(); err != nil {
		return err
	}
	if err := putInPlace(target, with, keep); err != nil {
		return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	atomicfile.SyncDir(filepath.Dir(target))
	return nil
}

// putInPlace puts a file in the place of another, which is called keep then. The new one gets
// that name first, and the two exchange theirs, so that no kill leaves the database with a
// second name. Where the system can't exchange, the old file gets the second name before
// the new one takes its place; a kill in between leaves it, and [SweepReplaced] removes it.
func putInPlace(target, with, keep string) error {
	if _, err := os.Lstat(target); os.IsNotExist(err) {
		return os.Rename(with, target)
	}
	if err := atomicfile.RenameNew(with, keep); err != nil {
		return err
	}
	if atomicfile.Exchange(keep, target) == nil {
		return nil
	}
	if err := os.Rename(keep, with); err != nil {
		return err
	}
	if err := os.Link(target, keep); os.IsExist(err) {
		return err
	} else if err != nil { // the file system has no second names
		if err := os.Rename(target, keep); err != nil {
			return err
		}
	}
	return os.Rename(with, target)
}

// SweepReplaced removes second names of the database at path that a kill left while another
// was put in its place. Their names begin with the database's and what follows is prefix.
func SweepReplaced(path, prefix string) {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return
	}
	database, err := os.Lstat(target)
	if err != nil {
		return
	}
	list, err := os.ReadDir(filepath.Dir(target))
	if err != nil {
		return
	}
	for _, e := range list {
		if !strings.HasPrefix(e.Name(), filepath.Base(target)+prefix) {
			continue
		}
		name := filepath.Join(filepath.Dir(target), e.Name())
		if info, err := os.Lstat(name); err == nil && info.Mode().IsRegular() && os.SameFile(info, database) {
			_ = os.Remove(name)
		}
	}
}
