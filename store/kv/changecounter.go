package kv

import (
	"context"
	"fmt"
	"os"

	"fineprint/store/kv/pagefile"
	"fineprint/store/model"
)

// ChangeCounter returns a number that differs after everything that is written to
// the database, by whatever process, so that a screen knows whether to read again.
// It is the checksum of the file's newest meta page, read from the file without
// its lock: asking is cheap, waits for nobody and keeps nobody waiting.
func (db *DB) ChangeCounter(ctx context.Context) (uint64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	return ChangeCounterOf(db.path)
}

// ChangeCounterOf is [DB.ChangeCounter] of the file at a path.
func ChangeCounterOf(path string) (uint64, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("looking whether the database changed: %w: %w", model.ErrUnwritable, err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return 0, fmt.Errorf("looking whether the database changed: %w: %w", model.ErrUnwritable, err)
	}
	m, ok := pagefile.New(f, info.Size()).Newest()
	if !ok {
		return 0, fmt.Errorf("looking whether the database changed: %w: this is not a Fineprint database",
			model.ErrDamaged)
	}
	return m.Checksum, nil
}
