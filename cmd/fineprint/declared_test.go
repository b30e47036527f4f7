package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
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

// declaredSite serves what testdata/declared declares. TOKEN in a page is
// another word at each request, DAYS what changes with the edition.
type declaredSite struct{ hits, edition atomic.Int64 }

var declaredPages = map[string]string{
	"/combine/terms.html": `<nav>Menu</nav><main><h1>Terms of Service</h1><p>You pay what the price list says.` +
		`</p></main><footer>Seen TOKEN</footer>`,
	"/combine/prices.html": `<main>Not this</main><div class="prices"><h2>Price list</h2><p>An account costs 5` +
		` euros for DAYS days.</p><p class="offer">Only today: TOKEN</p></div>`,
	"/combine/privacy.html": `<p>Menu TOKEN</p><h1>Privacy Policy</h1><p>We keep your data as long as the annex` +
		` says.</p><footer>Seen TOKEN</footer>`,
	"/combine/rules/1": `<article><h1>Be kind</h1><p>Do not insult others.</p><p class="share">Share TOKEN` +
		`</p></article>`,
	"/combine/rules/2": `<article><h1>Be honest</h1><p>Do not pretend to be somebody else.</p></article>`,
	"/combine/rules/3": `<article><h1>Be brief</h1><p>Do not post the same more than once in DAYS days.</p>` +
		`</article>`,
	"/query/terms.html": `<main><h1>Terms</h1><p>Read our <a` +
		` href="/rules?a=1&amp;sid=TOKEN&amp;b=%7E2#top">rules</a> of DAYS days.</p></main>`,
	"/query/privacy.html": `<main><h1>Privacy</h1><p>See <a href="cookies.html?session+id=TOKEN">cookies</a>, <a` +
		` href="https://other.example/?utm_source=TOKEN&amp;utm_medium=web">a friend</a> and <img alt="a map"` +
		` src="/map.png?session%20id=TOKEN&amp;zoom=2"> for DAYS days.</p></main>`,
	"/query/imprint.html": `<main><p>Query Ltd, see <a href="?t=TOKEN">this page</a>.</p></main>`,
	"/query/contact.html": `<main><p>Call <a href="/call?t=TOKEN&amp;T=1">us</a> within DAYS days.</p></main>`,
}

func (d *declaredSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	hit, path := d.hits.Add(1), r.URL.Path
	files := map[string][2]string{ // each with the type that the server reports
		"/combine/annex.pdf": {"annex.pdf", "application/pdf"}, "/pdf/terms.pdf": {"terms.pdf", "application/pdf"},
		"/pdf/privacy": {"privacy.pdf", "application/pdf"}, "/pdf/imprint.PDF": {"imprint.pdf",
			"application/octet-stream"},
	}
	if f, ok := files[path]; ok {
		b, err := os.ReadFile(filepath.Join("testdata", "declared", f[0]))
		if err != nil {
			panic(err)
		}
		b = bytes.Replace(b, []byte("for 30 days"), fmt.Appendf(nil, "for %d days", 30+d.edition.Load()), 1)
		w.Header().Set("Content-Type", f[1])
		w.Header().Set("ETag", fmt.Sprintf(`"%x"`, sha256.Sum256(b)))
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b))
		return
	}
	page, ok := declaredPages[path]
	if !ok || path == "/query/privacy.html" && r.URL.RawQuery != "lang=en" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = fmt.Fprintf(w, "<html><body>%s</body></html>", strings.NewReplacer("TOKEN", fmt.Sprint("x", hit), "DAYS",
		fmt.Sprint(30+d.edition.Load())).Replace(page))
}

// declaredTexts is what each declared document reads; SITE and DAYS are replaced by
// what they are.
var declaredTexts = map[string]string{
	"Combine / Terms of Service": "# Terms of Service\n\nYou pay what the price list says.\n\n## Price list\n\nAn " +
		"account costs 5 euros for DAYS days.\n",
	"Combine / Privacy Policy": "We keep your data as long as the annex says.\n\n# Annex\n\nWe keep server logs " +
		"for 14 days.\n",
	"Combine / Community Guidelines": "# Be kind\n\nDo not insult others.\n\n# Be honest\n\nDo not pretend to be " +
		"somebody else.\n\n# Be brief\n\nDo not post the same more than once in DAYS days.\n",
	"Query / Terms of Service": "# Terms\n\nRead our [rules](SITE/rules?a=1&b=~2#top) of DAYS days.\n",
	"Query / Privacy Policy": "# Privacy\n\nSee [cookies](SITE/query/cookies.html), [a " +
		"friend](https://other.example/?utm_medium=web) and ![a map](SITE/map.png?zoom=2) for DAYS days.\n",
	"Query / Imprint": "Query Ltd, see [this page](SITE/query/imprint.html).\n\nCall [us](SITE/call?T=1) " +
		"within DAYS days.\n",
	"Pdf / Terms of Service": "# Terms of Service\n\nYou must be at least 16 years old to open an account, or older " +
		"than the law of your country says you have to be.\n\n1. We may end your account.\n\n2. You may end it, too, " +
		"and we keep your data for DAYS days.\n",
	"Pdf / Privacy Policy": "# Privacy Policy\n\nWe share your data with nobody, except as the law requires.\n\n## " +
		"Your rights\n\nYou may ask us to delete what we hold about you.\n",
	"Pdf / Imprint": "Pdf Ltd, 1 Paper Street, answers for what is published here.\n",
}

// TestDeclaredDocumentsAreFetchedAsDeclared takes documents that are combined of pages, have query
// parameters that change, or are PDFs from their declarations through the
// command line and a fetch to the stored text; and what changes by itself is no
// change, while what does change is one.
func TestDeclaredDocumentsAreFetchedAsDeclared(t *testing.T) {
	t.Parallel()
	readsPDFs(t)
	site := &declaredSite{}
	server := httptest.NewServer(site)
	defer server.Close()
	dir := t.TempDir()
	db := filepath.Join(dir, "t.db")
	fineprint := func(args ...string) ([]byte, int) {
		t.Helper()
		var out, told bytes.Buffer
		status := run(append([]string{"--db", db, "--actor", "ada"}, args...), strings.NewReader(""), &out, &told)
		if status != exitFine {
			t.Errorf("fineprint %s: %s%s", strings.Join(args, " "), told.String(), out.String())
		}
		return out.Bytes(), status
	}
	for _, name := range []string{"combine", "query", "pdf"} {
		b, err := os.ReadFile(filepath.Join("testdata", "declared", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".json"), bytes.ReplaceAll(b, []byte("{SITE}"),
			[]byte(server.URL)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out, _ := fineprint("track", "add", dir); !bytes.Contains(out, []byte("9 documents, 0 with warnings")) {
		t.Fatalf("%s", out)
	}
	fetch := func() map[model.FetchKind]int {
		t.Helper()
		out, _ := fineprint("fetch", "--all", "--json", toLoopback)
		return outcomes(t, out)
	}
	if counts := fetch(); counts[model.FetchFirst] != 9 {
		t.Fatalf("the first fetch: %v", counts)
	}
	checkDeclared(t, db, server.URL, 1, "30")
	if counts := fetch(); counts[model.FetchUnchanged] != 6 || counts[model.FetchNotModified] != 3 {
		t.Errorf("only what changes by itself has changed: %v", counts)
	}
	site.edition.Add(1)
	if counts := fetch(); counts[model.FetchChanged] != 6 || counts[model.FetchUnchanged] != 1 ||
		counts[model.FetchNotModified] != 2 {
		t.Errorf("a number has changed in six of them: %v", counts)
	}
	checkDeclared(t, db, server.URL, 2, "31")
	var queue model.QueuePage
	if out, _ := fineprint("queue", "--json"); json.Unmarshal(out, &queue) != nil || queue.Total != 6 {
		t.Errorf("%d changes are queued: %s", queue.Total, out)
	}
}

// checkDeclared compares a version of each document with what it should read.
func checkDeclared(t *testing.T, db, site string, seq int, days string) {
	t.Helper()
	s, err := store.Open(db, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := s.Tracking(t.Context())
	if err != nil || len(rows) != len(declaredTexts) {
		t.Fatalf("%d documents are tracked, %v", len(rows), err)
	}
	for _, row := range rows {
		if seq > 1 && !strings.Contains(declaredTexts[row.Name()], "DAYS") {
			continue // it never changes
		}
		got, err := s.Text(t.Context(), row.Document, seq)
		want := strings.NewReplacer("SITE", site, "DAYS", days).Replace(declaredTexts[row.Name()])
		if err != nil || got != want {
			t.Errorf("%s reads %q\nwant %q; %v", row.Name(), got, want, err)
		}
	}
	if report, err := s.Check(t.Context(), nil); err != nil || len(report.Problems) > 0 {
		t.Errorf("the store is not whole: %v %v", report.Problems, err)
	}
}
