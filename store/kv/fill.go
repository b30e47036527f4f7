package kv

import (
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/model"
)

// AllBuckets lists every bucket that a database of this schema can have.
func AllBuckets() [][]byte { return append(slices.Clone(firstBuckets), laterBuckets...) }

// Filler writes values into a new file as they were stored elsewhere, seals and all: for
// what is salvaged. The file is no database before [Filler.Close], which syncs it.
type Filler struct {
	db      *bolt.DB
	pending []filled
	bytes   int
}

type filled struct{ bucket, key, value []byte }

// Fill makes a new file with all buckets, empty.
func Fill(path string) (*Filler, error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true, FreelistType: bolt.FreelistMapType})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	db.AllocSize = 64 << 10
	err = db.Update(func(tx *bolt.Tx) error {
		for _, b := range AllBuckets() {
			if _, err := tx.CreateBucketIfNotExists(b); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	return &Filler{db: db}, nil
}

// Put writes a value; the bytes are kept until they are written.
func (f *Filler) Put(bucket, key, value []byte) error {
	f.pending = append(f.pending, filled{bucket, key, value})
	if f.bytes += len(key) + len(value); f.bytes < compactTx {
		return nil
	}
	return f.flush()
}

func (f *Filler) flush() error {
	err := f.db.Update(func(tx *bolt.Tx) error {
		for _, p := range f.pending {
			b := tx.Bucket(p.bucket)
			b.FillPercent = 1
			if err := b.Put(p.key, p.value); err != nil {
				return err
			}
		}
		return nil
	})
	f.pending, f.bytes = f.pending[:0], 0
	return err
}

// Sequence has a bucket's numbers go on after n, or after the last one that is there.
func (f *Filler) Sequence(bucket []byte, n uint64) error {
	if err := f.flush(); err != nil {
		return err
	}
	return f.db.Update(func(tx *bolt.Tx) error {
		b := tx.Bucket(bucket)
		last := lastNumber(b)
		for _, pair := range numbered {
			if string(pair.sequence) == string(bucket) {
				last = max(last, lastNumber(tx.Bucket(pair.keys)))
			}
		}
		return b.SetSequence(max(n, last))
	})
}

// Close writes what is left and syncs the file.
func (f *Filler) Close() error {
	err := f.flush()
	if syncErr := f.db.Sync(); err == nil {
		err = syncErr
	}
	if closeErr := f.db.Close(); err == nil {
		err = closeErr
	}
	return err
}
