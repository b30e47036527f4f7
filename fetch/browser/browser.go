// Package browser renders pages whose text is built by scripts, with a Chromium
// that is installed on the machine.
//
// Decisions: chromedp, because it is maintained, talks to the browser by a pipe
// (no port that others could drive it by) and needs nothing but the standard
// library; go-rod's last release is of 2024 and downloads browsers. Every page
// gets a browser of its own with an empty profile, which is gone afterwards:
// half a second dearer than a tab, and nothing is carried from site to site.
//
// A page is read when its text has settled: what its scripts ask for is waited for, what
// flickers is not. Then it is scrolled to its end, and what is collapsed within the
// document and holds no text yet is clicked on: by structure (marked as collapsed,
// a panel that is empty, words like "read more"), never a link, a form or a menu, and the
// page is kept from going elsewhere meanwhile. What a click shows and the next one takes
// away is put back; where clicks take more away than that, the page is as before them.
// Shadow roots are flattened and frames of the page's own origin put in their place, so
// that the HTML holds what is shown. All of it is bounded by time, depth and bytes, and
// what was clicked or can't be read is in the Remark. page.js asks the page, in a world
// of its own.
//
// Invariants: every connection of the browser goes through a proxy of ours and
// thus through the client's guard, since the browser resolves no name itself and
// knows no way around the proxy; time, memory, bytes through the proxy and the
// size of the page are bounded. Without Chromium the error is [fetch.ErrNoBrowser].
//
// Run as root, Chromium has no sandbox (it refuses to start with one); the
// Response's Remark reports it.
package browser

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/chromedp/chromedp"

	"fineprint/fetch"
)

// Options set how to render. Zero values mean the defaults.
type Options struct {
	Path      string        // of the browser's program; "" to look for one
	Timeout   time.Duration // of a page; default 100 s
	Load      time.Duration // for what is still loading, if the page shows something; default 15 s
	Settle    time.Duration // text that comes without anything loading is waited for so long; default 5 s
	Quiet     time.Duration // a page is finished when its text has not changed for so long; default 750 ms
	Scroll    time.Duration // for scrolling to the end; default 15 s
	Open      time.Duration // for clicking on what is collapsed; default 15 s
	MaxMemory int64         // of all processes of the browser, where it can be measured (Linux); default 1 GB
	MaxBytes  int64         // through the proxy, everything the page loads; default 64 MB
}

// Browser renders. It is safe for concurrent use; each page starts a Chromium.
type Browser struct{ o Options }

var _ fetch.Renderer = (*Browser)(nil)

// New makes a renderer. Whether a browser is installed shows when one is needed.
func New(o Options) *Browser {
	o.Timeout = orDefault(o.Timeout, 100*time.Second)
	o.Load = orDefault(o.Load, 15*time.Second)
	o.Settle = orDefault(o.Settle, 5*time.Second)
	o.Quiet = orDefault(o.Quiet, 750*time.Millisecond)
	o.Scroll = orDefault(o.Scroll, 15*time.Second)
	o.Open = orDefault(o.Open, 15*time.Second)
	o.MaxMemory = orDefault(o.MaxMemory, 1<<30)
	o.MaxBytes = orDefault(o.MaxBytes, 64<<20)
	return &Browser{o: o}
}

func orDefault[T int64 | time.Duration](v, otherwise T) T {
	if v <= 0 {
		return otherwise
	}
	return v
}

// Render starts a browser, lets the page build itself and gives its document
// as HTML in UTF-8, with open shadow roots and readable frames in their place. What
// can't be read and what was clicked is in the Remark.
func (b *Browser) Render(parent context.Context, p fetch.Page) (fetch.Response, error) {
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(context.Canceled)
	timer := time.AfterFunc(b.o.Timeout, func() {
		cancel(fetch.Reasonf(fetch.ErrTimeout, "the page was not rendered in %s", b.o.Timeout))
	})
	defer timer.Stop()
	proxy, err := startProxy(ctx, p.Dial, b.o.MaxBytes, cancel)
	if err != nil {
		return fetch.Response{}, fetch.Reasonf(fetch.ErrNoBrowser, "its connections can't be guarded")
	}
	defer proxy.close()

	allocated, stop := chromedp.NewExecAllocator(ctx, b.flags(p, proxy.address())...)
	defer stop()
	silent := func(string, ...any) {}
	tab, leave := chromedp.NewContext(allocated, chromedp.WithLogf(silent), chromedp.WithErrorf(silent))
	defer leave() // and waits until the browser and its profile are gone
	if err := chromedp.Do(tab); err != nil {
		return fetch.Response{}, cause(ctx, noBrowser(err))
	}
	go watchMemory(ctx, chromedp.FromContext(tab).Browser.Process(), b.o.MaxMemory, cancel)

	out, err := (&visit{o: b.o, page: p, proxy: proxy}).run(tab)
	if err != nil {
		return fetch.Response{}, cause(ctx, err)
	}
	sum := sha256.Sum256(out.Body)
	out.EncodedBytes, out.DecodedBytes = int64(len(out.Body)), int64(len(out.Body))
	out.EncodedSHA256 = hex.EncodeToString(sum[:])
	out.DecodedSHA256 = out.EncodedSHA256
	out.MediaType, out.Charset, out.Rendered = "text/html; charset=utf-8", "utf-8", true
	if os.Geteuid() == 0 {
		out.Remark = strings.TrimSuffix("rendered without the browser's sandbox, because run as root; "+out.Remark, "; ")
	}
	return out, nil
}

func (b *Browser) flags(p fetch.Page, proxy string) []chromedp.ExecAllocatorOption {
	o := append([]chromedp.ExecAllocatorOption{}, chromedp.DefaultExecAllocatorOptions[:]...)
	for name, value := range map[string]any{
		// The guard: everything through the proxy, loopback too; nothing
		// resolved here, nothing sent by UDP.
		"proxy-server":                    proxy,
		"proxy-bypass-list":               "<-loopback>",
		"host-resolver-rules":             "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
		"disable-quic":                    true,
		"force-webrtc-ip-handling-policy": "disable_non_proxied_udp",
		"webrtc-ip-handling-policy":       "disable_non_proxied_udp",
		"dns-prefetch-disable":            true,
		"disable-gpu":                     true,
		"window-size":                     "1280,1600", // as of a desk, and high: less to scroll
		"disable-component-update":        true,
		"disable-domain-reliability":      true,
		"no-pings":                        true,
		"block-new-web-contents":          true,
		"disable-popup-blocking":          false,
		"disable-ipc-flooding-protection": false,
		"deny-permission-prompts":         true,
		"mute-audio":                      true,
		"disable-features": "Translate,BlinkGenPropertyTrees,OptimizationHints," +
			"MediaRouter,DialMediaRouteProvider,AutofillServerCommunication",
		"js-flags":             "--max-old-space-size=512",
		"user-agent":           p.UserAgent,
		"disable-remote-fonts": true,
		"blink-settings":       "imagesEnabled=false", // the text is what is wanted
	} {
		o = append(o, chromedp.Flag(name, value))
	}
	if b.o.Path != "" {
		o = append(o, chromedp.ExecPath(b.o.Path))
	}
	return o
}

func noBrowser(err error) error {
	if errors.Is(err, exec.ErrNotFound) || errors.Is(err, os.ErrNotExist) || errors.Is(err, os.ErrPermission) {
		return fetch.Reasonf(fetch.ErrNoBrowser, "install Chromium or Chrome (Debian: apt install chromium)")
	}
	return fetch.Reasonf(fetch.ErrNoBrowser, "the one that is installed does not start")
}

// cause gives our reason for ending a browser instead of its effect.
func cause(ctx context.Context, err error) error {
	if c := context.Cause(ctx); c != nil {
		return c
	}
	return err
}
