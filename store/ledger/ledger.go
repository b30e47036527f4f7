package ledger

import "fineprint/store/kv"

// Ledger takes decisions and keeps the records that they make.
type Ledger struct{ db *kv.DB }

// New returns a Ledger for a database.
func New(db *kv.DB) *Ledger { return &Ledger{db: db} }
