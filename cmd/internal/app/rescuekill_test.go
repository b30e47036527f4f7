package app

import (
	"context"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

// TestKilledWhileRescuingLosesNothing kills a process that decides and, between two
// decisions, backs up, restores, salvages and compacts. The database is whole and has every
// decision that was acknowledged; no file is another name of it; a backup or a salvaged
// database that is there is whole; and everything works again at once.
func TestKilledWhileRescuingLosesNothing(t *testing.T) {
	if setting := os.Getenv("FINEPRINT_TEST_RESCUE"); setting != "" {
		first, path, _ := strings.Cut(setting, " ")
		fmt.Println("ready")
		fmt.Println(rescueForever(&App{Path: path, Actor: "ada"}, int(first[0]-'0')))
		return
	}
	s := storetest.New(t, 3)
	a := &App{Path: s.Path(), Actor: "ada"}
	rng := rand.New(rand.NewSource(19))
	told := 0
	for i := 0; i < storetest.Kills() || told == 0 && i < 100; i++ {
		acknowledged, n := storetest.Kill(t, rng, "TestKilledWhileRescuingLosesNothing",
			fmt.Sprintf("FINEPRINT_TEST_RESCUE=%d %s", rng.Intn(len(rescuing)), s.Path()))
		told += n
		holds(t, a.Path, acknowledged)
		for _, other := range []string{"copy.db", "new.db"} {
			if path := filepath.Join(filepath.Dir(a.Path), other); isThere(path) {
				holds(t, path, nil)
			}
		}
		noSecondName(t, a.Path)
		for _, do := range rescuing {
			if err := do(t.Context(), a); err != nil {
				t.Fatalf("after kill %d: %v", i, err)
			}
		}
		holds(t, a.Path, acknowledged)
	}
	t.Logf("%d decisions acknowledged", told)
}

// rescuing are what is done between two decisions; after a restore the database is as it
// was, for the backup was made just before.
var rescuing = []func(ctx context.Context, a *App) error{
	func(ctx context.Context, a *App) error {
		_, err := a.Backup(ctx, beside(a, "copy.db"), true)
		return err
	},
	func(ctx context.Context, a *App) error {
		if _, err := a.Backup(ctx, beside(a, "copy.db"), true); err != nil {
			return err
		}
		done, err := a.Restore(ctx, beside(a, "copy.db"), false)
		if err == nil {
			err = os.Remove(done.Kept)
		}
		return err
	},
	func(ctx context.Context, a *App) error {
		for _, ending := range []string{"", ".id", ".head", ".pages"} { // as somebody does who begins anew
			_ = os.Remove(beside(a, "new.db") + ending)
		}
		_, err := a.Salvage(ctx, SalvageRequest{From: a.Path, To: beside(a, "new.db")})
		return err
	},
	func(ctx context.Context, a *App) error {
		_, _, err := a.Compact(ctx)
		return err
	},
}

func beside(a *App, name string) string { return filepath.Join(filepath.Dir(a.Path), name) }

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func rescueForever(a *App, first int) error {
	for n := first; ; n++ {
		s, err := store.Open(a.Path, store.Options{Actor: "ada"})
		if err != nil {
			return err
		}
		r, err := s.Decide(context.Background(), model.Decision{Change: "FP-C-000001", Base: model.AnyRevision, Actor: "ada",
			Action: model.ActionSet, Note: storetest.Ptr(fmt.Sprint("note ", n))})
		if err != nil {
			return err
		}
		fmt.Printf("took %s %d\n", r.Change, r.Revision)
		if err := rescuing[n%len(rescuing)](context.Background(), a); err != nil {
			return err
		}
	}
}

// holds checks a database and looks for what was acknowledged in it.
func holds(t *testing.T, path string, acknowledged map[model.ID]int) {
	t.Helper()
	s, err := store.Open(path, store.Options{Actor: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	report, err := s.Check(t.Context(), nil)
	if err != nil || len(report.Problems) > 0 {
		t.Fatalf("%s: %v %v", path, report.Problems, err)
	}
	for id, revision := range acknowledged {
		d, err := s.Change(t.Context(), id)
		if err != nil || d.Review.Revision < revision {
			t.Fatalf("revision %d of %s was acknowledged, there is %d (%v)", revision, id, d.Review.Revision, err)
		}
	}
}

// noSecondName makes sure that no other file is the database under another name.
func noSecondName(t *testing.T, path string) {
	t.Helper()
	database, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		info, err := e.Info()
		if err == nil && e.Name() != filepath.Base(path) && os.SameFile(info, database) {
			t.Errorf("%s is the database under another name", e.Name())
		}
	}
}
