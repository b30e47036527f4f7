package store

import (
	"sync"
)

// Recorder takes captures in. It is safe for use by several goroutines.
type Recorder struct {
	db *DB

	cacheMu sync.Mutex
	cache   map[uint64]*documentState // by document
	batch   uint64                    // batches recorded
}

func newRecorder(db *DB) *Recorder { return &Recorder{db: db, cache: map[uint64]*documentState{}} }

// Ledger takes decisions and keeps the records that they make.
type Ledger struct{ db *DB }

func newLedger(db *DB) *Ledger { return &Ledger{db: db} }

// Reader reads lists and single things.
type Reader struct{ db *DB }

func newReader(db *DB) *Reader { return &Reader{db: db} }
