package browser

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	fetchdomain "github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"fineprint/fetch"
)

// ask sets how the page is asked for. Its headers go to its own origin alone: each
// request there is held until they are in it (pass). A cookie is of the page's host
// alone, and of https where the page is.
func (v *visit) ask(ctx context.Context, t *chromedp.Target) error {
	a := v.page.Asking
	if a.AcceptLanguage != "" {
		if _, err := cdp.Call(ctx, t, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{
			UserAgent: v.page.UserAgent, AcceptLanguage: languages(a.AcceptLanguage)}); err != nil {
			return err
		}
	}
	secure := strings.HasPrefix(v.page.URL, "https:")
	for _, c := range a.Cookies {
		if _, err := cdp.Call(ctx, t, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value,
			URL: v.page.URL, Path: "/", Secure: &secure}); err != nil {
			return fetch.Reasonf(fetch.ErrProtocol, "the browser does not take the cookie %s", c.Name)
		}
	}
	if len(a.Header) == 0 {
		return nil
	}
	_, err := cdp.Call(ctx, t, fetchdomain.Enable, fetchdomain.EnableParams{Patterns: v.ownRequests()})
	return err
}

// languages lists the languages of an Accept-Language without how much each is wanted,
// which the browser writes itself.
func languages(accept string) string {
	var list []string
	for one := range strings.SplitSeq(accept, ",") {
		one, _, _ = strings.Cut(one, ";")
		if one = strings.TrimSpace(one); one != "" && one != "*" {
			list = append(list, one)
		}
	}
	return strings.Join(list, ",")
}

// ownRequests are the requests that are held for the page's headers; none without.
func (v *visit) ownRequests() []*fetchdomain.RequestPattern {
	u, err := url.Parse(v.page.URL)
	if err != nil || len(v.page.Asking.Header) == 0 {
		return nil
	}
	patterns := []*fetchdomain.RequestPattern{{URLPattern: u.Scheme + "://" + u.Host + "/*"}}
	if u.Scheme == "http" && u.Port() == "" {
		patterns = append(patterns, &fetchdomain.RequestPattern{URLPattern: "https://" + u.Host + "/*"})
	}
	return patterns
}

// headersOf are the headers with which a request goes on, nil for those it has: the
// page's own are among them where it goes to the page's origin, and no redirect led
// the page elsewhere before. v.mu is held.
func (v *visit) headersOf(ev *fetchdomain.EventRequestPaused) []*fetchdomain.HeaderEntry {
	if len(v.page.Asking.Header) == 0 {
		return nil
	}
	asked := v.asked
	if ev.ResourceType == network.ResourceTypeDocument && (v.main == "" || ev.FrameID == v.main) {
		asked = ev.Request.URL
	}
	for _, address := range append([]string{ev.Request.URL, asked}, v.redirects...) {
		if !v.own(address) {
			return nil
		}
	}
	var list []*fetchdomain.HeaderEntry
	for name, value := range ev.Request.Headers {
		if !v.sets(name) {
			list = append(list, &fetchdomain.HeaderEntry{Name: name, Value: fmt.Sprint(value)})
		}
	}
	for _, f := range v.page.Asking.Header {
		list = append(list, &fetchdomain.HeaderEntry{Name: f.Name, Value: f.Value})
	}
	return list
}

func (v *visit) own(address string) bool {
	page, err := url.Parse(v.page.URL)
	to, bad := url.Parse(address)
	return err == nil && bad == nil && fetch.SameOrigin(page, to)
}

func (v *visit) sets(name string) bool {
	for _, f := range v.page.Asking.Header {
		if strings.EqualFold(f.Name, name) {
			return true
		}
	}
	return false
}
