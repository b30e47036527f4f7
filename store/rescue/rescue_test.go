package rescue_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fineprint/store"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rescue"
)

// clock is a time that a test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Millisecond)
	return c.at
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func newClock() *clock { return &clock{at: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)} }

// newDB makes a database with so many journal entries beside the first.
func newDB(t *testing.T, o kv.Options, entries int) *kv.DB {
	t.Helper()
	db, err := kv.Create(filepath.Join(t.TempDir(), "x.db"), o, journal.Begin)
	if err != nil {
		t.Fatal(err)
	}
	for i := range entries {
		write(t, db, uint64(i+1))
	}
	return db
}

// write is a decision on change n.
func write(t testing.TB, db *kv.DB, n uint64) {
	t.Helper()
	err := db.Update(t.Context(), func(tx *kv.Tx) error {
		if err := kv.PutSealed(tx, kv.BucketDesk, kv.Key(n), []byte(strings.Repeat("word ", int(n%400)))); err != nil {
			return err
		}
		_, err := journal.Append(tx, journal.Entry{At: tx.Now(), Actor: "ada", Kind: journal.KindDecision, Object: n, Part: 1})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// values is all that a database holds.
func values(t testing.TB, path string) map[string]string {
	t.Helper()
	db, err := kv.Open(path, kv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	err = db.View(t.Context(), func(tx *kv.Tx) error {
		for _, b := range kv.Buckets(tx.Tx) {
			c := tx.Bucket(b).Cursor()
			for k, v := c.First(); k != nil; k, v = c.Next() {
				all[fmt.Sprintf("%s %x", b, k)] = string(v)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// differ is the first difference between two databases, "" for none; restored journal
// entries of the second one don't count.
func differ(a, b map[string]string) string {
	for k, v := range a {
		if b[k] != v {
			return k
		}
	}
	for k := range b {
		if _, ok := a[k]; !ok && !strings.HasPrefix(k, "journal ") {
			return k
		}
	}
	return ""
}

func TestBackupIsTheDatabaseAndPrivate(t *testing.T) {
	t.Parallel()
	db := newDB(t, kv.Options{}, 20)
	b, err := rescue.Make(t.Context(), db, rescue.Options{Kind: rescue.Manual})
	if err != nil {
		t.Fatal(err)
	}
	if d := differ(values(t, db.Path()), values(t, b.Path)); d != "" {
		t.Errorf("the backup differs in %s", d)
	}
	info, err := os.Stat(b.Path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup has mode %v, %v", info.Mode(), err)
	}
	again, err := rescue.Make(t.Context(), db, rescue.Options{Kind: rescue.Manual})
	if err != nil || !again.Unchanged || again.Path != b.Path {
		t.Errorf("a second backup is %+v, %v; want the first, unchanged", again, err)
	}
	write(t, db, 99)
	if again, err = rescue.Make(t.Context(), db, rescue.Options{Kind: rescue.Manual}); err != nil || again.Unchanged {
		t.Errorf("after a write the backup is %+v, %v", again, err)
	}
}

func TestBackupIsConsistentWhileOthersWrite(t *testing.T) {
	t.Parallel()
	db := newDB(t, kv.Options{NoSync: true, LockWait: time.Minute}, 20)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for n := range uint64(60) {
			write(t, db, 1000+n)
		}
	}()
	for i := 0; ; i++ {
		other, err := kv.Open(db.Path(), kv.Options{LockWait: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		b, err := rescue.Make(t.Context(), other, rescue.Options{To: filepath.Join(t.TempDir(), fmt.Sprint(i, ".db"))})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := rescue.PlanRestore(t.Context(), db.Path(), b.Path); err != nil {
			t.Fatalf("backup %d: %v", i, err)
		}
		select {
		case <-done:
			return
		default:
		}
	}
}

func TestBackupReplacesOnlyAnOlderOneOfTheSameDatabase(t *testing.T) {
	t.Parallel()
	db, other := newDB(t, kv.Options{}, 3), newDB(t, kv.Options{}, 3)
	to := filepath.Join(t.TempDir(), "b.db")
	text := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(text, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	backup := func(db *kv.DB, to string, over bool) error {
		_, err := rescue.Make(t.Context(), db, rescue.Options{To: to, Overwrite: over})
		return err
	}
	if err := backup(db, to, false); err != nil {
		t.Fatal(err)
	}
	write(t, db, 7)
	for _, c := range []struct {
		what string
		err  error
		ok   bool
	}{
		{"an older one", backup(db, to, false), true},
		{"another database's", backup(other, to, false), false},
		{"a text", backup(db, text, false), false},
		{"the database itself", backup(db, db.Path(), true), false},
		{"a text, asked", backup(db, text, true), true},
	} {
		if c.ok != (c.err == nil) || !c.ok && !errors.Is(c.err, model.ErrInvalid) {
			t.Errorf("replacing %s: %v", c.what, c.err)
		}
	}
}

func TestDamagedDatabaseIsNotBackedUp(t *testing.T) {
	t.Parallel()
	db := newDB(t, kv.Options{}, 30)
	if err := db.Update(t.Context(), func(tx *kv.Tx) error {
		return tx.Bucket(kv.BucketDesk).Put(kv.Key(3), []byte(strings.Repeat("x", 80)))
	}); err != nil {
		t.Fatal(err)
	}
	if b, err := rescue.Make(t.Context(), db, rescue.Options{Kind: rescue.Daily}); !errors.Is(err, model.ErrDamaged) {
		t.Errorf("the backup is %+v, %v", b, err)
	}
	left, _ := os.ReadDir(rescue.Folder(db.Path()))
	if len(left) > 0 {
		t.Errorf("%v was left", left)
	}
}

func TestRestoreSaysWhatIsLostAndKeepsTheFileOfBefore(t *testing.T) {
	t.Parallel()
	db := newDB(t, kv.Options{}, 10)
	was := values(t, db.Path())
	b, err := rescue.Make(t.Context(), db, rescue.Options{Kind: rescue.Manual})
	if err != nil {
		t.Fatal(err)
	}
	for n := range uint64(7) {
		write(t, db, 100+n)
	}
	is := values(t, db.Path())
	plan, err := rescue.PlanRestore(t.Context(), db.Path(), b.Path)
	if err != nil || plan.Lost.Decisions != 7 || plan.Lost.Entries != 7 || plan.Lost.Parted ||
		len(plan.Lost.Last) != 5 || plan.Lost.Last[0].ID != "FP-C-000106" {
		t.Fatalf("the plan is %+v, %v", plan, err)
	}
	done, err := rescue.Restore(t.Context(), db.Path(), b.Path, rescue.RestoreOptions{Actor: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	if d := differ(was, values(t, db.Path())); d != "" {
		t.Errorf("what was restored differs in %s", d)
	}
	if d := differ(is, values(t, done.Kept)); d != "" {
		t.Errorf("what was kept differs in %s", d)
	}
	write(t, db, 5000)
	plan, err = rescue.PlanRestore(t.Context(), db.Path(), done.Kept)
	if err != nil || !plan.Lost.Parted || plan.Lost.After != 11 {
		t.Errorf("the plan to go back again is %+v, %v", plan, err)
	}
	temporary, _ := filepath.Glob(filepath.Join(filepath.Dir(db.Path()), ".*partial*"))
	if len(temporary) > 0 {
		t.Errorf("%v was left", temporary)
	}
}

func TestRestoreRefusesAnotherDatabasesAndADamagedBackup(t *testing.T) {
	t.Parallel()
	db, other := newDB(t, kv.Options{}, 10), newDB(t, kv.Options{}, 5)
	was := values(t, db.Path())
	if _, err := rescue.Restore(t.Context(), db.Path(), other.Path(), rescue.RestoreOptions{}); !errors.Is(err,
		model.ErrInvalid) {
		t.Errorf("another's: %v", err)
	}
	b, err := rescue.Make(t.Context(), db, rescue.Options{Kind: rescue.Manual})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(b.Path, 9000); err != nil {
		t.Fatal(err)
	}
	if _, err := rescue.Restore(t.Context(), db.Path(), b.Path, rescue.RestoreOptions{}); !errors.Is(err, model.ErrDamaged) {
		t.Errorf("a damaged one: %v", err)
	}
	if d := differ(was, values(t, db.Path())); d != "" {
		t.Errorf("the database differs in %s", d)
	}
	if _, err := rescue.Restore(t.Context(), db.Path(), other.Path(),
		rescue.RestoreOptions{OtherStore: true}); err != nil {
		t.Errorf("another's, asked: %v", err)
	}
	if _, err := store.Open(db.Path(), store.Options{}); err != nil {
		t.Error(err)
	}
}

// TestRestoreOverWhatCantBeRead puts a backup over files of every broken kind.
func TestRestoreOverWhatCantBeRead(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func(path string) error{
		"gone":      os.Remove,
		"empty":     func(p string) error { return os.Truncate(p, 0) },
		"truncated": func(p string) error { return os.Truncate(p, 10000) },
		"garbage":   func(p string) error { return os.WriteFile(p, []byte(strings.Repeat("garbage", 9999)), 0o600) },
	} {
		db := newDB(t, kv.Options{}, 10)
		was := values(t, db.Path())
		b, err := rescue.Make(t.Context(), db, rescue.Options{Kind: rescue.Manual})
		if err != nil {
			t.Fatal(err)
		}
		if err := damage(db.Path()); err != nil {
			t.Fatal(err)
		}
		done, err := rescue.Restore(t.Context(), db.Path(), b.Path, rescue.RestoreOptions{})
		if err != nil || !done.Lost.Unknown {
			t.Errorf("%s: %+v, %v", name, done, err)
			continue
		}
		if d := differ(was, values(t, db.Path())); d != "" {
			t.Errorf("%s: what was restored differs in %s", name, d)
		}
	}
}

func TestKeeperMakesOneADayAndBeforeMigrations(t *testing.T) {
	t.Parallel()
	c := newClock()
	k := &rescue.Keeper{Warn: func(err error) { t.Error(err) }}
	o := kv.Options{Clock: c.now, BeforeWrite: k.BeforeWrite, BeforeMigration: k.BeforeMigration}
	db := newDB(t, o, 0)
	for day := range 20 {
		for n := range uint64(3) {
			write(t, db, uint64(day)*10+n)
		}
		if day == 9 {
			if err := db.Update(t.Context(), func(tx *kv.Tx) error { return tx.NeedSchema(5) }); err != nil {
				t.Fatal(err)
			}
		}
		if day < 14 {
			c.add(24 * time.Hour)
		}
	}
	list, err := rescue.List(rescue.Folder(db.Path()))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range list {
		got = append(got, b.At.Format(time.DateOnly)+" "+string(b.Kind))
	}
	want := []string{"2026-03-15 daily", "2026-03-14 daily", "2026-03-13 daily", "2026-03-12 daily", "2026-03-11 daily",
		"2026-03-10 migration", "2026-03-10 daily"}
	if !slices.Equal(got, want) {
		t.Errorf("the backups are %v, want %v", got, want)
	}
}

func TestKeeperWarnsOnceWhenThereIsNoRoom(t *testing.T) {
	t.Parallel()
	c := newClock()
	var said []error
	k := &rescue.Keeper{Warn: func(err error) { said = append(said, err) }, Room: func(string) int64 { return 1000 }}
	db := newDB(t, kv.Options{Clock: c.now, BeforeWrite: k.BeforeWrite}, 5)
	for n := range uint64(3) {
		c.add(24 * time.Hour)
		write(t, db, n)
	}
	if list, err := rescue.List(rescue.Folder(db.Path())); len(list) != 0 || err != nil || len(said) != 1 {
		t.Errorf("there are %v, %v; said: %v", list, err, said)
	}
}

func TestCancelledBackupLeavesNothing(t *testing.T) {
	t.Parallel()
	db := newDB(t, kv.Options{}, 10)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := rescue.Make(ctx, db, rescue.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if left, _ := os.ReadDir(rescue.Folder(db.Path())); len(left) > 0 {
		t.Errorf("%v was left", left)
	}
}
