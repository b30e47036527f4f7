package fetch

import (
	"cmp"
	"context"
	"crypto/tls"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"fineprint/fetch/charset"
	"fineprint/store/model"
)

const (
	maxRedirects = 10
	maxBackoff   = 10 * time.Second
)

// Client fetches. It is safe for concurrent use, and one should do for a whole
// program: what hosts get is counted per client.
type Client struct {
	o        Options
	guard    *guard
	exchange *exchanges
	http     *http.Client
}

// New makes a client.
func New(o Options) *Client {
	o = o.withDefaults()
	c := &Client{o: o, guard: newGuard(o)}
	c.exchange = &exchanges{o: o, guard: c.guard, robots: newRobots(),
		gates: &gates{perHost: o.PerHost, pace: o.Pace, hosts: map[string]*gate{}},
		under: &http.Transport{
			Proxy:                  nil, // the guard would see the proxy's address only
			DialContext:            c.guard.dial,
			TLSClientConfig:        &tls.Config{RootCAs: o.RootCAs, MinVersion: tls.VersionTLS12},
			ForceAttemptHTTP2:      true,
			DisableCompression:     true, // we unpack: see readContent
			TLSHandshakeTimeout:    o.TLSTimeout,
			ResponseHeaderTimeout:  o.HeaderTimeout,
			MaxResponseHeaderBytes: o.MaxHeaderBytes,
			MaxIdleConns:           100,
			MaxIdleConnsPerHost:    o.PerHost,
			IdleConnTimeout:        30 * time.Second,
		}}
	c.http = &http.Client{Transport: c.exchange, Jar: nil, CheckRedirect: func(req *http.Request,
		via []*http.Request) error {
		if len(via) > maxRedirects {
			return reasonf(ErrTooManyRedirects, "more than %d", maxRedirects)
		}
		for _, before := range via {
			if before.URL.String() == req.URL.String() {
				return reasonf(ErrTooManyRedirects, "it leads back to itself; it may want a cookie")
			}
		}
		keepSecrets(req, via, tripOf(req.Context()).secrets)
		return c.guard.checkURL(req.URL)
	}}
	c.exchange.robots.get = c.getRobots
	c.exchange.robots.slow = func(host string, delay time.Duration) {
		if o.Pace > 0 {
			c.exchange.gates.of(host, true).slow(delay)
		}
	}
	return c
}

// Close ends the connections that wait for a next fetch. The client can be used
// again afterwards, and still knows what it learnt of hosts.
func (c *Client) Close() {
	if t, ok := c.exchange.under.(*http.Transport); ok {
		t.CloseIdleConnections()
	}
}

// getRobots asks for a robots.txt within the fetch that needs it, again only
// where the site asks for that.
func (c *Client) getRobots(ctx context.Context, u *url.URL) (*http.Response, error) {
	for try := 0; ; try++ {
		resp, err := c.tryRobots(ctx, u)
		if err != nil {
			return nil, err
		}
		later, asks := asksToComeBack(resp)
		if !asks {
			return resp, nil
		}
		_ = resp.Body.Close()
		if later.After > c.o.MaxRetryAfter || try >= c.o.Retries {
			return nil, later
		}
		select {
		case <-time.After(c.backoff(try, later)):
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

func (c *Client) tryRobots(ctx context.Context, u *url.URL) (*http.Response, error) {
	outer := tripOf(ctx)
	inner := &trip{ignoreRobots: true, agent: outer.agent, clock: outer.clock}
	req, err := http.NewRequestWithContext(context.WithValue(ctx, tripKey{}, inner), http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", outer.agent)
	req.Header.Set("Accept-Encoding", "gzip")
	return c.http.Do(req)
}

// Fetch fetches a page. A status of 400 or more is no error, once retries are
// used up: the bytes are evidence too.
func (c *Client) Fetch(ctx context.Context, r Request) (Response, error) {
	u, err := url.Parse(strings.TrimSpace(r.URL))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return Response{}, fmt.Errorf("%w: %q is not a web address", model.ErrInvalid, r.URL)
	}
	u.Fragment = ""
	if err := c.guard.checkURL(u); err != nil {
		return Response{}, explain(ctx, u, err)
	}
	inner, cancel := context.WithCancelCause(ctx)
	defer cancel(context.Canceled)
	t := &trip{ignoreRobots: r.IgnoreRobots, agent: cmp.Or(r.Asking.UserAgent, c.o.UserAgent),
		secrets: r.Asking.secretNames(), clock: newBudget(c.o.Total, cancel)}
	defer t.clock.timer.Stop()
	inner = context.WithValue(inner, tripKey{}, t)
	var out Response
	started := time.Now().UTC()
	if r.Browser {
		out, err = c.render(inner, t, u, r)
	} else {
		out, err = c.get(inner, t, u, r)
	}
	if err != nil {
		if cause := context.Cause(inner); cause != nil && ctx.Err() == nil {
			err = cause
		}
		return Response{}, explain(ctx, u, err)
	}
	out.Requested, out.Started = r.URL, started
	r.Asking.hide(&out)
	return out, nil
}

func (c *Client) get(ctx context.Context, t *trip, u *url.URL, r Request) (Response, error) {
	req, err := retryablehttp.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return Response{}, reasonf(model.ErrInvalid, "it is not a web address")
	}
	for name, v := range map[string]string{"User-Agent": t.agent,
		"Accept-Language": r.Asking.AcceptLanguage,
		"Accept":          "text/html,application/xhtml+xml,application/pdf,text/plain,*/*;q=0.5",
		"Accept-Encoding": accepted, "If-None-Match": r.ETag, "If-Modified-Since": r.LastModified} {
		if v != "" {
			req.Header.Set(name, v)
		}
	}
	r.Asking.setOn(req.Header)
	var got *content
	read := func(resp *http.Response) error {
		defer func() { _ = resp.Body.Close() }()
		if later, asks := asksToComeBack(resp); asks {
			return later
		}
		if err := plausible(resp, r); err != nil {
			return err
		}
		b, err := readContent(resp, c.o.MaxBytes)
		got = &b
		return err
	}
	req.SetResponseHandler(read)
	resp, err := c.retrying(r.Accept).Do(req)
	if resp != nil && resp.Body != nil {
		defer func() { _ = resp.Body.Close() }()
	}
	if err == nil && got == nil { // the last of the tries, with a status that was tried again
		err = read(resp)
	}
	if err != nil {
		return Response{}, err
	}
	return c.response(t, resp, got), nil
}

// plausible refuses answers to questions that were not asked.
func plausible(resp *http.Response, r Request) error {
	switch {
	case resp.StatusCode == http.StatusNotModified && r.ETag == "" && r.LastModified == "":
		return reasonf(ErrProtocol, "it says nothing has changed, though nothing was known")
	case resp.StatusCode < 200:
		return reasonf(ErrProtocol, "it wants to speak another protocol")
	case resp.StatusCode == http.StatusPartialContent:
		return reasonf(ErrProtocol, "it sent a part only, though the whole was asked for")
	}
	return nil
}

func (c *Client) response(t *trip, resp *http.Response, got *content) Response {
	out := Response{Status: resp.StatusCode, FinalURL: resp.Request.URL.String(), Header: header(resp.Header),
		Remote: t.remote, TLSFingerprint: fingerprint(resp), Proto: resp.Proto,
		Body: got.body, EncodedBytes: got.encoded, DecodedBytes: int64(len(got.body)), EncodedSHA256: got.encodedSHA,
		DecodedSHA256: got.sha,
		MediaType:     resp.Header.Get("Content-Type"), NotModified: resp.StatusCode == http.StatusNotModified,
		ETag: resp.Header.Get("Etag"), LastModified: resp.Header.Get("Last-Modified"), At: t.at,
	}
	name, remark := charsetOf(out.Body, out.MediaType)
	out.Charset = name
	out.Remark = strings.Trim(got.remark+"; "+remark, "; ")
	if out.MediaType == "" && len(out.Body) > 0 {
		out.MediaType = http.DetectContentType(out.Body)
	}
	for before := resp.Request.Response; before != nil && before.Request != nil; before = before.Request.Response {
		out.Redirects = append([]string{before.Request.URL.String()}, out.Redirects...)
	}
	return out
}

func header(h http.Header) map[string]string {
	out := make(map[string]string, len(h))
	for name, values := range h {
		if name != "Set-Cookie" && name != "Set-Cookie2" {
			out[name] = strings.ToValidUTF8(strings.Join(values, ", "), "\uFFFD")
		}
	}
	return out
}

// charsetOf returns the encoding of a body that is text, and what is worth saying of it.
func charsetOf(body []byte, said string) (name, remark string) {
	media, params, _ := mime.ParseMediaType(said)
	if media == "" {
		media, _, _ = mime.ParseMediaType(http.DetectContentType(body))
	}
	page := media == "text/html" || strings.HasSuffix(media, "xml")
	if len(body) == 0 || !page && !strings.HasPrefix(media, "text/") {
		return "", ""
	}
	text, err := charset.Find(charset.Input{Body: body, Label: params["charset"], Page: page})
	if err != nil {
		return "", ""
	}
	return text.Name, text.Remark
}

// render checks and waits as for any page, and leaves the rest to the browser.
func (c *Client) render(ctx context.Context, t *trip, u *url.URL, r Request) (Response, error) {
	if c.o.Browser == nil {
		return Response{}, reasonf(ErrNoBrowser, "this page was to be rendered with one")
	}
	if !t.ignoreRobots {
		if err := c.exchange.robots.check(ctx, u); err != nil {
			return Response{}, err
		}
	}
	leave, err := c.exchange.enter(ctx, t, u.Hostname(), u.Port())
	if err != nil {
		return Response{}, err
	}
	defer leave()
	return c.o.Browser.Render(ctx, Page{URL: u.String(), UserAgent: t.agent, MaxBytes: c.o.MaxBytes,
		Actions: r.Actions, Dial: c.guard.dial, Asking: r.Asking})
}
