package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync"
	"time"
)

// trip is one Fetch on its way through net/http's layers.
type trip struct {
	ignoreRobots bool
	agent        string   // who asks
	secrets      []string // headers that no other origin is sent
	clock        *budget

	// Of the last exchange.
	remote string
	at     time.Time
}

type tripKey struct{}

func tripOf(ctx context.Context) *trip {
	t, _ := ctx.Value(tripKey{}).(*trip)
	return t
}

// budget is the time a fetch may take, without its waits for a turn: among a
// thousand documents of one host the last is not late for being the last.
type budget struct {
	mu    sync.Mutex
	left  time.Duration
	since time.Time
	timer *time.Timer
}

func newBudget(total time.Duration, cancel context.CancelCauseFunc) *budget {
	b := &budget{left: total, since: time.Now()}
	b.timer = time.AfterFunc(total, func() {
		cancel(reasonf(ErrTimeout, "all tries together took more than %s",
			total))
	})
	return b
}

func (b *budget) pause() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.timer.Stop()
	b.left -= time.Since(b.since)
}

func (b *budget) resume() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.since = time.Now()
	b.timer.Reset(max(b.left, 0))
}

// exchanges is the transport of every request: it checks the address and
// robots.txt, waits for a turn at the host and watches the clock. It is
// below the redirects, so that each of them passes here too.
type exchanges struct {
	o      Options
	guard  *guard
	gates  *gates
	robots *robotsCache
	under  http.RoundTripper
}

// RoundTrip makes one exchange. Its turn ends when the body is closed.
func (x *exchanges) RoundTrip(req *http.Request) (*http.Response, error) {
	t := tripOf(req.Context())
	if err := x.guard.checkURL(req.URL); err != nil {
		return nil, err
	}
	if !t.ignoreRobots {
		if err := x.robots.check(req.Context(), req.URL); err != nil {
			return nil, err
		}
	}
	leave, err := x.enter(req.Context(), t, req.URL.Hostname(), req.URL.Port())
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(req.Context())
	w := &watched{ctx: ctx, idle: x.o.IdleTimeout}
	slow := time.AfterFunc(x.o.Timeout, func() { cancel(reasonf(ErrTimeout, "it was not done in %s", x.o.Timeout)) })
	w.quiet = time.AfterFunc(time.Hour, func() {
		cancel(reasonf(ErrTimeout, "it sent nothing for %s",
			x.o.IdleTimeout))
	})
	w.quiet.Stop()
	w.end = sync.OnceFunc(func() {
		slow.Stop()
		w.quiet.Stop()
		cancel(errLetGo)
		leave()
	})
	ctx = httptrace.WithClientTrace(ctx,
		&httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) { t.remote = i.Conn.RemoteAddr().String() }})
	resp, err := x.under.RoundTrip(req.WithContext(ctx))
	if err != nil {
		err = w.explain(err)
		w.end()
		return nil, err
	}
	t.at = time.Now().UTC()
	if later, asks := asksToComeBack(resp); asks && later.After > 0 {
		x.gates.of(req.URL.Hostname(), true).close(later)
	}
	w.from, resp.Body = resp.Body, w
	return resp, nil
}

// errLetGo: an answer was read after it had been closed. It is never the
// caller's cancellation.
var errLetGo = &reason{ErrProtocol, "it was not read to its end"}

func (x *exchanges) enter(ctx context.Context, t *trip, host, port string) (func(), error) {
	t.clock.pause()
	defer t.clock.resume()
	return x.gates.of(host, !x.guard.isAllowed(host, port)).enter(ctx, x.o.MaxRetryAfter)
}

// watched is a body that must keep coming.
type watched struct {
	ctx   context.Context
	from  io.ReadCloser
	quiet *time.Timer
	idle  time.Duration
	end   func()
}

func (w *watched) Read(p []byte) (int, error) {
	w.quiet.Reset(w.idle)
	n, err := w.from.Read(p)
	w.quiet.Stop()
	if err != nil && !errors.Is(err, io.EOF) {
		err = w.explain(err)
	}
	return n, err
}

func (w *watched) Close() error {
	err := w.from.Close()
	w.end()
	return err
}

// explain gives our reason for cutting a connection instead of its effect.
func (w *watched) explain(err error) error {
	if cause := context.Cause(w.ctx); cause != nil {
		return cause
	}
	return err
}

func fingerprint(resp *http.Response) string {
	if resp.TLS == nil || len(resp.TLS.PeerCertificates) == 0 {
		return ""
	}
	sum := sha256.Sum256(resp.TLS.PeerCertificates[0].Raw)
	return hex.EncodeToString(sum[:])
}
