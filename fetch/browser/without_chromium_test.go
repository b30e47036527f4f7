package browser

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"

	"fineprint/fetch"
)

// guarded lets everything through but addresses of one host.
func guarded(ctx context.Context, network, address string) (net.Conn, error) {
	if strings.HasPrefix(address, "private.example") {
		return nil, fetch.Reasonf(fetch.ErrForbiddenAddress, "private")
	}
	return new(net.Dialer).DialContext(ctx, network, address)
}

// throughProxy starts a proxy and returns it, a client that uses it, and what
// ends when it was over its limit.
func throughProxy(t *testing.T, maxBytes int64) (*proxy, *http.Client, context.Context) {
	t.Helper()
	ctx, cancel := context.WithCancelCause(t.Context())
	t.Cleanup(func() { cancel(nil) })
	p, err := startProxy(ctx, guarded, maxBytes, cancel)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.close)
	u, err := url.Parse(p.address())
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{Proxy: http.ProxyURL(u)}
	return p, &http.Client{Transport: transport}, ctx
}

func TestProxyForwardsAndRemembersWhoAnswered(t *testing.T) {
	target := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "terms") })
	p, client, _ := throughProxy(t, 1<<20)
	resp, err := client.Get(target)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil || string(body) != "terms" {
		t.Errorf("%q, %v", body, err)
	}
	host := strings.TrimPrefix(target, "http://")
	if remote, refused := p.about(host); remote != host || refused != nil {
		t.Errorf("%s answered, %v", remote, refused)
	}
}

func TestProxyTunnelsTLS(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_,
			_ = io.WriteString(w, "terms")
	}))
	t.Cleanup(server.Close)
	_, client, _ := throughProxy(t, 1<<20)
	client.Transport.(*http.Transport).TLSClientConfig = server.Client().Transport.(*http.Transport).TLSClientConfig
	resp, err := client.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil || string(body) != "terms" {
		t.Errorf("%q, %v", body, err)
	}
}

// TestProxyRefusesWhatTheGuardRefuses: plain and by tunnel, and the visit knows.
func TestProxyRefusesWhatTheGuardRefuses(t *testing.T) {
	p, client, _ := throughProxy(t, 1<<20)
	for _, address := range []string{"http://private.example/", "https://private.example/"} {
		resp, err := client.Get(address)
		if err == nil {
			_ = resp.Body.Close()
		}
		if err == nil && resp.StatusCode != http.StatusBadGateway {
			t.Errorf("%s: %s", address, resp.Status)
		}
		v := &visit{proxy: p}
		if err := v.refused(address); !errors.Is(err, fetch.ErrForbiddenAddress) {
			t.Errorf("%s: %v", address, err)
		}
	}
	resp, err := http.Get(p.address() + "/relative")
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusBadRequest {
		t.Errorf("a request that is no proxy's: %s", resp.Status)
	}
}

func TestProxyEndsThePageOverItsBytes(t *testing.T) {
	target := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 1<<20)) })
	_, client, ctx := throughProxy(t, 1000)
	if resp, err := client.Get(target); err == nil {
		_, _ = io.ReadAll(resp.Body)
		_ = resp.Body.Close()
	}
	select {
	case <-ctx.Done():
		if !errors.Is(context.Cause(ctx), fetch.ErrTooLarge) {
			t.Errorf("%v", context.Cause(ctx))
		}
	case <-time.After(10 * time.Second):
		t.Error("a megabyte came through a limit of 1000 bytes")
	}
}

// TestBrowserErrorsAreMappedToFetchErrors: the browser's words for it become ours.
func TestBrowserErrorsAreMappedToFetchErrors(t *testing.T) {
	p, _, _ := throughProxy(t, 1<<20)
	for text, want := range map[string]error{
		"":                            nil,
		"net::ERR_CERT_DATE_INVALID":  fetch.ErrTLS,
		"net::ERR_SSL_PROTOCOL_ERROR": fetch.ErrTLS,
		"net::ERR_TOO_MANY_REDIRECTS": fetch.ErrTooManyRedirects,
		"net::ERR_UNSAFE_REDIRECT":    fetch.ErrForbiddenAddress,
		"net::ERR_TIMED_OUT":          fetch.ErrTimeout,
		"net::ERR_INVALID_RESPONSE":   fetch.ErrProtocol,
		"net::ERR_CONNECTION_REFUSED": fetch.ErrConnection,
	} {
		v := &visit{proxy: p, asked: "https://acme.example/terms"}
		if err := v.arrived(page.NavigateResult{ErrorText: text}); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
	v := &visit{proxy: p, asked: "https://acme.example/terms.zip"}
	if err := v.arrived(page.NavigateResult{IsDownload: true}); !errors.Is(err, fetch.ErrProtocol) {
		t.Errorf("a download: %v", err)
	}
	v.asked = "file:///etc/passwd"
	if err := v.arrived(page.NavigateResult{}); !errors.Is(err, fetch.ErrForbiddenAddress) {
		t.Errorf("a file: %v", err)
	}
}

// TestNoteFollowsTheMainDocument: its redirects and its answer, not its frames'.
func TestNoteFollowsTheMainDocument(t *testing.T) {
	v := &visit{}
	asks := func(frame cdp.FrameID, address string) {
		v.observe(t.Context(), &network.EventRequestWillBeSent{Type: network.ResourceTypeDocument, FrameID: frame,
			Request: &network.Request{URL: address}})
	}
	asks("main", "https://acme.example/old")
	asks("main", "https://acme.example/terms")
	asks("inner", "https://ads.example/")
	v.observe(t.Context(), &network.EventResponseReceived{Type: network.ResourceTypeDocument, FrameID: "inner",
		Response: &network.Response{Status: 500}})
	v.observe(t.Context(), &network.EventResponseReceived{Type: network.ResourceTypeDocument, FrameID: "main",
		Response: &network.Response{Status: 200}})
	if v.asked != "https://acme.example/terms" || len(v.redirects) != 1 || v.answer == nil || v.answer.Status != 200 {
		t.Errorf("%+v", v)
	}
}

func TestHostPortIsThatOfTheScheme(t *testing.T) {
	for address, want := range map[string]string{
		"https://Acme.example/x": "acme.example:443", "http://acme.example": "acme.example:80",
		"http://acme.example:8080/": "acme.example:8080", "https://[2001:db8::1]/": "[2001:db8::1]:443",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := hostPort(u); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

// TestMemoryOfABrowserIsWatched: this process is in its place.
func TestMemoryOfABrowserIsWatched(t *testing.T) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("there is no /proc")
	}
	if got := resident(os.Getpid()); got < 1<<20 {
		t.Errorf("this process takes %d bytes", got)
	}
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	watchMemory(ctx, self, 1, cancel)
	if !errors.Is(context.Cause(ctx), fetch.ErrTooLarge) {
		t.Errorf("%v", context.Cause(ctx))
	}
}

func TestMissingBrowserIsNamed(t *testing.T) {
	for err, words := range map[error]string{exec.ErrNotFound: "install", io.EOF: "does not start"} {
		if got := noBrowser(err); !errors.Is(got, fetch.ErrNoBrowser) || !strings.Contains(got.Error(), words) {
			t.Errorf("%v: %v", err, got)
		}
	}
}

func TestResponseIsTheLastAnswer(t *testing.T) {
	p, _, _ := throughProxy(t, 1<<20)
	v := &visit{proxy: p, asked: "http://acme.example/terms#top", redirects: []string{"http://acme.example/"}}
	if _, err := v.response(t.Context(), nil, ""); !errors.Is(err, fetch.ErrConnection) {
		t.Errorf("without an answer: %v", err)
	}
	v.answer = &network.Response{Status: 200, Protocol: "http/1.1",
		Headers: network.Headers{"content-type": "text/html", "set-cookie": "a=b", "x-two": "1\n2", "x-no": 3}}
	got, err := v.response(t.Context(), nil, "<p>Terms")
	if err != nil || got.Status != 200 || got.FinalURL != "http://acme.example/terms" ||
		string(got.Body) != "<p>Terms" ||
		len(got.Redirects) != 1 || len(got.Header) != 2 || got.Header["X-Two"] != "1, 2" {
		t.Errorf("%+v, %v", got, err)
	}
}
