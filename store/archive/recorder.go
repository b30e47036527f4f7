package archive

import (
	"fineprint/store/kv"
	"sync"
)

// Recorder takes captures in. It is safe for use by several goroutines.
type Recorder struct {
	db *kv.DB

	cacheMu sync.Mutex
	cache   map[uint64]*documentState // by document
	batch   uint64                    // batches recorded
	keeps   int                       // bytes of documents between transactions
}

// New returns a Recorder for a database.
func New(db *kv.DB) *Recorder {
	return &Recorder{db: db, cache: map[uint64]*documentState{}, keeps: cacheBytes}
}
