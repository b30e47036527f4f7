package fetch

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// listener is a site that notes what it is asked with, and redirects as its paths say.
type listener struct {
	*httptest.Server
	mu    sync.Mutex
	heard map[string]http.Header
}

func newListener(t *testing.T) *listener {
	t.Helper()
	l := &listener{heard: map[string]http.Header{}}
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.mu.Lock()
		l.heard[r.URL.Path] = r.Header.Clone()
		l.mu.Unlock()
		if to := r.URL.Query().Get("to"); to != "" {
			http.Redirect(w, r, to, http.StatusFound)
			return
		}
		w.Header().Set("X-Said", r.Header.Get("X-Api-Key"))
		_, _ = fmt.Fprint(w, "<p>Terms")
	}))
	t.Cleanup(l.Close)
	return l
}

func (l *listener) header(path string) http.Header {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.heard[path]
}

var secretive = Asking{UserAgent: "Probe/1.0", AcceptLanguage: "de",
	Header: []Field{{Name: "X-Api-Key", Value: "open-sesame-1", Secret: true},
		{Name: "Authorization", Value: "Bearer open-sesame-2", Secret: true}, {Name: "X-Region", Value: "eu"}},
	Cookies: []Field{{Name: "sid", Value: "open-sesame-3", Secret: true}, {Name: "b", Value: "2", Secret: true}}}

func TestPageIsAskedForAsItIsSet(t *testing.T) {
	site := newListener(t)
	got, err := hurriedClient().Fetch(t.Context(), Request{URL: site.URL + "/terms", Asking: secretive})
	if err != nil || got.Status != 200 {
		t.Fatalf("%+v, %v", got, err)
	}
	for name, want := range map[string]string{"User-Agent": "Probe/1.0", "Accept-Language": "de", "X-Region": "eu",
		"X-Api-Key": "open-sesame-1", "Authorization": "Bearer open-sesame-2", "Cookie": "sid=open-sesame-3; b=2"} {
		if got := site.header("/terms").Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if robots := site.header("/robots.txt"); robots.Get("User-Agent") != "Probe/1.0" || robots.Get("X-Region") != "" ||
		strings.Contains(fmt.Sprint(robots), "sesame") {
		t.Errorf("robots.txt is asked for with %v", robots)
	}
	if got.Header["X-Said"] != "***" {
		t.Errorf("a secret that the server repeats is kept: %v", got.Header)
	}
}

// TestSecretsStayWithTheirOrigin: no redirect takes one to another host, port or
// scheme, nor back from there; what is no secret goes along.
func TestSecretsStayWithTheirOrigin(t *testing.T) {
	here, there := newListener(t), newListener(t)
	for _, c := range []struct {
		name, to string
		at       *listener
		last     string
		sent     bool
	}{
		{"same origin", here.URL + "/b", here, "/b", true},
		{"relative", "/c", here, "/c", true},
		{"another port", there.URL + "/d", there, "/d", false},
		{"another name of the same address", strings.Replace(here.URL, "127.0.0.1", "localhost", 1) + "/e", here, "/e", false},
		{"there and back", there.URL + "/f?to=" + url.QueryEscape(here.URL+"/g"), here, "/g", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			client := New(Options{AllowHosts: []string{"127.0.0.1", "localhost"}, Pace: -1})
			r := Request{URL: here.URL + "/a?to=" + url.QueryEscape(c.to), Asking: secretive}
			if got, err := client.Fetch(t.Context(), r); err != nil || !strings.HasSuffix(got.FinalURL, c.last) {
				t.Fatalf("%+v, %v", got, err)
			}
			h := c.at.header(c.last)
			if sent := strings.Count(fmt.Sprint(h), "sesame"); (sent == 3) != c.sent || sent != 0 && !c.sent {
				t.Errorf("%d secrets are sent: %v", sent, h)
			}
			if h.Get("X-Region") != "eu" || h.Get("User-Agent") != "Probe/1.0" || h.Get("Accept-Language") != "de" {
				t.Errorf("the rest is not: %v", h)
			}
		})
	}
}

func TestOriginIsSchemeHostAndPort(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"https://a.example/x", "https://a.example/y", true}, {"https://a.example/", "https://A.example.:443/", true},
		{"http://a.example/", "https://a.example/", true}, {"https://a.example/", "http://a.example/", false},
		{"https://a.example/", "https://www.a.example/", false}, {"https://a.example/", "https://a.example:8443/", false},
		{"http://a.example:8080/", "https://a.example/", false}, {"https://a.example/", "https://a.example.evil/", false},
	} {
		from, _ := url.Parse(c.from)
		to, _ := url.Parse(c.to)
		if got := SameOrigin(from, to); got != c.want {
			t.Errorf("%s → %s: %t", c.from, c.to, got)
		}
	}
}

// TestRobotsAreThoseOfTheUserAgent: one program is not bound by what a site forbids to
// another.
func TestRobotsAreThoseOfTheUserAgent(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			_, _ = fmt.Fprint(w, "User-agent: probe\nDisallow: /\n\nUser-agent: fineprint\nDisallow: /private\n")
			return
		}
		_, _ = fmt.Fprint(w, "<p>Terms")
	}))
	t.Cleanup(server.Close)
	client := New(Options{AllowHosts: []string{"127.0.0.1"}, Pace: -1, UserAgent: "fineprint/1.0 (+about)"})
	for _, c := range []struct {
		agent, path string
		forbidden   bool
	}{{"", "/terms", false}, {"", "/private", true}, {"Probe/2.0 (x)", "/terms", true}, {"Other", "/private", false}} {
		_, err := client.Fetch(t.Context(), Request{URL: server.URL + c.path, Asking: Asking{UserAgent: c.agent}})
		if (err != nil) != c.forbidden {
			t.Errorf("%q at %s: %v", c.agent, c.path, err)
		}
	}
}

// TestAcceptedStatusIsNotTriedAgain: a document that comes with 500 is asked for once.
func TestAcceptedStatusIsNotTriedAgain(t *testing.T) {
	address, asked := busySite(t, 500, false, nil)
	got, err := hurriedClient().Fetch(t.Context(), Request{URL: address, Accept: []int{500}})
	if err != nil || got.Status != 500 || asked.Load() != 1 {
		t.Errorf("%+v, %v, asked %d times", got, err, asked.Load())
	}
}
