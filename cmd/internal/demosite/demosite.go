// Package demosite is the invented web site of the demo: a few platforms whose
// terms change over several rounds, with material changes, noise, a bad
// capture, a move and a renumbering. Nothing in it is a real company's.
package demosite

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// Document is one page of the site.
type Document struct {
	Platform string
	Type     string
	Path     string
	rounds   []round
	body     string
}

// round turns the page of the round before into the next one.
type round struct {
	edits []string // old, new, old, new, …
	page  string   // instead, the whole page
}

// Rounds is how many times the site changes, the first state included.
const Rounds = 5

// At is the pretended time of a round.
func At(n int) time.Time {
	return time.Date(2026, time.January, 12, 9, 30, 0, 0, time.UTC).AddDate(0, n, 3*n)
}

// Site serves the documents as they are in a round. It is safe for concurrent
// use.
type Site struct{ now atomic.Int64 }

// SetRound moves the site on, from 0.
func (s *Site) SetRound(n int) { s.now.Store(int64(n)) }

// ServeHTTP serves a document's page.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for _, d := range Documents {
		if d.Path == r.URL.Path {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = fmt.Fprint(w, d.Page(int(s.now.Load())))
			return
		}
	}
	http.NotFound(w, r)
}

// Page is the document's HTML in a round. A whole page of one round does not
// stay: the next round goes on from the one before.
func (d Document) Page(n int) string {
	body := d.body
	for i := range min(n, len(d.rounds)) {
		if d.rounds[i].page != "" {
			if i == n-1 {
				return d.rounds[i].page
			}
			continue
		}
		body = strings.NewReplacer(d.rounds[i].edits...).Replace(body)
	}
	return fmt.Sprintf(`<!doctype html><html lang="en"><head><title>%s %s</title><style>body{margin:2em}</style></head>
<body><nav><a href="/">Home</a> <a href="/help">Help</a></nav><main>%s</main><footer>© %d %s</footer></body></html>`,
		d.Platform, d.Type, body, 2020+n, d.Platform)
}
