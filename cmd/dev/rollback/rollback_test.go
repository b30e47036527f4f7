package rollback_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"

	"fineprint/cmd/dev/storetest"
	"fineprint/cmd/internal/app"
	"fineprint/store"
	"fineprint/store/export"
	"fineprint/store/head"
	"fineprint/store/journal"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

var update = flag.Bool("update", false, "write ROLLBACK.md")

// scene is a store with an approved record, what it was the day before, an export of each
// day, and another store.
type scene struct {
	t                        *testing.T
	dir, db, yesterday, with string // with: the export of today
	other                    string
	now                      time.Time
}

func newScene(t *testing.T) *scene {
	t.Helper()
	s := &scene{t: t, dir: t.TempDir(), now: time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)}
	s.db, s.yesterday = filepath.Join(s.dir, "t.db"), filepath.Join(s.dir, "yesterday.db")
	s.with, s.other = filepath.Join(s.dir, "export.json"), filepath.Join(s.dir, "other.db")
	st := s.made(s.db, 4)
	s.decide(st, 1)
	s.copy(s.db, s.yesterday)
	s.copy(s.db+".head", s.yesterday+".head")
	s.now = s.now.AddDate(0, 0, 1)
	s.decide(st, 2)
	s.decide(st, 3)
	f, err := export.ParseFormat("json")
	s.must(err)
	use := app.App{Path: s.db, Store: st, Tool: "fineprint/test", Clock: s.clock}
	_, err = use.Export(t.Context(), app.ExportRequest{Format: f, Path: s.with, Filter: model.RecordFilter{Latest: true}})
	s.must(err)
	s.made(s.other, 3)
	return s
}

func (s *scene) clock() time.Time { return s.now }

func (s *scene) options() store.Options {
	return store.Options{Actor: "ada", Clock: s.clock, NoSync: true}
}

// made makes a store of n versions.
func (s *scene) made(path string, n int) *store.Store {
	st, err := store.Create(path, s.options())
	s.must(err)
	for i := range n {
		_, err := st.Record(s.t.Context(), []model.Capture{storetest.Capture("Terms", storetest.Page(i), i)})
		s.must(err)
	}
	return st
}

// decide approves the n-th change.
func (s *scene) decide(st *store.Store, n int) {
	_, err := st.Decide(s.t.Context(), storetest.Approval(model.NewID("FP", model.ChangeID, uint64(n))))
	s.must(err)
}

func (s *scene) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *scene) copy(from, to string) {
	s.t.Helper()
	b, err := os.ReadFile(from)
	s.must(err)
	s.must(os.WriteFile(to, b, 0o600))
}

// raw changes the file as somebody's own program does.
func (s *scene) raw(f func(tx *bolt.Tx) error) {
	s.t.Helper()
	db, err := bolt.Open(s.db, 0o600, &bolt.Options{NoSync: true})
	s.must(err)
	s.must(errors.Join(db.Update(f), db.Close()))
}

// forge puts other words into record 2 with a seal that fits; with chain, also into the
// journal, whose links are made anew to its end.
func (s *scene) forge(chain bool) {
	s.raw(func(tx *bolt.Tx) error {
		b := tx.Bucket(kv.BucketRecord)
		key := kv.PairKey(2, 1)
		payload, err := rows.UnpackRecord(b.Get(key)[32:])
		if err != nil {
			return err
		}
		forged := bytes.Replace(payload, []byte("It changed."), []byte("It did not!"), 1)
		if bytes.Equal(forged, payload) {
			return errors.New("nothing was forged")
		}
		sealed := append(append(append([]byte{}, kv.BucketRecord...), 0), key...)
		sum := sha256.Sum256(append(sealed, forged...))
		if err := b.Put(key, append(sum[:], forged...)); err != nil || !chain {
			return err
		}
		return rechain(tx, func(e *journal.Entry) {
			if e.Kind == journal.KindRecord && e.Object == 2 {
				e.Digest = kv.SumOf(forged)
			}
		})
	})
}

// rechain makes all links of the journal anew.
func rechain(tx *bolt.Tx, edit func(*journal.Entry)) error {
	b := tx.Bucket(kv.BucketJournal)
	var before kv.Sum
	for n := uint64(1); n <= b.Sequence(); n++ {
		var e journal.Entry
		if err := cbor.Unmarshal(b.Get(kv.Key(n))[32:], &e); err != nil {
			return err
		}
		edit(&e)
		entry, err := kv.Encode(e)
		if err != nil {
			return err
		}
		before = journal.Link(before, n, entry)
		if err := b.Put(kv.Key(n), append(before[:], entry...)); err != nil {
			return err
		}
	}
	return nil
}

// rewriteHead writes the head that the database has now, as who forges everything would.
func (s *scene) rewriteHead(change func(*head.File)) {
	st, err := store.Open(s.db, store.Options{AnyHead: true})
	s.must(err)
	h, err := st.Head(s.t.Context())
	s.must(err)
	f := head.File{JournalHead: h, Written: s.now}
	if change != nil {
		change(&f)
	}
	s.must(os.WriteFile(s.db+".head", []byte(f.String()), 0o600))
}

// fallBack breaks the newest meta page, so that bbolt uses the one before.
func (s *scene) fallBack() {
	b, err := os.ReadFile(s.db)
	s.must(err)
	page := os.Getpagesize()
	newest := 0
	if bytes.Compare(reversed(b[page+16+48:page+16+56]), reversed(b[16+48:16+56])) > 0 {
		newest = page
	}
	b[newest+16+56] ^= 0xff
	s.must(os.WriteFile(s.db, b, 0o600))
}

func reversed(b []byte) []byte {
	r := make([]byte, len(b))
	for i := range b {
		r[len(b)-1-i] = b[i]
	}
	return r
}

// rowsOfTable are what is done, in words and as a function, in the order of the table.
var rowsOfTable = []struct {
	what string
	do   func(s *scene)
}{
	{"Nothing", func(*scene) {}},
	{"A kill between a commit and its head: the head is of the commit before", func(s *scene) {
		s.copy(s.yesterday+".head", s.db+".head")
	}},
	{"An older copy is put in its place", func(s *scene) { s.copy(s.yesterday, s.db) }},
	{"An older copy that was worked on elsewhere", func(s *scene) {
		st, err := store.Open(s.yesterday, s.options())
		s.must(err)
		for n := 2; n <= 3; n++ {
			d := storetest.Approval(model.NewID("FP", model.ChangeID, uint64(n)))
			d.Summary = storetest.Ptr("It changed otherwise.")
			_, err := st.Decide(s.t.Context(), d)
			s.must(err)
		}
		s.copy(s.yesterday, s.db)
	}},
	{"Another store's database", func(s *scene) { s.copy(s.other, s.db) }},
	{"Another store's database, and the head is removed", func(s *scene) {
		s.copy(s.other, s.db)
		s.must(os.Remove(s.db + ".head"))
	}},
	{"The last entries of the journal are cut off", func(s *scene) {
		s.raw(func(tx *bolt.Tx) error {
			b := tx.Bucket(kv.BucketJournal)
			n := b.Sequence()
			return errors.Join(b.Delete(kv.Key(n)), b.Delete(kv.Key(n-1)), b.SetSequence(n-2))
		})
	}},
	{"The newest meta page breaks, so that bbolt falls back to the commit before", (*scene).fallBack},
	{"A record is edited and sealed again", func(s *scene) { s.forge(false) }},
	{"The same, and the journal is chained anew", func(s *scene) { s.forge(true) }},
	{"The same, and the head is written to fit", func(s *scene) { s.forge(true); s.rewriteHead(nil) }},
	{"The head is removed", func(s *scene) { s.must(os.Remove(s.db + ".head")) }},
	{"The head is edited", func(s *scene) {
		b, err := os.ReadFile(s.db + ".head")
		s.must(err)
		s.must(os.WriteFile(s.db+".head", bytes.Replace(b, []byte("entries "), []byte("entries 9"), 1), 0o600))
	}},
	{"The head is edited, with a sum that fits", func(s *scene) {
		s.rewriteHead(func(f *head.File) { f.Entries += 5 })
	}},
	{"An older copy, and the head is removed", func(s *scene) {
		s.copy(s.yesterday, s.db)
		s.must(os.Remove(s.db + ".head"))
	}},
	{"An older copy with the older head", func(s *scene) {
		s.copy(s.yesterday, s.db)
		s.copy(s.yesterday+".head", s.db+".head")
	}},
	{"The clock is set back to 2001 before an approval", func(s *scene) {
		st := s.made(filepath.Join(s.t.TempDir(), "t.db"), 3)
		s.db = st.Path()
		s.now = time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
		s.decide(st, 1)
		s.now = time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	}},
	{"The clock is set to 2300 before an approval", func(s *scene) {
		st := s.made(filepath.Join(s.t.TempDir(), "t.db"), 3)
		s.db = st.Path()
		s.now = time.Date(2300, 1, 1, 0, 0, 0, 0, time.UTC)
		s.decide(st, 1)
		s.now = time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	}},
}

// answers are what the program says of a database.
func (s *scene) answers(ctx context.Context) (opening, check, against string) {
	_, err := store.Open(s.db, s.options())
	var e *model.HeadError
	switch {
	case errors.As(err, &e):
		opening = "refused: " + e.Kind.Error()
	case err != nil:
		opening = "refused: " + err.Error()
	default:
		opening = "opens"
	}
	any := s.options()
	any.AnyHead = true
	st, err := store.Open(s.db, any)
	s.must(err)
	report, err := st.Check(ctx, nil)
	s.must(err)
	var said []string
	for _, p := range report.Problems {
		if report.Head == nil || p != report.Head.Error() {
			p, _, _ = strings.Cut(p, ";")
			said = append(said, "damage: "+p)
		}
	}
	slices.Sort(said) // what a journal lacks is listed in no order
	if report.Head != nil {
		said = append(said, "as opening")
	}
	for _, n := range report.Notes {
		n, _, _ = strings.Cut(n, ";")
		n, _, _ = strings.Cut(n, ": had")
		n, _, _ = strings.Cut(n, " is of entry")
		said = append(said, "note: "+strings.TrimSuffix(n, "."))
	}
	check = strings.Join(said, "; ")
	compared, err := app.CompareAgainst(ctx, st, s.with)
	s.must(err)
	return opening, check, string(compared.Standing)
}

// goesOn accepts a database that only its head speaks against, and decides in it.
func (s *scene) goesOn(ctx context.Context, what string) {
	s.t.Helper()
	any := s.options()
	any.AnyHead = true
	st, err := store.Open(s.db, any)
	s.must(err)
	report, err := st.Check(ctx, nil)
	s.must(err)
	if report.Head == nil || len(report.Problems) > 1 {
		return
	}
	s.must(st.AcceptHead(ctx, report.Head.Head))
	st, err = store.Open(s.db, s.options())
	s.must(err)
	queue, err := st.Queue(ctx, model.QueueFilter{State: model.Pending})
	s.must(err)
	for _, item := range queue.Changes {
		_, err = st.Decide(ctx, storetest.Approval(item.ID))
		s.must(err)
	}
	if report, err = st.Check(ctx, nil); err != nil || len(report.Problems) > 0 {
		s.t.Errorf("%s, accepted and worked on: %q, %v", what, report.Problems, err)
	}
}

// caught is by what a state is noticed first.
func caught(opening, check, against string) string {
	switch {
	case opening != "opens":
		return "every command, before it reads"
	case strings.Contains(check, "damage"):
		return "`check`"
	case against == "behind", against == "different":
		return "`check --against` only"
	case strings.Contains(check, "note"):
		return "`check`, as a note"
	}
	return "–"
}

// TestTableOfRollbacks does each to a store and holds what is said against ROLLBACK.md.
func TestTableOfRollbacks(t *testing.T) {
	var b strings.Builder
	b.WriteString("# What is noticed when the database is not the one that was here\n\n" +
		"`go test ./cmd/dev/rollback -run Table -update` writes this page from what the program says. The store has an " +
		"approved record from yesterday and two from today; the export was made today.\n\n" +
		"| What was done | Opening | `check` | `check --against` the export | Caught by |\n|---|---|---|---|---|\n")
	for _, row := range rowsOfTable {
		s := newScene(t)
		row.do(s)
		opening, check, against := s.answers(t.Context())
		s.goesOn(t.Context(), row.what)
		if strings.HasPrefix(row.what, "The clock") {
			against = "–" // of a store of its own
		}
		by := caught(opening, check, against)
		if check == "" {
			check = "whole"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", row.what, opening, check, against, by)
	}
	b.WriteString("\nWhat only `check --against` catches needs an export, or a copy of the head, that left the computer " +
		"before: whoever can write the database can write the head beside it. Nothing here catches somebody who " +
		"rewrites the journal before the first export leaves.\n")
	t.Log("\n" + b.String())
	if *update {
		if err := os.WriteFile("ROLLBACK.md", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile("ROLLBACK.md"); err != nil || string(want) != b.String() {
		t.Errorf("ROLLBACK.md is out of step (%v); go test ./cmd/dev/rollback -run Table -update writes it", err)
	}
}
