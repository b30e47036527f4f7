package kv

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"fineprint/store/kv/holder"
	"fineprint/store/kv/temporary"
	"fineprint/store/model"
)

// withBolt opens, runs and closes. Faults and panics that damage provokes in
// bbolt become ErrDamaged.
func (db *DB) withBolt(ctx context.Context, readOnly bool, f func(*bolt.DB) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := checkFile(db.path); err != nil {
		return err
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: reading it failed: %v", model.ErrDamaged, r)
		}
	}()
	opened, err := db.openInTurn(ctx, readOnly)
	if err != nil {
		return err
	}
	opened.AllocSize = 1 << 20
	defer func() {
		if closeErr := opened.Close(); err == nil && closeErr != nil {
			err = closeErr
		}
	}()
	err = f(opened)
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) && !errors.Is(err, model.ErrUnwritable) && !readOnly {
		err = fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	return err
}

// lockPoll is about how often a lock is asked for. bbolt's own waiting asks every
// 50 ms: between the transactions of a fetch at work it would find the lock free
// once in a while only, and it can't be interrupted.
const lockPoll = 4 * time.Millisecond

// openInTurn opens the file when nobody waits for it any longer than this.
func (db *DB) openInTurn(ctx context.Context, readOnly bool) (*bolt.DB, error) {
	deadline := time.Now().Add(db.o.LockWait)
	passOn, err := db.takeTurn(ctx, readOnly)
	if err != nil {
		return nil, err
	}
	defer passOn()
	opened, err := db.open(ctx, readOnly, deadline)
	if err == nil && !readOnly {
		db.tidy.Do(func() { temporary.Sweep(db.path) })
	}
	return opened, err
}

// open opens the file at the store's path. Whoever waited for its lock may hold
// one that was compacted away meanwhile: then the path names another, and that is
// opened.
func (db *DB) open(ctx context.Context, readOnly bool, deadline time.Time) (*bolt.DB, error) {
	for {
		var file *os.File
		opened, err := bolt.Open(db.path, 0o600, &bolt.Options{Timeout: time.Nanosecond, ReadOnly: readOnly,
			NoSync: db.o.NoSync, FreelistType: bolt.FreelistMapType,
			OpenFile: func(name string, flag int, mode os.FileMode) (f *os.File, err error) {
				file, err = openRegular(name, flag&^os.O_CREATE, mode) // what is gone is not begun anew
				return file, err
			}})
		if errors.Is(err, berrors.ErrTimeout) && time.Now().Before(deadline) {
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(lockPoll/2 + rand.N(lockPoll)):
			}
			continue
		}
		if err != nil {
			return nil, db.explainOpen(err)
		}
		held, err := file.Stat()
		if err == nil {
			var named fs.FileInfo
			if named, err = os.Stat(db.path); err == nil && os.SameFile(held, named) {
				return opened, nil
			}
		}
		_ = opened.Close()
		if err != nil {
			return nil, fmt.Errorf("%w: %w", model.ErrUnwritable, err)
		}
	}
}

func (db *DB) explainOpen(err error) error {
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return fmt.Errorf("%w: %s", model.ErrBusy, holder.Who(db.path))
	case errors.Is(err, fs.ErrPermission), errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrVersionMismatch), errors.Is(err,
		berrors.ErrChecksum):
		return fmt.Errorf("%w: %w", model.ErrDamaged, err)
	}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	return err
}
