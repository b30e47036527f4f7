package importer

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

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

// TestArchiveThatAsksToComeBackLaterEndsTheImport: at once, with what was had until then
// kept and the archive's wish told; going on later takes in the rest.
func TestArchiveThatAsksToComeBackLaterEndsTheImport(t *testing.T) {
	const page = "https://acme.example/terms"
	archive, s := &wayback{pages: map[string]string{}}, looseStore(t)
	for _, day := range strings.Fields("01 02 03") {
		archive.rows = append(archive.rows, []string{"202401" + day + "000000", page, "text/html", "200", "D" + day})
		archive.pages["202401"+day+"000000"] = "<main>" + strings.Repeat("We keep your data. ", 30) + day + "</main>"
	}
	var asked, busy atomic.Int32
	busy.Store(3) // the third exchange: the index and one capture came
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n := asked.Add(1); n == busy.Load() {
			w.Header().Set("Retry-After", "5400")
			w.WriteHeader(http.StatusTooManyRequests)
			_, _ = w.Write([]byte("slow down"))
			return
		}
		archive.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	take := func() (LooseSummary, error) {
		client := fetch.New(fetch.Options{AllowHosts: []string{"127.0.0.1"}})
		return ImportWayback(t.Context(), client, s, acmeTerms, model.Source{URL: page}, WaybackOptions{Base: server.URL})
	}
	sum, err := take()
	if later := (fetch.RetryLater{}); !errors.As(err, &later) || later.After != 90*time.Minute || sum.New() != 1 ||
		asked.Load() != 3 {
		t.Errorf("%+v, %v after %d exchanges", sum, err, asked.Load())
	}
	if sum, err := take(); err != nil || sum.New() != 2 {
		t.Errorf("going on: %+v, %v", sum, err)
	}
	asked.Store(0)
	busy.Store(1)
	if _, err := take(); !errors.As(err, new(fetch.RetryLater)) {
		t.Errorf("of its index: %v", err)
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
