package kv

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/atomicfile"
	"fineprint/store/kv/holder"
	"fineprint/store/kv/integrity"
	"fineprint/store/model"
)

// Options set how a database is used. The zero value works.
type Options struct {
	Clock    func() time.Time // default time.Now
	Tool     string           // the build, kept with what it records
	Actor    string           // who records; decisions carry their own
	Prefix   string           // of the IDs of a new store; default model.DefaultPrefix
	LockWait time.Duration    // how long to wait for another process; default 10 s
	// AnyHead reads and writes a database whatever the head beside it says, as who checks and
	// accepts it must; see [DB.HeadBeside].
	AnyHead bool
	// NoSync leaves syncing to the operating system. For the demo and for
	// benchmarks only: a crash may lose the file.
	NoSync bool
	// BeforeWrite is called before a write transaction, without a lock, and BeforeMigration
	// in one whose writing raises the schema, before anything is written to the file:
	// they are for backups. nil: nothing is.
	BeforeWrite     func(ctx context.Context, db *DB)
	BeforeMigration func(tx *Tx)
}

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Prefix == "" {
		o.Prefix = model.DefaultPrefix
	}
	if o.LockWait <= 0 {
		o.LockWait = 10 * time.Second
	}
	if o.Actor == "" {
		o.Actor = "fineprint"
	}
	return o
}

// DB is a database at a path. It holds no open file and is safe for use by
// several goroutines and processes at once.
type DB struct {
	path   string
	o      Options
	prefix string
	// txMu admits one transaction of this process at a time per kind: bbolt's
	// file lock is per open file, and waiting for it polls.
	txMu sync.RWMutex
	// snapshot: it is a copy that nobody writes to, and nothing stands beside it.
	snapshot bool
	beside   *besideFiles // of the database that a snapshot was made of, as they stood then
	tidy     sync.Once    // what killed processes left is swept
	pages    integrity.Keeper
}

// Tx is a transaction of a DB.
type Tx struct {
	*bolt.Tx
	db     *DB
	walked int // bytes read since pages were released
	memo   map[any]any
	losses *Losses // nil: reading ends with the first value that can't be read
	apart  *Losses // the same for what nothing depends on, in one that writes, too
}

// Memo returns what was worked out in this transaction under a key, which is of a type of
// the caller's own; at first that is what make returns. It is for what many steps of one
// act need and none of them changes, and is not safe for several goroutines.
func (tx *Tx) Memo(key any, make func() (any, error)) (any, error) {
	if v, ok := tx.memo[key]; ok {
		return v, nil
	}
	v, err := make()
	if err != nil {
		return nil, err
	}
	if tx.memo == nil {
		tx.memo = map[any]any{}
	}
	tx.memo[key] = v
	return v, nil
}

// ID names the n-th object of a kind; "" for 0.
func (tx *Tx) ID(kind model.IDKind, n uint64) model.ID { return tx.db.ID(kind, n) }

// Now returns the time.
func (tx *Tx) Now() time.Time { return tx.db.Now() }

// Actor returns who records.
func (tx *Tx) Actor() string { return tx.db.o.Actor }

// ID names the n-th object of a kind; "" for 0.
func (db *DB) ID(kind model.IDKind, n uint64) model.ID {
	if n == 0 {
		return ""
	}
	return model.NewID(db.prefix, kind, n)
}

// Now returns the time.
func (db *DB) Now() time.Time { return db.o.Clock() }

// Actor returns who records.
func (db *DB) Actor() string { return db.o.Actor }

// Path returns the database's file name.
func (db *DB) Path() string { return db.path }

// Path returns the database's file name.
func (tx *Tx) Path() string { return tx.db.path }

func idPath(path string) string { return path + ".id" }

// Open opens the database at path. It returns ErrNoStore when there is none,
// ErrDamaged when the file is none of ours, empty or truncated, a [model.HeadError] when it
// is not the one that was here before, ErrBusy when another process holds it too long.
func Open(path string, o Options) (*DB, error) {
	db := &DB{path: path, o: o.withDefaults()}
	_, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		for _, beside := range []string{idPath(path), headPath(path)} {
			if _, err := os.Lstat(beside); err == nil {
				return nil, fmt.Errorf("opening %s: %w: the file is gone, but %s says there was one",
					path, model.ErrDamaged, filepath.Base(beside))
			}
		}
		return nil, fmt.Errorf("%s: %w", path, model.ErrNoStore)
	case err != nil:
		return nil, fmt.Errorf("opening the database: %w: %w", model.ErrUnwritable, err)
	}
	if err := db.verify(context.Background()); err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	if db.Integrity().Unreadable {
		return nil, fmt.Errorf("opening %s: %w", path, db.Integrity().Err())
	}
	err = db.View(context.Background(), func(tx *Tx) error {
		db.prefix, err = checkSchema(tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	return db, nil
}

// checkSchema refuses a file that is not a database of this schema, and returns
// the prefix of its IDs.
func checkSchema(tx *Tx) (prefix string, err error) {
	meta := tx.Bucket(BucketMeta)
	if meta == nil || meta.Get([]byte("schema")) == nil {
		return "", fmt.Errorf("%w: it is a bbolt file, but not Fineprint's", model.ErrDamaged)
	}
	if err := integrity.CheckSeal(meta.Get, FirstSchema); err != nil {
		return "", err
	}
	switch found := binary.BigEndian.Uint64(meta.Get([]byte("schema"))); {
	case found > Schema:
		return "", fmt.Errorf("%w: it was made by a newer Fineprint (schema %d, this one reads %d)",
			model.ErrInvalid, found, Schema)
	case found < FirstSchema:
		return "", fmt.Errorf("%w: it was made by a Fineprint before the first release "+
			"(schema %d, this one reads %d); import it again", model.ErrInvalid, found, Schema)
	}
	for _, b := range firstBuckets {
		if tx.Bucket(b) == nil {
			return "", fmt.Errorf("%w: its %s bucket is missing", model.ErrDamaged, b)
		}
	}
	prefix = string(meta.Get([]byte("prefix")))
	if _, err := model.ParseID(string(model.NewID(prefix, model.ChangeID, 1))); err != nil {
		return "", fmt.Errorf("%w: what its IDs begin with is missing", model.ErrDamaged)
	}
	return prefix, nil
}

// Create makes an empty database at path, where there must be none; first runs
// in its first transaction and gets the identity of the store.
func Create(path string, o Options, first func(tx *Tx, id string) error) (*DB, error) {
	o = o.withDefaults()
	for _, p := range []string{path, idPath(path), headPath(path)} {
		if _, err := os.Lstat(p); err == nil {
			return nil, fmt.Errorf("making %s: %w", p, errExists)
		}
	}
	if err := createFile(path, o, first); err != nil {
		return nil, fmt.Errorf("making %s: %w", path, err)
	}
	return Open(path, o)
}

func createFile(path string, o Options, first func(tx *Tx, id string) error) error {
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
	if err := initialise(tmp.Name(), id, o, first); err != nil {
		return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	if err := atomicfile.RenameNew(tmp.Name(), path); errors.Is(err, fs.ErrExist) {
		return errExists // made meanwhile
	} else if err != nil {
		return fmt.Errorf("%w: %w", model.ErrUnwritable, err)
	}
	return atomicfile.WriteBytes(idPath(path), []byte(id+"\n"), atomicfile.Options{Perm: 0o600, NoFollow: true})
}

// errExists: there is a database already.
var errExists = fmt.Errorf("%w: it exists already%w", model.ErrInvalid, quiet{fs.ErrExist})

// quiet is an error that another one wraps without saying it.
type quiet struct{ error }

func (quiet) Error() string   { return "" }
func (q quiet) Unwrap() error { return q.error }

func initialise(path, id string, o Options, first func(tx *Tx, id string) error) error {
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, b := range append(firstBuckets[:len(firstBuckets):len(firstBuckets)], laterBuckets...) {
			if _, err := tx.CreateBucket(b); err != nil {
				return err
			}
		}
		meta := tx.Bucket(BucketMeta)
		for key, value := range map[string][]byte{"schema": Key(FirstSchema), "prefix": []byte(o.Prefix), "id": []byte(id)} {
			if err := meta.Put([]byte(key), value); err != nil {
				return err
			}
		}
		own := &Tx{Tx: tx, db: &DB{path: path, o: o, prefix: o.Prefix}}
		if err := own.sealMeta(); err != nil {
			return err
		}
		return first(own, id)
	})
	if closeErr := db.Close(); err == nil {
		err = closeErr
	}
	return err
}

// NeedSchema notes that what is written can be read from a schema on only.
func (tx *Tx) NeedSchema(n uint64) error {
	meta := tx.Bucket(BucketMeta)
	if binary.BigEndian.Uint64(meta.Get([]byte("schema"))) >= n {
		return nil
	}
	if before := tx.db.o.BeforeMigration; before != nil {
		before(tx)
	}
	if err := meta.Put([]byte("schema"), Key(n)); err != nil {
		return err
	}
	return tx.sealMeta()
}

// StoreID returns the identity that a database was made with.
func (tx *Tx) StoreID() string { return string(tx.Bucket(BucketMeta).Get([]byte("id"))) }

// View runs one read transaction on a file opened for it.
func (db *DB) View(ctx context.Context, f func(*Tx) error) error {
	db.txMu.RLock()
	defer db.txMu.RUnlock()
	return db.withBolt(ctx, true, func(b *bolt.DB) error {
		if !db.snapshot {
			defer holder.NoteLongRead(db.path)()
		}
		return b.View(func(tx *bolt.Tx) error {
			own := &Tx{Tx: tx, db: db, losses: GatheredIn(ctx), apart: GatheredIn(ctx)}
			if err := own.checkHead(true); err != nil {
				return err
			}
			return db.named(f(own))
		})
	})
}

// Update runs one write transaction on a file opened for it; it is on disk
// when Update returns nil. A database whose pages are not as they were written is refused.
func (db *DB) Update(ctx context.Context, f func(*Tx) error) error {
	if db.snapshot {
		return fmt.Errorf("writing to a snapshot of the database: %w", model.ErrInvalid)
	}
	if err := db.Integrity().Err(); err != nil {
		return err
	}
	if db.o.BeforeWrite != nil {
		db.o.BeforeWrite(ctx, db)
	}
	db.txMu.Lock()
	defer db.txMu.Unlock()
	return db.withBolt(ctx, false, func(b *bolt.DB) error {
		defer holder.Note(db.path, false)()
		sums, err := db.pages.Before(ctx, db.path)
		if err != nil {
			return err
		}
		done := committed{db: db, bolt: b}
		err = b.Update(func(tx *bolt.Tx) error {
			own := &Tx{Tx: tx, db: db, apart: GatheredIn(ctx)}
			if err := own.prepare(); err != nil {
				return err
			}
			err := db.named(f(own))
			done.head, done.txid = own.Head(), uint64(tx.ID())
			return err
		})
		if err == nil {
			done.run()
			db.pages.After(db.path, sums)
		}
		return err
	})
}

// prepare makes a transaction ready to write in, or refuses the database for it.
func (tx *Tx) prepare() error {
	if err := tx.checkHead(false); err != nil {
		return err
	}
	for _, b := range laterBuckets {
		if _, err := tx.CreateBucketIfNotExists(b); err != nil {
			return err
		}
	}
	for _, b := range appended {
		tx.Bucket(b).FillPercent = 1
	}
	if tx.Bucket(BucketMeta).Get(integrity.SealKey) == nil { // of a build of before
		if err := tx.sealMeta(); err != nil {
			return err
		}
	}
	return CheckSequences(tx)
}

// sealMeta seals the database's own values as they are.
func (tx *Tx) sealMeta() error {
	meta := tx.Bucket(BucketMeta)
	return meta.Put(integrity.SealKey, integrity.Seal(meta.Get, meta.Get([]byte("schema"))))
}
