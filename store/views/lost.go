package views

import (
	"fmt"

	"fineprint/store/kv"
)

// loser is [listing.lose].
type loser func(tx *kv.Tx, err error, bucket, key []byte) error

// lost is what a listing had to do without.
type lost struct {
	values    []*kv.ValueError
	documents map[uint64]bool // whose changes are in no list
	changes   map[uint64]bool
}

// lose notes that a listing does without the value of a key, where who reads it wants that
// (see [kv.Gather]): then it returns nil. A listing that was whole so far is made anew, for
// its places are by the values that could be read.
func (l *listing) lose(tx *kv.Tx, err error, bucket, key []byte) error {
	if !tx.Lost(err, bucket, key) {
		return err
	}
	if l.steps > l.first {
		return errRestart
	}
	l.lost.values = append(l.lost.values, kv.AsValue(err, bucket, key))
	return nil
}

// loseChange is lose of what is read for a change, which is then in no list.
func (l *listing) loseChange(tx *kv.Tx, err error, n uint64, bucket, key []byte) error {
	if err := l.lose(tx, err, bucket, key); err != nil {
		return err
	}
	l.lost.changes[n] = true
	return nil
}

// tellLost tells who reads the listing again what it does without; the first of that is an
// error for who doesn't want to read on.
func (l *listing) tellLost(tx *kv.Tx) error {
	for _, e := range l.lost.values {
		if !tx.Lost(e, []byte(e.Bucket), e.Key) {
			return e
		}
	}
	return nil
}

// missingDocument is the error of a document that changes are of and that is not there.
func missingDocument(document, change uint64) error {
	return kv.Unreadable(kv.BucketDocument, kv.Key(document), fmt.Sprintf("the document of change %d is missing", change))
}
