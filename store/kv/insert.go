package kv

import (
	"encoding/binary"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/model"
)

// numbered are the buckets that number what they hold: the sequence that gives
// the next number, and the bucket whose keys begin with one.
var numbered = []struct{ sequence, keys []byte }{
	{BucketDocument, BucketDocument}, {BucketBlob, BucketBlob}, {BucketSnapshot, BucketSnapshot}, {BucketChange,
		BucketChange}, {BucketChange, BucketRow},
	{BucketRecord, BucketRecord}, {BucketRecord, BucketRecordEvent}, {BucketProvision, BucketProvision},
	{BucketTrained, BucketTrained}, {BucketRule, BucketRule}, {BucketAlertRule, BucketAlertRule},
	{BucketTypeCorrection, BucketTypeCorrection}, {BucketQuotes, BucketQuotes},
	{BucketString, BucketString}, {BucketJournal, BucketJournal},
}

// CheckSequences refuses a database in which a sequence is behind the last key:
// what is written next would take the number of something that is there.
func CheckSequences(tx *Tx) error {
	for _, n := range numbered {
		if tx.Bucket(n.keys) == nil {
			continue // one of laterBuckets
		}
		if last, next := lastNumber(tx.Bucket(n.keys)), tx.Bucket(n.sequence).Sequence(); next < last {
			return fmt.Errorf("%w: the next %s would be number %d, but there is a number %d", model.ErrDamaged,
				n.keys, next+1, last)
		}
	}
	return nil
}

// lastNumber returns the number that a bucket's last key begins with, 0 for an
// empty one.
func lastNumber(b *bolt.Bucket) uint64 {
	switch k, _ := b.Cursor().Last(); {
	case len(k) >= 8:
		return binary.BigEndian.Uint64(k)
	case len(k) == 4:
		return uint64(binary.BigEndian.Uint32(k))
	}
	return 0
}

// NextNumber gives the next number of a bucket.
func NextNumber(tx *Tx, bucket []byte) (uint64, error) {
	b := tx.Bucket(bucket)
	n, err := b.NextSequence()
	if err == nil && n <= lastNumber(b) {
		err = fmt.Errorf("%w: number %d in %s is taken already", model.ErrDamaged, n, bucket)
	}
	return n, err
}

// Insert stores a value under a key that must not be there yet.
func Insert(tx *Tx, bucket, key, value []byte) error {
	b := tx.Bucket(bucket)
	if b.Get(key) != nil {
		return fmt.Errorf("%w: %x in %s already exists", model.ErrDamaged, key, bucket)
	}
	return b.Put(key, value)
}

// InsertSealed is [PutSealed] for a key that must not be there yet.
func InsertSealed(tx *Tx, bucket, key, payload []byte) error {
	s := seal(bucket, key, payload)
	return Insert(tx, bucket, key, append(s[:], payload...))
}

// InsertRow is [PutRow] for a key that must not be there yet.
func InsertRow(tx *Tx, bucket, key []byte, row any) error {
	payload, err := encodeRow(bucket, row)
	if err != nil {
		return err
	}
	return InsertSealed(tx, bucket, key, payload)
}
