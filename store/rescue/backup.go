package rescue

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/smallsort"
)

// Kind is what a backup in the backup folder was made for.
type Kind string

// The kinds.
const (
	Manual    Kind = "manual"
	Daily     Kind = "daily"
	Migration Kind = "migration"
	Detection Kind = "detection"
)

// Backup is a backup.
type Backup struct {
	Path  string    `json:"path"`
	Kind  Kind      `json:"kind,omitempty"` // of one in the backup folder
	At    time.Time `json:"at,omitzero"`    // when it was made
	Bytes int64     `json:"bytes"`
	// Entries is how many entries its journal has, Store which database it is of; 0 and ""
	// where they were not read.
	Entries uint64 `json:"journal_entries,omitempty"`
	Store   string `json:"store,omitempty"`
	// Unchanged: nothing was written since this one was made, so no other was.
	Unchanged bool `json:"unchanged,omitempty"`
	// Reflink: it shares the database's blocks.
	Reflink bool `json:"reflink,omitempty"`
	// Damaged: it can't be read.
	Damaged bool `json:"damaged,omitempty"`
}

// Options are how a backup is made.
type Options struct {
	Folder    string // for backups; "": beside the database
	To        string // a file instead
	Kind      Kind
	Overwrite bool // To may be what is no older backup of this database
}

// Folder is where a database's backups are when no setting names another place.
func Folder(path string) string { return path + ".backups" }

const (
	stamp  = "20060102T150405.000Z"
	ending = ".db"
)

func nameAt(at time.Time, kind Kind) string {
	return at.UTC().Format(stamp) + "-" + string(kind) + ending
}

// parseName reads a backup's name.
func parseName(name string) (b Backup, ok bool) {
	rest, found := strings.CutSuffix(name, ending)
	if !found {
		return b, false
	}
	when, kind, found := strings.Cut(rest, "-")
	at, err := time.Parse(stamp, when)
	if !found || err != nil {
		return b, false
	}
	b.At, b.Kind = at, Kind(kind)
	return b, true
}

// List lists the backups of a folder, the newest first. One that isn't there has none.
func List(folder string) ([]Backup, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("listing the backups: %w", unwritable(err))
	}
	var list []Backup
	for _, e := range entries {
		b, ok := parseName(e.Name())
		info, err := e.Info()
		if !ok || err != nil || !info.Mode().IsRegular() {
			continue
		}
		b.Path, b.Bytes = filepath.Join(folder, e.Name()), info.Size()
		list = append(list, b)
	}
	smallsort.By(list, func(a, b Backup) int { return b.At.Compare(a.At) })
	return list, nil
}

// Describe reads how far each of the backups goes.
func Describe(ctx context.Context, list []Backup) {
	for i := range list {
		b := &list[i]
		db, err := openAt(b.Path)
		var info Info
		if err == nil {
			info, err = describe(ctx, db)
		}
		b.Entries, b.Store, b.Damaged = info.Entries, info.Store, err != nil
	}
}

// Make makes a backup of a database, unless nothing was written since the newest one.
func Make(ctx context.Context, db *kv.DB, o Options) (Backup, error) {
	b, err := take(ctx, db.Now(), db.Path(), o, func(copy func(tx *kv.Tx) error) error { return db.View(ctx, copy) })
	if err != nil {
		err = fmt.Errorf("backing up the database: %w", err)
	}
	return b, err
}

// MakeIn makes a backup of the database as it was before a write transaction, which has
// written nothing to the file yet.
func MakeIn(ctx context.Context, tx *kv.Tx, o Options) (Backup, error) {
	b, err := take(ctx, tx.Now(), tx.Path(), o, func(copy func(tx *kv.Tx) error) error { return copy(tx) })
	if err != nil {
		err = fmt.Errorf("backing up the database: %w", err)
	}
	return b, err
}

// take makes a backup; locked runs what copies while the file stays as it is.
func take(ctx context.Context, now time.Time, path string, o Options,
	locked func(copy func(tx *kv.Tx) error) error) (Backup, error) {
	p, err := prepare(now, path, o)
	if err != nil {
		return Backup{}, err
	}
	newest, known := p.newest(ctx)
	var c copied
	var made *os.File
	unchanged := false
	err = locked(func(tx *kv.Tx) error {
		here := Info{}
		if err := here.read(tx); err != nil {
			return err
		}
		if here.counter, err = kv.ChangeCounterOf(path); err != nil {
			return err
		}
		if unchanged = known && here.sameAs(newest); unchanged {
			return nil
		}
		if err := p.mayOverwrite(ctx, tx); err != nil {
			return err
		}
		if made, err = begin(p.temporary); err != nil {
			return err
		}
		c, err = copyFile(ctx, path, made)
		return err
	})
	if made != nil {
		defer letGo(made)
	}
	if err != nil {
		return Backup{}, err
	}
	if unchanged {
		return p.keepFor(newest)
	}
	if err := settle(ctx, p.temporary, c); err != nil {
		return Backup{}, err
	}
	info, err := sound(ctx, p.temporary)
	if err != nil {
		return Backup{}, fmt.Errorf("%w (no backup was made; the ones of before are kept)", err)
	}
	if runtime.GOOS == "windows" { // what is open can't be renamed
		_ = made.Close()
	}
	if err := os.Rename(p.temporary, p.target); err != nil {
		return Backup{}, unwritable(err)
	}
	syncFolder(filepath.Dir(p.target))
	return Backup{Path: p.target, Kind: o.Kind, At: p.at, Bytes: c.bytes, Entries: info.Entries, Store: info.Store,
		Reflink: c.reflink}, nil
}

// strength is of kinds: what a backup was made for last, which keeps it longer.
var strength = map[Kind]int{Daily: 1, Detection: 2, Migration: 3, Manual: 4}

// keepFor has a backup since which nothing was written serve for another purpose, too.
func (p *place) keepFor(newest Info) (Backup, error) {
	dir, name := filepath.Split(newest.Path)
	b, inFolder := parseName(name)
	b.Path, b.Bytes, b.Entries, b.Store, b.Unchanged = newest.Path, newest.Bytes, newest.Entries, newest.Store, true
	if !inFolder || p.o.To != "" || strength[p.o.Kind] <= strength[b.Kind] {
		return b, nil
	}
	b.Kind, b.Path = p.o.Kind, filepath.Join(dir, nameAt(b.At, p.o.Kind))
	if err := os.Rename(newest.Path, b.Path); err != nil {
		return b, unwritable(err)
	}
	return b, nil
}

// place is where a backup goes.
type place struct {
	o                 Options
	at                time.Time
	target, temporary string
	sameAs            string // a backup that may be as new as the database; "": none
}

func prepare(now time.Time, path string, o Options) (place, error) {
	p := place{o: o, at: now.UTC().Truncate(time.Millisecond)}
	if o.To != "" {
		p.target = o.To
		switch same, err := sameFile(o.To, path); {
		case err != nil:
			return p, err
		case same:
			return p, fmt.Errorf("%w: %s is the database itself", model.ErrInvalid, o.To)
		}
		if exists(o.To) {
			p.sameAs = o.To
		}
	} else {
		folder := o.Folder
		if folder == "" {
			folder = Folder(path)
		}
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return p, unwritable(err)
		}
		for p.target = ""; p.target == "" || exists(p.target); p.at = p.at.Add(time.Millisecond) {
			p.target = filepath.Join(folder, nameAt(p.at, o.Kind))
		}
		sweep(folder, "", now)
		list, err := List(folder)
		if err != nil {
			return p, err
		}
		if len(list) > 0 {
			p.sameAs = list[0].Path
		}
	}
	dir, base := filepath.Split(p.target)
	// One name a kind and day, so that of several processes one makes the backup.
	p.temporary = filepath.Join(dir, "."+base+partial)
	if o.Kind == Daily {
		p.temporary = filepath.Join(dir, "."+now.UTC().Format(time.DateOnly)+"-"+string(o.Kind)+partial)
	}
	sweep(filepath.Dir(path), filepath.Base(path)+restoring, now)
	return p, nil
}

// newest is what the newest backup says of itself; known is false when there is none that
// is whole.
func (p *place) newest(ctx context.Context) (info Info, known bool) {
	if p.sameAs == "" {
		return info, false
	}
	info, err := sound(ctx, p.sameAs)
	return info, err == nil
}

// mayOverwrite refuses to replace what is no older backup of the database.
func (p *place) mayOverwrite(ctx context.Context, tx *kv.Tx) error {
	if p.o.To == "" || !exists(p.o.To) || p.o.Overwrite {
		return nil
	}
	refuse := func(why string) error {
		return fmt.Errorf("%w: %s exists and %s; --overwrite replaces it", model.ErrInvalid, p.o.To, why)
	}
	db, err := openAt(p.o.To)
	if err != nil {
		return refuse("is no backup")
	}
	there, err := describe(ctx, db)
	switch {
	case err != nil:
		return refuse("is no backup that can be read")
	case there.Store != tx.StoreID():
		return refuse("is of another database")
	}
	if v := tx.Bucket(kv.BucketJournal).Get(kv.Key(there.Entries)); len(v) < 32 || kv.Sum(v[:32]) != there.link {
		return refuse("has entries that this database has not")
	}
	return nil
}

// sameFile reports whether two paths name one file.
func sameFile(a, b string) (bool, error) {
	x, err := os.Stat(a)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, unwritable(err)
	}
	y, err := os.Stat(b)
	if err != nil {
		return false, unwritable(err)
	}
	return os.SameFile(x, y), nil
}
