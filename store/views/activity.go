package views

import (
	"context"
	"encoding/binary"
	"fmt"
	"strings"
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
func (s *Reader) Activity(ctx context.Context, limit int) ([]model.Activity, error) {
	var list []model.Activity
	err := s.db.View(ctx, func(tx *kv.Tx) error {
		r := &activityReader{tx: tx, docs: map[uint64]rows.Document{}, words: map[uint32]string{}, changes: map[versionKey]uint64{}}
		var err error
		list, err = r.read(ctx, limit)
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
	tx    *kv.Tx
	docs  map[uint64]rows.Document
	words map[uint32]string

	// changes are those read so far, from the newest on, by the version they
	// led to.
	changes map[versionKey]uint64
	rows    *bolt.Cursor
	row     []byte // the key of the next one; nil at the end
	value   []byte
	rowAt   int64 // when the one read last was detected
}

// activity is an Activity in the making.
type activity struct {
	model.Activity
	// run names what it can be one with, "" for nothing; many is then what was
	// done to several documents, with %d for how many.
	run, many string
	documents map[uint64]bool
	imported  importCounts
}

// importCounts is what a run of an import did.
type importCounts struct {
	from                           string // the repository, or the way in
	versions, same, renamed, ended int
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
			return nil, err
		}
		next := &activity{Activity: model.Activity{Entry: binary.BigEndian.Uint64(k), At: e.At.UTC(), Since: e.At.UTC(), Actor: e.Actor, Count: 1}, documents: map[uint64]bool{}}
		if err := r.explain(next, e); err != nil {
			return nil, err
		}
		if last != nil {
			if last.takes(next) {
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

// takes makes an older activity part of this one, where both are of a run.
func (a *activity) takes(older *activity) bool {
	aside := a.Kind == model.ActivityImport && older.Kind == model.ActivityImport && (a.run == "" || older.run == "")
	if a.Actor != older.Actor || a.Since.Sub(older.At) > activityGap || !aside && (a.run == "" || a.run != older.run) {
		return false
	}
	if a.run == "" {
		a.run, a.imported.from = older.run, older.imported.from
	}
	a.Since, a.Count = older.Since, a.Count+older.Count
	a.imported.versions += older.imported.versions
	a.imported.same += older.imported.same
	a.imported.renamed += older.imported.renamed
	a.imported.ended += older.imported.ended
	for n := range older.documents {
		a.documents[n] = true
	}
	return true
}

// done puts a run into words.
func (a *activity) done() model.Activity {
	if a.Count > 1 && len(a.documents) > 1 {
		a.ID, a.Name = "", ""
		if a.many != "" {
			a.What = fmt.Sprintf(a.many, len(a.documents))
		}
	}
	if a.Kind == model.ActivityImport {
		a.What, a.Detail = a.imported.words(len(a.documents))
	}
	return a.Activity
}

// words says what an import did, and what else there is to know of it.
func (c importCounts) words(documents int) (what, detail string) {
	switch {
	case c.versions > 0:
		what = "imported " + several(c.versions, "a version", "%d versions")
	case c.same > 0:
		what = "imported " + several(c.same, "a capture", "%d captures") + " with nothing new"
		c.same = 0 // said
	case c.renamed > 0:
		return several(c.renamed, "followed a document to its new name", "followed %d documents to their new names"), c.from
	default:
		return several(c.ended, "ended a document that its archive deleted", "ended %d documents that their archive deleted"), c.from
	}
	if documents > 1 {
		what += fmt.Sprintf(" of %d documents", documents)
	}
	parts := []string{c.from}
	for _, p := range []struct {
		n         int
		one, many string
	}{{c.same, "a capture with the same text", "%d captures with the same text"}, {c.renamed, "one renamed", "%d renamed"}, {c.ended, "one ended", "%d ended"}} {
		if p.n > 0 {
			parts = append(parts, several(p.n, p.one, p.many))
		}
	}
	return what, strings.Join(parts, "; ")
}

func several(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(many, n)
}
