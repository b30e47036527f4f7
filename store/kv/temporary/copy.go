// Package temporary makes the temporary files beside a database that outlive a step of work, and sweeps
// those that killed processes left.
//
// It is not for files that are made and renamed in one step (store/atomicfile), and takes no lock of the
// database: who calls it holds that.
package temporary

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"fineprint/store/kv/filelock"
	"fineprint/store/model"
)

const (
	// copyStep is how much is copied before it is asked whether to go on.
	copyStep = 64 << 20
	// spareRoom is what a copy leaves free beside as much room again as it takes.
	spareRoom = 64 << 20
)

// RoomIn is how much may be written in a folder; tests set it.
var RoomIn = freeRoom

// ErrNoRoom: nowhere is room for a copy.
var ErrNoRoom = errors.New("no room for a snapshot")

// Discard removes a file that is open.
func Discard(f *os.File) {
	_ = os.Remove(f.Name())
	_ = f.Close()
	_ = os.Remove(f.Name()) // where an open file can't be removed
}

// Copy copies a database whose lock is held. The copy is locked as long as it is
// open, so that nobody sweeps it.
func Copy(ctx context.Context, path string) (*os.File, error) {
	src, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = src.Close() }()
	info, err := src.Stat()
	if err != nil {
		return nil, err
	}
	whole, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil, err
	}
	for _, dir := range []string{filepath.Dir(whole), os.TempDir()} {
		dst, err := os.CreateTemp(dir, "."+filepath.Base(whole)+snapshotName+"*")
		if err != nil {
			continue
		}
		if locked, err := filelock.Try(dst, false); err == nil && locked {
			if cloneFile(dst, src) == nil {
				return dst, nil
			}
			if room, known := RoomIn(dir); !known || room > 2*info.Size()+spareRoom {
				err = copyBytes(ctx, dst, src, info.Size())
				if err == nil {
					return dst, nil
				}
			}
		}
		Discard(dst)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return nil, ErrNoRoom
}

// copyBytes copies a file in steps, inside the kernel where it can.
func copyBytes(ctx context.Context, dst, src *os.File, size int64) error {
	for done := int64(0); done < size; {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := io.CopyN(dst, src, min(copyStep, size-done))
		if done += n; err != nil {
			return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
		}
	}
	return nil
}
