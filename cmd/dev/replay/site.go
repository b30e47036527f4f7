package main

import (
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// site serves the present capture of each document, at an address of its own.
type site struct {
	base   string
	server *http.Server

	mu    sync.Mutex
	pages map[string]page
}

type page struct {
	body  []byte
	media string
}

func newSite() (*site, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &site{base: "http://" + l.Addr().String(), pages: map[string]page{}}
	s.server = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = s.server.Serve(l) }()
	return s, nil
}

func (s *site) close() { _ = s.server.Close() }

// host is what the guard has to let through.
func (s *site) host() string { return strings.TrimPrefix(s.base, "http://") }

// put makes a capture the present one and returns its address.
func (s *site) put(path string, p page) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = p
	return s.base + path
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	p, ok := s.pages[r.URL.Path]
	s.mu.Unlock()
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", p.media)
	_, _ = w.Write(p.body)
}
