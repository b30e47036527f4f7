package views

import (
	"sync"
	"sync/atomic"

	"fineprint/store/insight/ranking"
	"fineprint/store/kv"
)

// Reader reads lists and single things.
type Reader struct {
	db *kv.DB

	mu       sync.Mutex // of what lists are made from
	listing  *listing   // nil until the first list, and after one that failed
	steps    uint64     // that all listings made
	learning atomic.Pointer[Learning]
	learned  atomic.Pointer[ranking.Learned] // of the listing that was read last

	dayMu sync.Mutex
	day   *day // the one that was read last
}

// New returns a Reader of a database.
func New(db *kv.DB) *Reader { return &Reader{db: db} }
