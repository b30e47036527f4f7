package kv

import (
	"time"

	bolt "go.etcd.io/bbolt"
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

// CheckPages has bbolt check the structure of its file and returns what is wrong.
func (tx *Tx) CheckPages() []error { return checkPages(tx.Tx) }

func checkPages(tx *bolt.Tx) []error {
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
		problems = append(problems, err)
	}
	close(done)
	<-ended
	return problems
}
