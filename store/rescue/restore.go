package rescue

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// maxNamed is how many of what would be lost are named.
const maxNamed = 5

// Lost is what the present database has and a backup has not.
type Lost struct {
	// Unknown: the present file can't be read, or there is none; Why says which.
	Unknown bool   `json:"unknown,omitempty"`
	Why     string `json:"why,omitempty"`
	// Parted: the backup is not of the present database's past; it parted from it after
	// this journal entry.
	Parted  bool   `json:"parted,omitempty"`
	After   uint64 `json:"after_entry"`
	Entries int    `json:"journal_entries"`
	// Of these entries:
	Decisions int         `json:"decisions"`
	Records   int         `json:"records"`
	Versions  int         `json:"versions"`
	Notes     int         `json:"notes"`
	Last      []LostEntry `json:"last"` // the newest first
}

// LostEntry is what a journal entry that would be lost tells of.
type LostEntry struct {
	At    time.Time `json:"at"`
	Actor string    `json:"actor"`
	Kind  string    `json:"kind"`
	ID    model.ID  `json:"id,omitempty"`
	Part  uint64    `json:"part,omitempty"`
}

// Plan is what restoring a backup would do.
type Plan struct {
	Backup Info `json:"backup"`
	Lost   Lost `json:"lost"`
	// OtherStore: the backup is of another database than the one in the place.
	OtherStore bool `json:"other_store,omitempty"`

	before kv.Sum // the link of the present file's last entry, for the journal
}

// PlanRestore checks a backup and finds out what putting it in the database's place would
// lose. It changes nothing.
func PlanRestore(ctx context.Context, path, from string) (Plan, error) {
	var p Plan
	if same, err := sameFile(from, path); err == nil && same {
		return p, fmt.Errorf("%w: %s is the database itself", model.ErrInvalid, from)
	}
	var err error
	if p.Backup, err = sound(ctx, from); err != nil {
		if errors.Is(err, model.ErrNoStore) {
			return p, fmt.Errorf("%w: there is no backup %s", model.ErrNotFound, from)
		}
		return p, fmt.Errorf("the backup can't be used: %w", err)
	}
	p.Lost.Last = []LostEntry{}
	id, err := storeOf(path)
	if err == nil {
		err = p.compare(ctx, path, from)
	}
	if err != nil {
		if !isDamage(err) {
			return p, err
		}
		p.Lost.Unknown, p.Lost.Why = true, strings.TrimPrefix(err.Error(), model.ErrDamaged.Error()+": ")
	}
	p.OtherStore = id != "" && id != p.Backup.Store
	return p, nil
}

// storeOf is which store is at a path, by the file or what is beside it.
func storeOf(path string) (string, error) {
	id := ""
	if b, err := os.ReadFile(path + ".id"); err == nil && len(b) < 256 {
		id = strings.TrimSpace(string(b))
	}
	db, err := openAt(path)
	if err != nil {
		return id, err
	}
	err = db.View(context.Background(), func(tx *kv.Tx) error {
		id = tx.StoreID()
		return nil
	})
	return id, err
}

// compare finds where two journals part, and what the present one has from there on.
func (p *Plan) compare(ctx context.Context, path, from string) error {
	here, err := openAt(path)
	if err != nil {
		return err
	}
	there, err := openAt(from)
	if err != nil {
		return err
	}
	return there.View(ctx, func(old *kv.Tx) error {
		return here.View(ctx, func(tx *kv.Tx) error {
			was, is := old.Bucket(kv.BucketJournal), tx.Bucket(kv.BucketJournal)
			same := func(n uint64) bool {
				a, b := was.Get(kv.Key(n)), is.Get(kv.Key(n))
				return len(a) >= 32 && len(b) >= 32 && kv.Sum(a[:32]) == kv.Sum(b[:32])
			}
			low, high := uint64(0), p.Backup.Entries // the last common entry is between
			for low < high {
				if middle := (low + high + 1) / 2; same(middle) {
					low = middle
				} else {
					high = middle - 1
				}
			}
			p.Lost.After, p.Lost.Parted = low, low < p.Backup.Entries
			return p.count(ctx, tx, low)
		})
	})
}

// count counts what the journal tells of from an entry on.
func (p *Plan) count(ctx context.Context, tx *kv.Tx, after uint64) error {
	l := &p.Lost
	c := tx.Bucket(kv.BucketJournal).Cursor()
	for k, v := c.Last(); len(k) == 8 && kv.KeyNumber(k) > after; k, v = c.Prev() {
		if err := ctx.Err(); err != nil {
			return err
		}
		link, e, err := journal.Decode(v)
		if err != nil {
			return err
		}
		if l.Entries == 0 {
			p.before = link
		}
		l.Entries++
		switch e.Kind {
		case journal.KindDecision:
			l.Decisions++
		case journal.KindRecord:
			l.Records++
		case journal.KindVersion:
			l.Versions++
		case journal.KindAnnotation:
			l.Notes++
		}
		if len(l.Last) < maxNamed {
			l.Last = append(l.Last, named(tx, e))
		}
	}
	return nil
}

// kinds are what the objects of journal entries are.
var kinds = map[journal.Kind]model.IDKind{
	journal.KindVersion: model.DocumentID, journal.KindSnapshot: model.SnapshotID, journal.KindDecision: model.ChangeID,
	journal.KindRecord: model.RecordID, journal.KindWithdrawn: model.RecordID, journal.KindRenamed: model.DocumentID,
	journal.KindEnded: model.DocumentID, journal.KindDetected: model.DocumentID, journal.KindTracked: model.DocumentID,
	journal.KindUntracked: model.DocumentID, journal.KindProvision: model.ClauseID,
	journal.KindRecordEvent: model.RecordID,
}

func named(tx *kv.Tx, e journal.Entry) LostEntry {
	l := LostEntry{At: e.At, Actor: e.Actor, Kind: e.Kind.String(), Part: e.Part}
	if kind, ok := kinds[e.Kind]; ok {
		l.ID = tx.ID(kind, e.Object)
	}
	return l
}

// RestoreOptions are how a backup is put in the place.
type RestoreOptions struct {
	OtherStore bool // it may be of another database
	Clock      func() time.Time
	Actor      string
	Tool       string
	Wait       time.Duration // for the lock; 0: 3 s
}

// Restored is what restoring did.
type Restored struct {
	Plan
	Path string `json:"path"`
	Kept string `json:"kept,omitempty"` // what the file of before is called now
}

// Restore puts a backup in the database's place and keeps the file of before under
// another name. The journal tells of it.
func Restore(ctx context.Context, path, from string, o RestoreOptions) (Restored, error) {
	r, err := restore(ctx, path, from, o)
	if err != nil {
		err = fmt.Errorf("restoring the database: %w", err)
	}
	return r, err
}

func restore(ctx context.Context, path, from string, o RestoreOptions) (r Restored, err error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Wait <= 0 {
		o.Wait = 3 * time.Second
	}
	r.Path = path
	if r.Plan, err = PlanRestore(ctx, path, from); err != nil {
		return r, err
	}
	if r.OtherStore && !o.OtherStore {
		return r, fmt.Errorf("%w: the backup is of another database; --other-store puts it here all the same",
			model.ErrInvalid)
	}
	dir, base := filepath.Split(path)
	sweep(dir, base+restoring, o.Clock())
	kv.SweepReplaced(path, replaced)
	temporary := filepath.Join(dir, fmt.Sprintf(".%s%s%d%s", base, restoring, os.Getpid(), partial))
	defer removeWith(temporary)
	if err := copyBackup(ctx, from, temporary); err != nil {
		return r, err
	}
	if err := r.note(ctx, temporary, o); err != nil {
		return r, err
	}
	if exists(path) {
		r.Kept = keptName(path, o.Clock())
	}
	heads := []string{".head", ".pages"}
	err = kv.Replace(ctx, path, temporary, r.Kept, o.Wait, func() error {
		for _, h := range heads { // none is better than one that is ahead
			if err := os.Remove(path + h); err != nil && !os.IsNotExist(err) {
				return unwritable(err)
			}
		}
		return forgetID(path, r.Backup.Store)
	})
	if err != nil {
		return r, err
	}
	if err := writeID(path, r.Backup.Store); err != nil {
		return r, err
	}
	for _, h := range heads {
		_ = os.Rename(temporary+h, path+h)
	}
	syncFolder(dir)
	return r, nil
}

// copyBackup copies a backup, which nobody writes to, and checks the copy.
func copyBackup(ctx context.Context, from, to string) error {
	db, err := openAt(from)
	if err != nil {
		return err
	}
	made, err := begin(to)
	if err != nil {
		return err
	}
	defer func() { _ = made.Close() }()
	var c copied
	err = db.View(ctx, func(*kv.Tx) error {
		c, err = copyFile(ctx, from, made)
		return err
	})
	if err != nil {
		return err
	}
	if err := settle(ctx, to, c); err != nil {
		return err
	}
	_, err = sound(ctx, to)
	return err
}

// note writes into the journal of the copy that it was restored, and over what.
func (r *Restored) note(ctx context.Context, temporary string, o RestoreOptions) error {
	db, err := kv.Open(temporary, kv.Options{Clock: o.Clock, Actor: o.Actor, Tool: o.Tool})
	if err != nil {
		return err
	}
	return db.Update(ctx, func(tx *kv.Tx) error {
		_, err := journal.Append(tx, journal.Entry{At: tx.Now().UTC(), Actor: tx.Actor(), Kind: journal.KindRestored,
			Object: r.Backup.Entries, Part: r.Lost.After + uint64(r.Lost.Entries), Digest: r.before})
		return err
	})
}

// restoring is what follows the database's name in that of the file that is to take its
// place.
const restoring = ".restore-"

// replaced is what follows in the name of a file that another was put in the place of.
const replaced = ".replaced-"

// keptName is a name that is free.
func keptName(path string, at time.Time) string {
	for n := 1; ; n++ {
		name := path + replaced + at.UTC().Format("20060102T150405Z")
		if n > 1 {
			name = fmt.Sprintf("%s.%d", name, n)
		}
		if !exists(name) {
			return name
		}
	}
}

// forgetID removes what says beside a path which store is there, if it is another: none is
// better than a wrong one for whoever comes in before it is written.
func forgetID(path, id string) error {
	if b, err := os.ReadFile(path + ".id"); err != nil || strings.TrimSpace(string(b)) == id {
		return nil
	}
	return unwritable(os.Remove(path + ".id"))
}

// writeID writes which store is at a path beside it, unless that is said there already.
func writeID(path, id string) error {
	name := path + ".id"
	if b, err := os.ReadFile(name); err == nil && strings.TrimSpace(string(b)) == id {
		return nil
	}
	temporary := name + partial
	f, err := os.OpenFile(temporary, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return unwritable(err)
	}
	_, err = f.WriteString(id + "\n")
	if syncErr := f.Sync(); err == nil {
		err = syncErr
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(temporary, name)
	}
	return unwritable(err)
}
