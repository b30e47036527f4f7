package notes_test

import (
	"encoding/binary"
	"slices"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/rows"
)

// reversed lists the clauses of a change in the opposite order.
func reversed(tx *kv.Tx, n uint64) error {
	clauses, err := rows.Clauses(tx, n)
	if err != nil {
		return err
	}
	slices.Reverse(clauses)
	var row rows.Change
	if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(n), &row); err != nil {
		return err
	}
	return rows.PutChange(tx, n, row, clauses)
}

func schema(t *testing.T, s *store.Store) (n uint64) {
	t.Helper()
	err := storetest.DB(t, s).View(t.Context(), func(tx *kv.Tx) error {
		n = binary.BigEndian.Uint64(tx.Bucket(kv.BucketMeta).Get([]byte("schema")))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// journalNames fails the test unless the journal has at least so many entries of a kind.
func journalNames(t *testing.T, s *store.Store, kind journal.Kind, atLeast int) {
	t.Helper()
	list, err := s.Journal(t.Context(), 1, 1000)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, l := range list {
		if l.Kind == kind.String() {
			n++
		}
	}
	if n < atLeast {
		t.Errorf("the journal has %d entries of %s, want %d or more", n, kind, atLeast)
	}
}
