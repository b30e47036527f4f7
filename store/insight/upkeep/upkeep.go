package upkeep

import (
	"context"
	"errors"
	"fmt"

	"fineprint/store/insight/identity"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// Stage keeps something that is derived from the texts of documents. Its methods are safe
// for use by several goroutines.
type Stage interface {
	// Name is what its progress is kept under, for good.
	Name() string
	// Version is the number of its algorithm: what another one kept is made again.
	Version() int
	// Open begins work on the next texts of a document; again: all of them, and what was
	// kept of the document is void.
	Open(tx *kv.Tx, document uint64, again bool) (Work, error)
}

// Work is a stage at work on some texts of one document.
type Work interface {
	// Text is told of the next text. It may keep what it is given until Flush.
	Text(t *identity.Text) error
	// End is told that there are no more texts: of the document, or for this time. What can
	// be made ready for Flush without writing is made here.
	End(last bool) error
	// Flush writes what is kept.
	Flush(tx *kv.Tx) error
}

// Finisher is a Stage that keeps something of several documents in one place: it is told
// once all that are written in one transaction were flushed.
type Finisher interface {
	Finish(tx *kv.Tx, flushed []Work) error
}

// Keeper keeps everything derived up to date.
type Keeper struct {
	db     *kv.DB
	stages []Stage
}

// New returns a Keeper of a database.
func New(db *kv.DB, stages ...Stage) *Keeper { return &Keeper{db, stages} }

// Options are how Upkeep works; the zero value works.
type Options struct {
	Rebuild  bool // make everything again
	Progress func(done, total int)
}

// Upkeep brings everything derived up to date and says what it did. It can be cancelled:
// what was done is kept, with the error of ctx. In a context that gathers ([kv.Gather]) a
// document of which something can't be read stays behind, and the others are done.
func (k *Keeper) Upkeep(ctx context.Context, o Options) (model.Upkeep, error) {
	var result model.Upkeep
	rebuild := o.Rebuild
	for range maxRounds {
		var items []*item
		var journal uint64
		err := k.db.View(ctx, func(tx *kv.Tx) (err error) {
			if items, journal, err = k.plan(tx, rebuild); err != nil {
				return err
			}
			return addChanges(ctx, tx, items)
		})
		if err != nil {
			return result, fmt.Errorf("looking for what is to be indexed: %w", err)
		}
		rebuild = false
		err = k.work(ctx, items, &result, o.Progress)
		if errors.Is(err, errChanged) {
			continue // somebody recorded meanwhile
		}
		if err != nil {
			return result, fmt.Errorf("indexing: %w", err)
		}
		if result.Unread > 0 {
			return result, nil // what the journal says of them is still to be told
		}
		return result, k.noteRun(ctx, journal, len(items) > 0)
	}
	return result, fmt.Errorf("indexing: %w: documents kept changing; try again later", model.ErrBusy)
}

// maxRounds bounds how often it is begun again because documents changed meanwhile.
const maxRounds = 20

// Behind counts the documents of which something is missing.
func (k *Keeper) Behind(ctx context.Context) (n int, err error) {
	err = k.db.View(ctx, func(tx *kv.Tx) error {
		items, _, err := k.plan(tx, false)
		n = len(items)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("counting the documents that are not indexed: %w", err)
	}
	return n, nil
}

// addChanges notes the changes of the documents that are behind.
func addChanges(ctx context.Context, tx *kv.Tx, items []*item) error {
	if len(items) == 0 {
		return nil
	}
	is := make(map[uint64]bool, len(items))
	for _, it := range items {
		is[it.document] = true
	}
	all, err := identity.ChangesOf(tx, func(d uint64) bool { return is[d] })
	missing := lostChange(ctx)
	for _, it := range items {
		it.changes, it.missing = all[it.document], missing
	}
	return err
}

// lostChange is a change that reading went on without; of which document isn't known.
func lostChange(ctx context.Context) error {
	for _, e := range kv.GatheredIn(ctx).List() {
		if e.Bucket == string(kv.BucketRow) {
			return e
		}
	}
	return nil
}

// noteRun notes up to where the journal was looked through.
func (k *Keeper) noteRun(ctx context.Context, journal uint64, worked bool) error {
	var was run
	err := k.db.View(ctx, func(tx *kv.Tx) error {
		if tx.Bucket(kv.BucketUpkeep) == nil {
			return nil // one of laterBuckets
		}
		_, err := kv.GetRow(tx, kv.BucketUpkeep, kv.Key(0), &was)
		return err
	})
	if err != nil || !worked && journal-was.Journal < noteEvery {
		return err
	}
	return k.db.Update(ctx, func(tx *kv.Tx) error {
		return kv.PutRow(tx, kv.BucketUpkeep, kv.Key(0), run{Journal: journal})
	})
}

// noteEvery is after how many journal entries that told nothing it is worth to note that.
const noteEvery = 10_000
