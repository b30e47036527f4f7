package kv

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/atomicfile"
	"fineprint/store/head"
	"fineprint/store/model"
)

// headPath is where the journal's head is kept beside a database; see [head].
func headPath(path string) string { return path + ".head" }

// ErrNoHead: there is no head beside the database.
var ErrNoHead = errors.New("there is no head beside the database")

// besideFiles are the small files beside a database, as read.
type besideFiles struct {
	head    head.File
	headErr error // as HeadBeside returns it
	id      string
}

// readBeside reads the files beside the database.
func (db *DB) readBeside() (b besideFiles) {
	b.head, b.headErr = db.HeadBeside()
	b.id = db.idBeside()
	return b
}

// HeadBeside reads the head beside the database, of a snapshot that beside the database it
// was made of. The error is [ErrNoHead], or wraps [head.ErrMalformed] for what can't be one:
// nothing but a regular file of bounded size is opened.
func (db *DB) HeadBeside() (head.File, error) {
	if db.beside != nil {
		return db.beside.head, db.beside.headErr
	}
	text, err := readSmallFile(headPath(db.path), head.MaxBytes)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return head.File{}, ErrNoHead
	case err != nil:
		return head.File{}, fmt.Errorf("%w: %w", head.ErrMalformed, err)
	}
	return head.Parse(text)
}

// readSmallFile reads a regular file of no more than so many bytes; it follows no link and
// waits for no pipe.
func readSmallFile(path string, most int64) (string, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() || info.Size() > most {
		return "", fmt.Errorf("%s is no regular file of at most %d bytes", filepath.Base(path), most)
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	body, err := io.ReadAll(io.LimitReader(f, most+1))
	return string(body), err
}

// writeBeside writes a file beside the database, in the place of what has its name, whatever
// that is. The database's lock is held: that makes the temporary file ours, and what a crash
// leaves of one is written over by the next.
func writeBeside(path, text string, sync bool) error {
	return atomicfile.WriteBytes(path, []byte(text), atomicfile.Options{Perm: 0o600, NoSync: !sync, NoFollow: true,
		Own: "." + filepath.Base(path) + ".new"})
}

// Head returns how far the journal has come; it is zero for none.
func (tx *Tx) Head() model.JournalHead {
	b := tx.Bucket(BucketJournal)
	if b == nil || tx.Bucket(BucketMeta) == nil {
		return model.JournalHead{}
	}
	k, v := b.Cursor().Last()
	if len(k) != 8 || len(v) < len(Sum{}) {
		return model.JournalHead{}
	}
	return model.JournalHead{Store: tx.StoreID(), Entries: KeyNumber(k), Link: hex.EncodeToString(v[:len(Sum{})])}
}

// CompareHead returns a [model.HeadError] when the journal doesn't go on from a head: entries
// are missing, the one it names is another, or the store is. An entry that doesn't follow from
// the one before is damaged, and [model.ErrDamaged].
func (tx *Tx) CompareHead(h model.JournalHead) error {
	found := tx.Head()
	if found == (model.JournalHead{}) {
		return nil // none of ours: whoever opens it says so
	}
	differ := func(kind error) error {
		e := &model.HeadError{Kind: kind, Head: h, Found: found}
		if _, v := tx.Bucket(BucketJournal).Cursor().Last(); kind == model.ErrRolledBack {
			e.Last = entryTime(v)
		}
		return e
	}
	same := found.Store == h.Store
	v := tx.Bucket(BucketJournal).Get(Key(h.Entries))
	switch {
	case v == nil && !same:
		return differ(model.ErrOtherStore)
	case v == nil && found.Entries < h.Entries:
		return differ(model.ErrRolledBack)
	case len(v) < len(Sum{}):
		return fmt.Errorf("%w: journal entry %d is missing or cut", model.ErrDamaged, h.Entries)
	case hex.EncodeToString(v[:len(Sum{})]) == h.Link && same:
		return nil
	case hex.EncodeToString(v[:len(Sum{})]) == h.Link:
		return fmt.Errorf("%w: the journal is that of store %s, but the database's own identity is another",
			model.ErrDamaged, h.Store)
	case !same:
		return differ(model.ErrOtherStore)
	case !tx.follows(h.Entries, v):
		return fmt.Errorf("%w: journal entry %d does not follow from the one before", model.ErrDamaged, h.Entries)
	}
	return differ(model.ErrRewritten)
}

// follows reports whether an entry's link is the one that the entry before and its own
// bytes make.
func (tx *Tx) follows(n uint64, v []byte) bool {
	var before Sum
	copy(before[:], tx.Bucket(BucketJournal).Get(Key(n-1)))
	return ChainLink(before, n, v[len(Sum{}):]) == Sum(v[:len(Sum{})])
}

// ChainLink returns the link of entry n of the journal, given the one before it:
// SHA-256(link before ‖ number ‖ entry).
func ChainLink(before Sum, n uint64, entry []byte) Sum {
	b := make([]byte, 0, len(before)+8+len(entry))
	b = append(append(b, before[:]...), Key(n)...)
	return SumOf(append(b, entry...))
}

// entryTime is when a journal entry was written; zero for one that can't be read. What
// else an entry has is store/journal's.
func entryTime(v []byte) time.Time {
	var e struct {
		At time.Time `cbor:"1,keyasint"`
	}
	if len(v) < len(Sum{}) || Decode(v[len(Sum{}):], &e) != nil {
		return time.Time{}
	}
	return e.At
}

// checkHead refuses a database whose journal doesn't go on from the head beside it, or
// that has no head and another identity than the file that was made with it says. That an
// entry is damaged keeps nobody from reading the rest.
func (tx *Tx) checkHead(reading bool) (err error) {
	if tx.db.o.AnyHead {
		return nil
	}
	if reading {
		defer func() {
			if recover() != nil { // a page of the journal can't be read
				err = nil
			}
		}()
	}
	h, headErr := tx.db.HeadBeside()
	if headErr == nil {
		err = tx.CompareHead(h.JournalHead)
	} else {
		err = tx.CompareIdentity()
	}
	var differs *model.HeadError
	if errors.As(err, &differs) {
		differs.Written = h.Written
	} else if reading {
		err = nil
	}
	return err
}

// CompareIdentity returns a [model.HeadError] when the file that was made with the database
// names another store.
func (tx *Tx) CompareIdentity() error {
	found := tx.Head()
	if id := tx.db.idBeside(); id != "" && found.Entries > 0 && id != found.Store {
		return &model.HeadError{Kind: model.ErrOtherStore, Head: model.JournalHead{Store: id}, Found: found}
	}
	return nil
}

// idBeside is the identity that the file made with the database says, "" for none.
func (db *DB) idBeside() string {
	if db.beside != nil {
		return db.beside.id
	}
	const length = 32
	text, err := readSmallFile(idPath(db.path), length+1)
	if err != nil || len(text) < length || !isStoreID(text[:length]) {
		return ""
	}
	return text[:length]
}

func isStoreID(s string) bool {
	_, err := hex.DecodeString(s)
	return err == nil && len(s) == 32
}

// keepHead is the step after a commit that writes the head beside the database, when the
// journal went on or no head is there, and its identity, when that was lost. A head that
// can't be written stays behind, which is no error: the commit is done.
func keepHead(c *committed) {
	if c.head.Entries == 0 {
		return
	}
	if c.db.idBeside() != c.head.Store {
		_ = writeBeside(idPath(c.db.path), c.head.Store+"\n", true)
	}
	if beside, err := c.db.HeadBeside(); err == nil && beside.JournalHead == c.head && !c.rewritten {
		return
	}
	f := head.File{JournalHead: c.head, Transaction: c.txid, Written: c.db.Now(), Tool: c.db.o.Tool}
	_ = writeBeside(headPath(c.db.path), f.String(), false)
}

// headOf is the head of a file that is open, for what writes one in other ways than by a
// transaction of its own.
func (db *DB) headOf(b *bolt.DB) (c committed, err error) {
	c = committed{db: db, bolt: b}
	err = b.View(func(tx *bolt.Tx) error {
		c.head, c.txid = (&Tx{Tx: tx, db: db}).Head(), uint64(tx.ID())
		return nil
	})
	return c, err
}
