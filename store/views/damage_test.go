package views_test

import (
	"errors"
	"fmt"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

const golden = "../testdata/schema-2.db.gz"

// everyView reads all that the package lists of the golden database, each answer
// by its name; an error takes the answer's place.
func everyView(t *testing.T, s *store.Store) (answers map[string]string, errs map[string]error) {
	t.Helper()
	ctx := t.Context()
	answers, errs = map[string]string{}, map[string]error{}
	add := func(name string, v any, err error) {
		if err != nil {
			errs[name] = err
			return
		}
		answers[name] = asJSON(t, v)
	}
	queue, err := s.Queue(ctx, model.QueueFilter{AllState: true})
	add("queue", queue, err)
	stream, err := gathered(s.StreamQueue(ctx, model.QueueFilter{AllState: true}))
	add("stream", stream, err)
	pending, err := s.Queue(ctx, model.QueueFilter{Severity: model.High, Match: "Penwick/*", Limit: 1, Offset: 1})
	add("pending", pending, err)
	platforms, err := s.Platforms(ctx)
	add("platforms", platforms, err)
	stats, err := s.Stats(ctx)
	stats.DBBytes = 0
	add("stats", stats, err)
	activity, err := s.Activity(ctx, 0)
	add("activity", activity, err)
	lines, err := s.Journal(ctx, 1, 1000)
	add("journal", lines, err)
	for n := uint64(1); n <= 13; n++ {
		id := model.NewID("FP", model.ChangeID, n)
		precedents, err := s.Precedents(ctx, id, 3)
		add("precedents of "+string(id), len(precedents), err)
		for i := range 2 {
			history, err := s.ClauseHistory(ctx, id, i)
			add(fmt.Sprint("clause of ", id, i), fmt.Sprint(len(history.Steps), history.FirstSeen.Seq,
				history.LastSeen.SHA256), err)
		}
	}
	for n := uint64(1); n <= 6; n++ {
		id := model.NewID("FP", model.DocumentID, n)
		versions, err := s.Versions(ctx, id)
		add("versions of "+string(id), len(versions), err)
		text, err := s.Text(ctx, id, 1)
		add("text of "+string(id), text, err)
		d, err := s.Document(ctx, id)
		add("document "+string(id), d, err)
		if err == nil {
			named, err := s.DocumentNamed(ctx, d.Platform.Name, d.Type)
			add("named "+string(id), named.ID, err)
			last, err := s.LastCapture(ctx, d.Platform.Name, d.Type)
			add("last of "+string(id), last, err)
		}
		compared, err := s.CompareVersions(ctx, id, 1, 2)
		add("compared "+string(id), len(compared.Change.Clauses), err)
	}
	for n := uint64(1); n <= 8; n++ {
		id := model.NewID("FP", model.SnapshotID, n)
		snapshot, err := s.Snapshot(ctx, id)
		add("snapshot "+string(id), snapshot.SHA256, err)
		raw, err := s.RawOf(ctx, id)
		add("raw of "+string(id), string(raw), err)
	}
	return answers, errs
}

// TestDamagedValueGivesNoOtherAnswer: of a database with one flipped bit every
// view is the same as before, or an error; a list is never shorter or empty.
func TestDamagedValueGivesNoOtherAnswer(t *testing.T) {
	want, errs := everyView(t, storetest.Golden(t, golden))
	for name, err := range errs {
		if !errors.Is(err, model.ErrNotFound) {
			t.Fatalf("%s: %v", name, err)
		}
	}
	refused := 0
	storetest.EachDamage(t, golden, 3, func(s *store.Store, d storetest.Damage) {
		got, failed := everyView(t, s)
		for name, err := range failed {
			if errs[name] == nil && !errors.Is(err, model.ErrDamaged) && !errors.Is(err, model.ErrNotFound) {
				t.Errorf("%s: %s: %v", d, name, err)
			}
			refused++
		}
		if d.How != "flipped" || d.Bucket == "withdrawn" || d.Bucket == "journal" {
			return // the chain of the journal and what is unsealed are the check's
		}
		for name, answer := range got {
			if name == "stats" && (d.Bucket == "row" || d.Bucket == "version") {
				continue // figures check no seals of what they count
			}
			if answer != want[name] {
				t.Errorf("%s: %s is another without an error", d, name)
			}
		}
	})
	if refused < 100 {
		t.Errorf("only %d views were refused", refused)
	}
}

func TestUnknownObjectsAreNotFound(t *testing.T) {
	s := storetest.Golden(t, golden)
	ctx := t.Context()
	for name, call := range map[string]func() error{
		"document":   func() error { _, err := s.Document(ctx, "FP-D-00099"); return err },
		"versions":   func() error { _, err := s.Versions(ctx, "FP-D-00099"); return err },
		"text":       func() error { _, err := s.Text(ctx, "FP-D-00001", 99); return err },
		"snapshot":   func() error { _, err := s.Snapshot(ctx, "FP-S-000099"); return err },
		"raw":        func() error { _, err := s.RawOf(ctx, "FP-S-000099"); return err },
		"named":      func() error { _, err := s.DocumentNamed(ctx, "Nobody", "Terms"); return err },
		"clause":     func() error { _, err := s.ClauseHistory(ctx, "FP-C-000001", 99); return err },
		"precedents": func() error { _, err := s.Precedents(ctx, "FP-C-000099", 0); return err },
		"compared":   func() error { _, err := s.CompareVersions(ctx, "FP-D-00001", 1, 99); return err },
	} {
		if err := call(); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if at, err := s.LastCapture(ctx, "Nobody", "Terms"); err != nil || !at.IsZero() {
		t.Errorf("the last capture of nobody: %v, %v", at, err)
	}
}
