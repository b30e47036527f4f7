package fetch

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"fineprint/fetch/robots"
)

const (
	maxRobotsBytes = 512 << 10 // the standard asks for 500 KiB at least; what follows is not read
	robotsKept     = 24 * time.Hour
	robotsRetried  = 5 * time.Minute // after one that could not be read
	downKept       = 30 * time.Second
	maxCrawlDelay  = 10 * time.Second
	maxRobots      = 10_000 // sites remembered
)

// robotsCache asks sites what they let us read, and remembers the answer.
// The rules of RFC 9309: no file means yes, a file that can't be had for the
// moment means no.
type robotsCache struct {
	get  func(ctx context.Context, u *url.URL) (*http.Response, error)
	slow func(host string, delay time.Duration)

	mu    sync.Mutex
	sites map[string]*site // by who asks and their origin
}

type site struct {
	asking chan struct{} // holds one token: who has it may ask
	until  time.Time
	rules  robots.Rules
	err    error // why there are no rules
}

func newRobots() *robotsCache { return &robotsCache{sites: map[string]*site{}} }

// productOf is the name by which a robots.txt means a user agent.
func productOf(agent string) string {
	token, _, _ := strings.Cut(agent, "/")
	token, _, _ = strings.Cut(token, " ")
	return token
}

// check gives nil, ErrRobots, or why the site can't be asked at all.
func (r *robotsCache) check(ctx context.Context, u *url.URL) error {
	clock, product := tripOf(ctx).clock, productOf(tripOf(ctx).agent)
	s := r.site(product + " " + u.Scheme + "://" + strings.ToLower(u.Host))
	clock.pause()
	select {
	case s.asking <- struct{}{}:
		clock.resume()
	case <-ctx.Done():
		clock.resume()
		return context.Cause(ctx)
	}
	defer func() { <-s.asking }()
	if time.Now().After(s.until) {
		if err := r.ask(ctx, u, product, s); err != nil {
			// A site that is down is not asked again by each of a thousand fetches; one that
			// says for how long is not asked before that anyway.
			var later RetryLater
			errors.As(err, &later)
			if _, passing := classify(err); !passing && ctx.Err() == nil && later.After == 0 {
				s.err, s.until = err, time.Now().Add(downKept)
			}
			return err
		}
	}
	if s.err != nil {
		return s.err
	}
	if !s.rules.Allow(u) {
		return reasonf(ErrRobots, "it forbids this page to programs like this one")
	}
	return nil
}

func (r *robotsCache) site(key string) *site {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.sites[key]
	if s == nil {
		if len(r.sites) >= maxRobots {
			clear(r.sites)
		}
		s = &site{asking: make(chan struct{}, 1)}
		r.sites[key] = s
	}
	return s
}

func (r *robotsCache) ask(ctx context.Context, u *url.URL, product string, s *site) error {
	resp, err := r.get(ctx, &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"})
	if errors.Is(err, ErrTooManyRedirects) {
		s.rules, s.err, s.until = robots.Rules{}, nil, time.Now().Add(robotsKept)
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	s.rules, s.err, s.until = robots.Rules{}, nil, time.Now().Add(robotsKept)
	switch code := resp.StatusCode; {
	case code >= 500 || code == http.StatusTooManyRequests:
		s.err, s.until = reasonf(ErrRobots, "it can't be read for the moment (status %d), which counts as no", code),
			time.Now().Add(robotsRetried)
		return nil
	case code < 200 || code >= 300:
		return nil
	}
	resp.ContentLength = -1 // a long file is read as far as it is
	body, err := robotsBody(resp)
	if err != nil {
		s.until = time.Time{}
		return err
	}
	s.rules = robots.Parse(body, product)
	if d := s.rules.Delay; d > 0 {
		r.slow(u.Hostname(), min(d, maxCrawlDelay))
	}
	return nil
}

// robotsBody is the file, unpacked, up to its last whole line within the bound.
func robotsBody(resp *http.Response) ([]byte, error) {
	encoding := resp.Header.Get("Content-Encoding")
	r := io.Reader(resp.Body)
	if encoding != "" && encoding != "identity" {
		unpacked, done, _, err := unpack(encoding, r)
		if err != nil {
			return nil, reasonf(ErrRobots, "it can't be unpacked")
		}
		defer done()
		r = unpacked
	}
	raw, err := io.ReadAll(io.LimitReader(r, maxRobotsBytes))
	if err != nil {
		return nil, err
	}
	if len(raw) == maxRobotsBytes {
		raw = raw[:bytes.LastIndexByte(raw, '\n')+1]
	}
	return raw, nil
}
