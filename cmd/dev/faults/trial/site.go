package trial

import (
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// pages is how many documents of the base are fetched, each from a loopback host of its own.
const pages = 4

// site serves documents that change with each request.
type site struct {
	port  int
	asked atomic.Uint64
}

// host is the name of the nth loopback host.
func host(n int) string { return fmt.Sprintf("127.0.0.%d", n+1) }

// serve begins to serve at the port that the bench's folder names, or at any.
func serve(dir string, seed uint64) (*site, error) {
	file := filepath.Join(dir, "port")
	raw, _ := os.ReadFile(file) // else any port
	port, _ := strconv.Atoi(strings.TrimSpace(string(raw)))
	l, err := net.Listen("tcp", fmt.Sprintf("0.0.0.0:%d", port))
	if err != nil {
		return nil, err
	}
	s := &site{port: l.Addr().(*net.TCPAddr).Port}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) { s.page(w, r, seed) })}
	go func() { _ = server.Serve(l) }() // until the process ends
	return s, os.WriteFile(file, []byte(strconv.Itoa(s.port)), 0o600)
}

func (s *site) page(w http.ResponseWriter, r *http.Request, seed uint64) {
	if !strings.HasPrefix(r.URL.Path, "/terms") {
		http.NotFound(w, r)
		return
	}
	rng := rand.New(rand.NewPCG(seed, 1000))
	text := nextVersion(rng, nil)
	text = nextVersion(rand.New(rand.NewPCG(seed, 1000+s.asked.Add(1))), text)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = fmt.Fprint(w, "<html><body><h1>Terms</h1>")
	for _, p := range text {
		if title, is := strings.CutPrefix(p, "## "); is {
			_, _ = fmt.Fprintf(w, "<h2>%s</h2>", title)
			continue
		}
		_, _ = fmt.Fprintf(w, "<p>%s</p>", p)
	}
	_, _ = fmt.Fprint(w, "</body></html>")
}

// URL is the address of the nth document.
func (b *Bench) URL(n int) string {
	return fmt.Sprintf("http://%s:%d/terms%d.html", host(n), b.site.port, n)
}

// AllowHosts are the flags that let the site through.
func AllowHosts() []string {
	var flags []string
	for n := range pages {
		flags = append(flags, "--allow-host", host(n))
	}
	return flags
}
