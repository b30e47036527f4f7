package browser

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	fetchdomain "github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"fineprint/fetch"
)

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
	load      loading
	held      bool     // the page is not let go elsewhere, for we click on it
	wanted    []string // where a click wanted to lead while it was held
	dialogs   int
	remarks   []string
}

// run goes to the page, waits until it is finished, and takes it down.
func (v *visit) run(ctx context.Context) (fetch.Response, error) {
	if err := chromedp.Listen(ctx, func(ev any) { v.observe(ctx, ev) }); err != nil {
		return fetch.Response{}, err
	}
	return chromedp.Run(ctx, func(ctx context.Context, t *chromedp.Target) (fetch.Response, error) {
		yes := true
		if _, err := cdp.Call(ctx, t, browser.SetDownloadBehavior,
			browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorDeny, EventsEnabled: &yes}); err != nil {
			return fetch.Response{}, err
		}
		if err := v.ask(ctx, t); err != nil {
			return fetch.Response{}, err
		}
		went, err := cdp.Call(ctx, t, page.Navigate, page.NavigateParams{URL: v.page.URL})
		if err != nil {
			return fetch.Response{}, err
		}
		if err := v.arrived(went); err != nil {
			return fetch.Response{}, err
		}
		html, err := v.read(ctx, tab{t, went.FrameID})
		if err != nil {
			return fetch.Response{}, err
		}
		return v.response(ctx, t, html)
	})
}

// read waits until the page is finished, does and opens what is to be, and takes it
// down.
func (v *visit) read(ctx context.Context, t tab) (string, error) {
	if err := v.settle(ctx, t, v.o.Settle); err != nil {
		return "", err
	}
	if err := v.act(ctx, t); err != nil {
		return "", err
	}
	if err := v.scroll(ctx, t); err != nil {
		return "", err
	}
	v.findClosedRoots(ctx, t)
	return v.open(ctx, t)
}

// remark notes what the reader of the record should know of how the page was read.
func (v *visit) remark(format string, args ...any) {
	if s := fmt.Sprintf(format, args...); len(v.remarks) < maxRemarks && !slices.Contains(v.remarks, s) {
		v.remarks = append(v.remarks, s)
	}
}

const maxRemarks = 10

// observe follows the main document: where it was asked for and what came.
func (v *visit) observe(ctx context.Context, ev any) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch ev := ev.(type) {
	case *network.EventRequestWillBeSent:
		v.load.asked(ev)
		if ev.Type != network.ResourceTypeDocument || v.main != "" && ev.FrameID != v.main || v.held {
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
	case *network.EventLoadingFinished:
		v.load.answered(ev.RequestID)
	case *network.EventLoadingFailed:
		v.load.answered(ev.RequestID)
	case *fetchdomain.EventRequestPaused:
		go v.pass(ctx, ev)
	case *browser.EventDownloadWillBegin:
		v.wanted = append(v.wanted, "a download")
	case *page.EventJavascriptDialogOpening: // would stop the page
		v.dialogs++
		go func() {
			_, _ = chromedp.Run(ctx, func(ctx context.Context, t *chromedp.Target) (cdp.Empty, error) {
				return cdp.Call(ctx, t, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{})
			})
		}()
	}
}

// arrived returns why the document did not come.
func (v *visit) arrived(went page.NavigateResult) error {
	if err := v.astray(); err != nil {
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
		Proto: answer.Protocol, At: at, Body: []byte(html), Header: map[string]string{},
		Remark: strings.Join(v.remarks, "; ")}
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
