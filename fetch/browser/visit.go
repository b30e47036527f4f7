package browser

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"fineprint/fetch"
)

const poll = 150 * time.Millisecond

// visit is one page in its browser.
type visit struct {
	o     Options
	page  fetch.Page
	proxy *proxy

	mu        sync.Mutex
	main      cdp.FrameID
	asked     string            // the document's latest address
	redirects []string          // the ones before
	answer    *network.Response // to it
	at        time.Time
}

// run goes to the page, waits until it is finished, and takes it down.
func (v *visit) run(ctx context.Context) (fetch.Response, error) {
	if err := chromedp.Listen(ctx, func(ev any) { v.observe(ctx, ev) }); err != nil {
		return fetch.Response{}, err
	}
	return chromedp.Run(ctx, func(ctx context.Context, t *chromedp.Target) (fetch.Response, error) {
		if _, err := cdp.Call(ctx, t, browser.SetDownloadBehavior,
			browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorDeny}); err != nil {
			return fetch.Response{}, err
		}
		went, err := cdp.Call(ctx, t, page.Navigate, page.NavigateParams{URL: v.page.URL})
		if err != nil {
			return fetch.Response{}, err
		}
		if err := v.arrived(went); err != nil {
			return fetch.Response{}, err
		}
		html, err := v.waitUntilStable(ctx, t, went.FrameID)
		if err != nil {
			return fetch.Response{}, err
		}
		return v.response(ctx, t, html)
	})
}

// observe follows the main document: where it was asked for and what came.
func (v *visit) observe(ctx context.Context, ev any) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch ev := ev.(type) {
	case *network.EventRequestWillBeSent:
		if ev.Type != network.ResourceTypeDocument || v.main != "" && ev.FrameID != v.main {
			return
		}
		v.main = ev.FrameID
		if v.asked != "" && len(v.redirects) < 100 {
			v.redirects = append(v.redirects, v.asked)
		}
		v.asked, v.answer = ev.Request.URL, nil
	case *network.EventResponseReceived:
		if ev.Type == network.ResourceTypeDocument && ev.FrameID == v.main {
			v.answer, v.at = ev.Response, time.Now().UTC()
		}
	case *page.EventJavascriptDialogOpening: // would stop the page
		go func() {
			_, _ = chromedp.Run(ctx, func(ctx context.Context, t *chromedp.Target) (cdp.Empty, error) {
				return cdp.Call(ctx, t, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{})
			})
		}()
	}
}

// arrived returns why the document did not come.
func (v *visit) arrived(went page.NavigateResult) error {
	v.mu.Lock()
	asked := v.asked
	v.mu.Unlock()
	if err := v.refused(asked); err != nil {
		return err
	}
	text := went.ErrorText
	switch {
	case went.IsDownload:
		return fetch.Reasonf(fetch.ErrProtocol, "it is a file, not a page a browser shows")
	case text == "":
		return nil
	case strings.Contains(text, "CERT") || strings.Contains(text, "SSL"):
		return fetch.Reasonf(fetch.ErrTLS, "the browser does not trust the site's certificate or can't agree with it")
	case strings.Contains(text, "TOO_MANY_REDIRECTS"):
		return fetch.Reasonf(fetch.ErrTooManyRedirects, "the browser gave up")
	case strings.Contains(text, "UNSAFE_REDIRECT"), strings.Contains(text, "UNKNOWN_URL_SCHEME"):
		return fetch.Reasonf(fetch.ErrForbiddenAddress, "it redirects to what is neither http nor https")
	case strings.Contains(text, "TIMED_OUT"):
		return fetch.Reasonf(fetch.ErrTimeout, "the browser gave up")
	case strings.Contains(text, "INVALID"), strings.Contains(text, "CONTENT"):
		return fetch.Reasonf(fetch.ErrProtocol, "the browser can't read it")
	default:
		return fetch.Reasonf(fetch.ErrConnection, "the browser can't load the page")
	}
}

// refused: the guard did not let the document through. The proxy's own answer
// would else pass for the page.
func (v *visit) refused(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return fetch.Reasonf(fetch.ErrForbiddenAddress, "the page leads to what is neither http nor https")
	}
	_, refused := v.proxy.about(hostPort(u))
	return refused
}

func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	host := strings.ToLower(u.Hostname())
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return host + ":" + port
}

// state is what the page is asked, in a world of our own that its scripts
// can't reach: whether it is loaded, how much it shows, and its HTML.
const state = `(() => {
	const root = document.documentElement
	const html = root ? (document.doctype ? "<!doctype html>" : "") + root.outerHTML : ""
	return { ready: document.readyState === "complete", length: html.length, html: %t && html.length <= %d ? html : "" }
})()`

type pageState struct {
	Ready  bool   `json:"ready"`
	Length int64  `json:"length"`
	HTML   string `json:"html"`
}

// waitUntilStable waits until the page is loaded and has stopped changing, or has had
// its time, and gives its HTML.
func (v *visit) waitUntilStable(ctx context.Context, t *chromedp.Target, frame cdp.FrameID) (string, error) {
	started, changed, last := time.Now(), time.Now(), int64(-1)
	for {
		s, err := v.look(ctx, t, frame, false)
		if err != nil && ctx.Err() != nil {
			return "", err
		}
		if s.Length != last || err != nil { // an error: it is just going elsewhere
			last, changed = s.Length, time.Now()
		}
		spent := time.Since(started) > v.o.Load
		if err == nil && (s.Ready && time.Since(changed) >= v.o.Quiet || spent) {
			break
		}
		if err != nil && spent {
			return "", fetch.Reasonf(fetch.ErrProtocol, "the page does not stay")
		}
		select {
		case <-time.After(poll):
		case <-ctx.Done():
			return "", context.Cause(ctx)
		}
	}
	s, err := v.look(ctx, t, frame, true)
	if err != nil {
		return "", err
	}
	if s.Length > 0 && s.HTML == "" || int64(len(s.HTML)) > v.page.MaxBytes {
		return "", fetch.Reasonf(fetch.ErrTooLarge, "rendered, it is more than the %d bytes that are read",
			v.page.MaxBytes)
	}
	return s.HTML, nil
}

func (v *visit) look(ctx context.Context, t *chromedp.Target, frame cdp.FrameID, html bool) (pageState, error) {
	world, err := cdp.Call(ctx, t, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: frame,
		WorldName: "fineprint"})
	if err != nil {
		return pageState{}, err
	}
	yes := true
	got, err := cdp.Call(ctx, t, runtime.Evaluate,
		runtime.EvaluateParams{Expression: fmt.Sprintf(state, html, v.page.MaxBytes),
			ContextID: world.ExecutionContextID, ReturnByValue: &yes})
	if err != nil {
		return pageState{}, err
	}
	var s pageState
	if got.Result == nil || json.Unmarshal(got.Result.Value, &s) != nil {
		return pageState{}, fetch.Reasonf(fetch.ErrProtocol, "the page can't be read out of the browser")
	}
	return s, nil
}

func (v *visit) response(ctx context.Context, t *chromedp.Target, html string) (fetch.Response, error) {
	v.mu.Lock()
	answer, asked, redirects, at := v.answer, v.asked, v.redirects, v.at
	v.mu.Unlock()
	if err := v.refused(asked); err != nil {
		return fetch.Response{}, err
	}
	if answer == nil {
		return fetch.Response{}, fetch.Reasonf(fetch.ErrConnection, "the browser got no answer")
	}
	u, err := url.Parse(asked)
	if err != nil {
		return fetch.Response{}, fetch.Reasonf(fetch.ErrProtocol, "the page's address can't be read")
	}
	u.Fragment = ""
	out := fetch.Response{Status: int(answer.Status), FinalURL: u.String(), Redirects: redirects,
		Proto: answer.Protocol, At: at, Body: []byte(html), Header: map[string]string{}}
	for name, value := range answer.Headers {
		if s, ok := value.(string); ok && !strings.EqualFold(name, "Set-Cookie") {
			out.Header[http.CanonicalHeaderKey(name)] = strings.ReplaceAll(s, "\n", ", ")
		}
	}
	out.Remote, _ = v.proxy.about(hostPort(u))
	if u.Scheme == "https" {
		out.TLSFingerprint = certificate(ctx, t, u)
	}
	return out, nil
}

// certificate is the fingerprint of the site's certificate; "" if the browser
// does not report.
func certificate(ctx context.Context, t *chromedp.Target, u *url.URL) string {
	got, err := cdp.Call(ctx, t, network.GetCertificate, network.GetCertificateParams{Origin: u.Scheme + "://" +
		u.Host})
	if err != nil || len(got.TableNames) == 0 {
		return ""
	}
	der, err := base64.StdEncoding.DecodeString(got.TableNames[0])
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(der)
	return hex.EncodeToString(sum[:])
}
