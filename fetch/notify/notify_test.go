package notify_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fineprint/fetch/notify"
	"fineprint/store/model"
)

func alert(title, text string) *model.Alert {
	return &model.Alert{ID: "msg_0123456789abcdef0123456789abcdef", Kind: model.AlertChange,
		At: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), Target: "ops", Title: title, Text: text, Words: text, Rule: title,
		Tags: []string{"children"}}
}

func send(t *testing.T, to notify.Target, a *model.Alert) error {
	t.Helper()
	payload, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return notify.Send(t.Context(), &to, a, payload)
}

func TestWebhookIsSignedAndSaysWhatItIsTold(t *testing.T) {
	t.Setenv("HOOK", "whsec_c2VjcmV0")
	answer := http.StatusOK
	var body []byte
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ = io.ReadAll(r.Body)
		at, _ := time.Parse(time.UnixDate, time.UnixDate)
		if sent := r.Header.Get("webhook-timestamp"); sent != "" {
			var unix int64
			_ = json.Unmarshal([]byte(sent), &unix)
			at = time.Unix(unix, 0)
		}
		if got := r.Header.Get("webhook-signature"); got != notify.Sign([]byte("secret"), r.Header.Get("webhook-id"), at, body) {
			t.Errorf("signature %q", got)
		}
		w.Header().Set("Retry-After", "7")
		w.Header().Set("Location", "/other")
		w.WriteHeader(answer)
	}))
	defer server.Close()
	to := notify.Target{Kind: "webhook", URL: server.URL, Private: true, SecretEnv: "HOOK"}
	if err := send(t, to, alert("t", "x")); err != nil || !strings.Contains(string(body), `"title":"t"`) {
		t.Errorf("%s, %v", body, err)
	}
	for answer = range map[int]bool{500: true, 302: true, 410: true, 429: true} {
		var f *notify.Failure
		if err := send(t, to, alert("t", "x")); !errors.As(err, &f) || f.Gone != (answer == 410) ||
			answer != 302 && f.After != 7*time.Second {
			t.Errorf("%d: %+v", answer, err)
		}
	}
	to.Private = false
	if err := send(t, to, alert("t", "x")); err == nil || !strings.Contains(err.Error(), "private") {
		t.Errorf("a private address: %v", err)
	}
	to.Private, to.SecretEnv = true, "NO_SUCH_VARIABLE"
	if err := send(t, to, alert("t", "x")); err == nil {
		t.Error("sent without its secret")
	}
}

func TestCommandGetsTheAlertAndNoSecrets(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	t.Setenv("API_TOKEN", "hush")
	to := notify.Target{Kind: "command", Shell: true, Command: []string{"cat > '" + out + "'; env >> '" + out + "'"}}
	if err := send(t, to, alert("$(touch /tmp/x) `id`", "x")); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(out)
	if err != nil || !strings.Contains(string(got), "$(touch /tmp/x)") || strings.Contains(string(got), "hush") {
		t.Errorf("%s, %v", got, err)
	}
	for what, to := range map[string]notify.Target{
		"fails": {Command: []string{"sh", "-c", "echo no luck >&2; exit 3"}},
		"hangs": {Command: []string{"sleep", "60"}, Timeout: 50 * time.Millisecond}, "none": {},
		"missing": {Command: []string{"/no/such/program"}},
	} {
		to.Kind = "command"
		var f *notify.Failure
		if err := send(t, to, alert("t", "x")); !errors.As(err, &f) || what == "fails" && !strings.Contains(f.Reason, "no luck") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestMailsAndEntriesAreWrittenOnceHoweverOftenTheyAreSent(t *testing.T) {
	dir := t.TempDir()
	maildir := notify.Target{Kind: "mail", Format: "maildir", Folder: filepath.Join(dir, "m")}
	eml := notify.Target{Kind: "mail", Format: "eml", Folder: filepath.Join(dir, "e")}
	atom := notify.Target{Kind: "atom", File: filepath.Join(dir, "a.xml"), Entries: 2, Name: "news"}
	for range 2 {
		for _, to := range []notify.Target{maildir, eml, atom} {
			if err := send(t, to, alert("t", "x")); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, pattern := range []string{"m/new/*", "e/*.eml"} {
		if list, _ := filepath.Glob(filepath.Join(dir, pattern)); len(list) != 1 {
			t.Errorf("%s: %q", pattern, list)
		}
	}
	for i, id := range []string{"msg_1", "msg_2", "msg_3"} {
		a := alert("n"+id, "<b>&</b>")
		a.ID, a.At = id, a.At.Add(time.Duration(i)*time.Hour)
		if err := send(t, atom, a); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, "a.xml"))
	if err != nil || strings.Count(string(text), "<entry>") != 2 || !strings.Contains(string(text), "nmsg_3") ||
		strings.Contains(string(text), "<b>") || strings.Count(string(text), "xmlns=") != 1 {
		t.Errorf("%s, %v", text, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "a.xml"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := send(t, atom, alert("t", "x")); err == nil {
		t.Error("a file that is no feed was written over")
	}
}

// TestMailIsSentBySMTP talks to a server of a few lines.
func TestMailIsSentBySMTP(t *testing.T) {
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	said := make(chan string, 2)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			said <- serveSMTP(c)
		}
	}()
	to := notify.Target{Kind: "smtp", Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Private: true, Plain: true,
		From: "a@example.com", To: []string{"B <b@example.com>"}}
	if err := send(t, to, alert("hello", "x")); err != nil {
		t.Fatal(err)
	}
	if got := <-said; !strings.Contains(got, "MAIL FROM:<a@example.com>") || !strings.Contains(got, "RCPT TO:<b@example.com>") ||
		!strings.Contains(got, "Subject: hello") {
		t.Errorf("%q", got)
	}
	to.Plain = false
	if err := send(t, to, alert("hello", "x")); err == nil || !strings.Contains(err.Error(), "STARTTLS") {
		t.Errorf("without TLS: %v", err)
	}
}

func serveSMTP(c net.Conn) string {
	defer func() { _ = c.Close() }()
	var all strings.Builder
	say := func(s string) { _, _ = io.WriteString(c, s+"\r\n") }
	say("220 test")
	buf, inData := make([]byte, 4096), false
	for {
		n, err := c.Read(buf)
		if err != nil {
			return all.String()
		}
		part := string(buf[:n])
		all.WriteString(part)
		switch {
		case inData && strings.Contains(all.String(), "\r\n.\r\n"):
			inData = false
			say("250 taken")
		case inData:
		case strings.HasPrefix(part, "EHLO"):
			say("250 test")
		case strings.HasPrefix(part, "DATA"):
			inData = true
			say("354 go on")
		case strings.HasPrefix(part, "QUIT"):
			say("221 bye")
			return all.String()
		default:
			say("250 fine")
		}
	}
}

// FuzzMail: whatever was fetched, a mail has the headers that it should, and no others.
func FuzzMail(f *testing.F) {
	for _, s := range []string{"a\r\nBcc: evil@example.com\r\n\r\nx", "é ü \x00\x1b[m", "=?utf-8?q?x?=", strings.Repeat("Wort ", 200),
		"\u202ex\u2028y", "\xff\xfe", ".\r\n.", "a\n.\nQUIT"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		to := &notify.Target{From: "a@example.com", To: []string{"b@example.com"}}
		message, _, _, err := notify.Message(to, alert(s, s))
		if err != nil {
			t.Fatal(err)
		}
		m, err := mail.ReadMessage(strings.NewReader(string(message)))
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Header) != 9 || m.Header.Get("Bcc") != "" {
			t.Errorf("headers %v", m.Header)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if want := notify.Title(alert(s, s)); err != nil || len(want) <= 180 && !strings.Contains(s, "=?") && subject != want {
			t.Errorf("subject %q, want %q, %v", subject, want, err)
		}
		for _, line := range strings.Split(string(message), "\r\n") {
			if len(line) > 998 || strings.ContainsAny(line, "\r\n\x00\x1b") {
				t.Errorf("line %q", line)
			}
		}
	})
}

// FuzzAtom: whatever was fetched, the feed is XML that reads as what was said.
func FuzzAtom(f *testing.F) {
	for _, s := range []string{"<script>alert(1)</script>", "]]>", "&amp;", "\x00\x01\ufffe", "\xff", "a\x1b[m\u202e"} {
		f.Add(s)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, s string) {
		to := notify.Target{Kind: "atom", File: filepath.Join(dir, "fuzz.xml"), Name: s}
		_ = os.Remove(to.File)
		a := alert(s, s)
		a.Tags = []string{s}
		if err := send(t, to, a); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(to.File)
		if err != nil {
			t.Fatal(err)
		}
		var feed struct {
			Entries []struct {
				Title   string   `xml:"title"`
				Scripts []string `xml:"script"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal(text, &feed); err != nil || len(feed.Entries) != 1 || len(feed.Entries[0].Scripts) > 0 ||
			feed.Entries[0].Title != notify.Title(a) {
			t.Errorf("%q: %+v, %v", text, feed, err)
		}
	})
}
