// Package integrity knows whether the pages of a database are as they were written: it compares them when
// a database is opened, says what differs, and has the sums follow each commit. It seals the
// database's own values, too.
//
// It is not for when that happens and what follows of it: store/kv opens, locks and refuses. What is wrong
// inside of a page, and what the sums are, the packages beneath say (pagefile, pagesum).
//
// Invariants: nothing is read of the file through bbolt, which believes what pages say; sums are of one
// transaction, and what is kept here is of use for that one alone.
package integrity

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"fineprint/store/kv/pagefile"
	"fineprint/store/kv/pagesum"
	"fineprint/store/model"
)

// MaxProblems bounds how many broken pages are named.
const MaxProblems = 100

// Keeper is what a process knows of its database's pages.
type Keeper struct {
	found model.Integrity // as it was when the database was opened
	mu    sync.Mutex
	// sums are those of the transaction that this process knows last; what they are of tells
	// whether they are of use.
	sums *pagesum.Sums
}

// Found returns what comparing the pages of the file with their sums found; without sums, or
// with older ones, what a walk over the pages did.
func (k *Keeper) Found() model.Integrity { return k.found }

// isID reports whether a value is the identity of the store.
func isID(bucket, key []byte) bool { return string(bucket) == MetaBucket && string(key) == "id" }

// Compare compares the pages without a lock. That waits for nobody and keeps nobody from writing: a transaction
// that begins meanwhile leaves alone what its predecessor's sums are of. What differs then, or has no
// sums, is for [Keeper.Inspect].
func (k *Keeper) Compare(ctx context.Context, path string) (same bool, err error) {
	f, err := pagefile.Open(path)
	if err != nil {
		return false, err
	}
	m, ok := f.Newest()
	if sums := pagesum.Read(path); ok && sums.Of(m) {
		if wrong, err := sums.Compare(ctx, f); err == nil && len(wrong) == 0 {
			k.found.Notes = MetaNotes(f, m)
			k.Keep(sums)
			return true, f.Close()
		}
	}
	return false, f.Close()
}

// Inspect looks at the pages under the lock; sound means that nothing is wrong.
func (k *Keeper) Inspect(ctx context.Context, path string) (sound bool, err error) {
	sums, found, err := inspect(ctx, path)
	if err != nil {
		return false, err
	}
	if k.found = found; sums != nil {
		k.Keep(sums)
	}
	return sums != nil, nil
}

// Add adds what is wrong with the file and was found otherwise, an [model.ErrDamaged].
func (k *Keeper) Add(err error) {
	k.found.Problems = append(k.found.Problems, strings.TrimPrefix(err.Error(), model.ErrDamaged.Error()+": "))
}

// Keep keeps sums; nil for none.
func (k *Keeper) Keep(sums *pagesum.Sums) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.sums = sums
}

// Before returns, under the lock, the sums of the newest transaction, to go on from; the error is
// ErrDamaged when they had to be made anew and something is wrong.
func (k *Keeper) Before(ctx context.Context, path string) (*pagesum.Sums, error) {
	f, err := pagefile.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	m, ok := f.Newest()
	if !ok {
		return nil, errNoMeta
	}
	k.mu.Lock()
	sums := k.sums
	k.mu.Unlock()
	if sums.Of(m) {
		return sums, nil
	}
	if sums = pagesum.Read(path); sums.Of(m) {
		return sums, nil
	}
	sums, found, err := inspect(ctx, path)
	if err == nil {
		err = found.Err()
	}
	return sums, err
}

// After makes the sums those of the transaction that was committed, under its lock. What can't
// be kept is made anew by the next one.
func (k *Keeper) After(path string, sums *pagesum.Sums) {
	f, err := pagefile.Open(path)
	if err == nil {
		m, _ := f.Newest()
		if err = sums.Advance(context.Background(), f, m); err == nil {
			err = sums.Write(path)
		}
		_ = f.Close()
	}
	if err != nil {
		pagesum.Remove(path)
		sums = nil
	}
	k.Keep(sums)
}

// Remake makes the sums of a file that takes a database's place; nil when something is wrong with it.
func Remake(ctx context.Context, path string) *pagesum.Sums {
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

var errNoMeta = fmt.Errorf("%w: it has no valid meta page", model.ErrDamaged)

// inspect returns the sums of the newest transaction, if nothing is wrong, and else what is.
func inspect(ctx context.Context, path string) (sums *pagesum.Sums, found model.Integrity, err error) {
	f, err := pagefile.Open(path)
	if err != nil {
		return nil, found, err
	}
	defer func() { _ = f.Close() }()
	m, ok := f.Newest()
	if !ok {
		return nil, found, errNoMeta
	}
	kept := pagesum.Read(path)
	var wrong []uint64
	if kept.Of(m) {
		if wrong, err = kept.Compare(ctx, f); err == nil && len(wrong) == 0 {
			found.Notes = MetaNotes(f, m)
			return kept, found, nil
		}
	}
	sums, problems, lost, err := pagesum.Build(ctx, f, m, MaxProblems, isID)
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
	found.Notes = append(MetaNotes(f, m), LostNotes(lost)...)
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
	for _, n := range wrong[:min(len(wrong), MaxProblems)] {
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

// MetaNotes says when the meta page of the transaction before is broken: it is what a file falls back
// on, and the next transaction's will be written there.
func MetaNotes(f *pagefile.File, newest pagefile.Meta) []string {
	if other := f.Metas()[1-newest.Page]; !other.Valid {
		return []string{fmt.Sprintf("page %d, the meta page of the transaction before, is broken; the next one is written there",
			other.Page)}
	}
	return nil
}

// LostNotes says which pages are room that is lost.
func LostNotes(lost []uint64) []string {
	if len(lost) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("pages that are neither used nor free: %s; they take room and do no harm",
		pagefile.Ranges(lost))}
}
