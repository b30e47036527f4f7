// Package hostilesite is a web site of slow, huge, broken, lying and hostile servers
// on loopback, one address for each scenario. It is the test server of package
// fetch and, as the command servehostile, a tool to try a build on.
//
// It is not for the product: only tests and tools import it.
//
// Invariants: it listens on loopback only, and a scenario that never ends by
// itself ends when its client leaves or the site is closed.
package hostilesite

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Options set how slow and how forbidden the scenarios are. Zero values mean the defaults.
type Options struct {
	Slow   time.Duration // how long a slow server takes; default 30 s
	Drip   time.Duration // between the bytes of a dripping one; default 200 ms
	Target string        // where the forbidden redirects lead; default http://127.0.0.1:9/
}

// Scenario is one way of being hostile and the address it is found at.
type Scenario struct {
	Name  string
	About string
	URL   string
}

// Site is a running site.
type Site struct {
	// CA signs the certificates of the secure addresses that should be trusted.
	CA *x509.CertPool

	o        Options
	served   []Scenario
	requests sync.Map // name → *atomic.Int64
	closing  context.Context
	close    context.CancelFunc
	servers  []io.Closer
	mu       sync.Mutex
}

// Start serves until Close.
func Start(o Options) (*Site, error) {
	if o.Slow <= 0 {
		o.Slow = 30 * time.Second
	}
	if o.Drip <= 0 {
		o.Drip = 200 * time.Millisecond
	}
	if o.Target == "" {
		o.Target = "http://127.0.0.1:9/"
	}
	s := &Site{o: o}
	s.closing, s.close = context.WithCancel(context.Background())
	for _, start := range []func() error{s.startPlain, s.startTLS, s.startRobots, s.startMute} {
		if err := start(); err != nil {
			s.Close()
			return nil, fmt.Errorf("starting the hostile site: %w", err)
		}
	}
	return s, nil
}

// Close ends every scenario that is going on.
func (s *Site) Close() {
	s.close()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, server := range s.servers {
		_ = server.Close()
	}
}

// Scenarios lists every scenario.
func (s *Site) Scenarios() []Scenario { return s.served }

// URL is the address of a scenario; it panics for a name there is none of.
func (s *Site) URL(name string) string {
	for _, m := range s.served {
		if m.Name == name {
			return m.URL
		}
	}
	panic("hostilesite: no scenario " + name)
}

// Requests is how often a scenario was asked for.
func (s *Site) Requests(name string) int {
	n, ok := s.requests.Load(name)
	if !ok {
		return 0
	}
	return int(n.(*atomic.Int64).Load())
}

func (s *Site) count(name string) int {
	n, _ := s.requests.LoadOrStore(name, new(atomic.Int64))
	return int(n.(*atomic.Int64).Add(1))
}

// serve starts a server and gives its address. secure may be nil.
func (s *Site) serve(h http.Handler, secure *tls.Config) (string, error) {
	l, err := s.listen()
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: h, TLSConfig: secure, ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:    log.New(io.Discard, "", 0),
		BaseContext: func(net.Listener) context.Context { return s.closing }}
	s.mu.Lock()
	s.servers = append(s.servers, server)
	s.mu.Unlock()
	if secure != nil {
		go func() { _ = server.ServeTLS(l, "", "") }()
		return "https://" + l.Addr().String(), nil
	}
	go func() { _ = server.Serve(l) }()
	return "http://" + l.Addr().String(), nil
}

func (s *Site) listen() (net.Listener, error) {
	return new(net.ListenConfig).Listen(s.closing, "tcp", "127.0.0.1:0")
}

func (s *Site) add(name, about, url string) {
	s.served = append(s.served, Scenario{Name: name, About: about, URL: url})
}

func (s *Site) startPlain() error {
	mux := http.NewServeMux()
	base, err := s.serve(mux, nil)
	if err != nil {
		return err
	}
	for _, b := range s.handlers() {
		path := "/" + b.name
		s.add(b.name, b.about, base+path)
		serve := func(w http.ResponseWriter, r *http.Request) {
			b.serve(w, r, s.count(b.name))
		}
		mux.HandleFunc(path, serve)
		mux.HandleFunc(path+"/", serve)
	}
	return nil
}

// startMute: one address where nobody listens, one where nobody speaks.
func (s *Site) startMute() error {
	l, err := s.listen()
	if err != nil {
		return err
	}
	s.add("refused", "nobody listens", "http://"+l.Addr().String()+"/")
	_ = l.Close()
	if l, err = s.listen(); err != nil {
		return err
	}
	s.servers = append(s.servers, l)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			context.AfterFunc(s.closing, func() { _ = c.Close() })
		}
	}()
	s.add("mute", "takes the connection and says nothing", "http://"+l.Addr().String()+"/")
	s.add("mute-tls", "takes the connection and never shakes hands", "https://"+l.Addr().String()+"/")
	return nil
}

// pause waits, and reports whether the client is still there.
func (s *Site) pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
	case <-s.closing.Done():
	}
	return false
}
