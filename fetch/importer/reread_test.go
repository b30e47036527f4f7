package importer_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/otatest"
	"fineprint/fetch/extract"
	"fineprint/fetch/importer"
	"fineprint/store"
	"fineprint/store/model"
)

// ferryTerms is a page of which an extractor of before left a sentence out.
func ferryTerms(days string) string {
	return "<main><h1>Terms</h1><p>We refund a ticket within " + days + " days after you ask us for it.</p>" +
		"<p>Dogs travel free of charge on every crossing, and they must be kept on a lead.</p></main>"
}

// readBefore records the page as an older extractor read it.
func readBefore(t *testing.T, s *store.Store, c model.Capture) {
	t.Helper()
	c.Platform, c.Type, c.CapturedAt, c.Extractor = "Heron", "Terms", day0, "fineprint-extract/5"
	c.Raw, c.MediaType = []byte(ferryTerms("30")), "text/html"
	c.Text = "# Terms\n\nWe refund a ticket within 30 days after you ask us for it.\n"
	if _, err := s.Record(t.Context(), []model.Capture{c}); err != nil {
		t.Fatal(err)
	}
}

// onlyRefunds checks that no change tells of what was only read otherwise.
func onlyRefunds(t *testing.T, s *store.Store, what string, changes int) {
	t.Helper()
	page, err := s.Queue(t.Context(), model.QueueFilter{AllState: true})
	if err != nil || len(page.Changes) != changes {
		t.Fatalf("%s: %+v, %v", what, page.Changes, err)
	}
	for _, q := range page.Changes {
		if q.Counts != (model.Counts{Modified: 1}) || strings.Contains(q.Detail, "another way") {
			t.Errorf("%s: %+v", what, q)
		}
	}
}

// TestOlderReadingIsNoChange: what a document said last is read anew before what comes
// is compared with it, whatever way it comes in.
func TestOlderReadingIsNoChange(t *testing.T) {
	dir := t.TempDir()
	file := model.Capture{Origin: model.Provenance{Method: model.MethodFile,
		Archive: &model.ArchiveOrigin{Repo: "files", Root: strings.Repeat("1", 40), Commit: strings.Repeat("2", 40),
			Path: "f"}}}
	import1 := func(s *store.Store, names ...string) {
		t.Helper()
		var paths []string
		for _, name := range names {
			days := strings.TrimSuffix(strings.Fields(name)[1], ".html")
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, []byte(ferryTerms(days)), 0o600); err != nil {
				t.Fatal(err)
			}
			paths = append(paths, path)
		}
		if _, err := importer.ImportFiles(t.Context(), s, model.DocumentName{Platform: "Heron", Type: "Terms"},
			model.Source{},
			paths, "test"); err != nil {
			t.Fatal(err)
		}
	}
	for what, c := range map[string]struct {
		first   model.Capture
		files   []string
		changes int
	}{
		"the same":      {file, []string{"2026-04-01 30.html"}, 0},
		"a newer one":   {file, []string{"2026-04-01 60.html"}, 1},
		"an older one":  {file, []string{"2026-01-01 60.html"}, 1},
		"before, after": {file, []string{"2026-01-01 10.html", "2026-04-01 60.html"}, 2},
		"after the web": {model.Capture{Origin: model.Provenance{Method: model.MethodWeb}},
			[]string{"2026-04-01 60.html"}, 1},
		"twice the other": {file, []string{"2026-04-01 60.html", "2026-05-01 60.html"}, 1},
	} {
		s := newStore(t)
		readBefore(t, s, c.first)
		import1(s, c.files...)
		onlyRefunds(t, s, what, c.changes)
	}

	h := otatest.New(t)
	h.Commit(map[string]string{"Heron/Terms.html": ferryTerms("60")}, "Record new changes of Heron Terms",
		day0.Add(240*time.Hour))
	s := newStore(t)
	readBefore(t, s, model.Capture{Origin: model.Provenance{Method: model.MethodOTASnapshots}})
	if sum, err := importInto(t, t.Context(), s, h.Dir, importer.ImportOptions{}); err != nil ||
		sum.Changed != 1 || sum.Technical != 0 {
		t.Errorf("%+v, %v", sum, err)
	}
	onlyRefunds(t, s, "a snapshot", 1)
	d, err := s.DocumentNamed(t.Context(), "Heron", "Terms")
	if err != nil {
		t.Fatal(err)
	}
	versions, err := s.Versions(t.Context(), d.ID)
	if err != nil || len(versions) != 3 || versions[1].Kind != model.VersionTechnical ||
		versions[1].Extractor != extract.Version {
		t.Errorf("%+v, %v", versions, err)
	}
}
