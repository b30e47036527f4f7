package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// retrying is the retry loop for one fetch, in which the statuses accepted are
// answers. What is closed of the library's
// pitfalls: it would log, sleep as long as a Retry-After asks, give up without
// the last answer, and retry what can't get better.
func (c *Client) retrying(accepted []int) *retryablehttp.Client {
	return &retryablehttp.Client{
		HTTPClient:   c.http,
		Logger:       nil,
		RetryMax:     c.o.Retries,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
		CheckRetry: func(ctx context.Context, resp *http.Response, err error) (bool, error) {
			if ctx.Err() != nil {
				return false, context.Cause(ctx)
			}
			if err != nil {
				_, passing := classify(err)
				return passing, err
			}
			if later, asks := asksToComeBack(resp); asks && later.After > c.o.MaxRetryAfter {
				return false, nil // not an error here: the library would read the answer all the same, and ask again
			}
			switch resp.StatusCode {
			case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway,
				http.StatusServiceUnavailable, http.StatusGatewayTimeout:
				return !slices.Contains(accepted, resp.StatusCode), nil
			}
			return false, nil
		},
		Backoff: func(_, _ time.Duration, try int, resp *http.Response) time.Duration {
			var later RetryLater
			if resp != nil {
				later, _ = asksToComeBack(resp)
			}
			return c.backoff(try, later)
		},
	}
}

// backoff is how long to wait before a next try.
func (c *Client) backoff(try int, later RetryLater) time.Duration {
	most := max(c.o.RetryWait, maxBackoff)
	return max(jitter(min(most, c.o.RetryWait<<min(try, 20))), later.After)
}

// explain makes what Fetch returns of any error on the way.
func explain(ctx context.Context, u *url.URL, err error) error {
	shown := *u
	shown.User = nil
	if ctx.Err() != nil {
		return &failure{url: shown.String(), kind: ctx.Err(), cause: err}
	}
	r, _ := classify(err)
	return &failure{url: shown.String(), kind: r.kind, detail: r.detail, cause: err}
}

// classify returns an error of net/http's in our words, and whether it may
// pass by itself.
func classify(err error) (r *reason, passing bool) {
	var (
		own   *reason
		later RetryLater
		dns   *net.DNSError
		op    *net.OpError
		alert tls.AlertError
		timed net.Error
	)
	switch {
	case errors.As(err, &own):
		return own, errors.Is(own.kind, ErrConnection)
	case errors.As(err, &later):
		return &reason{kind: later}, false
	case errors.Is(err, context.Canceled): // not the caller's: that is looked at before
		return errLetGo, false
	case isCertificate(err):
		return certificate(err), false
	case errors.As(err, &alert), errors.Is(err, http.ErrSchemeMismatch), errors.As(err, new(tls.RecordHeaderError)),
		strings.Contains(err.Error(), "tls: "):
		return &reason{ErrTLS, "the two sides find no common way to encrypt"}, false
	case errors.As(err, &timed) && timed.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return &reason{ErrTimeout, waitedFor(err)}, false
	case errors.As(err, &dns):
		return &reason{ErrConnection, "unknown host " + strings.TrimSuffix(dns.Name, ".")}, !dns.IsNotFound
	case errors.As(err, &op) && op.Op == "dial":
		return &reason{ErrConnection, "the host can't be reached or refuses"}, true
	case strings.Contains(err.Error(), "headers exceeded"), strings.Contains(err.Error(), "header list larger"):
		return &reason{ErrTooLarge, "its header has no end in sight"}, false
	case op != nil, errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		isLost(err):
		return &reason{ErrConnection, "it was lost before the answer was whole"}, true
	default:
		return &reason{ErrProtocol, "it can't be read"}, false
	}
}

// isLost: a few ends of a connection have no type.
func isLost(err error) bool {
	for _, part := range []string{"server closed idle connection", "http2: ", "stream error", "GOAWAY"} {
		if strings.Contains(err.Error(), part) {
			return true
		}
	}
	return false
}

func waitedFor(err error) string {
	for part, said := range map[string]string{"response headers": "no answer came",
		"TLS handshake": "it did not come to a secure connection", "dial ": "it can't be reached"} {
		if strings.Contains(err.Error(), part) {
			return said
		}
	}
	return "no more came"
}

func isCertificate(err error) bool {
	return errors.As(err, new(*tls.CertificateVerificationError)) || errors.As(err, new(x509.UnknownAuthorityError)) ||
		errors.As(err, new(x509.HostnameError)) || errors.As(err, new(x509.CertificateInvalidError))
}

func certificate(err error) *reason {
	var (
		invalid x509.CertificateInvalidError
		name    x509.HostnameError
		unknown x509.UnknownAuthorityError
	)
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return &reason{ErrTLS, "its certificate has expired or is not valid yet"}
	case errors.As(err, &name):
		return &reason{ErrTLS, "its certificate is for another name"}
	case errors.As(err, &unknown):
		return &reason{ErrTLS, "its certificate is not from an authority that is trusted"}
	default:
		return &reason{ErrTLS, "its certificate is not valid"}
	}
}
