package kv

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/kv/pagefile"
	"fineprint/store/kv/pagesum"
	"fineprint/store/model"
)

// maxPageProblems bounds how many broken pages are named.
const maxPageProblems = 100

// integrity is what a process knows of its database's pages.
type integrity struct {
	found model.Integrity // as it was when the database was opened
	mu    sync.Mutex
	// sums are those of the transaction that this process knows last; what they are of tells
	// whether they are of use.
	sums *pagesum.Sums
}

// Integrity returns what comparing the pages of the file with their sums found; without sums, or
// with older ones, what a walk over the pages did. It is worked out when a database is opened.
func (db *DB) Integrity() model.Integrity { return db.integrity.found }

// isID reports whether a value is the identity of the store.
func isID(bucket, key []byte) bool {
	return string(bucket) == string(BucketMeta) && string(key) == "id"
}

// verify looks at the pages of the file, once for a DB. It compares without the lock first. That waits for
// nobody and keeps nobody from writing: a transaction that begins meanwhile leaves alone what its
// predecessor's sums are of. Only what differs then, or has no sums, is looked at under
// the lock.
func (db *DB) verify(ctx context.Context) error {
	if err := checkFile(db.path); err != nil {
		return err
	}
	f, err := pagefile.Open(db.path)
	if err != nil {
		return err
	}
	m, ok := f.Newest()
	if sums := pagesum.Read(db.path); ok && sums.Of(m) {
		wrong, err := sums.Compare(ctx, f)
		if err == nil && len(wrong) == 0 {
			db.integrity.found.Notes = metaNotes(f, m)
			db.keep(sums)
			return f.Close()
		}
	}
	if err := f.Close(); err != nil {
		return err
	}
	return db.withBolt(ctx, true, func(b *bolt.DB) error {
		sums, found, err := db.inspect(ctx)
		if err != nil {
			return err
		}
		if sums != nil {
			db.keep(sums)
			err = b.View(func(tx *bolt.Tx) error { return CheckSequences(&Tx{Tx: tx, db: db}) })
		}
		if errors.Is(err, model.ErrDamaged) {
			found.Problems, err = append(found.Problems, withoutKind(err)), nil
		}
		db.integrity.found = found
		return err
	})
}

// ForgetSums has the file that is there be the one that sums are of: a person took it for the one that
// counts. What is wrong with it beside that stays so.
func (db *DB) ForgetSums(ctx context.Context) error {
	if found := db.Integrity(); found.Unlike == 0 || found.Unlike < len(found.Problems) {
		return nil
	}
	err := db.withBolt(ctx, true, func(*bolt.DB) error {
		pagesum.Remove(db.path)
		return nil
	})
	if err != nil {
		return err
	}
	return db.verify(ctx)
}

func withoutKind(err error) string {
	return strings.TrimPrefix(err.Error(), model.ErrDamaged.Error()+": ")
}

func (db *DB) keep(sums *pagesum.Sums) {
	db.integrity.mu.Lock()
	defer db.integrity.mu.Unlock()
	db.integrity.sums = sums
}

// inspect looks at the pages under the lock and returns the sums of the newest transaction, if
// nothing is wrong.
func (db *DB) inspect(ctx context.Context) (sums *pagesum.Sums, found model.Integrity, err error) {
	f, err := pagefile.Open(db.path)
	if err != nil {
		return nil, found, err
	}
	defer func() { _ = f.Close() }()
	m, ok := f.Newest()
	if !ok {
		return nil, found, fmt.Errorf("%w: it has no valid meta page", model.ErrDamaged)
	}
	kept := pagesum.Read(db.path)
	var wrong []uint64
	if kept.Of(m) {
		if wrong, err = kept.Compare(ctx, f); err == nil && len(wrong) == 0 {
			found.Notes = metaNotes(f, m)
			return kept, found, nil
		}
	}
	sums, problems, lost, err := pagesum.Build(ctx, f, m, maxPageProblems, isID)
	if err != nil {
		return nil, found, err
	}
	if sums != nil && kept != nil && sums.Store != kept.Store {
		kept, wrong = nil, nil // they are of another store's file
	}
	found.Problems, found.Unlike = pageProblems(ctx, f, m, wrong, problems)
	if len(problems) > 0 {
		endless, err := f.Endless(ctx, m)
		if err != nil {
			return nil, found, err
		}
		if found.Unreadable = endless != nil; found.Unreadable {
			found.Problems = slices.Insert(found.Problems, found.Unlike, endless.Error())
		}
	}
	if kept != nil && kept.Meta.TxID > m.TxID && kept.LostMeta(f) {
		found.Problems = append(found.Problems, fmt.Sprintf("the meta page of the newest transaction (page %d) is damaged "+
			"or was not written: what was written last is missing", kept.Meta.Page))
	}
	if len(found.Problems) > 0 {
		return nil, found, nil
	}
	found.Notes = append(metaNotes(f, m), lostNotes(lost)...)
	return sums, found, nil
}

// pageProblems says which pages differ from what was written, first and so many, whose they are,
// and what else is wrong.
func pageProblems(ctx context.Context, f *pagefile.File, m pagefile.Meta, wrong []uint64, others []pagefile.Problem) (
	said []string, unlike int) {
	differs := pagefile.NewSet(f.Pages())
	for _, n := range wrong {
		differs.Add(n)
	}
	whose := map[uint64]string{}
	for _, p := range others {
		if differs.Has(p.Page) {
			whose[p.Page] = p.Bucket
		}
	}
	if len(wrong) > 0 {
		_, _ = f.Walk(ctx, m, pagefile.Visitor{
			Page: func(b *pagefile.Bucket, p pagefile.Page, _ []pagefile.Element) error {
				for n := range uint64(p.Overflow) + 1 {
					if differs.Has(p.ID + n) {
						whose[p.ID+n] = b.String()
					}
				}
				return nil
			}})
	}
	for _, n := range wrong[:min(len(wrong), maxPageProblems)] {
		p := pagefile.Problem{Page: n, Bucket: whose[n], What: "is not as it was written"}
		said = append(said, p.Error())
	}
	unlike = len(said)
	for _, p := range others {
		if !differs.Has(p.Page) {
			said = append(said, p.Error())
		}
	}
	return said, unlike
}

// metaNotes says when the meta page of the transaction before is broken: it is what a file falls back
// on, and the next transaction's will be written there.
func metaNotes(f *pagefile.File, newest pagefile.Meta) []string {
	if other := f.Metas()[1-newest.Page]; !other.Valid {
		return []string{fmt.Sprintf("page %d, the meta page of the transaction before, is broken; the next one is written there",
			other.Page)}
	}
	return nil
}

func lostNotes(lost []uint64) []string {
	if len(lost) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("pages that are neither used nor free: %s; they take room and do no harm",
		pagefile.Ranges(lost))}
}

// sumsBefore returns, under the lock, the sums of the newest transaction, to go on from; the error is
// ErrDamaged when they had to be made anew and something is wrong.
func (db *DB) sumsBefore(ctx context.Context) (*pagesum.Sums, error) {
	f, err := pagefile.Open(db.path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	m, ok := f.Newest()
	if !ok {
		return nil, fmt.Errorf("%w: it has no valid meta page", model.ErrDamaged)
	}
	db.integrity.mu.Lock()
	sums := db.integrity.sums
	db.integrity.mu.Unlock()
	if sums.Of(m) {
		return sums, nil
	}
	if sums = pagesum.Read(db.path); sums.Of(m) {
		return sums, nil
	}
	sums, found, err := db.inspect(ctx)
	if err == nil {
		err = found.Err()
	}
	return sums, err
}

// keepSums makes the sums those of the transaction that was committed, under its lock. What can't
// be kept is made anew by the next one.
func (db *DB) keepSums(sums *pagesum.Sums) {
	f, err := pagefile.Open(db.path)
	if err == nil {
		m, _ := f.Newest()
		if err = sums.Advance(context.Background(), f, m); err == nil {
			err = sums.Write(db.path)
		}
		_ = f.Close()
	}
	if err != nil {
		pagesum.Remove(db.path)
		sums = nil
	}
	db.keep(sums)
}

// remakeSums makes the sums of a file that takes the database's place.
func (db *DB) remakeSums(ctx context.Context, path string) *pagesum.Sums {
	f, err := pagefile.Open(path)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }()
	m, _ := f.Newest()
	sums, _, _, err := pagesum.Build(ctx, f, m, 1, isID)
	if err != nil {
		return nil
	}
	return sums
}
