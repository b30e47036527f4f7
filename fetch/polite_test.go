package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fineprint/cmd/dev/hostilesite"
)

// crowd answers slowly enough for exchanges to overlap, and counts how many do.
type crowd struct {
	now, most, all atomic.Int32
	mu             sync.Mutex
	starts         []time.Time
}

func (c *crowd) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/robots.txt" {
		http.NotFound(w, r)
		return
	}
	n := c.now.Add(1)
	defer c.now.Add(-1)
	for most := c.most.Load(); n > most && !c.most.CompareAndSwap(most, n); most = c.most.Load() {
	}
	c.all.Add(1)
	c.mu.Lock()
	c.starts = append(c.starts, time.Now())
	c.mu.Unlock()
	time.Sleep(50 * time.Millisecond)
	_, _ = w.Write([]byte("<p>Terms"))
}

// TestHostHasAtMostItsShareOfExchanges: however many fetches want the same host at once, it gets its share,
// and the last of them is not late for having waited.
func TestHostHasAtMostItsShareOfExchanges(t *testing.T) {
	t.Parallel()
	const exchanges = 150 // three at a time they take longer than one of them may
	c := &crowd{}
	server := httptest.NewServer(c)
	defer server.Close()
	client := New(Options{AllowHosts: []string{"127.0.0.1"}, PerHost: 3, Total: 2 * time.Second,
		Timeout: 2 * time.Second})
	var group sync.WaitGroup
	for i := range exchanges {
		group.Go(func() {
			if _, err := client.Get(t.Context(), fmt.Sprintf("%s/%d", server.URL, i)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if c.all.Load() != exchanges || c.most.Load() != 3 {
		t.Errorf("%d exchanges, %d at a time, want %d and 3", c.all.Load(), c.most.Load(), exchanges)
	}
}

func TestExchangesOfAHostArePaced(t *testing.T) {
	at := (&gates{perHost: 5, pace: 40 * time.Millisecond, hosts: map[string]*gate{}}).of("Example.com.", true)
	began := time.Now()
	var starts []time.Time
	for range 6 {
		leave, err := at.enter(t.Context(), time.Second)
		if err != nil {
			t.Fatal(err)
		}
		starts = append(starts, time.Now())
		leave()
	}
	even := true
	for i, s := range starts[1:] {
		gap := s.Sub(starts[i])
		even = even && gap.Round(time.Millisecond) == starts[1].Sub(starts[0]).Round(time.Millisecond)
	}
	if even {
		t.Error("no jitter")
	}
	// A busy machine only makes it longer.
	if took := time.Since(began); took < 5*25*time.Millisecond {
		t.Errorf("six starts in %s", took)
	}
}

// TestHostThatAskedForAPauseIsLeftAlone: a host that asked for a day gets it, from every fetch and for every
// page; others do not wait with it.
func TestHostThatAskedForAPauseIsLeftAlone(t *testing.T) {
	t.Parallel()
	site := startSite(t, hostilesite.Options{})
	client := New(patient(hurried(site)))
	var later RetryLater
	if _, err := client.Get(t.Context(), site.URL("429-day")); !errors.As(err, &later) || later.After < 23*time.Hour ||
		later.Status != 429 {
		t.Fatalf("a day's pause: %v", err)
	}
	if _, err := client.Get(t.Context(), site.URL("ok")); !errors.As(err, &later) || site.Requests("ok") != 0 {
		t.Errorf("another page of the host: %v", err)
	}
	if !strings.Contains(later.Error(), "24 hours") {
		t.Errorf("said as %q", later)
	}
	started := time.Now()
	other := New(patient(hurried(site)))
	if _, err := other.Get(t.Context(), site.URL("429-seconds")); err != nil || time.Since(started) < time.Second {
		t.Errorf("a second's pause: %v after %s", err, time.Since(started))
	}
}

func TestValidatorsBringNotModified(t *testing.T) {
	site := startSite(t, hostilesite.Options{})
	client := New(patient(hurried(site)))
	first, err := client.Fetch(t.Context(), Request{URL: site.URL("ok")})
	if err != nil || first.ETag != `"v1"` || first.LastModified == "" || first.NotModified {
		t.Fatalf("%+v, %v", first, err)
	}
	again, err := client.Fetch(t.Context(), Request{URL: site.URL("ok"), ETag: first.ETag,
		LastModified: first.LastModified})
	if err != nil || !again.NotModified || again.Status != 304 || len(again.Body) != 0 {
		t.Errorf("%+v, %v", again, err)
	}
}

// TestRobotsAreAskedOnce: by many fetches at once, of many pages.
func TestRobotsAreAskedOnce(t *testing.T) {
	var asked atomic.Int32
	var agents sync.Map
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		agents.Store(r.UserAgent(), true)
		if r.URL.Path == "/robots.txt" {
			asked.Add(1)
			_, _ = w.Write([]byte("User-agent: fineprint\nDisallow: /private\nDisallow: /*.pdf$\nAllow: " +
				"/private/terms\nCrawl-delay: nonsense\n"))
			return
		}
		_, _ = w.Write([]byte("x"))
	}))
	defer server.Close()
	client := New(Options{AllowHosts: []string{"127.0.0.1"},
		UserAgent: "fineprint/1.0 (+https://fineprint.example/bot)"})
	var group sync.WaitGroup
	for path, want := range map[string]error{"/": nil, "/terms": nil, "/private": ErrRobots, "/private/x": ErrRobots,
		"/private/terms": nil, "/a.pdf": ErrRobots, "/a.pdf?x": nil, "/x?private": nil} {
		group.Go(func() {
			if _, err := client.Get(t.Context(), server.URL+path); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", path, err, want)
			}
		})
	}
	group.Wait()
	if _, err := client.Fetch(t.Context(), Request{URL: server.URL + "/private", IgnoreRobots: true}); err != nil {
		t.Errorf("overridden: %v", err)
	}
	if asked.Load() != 1 {
		t.Errorf("robots.txt was asked for %d times", asked.Load())
	}
	agents.Range(func(a, _ any) bool {
		if a != "fineprint/1.0 (+https://fineprint.example/bot)" {
			t.Errorf("came as %q", a)
		}
		return true
	})
}

// TestResponseHoldsTheExchange: everything known about an exchange is returned.
func TestResponseHoldsTheExchange(t *testing.T) {
	site := startSite(t, hostilesite.Options{})
	client := New(patient(hurried(site)))
	got := func(name string) Response {
		t.Helper()
		r, err := client.Get(context.Background(), site.URL(name))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	plain := got("ok")
	for _, name := range []string{"gzip", "brotli", "zstd"} {
		p := got(name)
		if string(p.Body) != hostilesite.Terms || p.DecodedSHA256 != plain.DecodedSHA256 ||
			p.DecodedBytes != int64(len(hostilesite.Terms)) || p.EncodedSHA256 == p.DecodedSHA256 ||
			p.EncodedBytes == p.DecodedBytes || p.EncodedBytes == 0 || p.Header["Content-Encoding"] == "" {
			t.Errorf("%s: %+v", name, p)
		}
	}
	if plain.EncodedSHA256 != plain.DecodedSHA256 || plain.Proto != "HTTP/1.1" || plain.TLSFingerprint != "" ||
		plain.Charset != "utf-8" || !strings.HasPrefix(plain.Remote, "127.0.0.1:") || plain.At.Before(plain.Started) ||
		plain.Started.IsZero() || plain.Requested != site.URL("ok") {
		t.Errorf("%+v", plain)
	}
	if s := got("tls"); s.Proto != "HTTP/2.0" || len(s.TLSFingerprint) != 64 {
		t.Errorf("%+v", s)
	}
	if m := got("moved"); m.FinalURL != site.URL("ok") || len(m.Redirects) != 1 ||
		m.Redirects[0] != site.URL("moved") || m.Requested != site.URL("moved") {
		t.Errorf("%+v", m)
	}
	if r := got("redirect-ten"); len(r.Redirects) != 10 {
		t.Errorf("%d redirects", len(r.Redirects))
	}
	if c := got("charset-meta"); c.Charset != "windows-1252" || c.MediaType != "text/html" ||
		!strings.Contains(string(c.Body), "Caf\xe9") {
		t.Errorf("%+v", c)
	}
	if n := got("no-type"); n.MediaType != "text/html; charset=utf-8" {
		t.Errorf("%+v", n)
	}
	if b, err := client.Fetch(t.Context(), Request{URL: site.URL("ok"), Browser: true}); !errors.Is(err, ErrNoBrowser) {
		t.Errorf("%+v, %v", b, err)
	}
}
