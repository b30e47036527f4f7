package ledger_test

import (
	"bytes"
	"context"
	"errors"
	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fmt"
	"math/rand"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

func draft(n int, actor, summary string) model.Draft {
	return model.Draft{Change: changeID(n), Actor: actor, Summary: summary, At: storetest.Day0, Base: 2}
}

func TestDraftsAreKeptByActor(t *testing.T) {
	s := storetest.New(t, 4)
	ctx := t.Context()
	save := func(d model.Draft) {
		t.Helper()
		if err := s.SaveDraft(ctx, d); err != nil {
			t.Fatal(err)
		}
	}
	before, err := s.Stats(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []model.Draft{draft(2, "ada", "The age"), draft(1, "ada", "We keep"),
		draft(2, "ben", "Ben's"), draft(2, "ada", "The age falls"), draft(3, "ad", "x")} {
		save(d)
	}
	if got, err := s.Drafts(ctx, "ada"); err != nil || !reflect.DeepEqual(got,
		[]model.Draft{draft(1, "ada", "We keep"), draft(2, "ada", "The age falls")}) {
		t.Errorf("%+v, %v", got, err)
	}
	if now, err := s.Stats(ctx); err != nil || now.JournalEntries != before.JournalEntries {
		t.Errorf("drafts are in the journal (%v)", err)
	}
	storetest.RequireConsistent(t, s)

	for _, d := range []model.Draft{draft(99, "ada", "x"), draft(1, " ", "x"),
		draft(1, strings.Repeat("a", 1<<10+1), "x"), draft(1, "ada", strings.Repeat("x", 1<<20+1))} {
		if err := s.SaveDraft(ctx, d); !errors.Is(err, model.ErrInvalid) && !errors.Is(err, model.ErrNotFound) {
			t.Errorf("%.20s on %s was kept: %v", d.Actor, d.Change, err)
		}
	}
	save(draft(1, "ada", " \n"))
	if err := s.DropDraft(ctx, changeID(3), "ad"); err != nil {
		t.Error(err)
	}
	for n, actor := range map[int]string{1: "ada", 3: "ad"} {
		if d, found, err := s.Draft(ctx, changeID(n), actor); err != nil || found {
			t.Errorf("still there: %+v, %v", d, err)
		}
	}
}

// TestDecisionDropsItsDraft: only one that was taken, that sets the summary, and
// only the own one.
func TestDecisionDropsItsDraft(t *testing.T) {
	s := storetest.New(t, 3)
	ctx := t.Context()
	there := func(actor string) bool {
		t.Helper()
		_, found, err := s.Draft(ctx, changeID(1), actor)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	for _, actor := range []string{"ada", "ben"} {
		if err := s.SaveDraft(ctx, draft(1, actor, "The age")); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Decide(ctx, model.Decision{Change: changeID(1), Actor: "ada", Action: model.ActionSet,
		Severity: storetest.Ptr(model.Low)}); err != nil || !there("ada") {
		t.Errorf("a severity drops the draft (%v)", err)
	}
	stale := storetest.Approval(changeID(1))
	stale.Base = 0
	if _, err := s.Decide(ctx, stale); !errors.Is(err, model.ErrStale) || !there("ada") {
		t.Errorf("a refused decision drops the draft (%v)", err)
	}
	if _, err := s.Decide(ctx, storetest.Approval(changeID(1))); err != nil || there("ada") || !there("ben") {
		t.Errorf("approved (%v): ada's draft is there: %v, ben's: %v", err, there("ada"), there("ben"))
	}
}

func TestDeskStateIsKeptByActor(t *testing.T) {
	s := storetest.New(t, 1)
	ctx := t.Context()
	for _, state := range [][]byte{[]byte("{}"), bytes.Repeat([]byte{0xff}, 64<<10), nil} {
		if err := s.SaveDeskState(ctx, "ada", state); err != nil {
			t.Fatal(err)
		}
		if got, err := s.DeskState(ctx, "ada"); err != nil || !bytes.Equal(got, state) {
			t.Errorf("%d bytes come back as %d (%v)", len(state), len(got), err)
		}
		if got, err := s.DeskState(ctx, "ben"); err != nil || got != nil {
			t.Errorf("ben finds %q (%v)", got, err)
		}
	}
	if err := s.SaveDeskState(ctx, "ada", make([]byte, 64<<10+1)); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("too much was kept: %v", err)
	}
}

// TestForgedDraftsAreReported alters drafts and the desk's state behind the program's
// back: reading refuses them, and Check reports it.
func TestForgedDraftsAreReported(t *testing.T) {
	for name, forge := range map[string]func(tx *kv.Tx) error{
		"draft altered": func(tx *kv.Tx) error {
			b := tx.Bucket(kv.BucketDraft)
			v := bytes.Clone(b.Get(rows.DraftKey(1, "ada")))
			v[len(v)-1] ^= 1
			return b.Put(rows.DraftKey(1, "ada"), v)
		},
		"draft moved": func(tx *kv.Tx) error {
			b := tx.Bucket(kv.BucketDraft)
			return b.Put(rows.DraftKey(2, "ada"), bytes.Clone(b.Get(rows.DraftKey(1, "ada"))))
		},
		"draft of a missing change": func(tx *kv.Tx) error {
			return kv.PutRow(tx, kv.BucketDraft, rows.DraftKey(77, "ada"), draft(77, "ada", "x"))
		},
		"desk altered": func(tx *kv.Tx) error { return tx.Bucket(kv.BucketDesk).Put([]byte("ada"), make([]byte, 40)) },
	} {
		s, err := store.Create(t.TempDir()+"/t.db", store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Terms", storetest.Page(0), 0),
			storetest.Capture("Terms", storetest.Page(1), 1), storetest.Capture("Terms", storetest.Page(2),
				2)}); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveDraft(t.Context(), draft(1, "ada", "The age")); err != nil {
			t.Fatal(err)
		}
		storetest.RequireConsistent(t, s)
		if err := storetest.DB(t, s).Update(t.Context(), forge); err != nil {
			t.Fatal(err)
		}
		if report, err := s.Check(t.Context(), nil); err != nil || len(report.Problems) == 0 {
			t.Errorf("%s: not noticed (%v)", name, err)
		}
		_, draftsErr := s.Drafts(t.Context(), "ada")
		_, deskErr := s.DeskState(t.Context(), "ada")
		if name != "draft of a missing change" && draftsErr == nil && deskErr == nil {
			t.Errorf("%s: read as if it were sound", name)
		}
	}
}

// TestDatabaseWithoutDraftsOpens opens one that was made before there were any.
func TestDatabaseWithoutDraftsOpens(t *testing.T) {
	s := storetest.New(t, 2)
	ctx := t.Context()
	db, err := bolt.Open(s.Path(), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		return errors.Join(tx.DeleteBucket(kv.BucketDraft), tx.DeleteBucket(kv.BucketDesk))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	if s, err = store.Open(s.Path(), store.Options{}); err != nil {
		t.Fatal(err)
	}
	_, found, err := s.Draft(ctx, changeID(1), "ada")
	drafts, draftsErr := s.Drafts(ctx, "ada")
	state, stateErr := s.DeskState(ctx, "ada")
	if err := errors.Join(err, draftsErr, stateErr); err != nil || found || len(drafts) > 0 || state != nil {
		t.Errorf("%v %v %q, %v", found, drafts, state, err)
	}
	storetest.RequireConsistent(t, s)
	if err := errors.Join(s.SaveDraft(ctx, draft(1, "ada", "x")),
		s.SaveDeskState(ctx, "ada", []byte("x"))); err != nil {
		t.Error(err)
	}
}

// TestKilledWhileDraftingLosesNothing kills a process that saves drafts in a loop: what it
// was reported as kept is there.
func TestKilledWhileDraftingLosesNothing(t *testing.T) {
	if path := os.Getenv("FINEPRINT_TEST_DRAFT"); path != "" {
		fmt.Println("ready")
		draftForever(path)
		return
	}
	s := storetest.New(t, 8)
	rng := rand.New(rand.NewSource(4))
	told := 0
	for i := range storetest.Kills() {
		acknowledged, n := storetest.Kill(t, rng, "TestKilledWhileDraftingLosesNothing", "FINEPRINT_TEST_DRAFT="+s.Path())
		told += n
		for id, n := range acknowledged {
			d, found, err := s.Draft(t.Context(), id, "ada")
			if got, _ := strconv.Atoi(strings.TrimSpace(d.Summary)); err != nil || !found || got < n {
				t.Fatalf("kill %d: draft %d on %s was acknowledged, the store has %.20q (%v)", i, n, id, d.Summary, err)
			}
		}
	}
	t.Logf("%d drafts acknowledged, none lost", told)
	if told == 0 {
		t.Error("no draft was acknowledged: nothing was tested")
	}
}

// draftForever saves longer and longer drafts until it is killed; each line it
// prints is a draft that was reported as on disk.
func draftForever(path string) {
	s, err := store.Open(path, store.Options{})
	for i := 1; err == nil; i++ {
		id := changeID(i%7 + 1)
		if err = s.SaveDraft(context.Background(),
			draft(i%7+1, "ada", strconv.Itoa(i)+strings.Repeat(" ", i))); err == nil {
			fmt.Printf("took %s %d\n", id, i)
		}
	}
	fmt.Println(err)
	os.Exit(1)
}
