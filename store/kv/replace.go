package kv

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
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
	if _, err := os.Lstat(target); err == nil {
		if err := keepAs(target, keep); err != nil {
			return fmt.Errorf("keeping the file of before: %w: %w", model.ErrUnwritable, err)
		}
	}
	if err := os.Rename(with, target); err != nil {
		return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	atomicfile.SyncDir(filepath.Dir(target))
	return nil
}

// keepAs gives a file a second name or, where the file system has no such thing, another.
func keepAs(path, keep string) error {
	if err := os.Link(path, keep); err == nil || os.IsExist(err) {
		return err
	}
	return os.Rename(path, keep)
}
