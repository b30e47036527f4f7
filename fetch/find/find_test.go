package find_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"fineprint/fetch"
	"fineprint/fetch/find"
)

// front is an invented site of testdata/fronts.txt.
type front struct {
	name      string
	first     string
	pages     map[string]string
	redirects map[string]string
	gone      map[string]bool
	want      map[string]string // types by path
}

func readFronts(t *testing.T, file string) []*front {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []*front
	for line := range strings.Lines(string(raw)) {
		mark, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		at, value, _ := strings.Cut(rest, " ")
		switch mark {
		case "==":
			all = append(all, &front{name: rest, pages: map[string]string{}, redirects: map[string]string{},
				gone: map[string]bool{}, want: map[string]string{}})
		case "@":
			f := all[len(all)-1]
			if f.first == "" {
				f.first = at
			}
			f.pages[at] = value
		case ">":
			all[len(all)-1].redirects[at] = value
		case "-":
			all[len(all)-1].gone[at] = true
		case "=":
			all[len(all)-1].want[at] = value
		}
	}
	return all
}

const origin = "https://www.front.example"

// Fetch answers as the site does.
func (f *front) Fetch(_ context.Context, r fetch.Request) (fetch.Response, error) {
	out := fetch.Response{Requested: r.URL, FinalURL: r.URL, Status: http.StatusOK, MediaType: "text/html; charset=utf-8"}
	path, here := strings.CutPrefix(r.URL, origin)
	if to := f.redirects[path]; to != "" {
		path, out.FinalURL = to, origin+to
	}
	switch {
	case strings.Contains(r.URL, "127.0.0.1"):
		return fetch.Response{}, fmt.Errorf("fetching %s: %w", r.URL, fetch.ErrForbiddenAddress)
	case f.gone[path]:
		out.Status = http.StatusNotFound
	case here && f.pages[path] != "":
		out.Body = []byte(f.pages[path])
	default:
		out.Body = []byte("<html><body><p>" + r.URL + "</p></body></html>")
	}
	out.DecodedSHA256 = fmt.Sprintf("%x", out.Body)
	return out, nil
}

// TestFrontPages: the documents of invented front pages are found, and nothing else.
func TestFrontPages(t *testing.T) {
	wanted, found, right, typed := 0, 0, 0, 0
	var fronts []*front
	for _, file := range []string{"fronts", "fronts-second", "fronts-third", "fronts-kinds"} {
		fronts = append(fronts, readFronts(t, "testdata/"+file+".txt")...)
	}
	for _, f := range fronts {
		site, err := find.Documents(t.Context(), f, find.Options{Address: origin + f.first})
		if err != nil {
			t.Fatalf("%s: %v", f.name, err)
		}
		missing := maps.Clone(f.want)
		for _, d := range site.Documents {
			path := strings.TrimPrefix(d.URL, origin)
			found++
			want, known := missing[path]
			delete(missing, path)
			switch {
			case !known:
				t.Errorf("%s: %s (%q, %s) is none", f.name, path, d.Title, d.Type)
			case want != d.Type:
				t.Errorf("%s: %s is %q, should be %q", f.name, path, d.Type, want)
				right++
			default:
				right, typed = right+1, typed+1
			}
		}
		for _, path := range slices.Sorted(maps.Keys(missing)) {
			t.Errorf("%s: %s (%s) is missing", f.name, path, missing[path])
		}
		wanted += len(f.want)
	}
	t.Logf("recall %d of %d, precision %d of %d, types right %d", right, wanted, right, found, typed)
}
