package fetch

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"fineprint/store/model"
)

// TestOfflineClientConnectsToNobody: not to a host that is allowed either, and it says why.
func TestOfflineClientConnectsToNobody(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	site := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer site.Close()
	c := New(Options{AllowHosts: []string{"127.0.0.1"}, Offline: true})
	defer c.Close()
	for _, address := range []string{site.URL, "https://example.invalid/"} {
		if _, err := c.Fetch(t.Context(), Request{URL: address}); !errors.Is(err, model.ErrOffline) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if asked.Load() != 0 {
		t.Errorf("%d requests came", asked.Load())
	}
}
