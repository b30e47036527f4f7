package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"fineprint/cmd/dev/browsertest"
	"fineprint/store"
	"fineprint/store/model"
)

// longParagraph is so much text that a browser waits for no more.
const longParagraph = "We keep what you send us for as long as your account is open, and for a year after that, unless the law " +
	"of the country that you live in asks us to keep it for longer or to delete it before."

// newScriptedSite serves pages whose text scripts make. Its edition changes one
// number in it.
func newScriptedSite(edition *atomic.Int64) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/terms", "/declared", "/plain":
			_, _ = fmt.Fprint(w,
				`<html><head><title>Acme</title></head><body><main id="app"></main><script src="/app.js"></script></body></html>`)
		case "/app.js":
			w.Header().Set("Content-Type", "text/javascript")
			_, _ = fmt.Fprint(w, `fetch("/terms.json").then(r => r.json()).then(t => {
				document.getElementById("app").innerHTML =
					"<h1>Terms of Service</h1>" + t.map(p => "<p>" + p + "</p>").join("") })`)
		case "/terms.json":
			w.Header().Set("Content-Type", "application/json")
			_, _ = fmt.Fprintf(w,
				`["You agree to these terms when you use the service.", `+
					`"We may end your account %d days after we have told you.", "`+longParagraph+`"]`, 30-edition.Load())
		default:
			http.NotFound(w, r)
		}
	}))
}

// TestFetchRendersPagesOfScripts: a document that scripts make is tracked with --browser, or
// by a declaration with executeClientScripts; its text is what they made, and
// what changes in it is queued. Without the flag there is nothing to read.
func TestFetchRendersPagesOfScripts(t *testing.T) {
	browsertest.Need(t)
	t.Parallel()
	var edition atomic.Int64
	site := newScriptedSite(&edition)
	defer site.Close()
	dir := t.TempDir()
	db, declaration := filepath.Join(dir, "t.db"), filepath.Join(dir, "Declared.json")
	if err := os.WriteFile(declaration, fmt.Appendf(nil,
		`{"name":"Declared","terms":{"Terms of Service":`+
			`{"fetch":"%s/declared","select":"main","executeClientScripts":true}}}`, site.URL), 0o600); err != nil {
		t.Fatal(err)
	}
	fineprint := func(want int, args ...string) string {
		t.Helper()
		var out, told bytes.Buffer
		status := run(append([]string{"--db", db, "--actor", "ada"}, args...), strings.NewReader(""), &out, &told)
		if status != want {
			t.Fatalf("fineprint %s: status %d: %s%s", strings.Join(args, " "), status, told.String(), out.String())
		}
		return out.String()
	}
	fineprint(exitFine, "track", "add", site.URL+"/terms", "--platform", "Acme", "--type", "Terms of Service",
		"--browser", "--select", "main")
	fineprint(exitFine, "track", "add", declaration)
	fineprint(exitFine, "track", "add", site.URL+"/plain", "--platform", "Plain", "--type", "Terms of Service",
		"--select", "main")
	out := fineprint(exitFindings, "fetch", toLoopback)
	if !strings.Contains(out, "2 first") || !strings.Contains(out, "Plain / Terms of Service: ") {
		t.Errorf("the first fetch:\n%s", out)
	}
	s, err := store.Open(db, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const want = "# Terms of Service\n\nYou agree to these terms when you use the service.\n\nWe may end your account " +
		"30 days after we have told you.\n\n" + longParagraph + "\n"
	for _, id := range []model.ID{"FP-D-00001", "FP-D-00002"} {
		text, err := s.Text(t.Context(), id, 1)
		if err != nil || text != want {
			t.Errorf("%s reads %q, %v", id, text, err)
		}
		v, err := s.Versions(t.Context(), id)
		if err != nil || len(v) != 1 || v[0].Origin.Exchange == nil || !v[0].Origin.Exchange.Rendered {
			t.Errorf("%s: that it was rendered is not kept: %+v, %v", id, v, err)
			continue
		}
		remark := v[0].Origin.Exchange.Remark
		if (os.Geteuid() == 0) != strings.Contains(remark, "without the browser's sandbox") {
			t.Errorf("%s: the remark %q is kept, as user %d", id, remark, os.Geteuid())
		}
	}
	out = fineprint(exitFine, "fetch", "Acme/*", "Declared/*", "--all", toLoopback)
	if !strings.Contains(out, "2 unchanged") {
		t.Errorf("fetched again:\n%s", out)
	}
	edition.Add(16)
	out = fineprint(exitFine, "fetch", "Acme/*", "Declared/*", "--all", toLoopback)
	if !strings.Contains(out, "2 changed") {
		t.Errorf("after a change:\n%s", out)
	}
	queue, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil || queue.Total != 2 || !queue.Changes[0].Material {
		t.Fatalf("the queue: %+v, %v", queue, err)
	}
	out = fineprint(exitFine, "show", string(queue.Changes[0].ID), "--plain")
	if !strings.Contains(out, "30") || !strings.Contains(out, "14") {
		t.Errorf("the redline:\n%s", out)
	}
	if report, err := s.Check(t.Context(), nil); err != nil || len(report.Problems) > 0 {
		t.Errorf("the store is not whole: %v %v", report.Problems, err)
	}
}
