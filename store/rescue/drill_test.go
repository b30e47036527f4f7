package rescue_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rescue"
)

// TestRestoreDrill makes random databases, damages each at a random moment, puts the newest
// automatic backup in the place, and holds it against what the database was when the backup
// was made, value by value. FINEPRINT_RESTORE_DRILL says how many; FINEPRINT_SEED which.
func TestRestoreDrill(t *testing.T) {
	t.Parallel()
	drills, seed := 2, uint64(19)
	if n, err := strconv.Atoi(os.Getenv("FINEPRINT_RESTORE_DRILL")); err == nil {
		drills = n
	}
	if n, err := strconv.ParseUint(os.Getenv("FINEPRINT_SEED"), 10, 64); err == nil {
		seed = n
	}
	passed := 0
	for n := range drills {
		if drill(t, n, rand.New(rand.NewPCG(seed, uint64(n)))) {
			passed++
		}
	}
	t.Logf("restore drill: %d of %d, seed %d", passed, drills, seed)
}

// drilled is a database that is written to, with what it was before its newest backup.
type drilled struct {
	*store.Store
	c      *clock
	k      *rescue.Keeper
	path   string
	before []byte // the file before the newest backup was made
	list   int
}

// watch makes a backup as usual and remembers the file it was made of.
func (d *drilled) watch(make func()) {
	file, _ := os.ReadFile(d.path)
	make()
	list, _ := rescue.List(rescue.Folder(d.path))
	if len(list) > 0 && list[0].At.UnixMilli() != int64(d.list) {
		d.before, d.list = file, int(list[0].At.UnixMilli())
	}
}

func drill(t *testing.T, n int, r *rand.Rand) bool {
	t.Helper()
	c := newClock()
	d := &drilled{c: c, path: filepath.Join(t.TempDir(), "drill.db"),
		k: &rescue.Keeper{Warn: func(err error) { t.Errorf("drill %d: %v", n, err) }, Room: func(string) int64 { return -1 }}}
	o := store.Options{Clock: c.now, Actor: "ada", NoSync: true,
		BeforeWrite:     func(ctx context.Context, db *kv.DB) { d.watch(func() { d.k.BeforeWrite(ctx, db) }) },
		BeforeMigration: func(tx *kv.Tx) { d.watch(func() { d.k.BeforeMigration(tx) }) },
	}
	var err error
	if d.Store, err = store.Create(d.path, o); err != nil {
		t.Fatal(err)
	}
	if err := d.record(t.Context(), r, 0); err != nil {
		t.Fatal(err)
	}
	for day := range 2 + r.IntN(9) {
		for range 1 + r.IntN(5) {
			if err := d.act(t.Context(), r, day); err != nil {
				t.Fatalf("drill %d, day %d: %v", n, day, err)
			}
		}
		c.add(24 * time.Hour)
	}
	if d.before == nil {
		t.Errorf("drill %d: no automatic backup was made", n)
		return false
	}
	damageFile(t, r, d.path)
	list, err := rescue.List(rescue.Folder(d.path))
	if err != nil || len(list) == 0 {
		t.Fatal(list, err)
	}
	if _, err := rescue.Restore(t.Context(), d.path, list[0].Path, rescue.RestoreOptions{Clock: c.now, Actor: "ada"}); err != nil {
		t.Errorf("drill %d: %v", n, err)
		return false
	}
	was := filepath.Join(t.TempDir(), "was.db")
	if err := os.WriteFile(was, d.before, 0o600); err != nil {
		t.Fatal(err)
	}
	if at := differ(values(t, was), values(t, d.path)); at != "" {
		t.Errorf("drill %d: what was restored differs in %s", n, at)
		return false
	}
	report, err := d.Check(t.Context(), nil)
	if err != nil || len(report.Problems) > 0 {
		t.Errorf("drill %d: %v %v", n, report.Problems, err)
		return false
	}
	return true
}

// act does something at random with a database.
func (d *drilled) act(ctx context.Context, r *rand.Rand, day int) error {
	document := r.IntN(4)
	switch r.IntN(6) {
	case 0, 1, 2:
		return d.record(ctx, r, document)
	case 3, 4:
		page, err := d.Queue(ctx, model.QueueFilter{Limit: 5})
		if err != nil || len(page.Changes) == 0 {
			return err
		}
		decision := storetest.Approval(page.Changes[r.IntN(len(page.Changes))].ID)
		*decision.Summary = fmt.Sprintf("Decided on day %d.", day)
		if r.IntN(2) == 0 {
			decision = model.Decision{Change: decision.Change, Base: model.AnyRevision, Actor: "ada",
				Action: model.ActionDismiss, Reason: "not ours"}
		}
		_, err = d.Decide(ctx, decision)
		return err
	}
	d.watch(func() { d.BackupBefore(ctx, d.k, rescue.Detection) })
	_, err := d.DetectAgain(ctx, store.DetectAgainOptions{})
	return err
}

// record records a version of a document.
func (d *drilled) record(ctx context.Context, r *rand.Rand, document int) error {
	text := fmt.Sprintf("# Terms\n\nService %d keeps data for %d days.\n\n## Fees\n\nThe fee is %d dollars.\n", document,
		r.IntN(400), r.IntN(90))
	_, err := d.Record(ctx, []model.Capture{{Platform: fmt.Sprint("Mull ", document), Type: "Terms of Service", Text: text,
		CapturedAt: d.c.now(), Extractor: "test", Origin: model.Provenance{Method: model.MethodFile}}})
	return err
}

// damageFile damages a file at random: a little, much or wholly.
func damageFile(t *testing.T, r *rand.Rand, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	switch r.IntN(5) {
	case 0:
		b[r.IntN(len(b))] ^= 1 << r.IntN(8)
	case 1:
		at := r.IntN(len(b)/4096) * 4096
		for i := at; i < at+4096; i++ {
			b[i] = byte(r.Uint32())
		}
	case 2:
		b = b[:r.IntN(len(b))]
	case 3:
		clear(b[:8192])
	default:
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		return
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
