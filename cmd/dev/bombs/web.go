//go:build unix

package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
)

func webKinds() []kind {
	html := func(w http.ResponseWriter) { w.Header().Set("Content-Type", "text/html; charset=utf-8") }
	fetched := func(name string, f http.HandlerFunc) kind {
		return kind{"http " + name, func(b *bench) []string { return b.serve("/terms", f) }}
	}
	page := func(name, body string) kind {
		return kind{"http " + name, func(b *bench) []string {
			args := b.serve("/terms", func(w http.ResponseWriter, _ *http.Request) { html(w); _, _ = io.WriteString(w, body) })
			b.size = int64(len(body))
			return args
		}}
	}
	robots := func(name, body string) kind {
		return kind{"robots " + name, func(b *bench) []string {
			args := b.serve("/"+rep("a", 2000), func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					w.Header().Set("Content-Type", "text/plain")
					_, _ = io.WriteString(w, body)
					return
				}
				html(w)
				_, _ = io.WriteString(w, "<h1>Terms</h1><p>You may leave at any time.")
			})
			b.size = int64(len(body))
			return args
		}}
	}
	index := func(name string, body func() string) kind {
		return kind{"cdx " + name, func(b *bench) []string {
			s := body()
			_ = b.serve("/terms", func(w http.ResponseWriter, r *http.Request) {
				if strings.Contains(r.URL.Path, "cdx") {
					w.Header().Set("Content-Type", "application/json")
					_, _ = io.WriteString(w, s)
					return
				}
				html(w)
				_, _ = io.WriteString(w, rep("<table><tr><td colspan=1000 rowspan=1000>x", 50_000))
			})
			b.size = int64(len(s))
			b.env = append(b.env, "FINEPRINT_WAYBACK="+b.server.URL)
			return b.inDB(append([]string{"import", "wayback", "Acme/Terms of Service", "--allow-host", "127.0.0.1"}, "--every", "9000d")...)
		}}
	}
	return []kind{
		page("cells that span each other", "<table>"+rep("<tr><td colspan=1000 rowspan=65534>x", 100_000)),
		page("boxes in boxes", rep("<div>", 1_000_000)+"x"),
		page("four million headings", rep("<h1>x", 3_500_000)),
		page("links by a long base", "<base href='https://a.example/"+rep("d/", 4000)+"'>"+rep("<a href=x>y</a> ", 200_000)),
		fetched("body without an end", func(w http.ResponseWriter, r *http.Request) {
			html(w)
			for s := rep("<p>word ", 10_000); r.Context().Err() == nil; {
				if _, err := io.WriteString(w, s); err != nil {
					return
				}
			}
		}),
		fetched("headers of 50 MB", func(w http.ResponseWriter, _ *http.Request) {
			html(w)
			for i := range 5000 {
				w.Header().Set(fmt.Sprint("X-", i), rep("x", 10_000))
			}
			_, _ = io.WriteString(w, "x")
		}),
		fetched("redirects with long addresses", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+rep("a", 100_000), http.StatusFound)
		}),
		robots("of 50 MB", "User-agent: *\n"+rep("Disallow: /x\n", 4_000_000)),
		robots("of stars", "User-agent: *\n"+rep("Disallow: /"+rep("*a", 200)+"b$\n", 1000)),
		robots("of agents", rep("User-agent: *\nUser-agent: fineprint\nDisallow: /b\n", 10_000)),
		index("of a million captures", func() string {
			return "[[\"timestamp\",\"original\",\"digest\"]" + each(500_000, func(i int) string {
				return fmt.Sprintf(",[\"20%02d%02d%02d120000\",\"https://a.example/\",\"D%d\"]", i%24, i%12+1, i%28+1, i)
			}) + "]"
		}),
		index("lists in lists", func() string { return rep("[", 10_000_000) }),
		index("one text of 30 MB", func() string { return "[[\"" + rep("x", 30_000_000) + "\"]]" }),
		{"find links by the million", func(b *bench) []string {
			_ = b.serve("/terms", func(w http.ResponseWriter, _ *http.Request) {
				html(w)
				_, _ = io.WriteString(w, rep("<a href='/privacy'>Privacy Policy</a> ", 500_000))
			})
			return b.inDB("track", "find", b.server.URL+"/terms", "--allow-host", "127.0.0.1")
		}},
	}
}
