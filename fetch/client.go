package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"fineprint/store/terms"
)

// Client fetches. It is safe for concurrent use.
type Client struct {
	o    Options
	http *retryablehttp.Client
}

// New makes a client.
func New(o Options) *Client {
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	switch {
	case o.Retries == 0:
		o.Retries = 3
	case o.Retries < 0:
		o.Retries = 0
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 32 << 20
	}
	if o.UserAgent == "" {
		o.UserAgent = "fineprint"
	}
	c := &Client{o: o, http: retryablehttp.NewClient()}
	c.http.Logger = slog.New(slog.DiscardHandler)
	c.http.RetryMax = o.Retries
	c.http.RetryWaitMin, c.http.RetryWaitMax = 200*time.Millisecond, 10*time.Second
	c.http.ErrorHandler = retryablehttp.PassthroughErrorHandler
	c.http.CheckRetry = func(ctx context.Context, resp *http.Response, err error) (bool, error) {
		if errors.Is(err, ErrForbiddenAddress) {
			return false, err
		}
		return retryablehttp.DefaultRetryPolicy(ctx, resp, err)
	}
	c.http.HTTPClient = &http.Client{Timeout: o.Timeout, Transport: &http.Transport{
		Proxy: nil, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 2, IdleConnTimeout: 30 * time.Second, TLSHandshakeTimeout: 10 * time.Second,
		DialContext: c.dial}}
	return c
}

func (c *Client) dial(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{Timeout: 10 * time.Second, Control: c.guard(address)}
	return d.DialContext(ctx, network, address)
}

// guard refuses, at the moment of dialling, every address that is not public,
// unless the name asked for or the address itself was allowed.
func (c *Client) guard(asked string) func(network, address string, _ syscall.RawConn) error {
	host, _, _ := net.SplitHostPort(asked)
	return func(_, address string, _ syscall.RawConn) error {
		ip, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("%w: %s", ErrForbiddenAddress, address)
		}
		a := ip.Addr().Unmap()
		if slices.Contains(c.o.AllowHosts, host) || slices.Contains(c.o.AllowHosts, a.String()) || slices.Contains(c.o.AllowHosts, asked) {
			return nil
		}
		if !public(a) {
			return fmt.Errorf("%w: %s is %s; allow the host if that is meant", ErrForbiddenAddress, host, a)
		}
		return nil
	}
}

var notPublic = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001::/32"),
}

func public(a netip.Addr) bool {
	if !a.IsValid() || !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
		return false
	}
	return !slices.ContainsFunc(notPublic, func(p netip.Prefix) bool { return p.Contains(a) })
}

// Fetch fetches a page. A status of 400 or more is no error: the bytes are
// evidence too. The error wraps terms.ErrInvalid for an address that is none,
// and ErrForbiddenAddress.
func (c *Client) Fetch(ctx context.Context, r Request) (Response, error) {
	if r.Browser {
		return c.render(ctx, r)
	}
	address, started := r.URL, time.Now().UTC()
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return Response{}, fmt.Errorf("%w: %q is not a web address", terms.ErrInvalid, address)
	}
	req, err := retryablehttp.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return Response{}, fmt.Errorf("%w: %q is not a web address", terms.ErrInvalid, address)
	}
	req.Header.Set("User-Agent", c.o.UserAgent)
	req.Header.Set("Accept", "text/html,application/xhtml+xml,text/plain,*/*;q=0.5")
	if r.ETag != "" {
		req.Header.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		req.Header.Set("If-Modified-Since", r.LastModified)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return Response{}, fmt.Errorf("fetching %s: %w", address, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, c.o.MaxBytes+1))
	if err != nil {
		return Response{}, fmt.Errorf("fetching %s: %w", address, err)
	}
	if int64(len(body)) > c.o.MaxBytes {
		return Response{}, fmt.Errorf("fetching %s: %w: it is larger than %d bytes", address, ErrTooLarge, c.o.MaxBytes)
	}
	sum := sha256.Sum256(body)
	out := Response{Requested: address, Status: resp.StatusCode, FinalURL: resp.Request.URL.String(), MediaType: resp.Header.Get("Content-Type"), Proto: resp.Proto,
		Body: body, EncodedBytes: int64(len(body)), DecodedBytes: int64(len(body)), EncodedSHA256: hex.EncodeToString(sum[:]), DecodedSHA256: hex.EncodeToString(sum[:]),
		NotModified: resp.StatusCode == http.StatusNotModified, ETag: resp.Header.Get("Etag"), LastModified: resp.Header.Get("Last-Modified"),
		Started: started, At: time.Now().UTC(), Header: map[string]string{}}
	for name, values := range resp.Header {
		if name != "Set-Cookie" {
			out.Header[name] = strings.Join(values, ", ")
		}
	}
	for before := resp.Request.Response; before != nil && before.Request != nil; before = before.Request.Response {
		out.Redirects = append([]string{before.Request.URL.String()}, out.Redirects...)
	}
	return out, nil
}

func (c *Client) render(ctx context.Context, r Request) (Response, error) {
	if c.o.Browser == nil {
		return Response{}, fmt.Errorf("fetching %s: %w", r.URL, ErrNoBrowser)
	}
	return c.o.Browser.Render(ctx, Page{URL: r.URL, UserAgent: c.o.UserAgent, MaxBytes: c.o.MaxBytes, Dial: c.dial})
}
