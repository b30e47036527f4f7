package views

import "fineprint/store/kv"

// Reader reads lists and single things.
type Reader struct{ db *kv.DB }

// New returns a Reader of a database.
func New(db *kv.DB) *Reader { return &Reader{db: db} }
