package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fineprint/store"
	"fineprint/store/model"
)

// newApp returns the use cases on a database that isn't there yet. Whether it is
// whole at the end is part of every test.
func newApp(t *testing.T) *App {
	t.Helper()
	a := &App{
		Path: filepath.Join(t.TempDir(), "t.db"), Tool: "fineprint/test", Actor: "ada", Clock: time.Now,
	}
	t.Cleanup(func() {
		s, err := a.Open()
		if errors.Is(err, model.ErrNoStore) {
			return
		}
		if err != nil {
			t.Error(err)
			return
		}
		if report, err := s.Check(context.Background(), nil); err != nil || len(report.Problems) > 0 {
			t.Errorf("the store is not whole: %v %v", report.Problems, err)
		}
	})
	return a
}

// site serves a privacy policy at every address; its edition changes its
// words.
type site struct {
	*httptest.Server
	edition atomic.Int64
	hits    atomic.Int64
}

func newSite(t *testing.T) *site {
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.hits.Add(1)
		if r.URL.Path == "/robots.txt" || strings.HasPrefix(r.URL.Path, "/gone") {
			http.NotFound(w, r)
			return
		}
		_, _ = fmt.Fprintf(w, "<html><title>Cookie Policy of Acme</title><main><h1>Terms</h1>"+
			"<p>We keep your data for %d days.</p>%s</main></html>", 30+s.edition.Load(),
			strings.Repeat("<p>You agree to these terms when you use the service, as far as the law allows.</p>", 12))
	}))
	t.Cleanup(s.Close)
	return s
}

var loopback = []string{"127.0.0.1"}

func TestOpenOfAMissingDatabaseIsRefused(t *testing.T) {
	a := newApp(t)
	if _, err := a.Open(); !errors.Is(err, model.ErrNoStore) {
		t.Errorf("%v", err)
	}
	if _, err := a.Tracking(t.Context()); !errors.Is(err, model.ErrNoStore) {
		t.Errorf("%v", err)
	}
}

func TestOpenOrCreateMakesTheDefaultFolder(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", filepath.Join(t.TempDir(), "data"))
	a := newApp(t)
	a.Path = DefaultPath()
	s, err := a.OpenOrCreate()
	if err != nil {
		t.Fatal(err)
	}
	if s.Path() != a.Path || filepath.Base(filepath.Dir(a.Path)) != "fineprint" {
		t.Errorf("%s is not %s", s.Path(), a.Path)
	}
	a.Store = s
	if again, err := a.OpenOrCreate(); again != s || err != nil {
		t.Errorf("the desk's database is not the one used: %v", err)
	}
}

func TestDefaultPathIsUnderTheHomeFolder(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_DATA_HOME", "relative/paths/are/ignored")
	if path := DefaultPath(); !strings.HasPrefix(path, home) || filepath.Base(path) != "fineprint.db" {
		t.Errorf("%s is not in %s", path, home)
	}
	t.Setenv("HOME", "")
	if path := DefaultPath(); path != "fineprint.db" {
		t.Errorf("without a home folder: %s", path)
	}
}

func TestPartialErrorCountsOnlyWhatWasKept(t *testing.T) {
	failed := errors.New("no room")
	if err := partial(failed, 0, "capture"); err != failed {
		t.Errorf("nothing kept: %#v", err)
	}
	if err := partial(nil, 3, "capture"); err != nil {
		t.Errorf("nothing failed: %v", err)
	}
	var some *PartialError
	err := partial(failed, 3, "capture")
	if !errors.As(err, &some) || some.Kept != 3 || !errors.Is(err, failed) || err.Error() != "no room" {
		t.Errorf("%#v", err)
	}
}

func TestDemoLeavesNothingBehind(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	a := newApp(t)
	done, total := 0, 0
	d, err := a.NewDemo(t.Context(), func(n, of int) { done, total = n, of })
	if err != nil {
		t.Fatal(err)
	}
	page, err := d.Store.Queue(t.Context(), model.QueueFilter{})
	if err != nil || page.Total == 0 || done == 0 || done != total {
		t.Errorf("%d changes, %d of %d fetched, %v", page.Total, done, total, err)
	}
	d.Close()
	if left, _ := os.ReadDir(tmp); len(left) != 0 {
		t.Errorf("the demo leaves %v", left)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := a.NewDemo(ctx, func(int, int) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if left, _ := os.ReadDir(tmp); len(left) != 0 {
		t.Errorf("the cancelled demo leaves %v", left)
	}
	t.Setenv("TMPDIR", filepath.Join(tmp, "missing"))
	if _, err := a.NewDemo(t.Context(), nil); !errors.Is(err, model.ErrUnwritable) {
		t.Errorf("without a temporary folder: %v", err)
	}
}

// create makes an empty database.
func create(t *testing.T, a *App) *store.Store {
	t.Helper()
	s, err := a.OpenOrCreate()
	if err != nil {
		t.Fatal(err)
	}
	return s
}
