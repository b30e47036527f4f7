package kv

import (
	"context"
	"os"
	"time"

	"fineprint/store/kv/filelock"
)

func turnPath(path string) string { return path + ".turn" }

// readerPatience is how long a reader waits for its turn. It needs none where others
// read, and goes in beside them then; where somebody writes for that long, it has let
// those pass who were there before it.
const readerPatience = time.Second

// takeTurn waits until nobody else waits for the database, and returns what lets the next
// one wait: whoever has the file's lock has passed its turn on, so that one that goes
// round and round stands behind those who wait, each time.
//
// The turn is a courtesy, never a condition: the database's own lock keeps processes
// apart. So a reader makes no file for it, in a folder where none can be made there is
// none, and nobody waits for ever on one that doesn't move, because its process was
// stopped.
func (db *DB) takeTurn(ctx context.Context, readOnly bool) (passOn func(), err error) {
	without := func() {}
	if db.snapshot {
		return without, nil
	}
	perm := os.FileMode(0o600)
	if info, err := os.Stat(db.path); err == nil {
		perm = info.Mode().Perm() // who may open the one may open the other
	}
	f, err := filelock.Open(turnPath(db.path), !readOnly, perm)
	if err != nil {
		return without, nil
	}
	patience := db.o.LockWait / 2
	if readOnly {
		patience = min(patience, readerPatience)
	}
	wait, stop := context.WithTimeout(ctx, patience)
	defer stop()
	passOn, err = filelock.Wait(wait, f)
	if ctx.Err() != nil {
		if err == nil {
			passOn()
		}
		return nil, ctx.Err()
	}
	if err != nil {
		return without, nil
	}
	return passOn, nil
}
