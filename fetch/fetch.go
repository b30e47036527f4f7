// Package fetch gets pages from the web: bounded in time and size, retried when
// that may help, polite, and guarded against reaching into private networks.
//
// It is not for reading what it got (fetch/extract) or keeping it.
//
// Invariant: the address that is dialled is the one that was checked, after
// every redirect too, so that a name can't resolve to something else in between.
package fetch

import (
	"context"
	"crypto/x509"
	"net"
	"time"

	"fineprint/store/model"
)

// Request is what to fetch.
type Request struct {
	URL string
	// ETag and LastModified are those of the answer already had: the server may
	// then answer 304, and Response.NotModified is set. Empty: fetch in any case.
	ETag, LastModified string
	// IgnoreRobots fetches what robots.txt forbids. The caller records that.
	IgnoreRobots bool
	// Browser renders the page with Options.Browser; ErrNoBrowser without one.
	Browser bool
	// Actions are done in the browser before the page is read.
	Actions []model.PageAction
	// Asking is what the page is asked for with.
	Asking Asking
	// Accept are statuses that the page comes with: they are not tried again, as 500 is.
	Accept []int
}

// Response is what came back, and everything known about how.
type Response struct {
	Requested string
	FinalURL  string
	Redirects []string // every address that redirected, the requested one first
	Status    int
	// Header is the answer's as parsed: canonical names, repeated ones joined
	// with ", ". Set-Cookie is left out: no cookie is kept or sent.
	Header map[string]string
	Remote string // address and port that answered
	// TLSFingerprint is the SHA-256 of the server's certificate, in hex; "" for http.
	TLSFingerprint string
	Proto          string // "HTTP/1.1", "HTTP/2.0"

	// Body is unpacked (Content-Encoding), in the charset it came in. The
	// encoded sizes and hashes are of the bytes as sent. Hashes are in hex.
	Body                         []byte
	EncodedBytes, DecodedBytes   int64
	EncodedSHA256, DecodedSHA256 string
	MediaType                    string // Content-Type as sent; sniffed when it was not
	// Charset is the encoding that the body is in, by what is declared or else by
	// what it looks like (fetch/charset): "utf-8", "windows-1252"; "" for what is no
	// text.
	Charset string

	NotModified        bool   // 304: there is no body, the one already had still holds
	ETag, LastModified string // to be given with the next request
	Started, At        time.Time
	Rendered           bool   // by a browser: Body is the page as scripts left it
	Remark             string // about how it was fetched, for the reader of the record; usually ""
}

// Options set how to fetch. Zero values mean the defaults.
type Options struct {
	UserAgent string // should name the program and where to read about it
	// AllowHosts lets through the guard exactly these: names or addresses,
	// with a port or (for all ports) without. They are not paced.
	AllowHosts []string
	// Browser renders pages for Request.Browser.
	Browser Renderer

	MaxBytes       int64 // of a body, as sent and unpacked each; default 16 MB
	MaxHeaderBytes int64 // default 256 KB

	ConnectTimeout time.Duration // resolving and connecting; default 10 s
	TLSTimeout     time.Duration // default 10 s
	HeaderTimeout  time.Duration // from the request sent to the header received; default 20 s
	IdleTimeout    time.Duration // between two pieces of a body; default 15 s
	Timeout        time.Duration // of one exchange, connecting included; default 60 s
	// Total is of a fetch with its retries and redirects, but without the wait for
	// its turn at a host; default 2 min.
	Total time.Duration

	Retries       int           // after failures that may pass; default 3; negative for none
	RetryWait     time.Duration // before the first retry, doubled for each next, with jitter; default 500 ms
	MaxRetryAfter time.Duration // a site that asks for a longer pause is given up with RetryLater; default 30 s

	PerHost int           // exchanges with one host at a time; default 2
	Pace    time.Duration // between the starts of two with one host, with jitter; default 500 ms, negative for none

	// Offline refuses every connection, before a name is resolved.
	Offline bool

	Resolver *net.Resolver  // nil for the system's
	RootCAs  *x509.CertPool // nil for the system's
}

func (o Options) withDefaults() Options {
	if o.UserAgent == "" {
		o.UserAgent = "fineprint"
	}
	def(&o.MaxBytes, 16<<20)
	def(&o.MaxHeaderBytes, 256<<10)
	def(&o.ConnectTimeout, 10*time.Second)
	def(&o.TLSTimeout, 10*time.Second)
	def(&o.HeaderTimeout, 20*time.Second)
	def(&o.IdleTimeout, 15*time.Second)
	def(&o.Timeout, time.Minute)
	def(&o.Total, 2*time.Minute)
	def(&o.RetryWait, 500*time.Millisecond)
	def(&o.MaxRetryAfter, 30*time.Second)
	def(&o.PerHost, 2)
	switch {
	case o.Retries == 0:
		o.Retries = 3
	case o.Retries < 0:
		o.Retries = 0
	}
	switch {
	case o.Pace == 0:
		o.Pace = 500 * time.Millisecond
	case o.Pace < 0:
		o.Pace = 0
	}
	return o
}

func def[T int | int64 | time.Duration](v *T, to T) {
	if *v <= 0 {
		*v = to
	}
}

// Renderer renders a page with a browser (fetch/browser). Every connection it
// makes goes through Page.Dial.
type Renderer interface {
	Render(ctx context.Context, p Page) (Response, error)
}

// Page is what a Renderer is to render.
type Page struct {
	URL       string
	UserAgent string
	MaxBytes  int64
	Actions   []model.PageAction // before it is read
	// Asking is what it is asked for with, beside UserAgent: what is secret of it may go
	// to the page's own origin alone ([SameOrigin]).
	Asking Asking
	// Dial connects with the client's guard; its errors are ErrForbiddenAddress.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// Get is Fetch of an address, unconditionally.
func (c *Client) Get(ctx context.Context, address string) (Response, error) {
	return c.Fetch(ctx, Request{URL: address})
}
