package browser

import (
	"context"
	"net/url"
	"time"

	"github.com/chromedp/cdproto/network"

	"fineprint/fetch"
)

const (
	poll = 150 * time.Millisecond
	// notable is how much text must come or go for the page to count as being built;
	// less may be a ticker.
	notable = 100
	// nearlyEmpty is a text so short that more is likely to come.
	nearlyEmpty = 200
)

// loading keeps what the page's scripts have asked for and not been answered yet.
type loading struct {
	pending map[network.RequestID]time.Time
	times   map[string]int // how often an address was asked for
}

const (
	maxPending  = 8 * time.Second // then a request waits for news, not for text
	maxRepeats  = 3               // then an address is asked for news, not for text
	maxRequests = 2000
)

func (l *loading) asked(ev *network.EventRequestWillBeSent) {
	switch ev.Type {
	case network.ResourceTypeXHR, network.ResourceTypeFetch, network.ResourceTypeScript, network.ResourceTypeDocument:
	default:
		return
	}
	if l.pending == nil {
		l.pending, l.times = map[network.RequestID]time.Time{}, map[string]int{}
	}
	address := ev.Request.URL
	if u, err := url.Parse(address); err == nil {
		u.RawQuery = ""
		address = u.String()
	}
	if len(l.times) < maxRequests {
		l.times[address]++
	}
	if len(l.pending) < maxRequests && l.times[address] <= maxRepeats {
		l.pending[ev.RequestID] = time.Now()
	}
}

func (l *loading) answered(id network.RequestID) { delete(l.pending, id) }

// waits reports whether something is being loaded that may become text.
func (l *loading) waits() bool {
	for _, at := range l.pending {
		if time.Since(at) < maxPending {
			return true
		}
	}
	return false
}

// glance is what the page shows at a moment.
type glance struct {
	Ready  bool  `json:"ready"`
	Chars  int64 `json:"chars"`  // of text
	Fresh  int64 `json:"fresh"`  // of text that was not there before
	Busy   bool  `json:"busy"`   // it shows that it is loading
	Height int64 `json:"height"` // of what can be scrolled
}

// settle waits until the page is loaded and its text has stopped changing for
// linger at least, or has had its time. What changes a few words for ever does not
// hold it.
func (v *visit) settle(ctx context.Context, t tab, linger time.Duration) error {
	started := time.Now()
	var ready, changed, flickered time.Time
	changed = started
	for base := int64(0); ; {
		s, err := v.look(ctx, t)
		if err != nil && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := v.astray(); err != nil {
			return err
		}
		now := time.Now()
		spent := now.Sub(started) > v.o.Load
		if err != nil && spent {
			return fetch.Reasonf(fetch.ErrProtocol, "the page does not stay")
		}
		if err != nil || !s.Ready { // an error: it is just going elsewhere
			ready, changed = time.Time{}, now
		} else if ready.IsZero() {
			ready = now
		}
		if s.Fresh >= notable || s.Chars-base >= notable || base-s.Chars >= notable || v.isLoading() {
			changed, base = now, s.Chars
		} else if s.Fresh > 0 {
			flickered = now
		}
		if spent || !ready.IsZero() && v.settled(s, now, ready, changed, flickered, linger) {
			return nil
		}
		if err := pause(ctx, poll); err != nil {
			return err
		}
	}
}

// astray returns why the page that was gone to since is not let through.
func (v *visit) astray() error {
	v.mu.Lock()
	asked := v.asked
	v.mu.Unlock()
	return v.refused(asked)
}

// settled reports whether the text that is there is all that comes.
func (v *visit) settled(s glance, now, ready, changed, flickered time.Time, linger time.Duration) bool {
	if s.Busy || now.Sub(changed) < v.o.Quiet {
		return false
	}
	since := now.Sub(ready)
	if s.Chars < nearlyEmpty {
		return since >= 2*linger
	}
	return since >= linger && (now.Sub(flickered) >= v.o.Quiet || since >= 2*linger)
}

func (v *visit) isLoading() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.load.waits()
}

func (v *visit) look(ctx context.Context, t tab) (glance, error) {
	return ask[glance](ctx, t, "look(%d)", v.page.MaxBytes)
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

const maxScreens = 300

// scroll goes down to the end of the page, screen by screen, until neither its height nor
// its text grows any more, and notes when it has no end.
func (v *visit) scroll(ctx context.Context, t tab) error {
	started, grew := time.Now(), time.Now()
	last, err := v.look(ctx, t)
	for screens := 0; err == nil; screens++ {
		if screens == maxScreens || time.Since(started) > v.o.Scroll || last.Chars > v.page.MaxBytes {
			v.remark("the page goes on below what was scrolled to in %s", time.Since(started).Round(time.Second))
			return nil
		}
		var moved bool
		var now glance
		if moved, err = ask[bool](ctx, t, "scroll()"); err != nil {
			break
		}
		if now, err = v.look(ctx, t); err != nil {
			break
		}
		if now.Height > last.Height || now.Chars-last.Chars >= notable || now.Fresh >= notable || v.isLoading() {
			grew = time.Now()
		}
		last = now
		if moved {
			continue
		}
		if time.Since(grew) >= v.o.Quiet && !now.Busy || time.Since(grew) >= 4*v.o.Quiet {
			return nil
		}
		if err := pause(ctx, poll); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}
