package app

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fineprint/cmd/dev/otatest"
	"fineprint/store/insight/ranking"
	"fineprint/store/model"
)

// history makes an Open Terms Archive repository of n versions.
func history(t *testing.T, n int) string {
	t.Helper()
	h := otatest.New(t)
	for i := range n {
		text := fmt.Sprintf("# Privacy Policy\n\nWe keep your data for %d days after you close your account.\n", 30+i)
		h.Commit(map[string]string{"Acme/Privacy Policy.md": text}, "Record new changes of Acme Privacy Policy",
			time.Date(2025, 1, 1+i, 0, 0, 0, 0, time.UTC))
	}
	return h.Dir
}

func TestImportOTAReportsItsProgress(t *testing.T) {
	t.Setenv("GOMEMLIMIT", "")
	a, repo := newApp(t), history(t, 4)
	name, done := "", 0
	r := OTARequest{Repo: repo, ImportRequest: ImportRequest{
		Begin: func(s string) { name = s }, Progress: func(n, _ int) { done = n },
	}}
	result, err := a.ImportOTA(t.Context(), r)
	if err != nil || result.First != 1 || result.Changed != 3 || result.Name != name || name == "" || done != 4 {
		t.Errorf("%+v, %q after %d, %v", result, name, done, err)
	}
	again, err := a.ImportOTA(t.Context(), OTARequest{Repo: repo})
	if err != nil || again.New() != 0 || again.Known != 4 {
		t.Errorf("again: %+v, %v", again, err)
	}
	if _, err := a.ImportOTA(t.Context(), OTARequest{Repo: filepath.Join(repo, "nothing")}); err == nil {
		t.Error("a folder that isn't there is imported")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newApp(t).ImportOTA(ctx, r); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestImportOTALeavesBadDeclarationsOut(t *testing.T) {
	a, dir := newApp(t), t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("Bad.json", "{")
	r := OTARequest{Repo: history(t, 1), Declarations: dir}
	if _, err := a.ImportOTA(t.Context(), r); err == nil {
		t.Error("no declaration can be read, and it imports")
	}
	write("Acme.json", `{"name":"Acme","documents":{"Privacy Policy":{"fetch":"https://acme.example/p"}}}`)
	leftOut := 0
	r.LeftOut = func(error) { leftOut++ }
	if result, err := a.ImportOTA(t.Context(), r); err != nil || result.First != 1 || leftOut != 1 {
		t.Errorf("%+v, %d left out, %v", result, leftOut, err)
	}
}

func TestImportDatasetRecordsItsVersions(t *testing.T) {
	a := newApp(t)
	file := filepath.Join(t.TempDir(), "set.zip")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(f)
	for i := range 2 {
		entry, err := w.Create(fmt.Sprintf("Acme/Terms/2024-01-0%dT00-00-00Z.md", i+1))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = fmt.Fprintf(entry, "# Terms\n\nKeep your data for %d days.\n", 30+i)
	}
	if err := errors.Join(w.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	r := DatasetRequest{Zip: file, ImportRequest: ImportRequest{Match: "Acme/*"}}
	result, err := a.ImportDataset(t.Context(), r)
	if err != nil || result.First != 1 || result.Changed != 1 || result.Name != "set.zip" {
		t.Errorf("%+v, %v", result, err)
	}
	r.Zip += ".missing"
	if _, err := a.ImportDataset(t.Context(), r); err == nil {
		t.Error("a file that isn't there is imported")
	}
}

func TestImportFilesGoOnWithADocument(t *testing.T) {
	a, dir := newApp(t), t.TempDir()
	put := func(name, text string) []string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return []string{path}
	}
	old := put("2024-01-01.md", "# Terms\n\nWe keep your data for 30 days.\n")
	result, err := a.ImportFiles(t.Context(), FilesRequest{Document: " Acme / Terms ", Paths: old})
	if err != nil || result.First != 1 || result.Name != "1 file" {
		t.Fatalf("%+v, %v", result, err)
	}
	s := create(t, a)
	d, err := s.DocumentNamed(t.Context(), "Acme", "Terms")
	if err != nil {
		t.Fatal(err)
	}
	for i, document := range []string{string(d.ID), "Acme/Terms"} {
		paths := put(fmt.Sprintf("2024-02-0%d.md", i+1), fmt.Sprintf("# Terms\n\nWe keep your data for %d days.\n", 60+i))
		result, err = a.ImportFiles(t.Context(), FilesRequest{Document: document, Paths: paths})
		if err != nil || result.Changed != 1 {
			t.Errorf("%s: %+v, %v", document, result, err)
		}
	}
	for document, kind := range map[string]error{
		"Acme": model.ErrInvalid, "/Terms": model.ErrInvalid, "FP-D-09999": model.ErrNotFound,
	} {
		if _, err := a.ImportFiles(t.Context(), FilesRequest{Document: document, Paths: old}); !errors.Is(err, kind) {
			t.Errorf("%s: %v", document, err)
		}
	}
}

// TestFirstChangesAreReadWhenTheyAreImported: what the words of the first changes say is kept
// with what is indexed, so that the first list reads no texts.
func TestFirstChangesAreReadWhenTheyAreImported(t *testing.T) {
	a, dir := newApp(t), t.TempDir()
	r := FilesRequest{Document: "Acme / Terms"}
	for i, text := range []string{"We keep it for 30 days.", "We keep it for 60 days."} {
		r.Paths = append(r.Paths, filepath.Join(dir, fmt.Sprintf("2024-01-0%d.md", i+1)))
		if err := os.WriteFile(r.Paths[i], []byte("# Terms\n\n"+text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	unread := func() int {
		t.Helper()
		s, found := create(t, a), ranking.Found{}
		page, err := s.Queue(t.Context(), model.QueueFilter{})
		if err != nil || len(page.Changes) != 1 {
			t.Fatal(page, err)
		}
		err = s.Reader.ReadSays(t.Context(), page.Changes, found)
		if said := page.Changes[0].Suggested.Says; err != nil || !slices.Equal(said, []string{"30 → 60 days"}) {
			t.Errorf("%q, %v", said, err)
		}
		return len(found)
	}
	r.NoIndex = true
	if _, err := a.ImportFiles(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if n := unread(); n != 1 {
		t.Errorf("%d changes are to be read where nothing is indexed", n)
	}
	if _, err := a.Index(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	if n := unread(); n != 0 {
		t.Errorf("%d changes are to be read still", n)
	}
}

func TestImportWaybackReadsATrackedDocumentsPage(t *testing.T) {
	a := newApp(t)
	var asked atomic.Value
	archive := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Store(r.URL.Query().Get("url"))
		_, _ = fmt.Fprint(w, "[]")
	}))
	defer archive.Close()
	r := WaybackRequest{Document: "Acme/Privacy Policy", Archive: archive.URL, AllowHosts: loopback}
	if _, err := a.ImportWayback(t.Context(), r); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("a document without an address: %v", err)
	}
	track(t, a, TrackRequest{Targets: []string{"https://acme.example/privacy"}})
	if result, err := a.ImportWayback(t.Context(), r); err != nil || result.New() != 0 {
		t.Errorf("%+v, %v", result, err)
	}
	if !strings.Contains(fmt.Sprint(asked.Load()), "acme.example/privacy") {
		t.Errorf("the archive was asked for %q", asked.Load())
	}
	r.URL = "https://acme.example/old"
	if _, err := a.ImportWayback(t.Context(), r); err != nil || !strings.Contains(fmt.Sprint(asked.Load()), "acme.example/old") {
		t.Errorf("the archive was asked for %q, %v", asked, err)
	}
	r.Document = "nothing"
	if _, err := a.ImportWayback(t.Context(), r); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("%v", err)
	}
}
