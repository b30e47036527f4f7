package kv

import (
	"context"
	"errors"
	"fmt"
	"os"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/kv/temporary"
)

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
		file, err = temporary.Copy(ctx, db.path)
		return err
	})
	if errors.Is(err, temporary.ErrNoRoom) {
		return db, func() {}, nil
	}
	if err != nil {
		if file != nil {
			temporary.Discard(file)
		}
		return nil, nil, fmt.Errorf("making a snapshot of the database: %w", err)
	}
	return &DB{path: file.Name(), o: db.o, prefix: db.prefix, snapshot: true,
		beside: &beside}, func() { temporary.Discard(file) }, nil
}
