package importer

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fineprint/fetch"
	"fineprint/store/model"
)

// TestUnreachableArchiveEndsTheImport: after some failures one after the other,
// with what was had until then kept.
func TestUnreachableArchiveEndsTheImport(t *testing.T) {
	const page = "https://acme.example/terms"
	archive := &wayback{pages: map[string]string{}}
	for _, day := range strings.Fields("01 02 03 04 05 06 07") {
		archive.rows = append(archive.rows, []string{"202401" + day + "000000", page, "text/html", "200", "D" + day})
	}
	archive.pages["20240101000000"] = "<main>" + strings.Repeat("We keep your data. ", 30) + "</main>"
	server := httptest.NewServer(archive)
	t.Cleanup(server.Close)
	client := fetch.New(fetch.Options{AllowHosts: []string{"127.0.0.1"}, Retries: -1})
	sum, err := ImportWayback(t.Context(), client, looseStore(t), acmeTerms, model.Source{URL: page},
		WaybackOptions{Base: server.URL})
	if err == nil || !strings.Contains(err.Error(), "status 404") || sum.First != 1 || sum.Skipped != givesUp {
		t.Errorf("%+v, %v", sum, err)
	}
}

// TestUnreadableIndexIsInvalid: the error names what the archive did.
func TestUnreadableIndexIsInvalid(t *testing.T) {
	for body, status := range map[string]int{"": http.StatusTeapot, "no index": http.StatusOK,
		`[["timestamp"]]`: http.StatusOK} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}))
		t.Cleanup(server.Close)
		client := fetch.New(fetch.Options{AllowHosts: []string{"127.0.0.1"}, Retries: -1})
		_, err := ImportWayback(t.Context(), client, looseStore(t), acmeTerms,
			model.Source{URL: "https://acme.example/"},
			WaybackOptions{Base: server.URL})
		if !errors.Is(err, model.ErrInvalid) {
			t.Errorf("status %d, %q: %v", status, body, err)
		}
	}
}

func TestFilesThatCannotBeReadEndTheImport(t *testing.T) {
	s := looseStore(t)
	for _, path := range []string{t.TempDir(), "nowhere.md"} {
		if _, err := ImportFiles(t.Context(), s, acmeTerms, model.Source{}, []string{path}, "test"); !errors.Is(err,
			model.ErrInvalid) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
