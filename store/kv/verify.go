package kv

import (
	"context"
	"errors"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/kv/pagesum"
	"fineprint/store/model"
)

// Integrity returns what comparing the pages of the file with their sums found; without sums, or
// with older ones, what a walk over the pages did. It is worked out when a database is opened.
func (db *DB) Integrity() model.Integrity { return db.pages.Found() }

// verify looks at the pages of the file, once for a DB: first without the lock, and under it if that does
// not do.
func (db *DB) verify(ctx context.Context) error {
	if err := checkFile(db.path); err != nil {
		return err
	}
	if same, err := db.pages.Compare(ctx, db.path); same || err != nil {
		return err
	}
	return db.withBolt(ctx, true, func(b *bolt.DB) error {
		sound, err := db.pages.Inspect(ctx, db.path)
		if err == nil && sound {
			err = b.View(func(tx *bolt.Tx) error { return CheckSequences(&Tx{Tx: tx, db: db}) })
			if errors.Is(err, model.ErrDamaged) {
				db.pages.Add(err)
				err = nil
			}
		}
		return err
	})
}

// ForgetSums has the file that is there be the one that sums are of: a person took it for the one that
// counts. What is wrong with it beside that stays so.
func (db *DB) ForgetSums(ctx context.Context) error {
	if found := db.Integrity(); found.Unlike == 0 || found.Unlike < len(found.Problems) {
		return nil
	}
	err := db.withBolt(ctx, true, func(*bolt.DB) error {
		pagesum.Remove(db.path)
		return nil
	})
	if err != nil {
		return err
	}
	return db.verify(ctx)
}
