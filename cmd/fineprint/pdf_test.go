package main

import (
	"bytes"
	"context"
	"errors"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"

	"fineprint/fetch"
	"fineprint/store"
	"fineprint/store/model"
)

// TestTrackedPDF: an address that ends in .pdf is read as a PDF whatever its
// server says, and a page that comes in its place is no change of the document.
func TestTrackedPDF(t *testing.T) {
	body, err := os.ReadFile(filepath.Join("testdata", "declared", "privacy.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	var gone atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		if gone.Load() || strings.HasSuffix(r.URL.Path, "/view.pdf") {
			_, _ = w.Write([]byte("<main><h1>Documents</h1><p>Find our documents in the new help centre, or ask us for the one you need.</p></main>"))
			return
		}
		_, _ = w.Write(body)
	}))
	defer server.Close()
	db := filepath.Join(t.TempDir(), "t.db")
	fineprint := func(args ...string) (string, int) {
		var out, told bytes.Buffer
		status := run(append([]string{"--db", db, "--actor", "ada"}, args...), strings.NewReader(""), &out, &told)
		return out.String() + told.String(), status
	}
	for _, c := range []struct {
		args   []string
		gone   bool
		says   string
		status int
	}{
		{[]string{"track", "add", server.URL + "/privacy.PDF?v=2", "--platform", "Acme", "--type", "Privacy Policy"}, false, "tracked", statusFine},
		{[]string{"fetch", "Acme/*", "--all", "--allow-host", "127.0.0.1"}, false, "first", statusFine},
		{[]string{"fetch", "Acme/*", "--all", "--allow-host", "127.0.0.1"}, true, "it is not a PDF", statusLook},
		{[]string{"track", "add", server.URL + "/view.pdf", "--platform", "Viewer", "--type", "Imprint"}, false, "tracked", statusFine},
		{[]string{"fetch", "Viewer/*", "--all", "--allow-host", "127.0.0.1"}, false, "it is not a PDF", statusLook},
		{[]string{"track", "add", server.URL + "/view.pdf", "--select", "main"}, false, "tracked otherwise", statusFine},
		{[]string{"fetch", "Viewer/*", "--all", "--allow-host", "127.0.0.1"}, false, "1 ", statusFine},
		{[]string{"track", "add", server.URL + "/view.pdf"}, false, "nothing changed", statusFine},
	} {
		gone.Store(c.gone)
		if told, status := fineprint(c.args...); status != c.status || !strings.Contains(told, c.says) {
			t.Errorf("fineprint %s: status %d\n%s", strings.Join(c.args, " "), status, told)
		}
	}
	s, err := store.Open(db, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	stats, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if stats.Changes.Pending != 0 {
		t.Errorf("%d changes", stats.Changes.Pending)
	}
	text, err := s.Text(t.Context(), "FP-D-00001", 1)
	if err != nil || !strings.HasPrefix(text, "## Privacy Policy") {
		t.Errorf("%q, %v", text, err)
	}
}

// answering is a getter with one answer.
type answering struct {
	answer fetch.Response
	err    error
}

func (a answering) Fetch(context.Context, fetch.Request) (fetch.Response, error) {
	return a.answer, a.err
}

// TestRoomForPDFs: a PDF that nothing told of has the memory of one.
func TestRoomForPDFs(t *testing.T) {
	t.Setenv("GOMEMLIMIT", "")
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1))
	page := func(address string) []model.Tracked {
		return []model.Tracked{{Source: model.Source{URL: address}}}
	}
	const all = fetchMemory + pdfMemory
	pdf := []byte("%PDF-1.7\n")
	for _, c := range []struct {
		name          string
		address       string
		answer        fetch.Response
		err           error
		before, after int64
	}{
		{"a page", "https://acme.example/terms", fetch.Response{MediaType: "text/html; charset=utf-8"}, nil, fetchMemory, fetchMemory},
		{"said", "https://acme.example/terms", fetch.Response{MediaType: "application/pdf"}, nil, fetchMemory, all},
		{"seen", "https://acme.example/terms", fetch.Response{MediaType: "application/octet-stream", Body: pdf}, nil, fetchMemory, all},
		{"failed", "https://acme.example/terms", fetch.Response{MediaType: "application/pdf"}, errors.New("cut off"), fetchMemory, fetchMemory},
		{"told before", "https://acme.example/terms.pdf?v=1", fetch.Response{MediaType: "application/pdf"}, nil, all, all},
	} {
		debug.SetMemoryLimit(math.MaxInt64)
		undo := limitMemory(page(c.address))
		if got := debug.SetMemoryLimit(-1); got != c.before {
			t.Errorf("%s: %d before, want %d", c.name, got, c.before)
		}
		answer, err := roomForPDFs{answering{c.answer, c.err}}.Fetch(t.Context(), fetch.Request{})
		if answer.MediaType != c.answer.MediaType || !errors.Is(err, c.err) {
			t.Errorf("%s: %v, %v", c.name, answer, err)
		}
		if got := debug.SetMemoryLimit(-1); got != c.after {
			t.Errorf("%s: %d after, want %d", c.name, got, c.after)
		}
		undo()
		if got := debug.SetMemoryLimit(-1); got != math.MaxInt64 {
			t.Errorf("%s: %d in the end", c.name, got)
		}
	}
	debug.SetMemoryLimit(math.MaxInt64)
	if _, err := (roomForPDFs{answering{fetch.Response{MediaType: "application/pdf"}, nil}}).Fetch(t.Context(), fetch.Request{}); err != nil || debug.SetMemoryLimit(-1) != math.MaxInt64 {
		t.Error("where memory is not limited it is now")
	}
}
