package hostilesite

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
)

// raw are scenarios below HTTP: they take over the connection.
func (s *Site) raw() []handler {
	say := func(name, about, text string) handler {
		return s.hijacked(name, about, func(c net.Conn) { _, _ = io.WriteString(c, text) })
	}
	const head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
	return []handler{
		say("cut", "says 1000 bytes and sends fewer", head+"Content-Length: 1000\r\n\r\n<p>We may"),
		say("length-short", "says fewer bytes than it sends",
			head+"Content-Length: 9\r\n\r\n<p>We may change these terms"),
		say("length-two", "says two lengths", head+"Content-Length: 9\r\nContent-Length: 10\r\n\r\n<p>We may change"),
		say("length-negative", "says less than nothing", head+"Content-Length: -9\r\n\r\n<p>We may change"),
		say("chunk-garbage", "breaks its own chunks",
			head+"Transfer-Encoding: chunked\r\n\r\n5\r\n<p>We\r\nZZZ\r\nmay"),
		say("chunk-huge", "says a chunk larger than any",
			head+"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n<p>We may"),
		say("no-answer", "hangs up without a word", ""),
		say("http09", "sends a page and no header", "<p>We may change these terms\n"),
		say("not-http", "speaks something else", "SSH-2.0-OpenSSH_9.2\r\n"),
		say("binary", "sends noise", strings.Repeat("\x00\xff\x1b[31m", 50)),
		say("invalid-header", "has a header that is none", head+"this is no header\r\n\r\n<p>We may"),
		say("escape-header", "hides a terminal's commands in a header",
			head+"X-Title: \x1b]0;owned\a\r\nContent-Length: 0\r\n\r\n"),
		say("bad-status", "has no number for a status", "HTTP/1.1 fine OK\r\n\r\n<p>We may"),
		say("switching", "wants to speak another protocol",
			"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n<p>We may"),
		say("huge-header", "a header of 8 MB", head+"X-Long: "+strings.Repeat("a", 8*megabyte)+"\r\n\r\n<p>We may"),
		s.hijacked("reset", "breaks off in the middle", func(c net.Conn) {
			_, _ = io.WriteString(c, head+"Content-Length: 1000\r\n\r\n<p>We may")
			if tcp, ok := c.(*net.TCPConn); ok {
				_ = tcp.SetLinger(0)
			}
		}),
		s.hijacked("endless-headers", "headers without end", func(c net.Conn) {
			_, err := io.WriteString(c, head)
			for i := 0; err == nil; i++ {
				_, err = fmt.Fprintf(c, "X-%d: more\r\n", i)
			}
		}),
		s.hijacked("drip-headers", "a header now and then, for ever", func(c net.Conn) {
			_, err := io.WriteString(c, head)
			for i := 0; err == nil && s.pause(s.closing, s.o.Drip); i++ {
				_, err = fmt.Fprintf(c, "X-%d: more\r\n", i)
			}
		}),
		s.hijacked("endless-hints", "goes on saying that it will answer", func(c net.Conn) {
			var err error
			for err == nil {
				_, err = io.WriteString(c, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
			}
		}),
	}
}

func (s *Site) hijacked(name, about string, talk func(net.Conn)) handler {
	return handler{name, about, func(w http.ResponseWriter, _ *http.Request, _ int) {
		c, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		defer func() { _ = c.Close() }()
		talk(c)
	}}
}
