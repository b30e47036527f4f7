package hostilesite

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// handler serves one scenario. n counts the requests for it, from 1.
type handler struct {
	name, about string
	serve       func(w http.ResponseWriter, r *http.Request, n int)
}

// Terms is the text of the well-behaved page.
const Terms = "<!doctype html><html lang=en><title>Terms</title>" +
	"<main><h1>Terms of Service</h1><p>We may change these " +
	"terms. You must not resell the service.</p></main>"

func (s *Site) handlers() []handler {
	return append(append(append(append(s.slow(), bodies()...), s.redirects()...), statuses()...),
		append(pages(), s.raw()...)...)
}

func html(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, body)
}

func flush(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }

func (s *Site) slow() []handler {
	return []handler{
		{"ok", "a page as it should be, with validators", func(w http.ResponseWriter, r *http.Request, _ int) {
			w.Header().Set("Etag", `"v1"`)
			w.Header().Set("Last-Modified", "Mon, 02 Nov 2026 10:00:00 GMT")
			if r.Header.Get("If-None-Match") == `"v1"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			html(w, Terms)
		}},
		{"slow-header", "takes its time before it answers", func(w http.ResponseWriter, r *http.Request, _ int) {
			if s.pause(r.Context(), s.o.Slow) {
				html(w, Terms)
			}
		}},
		{"drip", "a byte now and then, for ever", func(w http.ResponseWriter, r *http.Request, _ int) {
			for s.pause(r.Context(), s.o.Drip) {
				html(w, "x")
				flush(w)
			}
		}},
		{"stall", "half a page, then silence", func(w http.ResponseWriter, r *http.Request, _ int) {
			html(w, Terms[:len(Terms)/2])
			flush(w)
			s.pause(r.Context(), s.o.Slow)
		}},
	}
}

// gzipped packs body so many times over, one after the other: the members of
// one gzip file are unpacked in a row.
func gzipped(body []byte, times int) []byte {
	var one bytes.Buffer
	z := gzip.NewWriter(&one)
	_, _ = z.Write(body)
	_ = z.Close()
	return bytes.Repeat(one.Bytes(), times)
}

func packed(encoding string, body func() []byte) func(http.ResponseWriter, *http.Request, int) {
	once := sync.OnceValue(body)
	return func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Encoding", encoding)
		_, _ = w.Write(once())
	}
}

// unlabelled serves a packed body as if it were none.
func unlabelled(body func() []byte) func(http.ResponseWriter, *http.Request, int) {
	once := sync.OnceValue(body)
	return func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(once())
	}
}

func deflated(body []byte, header bool) []byte {
	var b bytes.Buffer
	z := io.WriteCloser(zlib.NewWriter(&b))
	if !header {
		z, _ = flate.NewWriter(&b, flate.DefaultCompression)
	}
	_, _ = z.Write(body)
	_ = z.Close()
	return b.Bytes()
}

const megabyte = 1 << 20

func bodies() []handler {
	zeros := make([]byte, 8*megabyte)
	return []handler{
		{"gzip", "a page packed with gzip", packed("gzip", func() []byte { return gzipped([]byte(Terms), 1) })},
		{"brotli", "a page packed with Brotli", packed("br", func() []byte { return brotlied([]byte(Terms), 1) })},
		{"zstd", "a page packed with Zstandard", packed("zstd", func() []byte { return zstded([]byte(Terms)) })},
		{"huge", "a page without end", func(w http.ResponseWriter, _ *http.Request, _ int) {
			for {
				if _, err := w.Write(zeros[:megabyte/16]); err != nil {
					return
				}
			}
		}},
		{"huge-said", "a page that says it is 10 GB", func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Content-Length", "10000000000")
			html(w, Terms)
		}},
		{"gzip-bomb", "1 MB that is 1 GB", packed("gzip", func() []byte { return gzipped(zeros, 128) })},
		{"nested-bomb", "a bomb packed twice", packed("gzip, gzip",
			func() []byte { return gzipped(gzipped(zeros, 2000), 1) })},
		{"empty-bomb", "packed twice, gigabytes in the middle, and nothing in the end",
			packed("gzip, gzip", func() []byte {
				return gzipped(bytes.Repeat(gzipped(nil, 1), 8*megabyte/20), 50)
			})},
		{"brotli-bomb", "32 MB in a few bytes of Brotli", packed("br", func() []byte { return brotlied(zeros, 4) })},
		{"zstd-bomb", "1 GB in a few bytes of Zstandard",
			packed("zstd", func() []byte { return bytes.Repeat(zstded(zeros), 128) })},
		{"packed-wrong", "says it is packed and is not", packed("gzip", func() []byte { return []byte(Terms) })},
		{"packed-cut", "half of a packed page", packed("gzip",
			func() []byte { b := gzipped([]byte(Terms), 1); return b[:len(b)/2] })},
		{"packed-often", "packed five times over", packed("gzip, gzip, gzip, gzip, gzip",
			func() []byte { return []byte(Terms) })},
		{"packed-unasked", "packed in a way nobody asked for",
			packed("compress", func() []byte { return append([]byte("\x1f\x9d\x90"), Terms...) })},
		{"packed-unsaid", "packed with gzip, which it does not say", unlabelled(func() []byte {
			return gzipped([]byte(Terms), 1)
		})},
		{"packed-unsaid-twice", "packed twice, of which it says nothing", unlabelled(func() []byte {
			return gzipped(gzipped([]byte(Terms), 1), 1)
		})},
		{"packed-unsaid-brotli", "packed with Brotli, which nothing shows", unlabelled(func() []byte {
			return brotlied([]byte(Terms), 1)
		})},
		{"unsaid-bomb", "1 MB that is 1 GB, which it does not say",
			unlabelled(func() []byte { return gzipped(zeros, 128) })},
		{"unsaid-cut", "half of a packed page, which it does not say", unlabelled(func() []byte {
			b := gzipped([]byte(Terms), 1)
			return b[:len(b)/2]
		})},
		{"deflate", "a page packed with zlib", packed("deflate", func() []byte { return deflated([]byte(Terms), true) })},
		{"deflate-raw", "a page packed without the header of zlib",
			packed("deflate", func() []byte { return deflated([]byte(Terms), false) })},
		{"charset-wrong", "says UTF-8 and is windows-1252", func(w http.ResponseWriter, _ *http.Request,
			_ int) {
			html(w, "<p>Caf\xe9 \x93terms\x94")
		}},
		{"charset-meta", "only the page says its charset", func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<meta charset=windows-1252><p>Caf\xe9")
		}},
		{"no-type", "does not say what it is", func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header()["Content-Type"] = nil
			_, _ = io.WriteString(w, Terms)
		}},
	}
}

func brotlied(body []byte, times int) []byte {
	var b bytes.Buffer
	z := brotli.NewWriterLevel(&b, 2)
	for range times {
		_, _ = z.Write(body)
	}
	_ = z.Close()
	return b.Bytes()
}

func zstded(body []byte) []byte {
	z, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err) // the options are fixed
	}
	defer func() { _ = z.Close() }()
	return z.EncodeAll(body, nil)
}

func (s *Site) redirects() []handler {
	to := func(name, about, location string) handler {
		return handler{name, about, func(w http.ResponseWriter, _ *http.Request, _ int) {
			if location != "" {
				w.Header().Set("Location", location)
			}
			w.WriteHeader(http.StatusFound)
		}}
	}
	port := s.o.Target[strings.LastIndex(s.o.Target, ":"):]
	return []handler{
		to("moved", "redirects to the page as it should be", "/ok"),
		to("redirect-self", "redirects to itself", "/redirect-self"),
		to("redirect-ping", "redirects in a circle of two", "/redirect-pong"),
		to("redirect-pong", "redirects in a circle of two", "/redirect-ping"),
		{"redirect-far", "redirects on and on", func(w http.ResponseWriter, r *http.Request, n int) {
			http.Redirect(w, r, "/redirect-far/"+strconv.Itoa(n), http.StatusMovedPermanently)
		}},
		{"redirect-ten", "redirects ten times, then is there", func(w http.ResponseWriter, r *http.Request, _ int) {
			step, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/redirect-ten/"))
			if step == 10 {
				html(w, Terms)
				return
			}
			http.Redirect(w, r, "/redirect-ten/"+strconv.Itoa(step+1), http.StatusFound)
		}},
		to("redirect-private", "redirects into the private network", s.o.Target),
		to("redirect-mapped", "the same, spelled as IPv6", "http://[::ffff:127.0.0.1]"+port),
		to("redirect-octal", "the same, spelled in octal", "http://0177.0.0.1"+port),
		to("redirect-metadata", "redirects to a cloud's metadata", "http://169.254.169.254/latest/meta-data/"),
		to("redirect-file", "redirects to a file", "file:///etc/passwd"),
		to("redirect-ftp", "redirects to FTP", "ftp://127.0.0.1/terms"),
		to("redirect-script", "redirects to a script", "javascript:alert(1)"),
		to("redirect-data", "redirects to a page within the address", "data:text/html,terms"),
		to("redirect-user", "redirects with a password", "http://user:password@127.0.0.1"+port),
		to("redirect-garbage", "redirects to no address", "http://[::1"),
		to("redirect-nowhere", "redirects without saying where to", ""),
		{"cookie-wall", "redirects to itself until it gets its cookie back",
			func(w http.ResponseWriter, r *http.Request, _ int) {
				if _, err := r.Cookie("consent"); err == nil {
					html(w, Terms)
					return
				}
				http.SetCookie(w, &http.Cookie{Name: "consent", Value: "asked"})
				http.Redirect(w, r, "/cookie-wall", http.StatusFound)
			}},
	}
}

func statuses() []handler {
	status := func(name, about string, code int, headers ...string) handler {
		return handler{name, about, func(w http.ResponseWriter, _ *http.Request, _ int) {
			for i := 0; i < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			w.WriteHeader(code)
			if code != http.StatusNotModified {
				_, _ = fmt.Fprintf(w, "<h1>%d %s</h1>", code, http.StatusText(code))
			}
		}}
	}
	busy := func(name, about string, code int, after func() string) handler {
		return handler{name, about, func(w http.ResponseWriter, _ *http.Request, n int) {
			if n > 1 {
				html(w, Terms)
				return
			}
			if v := after(); v != "" {
				w.Header().Set("Retry-After", v)
			}
			w.WriteHeader(code)
		}}
	}
	said := func(v string) func() string { return func() string { return v } }
	return []handler{
		status("304-always", "says nothing has changed, whatever it is asked", 304),
		status("404", "is not there", 404),
		status("403", "does not let us in", 403),
		status("500-always", "is broken for good", 500),
		status("429-always", "is always too busy", 429),
		status("206", "sends a part nobody asked for", 206, "Content-Range", "bytes 0-10/1000"),
		status("204", "says there is nothing", 204),
		status("999", "has a status of its own", 999),
		busy("500-once", "is broken once", 500, said("")),
		busy("503-once", "is busy once", 503, said("")),
		busy("429-seconds", "asks for a second", 429, said("1")),
		busy("429-date", "asks for a second, as a date", 429,
			func() string { return time.Now().Add(2 * time.Second).UTC().Format(http.TimeFormat) }),
		busy("429-past", "asks for a time that is over", 429, said("Mon, 02 Jan 2006 15:04:05 GMT")),
		busy("429-day", "asks for a day", 429, said("86400")),
		busy("429-eternity", "asks for more seconds than can be counted", 429, said("99999999999999999999999")),
		busy("429-negative", "asks for less than nothing", 429, said("-5")),
		busy("429-garbage", "asks for something unreadable", 429, said("soon, \U0001F600")),
		busy("503-day", "is busy for a day", 503, said("86400")),
	}
}

// pages are answers that look fine to HTTP, and are not the document.
func pages() []handler {
	page := func(name, about, body string) handler {
		return handler{name, about, func(w http.ResponseWriter, _ *http.Request, _ int) { html(w, body) }}
	}
	return []handler{
		page("empty", "an empty page", ""),
		page("signin", "a sign-in page instead of the terms",
			`<title>Sign in</title><form><h1>Log in to continue</h1><label>Email<input type=email></label><label>`+
				`Password<input type=password></label><button>Log in</button></form>`),
		page("cookie-page", "a cookie banner instead of the terms",
			`<title>Before you continue</title><h1>Before you continue</h1><p>We use cookies and data to deliver our `+
				`services.</p><button>Reject all</button><button>Accept all</button>`),
		page("error-200", "an error page that says it is fine",
			`<title>404 Not Found</title><h1>Page not found</h1><p>The page you are looking for does not exist.</p>`),
		page("other-language", "the terms in another language",
			`<html lang=de><title>Nutzungsbedingungen</title><main><h1>Nutzungsbedingungen</h1><p>Wir können diese `+
				`Bedingungen ändern. Sie dürfen den Dienst nicht weiterverkaufen.</p></main>`),
		page("cut-document", "the terms, cut in the middle", Terms[:len(Terms)*2/3]),
		{"tokens", "the terms with a token and a counter that change", func(w http.ResponseWriter, _ *http.Request,
			n int) {
			html(w, fmt.Sprintf(`%s<input type=hidden name=csrf value=%x><p class=visits>You are visitor %d.</p>`,
				Terms, n*7919, n))
		}},
		{"flip", "two texts that take turns", func(w http.ResponseWriter, _ *http.Request, n int) {
			html(w, strings.Replace(Terms, "must not", []string{"must not", "may"}[n%2], 1))
		}},
		{"script", "a page whose text is built by a script", func(w http.ResponseWriter, _ *http.Request, _ int) {
			html(w, `<!doctype html><title>Terms</title><div id=app>Loading</div><script>
setTimeout(() => { document.getElementById("app").innerHTML = "<h1>Terms of Service</h1><p>"+["Built","by","a","script"].join(" ")+".</p>" }, 50)</script>`)
		}},
	}
}
