package notify

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/smtp"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"fineprint/fetch"
	"fineprint/store/atomicfile"
	"fineprint/store/model"
)

// idPattern is what an alert's ID is made of, since it becomes a file's name.
var idPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{1,80}$`)

// Message is an alert as a mail: plain text, with every header encoded.
func Message(t *Target, a *model.Alert) (message []byte, from string, to []string, err error) {
	sender, err := mail.ParseAddress(cmp.Or(t.From, "Fineprint <fineprint@localhost>"))
	if err != nil {
		return nil, "", nil, failure("from is no mail address")
	}
	var names []string
	for _, s := range t.To {
		address, err := mail.ParseAddress(s)
		if err != nil {
			return nil, "", nil, failure("to has what is no mail address")
		}
		to, names = append(to, address.Address), append(names, address.String())
	}
	if !idPattern.MatchString(a.ID) {
		return nil, "", nil, failure("the notification has no proper ID")
	}
	var b bytes.Buffer
	header := func(name, value string) { fmt.Fprintf(&b, "%s: %s\r\n", name, value) }
	header("From", sender.String())
	if len(names) > 0 {
		header("To", strings.Join(names, ",\r\n "))
	}
	subject := strings.ReplaceAll(cutBytes(Title(a), 180), "=?", "= ?") // or it would read as encoded
	header("Subject", mime.QEncoding.Encode("utf-8", subject))
	header("Date", a.At.UTC().Format(time.RFC1123Z))
	header("Message-ID", "<"+a.ID+"@fineprint>")
	header("Auto-Submitted", "auto-generated")
	header("MIME-Version", "1.0")
	header("Content-Type", "text/plain; charset=utf-8")
	header("Content-Transfer-Encoding", "quoted-printable")
	b.WriteString("\r\n")
	w := quotedprintable.NewWriter(&b)
	_, _ = w.Write([]byte(strings.Join(append([]string{Title(a), ""}, Lines(a)...), "\r\n") + "\r\n"))
	_ = w.Close()
	return b.Bytes(), sender.Address, to, nil
}

// cutBytes is the beginning of a text, whole runes of it.
func cutBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}

// writeMail writes a mail into a folder: a maildir, or as one .eml file.
func writeMail(t *Target, a *model.Alert) error {
	message, _, _, err := Message(t, a)
	if err != nil {
		return err
	}
	if t.Format != "maildir" {
		return writeFile(t.Folder, filepath.Join(t.Folder, a.ID+".eml"), message)
	}
	for _, sub := range []string{"tmp", "new", "cur"} {
		if err := os.MkdirAll(filepath.Join(t.Folder, sub), 0o700); err != nil {
			return err
		}
	}
	name := strconv.FormatInt(a.At.Unix(), 10) + "." + a.ID + ".fineprint"
	if read, _ := filepath.Glob(filepath.Join(t.Folder, "cur", name+":*")); len(read) > 0 {
		return nil // it came before, and was read
	}
	return writeFile(filepath.Join(t.Folder, "tmp"), filepath.Join(t.Folder, "new", name), message)
}

// writeFile puts a file in its place whole, by way of one in dir.
func writeFile(dir, path string, content []byte) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return atomicfile.WriteBytes(path, content, atomicfile.Options{Perm: 0o600, Dir: dir})
}

// sendMail sends a mail by SMTP, with STARTTLS, or TLS from the start on port 465.
func sendMail(ctx context.Context, t *Target, a *model.Alert) error {
	message, from, to, err := Message(t, a)
	switch {
	case err != nil:
		return err
	case len(to) == 0:
		return failure("it has nobody in to")
	}
	secret, err := t.secret()
	if err != nil {
		return err
	}
	port := cmp.Or(t.Port, 587)
	dial := fetch.GuardedDial(nil, DefaultTimeout)
	if t.Private {
		dial = fetch.AnyDial(DefaultTimeout)
	}
	conn, err := dial(ctx, "tcp", net.JoinHostPort(t.Host, strconv.Itoa(port)))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	if deadline, ok := ctx.Deadline(); ok {
		_ = conn.SetDeadline(deadline)
	}
	settings := &tls.Config{ServerName: t.Host, MinVersion: tls.VersionTLS12}
	if port == 465 {
		conn = tls.Client(conn, settings)
	}
	c, err := smtp.NewClient(conn, t.Host)
	if err != nil {
		return err
	}
	if port != 465 && !t.Plain {
		if ok, _ := c.Extension("STARTTLS"); !ok {
			return failure("the mail server has no STARTTLS; plain = true sends without it")
		}
		if err := c.StartTLS(settings); err != nil {
			return err
		}
	}
	if t.User != "" {
		if err := c.Auth(smtp.PlainAuth("", t.User, string(secret), t.Host)); err != nil {
			return failure("the mail server does not let us in")
		}
	}
	return deliver(c, from, to, message)
}

func deliver(c *smtp.Client, from string, to []string, message []byte) error {
	if err := c.Mail(from); err != nil {
		return err
	}
	for _, address := range to {
		if err := c.Rcpt(address); err != nil {
			return err
		}
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(message); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	_ = c.Quit() // it was taken
	return nil
}
