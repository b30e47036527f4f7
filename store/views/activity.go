package views

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// activityGap is how long after one another two journal entries of a kind may
// be to count as one activity.
const activityGap = 10 * time.Minute

// Activity lists what happened, newest first; at most limit, or everything when
// limit is 0.
func (r *Reader) Activity(ctx context.Context, limit int) ([]model.Activity, error) {
	var list []model.Activity
	err := r.db.View(ctx, func(tx *kv.Tx) error {
		reader := &activityReader{tx: tx, docs: map[uint64]rows.Document{}, strings: map[uint32]string{},
			changes: map[versionKey]uint64{}}
		var err error
		list, err = reader.read(ctx, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading what happened: %w", err)
	}
	return list, nil
}

type versionKey struct {
	document uint64
	seq      int
}

// activityReader turns journal entries into activities, newest first.
type activityReader struct {
	tx      *kv.Tx
	docs    map[uint64]rows.Document
	strings map[uint32]string
	begun   model.ID // the provision record whose beginning was read last
	noted   noted    // the note on a clause that was read last

	// changes are those read so far, from the newest on, by the version they
	// led to.
	changes map[versionKey]uint64
	rows    *bolt.Cursor
	row     []byte // the key of the next one; nil at the end
	value   []byte
	rowAt   int64 // when the one read last was detected
}

// noted is a note on a clause, and the run it is of.
type noted struct {
	provision uint64
	run       string
}

// activity is an Activity in the making.
type activity struct {
	model.Activity
	run       string // what it can be one with; "" for nothing
	documents map[uint64]bool
}

func (r *activityReader) read(ctx context.Context, limit int) ([]model.Activity, error) {
	list := []model.Activity{}
	var last *activity
	c := r.tx.Bucket(kv.BucketJournal).Cursor()
	for k, v := c.Last(); k != nil; k, v = c.Prev() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		_, e, err := journal.Decode(v)
		if err != nil {
			if r.tx.Lost(err, kv.BucketJournal, k) {
				continue
			}
			return nil, err
		}
		next := &activity{Activity: model.Activity{Entry: binary.BigEndian.Uint64(k), At: e.At.UTC(),
			Since: e.At.UTC(), Actor: e.Actor, Count: 1}, documents: map[uint64]bool{}}
		if err := r.explain(next, e); err != nil {
			if r.tx.Lost(err, kv.BucketJournal, k) {
				continue // what it is about can't be read
			}
			return nil, err
		}
		if last != nil {
			if last.merge(next) {
				continue
			}
			list = append(list, last.done())
		}
		if last = next; limit > 0 && len(list) == limit {
			return list, nil
		}
	}
	if last != nil {
		list = append(list, last.done())
	}
	return list, nil
}

// merge makes an older activity part of this one, where both are of a run.
func (a *activity) merge(older *activity) bool {
	aside := a.Kind == model.ActivityImport && older.Kind == model.ActivityImport && (a.run == "" || older.run == "")
	if a.Actor != older.Actor || a.Since.Sub(older.At) > activityGap || !aside && (a.run == "" || a.run != older.run) {
		return false
	}
	if a.run == "" {
		a.run, a.Imported.Method, a.Imported.Repo = older.run, older.Imported.Method, older.Imported.Repo
	}
	a.Since, a.Count = older.Since, a.Count+older.Count
	a.Imported.Add(older.Imported)
	for n := range older.documents {
		a.documents[n] = true
	}
	return true
}

// done returns the run.
func (a *activity) done() model.Activity {
	if a.Documents = len(a.documents); a.Documents > 1 {
		a.ID, a.Name = "", ""
	}
	return a.Activity
}
