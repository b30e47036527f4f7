package browser

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"fineprint/cmd/dev/browsertest"
	"fineprint/fetch"
)

// TestRenderedPageIsAskedForAsItIsSet: its own origin hears its headers and cookies, for
// what its scripts load there, too; no other one does, by a script or a redirect.
func TestRenderedPageIsAskedForAsItIsSet(t *testing.T) {
	browsertest.Need(t)
	t.Parallel()
	var mu sync.Mutex
	heard := map[string]http.Header{}
	var there string
	note := func(who string) string {
		return serve(t, func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			heard[who+r.URL.Path] = r.Header.Clone()
			mu.Unlock()
			w.Header().Set("Access-Control-Allow-Origin", "*")
			switch r.URL.Path {
			case "/robots.txt":
				http.NotFound(w, r)
			case "/away":
				http.Redirect(w, r, there+"/landed", http.StatusFound)
			case "/terms":
				_, _ = fmt.Fprintf(w, "<title>Terms</title><p>Terms<script>fetch('/data').then(r => r.text()).then(s => {"+
					"document.body.append(s); return fetch('%s/other')}).then(r => r.text()).then(s => "+
					"document.body.append(s))</script>", there)
			default:
				_, _ = fmt.Fprint(w, "more of "+r.URL.Path)
			}
		})
	}
	there = strings.Replace(note("there"), "127.0.0.1", "localhost", 1)
	here := note("here")
	u, err := url.Parse(there)
	if err != nil {
		t.Fatal(err)
	}
	asking := fetch.Asking{UserAgent: "Probe/1.0", AcceptLanguage: "de-AT, de;q=0.9",
		Header:  []fetch.Field{{Name: "X-Api-Key", Value: "open-sesame-1", Secret: true}, {Name: "X-Region", Value: "eu"}},
		Cookies: []fetch.Field{{Name: "sid", Value: "open-sesame-2", Secret: true}}}
	c := client(Options{}, here, there, "http://127.0.0.1:"+u.Port())
	got, err := c.Fetch(t.Context(), fetch.Request{URL: here + "/terms", Browser: true, Asking: asking})
	if err != nil || !strings.Contains(string(got.Body), "more of /other") {
		t.Fatalf("%s, %v", got.Body, err)
	}
	if _, err := c.Fetch(t.Context(), fetch.Request{URL: here + "/away", Browser: true, Asking: asking}); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	for path, ours := range map[string]bool{"here/terms": true, "here/data": true, "here/away": true, "there/other": false,
		"there/landed": false} {
		h := heard[path]
		if h == nil || h.Get("User-Agent") != "Probe/1.0" || !strings.HasPrefix(h.Get("Accept-Language"), "de-AT,de") {
			t.Errorf("%s is asked with %v", path, h)
		}
		if (h.Get("X-Api-Key") == "open-sesame-1" && h.Get("X-Region") == "eu" &&
			strings.Contains(h.Get("Cookie"), "sid=open-sesame-2")) != ours ||
			!ours && strings.Contains(fmt.Sprint(h), "sesame") {
			t.Errorf("%s hears %v", path, h)
		}
	}
}
