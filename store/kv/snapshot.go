package kv

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/kv/filelock"
	"fineprint/store/model"
)

const (
	// copyStep is how much is copied before it is asked whether to go on.
	copyStep = 64 << 20
	// spareRoom is what a snapshot leaves free beside as much room again as it takes.
	spareRoom = 64 << 20
)

// roomIn is how much may be written in a folder; tests set it.
var roomIn = freeRoom

// errNoRoom: nowhere is room for a snapshot.
var errNoRoom = errors.New("no room for a snapshot")

// Snapshot returns the database as it is now, for reading at leisure, and what removes it:
// whoever reads it keeps nobody from writing. It is a copy in a private file beside the
// database, or where temporary files go; file systems that can share the blocks of two files
// do (FICLONE), elsewhere the bytes are copied, while readers go on and writers wait. A file
// that a killed process left is swept by the next writer.
//
// Where there is no room for it, or nowhere to write, the database itself is returned and read
// in place: reading matters more than not being in the way.
func (db *DB) Snapshot(ctx context.Context) (snapshot *DB, remove func(), err error) {
	if db.snapshot {
		return db, func() {}, nil
	}
	db.txMu.RLock()
	defer db.txMu.RUnlock()
	var file *os.File
	var beside besideFiles
	err = db.withBolt(ctx, true, func(*bolt.DB) error {
		beside = db.readBeside() // under the lock, or a writer's next head would look like a rollback
		file, err = copyDatabase(ctx, db.path)
		return err
	})
	if errors.Is(err, errNoRoom) {
		return db, func() {}, nil
	}
	if err != nil {
		if file != nil {
			discard(file)
		}
		return nil, nil, fmt.Errorf("making a snapshot of the database: %w", err)
	}
	return &DB{path: file.Name(), o: db.o, prefix: db.prefix, snapshot: true,
		beside: &beside}, func() { discard(file) }, nil
}

// discard removes a file that is open.
func discard(f *os.File) {
	_ = os.Remove(f.Name())
	_ = f.Close()
	_ = os.Remove(f.Name()) // where an open file can't be removed
}

// copyDatabase copies a database whose lock is held. The copy is locked as long as it is
// open, so that nobody sweeps it.
func copyDatabase(ctx context.Context, path string) (*os.File, error) {
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
			if room, known := roomIn(dir); !known || room > 2*info.Size()+spareRoom {
				err = copyBytes(ctx, dst, src, info.Size())
				if err == nil {
					return dst, nil
				}
			}
		}
		discard(dst)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return nil, errNoRoom
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
