package fetch

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// longestPause is how long a site can keep us away by one Retry-After.
const longestPause = 24 * time.Hour

// gates hold back exchanges so that no host gets more than its share: at most
// so many at a time, their starts apart, and none before a pause it asked for
// is over.
type gates struct {
	perHost int
	pace    time.Duration

	mu    sync.Mutex
	hosts map[string]*gate
}

type gate struct {
	slots chan struct{}

	mu     sync.Mutex
	delay  time.Duration // between starts
	next   time.Time     // the earliest next start
	closed time.Time     // by a Retry-After
	status int
}

func (g *gates) of(host string, paced bool) *gate {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	g.mu.Lock()
	defer g.mu.Unlock()
	at := g.hosts[host]
	if at == nil {
		at = &gate{slots: make(chan struct{}, g.perHost)}
		if paced {
			at.delay = g.pace
		}
		g.hosts[host] = at
	}
	return at
}

// enter waits for a turn. leave has to be called when the exchange is over.
// A host that is closed for longer than patience gives RetryLater at once.
func (at *gate) enter(ctx context.Context, patience time.Duration) (leave func(), err error) {
	select {
	case at.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	leave = sync.OnceFunc(func() { <-at.slots })
	start := at.reserve()
	for {
		closed, status := at.pause()
		if closed > patience {
			leave()
			return nil, RetryLater{After: closed, Status: status}
		}
		wait := max(time.Until(start), closed)
		if wait <= 0 {
			at.started()
			return leave, nil
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			leave()
			return nil, context.Cause(ctx)
		}
	}
}

func (at *gate) reserve() time.Time {
	at.mu.Lock()
	defer at.mu.Unlock()
	start := time.Now()
	if at.next.After(start) {
		start = at.next
	}
	at.next = start.Add(jitter(at.delay))
	return start
}

// started: whoever woke late started late, and the next is apart from that.
func (at *gate) started() {
	at.mu.Lock()
	defer at.mu.Unlock()
	if next := time.Now().Add(jitter(at.delay)); next.After(at.next) {
		at.next = next
	}
}

func (at *gate) pause() (time.Duration, int) {
	at.mu.Lock()
	defer at.mu.Unlock()
	return time.Until(at.closed), at.status
}

func (at *gate) close(after time.Duration, status int) {
	at.mu.Lock()
	defer at.mu.Unlock()
	if until := time.Now().Add(min(after, longestPause)); until.After(at.closed) {
		at.closed, at.status = until, status
	}
}

// slow keeps starts at least so far apart.
func (at *gate) slow(delay time.Duration) {
	at.mu.Lock()
	defer at.mu.Unlock()
	at.delay = max(at.delay, delay)
}

// jitter is between three and five quarters of d.
func jitter(d time.Duration) time.Duration {
	return d*3/4 + rand.N(d/2+1)
}

// retryAfter is what a busy server asks for; 0 if nothing, or nothing readable.
func retryAfter(resp *http.Response) time.Duration {
	if resp.StatusCode != http.StatusTooManyRequests && resp.StatusCode != http.StatusServiceUnavailable {
		return 0
	}
	v := strings.TrimSpace(resp.Header.Get("Retry-After"))
	if n, err := strconv.ParseUint(v, 10, 31); err == nil {
		return time.Duration(n) * time.Second
	}
	if len(v) > 10 && strings.Trim(v, "0123456789") == "" { // more seconds than can be counted
		return longestPause
	}
	if t, err := http.ParseTime(v); err == nil {
		return max(0, time.Until(t))
	}
	return 0
}
