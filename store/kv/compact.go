package kv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/atomicfile"
	"fineprint/store/kv/holder"
	"fineprint/store/kv/integrity"
	"fineprint/store/kv/pagesum"
	"fineprint/store/kv/temporary"
	"fineprint/store/model"
)

const (
	// compactTx is how many bytes are copied in one transaction.
	compactTx = 8 << 20
	// minWaste and wasteShare are when CompactIfWasteful finds compacting worth while.
	minWaste   = 1 << 20
	wasteShare = 5
)

// CompactIfWasteful compacts the database when more than a fifth of it is unused, as a large
// import leaves it: transactions free pages that the next ones use again, but
// never give back. That the database is busy, or the disk full, is no error:
// the next import tries again.
func (db *DB) CompactIfWasteful(ctx context.Context) error {
	var size, used int64
	err := db.View(ctx, func(tx *Tx) error {
		size = tx.Size()
		for _, b := range Buckets(tx.Tx) {
			stats := tx.Bucket(b).Stats()
			used += int64(stats.LeafInuse + stats.BranchInuse)
			tx.ReleasePages()
		}
		return nil
	})
	if waste := size - used; err == nil && waste > minWaste && waste > size/wasteShare {
		_, _, err = db.Compact(ctx)
	}
	if errors.Is(err, model.ErrBusy) || errors.Is(err, model.ErrUnwritable) {
		return nil
	}
	return err
}

// Compact rewrites the database without unused space and returns its sizes
// before and after. It is copied into a temporary file beside it, compared value
// by value, synced and renamed over the old one while that is locked, so a crash
// leaves one or the other, whole; whoever waits for the old one notices and
// opens the new one. Where an open file can't be replaced, on Windows,
// nothing is done.
func (db *DB) Compact(ctx context.Context) (before, after int64, err error) {
	if err := db.Integrity().Err(); err != nil {
		return 0, 0, fmt.Errorf("compacting the database: %w", err)
	}
	db.txMu.Lock()
	defer db.txMu.Unlock()
	path, err := filepath.EvalSymlinks(db.path)
	if err != nil {
		return 0, 0, fmt.Errorf("compacting the database: %w: %w", model.ErrUnwritable, err)
	}
	err = db.withBolt(ctx, false, func(src *bolt.DB) error {
		defer holder.Note(db.path, false)()
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		before, after = info.Size(), info.Size()
		if runtime.GOOS == "windows" {
			return nil
		}
		tmp := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+temporary.CompactName) // the lock makes it ours
		defer func() { _ = os.Remove(tmp) }()
		if err := os.Remove(tmp); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		done, err := db.headOf(src)
		if err != nil {
			return err
		}
		if err := compactInto(ctx, src, tmp, info.Mode().Perm()); err != nil {
			return err
		}
		if info, err = os.Stat(tmp); err != nil {
			return err
		}
		after = info.Size()
		sums := integrity.Remake(ctx, tmp)
		pagesum.Remove(db.path) // rather none than those of another file
		if err := os.Rename(tmp, path); err != nil {
			return err
		}
		done.rewritten, done.txid = true, 0
		done.run()
		if sums != nil {
			_ = sums.Write(db.path) // else they are made anew
		}
		db.pages.Keep(sums)
		atomicfile.SyncDir(filepath.Dir(path))
		return nil
	})
	if err != nil {
		err = fmt.Errorf("compacting the database: %w", err)
	}
	return before, after, err
}

// compactInto copies src into a new file, syncs it and compares the two.
func compactInto(ctx context.Context, src *bolt.DB, path string, mode os.FileMode) error {
	dst, err := bolt.Open(path, mode, &bolt.Options{NoSync: true, FreelistType: bolt.FreelistMapType})
	if err != nil {
		return err
	}
	dst.AllocSize = 64 << 10
	err = src.View(func(from *bolt.Tx) error {
		for _, name := range Buckets(from) {
			if err := copyBucket(ctx, dst, from, name); err != nil {
				return err
			}
		}
		if err := dst.Sync(); err != nil {
			return err
		}
		return dst.View(func(to *bolt.Tx) error { return compareAll(ctx, from, to) })
	})
	if closeErr := dst.Close(); err == nil {
		err = closeErr
	}
	return err
}

// copyBucket puts a bucket's values in order, so that its pages are full.
func copyBucket(ctx context.Context, dst *bolt.DB, src *bolt.Tx, name []byte) error {
	from := src.Bucket(name)
	cursor := from.Cursor()
	for k, v := cursor.First(); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := dst.Update(func(tx *bolt.Tx) error {
			to, err := tx.CreateBucketIfNotExists(name)
			if err != nil {
				return err
			}
			to.FillPercent = 1
			for size := 0; k != nil && size < compactTx; k, v = cursor.Next() {
				if err := to.Put(k, v); err != nil {
					return err
				}
				size += len(k) + len(v)
			}
			return to.SetSequence(from.Sequence())
		})
		releasePagesOf(src)
		if err != nil || k == nil {
			return err
		}
	}
}

// compareAll makes sure that two databases hold the same, and that the second's
// pages are sound.
func compareAll(ctx context.Context, a, b *bolt.Tx) error {
	differ := func(what string) error { return fmt.Errorf("%w: the copy differs in %s", model.ErrDamaged, what) }
	if problems := checkPages(b); len(problems) > 0 {
		return fmt.Errorf("%w: the copy is broken: %w", model.ErrDamaged, problems[0])
	}
	for _, name := range Buckets(a) {
		if err := ctx.Err(); err != nil {
			return err
		}
		from, to := a.Bucket(name), b.Bucket(name)
		if to == nil || from.Sequence() != to.Sequence() {
			return differ(string(name))
		}
		x, y := from.Cursor(), to.Cursor()
		k, v := x.First()
		l, w := y.First()
		for read := 0; k != nil || l != nil; k, v = x.Next() {
			if !bytes.Equal(k, l) || !bytes.Equal(v, w) {
				return differ(string(name))
			}
			if read += len(k) + len(v); read >= releaseEvery {
				releasePagesOf(a)
				releasePagesOf(b)
				read = 0
			}
			l, w = y.Next()
		}
	}
	return nil
}
