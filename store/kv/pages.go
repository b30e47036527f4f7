package kv

import (
	"context"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/kv/integrity"
	"fineprint/store/kv/pagefile"
)

// releaseEvery is how many bytes of the file are read before their pages are
// released.
const releaseEvery = 8 << 20

// Walked notes that so many bytes of values were read, and releases the pages of the
// file once they are many. What walks over all of a database calls it: every page that
// was read counts as the process's memory until then. Values stay valid.
func (tx *Tx) Walked(bytes int) {
	if tx.walked += bytes; tx.walked >= releaseEvery {
		tx.ReleasePages()
	}
}

// ReleasePages releases the pages of the file that were read, as far as the system has
// a way to.
func (tx *Tx) ReleasePages() {
	tx.walked = 0
	releasePagesOf(tx.Tx)
}

func releasePagesOf(tx *bolt.Tx) { releasePages(tx.DB().Info().Data, tx.Size()) }

// releaseWithin is how often pages are released while bbolt walks over all of them by
// itself. A page that is touched maps those around it, so that it maps 25 MB in that time.
const releaseWithin = time.Millisecond

// CheckPages checks the structure of the file and returns what is wrong with it. bbolt's own check is
// for a file whose pages are sound by themselves: it believes what they say.
func (tx *Tx) CheckPages() []error { return checkPages(tx.Tx) }

func checkPages(tx *bolt.Tx) (problems []error) {
	f, err := pagefile.Open(tx.DB().Path())
	if err != nil {
		return []error{err}
	}
	defer func() { _ = f.Close() }()
	broken, lost, err := f.Check(context.Background(), integrity.MaxProblems)
	for _, p := range broken {
		problems = append(problems, p)
	}
	if err != nil {
		problems = append(problems, err)
	}
	if len(problems) > 0 {
		return problems
	}
	return checkByBbolt(tx, len(lost) > 0)
}

// PageNotes says what is not as it could be with the file's pages, and does no harm.
func (db *DB) PageNotes(ctx context.Context) (notes []string, err error) {
	err = db.View(ctx, func(*Tx) error {
		f, err := pagefile.Open(db.path)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		problems, lost, err := f.Check(ctx, 1)
		if m, ok := f.Newest(); ok && err == nil && len(problems) == 0 {
			notes = append(integrity.MetaNotes(f, m), integrity.LostNotes(lost)...)
		}
		return err
	})
	return notes, err
}

// checkByBbolt has bbolt check the structure of its file. What it says of pages that are lost is
// known when there are some.
func checkByBbolt(tx *bolt.Tx, lost bool) []error {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for ticks := time.NewTicker(releaseWithin); ; {
			select {
			case <-ticks.C:
				releasePagesOf(tx)
			case <-done:
				ticks.Stop()
				return
			}
		}
	}()
	var problems []error
	for err := range tx.Check() {
		if lost && strings.HasSuffix(err.Error(), "unreachable unfreed") {
			continue
		}
		problems = append(problems, err)
	}
	close(done)
	<-ended
	return problems
}
