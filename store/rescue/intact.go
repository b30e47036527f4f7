package rescue

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fineprint/store/blob"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// Info is what a database says of itself.
type Info struct {
	Path    string    `json:"path"`
	Store   string    `json:"store"`
	Entries uint64    `json:"journal_entries"`
	Last    time.Time `json:"last_entry_at"`
	Bytes   int64     `json:"bytes"`

	link    kv.Sum // of the last entry
	counter uint64 // see [kv.DB.ChangeCounter]
}

// sameAs reports whether nothing was written between the two.
func (i Info) sameAs(other Info) bool {
	return i.Store == other.Store && i.Entries == other.Entries && i.link == other.link && i.counter == other.counter
}

// describe reads what a database says of itself.
func describe(ctx context.Context, db *kv.DB) (Info, error) {
	i := Info{Path: db.Path()}
	var err error
	if i.counter, err = db.ChangeCounter(ctx); err != nil {
		return i, err
	}
	err = db.View(ctx, func(tx *kv.Tx) error { return i.read(tx) })
	return i, err
}

func (i *Info) read(tx *kv.Tx) error {
	i.Store, i.Bytes = tx.StoreID(), tx.Size()
	k, v := tx.Bucket(kv.BucketJournal).Cursor().Last()
	if k == nil || len(k) != 8 {
		return fmt.Errorf("%w: its journal is empty", model.ErrDamaged)
	}
	link, e, err := journal.Decode(v)
	i.Entries, i.link, i.Last = kv.KeyNumber(k), link, e.At
	return err
}

// openAt opens a database file for looking at it, whatever the head beside it says.
func openAt(path string) (*kv.DB, error) { return kv.Open(path, kv.Options{AnyHead: true}) }

// plain are the buckets whose values have no seal.
var plain = map[string]bool{
	string(kv.BucketMeta): true, string(kv.BucketDocName): true, string(kv.BucketOrigin): true,
	string(kv.BucketBlobSum): true, string(kv.BucketStringID): true, string(kv.BucketWithdrawn): true,
	string(kv.BucketOfChange): true,
}

// intact holds every value against its seal and every journal entry against the one
// before.
func intact(ctx context.Context, db *kv.DB) error {
	return db.View(ctx, func(tx *kv.Tx) error {
		for _, bucket := range kv.Buckets(tx.Tx) {
			if err := intactBucket(ctx, tx, bucket); err != nil {
				return err
			}
		}
		return kv.CheckSequences(tx)
	})
}

func intactBucket(ctx context.Context, tx *kv.Tx, bucket []byte) error {
	if plain[string(bucket)] {
		return nil
	}
	var before kv.Sum
	var memory []byte
	seen, next := 0, uint64(1)
	c := tx.Bucket(bucket).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		var err error
		switch string(bucket) {
		case string(kv.BucketBlob):
			if len(k) != 8 {
				err = fmt.Errorf("%w: a blob has no number", model.ErrDamaged)
			} else {
				_, err = blob.Parse(kv.KeyNumber(k), v)
			}
		case string(kv.BucketJournal):
			if len(k) != 8 || len(v) < 32 || kv.KeyNumber(k) != next || journal.Link(before, next, v[32:]) != kv.Sum(v[:32]) {
				return fmt.Errorf("%w: journal entry %d does not follow from the one before", model.ErrDamaged, next)
			}
			before, next = kv.Sum(v[:32]), next+1
		default:
			_, err = kv.UnsealWith(&memory, bucket, k, v)
		}
		if err != nil {
			return err
		}
		tx.Walked(len(v))
		if seen++; seen%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// sound opens a database, makes sure that it is whole as far as its seals say, and
// returns what it says of itself.
func sound(ctx context.Context, path string) (Info, error) {
	db, err := openAt(path)
	if err != nil {
		return Info{}, err
	}
	if err := intact(ctx, db); err != nil {
		return Info{}, fmt.Errorf("reading %s: %w", path, err)
	}
	return describe(ctx, db)
}

// isDamage reports whether an error says that a file is no database, or a damaged one.
func isDamage(err error) bool {
	return errors.Is(err, model.ErrDamaged) || errors.Is(err, model.ErrNoStore) || errors.Is(err, model.ErrInvalid)
}
