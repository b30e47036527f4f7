package rescue

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// DefaultKeep is how many automatic backups are kept.
const DefaultKeep = 7

// roomFor is how many times the database's size must be free for an automatic backup.
const roomFor = 2

// Keeper makes automatic backups. None of them ever fails a command: what keeps one from
// being made is told once.
type Keeper struct {
	Folder func(path string) string // of a database; nil: beside it
	Keep   int                      // how many are kept; 0: DefaultKeep
	Warn   func(error)
	// Background has the day's backup made beside the command's own work, as on the desk.
	Background bool
	// Room is how many bytes are free in a folder, -1 for not known; nil asks the system.
	Room func(folder string) int64

	mu     sync.Mutex
	day    string // whose backup was looked after
	warned bool
	inWork sync.WaitGroup
}

// BeforeWrite makes the day's backup before its first write.
func (k *Keeper) BeforeWrite(ctx context.Context, db *kv.DB) {
	day := db.Now().UTC().Format(time.DateOnly)
	k.mu.Lock()
	due := k.day != day
	k.day = day
	k.mu.Unlock()
	if !due {
		return
	}
	if !k.Background {
		k.daily(ctx, db)
		return
	}
	k.inWork.Add(1)
	go func() {
		defer k.inWork.Done()
		k.daily(context.WithoutCancel(ctx), db)
	}()
}

// daily makes a backup unless there is one of this day. A database in which nothing
// happened yet has none.
func (k *Keeper) daily(ctx context.Context, db *kv.DB) {
	list, err := List(k.folder(db.Path()))
	if err == nil {
		for _, b := range list {
			if b.At.Format(time.DateOnly) == db.Now().UTC().Format(time.DateOnly) {
				return
			}
		}
		info, readErr := describe(ctx, db)
		if readErr != nil || info.Entries < 2 {
			return // the write that follows says what is wrong
		}
		if k.hasRoom(db.Path()) {
			_, err = Make(ctx, db, Options{Folder: k.folder(db.Path()), Kind: Daily})
		}
	}
	k.after(db.Path(), err)
}

// Before makes a backup before something that changes much.
func (k *Keeper) Before(ctx context.Context, db *kv.DB, kind Kind) {
	if !k.hasRoom(db.Path()) {
		return
	}
	_, err := Make(ctx, db, Options{Folder: k.folder(db.Path()), Kind: kind})
	k.after(db.Path(), err)
}

// BeforeMigration makes a backup of the database as it was before a write transaction.
func (k *Keeper) BeforeMigration(tx *kv.Tx) {
	if tx.Bucket(kv.BucketJournal).Sequence() < 2 || !k.hasRoom(tx.Path()) {
		return
	}
	_, err := MakeIn(context.Background(), tx, Options{Folder: k.folder(tx.Path()), Kind: Migration})
	k.after(tx.Path(), err)
}

func (k *Keeper) folder(path string) string {
	if k.Folder != nil {
		return k.Folder(path)
	}
	return Folder(path)
}

// hasRoom reports whether there is room for a backup, and warns when there isn't.
func (k *Keeper) hasRoom(path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return false
	}
	free := k.Room
	if free == nil {
		free = room
	}
	folder := k.folder(path)
	for !exists(folder) && folder != filepath.Dir(folder) {
		folder = filepath.Dir(folder)
	}
	if n := free(folder); n >= 0 && n < roomFor*info.Size() {
		k.warn(fmt.Errorf("no automatic backup was made: %d MB are free, it needs %d MB", n>>20, roomFor*info.Size()>>20+1))
		return false
	}
	return true
}

// after removes what is more than is kept, and warns of what went wrong.
func (k *Keeper) after(path string, err error) {
	if errors.Is(err, model.ErrBusy) || errors.Is(err, context.Canceled) {
		return // the next write of the day tries again, or another process made it
	}
	if err == nil {
		err = k.thin(path)
	}
	if err != nil {
		k.warn(fmt.Errorf("no automatic backup was made: %w", err))
	}
}

func (k *Keeper) warn(err error) {
	k.mu.Lock()
	first := !k.warned
	k.warned = true
	k.mu.Unlock()
	if first && k.Warn != nil {
		k.Warn(err)
	}
}

// thin removes the automatic backups that are too many.
func (k *Keeper) thin(path string) error {
	list, err := List(k.folder(path))
	if err != nil {
		return err
	}
	keep := k.Keep
	if keep <= 0 {
		keep = DefaultKeep
	}
	for _, b := range tooMany(list, keep) {
		if err := os.Remove(b.Path); err != nil {
			return unwritable(err)
		}
	}
	return nil
}

// tooMany is which of the backups, newest first, go.
func tooMany(list []Backup, keep int) (gone []Backup) {
	var left []Backup
	for _, b := range list {
		if b.Kind == Daily || b.Kind == Migration || b.Kind == Detection {
			left = append(left, b)
		}
	}
	drop := func(at int) {
		gone = append(gone, left[at])
		left = append(left[:at:at], left[at+1:]...)
	}
	// oldestBut is the oldest of a kind of which there are more than so many.
	oldestBut := func(kind Kind, spared int) int {
		at, n := -1, 0
		for i, b := range left {
			if b.Kind == kind {
				at, n = i, n+1
			}
		}
		if n <= spared {
			return -1
		}
		return at
	}
	for len(left) > keep {
		at := oldestBut(Detection, 1)
		if at < 0 {
			at = oldestBut(Migration, min(2, keep-1))
		}
		if at < 0 {
			at = oldestBut(Daily, 1)
		}
		if at < 0 {
			at = len(left) - 1
		}
		drop(at)
	}
	return gone
}

// OnDesk has backups made in the background and what went wrong told when the desk is
// left, for it would be written over its screen. What it returns is called then.
func (k *Keeper) OnDesk() (left func()) {
	var mu sync.Mutex
	var said []error
	warn := k.Warn
	k.Background = true
	k.Warn = func(err error) {
		mu.Lock()
		said = append(said, err)
		mu.Unlock()
	}
	return func() {
		k.inWork.Wait()
		k.Background, k.Warn = false, warn
		for _, err := range said {
			if warn != nil {
				warn(err)
			}
		}
	}
}
