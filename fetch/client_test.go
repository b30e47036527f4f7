package fetch

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

func TestGetFollowsRedirectsAndRetries(t *testing.T) {
	var tries atomic.Int32
	mux := http.NewServeMux()
	mux.HandleFunc("/terms", func(w http.ResponseWriter, _ *http.Request) {
		if tries.Add(1) == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte("<p>Terms"))
	})
	mux.HandleFunc("/old", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/terms",
			http.StatusFound)
	})
	mux.HandleFunc("/big", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 2000)) })
	mux.HandleFunc("/gone", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "gone", http.StatusNotFound) })
	server := httptest.NewServer(mux)
	defer server.Close()

	c := New(Options{AllowHosts: []string{"127.0.0.1"}, MaxBytes: 1000})
	got, err := c.Get(t.Context(), server.URL+"/old")
	if err != nil || string(got.Body) != "<p>Terms" || got.Status != 200 || !strings.HasSuffix(got.FinalURL,
		"/terms") || len(got.Redirects) != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
	if tries.Load() != 2 {
		t.Errorf("%d tries, want a retry after 503", tries.Load())
	}
	if got, err := c.Get(t.Context(), server.URL+"/gone"); err != nil || got.Status != 404 || len(got.Body) == 0 {
		t.Errorf("a 404 is evidence too: %+v, %v", got, err)
	}
	if _, err := c.Get(t.Context(), server.URL+"/big"); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large a page: %v", err)
	}
	if _, err := New(Options{}).Get(t.Context(), server.URL+"/terms"); !errors.Is(err, ErrForbiddenAddress) {
		t.Errorf("loopback without leave: %v", err)
	}
}
