package fetch

import (
	"errors"
	"fmt"
)

// What can go wrong with a fetch. An error of Fetch or Get shows as one plain
// sentence that names the address, and is one of these, RetryLater, the
// caller's own cancellation, or terms.ErrInvalid for an address that is none.
var (
	// ErrForbiddenAddress: the address, or one it redirects to, is no public
	// one (or neither http nor https) and was not allowed by Options.AllowHosts.
	// Nothing was connected to.
	ErrForbiddenAddress = errors.New("the address is not a public web address")
	// ErrRobots: the site's robots.txt forbids the page to us, or can't be read
	// for the moment, which counts as no. Request.IgnoreRobots overrides.
	ErrRobots = errors.New("the site's robots.txt says no")
	// ErrTooLarge: the body, as sent or unpacked, or the header passes its limit.
	ErrTooLarge = errors.New("the answer is too large")
	// ErrTimeout: the server took longer than one of Options' times.
	ErrTimeout = errors.New("the server took too long")
	// ErrTooManyRedirects: more than ten, or round in a circle.
	ErrTooManyRedirects = errors.New("too many redirects")
	// ErrTLS: the certificate is not trusted, expired, for another name, or the
	// handshake failed.
	ErrTLS = errors.New("the connection can't be secured")
	// ErrConnection: the name does not resolve, or the connection was refused,
	// reset or lost before the answer was whole.
	ErrConnection = errors.New("connection failed")
	// ErrProtocol: what came is no proper HTTP, or not in an encoding asked for.
	ErrProtocol = errors.New("the server's answer is not proper HTTP")
	// ErrAction: one of Request.Actions could not be done.
	ErrAction = errors.New("what is to be done to the page before it is read can't be done")
	// ErrNoBrowser: the page needs a browser, and none is installed or set up.
	ErrNoBrowser = errors.New("no browser to render the page with")
)

// reason is one of the errors above with what exactly, given by the part that
// noticed; Fetch makes a failure of it.
type reason struct {
	kind   error
	detail string
}

func (r *reason) Error() string { return r.kind.Error() + ": " + r.detail }
func (r *reason) Unwrap() error { return r.kind }

// Reasonf gives a Renderer's error its kind, one of the errors above, and in a
// few words what exactly.
func Reasonf(kind error, format string, args ...any) error { return reasonf(kind, format, args...) }

func reasonf(kind error, format string, args ...any) error {
	return &reason{kind, fmt.Sprintf(format, args...)}
}

func refuse(format string, args ...any) error {
	return reasonf(ErrForbiddenAddress, format, args...)
}

// failure is an error as it is shown: one sentence, with what it is and what
// caused it for errors.Is and errors.As. The cause's own words are not shown,
// for they may be the server's.
type failure struct {
	url    string
	kind   error
	detail string
	cause  error
}

func (f *failure) Error() string {
	s := fmt.Sprintf("fetching %s: %v", f.url, f.kind)
	if f.detail != "" {
		s += ": " + f.detail
	}
	return s
}

// Unwrap gives what it is and what caused it.
func (f *failure) Unwrap() []error {
	if f.cause == nil {
		return []error{f.kind}
	}
	return []error{f.kind, f.cause}
}
