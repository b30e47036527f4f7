package browser

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"fineprint/fetch"
)

type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// proxy is the browser's only way out: a forward proxy on loopback that
// connects with the guarded dialer. It remembers whom it refused and who
// answered, for the browser only sees the proxy.
type proxy struct {
	ctx      context.Context
	dial     dialFunc
	listener net.Listener
	server   *http.Server
	forward  *httputil.ReverseProxy
	left     atomic.Int64
	over     func()

	mu      sync.Mutex
	refused map[string]error  // host:port → why
	remote  map[string]string // host:port → address that was connected to
}

func startProxy(ctx context.Context, dial dialFunc, maxBytes int64, cancel context.CancelCauseFunc) (*proxy, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &proxy{ctx: ctx, dial: dial, listener: l, refused: map[string]error{}, remote: map[string]string{}}
	p.left.Store(maxBytes)
	p.over = func() { cancel(fetch.Reasonf(fetch.ErrTooLarge, "the page loads more than %d bytes", maxBytes)) }
	quiet := log.New(io.Discard, "", 0)
	p.forward = &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.Out.URL, r.Out.Host = r.In.URL, r.In.Host },
		Transport: &http.Transport{Proxy: nil, DialContext: p.connect, DisableCompression: true,
			DisableKeepAlives: true, ResponseHeaderTimeout: 20 * time.Second, MaxResponseHeaderBytes: 256 << 10},
		ErrorLog:     quiet,
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	p.server = &http.Server{Handler: p, ErrorLog: quiet, ReadHeaderTimeout: 10 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx }}
	go func() { _ = p.server.Serve(l) }()
	return p, nil
}

func (p *proxy) address() string { return "http://" + p.listener.Addr().String() }

func (p *proxy) close() { _ = p.server.Close() }

// ServeHTTP forwards a request for an absolute http address, or joins a tunnel.
func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodConnect:
		p.tunnel(w, r)
	case r.URL.Scheme == "http" && r.URL.Host != "":
		p.forward.ServeHTTP(w, r)
	default:
		w.WriteHeader(http.StatusBadRequest)
	}
}

func (p *proxy) tunnel(w http.ResponseWriter, r *http.Request) {
	out, err := p.connect(r.Context(), "tcp", r.Host)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer func() { _ = out.Close() }()
	in, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer func() { _ = in.Close() }()
	stop := context.AfterFunc(p.ctx, func() { _, _ = in.Close(), out.Close() })
	defer stop()
	if _, err := io.WriteString(in, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		return
	}
	go func() {
		_, _ = io.Copy(out, buffered)
		_ = out.Close()
	}()
	_, _ = io.Copy(in, out)
}

// connect dials with the guard and counts what comes.
func (p *proxy) connect(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := p.dial(ctx, network, address)
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil {
		if errors.Is(err, fetch.ErrForbiddenAddress) {
			p.refused[strings.ToLower(address)] = err
		}
		return nil, err
	}
	p.remote[strings.ToLower(address)] = c.RemoteAddr().String()
	return &counted{Conn: c, p: p}, nil
}

func (p *proxy) about(address string) (remote string, refused error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.remote[address], p.refused[address]
}

type counted struct {
	net.Conn
	p *proxy
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if c.p.left.Add(-int64(n)) < 0 {
		c.p.over()
		return 0, io.ErrUnexpectedEOF
	}
	return n, err
}
