package importer

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fineprint/fetch"
	"fineprint/store"
	"fineprint/store/model"
)

var acmeTerms = model.DocumentName{Platform: "Acme", Type: "Terms"}

// looseStore is a database that is checked at the end.
func looseStore(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Create(filepath.Join(t.TempDir(), "loose.db"), store.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if report, err := s.Check(context.Background(), nil); err != nil || len(report.Problems) > 0 {
			t.Errorf("the database at the end: %v, %v", report.Problems, err)
		}
	})
	return s
}

func putFile(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFilesBecomeVersions(t *testing.T) {
	s, dir := looseStore(t), t.TempDir()
	paths := []string{putFile(t, dir, "b-20240501T120000Z.html", "<p>Keep for 90 days.</p>"),
		putFile(t, dir, "a-2023-01-31.md", "Keep for 30 days.\n"), putFile(t, dir, "c 2025-01-01.pdf", "no PDF")}
	sum, err := ImportFiles(t.Context(), s, acmeTerms, model.Source{}, paths, "test")
	if err != nil || sum.First != 1 || sum.Changed != 1 || sum.Failed != 1 || len(sum.Remarks) != 1 {
		t.Fatalf("%+v, %v", sum, err)
	}
	again, err := ImportFiles(t.Context(), s, acmeTerms, model.Source{}, paths, "test")
	if err != nil || again.New() != 0 || again.Known != 3 {
		t.Errorf("again: %+v, %v", again, err)
	}
	older, err := ImportFiles(t.Context(), s, acmeTerms, model.Source{},
		[]string{putFile(t, dir, "z-2020-01-01.md", "Old.\n")}, "test")
	if err != nil || older.First != 1 || older.Placed != 1 {
		t.Errorf("older: %+v, %v", older, err)
	}
	d, err := s.DocumentNamed(t.Context(), "Acme", "Terms")
	if err != nil {
		t.Fatal(err)
	}
	versions, err := s.Versions(t.Context(), d.ID)
	if err != nil || len(versions) != 4 || !versions[1].CapturedAt.Equal(time.Date(2023, 1, 31, 0, 0, 0, 0,
		time.UTC)) || versions[0].Seq != 4 || versions[0].Kind != model.VersionFirst ||
		versions[1].Kind != model.VersionChanged || versions[2].RawSHA256 == "" ||
		versions[2].Origin.Method != model.MethodFile {
		t.Errorf("%+v, %v", versions, err)
	}
	if _, err := ImportFiles(t.Context(), s, acmeTerms, model.Source{}, []string{dir}, "test"); err == nil {
		t.Error("a folder was taken for a file")
	}
}

// TestFilesAreReadByWhatTheyAre: in the encoding that they are in, which is said, or that
// the document is said to be in; one that can't be read ends the import by its name.
func TestFilesAreReadByWhatTheyAre(t *testing.T) {
	const words = "Мы храним сведения о заказе в течение 30 дней после его выполнения."
	old := "\xcc\xfb \xf5\xf0\xe0\xed\xe8\xec \xf1\xe2\xe5\xe4\xe5\xed\xe8\xff \xee \xe7\xe0\xea\xe0\xe7\xe5 \xe2 " +
		"\xf2\xe5\xf7\xe5\xed\xe8\xe5 30 \xe4\xed\xe5\xe9 \xef\xee\xf1\xeb\xe5 \xe5\xe3\xee \xe2\xfb\xef\xee\xeb\xed\xe5\xed\xe8\xff."
	for name, c := range map[string]struct {
		file, body, charset string
		remark, err         string
	}{
		"guessed": {"2024-01-01.txt", old, "", "it does not say its encoding; it reads as windows-1251", ""},
		"wrongly labelled": {"2024-01-01.html", "<meta charset=utf-8><p>" + old, "",
			"it says it is utf-8, but reads as windows-1251", ""},
		"forced":    {"2024-01-01.txt", old, "windows-1251", "", ""},
		"rich text": {"2024-01-01.rtf", `{\rtf1\ansi\ansicpg1251 ` + old + `\par}`, "", "", ""},
		"a picture": {"2024-01-01.png", "\x89PNG\r\n\x1a\n", "", "", "picture"},
		"old Word": {"2024-01-01.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" +
			strings.Join(strings.Split("WordDocument", ""), "\x00") + "\x00", "", "", "save it as PDF or docx"},
	} {
		s, dir := looseStore(t), t.TempDir()
		source := model.Source{}
		if c.charset != "" {
			source.Request = &model.RequestSettings{Charset: c.charset}
		}
		sum, err := ImportFiles(t.Context(), s, acmeTerms, source, []string{putFile(t, dir, c.file, c.body)}, "test")
		if c.err != "" {
			if !errors.Is(err, model.ErrInvalid) || !strings.Contains(err.Error(), c.err) ||
				!strings.Contains(err.Error(), c.file) || sum.New() != 0 {
				t.Errorf("%s: %+v, %v", name, sum, err)
			}
			continue
		}
		remark := ""
		if c.remark != "" {
			remark = c.file + ": " + c.remark
		}
		if err != nil || sum.First != 1 || strings.Join(sum.Remarks, "") != remark {
			t.Errorf("%s: %+v, %v", name, sum, err)
			continue
		}
		d, err := s.DocumentNamed(t.Context(), "Acme", "Terms")
		if err != nil {
			t.Fatal(err)
		}
		text, err := s.Text(t.Context(), d.ID, 1)
		if err != nil || strings.TrimSpace(text) != words {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

func TestFilesWithoutDatesKeepTheirOrder(t *testing.T) {
	dir := t.TempDir()
	a, b := putFile(t, dir, "a.md", "a"), putFile(t, dir, "b.md", "b")
	at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, p := range []string{a, b} {
		if err := os.Chtimes(p, at, at); err != nil {
			t.Fatal(err)
		}
	}
	files, err := orderFiles([]string{b, a})
	if err != nil || files[0].path != b || !files[0].at.Equal(at) || !files[1].at.Equal(at.Add(time.Second)) ||
		files[0].remark == "" {
		t.Errorf("%+v, %v", files, err)
	}
}

func TestDateIsFoundInAFileName(t *testing.T) {
	for name, want := range map[string]string{"2024-05-01.md": "2024-05-01T00:00:00Z",
		"x_20240501T120304Z.html": "2024-05-01T12:03:04Z", "terms 2024-05-01 12-30.pdf": "2024-05-01T12:30:00Z",
		"2024-13-01.md": "", "v120240501.md": "", "terms.md": "", "20240231.md": ""} {
		got, ok := dateIn(name)
		if ok != (want != "") || ok && got.Format(time.RFC3339) != want {
			t.Errorf("%s: %s, %v; want %s", name, got, ok, want)
		}
	}
}

func zipOf(t *testing.T, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return putFile(t, t.TempDir(), "dataset.zip", b.String())
}

func TestDatasetBecomesVersions(t *testing.T) {
	s := looseStore(t)
	path := zipOf(t, "set-1/Acme/Terms/2024-01-02T00-00-00Z.md", "Keep for 90 days.\n",
		"set-1/Acme/Terms/2024-01-01T00-00-00Z.md", "Keep for 30 days.\n",
		"set-1/Other/Imprint/2024-01-01T00-00-00Z.md", "We are Other.\n", "set-1/LICENSE", "x", "set-1/README.md", "x",
		"../../Acme/Terms/2024-02-01T00-00-00Z.md", "slipped", "/Acme/Terms/2024-02-02T00-00-00Z.md", "slipped",
		"set-1/Acme/Terms/2024-03-01T00-00-00Z.md", strings.Repeat("0", 40<<20))
	sum, err := ImportDataset(t.Context(), s, path, ImportOptions{})
	if err != nil || sum.First != 2 || sum.Changed != 1 || sum.Skipped != 3 || sum.Documents != 2 {
		t.Fatalf("%+v, %v", sum, err)
	}
	again, err := ImportDataset(t.Context(), s, path, ImportOptions{})
	if err != nil || again.New() != 0 || again.Known != 3 {
		t.Errorf("again: %+v, %v", again, err)
	}
	for _, bad := range []string{putFile(t, t.TempDir(), "no.zip", "no zip"), zipOf(t, "a.txt", "x"), t.TempDir()} {
		if _, err := ImportDataset(t.Context(), s, bad, ImportOptions{}); err == nil {
			t.Errorf("%s was imported", bad)
		}
	}
}

// wayback is an archive of two pages that speaks the formats of the real one.
type wayback struct {
	rows  [][]string
	pages map[string]string // by timestamp
	asked []string
}

func (w *wayback) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.asked = append(w.asked, r.URL.Path)
	if r.URL.Path == "/cdx/search/cdx" {
		rows := append([][]string{{"timestamp", "original", "mimetype", "statuscode", "digest"}}, w.rows...)
		_ = json.NewEncoder(rw).Encode(rows)
		return
	}
	rest, _ := strings.CutPrefix(r.URL.Path, "/web/")
	at, _, _ := strings.Cut(rest, "id_/")
	body, ok := w.pages[at]
	if !ok {
		http.NotFound(rw, r)
		return
	}
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(rw, body)
}

func TestWaybackCapturesBecomeVersions(t *testing.T) {
	const page = "https://acme.example/terms"
	archive := &wayback{pages: map[string]string{}}
	for i := range 6 {
		at := fmt.Sprintf("2024010%d000000", i+1)
		archive.rows = append(archive.rows, []string{at, page, "text/html", "200", fmt.Sprintf("D%d", i/2)})
		archive.pages[at] = fmt.Sprintf("<nav>Menu</nav><main>Keep for %d days. %s</main>", 30*(i/2+1),
			strings.Repeat("And so on. ", 30))
	}
	archive.rows = append(archive.rows, []string{"not a time", page, "", "200", "X"},
		[]string{"20240120000000", "ftp://acme.example", "", "200", "Y"}, []string{"20240121000000", page, "", "200",
			"GONE"})
	server := httptest.NewServer(archive)
	t.Cleanup(server.Close)
	s := looseStore(t)
	client := fetch.New(fetch.Options{AllowHosts: []string{"127.0.0.1"}, Retries: -1})
	take := func(o WaybackOptions) LooseSummary {
		t.Helper()
		o.Base = server.URL
		sum, err := ImportWayback(t.Context(), client, s, acmeTerms, model.Source{URL: page}, o)
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	sum := take(WaybackOptions{})
	if sum.First != 1 || sum.Changed != 2 || sum.Skipped != 1 || len(sum.Remarks) != 1 {
		t.Fatalf("%+v", sum)
	}
	archive.asked = nil
	again := take(WaybackOptions{})
	if again.New() != 0 || again.Known != 3 || len(archive.asked) != 2 { // the index, and what could not be had
		t.Errorf("again: %+v, asked %v", again, archive.asked)
	}
	d, err := s.DocumentNamed(t.Context(), "Acme", "Terms")
	if err != nil {
		t.Fatal(err)
	}
	versions, err := s.Versions(t.Context(), d.ID)
	if err != nil || len(versions) != 3 || versions[1].Origin.Archive.Locations[0] != server.URL+
		"/web/20240103000000id_/"+page || !versions[1].CapturedAt.Equal(time.Date(2024, 1, 3, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v, %v", versions, err)
	}
	text, err := s.Text(t.Context(), d.ID, 1)
	if err != nil || !strings.HasPrefix(text, "Keep for 30 days.") {
		t.Errorf("%q, %v", text, err)
	}
}

func TestRepeatedAndCloseCapturesAreLeftOut(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2024, 1, n, 0, 0, 0, 0, time.UTC) }
	index := []archived{{digest: "a", at: day(1)}, {digest: "a", at: day(2)}, {digest: "b", at: day(3)},
		{digest: "c", at: day(9)}, {digest: "a", at: day(20)}}
	if got := thin(index, 0); len(got) != 4 {
		t.Errorf("%v", got)
	}
	if got := thin(index, 7*24*time.Hour); len(got) != 3 || got[1].digest != "c" {
		t.Errorf("%v", got)
	}
}

// FuzzParseIndex: whatever an archive answers is a list of captures of the web or
// an error of ours.
func FuzzParseIndex(f *testing.F) {
	f.Add([]byte(`[["timestamp","original","digest"],["20240101000000","https://a.example","D"]]`))
	f.Add([]byte(`[["timestamp"],["2024"]]`))
	f.Fuzz(func(t *testing.T, b []byte) {
		list, err := parseIndex(b, time.Time{})
		for _, a := range list {
			if err != nil || !timestamp.MatchString(a.timestamp) || !strings.HasPrefix(a.original, "http") {
				t.Fatalf("%+v, %v", a, err)
			}
		}
	})
}
