package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"fineprint/cmd/dev/desktest"
	"fineprint/store"
)

// readsPDFs skips a test under the race detector: a PDF is read by one goroutine, and with
// the detector looking on it may take longer than any document may.
func readsPDFs(t *testing.T) {
	t.Helper()
	if desktest.RaceDetector {
		t.Skip("reads PDFs, which takes minutes under the race detector")
	}
}

// TestTrackedPDFRefusesAPage: an address that ends in .pdf is read as a PDF whatever its
// server reports, and a page that comes in its place is no change of the document.
func TestTrackedPDFRefusesAPage(t *testing.T) {
	t.Parallel()
	readsPDFs(t)
	body, err := os.ReadFile(filepath.Join("testdata", "declared", "privacy.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	var gone atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		if gone.Load() || strings.HasSuffix(r.URL.Path, "/view.pdf") {
			_, _ = w.Write([]byte("<main><h1>Documents</h1><p>Find our documents in the new help centre, or ask us " +
				"for the one you need.</p></main>"))
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
		{[]string{"track", "add", server.URL + "/privacy.PDF?v=2", "--platform", "Acme", "--type", "Privacy Policy"},
			false, "tracked", exitFine},
		{[]string{"fetch", "Acme/*", "--all", "--allow-host", "127.0.0.1"}, false, "first", exitFine},
		{[]string{"fetch", "Acme/*", "--all", "--allow-host", "127.0.0.1"}, true, "it is not a PDF", exitFindings},
		{[]string{"track", "add", server.URL + "/view.pdf", "--platform", "Viewer", "--type", "Imprint"}, false,
			"tracked", exitFine},
		{[]string{"fetch", "Viewer/*", "--all", "--allow-host", "127.0.0.1"}, false, "it is not a PDF", exitFindings},
		{[]string{"track", "add", server.URL + "/view.pdf", "--select", "main"}, false, "tracking updated", exitFine},
		{[]string{"fetch", "Viewer/*", "--all", "--allow-host", "127.0.0.1"}, false, "1 ", exitFine},
		{[]string{"track", "add", server.URL + "/view.pdf"}, false, "already tracked", exitFine},
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
	if err != nil || !strings.HasPrefix(text, "# Privacy Policy") {
		t.Errorf("%q, %v", text, err)
	}
}
