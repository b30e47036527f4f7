package store

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"fineprint/store/terms"
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
	Prefix   string           // of the IDs of a new store; default terms.DefaultPrefix
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
		o.Prefix = terms.DefaultPrefix
	}
	if o.LockWait <= 0 {
		o.LockWait = 3 * time.Second
	}
	if o.Actor == "" {
		o.Actor = "fineprint"
	}
	return o
}

func idPath(path string) string     { return path + ".id" }
func holderPath(path string) string { return path + ".holder" }

// Open opens the database at path. It returns ErrNoStore when there is none,
// ErrDamaged when the file is none of ours, empty or truncated, ErrBusy when
// another process holds it too long.
func Open(path string, o Options) (*Store, error) {
	s := &Store{path: path, o: o.withDefaults(), cache: map[uint64]*documentState{}}
	_, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, idErr := os.Stat(idPath(path)); idErr == nil {
			return nil, fmt.Errorf("opening %s: %w: the file is gone, but %s says there was one", path, terms.ErrDamaged, filepath.Base(idPath(path)))
		}
		return nil, fmt.Errorf("%s: %w", path, terms.ErrNoStore)
	case err != nil:
		return nil, fmt.Errorf("opening the database: %w: %w", terms.ErrUnwritable, err)
	}
	err = s.view(context.Background(), func(tx *bolt.Tx) error {
		meta := tx.Bucket(bktMeta)
		if meta == nil || meta.Get([]byte("schema")) == nil {
			return fmt.Errorf("%w: it is a bbolt file, but not Fineprint's", terms.ErrDamaged)
		}
		switch found := binary.BigEndian.Uint64(meta.Get([]byte("schema"))); {
		case found > schema:
			return fmt.Errorf("%w: it was made by a newer Fineprint (schema %d, this one reads %d)", terms.ErrInvalid, found, schema)
		case found < schema:
			return fmt.Errorf("%w: it was made by a Fineprint before the first release (schema %d, this one reads %d); import it again", terms.ErrInvalid, found, schema)
		}
		for _, b := range allBuckets {
			if tx.Bucket(b) == nil {
				return fmt.Errorf("%w: its %s bucket is missing", terms.ErrDamaged, b)
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
	if errors.Is(err, terms.ErrNoStore) {
		return Create(path, o)
	}
	return s, err
}

// Create makes an empty database at path, where there must be none.
func Create(path string, o Options) (*Store, error) {
	o = o.withDefaults()
	for _, p := range []string{path, idPath(path)} {
		if _, err := os.Lstat(p); err == nil {
			return nil, fmt.Errorf("making %s: %w: it exists already", p, terms.ErrInvalid)
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
		return fmt.Errorf("%w: %w", terms.ErrUnwritable, err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	if err := tmp.Close(); err != nil {
		return fmt.Errorf("%w: %w", terms.ErrUnwritable, err)
	}
	id := newStoreID()
	if err := initialise(tmp.Name(), id, o); err != nil {
		return fmt.Errorf("%w: %w", terms.ErrUnwritable, err)
	}
	// Link, unlike rename, refuses to replace a database made meanwhile.
	if err := os.Link(tmp.Name(), path); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("%w: it exists already", terms.ErrInvalid)
		}
		if err := os.Rename(tmp.Name(), path); err != nil {
			return fmt.Errorf("%w: %w", terms.ErrUnwritable, err)
		}
	}
	if err := os.WriteFile(idPath(path), []byte(id+"\n"), 0o600); err != nil {
		return fmt.Errorf("%w: %w", terms.ErrUnwritable, err)
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
			return f(tx)
		})
	})
}

// withDB opens, runs and closes. Faults and panics that damage provokes in
// bbolt become ErrDamaged.
func (s *Store) withDB(ctx context.Context, readOnly bool, f func(*bolt.DB) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := checkFile(s.path); err != nil {
		return err
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: reading it failed: %v", terms.ErrDamaged, r)
		}
	}()
	db, err := s.open(ctx, readOnly)
	if err != nil {
		return err
	}
	db.AllocSize = 1 << 20
	defer func() {
		if closeErr := db.Close(); err == nil && closeErr != nil {
			err = closeErr
		}
	}()
	err = f(db)
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) && !errors.Is(err, terms.ErrUnwritable) && !readOnly {
		err = fmt.Errorf("%w: %w", terms.ErrUnwritable, err)
	}
	return err
}

// lockPoll is about how often a lock is asked for. bbolt's own waiting asks every
// 50 ms: between the transactions of a fetch at work it would find the lock free
// once in a while only, and it can't be interrupted.
const lockPoll = 4 * time.Millisecond

// open opens the file at the store's path. Whoever waited for its lock may hold
// one that was compacted away meanwhile: then the path names another, and that is
// opened.
func (s *Store) open(ctx context.Context, readOnly bool) (*bolt.DB, error) {
	for deadline := time.Now().Add(s.o.LockWait); ; {
		var file *os.File
		db, err := bolt.Open(s.path, 0o600, &bolt.Options{Timeout: time.Nanosecond, ReadOnly: readOnly, NoSync: s.o.NoSync, FreelistType: bolt.FreelistMapType,
			OpenFile: func(name string, flag int, mode os.FileMode) (f *os.File, err error) {
				file, err = os.OpenFile(name, flag, mode)
				return file, err
			}})
		if errors.Is(err, berrors.ErrTimeout) && time.Now().Before(deadline) {
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(lockPoll/2 + rand.N(lockPoll)):
			}
			continue
		}
		if err != nil {
			return nil, s.explainOpen(err)
		}
		held, err := file.Stat()
		if err == nil {
			var named fs.FileInfo
			if named, err = os.Stat(s.path); err == nil && os.SameFile(held, named) {
				return db, nil
			}
		}
		_ = db.Close()
		if err != nil {
			return nil, fmt.Errorf("%w: %w", terms.ErrUnwritable, err)
		}
	}
}

func (s *Store) explainOpen(err error) error {
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		who := "another program"
		if h, herr := os.ReadFile(holderPath(s.path)); herr == nil {
			var n holder
			if json.Unmarshal(h, &n) == nil && n.PID != 0 {
				who = fmt.Sprintf("%s (process %d)", n.Command, n.PID)
			}
		}
		return fmt.Errorf("%w: %s is working on it", terms.ErrBusy, who)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %w", terms.ErrUnwritable, err)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrVersionMismatch), errors.Is(err, berrors.ErrChecksum):
		return fmt.Errorf("%w: %w", terms.ErrDamaged, err)
	}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return fmt.Errorf("%w: %w", terms.ErrUnwritable, err)
	}
	return err
}

// holder is what the note beside a database says of its writer.
type holder struct {
	PID     int       `json:"pid"`
	Command string    `json:"command"`
	Since   time.Time `json:"since"`
}

// note leaves a note of who is writing and returns what takes it away. It only
// serves a message, so failures don't matter.
func (s *Store) note() func() {
	command := "fineprint"
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "-") {
		command += " " + os.Args[1]
	}
	body, _ := json.Marshal(holder{PID: os.Getpid(), Command: command, Since: time.Now().UTC()})
	_ = os.WriteFile(holderPath(s.path), body, 0o600)
	return func() { _ = os.Remove(holderPath(s.path)) }
}

// checkFile refuses, before anything is mapped, a file that is not a bbolt
// database or is shorter than its newest valid meta page says.
func checkFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%w: the file is gone", terms.ErrDamaged)
		}
		return fmt.Errorf("%w: %w", terms.ErrUnwritable, err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("%w: %w", terms.ErrUnwritable, err)
	}
	switch {
	case !info.Mode().IsRegular():
		return fmt.Errorf("%w: it is not a regular file", terms.ErrInvalid)
	case info.Size() == 0:
		return fmt.Errorf("%w: the file is empty", terms.ErrDamaged)
	}
	meta, ok := newestMeta(f)
	if !ok || meta.size < 0 || meta.size > 1<<62 {
		return fmt.Errorf("%w: this is not a Fineprint database", terms.ErrDamaged)
	}
	if info.Size() < meta.size {
		return fmt.Errorf("%w: the file is truncated: %d bytes of at least %d", terms.ErrDamaged, info.Size(), meta.size)
	}
	return nil
}

// fileMeta is what the newest valid meta page of a bbolt file says.
type fileMeta struct {
	txid     uint64
	size     int64  // that the file must have, in bytes
	checksum uint64 // of the page: another one for every transaction
}

// newestMeta reads both meta pages of a bbolt file. Layout: page header of 16
// bytes, then magic, version, page size, flags (4 each), root (16), freelist,
// high water mark, transaction, FNV-1a checksum of all that (8 each).
func newestMeta(r io.ReaderAt) (newest fileMeta, found bool) {
	const magic, pageHeader, metaSize = 0xED0CDAED, 16, 64
	read := func(at int64) (pageSize uint32) {
		b := make([]byte, pageHeader+metaSize)
		if _, err := r.ReadAt(b, at); err != nil {
			return 0
		}
		m := b[pageHeader:]
		if binary.NativeEndian.Uint32(m) != magic {
			return 0
		}
		h := fnv.New64a()
		_, _ = h.Write(m[:56])
		sum := binary.NativeEndian.Uint64(m[56:])
		if h.Sum64() != sum {
			return 0
		}
		pageSize = binary.NativeEndian.Uint32(m[8:])
		if txid := binary.NativeEndian.Uint64(m[48:]); !found || txid > newest.txid {
			found = true
			newest = fileMeta{txid: txid, size: int64(binary.NativeEndian.Uint64(m[40:]) * uint64(pageSize)), checksum: sum}
		}
		return pageSize
	}
	if page := read(0); page != 0 {
		read(int64(page))
	} else {
		for page := int64(1024); page <= 1<<24 && !found; page <<= 1 { // the first meta page is broken: look for the second
			read(page)
		}
	}
	return newest, found
}
