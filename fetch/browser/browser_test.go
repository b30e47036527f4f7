package browser

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fineprint/cmd/dev/browsertest"
	"fineprint/cmd/dev/hostilesite"
	"fineprint/cmd/dev/paralleltest"
	"fineprint/fetch"
)

func TestMain(m *testing.M) {
	paralleltest.AtLeast(5)
	os.Exit(m.Run())
}

// client renders pages of the given servers, and of them only.
func client(o Options, servers ...string) *fetch.Client {
	o.Settle, o.Scroll = orDefault(o.Settle, 300*time.Millisecond), orDefault(o.Scroll, time.Second)
	f := fetch.Options{Browser: New(o), Pace: -1, Retries: -1, UserAgent: "fineprint/test", MaxBytes: 2 << 20}
	for _, s := range servers {
		u, err := url.Parse(s)
		if err != nil {
			panic(err)
		}
		f.AllowHosts = append(f.AllowHosts, u.Host)
	}
	return fetch.New(f)
}

func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func pageServer(t *testing.T, html string) string {
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(html))
	})
}

// TestScriptedPageIsRendered: a page that builds its text by script has it only in a browser.
func TestScriptedPageIsRendered(t *testing.T) {
	browsertest.Need(t)
	t.Setenv("TMPDIR", t.TempDir()) // whatever else runs has its profiles elsewhere
	site, err := hostilesite.Start(hostilesite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer site.Close()
	c := client(Options{}, site.URL("script"))
	const text = "<p>Built by a script.</p>"
	plain, err := c.Fetch(t.Context(), fetch.Request{URL: site.URL("script")})
	if err != nil || strings.Contains(string(plain.Body), text) {
		t.Fatalf("without a browser: %q, %v", plain.Body, err)
	}
	got, err := c.Fetch(t.Context(), fetch.Request{URL: site.URL("script"), Browser: true})
	if err != nil || !strings.Contains(string(got.Body), text) || !strings.HasPrefix(string(got.Body),
		"<!doctype html><html>") {
		t.Fatalf("with a browser: %q, %v", got.Body, err)
	}
	if got.Status != 200 || !got.Rendered || got.FinalURL != site.URL("script") || got.Remote == "" ||
		got.Charset != "utf-8" || got.Header["Content-Type"] == "" || got.DecodedBytes != int64(len(got.Body)) ||
		len(got.DecodedSHA256) != 64 {
		t.Errorf("%+v", got)
	}
	if (os.Geteuid() == 0) != strings.Contains(got.Remark, "sandbox") {
		t.Errorf("remark %q as user %d", got.Remark, os.Geteuid())
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "chromedp-runner*")); len(left) != 0 {
		time.Sleep(time.Second)
		if left, _ = filepath.Glob(filepath.Join(os.TempDir(), "chromedp-runner*")); len(left) != 0 {
			t.Errorf("profiles left behind: %v", left)
		}
	}
}

func TestRenderedResponseHoldsTheExchange(t *testing.T) {
	browsertest.Need(t)
	t.Parallel()
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/old":
			http.Redirect(w, r, "/gone", http.StatusFound)
		case "/gone":
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("X-Agent", r.UserAgent())
			w.WriteHeader(http.StatusNotFound)
			_,
				_ = w.Write([]byte("<h1>Gone</h1><script>alert('stop'); document.body.append('after the " +
				"alert')</script>"))
		default:
			http.NotFound(w, r)
		}
	})
	got, err := client(Options{}, base).Fetch(t.Context(), fetch.Request{URL: base + "/old", Browser: true})
	if err != nil || got.Status != 404 || got.FinalURL != base+"/gone" || len(got.Redirects) != 1 ||
		got.Redirects[0] != base+"/old" || got.Header["X-Agent"] != "fineprint/test" ||
		!strings.Contains(string(got.Body), "after the alert") {
		t.Errorf("%+v, %v\n%s", got, err, got.Body)
	}
}

// listenForHits listens on all addresses, and returns how often something came, the
// port, and what puts it into a page.
func listenForHits(t *testing.T) (hits *atomic.Int32, port string, bad *strings.Replacer) {
	t.Helper()
	hits = new(atomic.Int32)
	l, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	udp, err := net.ListenPacket("udp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = udp.Close() })
	go func() {
		for c, err := l.Accept(); err == nil; c, err = l.Accept() {
			hits.Add(1)
			_ = c.Close()
		}
	}()
	go func() {
		buf := make([]byte, 1500)
		for _, _, err := udp.ReadFrom(buf); err == nil; _, _, err = udp.ReadFrom(buf) {
			hits.Add(1)
		}
	}()
	_, port, _ = net.SplitHostPort(l.Addr().String())
	_, udpPort, _ := net.SplitHostPort(udp.LocalAddr().String())
	bad = strings.NewReplacer("PORT", port, "UDP", udpPort)
	return hits, port, bad
}

// reachingPage is a page that tries to reach loopback in every way a page can.
func reachingPage(port string, bad *strings.Replacer) string {
	hosts := []string{"127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433", "127.1", "0.0.0.0",
		"[::ffff:127.0.0.1]", "a.localhost"}
	var inside strings.Builder
	for _, h := range hosts {
		at := h + ":" + port
		fmt.Fprintf(&inside, `<link rel=dns-prefetch href=//%[1]s><link rel=preconnect href=http://%[1]s>`+
			`<link rel=prefetch href=http://%[1]s/p><link rel=stylesheet href=http://%[1]s/c>`+
			`<img src=http://%[1]s/i><iframe src=http://%[1]s/f></iframe><iframe src=https://%[1]s/f></iframe>`+
			`<object data=http://%[1]s/o></object><video src=http://%[1]s/v></video><script src=http://%[1]s/s>`+
			`</script>`+"\n"+
			`<script>try{fetch("http://%[1]s/x",{mode:"no-cors"}).catch(()=>{})}catch(e){};`+
			`try{new WebSocket("ws://%[1]s/w")}catch(e){};`+
			`try{navigator.sendBeacon("http://%[1]s/b","x")}catch(e){};`+
			`try{new EventSource("http://%[1]s/e")}catch(e){};try{window.open("http://%[1]s/n")}catch(e){};`+
			`try{new WebTransport("https://%[1]s/t")}catch(e){}</script>`, at)
	}
	inside.WriteString(bad.Replace(`<script>try{const c=new ` +
		`RTCPeerConnection({iceServers:[{urls:"stun:127.0.0.1:UDP"},{urls:"turn:127.0.0.1:PORT?transport=tcp",` +
		`username:"u",credential:"p"}]});c.createDataChannel("x");c.createOffer().then(o=>c.setLocalDescription(o))` +
		`}catch(e){}</script><p>All tried.</p>`))
	return inside.String()
}

// TestRenderedPageReachesNoPrivateAddress: a page with leave to be fetched tries to
// reach the private network in every way a page can; the canary sees nothing.
func TestRenderedPageReachesNoPrivateAddress(t *testing.T) {
	browsertest.Need(t)
	t.Parallel()
	hits, port, bad := listenForHits(t)
	base := pageServer(t, reachingPage(port, bad))
	t.Run("all", func(t *testing.T) {
		t.Run("parts", func(t *testing.T) {
			t.Parallel()
			got, err := client(Options{Load: 20 * time.Second}, base).Fetch(t.Context(), fetch.Request{URL: base + "/",
				Browser: true})
			if err != nil || !strings.Contains(string(got.Body), "All tried.") {
				t.Errorf("%v\n%.300s", err, got.Body)
			}
		})
		for name, html := range map[string]string{
			"refresh":  `<meta http-equiv=refresh content="0;url=http://127.0.0.1:PORT/">`,
			"script":   `<script>location="http://localhost:PORT/"</script>`,
			"over TLS": `<script>location="https://127.0.0.1:PORT/"</script>`,
			"form": `<form id=f method=post action="http://127.0.0.1:PORT/"></form>` +
				`<script>f.submit()</script>`,
		} {
			refuses(t, name, pageServer(t, bad.Replace(html)))
		}
		for _, to := range []string{"http://127.0.0.1:PORT/", "https://localhost:PORT/", "http://0x7f.1:PORT/",
			"file:///etc/passwd"} {
			refuses(t, "redirect to "+to, serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					http.NotFound(w, r)
					return
				}
				w.Header().Set("Location", bad.Replace(to))
				w.WriteHeader(http.StatusFound)
			}))
		}
	})
	if n := hits.Load(); n != 0 {
		t.Errorf("%d packets or connections at the canary", n)
	}
	// The canary can sing, and the page does try: with leave it gets there.
	_, _ = client(Options{Load: 20 * time.Second}, base, "http://127.0.0.1:"+port).Fetch(t.Context(),
		fetch.Request{URL: base + "/", Browser: true})
	if hits.Load() == 0 {
		t.Error("the canary does not work")
	}
}

// refuses makes a test of a page that goes where it may not.
func refuses(t *testing.T, name, base string) {
	t.Run(name, func(t *testing.T) {
		t.Parallel()
		got, err := client(Options{}, base).Fetch(t.Context(), fetch.Request{URL: base + "/", Browser: true})
		if !errors.Is(err, fetch.ErrForbiddenAddress) {
			t.Errorf("%v\n%.200s", err, got.Body)
		}
	})
}

// TestEndlessPagesAreEnded: pages that do not end are ended, by time, memory or
// size, with a clear line.
func TestEndlessPagesAreEnded(t *testing.T) {
	browsertest.Need(t)
	t.Parallel()
	for name, c := range map[string]struct {
		html string
		o    Options
		want error
	}{
		"busy":  {`<p>x<script>for(;;);</script>`, Options{Timeout: 4 * time.Second}, fetch.ErrTimeout},
		"large": {`<script>document.write("<p>"+"x".repeat(3<<20))</script>`, Options{}, fetch.ErrTooLarge},
		"hungry": {`<p>x<script>const a=[];setInterval(()=>a.push(new Uint8Array(32<<20).fill(1)),10)</script>`,
			Options{MaxMemory: 600 << 20, Quiet: 20 * time.Second, Load: 25 * time.Second}, fetch.ErrTooLarge},
		"alive": {`<p id=p>x<script>setInterval(()=>p.append("x"),20)</script>`, Options{Load: 2 * time.Second}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base := pageServer(t, c.html)
			_, err := client(c.o, base).Fetch(t.Context(), fetch.Request{URL: base + "/", Browser: true})
			if !errors.Is(err, c.want) {
				t.Error(err)
			}
			if name == "large" && (err == nil || !strings.Contains(err.Error(), "2097152 bytes")) {
				t.Error(err)
			}
			t.Log(err)
		})
	}
}

// TestHostileScenariosAreBoundedInABrowser: servers that are bad for a client are bad for a
// browser.
func TestHostileScenariosAreBoundedInABrowser(t *testing.T) {
	browsertest.Need(t)
	t.Parallel()
	site, err := hostilesite.Start(hostilesite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(site.Close)
	for name, want := range map[string]error{"huge": fetch.ErrProtocol, "slow-header": fetch.ErrTimeout,
		"tls-self-signed": fetch.ErrTLS, "redirect-self": fetch.ErrTooManyRedirects, "refused": fetch.ErrConnection,
		"robots-no": fetch.ErrRobots, "redirect-metadata": fetch.ErrForbiddenAddress} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var o Options
			if name == "slow-header" { // would else be waited for; the others end by themselves
				o.Timeout = 6 * time.Second
			}
			_, err := client(o, site.URL(name)).Fetch(t.Context(),
				fetch.Request{URL: site.URL(name), Browser: true, IgnoreRobots: name != "robots-no"})
			if !errors.Is(err, want) {
				t.Errorf("%v, want %v", err, want)
			}
			t.Log(err)
		})
	}
}

func TestMissingProgramIsErrNoBrowser(t *testing.T) {
	base := pageServer(t, "<p>x")
	_, err := client(Options{Path: filepath.Join(t.TempDir(), "chromium")}, base).Fetch(t.Context(),
		fetch.Request{URL: base + "/", Browser: true})
	if !errors.Is(err, fetch.ErrNoBrowser) || !strings.Contains(err.Error(), "apt install chromium") {
		t.Errorf("none installed: %v", err)
	}
	broken := filepath.Join(t.TempDir(), "chromium")
	if err := os.WriteFile(broken, []byte("#!/bin/sh\nexit 1\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := client(Options{Path: broken}, base).Fetch(t.Context(), fetch.Request{URL: base + "/",
		Browser: true}); !errors.Is(err, fetch.ErrNoBrowser) {
		t.Errorf("one that does not start: %v", err)
	}
	t.Log(err)
}

func TestCancellationEndsTheBrowser(t *testing.T) {
	browsertest.Need(t)
	t.Parallel()
	base := pageServer(t, "<p>x<script>for(;;);</script>")
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	_, err := client(Options{}, base).Fetch(ctx, fetch.Request{URL: base + "/", Browser: true})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}
