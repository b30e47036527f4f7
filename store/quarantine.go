package store

import (
	"bytes"

	bolt "go.etcd.io/bbolt"
)

// markTakenBack marks the change that another one takes back to the letter, as
// long as nothing is decided on it. It stays what it was judged, for its words
// were published; and while a site serves both texts in turns, nothing tells a
// new one that is being rolled out from one that a few readers get.
func (s *Store) markTakenBack(tx *bolt.Tx, n uint64, back queueRow) error {
	var row queueRow
	if found, err := getRow(tx, bktRow, u64(n), &row); err != nil || !found || row.TakenBack > 0 {
		return err
	}
	if row.To.Seq != back.From.Seq || !bytes.Equal(row.From.Sum, back.To.Sum) {
		return nil // recorded by another process since
	}
	if events, err := s.events(tx, n); err != nil || len(events) > 0 {
		return err
	}
	row.TakenBack = back.To.Seq
	row.noteTakenBack()
	return putRow(tx, bktRow, u64(n), row)
}
