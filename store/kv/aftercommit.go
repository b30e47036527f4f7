package kv

import (
	bolt "go.etcd.io/bbolt"

	"fineprint/store/model"
)

// committed is what a step after a commit gets. The database is still locked by this
// process and open.
type committed struct {
	db   *DB
	bolt *bolt.DB
	txid uint64            // of the transaction
	head model.JournalHead // of the journal as committed
	// rewritten: the file was written anew, as compacting does. Transactions count anew, so
	// that txid is 0, and bolt is still the file before.
	rewritten bool
}

// afterCommit are the steps after each commit, in their order: what is kept beside the
// database about what it holds. None may fail, because the commit is done: what can't be
// written stays as it was, and must be good for that. A process that is killed before or
// between them leaves the files beside as of a commit before.
var afterCommit = []func(c *committed){keepHead}

func (c *committed) run() {
	for _, step := range afterCommit {
		step(c)
	}
}
