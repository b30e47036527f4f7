package fetch

import (
	"context"
	"math/rand/v2"
	"strings"
	"sync"
	"time"
)

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
	asked  RetryLater    // that one
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
		closed := at.pause()
		if closed.After > patience {
			leave()
			return nil, closed
		}
		wait := max(time.Until(start), closed.After)
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

// pause is what is left of the pause that was asked for.
func (at *gate) pause() RetryLater {
	at.mu.Lock()
	defer at.mu.Unlock()
	left := at.asked
	left.After = time.Until(at.closed)
	return left
}

func (at *gate) close(asked RetryLater) {
	at.mu.Lock()
	defer at.mu.Unlock()
	if until := time.Now().Add(asked.After); until.After(at.closed) {
		at.closed, at.asked = until, asked
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
