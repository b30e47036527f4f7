package importer_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/otatest"
	"fineprint/fetch/importer"
	"fineprint/fetch/ota"
	"fineprint/store"
	"fineprint/store/model"
)

var day0 = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// history makes n commits over three documents: amendments, texts that return,
// failed captures, technical ones, a rename.
func history(t testing.TB, n int) *otatest.History {
	h := otatest.New(t)
	files := map[string]string{"README.md": "about"}
	h.Commit(files, "Initial commit", day0)
	rng := rand.New(rand.NewSource(7))
	for i := range n {
		name := fmt.Sprintf("Acme/Terms %d.md", i%3)
		text := fmt.Sprintf("# Terms %d\n\n%s\n\nYou must be %d years old.\n\nAmended for the %dth time.\n", i%3,
			strings.Repeat("Nothing of this paragraph ever changes. ", 20), 13+rng.Intn(4), i%40)
		subject := "Record new changes of Acme Terms"
		switch {
		case i%17 == 16:
			text = ""
		case i%11 == 10 && files[name] != "":
			subject, text = "Refilter Acme Terms", strings.Replace(files[name], "# ", "## ", 1)
		}
		if i == n/2 {
			delete(files, "Acme/Terms 2.md")
		}
		files[name] = text
		h.Commit(files, fmt.Sprintf("%s\n\nX-engine-version: 1.0.%d\nX-source-document-location: "+
			"https://acme.example/%d\n", subject, i%2, i%3), day0.AddDate(0, 0, i))
	}
	return h
}

func importInto(t testing.TB, ctx context.Context, s *store.Store, dir string,
	o importer.ImportOptions) (importer.Summary, error) {
	t.Helper()
	repo, err := ota.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = repo.Close() }()
	return importer.ImportOTA(ctx, s, repo, o)
}

func newStore(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Create(filepath.Join(t.TempDir(), "t.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if r, err := s.Check(context.Background(), nil); err != nil || len(r.Problems) > 0 {
			t.Errorf("the store is not whole: %v %v", r.Problems, err)
		}
	})
	return s
}

func stats(t testing.TB, s *store.Store) model.Stats {
	t.Helper()
	st, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	st.DBBytes = 0
	return st
}

func TestImportTwiceAddsNothing(t *testing.T) {
	h := history(t, 60)
	s := newStore(t)
	first, err := importInto(t, t.Context(), s, h.Dir, importer.ImportOptions{})
	if err != nil || first.New() != 61 || first.Known != 0 || first.Documents != 3 || first.Failed != 3 ||
		first.Ended != 1 || first.First != 3 || first.Technical == 0 {
		t.Fatalf("%+v, %v", first, err)
	}
	before := stats(t, s)
	again, err := importInto(t, t.Context(), s, h.Dir, importer.ImportOptions{})
	if err != nil || again.New() != 0 || again.Known != first.New() {
		t.Errorf("%+v, %v", again, err)
	}
	if after := stats(t, s); !reflect.DeepEqual(before, after) {
		t.Errorf("was %+v, is %+v", before, after)
	}
	h.Commit(map[string]string{"Acme/Terms 0.md": "# Terms\n\nAll new."}, "Update Acme Terms", day0.AddDate(1, 0, 0))
	more, err := importInto(t, t.Context(), s, h.Dir, importer.ImportOptions{})
	if err != nil || more.New() != 3 || more.Changed != 1 || more.Ended != 2 {
		t.Errorf("one more commit: %+v, %v", more, err)
	}
}

func TestMatchAndSinceNarrowAnImport(t *testing.T) {
	h := history(t, 30)
	s := newStore(t)
	got, err := importInto(t, t.Context(), s, h.Dir, importer.ImportOptions{Match: "acme/terms 1",
		Since: day0.AddDate(0, 0, 10)})
	if err != nil || got.Documents != 1 || got.New() != 7 {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestCancelledImportGoesOn cancels imports again and again: what is recorded
// stays, and in the end the store is as if nothing had happened.
func TestCancelledImportGoesOn(t *testing.T) {
	h := history(t, 560)
	want := newStore(t)
	if _, err := importInto(t, t.Context(), want, h.Dir, importer.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	s := newStore(t)
	cancelled := 0
	for range 20 {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := importInto(t, ctx, s, h.Dir, importer.ImportOptions{Progress: func(p importer.Progress) {
			if p.Done < p.Total {
				cancel()
			}
		}})
		cancel()
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		cancelled++
	}
	if cancelled == 0 {
		t.Error("no import was cancelled: nothing was tested")
	}
	if a, b := stats(t, want), stats(t, s); !reflect.DeepEqual(a, b) {
		t.Errorf("after %d cancelled imports %+v, want %+v", cancelled, b, a)
	}
}

// TestKilledImportGoesOn kills a process that imports, and imports the rest.
func TestKilledImportGoesOn(t *testing.T) {
	if path := os.Getenv("FINEPRINT_TEST_IMPORT"); path != "" {
		s, err := store.OpenOrCreate(path, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := importInto(t, t.Context(), s, os.Getenv("FINEPRINT_TEST_HISTORY"),
			importer.ImportOptions{Progress: func(p importer.Progress) { fmt.Println("at", p.Done) }}); err != nil {
			t.Fatal(err)
		}
		return
	}
	h := history(t, 560)
	want := newStore(t)
	if _, err := importInto(t, t.Context(), want, h.Dir, importer.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	s := newStore(t)
	killed := 0
	for i := range 6 {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledImportGoesOn$")
		cmd.Env = append(os.Environ(), "FINEPRINT_TEST_IMPORT="+s.Path(), "FINEPRINT_TEST_HISTORY="+h.Dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Duration(60+90*i)*time.Millisecond, func() { _ = cmd.Process.Kill() })
		if cmd.Wait() != nil {
			killed++
		}
		if r, err := s.Check(t.Context(), nil); err != nil || len(r.Problems) > 0 {
			t.Fatalf("kill %d: %v %v", i, r.Problems, err)
		}
	}
	if killed == 0 {
		t.Error("no process was killed in time: nothing was tested")
	}
	if _, err := importInto(t, t.Context(), s, h.Dir, importer.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	if a, b := stats(t, want), stats(t, s); !reflect.DeepEqual(a, b) {
		t.Errorf("after %d kills %+v, want %+v", killed, b, a)
	}
	for _, document := range []model.ID{"FP-D-00001", "FP-D-00002", "FP-D-00003"} {
		a, err := want.Versions(t.Context(), document)
		if err != nil {
			t.Fatal(err)
		}
		b, err := s.Versions(t.Context(), document)
		if err != nil || len(a) != len(b) {
			t.Fatalf("%s: %d versions, want %d; %v", document, len(b), len(a), err)
		}
		for i := range a {
			a[i].RecordedAt, b[i].RecordedAt = time.Time{}, time.Time{}
			if !reflect.DeepEqual(a[i], b[i]) {
				t.Fatalf("%s: %+v, want %+v", document, b[i], a[i])
			}
		}
	}
}

// TestSnapshotsKeepTheirBytes: pages come back byte for byte, whether their text
// could be read or not, and a page whose text stays makes no version.
func TestSnapshotsKeepTheirBytes(t *testing.T) {
	h := otatest.New(t)
	pages := []string{
		"<html><body><main><h1>Terms</h1><p>You must be 13 years old.</p></main><script>1</script></body></html>",
		"<html><body><main><h1>Terms</h1><p>You must be 13 years " +
			"old.</p></main><script>2</script></body></html>\r\n\x00",
		"<html><body><main><h1>Terms</h1><p>You must be 16 years old.</p></main><script>3</script></body></html>",
		"",
		"<html><body><main><h1>Terms</h1><p>You must be 13 years old.</p></main><script>1</script></body></html>",
		"\xff\xfe\x00 no page",
	}
	for i, page := range pages {
		h.Commit(map[string]string{"Acme/Terms.html": page}, "Record new changes", day0.AddDate(0, 0, i))
	}
	h.Commit(map[string]string{"Acme/Terms.html": pages[5], "Acme/Paper.pdf": "%PDF-1.4 \x01"}, "Record new changes",
		day0.AddDate(0, 0, 9))
	s := newStore(t)
	got, err := importInto(t, t.Context(), s, h.Dir, importer.ImportOptions{})
	if err != nil || got.First != 1 || got.Unchanged != 1 || got.Changed < 2 || got.Failed < 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	for i, page := range append(pages, "%PDF-1.4 \x01") {
		id := model.NewID("FP", model.SnapshotID, uint64(i+1))
		raw, err := s.RawOf(t.Context(), id)
		if err != nil || string(raw) != page {
			t.Errorf("%s: %q, want %q; %v", id, raw, page, err)
		}
	}
}

func BenchmarkImportOTA(b *testing.B) {
	h := history(b, 600)
	h.Pack(false)
	b.ReportAllocs()
	versions := 0
	for b.Loop() {
		s, err := store.Create(filepath.Join(b.TempDir(), "t.db"), store.Options{NoSync: true})
		if err != nil {
			b.Fatal(err)
		}
		got, err := importInto(b, b.Context(), s, h.Dir, importer.ImportOptions{})
		if err != nil {
			b.Fatal(err)
		}
		versions += got.New()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(versions), "ns/version")
}
