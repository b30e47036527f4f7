package store_test

import (
	"context"
	"errors"
	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

func TestTextsComeBackExactly(t *testing.T) {
	s := storetest.New(t, 120)
	for seq := 1; seq <= 120; seq++ {
		text, err := s.Text(t.Context(), "FP-D-00001", seq)
		if err != nil || text != storetest.Page(seq-1) {
			t.Fatalf("version %d: %q, %v", seq, text, err)
		}
	}
	q, err := s.Queue(t.Context(), model.QueueFilter{Limit: 5})
	if err != nil || q.Total != 119 || len(q.Changes) != 5 || !q.Changes[0].Material {
		t.Errorf("queue: %d of %d, %v", len(q.Changes), q.Total, err)
	}
}

func TestTechnicalAndFailedVersionsQueueNothing(t *testing.T) {
	s := storetest.New(t, 1)
	technical := storetest.Capture("Terms", storetest.Page(7), 2)
	technical.Technical = true
	outcomes, err := s.Record(t.Context(), []model.Capture{technical, storetest.Capture("Terms", "  \n", 3),
		storetest.Capture("Terms", storetest.Page(8), 4)})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []model.OutcomeKind{model.OutcomeTechnical, model.OutcomeFailed, model.OutcomeChanged} {
		if outcomes[i].Kind != want {
			t.Errorf("capture %d is %s, want %s", i, outcomes[i].Kind, want)
		}
	}
	q, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil || q.Total != 1 || q.Changes[0].From.Seq != 2 {
		t.Errorf("the change is compared with %+v, want the technical version 2; %v", q.Changes, err)
	}
}

func TestDecisionsAreUndoneAndRedone(t *testing.T) {
	s := storetest.New(t, 3)
	id := model.ID("FP-C-000001")
	refused := func(d model.Decision, want error) {
		t.Helper()
		if _, err := s.Decide(t.Context(), d); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", d.Action, err, want)
		}
	}
	refused(model.Decision{Change: id, Base: model.AnyRevision, Action: model.ActionApprove}, model.ErrIncomplete)
	refused(model.Decision{Change: "FP-C-000099", Base: model.AnyRevision, Action: model.ActionUndo}, model.ErrNotFound)
	refused(model.Decision{Change: id, Base: 4, Action: model.ActionSet, Severity: storetest.Ptr(model.Low)},
		model.ErrStale)
	refused(model.Decision{Change: id, Base: model.AnyRevision, Action: model.ActionUndo}, model.ErrNotAllowed)
	refused(model.Decision{Change: id, Base: model.AnyRevision, Action: model.ActionSnooze, Until: "2001-01-01"},
		model.ErrInvalid)

	r, err := s.Decide(t.Context(), storetest.Approval(id))
	if err != nil || r.State != model.Approved || r.Record != "FP-R-000001" || r.RecordRevision != 1 {
		t.Fatalf("approved: %+v, %v", r, err)
	}
	refused(storetest.Approval(id), model.ErrNotAllowed)
	first, err := s.RecordByID(t.Context(), r.Record)
	if err != nil || first.Journal.Hash == "" || len(first.Clauses) == 0 || !strings.Contains(first.Citation,
		"FP-R-000001, revision 1") {
		t.Fatalf("record: %+v, %v", first, err)
	}
	if last, err := s.LastDecision(t.Context(), "ada"); err != nil || !slices.Equal(last, []model.ID{id}) {
		t.Errorf("last decision %s, %v", last, err)
	}
	undo := model.Decision{Change: id, Base: model.AnyRevision, Actor: "ada", Action: model.ActionUndo}
	if r, err = s.Decide(t.Context(), undo); err != nil || r.State != model.Pending || r.Severity != "" || !r.CanRedo {
		t.Errorf("undone: %+v, %v", r, err)
	}
	if records, err := s.Records(t.Context(), model.RecordFilter{Latest: true}); err != nil || len(records) != 0 {
		t.Errorf("a withdrawn record is listed: %d, %v", len(records), err)
	}
	if again, err := s.LastUndone(t.Context(), "ada"); err != nil || !slices.Equal(again, []model.ID{id}) {
		t.Errorf("last undone %s, %v", again, err)
	}
	undo.Action = model.ActionRedo
	if r, err = s.Decide(t.Context(), undo); err != nil || r.State != model.Approved || r.RecordRevision != 2 {
		t.Errorf("redone: %+v, %v", r, err)
	}
	if st, err := s.Stats(t.Context()); err != nil || st.Changes.Approved != 1 || st.Changes.Pending != 1 ||
		st.Records != 1 {
		t.Errorf("stats %+v, %v", st, err)
	}
}

func TestSnoozeEndsAtTheNextChange(t *testing.T) {
	s := storetest.New(t, 2)
	if _, err := s.Decide(t.Context(), model.Decision{Change: "FP-C-000001", Base: 0, Action: model.ActionSnooze,
		Until: "next"}); err != nil {
		t.Fatal(err)
	}
	if q, _ := s.Queue(t.Context(), model.QueueFilter{State: model.Snoozed}); q.Total != 1 {
		t.Errorf("%d snoozed, want 1", q.Total)
	}
	if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Terms", storetest.Page(9), 9)}); err != nil {
		t.Fatal(err)
	}
	if q, _ := s.Queue(t.Context(), model.QueueFilter{}); q.Total != 2 {
		t.Errorf("%d pending after the next change, want 2", q.Total)
	}
}

// TestDamageIsRefused flips bytes and cuts the file: nothing of it may be read
// as if it were sound, and nothing may crash.
func TestDamageIsRefused(t *testing.T) {
	s := storetest.New(t, 12)
	if _, err := s.Decide(t.Context(), storetest.Approval("FP-C-000003")); err != nil {
		t.Fatal(err)
	}
	sound, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, size := range []int{0, 1, 100, 4096, 8192, 20000, len(sound) / 2} {
		path := filepath.Join(dir, "cut.db")
		if err := os.WriteFile(path, sound[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Open(path, store.Options{}); !errors.Is(err, model.ErrDamaged) {
			t.Errorf("%d bytes of it: %v", size, err)
		}
	}
	want, err := s.Queue(t.Context(), model.QueueFilter{AllState: true})
	if err != nil {
		t.Fatal(err)
	}
	detail, err := s.Change(t.Context(), "FP-C-000003")
	if err != nil {
		t.Fatal(err)
	}
	// A flip in the key of what is derived leaves all that is read well sealed: only the sums of pages tell.
	sums, err := os.ReadFile(s.Path() + ".pages")
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "flip.db.pages"), sums, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewSource(2))
	silent := 0
	for i := range 150 {
		path := filepath.Join(dir, "flip.db")
		broken := append([]byte{}, sound...)
		broken[8192+rng.Intn(len(broken)-8192)] ^= 1 << rng.Intn(8)
		if err := os.WriteFile(path, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		b, err := store.Open(path, store.Options{})
		if err != nil || b.Integrity().Err() != nil {
			continue
		}
		got, err := b.Queue(t.Context(), model.QueueFilter{AllState: true})
		if err != nil {
			continue
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			silent++
			t.Errorf("flip %d: another queue without an error", i)
		}
		if d, err := b.Change(t.Context(), "FP-C-000003"); err == nil && !reflect.DeepEqual(d, detail) {
			t.Errorf("flip %d: another change without an error", i)
		}
	}
}

// TestForgedDecisionsAreReported alters what was decided behind the program's back: Check
// must report it.
func TestForgedDecisionsAreReported(t *testing.T) {
	for name, forge := range map[string]func(tx *kv.Tx) error{
		"event dropped": func(tx *kv.Tx) error { return tx.Bucket(kv.BucketEvent).Delete(kv.PairKey(1, 1)) },
		"event resealed": func(tx *kv.Tx) error {
			return kv.PutRow(tx, kv.BucketEvent, kv.PairKey(1, 1),
				model.Event{Change: "FP-C-000001", Revision: 1, Action: model.ActionDismiss, Reason: "forged"})
		},
		"journal cut": func(tx *kv.Tx) error {
			k, _ := tx.Bucket(kv.BucketJournal).Cursor().Last()
			return tx.Bucket(kv.BucketJournal).Delete(k)
		},
		"record altered": func(tx *kv.Tx) error {
			return kv.PutSealed(tx, kv.BucketRecord, kv.PairKey(1, 1),
				[]byte(`{"id":"FP-R-000001","revision":1,"change":"FP-C-000001","summary":"forged"}`))
		},
		"version resealed": func(tx *kv.Tx) error {
			v, err := rows.GetVersion(tx, 1, 2)
			if err != nil {
				return err
			}
			v.CapturedAt++
			return kv.PutRow(tx, kv.BucketVersion, kv.PairKey(1, 2), v)
		},
	} {
		s, err := store.Create(filepath.Join(t.TempDir(), "t.db"), store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Terms", storetest.Page(0), 0),
			storetest.Capture("Terms", storetest.Page(1), 1)}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Decide(t.Context(), storetest.Approval("FP-C-000001")); err != nil {
			t.Fatal(err)
		}
		storetest.RequireConsistent(t, s)
		if err := storetest.DB(t, s).Update(t.Context(), forge); err != nil {
			t.Fatal(err)
		}
		if report, err := s.Check(t.Context(), nil); err != nil || len(report.Problems) == 0 {
			t.Errorf("%s: not noticed (%v)", name, err)
		}
	}
}

func TestBusyNamesTheHolder(t *testing.T) {
	s := storetest.New(t, 2)
	db, err := bolt.Open(s.Path(), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	note := fmt.Sprintf(`{"pid":%d,"command":"fineprint import"}`, os.Getpid())
	if err := os.WriteFile(s.Path()+".holder", []byte(note), 0o600); err != nil {
		t.Fatal(err)
	}
	quick, quickErr := store.Open(s.Path(), store.Options{LockWait: 50 * time.Millisecond})
	_ = quick
	if !errors.Is(quickErr, model.ErrBusy) || !strings.Contains(quickErr.Error(), strconv.Itoa(os.Getpid())) {
		t.Errorf("got %v", quickErr)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(s.Path() + ".holder")
}

// TestKilledWhileDecidingLosesNothing kills a process that decides in a loop and looks
// whether every decision it reported as taken is there. FINEPRINT_KILLS sets how
// often; 12 by default.
func TestKilledWhileDecidingLosesNothing(t *testing.T) {
	if path := os.Getenv("FINEPRINT_TEST_DECIDE"); path != "" {
		fmt.Println("ready")
		decideForever(path)
		return
	}
	kills := storetest.Kills()
	s := storetest.New(t, 8)
	rng := rand.New(rand.NewSource(3))
	told := 0
	for i := range kills {
		acknowledged, n := storetest.Kill(t, rng, "TestKilledWhileDecidingLosesNothing", "FINEPRINT_TEST_DECIDE="+s.Path())
		told += n
		for id, revision := range acknowledged {
			d, err := s.Change(t.Context(), id)
			if err != nil || d.Review.Revision < revision {
				t.Fatalf("kill %d: %s was told revision %d, the store has %d (%v)", i, id, revision,
					d.Review.Revision, err)
			}
		}
		if i%10 == 9 || i == kills-1 {
			storetest.RequireConsistent(t, s)
		}
	}
	t.Logf("%d kills, %d decisions acknowledged, none lost", kills, told)
	if told == 0 {
		t.Error("no decision was acknowledged: nothing was tested")
	}
}

// decideForever approves and undoes until it is killed; each line it prints is
// a decision that was reported as on disk.
func decideForever(path string) {
	s, err := store.Open(path, store.Options{})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	for i := 0; ; i++ {
		id := model.NewID("FP", model.ChangeID, uint64(i%7+1))
		r, err := s.Decide(context.Background(), storetest.Approval(id))
		if errors.Is(err, model.ErrNotAllowed) {
			r, err = s.Decide(context.Background(),
				model.Decision{Change: id, Base: model.AnyRevision, Action: model.ActionUndo})
		}
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Printf("took %s %d\n", id, r.Revision)
	}
}

// TestChainsStayShortWhenTextsReturn: a text that comes back is stored once, and
// what follows it must not build on a chain that is at its limit already.
func TestChainsStayShortWhenTextsReturn(t *testing.T) {
	s := storetest.New(t, 1)
	var all []string
	for i := range 300 {
		text := strings.Repeat("The same long paragraph stands in every version of it.\n\n", 40) + storetest.Page(i)
		if i%3 == 2 {
			text = all[max(0, len(all)-2)] // back to the version before the last
		}
		all = append(all, text)
		if _, err := s.Record(t.Context(), []model.Capture{storetest.Capture("Returns", text, i)}); err != nil {
			t.Fatal(err)
		}
	}
	versions, err := s.Versions(t.Context(), "FP-D-00002")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range versions {
		if _, err := s.Text(t.Context(), v.Document, v.Seq); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOpenOrCreateOpensWhatIsThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.db")
	if _, err := store.Open(path, store.Options{}); !errors.Is(err, model.ErrNoStore) {
		t.Errorf("nothing there: %v", err)
	}
	made, err := store.OpenOrCreate(path, store.Options{Actor: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	before, err := made.ChangeCounter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := made.Record(t.Context(), []model.Capture{storetest.Capture("Terms", storetest.Page(1), 1)}); err != nil {
		t.Fatal(err)
	}
	opened, err := store.OpenOrCreate(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if after, err := opened.ChangeCounter(t.Context()); err != nil || after == before {
		t.Errorf("the change counter is %d, %v", after, err)
	}
	if _, err := opened.Document(t.Context(), "FP-D-00001"); err != nil {
		t.Error(err)
	}
	if _, err := store.Create(path, store.Options{}); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("made twice: %v", err)
	}
	if err := opened.CompactIfWasteful(t.Context()); err != nil {
		t.Error(err)
	}
	if small, large, err := opened.Compact(t.Context()); err != nil || small < large || large == 0 {
		t.Errorf("compacted from %d to %d bytes, %v", small, large, err)
	}
	storetest.RequireConsistent(t, opened)
}

func ExampleStore() {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	s, err := store.Create(filepath.Join(dir, "fineprint.db"), store.Options{Actor: "ada"})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	for i := range 2 {
		outcomes, err := s.Record(ctx, []model.Capture{storetest.Capture("Terms", storetest.Page(i), i)})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(outcomes[0].Kind, "version", outcomes[0].Seq)
	}
	// Output:
	// first version 1
	// changed version 2
}
