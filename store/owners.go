package store

import (
	"sync"

	"fineprint/store/kv"
)

// Recorder takes captures in. It is safe for use by several goroutines.
type Recorder struct {
	db *kv.DB

	cacheMu sync.Mutex
	cache   map[uint64]*documentState // by document
	batch   uint64                    // batches recorded
}

func newRecorder(db *kv.DB) *Recorder { return &Recorder{db: db, cache: map[uint64]*documentState{}} }

// Ledger takes decisions and keeps the records that they make.
type Ledger struct{ db *kv.DB }

func newLedger(db *kv.DB) *Ledger { return &Ledger{db: db} }

// Reader reads lists and single things.
type Reader struct{ db *kv.DB }

func newReader(db *kv.DB) *Reader { return &Reader{db: db} }
