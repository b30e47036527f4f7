package fetch

import (
	"context"
	"errors"
	"net/url"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/hostilesite"
	"fineprint/cmd/dev/paralleltest"
)

func TestMain(m *testing.M) {
	paralleltest.AtLeast(8)
	os.Exit(m.Run())
}

func startSite(t *testing.T, o hostilesite.Options) *hostilesite.Site {
	t.Helper()
	site, err := hostilesite.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(site.Close)
	return site
}

// hurried are options for a hostile site: its addresses allowed one by one, so
// that no other port of this machine is, and no time lost.
func hurried(site *hostilesite.Site) Options {
	o := Options{ConnectTimeout: time.Second, TLSTimeout: 2 * time.Second, HeaderTimeout: 2 * time.Second,
		IdleTimeout: 1500 * time.Millisecond,
		Timeout:     5 * time.Second, Total: 15 * time.Second, RetryWait: 20 * time.Millisecond,
		MaxRetryAfter: 3 * time.Second, Pace: -1, PerHost: 64, MaxBytes: 4 << 20, RootCAs: site.CA}
	for _, m := range site.Scenarios() {
		u, err := url.Parse(m.URL)
		if err != nil {
			panic(err)
		}
		o.AllowHosts = append(o.AllowHosts, u.Host)
	}
	return o
}

// patient gives a client more time than anything that ends by itself takes, on a busy
// machine, too.
func patient(o Options) Options {
	for _, d := range []*time.Duration{&o.ConnectTimeout, &o.TLSTimeout, &o.HeaderTimeout, &o.IdleTimeout, &o.Timeout,
		&o.Total} {
		*d *= 10
	}
	return o
}

// ends is how each scenario of the hostile site ends: with an error, or with a
// status.
var ends = map[string]struct {
	err    error
	status int
	tries  int // 0: not looked at
}{
	"ok": {nil, 200, 0}, "slow-header": {ErrTimeout, 0, 1}, "drip": {ErrTimeout, 0, 1}, "stall": {ErrTimeout, 0, 1},
	"gzip": {nil, 200, 1}, "brotli": {nil, 200, 1}, "zstd": {nil, 200, 1},
	"huge": {ErrTooLarge, 0, 1}, "huge-said": {ErrTooLarge, 0, 1}, "gzip-bomb": {ErrTooLarge, 0, 1},
	"nested-bomb": {ErrTooLarge, 0, 1}, "empty-bomb": {ErrTooLarge, 0, 1},
	"brotli-bomb": {ErrTooLarge, 0, 1}, "zstd-bomb": {ErrTooLarge, 0, 1}, "packed-wrong": {nil, 200, 1},
	"packed-cut":    {ErrConnection, 0, 4},
	"packed-unsaid": {nil, 200, 1}, "packed-unsaid-twice": {nil, 200, 1}, "packed-unsaid-brotli": {nil, 200, 1},
	"unsaid-bomb": {ErrTooLarge, 0, 1}, "unsaid-cut": {ErrProtocol, 0, 1}, "deflate": {nil, 200, 1},
	"deflate-raw":  {nil, 200, 1},
	"packed-often": {ErrProtocol, 0, 1}, "packed-unasked": {ErrProtocol, 0, 1}, "charset-wrong": {nil, 200, 1},
	"charset-meta": {nil, 200, 1}, "no-type": {nil, 200, 1},
	"moved": {nil, 200, 1}, "redirect-self": {ErrTooManyRedirects, 0, 1}, "redirect-ping": {ErrTooManyRedirects, 0, 0},
	"redirect-pong": {ErrTooManyRedirects, 0, 0},
	"redirect-far":  {ErrTooManyRedirects, 0, 11}, "redirect-ten": {nil, 200, 11},
	"redirect-private": {ErrForbiddenAddress, 0, 1}, "redirect-mapped": {ErrForbiddenAddress, 0, 1},
	"redirect-octal": {ErrForbiddenAddress, 0, 1}, "redirect-metadata": {ErrForbiddenAddress, 0, 1},
	"redirect-file": {ErrForbiddenAddress, 0, 1}, "redirect-ftp": {ErrForbiddenAddress, 0, 1},
	"redirect-script": {ErrForbiddenAddress, 0, 1}, "redirect-data": {ErrForbiddenAddress, 0, 1},
	"redirect-user": {ErrForbiddenAddress, 0, 1}, "redirect-garbage": {ErrProtocol, 0, 1},
	"redirect-nowhere": {nil, 302, 1}, "cookie-wall": {ErrTooManyRedirects, 0, 1},
	"304-always": {ErrProtocol, 0, 1}, "404": {nil, 404, 1}, "403": {nil, 403, 1}, "500-always": {nil, 500, 4},
	"429-always": {nil, 429, 4}, "206": {ErrProtocol, 0, 1}, "204": {nil, 204, 1}, "999": {nil, 999, 1},
	"500-once": {nil, 200, 2}, "503-once": {nil, 200, 2}, "429-seconds": {nil, 200, 2}, "429-date": {nil, 200, 2},
	"429-past": {nil, 200, 2},
	"429-day":  {RetryLater{}, 0, 1}, "429-eternity": {RetryLater{}, 0, 1}, "429-negative": {nil, 200, 2},
	"429-garbage": {nil, 200, 2}, "503-day": {RetryLater{}, 0, 1},
	"empty": {nil, 200, 1}, "signin": {nil, 200, 1}, "cookie-page": {nil, 200, 1}, "error-200": {nil, 200, 1},
	"other-language": {nil, 200, 1}, "cut-document": {nil, 200, 1}, "tokens": {nil, 200, 1}, "flip": {nil, 200, 1},
	"script": {nil, 200, 1},
	"cut":    {ErrConnection, 0, 4}, "length-short": {nil, 200, 1}, "length-two": {ErrProtocol, 0, 1},
	"length-negative": {ErrProtocol, 0, 1}, "chunk-garbage": {ErrProtocol, 0, 1}, "chunk-huge": {ErrProtocol, 0, 1},
	"no-answer": {ErrConnection, 0, 4}, "http09": {ErrProtocol, 0, 1}, "not-http": {ErrProtocol, 0, 1},
	"binary": {ErrProtocol, 0, 1}, "invalid-header": {ErrProtocol, 0, 1}, "escape-header": {ErrProtocol, 0, 0},
	"bad-status": {ErrProtocol, 0, 1}, "switching": {ErrProtocol, 0, 1}, "huge-header": {ErrTooLarge, 0, 1},
	"reset": {ErrConnection, 0, 4}, "endless-headers": {ErrTooLarge, 0, 1}, "drip-headers": {ErrTimeout, 0, 1},
	"endless-hints": {ErrTooLarge, 0, 1},
	"tls":           {nil, 200, 2}, "tls-self-signed": {ErrTLS, 0, 0}, "tls-expired": {ErrTLS, 0, 0},
	"tls-other-name": {ErrTLS, 0, 0}, "tls-old": {ErrTLS, 0, 0}, "tls-none": {ErrTLS, 0, 0},
	"robots-no": {ErrRobots, 0, 0}, "robots-us": {ErrRobots, 0, 0}, "robots-yes": {nil, 200, 1},
	"robots-orphan": {ErrRobots, 0, 0}, "robots-none": {nil, 200, 1}, "robots-500": {ErrRobots, 0, 0},
	"robots-huge": {ErrRobots, 0, 0}, "robots-bomb": {ErrRobots, 0, 0},
	"robots-garbage": {nil, 200, 1}, "robots-loop": {nil, 200, 1}, "robots-private": {ErrForbiddenAddress, 0, 0},
	"robots-slow": {ErrTimeout, 0, 0}, "robots-drip": {ErrTimeout, 0, 0},
	"refused": {ErrConnection, 0, 0}, "mute": {ErrTimeout, 0, 0}, "mute-tls": {ErrTimeout, 0, 0},
}

// TestHostileScenariosEndInTime takes a client to every scenario there is: each ends in time, in
// bounded memory, with a clear line, and none makes it touch a private address.
func TestHostileScenariosEndInTime(t *testing.T) {
	canary := newCanary(t)
	site := startSite(t, hostilesite.Options{Target: canary.url, Drip: 50 * time.Millisecond})
	if len(site.Scenarios()) != len(ends) {
		t.Errorf("%d scenarios, %d of them expected here", len(site.Scenarios()), len(ends))
	}
	t.Run("all", func(t *testing.T) {
		for _, m := range site.Scenarios() {
			t.Run(m.Name, func(t *testing.T) {
				t.Parallel()
				meet(t, site, m)
			})
		}
	})
	if n := canary.hits.Load(); n != 0 {
		t.Errorf("%d connections into the private network", n)
	}
	if !raceEnabled { // its own bookkeeping is larger than what is measured
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		t.Logf("%d scenarios met, %d MB from the system, server and bombs included", len(ends), m.Sys>>20)
		if m.Sys > 300<<20 {
			t.Errorf("%d MB", m.Sys>>20)
		}
	}
}

func meet(t *testing.T, site *hostilesite.Site, m hostilesite.Scenario) {
	want, ok := ends[m.Name]
	if !ok {
		t.Fatal("not expected")
	}
	o := hurried(site)
	if !errors.Is(want.err, ErrTimeout) {
		o = patient(o)
	}
	got, err := New(o).Get(t.Context(), m.URL)
	if n := site.Requests(m.Name); want.tries != 0 && n != want.tries {
		t.Errorf("asked %d times, want %d", n, want.tries)
	}
	if want.err == nil {
		if err != nil || got.Status != want.status {
			t.Errorf("got status %d, %v", got.Status, err)
		}
		return
	}
	var later RetryLater
	if _, asks := want.err.(RetryLater); !errors.Is(err, want.err) && !(asks && errors.As(err, &later) &&
		later.After > time.Hour) {
		t.Fatalf("got %v (%#v), want %v", err, errors.Unwrap(err), want.err)
	}
	line := err.Error()
	if len(line) > 300 || strings.ContainsAny(line, "\n\r\x1b\x00\a") || strings.Contains(line, "net/http") ||
		strings.Contains(line, "tcp") {
		t.Errorf("not a clear line: %q", line)
	}
	t.Log(line)
}

// TestCancellationEndsAFetchAtOnce: the caller's end of patience is its own, at once, and no retry.
func TestCancellationEndsAFetchAtOnce(t *testing.T) {
	site := startSite(t, hostilesite.Options{})
	for _, name := range []string{"slow-header", "drip", "mute-tls", "robots-slow", "500-always"} {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		o := hurried(site)
		o.HeaderTimeout, o.IdleTimeout, o.Timeout, o.TLSTimeout, o.RetryWait = time.Minute, time.Minute, time.Minute,
			time.Minute, time.Minute
		_, err := New(o).Get(ctx, site.URL(name))
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
