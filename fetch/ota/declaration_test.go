package ota

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/cascadia"

	"fineprint/store/model"
)

const acme = `{"name":"Acme Inc","terms":{
 "Privacy Policy":{"fetch":"https://acme.example/p","select":"main","remove":[".ad",{"startAfter":"#a","endBefore":"#b"}],"filter":["removeNoise",{"removeQueryParams":["sid","utm"]}],"executeClientScripts":true},
 "Terms of Service":{"select":["main"],"remove":".x","combine":[{"fetch":"https://acme.example/1"},{"fetch":"https://acme.example/2.PDF","select":{"startBefore":"h1","endAfter":"#z"},"executeClientScripts":true}]},
 "Imprint":{"fetch":"https://acme.example/imprint.pdf"},
 "Broken":{"fetch":"javascript:alert(1)","select":"p"},
 "Half a range":{"fetch":"https://acme.example/h","select":{"startBefore":"h1"}}}}`

const acmePast = `{"Privacy Policy":[{"fetch":"https://acme.example/new","select":"b",` +
	`"validUntil":"2022-01-01T00:00:00Z"},{"fetch":"https://acme.example/old","select":"a",` +
	`"validUntil":"2021-01-01T00:00:00+01:00"}]}`

func TestDeclarationIsParsed(t *testing.T) {
	got, err := ParseDeclaration("acme", []byte(acme), []byte(acmePast))
	if !errors.Is(err, model.ErrInvalid) || !strings.Contains(err.Error(), "Broken") ||
		!strings.Contains(err.Error(), "Half a range") {
		t.Errorf("%v", err)
	}
	date := func(s string) time.Time {
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return at.UTC()
	}
	want := []Declared{
		{Platform: "Acme Inc", Service: "acme", Type: "Imprint",
			Source: model.Source{URL: "https://acme.example/imprint.pdf", PDF: true}},
		{Platform: "Acme Inc", Service: "acme", Type: "Privacy Policy",
			Source: model.Source{URL: "https://acme.example/p", Select: model.CSS("main"),
				Remove: []model.Selector{{CSS: ".ad"}, {StartAfter: "#a", EndBefore: "#b"}}, Browser: true,
				Filters: []model.Filter{{Name: "removeNoise"},
					{Name: "removeQueryParams", Args: []string{"sid", "utm"}}},
				Warnings: []string{`the filter "removeNoise" is a program of its collection and isn't run: the text may ` +
					`hold what it takes away`}},
			Past: []PastSource{
				{date("2020-12-31T23:00:00Z"), model.Source{URL: "https://acme.example/old", Select: model.CSS("a")}},
				{date("2022-01-01T00:00:00Z"), model.Source{URL: "https://acme.example/new", Select: model.CSS("b")}}}},
		{Platform: "Acme Inc", Service: "acme", Type: "Terms of Service", Source: model.Source{Parts: []model.Page{
			{URL: "https://acme.example/1", Select: model.CSS("main"), Remove: model.CSS(".x")},
			{URL: "https://acme.example/2.PDF", Select: []model.Selector{{StartBefore: "h1", EndAfter: "#z"}},
				Remove: model.CSS(".x"), Browser: true, PDF: true}}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	for at, url := range map[string]string{"2020-06-01T00:00:00Z": "/old", "2021-06-01T00:00:00Z": "/new",
		"2022-01-01T00:00:00Z": "/new", "2023-01-01T00:00:00Z": "/p"} {
		if s := got[1].At(date(at)); !strings.HasSuffix(s.URL, url) {
			t.Errorf("at %s: %s", at, s.URL)
		}
	}
}

// TestDeclaredActionsCountForAllPages: unless a page declares its own, and they imply
// a browser.
func TestDeclaredActionsCountForAllPages(t *testing.T) {
	const declared = `{"name":"Acme","terms":{
 "Imprint":{"fetch":"https://acme.example/i","select":"p","actions":[{"click":"#more"},{"wait":"2s"}]},
 "Terms":{"select":"p","actions":[{"scroll":true}],"combine":[{"fetch":"https://acme.example/1"},
  {"fetch":"https://acme.example/2","actions":[{"wait_for":"main"}]}]},
 "Not CSS":{"fetch":"https://acme.example/x","select":"p","actions":[{"click":"p["}]},
 "No action":{"fetch":"https://acme.example/x","select":"p","actions":[{"type":"x"}]}}}`
	got, err := ParseDeclaration("acme", []byte(declared), nil)
	if !errors.Is(err, model.ErrInvalid) || !strings.Contains(err.Error(), "Not CSS") ||
		!strings.Contains(err.Error(), "No action") || len(got) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	imprint, terms := got[0].Source, got[1].Source
	if !imprint.Browser || fmt.Sprint(imprint.Actions) != "[click=#more wait=2s]" {
		t.Errorf("%+v", imprint)
	}
	if len(terms.Parts) != 2 || !terms.Parts[0].Browser || fmt.Sprint(terms.Parts[0].Actions) != "[scroll]" ||
		fmt.Sprint(terms.Parts[1].Actions) != "[wait_for=main]" {
		t.Errorf("%+v", terms)
	}
}

func TestMalformedDeclarationIsInvalid(t *testing.T) {
	for _, c := range []string{``, `[]`, `{}`, `{"name":"A"}`, `{"name":"A","terms":[]}`, `{"terms":{"T":7}}`,
		`{"terms":{"T":{"fetch":"https://a.example","filter":7}}}`,
		`{"terms":{"T":{"fetch":"https://a.example","select":[[]]}}}`,
		`{"terms":{"T":{"fetch":["https://a.example"]}}}`} {
		if got, err := ParseDeclaration("a", []byte(c), nil); !errors.Is(err, model.ErrInvalid) || len(got) > 0 {
			t.Errorf("%s: %+v, %v", c, got, err)
		}
	}
}

func TestFoldersOfDeclarationsAreRead(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"acme.json": acme, "acme.history.json": acmePast,
		"other.json": `{"name":"Other","terms":{"T":{"fetch":"https://o.example","select":"p"}}}`, "broken.json": `{`,
		"README.md": "x"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := ReadDeclarations(dir)
	if len(got) != 4 || !errors.Is(err, model.ErrInvalid) || !strings.Contains(err.Error(), "broken.json") {
		t.Errorf("%d documents, %v", len(got), err)
	}
	one, err := ReadDeclarations(filepath.Join(dir, "other.json"))
	if err != nil || len(one) != 1 || one[0].Platform != "Other" {
		t.Errorf("%+v, %v", one, err)
	}
	for _, path := range []string{filepath.Join(dir, "none.json"), t.TempDir()} {
		if _, err := ReadDeclarations(path); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// sharedDeclarations unpacks the real declarations, where they are at hand.
func sharedDeclarations(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("FINEPRINT_CORPUS")
	if dir == "" {
		dir = "../../../shared/corpus"
	}
	f, err := os.Open(filepath.Join(dir, "ota-declarations.tar.gz"))
	if err != nil {
		t.Skip("the real declarations are not at hand")
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return to
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, filepath.Base(h.Name)), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// checkSelector parses what a selector holds.
func checkSelector(s model.Selector) error {
	for i, css := range []string{s.CSS, s.StartBefore, s.StartAfter, s.EndBefore, s.EndAfter} {
		if css == "" && (i > 0 || s.IsRange()) {
			continue
		}
		if _, err := cascadia.ParseGroup(css); err != nil {
			return fmt.Errorf("%q: %w", css, err)
		}
	}
	return nil
}

// TestRealDeclarationsAreRead reads 816 documents as they are declared.
func TestRealDeclarationsAreRead(t *testing.T) {
	all, err := ReadDeclarations(sharedDeclarations(t))
	if err != nil {
		t.Errorf("%v", err)
	}
	var full, warned, browser, combined, pdf, ranges, query, past int
	for _, d := range all {
		sources := []model.Source{d.Source}
		for _, p := range d.Past {
			sources = append(sources, p.Source)
			past++
		}
		for _, s := range sources {
			for _, p := range s.Pages() {
				for _, sel := range append(append([]model.Selector{}, p.Select...), p.Remove...) {
					if err := checkSelector(sel); err != nil {
						t.Errorf("%s %s: %v", d.Platform, d.Type, err)
					}
				}
			}
		}
		if len(d.Source.Warnings) > 0 {
			warned++
		} else {
			full++
		}
		combined += min(1, len(d.Source.Parts))
		var b, f, r, q int
		for _, p := range d.Source.Pages() {
			if p.Browser {
				b = 1
			}
			if p.PDF {
				f = 1
			}
			for _, s := range append(append([]model.Selector{}, p.Select...), p.Remove...) {
				if s.IsRange() {
					r = 1
				}
			}
			for _, x := range p.Filters {
				if x.Name == "removeQueryParams" {
					q = 1
				}
			}
		}
		browser, pdf, ranges, query = browser+b, pdf+f, ranges+r, query+q
	}
	t.Logf("%d documents and %d past sources; %d without and %d with a warning; %d need a browser, %d combined, %d "+
		"PDF, %d with ranges, %d with removeQueryParams",
		len(all), past, full, warned, browser, combined, pdf, ranges, query)
	if len(all) != 816 || combined != 12 {
		t.Errorf("%d documents, %d combined; want 816 and 12", len(all), combined)
	}
}

// FuzzParseDeclaration: whatever a declaration holds, it is refused as bad input, or each document of
// it has a page.
func FuzzParseDeclaration(f *testing.F) {
	f.Add([]byte(acme), []byte(acmePast))
	f.Add([]byte(`{"terms":{"T":{"combine":[{"combine":[]}]}}}`), []byte(`{"T":[{}]}`))
	f.Fuzz(func(t *testing.T, b, history []byte) {
		got, err := ParseDeclaration("s", b, history)
		if err != nil && !errors.Is(err, model.ErrInvalid) {
			t.Fatal(err)
		}
		for _, d := range got {
			if len(d.Source.Pages()) == 0 {
				t.Fatalf("a document without a page: %+v", d)
			}
		}
	})
}

// TestDeclaredRequestCountsForAllPages: with its secrets apart, and never for a host that
// they are not declared for.
func TestDeclaredRequestCountsForAllPages(t *testing.T) {
	const declared = `{"name":"Acme","terms":{
 "Imprint":{"fetch":"https://acme.example/i","select":"p","headers":{"X-Region":"eu","authorization":"Bearer sesame",
   "User-Agent":"Probe"},"cookies":{"sid":"sesame"},"acceptLanguage":"de","charset":"windows-1251","acceptStatus":[404]},
 "Terms":{"select":"p","cookies":{"a":"1"},"userAgent":"All","combine":[{"fetch":"https://acme.example/1"},
  {"fetch":"https://acme.example/2","userAgent":"Own","cookies":{"b":"2"}}]},
 "Two hosts":{"select":"p","cookies":{"a":"1"},"combine":[{"fetch":"https://a.example/1"},{"fetch":"https://b.example/"}]},
 "Host":{"fetch":"https://acme.example/x","select":"p","headers":{"Host":"evil.example"}},
 "Two lines":{"fetch":"https://acme.example/x","select":"p","headers":{"X-A":"a\r\nX-B: c"}},
 "Charset":{"fetch":"https://acme.example/x","select":"p","charset":"latin99"},
 "Status":{"fetch":"https://acme.example/x","select":"p","acceptStatus":[301]}}}`
	got, err := ParseDeclaration("acme", []byte(declared), nil)
	for _, what := range []string{"Two hosts", "Host", "Two lines", "Charset", "Status"} {
		if !errors.Is(err, model.ErrInvalid) || !strings.Contains(err.Error(), what+":") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if len(got) != 2 {
		t.Fatalf("%+v", got)
	}
	imprint, terms := got[0], got[1]
	if words := strings.Join(imprint.Source.Request.Words(), "|"); words != "header X-Region: eu|header authorization: ***|"+
		"cookie sid=***|user agent Probe|Accept-Language de|charset windows-1251|status 404 accepted" {
		t.Errorf("%s", words)
	}
	if len(imprint.Secrets) != 2 || string(imprint.Secrets[0].Value) != "Bearer sesame" ||
		imprint.Secrets[1].URL != "https://acme.example/i" {
		t.Errorf("%d secrets", len(imprint.Secrets))
	}
	parts := terms.Source.Parts
	if len(parts) != 2 || parts[0].Request.UserAgent != "All" || parts[1].Request.UserAgent != "Own" ||
		parts[0].Request.Cookies[0].Name != "a" || len(parts[1].Request.Cookies) != 1 ||
		parts[1].Request.Cookies[0].Name != "b" || len(terms.Secrets) != 2 {
		t.Errorf("%+v", terms.Source)
	}
}
