package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/model"
)

// schema is the number of the layout in the package comment.
const schema = 2

var (
	bktMeta      = []byte("meta")
	bktPlatform  = []byte("platform")
	bktDocument  = []byte("document")
	bktDocName   = []byte("docname")
	bktVersion   = []byte("version")
	bktOrigin    = []byte("origin")
	bktBlob      = []byte("blob")
	bktBlobSum   = []byte("blobsha")
	bktSnapshot  = []byte("snapshot")
	bktChange    = []byte("change")
	bktRow       = []byte("row")
	bktEvent     = []byte("event")
	bktRecord    = []byte("record")
	bktWithdrawn = []byte("withdrawn")
	bktOfChange  = []byte("ofchange")
	bktWord      = []byte("word")
	bktWordID    = []byte("wordid")
	bktJournal   = []byte("journal")
	bktTracked   = []byte("tracked")
	bktDraft     = []byte("draft")
	bktDesk      = []byte("desk")

	allBuckets = [][]byte{bktMeta, bktPlatform, bktDocument, bktDocName, bktVersion, bktOrigin, bktBlob, bktBlobSum,
		bktSnapshot, bktChange, bktRow, bktEvent, bktRecord, bktWithdrawn, bktOfChange, bktWord, bktWordID, bktJournal}
	// laterBuckets came after the first databases of this schema: the first write
	// makes them, and until then they are read as empty.
	laterBuckets = [][]byte{bktTracked, bktDraft, bktDesk}
)

// appended are the buckets whose keys only grow: their pages are filled before
// the next one is begun.
var appended = [][]byte{bktBlob, bktSnapshot, bktChange, bktRow, bktWord, bktJournal}

// Options say how a store is used. The zero value works.
type Options struct {
	Clock    func() time.Time // default time.Now
	Tool     string           // the build, kept with what it records
	Actor    string           // who records; decisions carry their own
	Prefix   string           // of the IDs of a new store; default model.DefaultPrefix
	LockWait time.Duration    // how long to wait for another process; default 3 s
	// NoSync leaves syncing to the operating system. For the demo and for
	// benchmarks only: a crash may lose the file.
	NoSync bool
}

// Store is a database at a path. It holds no open file and is safe for use by
// several goroutines and processes at once.
type Store struct {
	path   string
	o      Options
	prefix string
	// turn admits one transaction of this process at a time per kind: bbolt's
	// file lock is per open file, and waiting for it polls.
	turn sync.RWMutex

	cacheMu sync.Mutex
	cache   map[uint64]*documentState // by document, for recording
	batch   uint64                    // batches recorded
}

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Prefix == "" {
		o.Prefix = model.DefaultPrefix
	}
	if o.LockWait <= 0 {
		o.LockWait = 3 * time.Second
	}
	if o.Actor == "" {
		o.Actor = "fineprint"
	}
	return o
}

func idPath(path string) string { return path + ".id" }

// Open opens the database at path. It returns ErrNoStore when there is none,
// ErrDamaged when the file is none of ours, empty or truncated, ErrBusy when
// another process holds it too long.
func Open(path string, o Options) (*Store, error) {
	s := &Store{path: path, o: o.withDefaults(), cache: map[uint64]*documentState{}}
	_, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, idErr := os.Stat(idPath(path)); idErr == nil {
			return nil, fmt.Errorf("opening %s: %w: the file is gone, but %s says there was one", path, model.ErrDamaged, filepath.Base(idPath(path)))
		}
		return nil, fmt.Errorf("%s: %w", path, model.ErrNoStore)
	case err != nil:
		return nil, fmt.Errorf("opening the database: %w: %w", model.ErrUnwritable, err)
	}
	err = s.view(context.Background(), func(tx *bolt.Tx) error {
		meta := tx.Bucket(bktMeta)
		if meta == nil || meta.Get([]byte("schema")) == nil {
			return fmt.Errorf("%w: it is a bbolt file, but not Fineprint's", model.ErrDamaged)
		}
		switch found := binary.BigEndian.Uint64(meta.Get([]byte("schema"))); {
		case found > schema:
			return fmt.Errorf("%w: it was made by a newer Fineprint (schema %d, this one reads %d)", model.ErrInvalid, found, schema)
		case found < schema:
			return fmt.Errorf("%w: it was made by a Fineprint before the first release (schema %d, this one reads %d); import it again", model.ErrInvalid, found, schema)
		}
		for _, b := range allBuckets {
			if tx.Bucket(b) == nil {
				return fmt.Errorf("%w: its %s bucket is missing", model.ErrDamaged, b)
			}
		}
		s.prefix = string(meta.Get([]byte("prefix")))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	return s, nil
}

// OpenOrCreate opens the database at path, or makes it when there is none.
func OpenOrCreate(path string, o Options) (*Store, error) {
	s, err := Open(path, o)
	if errors.Is(err, model.ErrNoStore) {
		return Create(path, o)
	}
	return s, err
}

// Create makes an empty database at path, where there must be none.
func Create(path string, o Options) (*Store, error) {
	o = o.withDefaults()
	for _, p := range []string{path, idPath(path)} {
		if _, err := os.Lstat(p); err == nil {
			return nil, fmt.Errorf("making %s: %w: it exists already", p, model.ErrInvalid)
		}
	}
	if err := create(path, o); err != nil {
		return nil, fmt.Errorf("making %s: %w", path, err)
	}
	return Open(path, o)
}

func create(path string, o Options) error {
	dir := filepath.Dir(path)
	tmp, err := os.CreateTemp(dir, "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	if err := tmp.Close(); err != nil {
		return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	id := newStoreID()
	if err := initialise(tmp.Name(), id, o); err != nil {
		return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	// Link, unlike rename, refuses to replace a database made meanwhile.
	if err := os.Link(tmp.Name(), path); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("%w: it exists already", model.ErrInvalid)
		}
		if err := os.Rename(tmp.Name(), path); err != nil {
			return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
		}
	}
	if err := os.WriteFile(idPath(path), []byte(id+"\n"), 0o600); err != nil {
		return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	return syncDir(dir)
}

func initialise(path, id string, o Options) error {
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, b := range slices.Concat(allBuckets, laterBuckets) {
			if _, err := tx.CreateBucket(b); err != nil {
				return err
			}
		}
		meta := tx.Bucket(bktMeta)
		for key, value := range map[string][]byte{"schema": u64(schema), "prefix": []byte(o.Prefix), "id": []byte(id)} {
			if err := meta.Put([]byte(key), value); err != nil {
				return err
			}
		}
		_, err := appendJournal(tx, journalEntry{At: o.Clock().UTC(), Actor: o.Actor, Kind: entryCreated, Digest: sumOf([]byte(id))})
		return err
	})
	if closeErr := db.Close(); err == nil {
		err = closeErr
	}
	return err
}

// bucketsOf lists the buckets that a database of this schema has.
func bucketsOf(tx *bolt.Tx) [][]byte {
	buckets := slices.Clone(allBuckets)
	for _, b := range laterBuckets {
		if tx.Bucket(b) != nil {
			buckets = append(buckets, b)
		}
	}
	return buckets
}

// syncDir makes a rename in dir durable; systems that can't sync a folder are
// left alone.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return nil
	}
	defer func() { _ = d.Close() }()
	_ = d.Sync()
	return nil
}

// Path returns the database's file name.
func (s *Store) Path() string { return s.path }

// view runs one read transaction on a file opened for it.
func (s *Store) view(ctx context.Context, f func(*bolt.Tx) error) error {
	s.turn.RLock()
	defer s.turn.RUnlock()
	return s.withDB(ctx, true, func(db *bolt.DB) error { return db.View(f) })
}

// update runs one write transaction on a file opened for it; it is on disk
// when update returns nil.
func (s *Store) update(ctx context.Context, f func(*bolt.Tx) error) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	return s.withDB(ctx, false, func(db *bolt.DB) error {
		defer s.note()()
		return db.Update(func(tx *bolt.Tx) error {
			for _, b := range laterBuckets {
				if _, err := tx.CreateBucketIfNotExists(b); err != nil {
					return err
				}
			}
			for _, b := range appended {
				tx.Bucket(b).FillPercent = 1
			}
			if err := checkSequences(tx); err != nil {
				return err
			}
			return f(tx)
		})
	})
}
