package ranking

import (
	"fineprint/store/kv"
	"fineprint/store/rows"
)

// Ranker learns from what was decided.
type Ranker struct{ db *kv.DB }

// New returns a Ranker of a database.
func New(db *kv.DB) *Ranker { return &Ranker{db: db} }

// eachHead calls do with every change, in the order of IDs.
func eachHead(tx *kv.Tx, do func(h *rows.Head) error) error {
	heads, err := rows.Heads(tx)
	if err != nil {
		return err
	}
	for i := range heads {
		if err := do(&heads[i]); err != nil {
			return err
		}
	}
	return nil
}
