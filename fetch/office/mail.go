package office

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"regexp"
	"strings"

	"fineprint/fetch/bounds"
	"fineprint/fetch/charset"
)

const (
	// maxMailParts bounds the parts of a message, maxMailDepth how deep they are nested.
	maxMailParts = 2000
	maxMailDepth = 6
	// maxMailHead is how far into bytes the head of a message is looked for.
	maxMailHead = 16 << 10
)

var mailHead = regexp.MustCompile(`(?i)^(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+\r?\n`)

// isMail reports whether bytes are a message: they begin with lines of a head that says
// how the rest is written.
func isMail(body []byte) bool {
	head := mailHead.Find(bytes.TrimLeft(body[:min(len(body), maxMailHead)], "\r\n\ufeff"))
	if head == nil {
		return false
	}
	low := bytes.ToLower(head)
	for _, sign := range []string{"mime-version:", "\ncontent-transfer-encoding:", "\ncontent-type: multipart/"} {
		if bytes.Contains(low, []byte(sign)) {
			return true
		}
	}
	return bytes.Contains(low, []byte("from:")) && bytes.Contains(low, []byte("\nto:")) &&
		bytes.Contains(low, []byte("\nsubject:"))
}

// mail looks for the page, or else the text, in a message.
type mail struct {
	page, text []byte
	found      bool
	base       string
	left       int // parts that may still be read
}

func fromMail(body []byte) (page []byte, base string, err error) {
	m := &mail{left: maxMailParts}
	if err := m.read(bytes.TrimLeft(body, "\r\n\ufeff"), 0); err != nil {
		return nil, "", err
	}
	switch {
	case m.found:
		return m.page, m.base, nil
	case m.text != nil:
		p := newPage(len(body))
		for paragraph := range strings.SplitSeq(strings.ReplaceAll(string(m.text), "\r\n", "\n"), "\n\n") {
			p.write("<p>" + html.EscapeString(paragraph) + "</p>")
		}
		page, err := p.end()
		return page, "", err
	}
	return nil, "", &Unreadable{"a message without a page or text in it", "save the document itself as PDF"}
}

// read reads a message with its head.
func (m *mail) read(message []byte, depth int) error {
	r := textproto.NewReader(bufio.NewReader(bytes.NewReader(message)))
	head, err := r.ReadMIMEHeader()
	if err != nil {
		return fmt.Errorf("%w: the head of the message is malformed", ErrDamaged)
	}
	rest, err := io.ReadAll(r.R)
	if err != nil {
		return fmt.Errorf("%w: the message can't be read", ErrDamaged)
	}
	return m.part(head, rest, depth)
}

// part reads a part of a message; of several it takes the first page, else the first text.
func (m *mail) part(head textproto.MIMEHeader, body []byte, depth int) error {
	if m.left--; m.left < 0 || depth > maxMailDepth {
		return fmt.Errorf("%w: the message has too many parts", bounds.ErrTooMuch)
	}
	media, params, err := mime.ParseMediaType(head.Get("Content-Type"))
	if err != nil && media == "" {
		media = "text/plain"
	}
	disposition, _, _ := mime.ParseMediaType(head.Get("Content-Disposition"))
	switch {
	case disposition == "attachment" && depth > 0:
		return nil
	case strings.HasPrefix(media, "multipart/"):
		return m.parts(body, params["boundary"], depth)
	case media == string(Mail):
		return m.read(body, depth+1)
	case media != "text/html" && media != "application/xhtml+xml" && media != "text/plain":
		return nil
	}
	page := media != "text/plain"
	if m.found || !page && m.text != nil {
		return nil
	}
	decoded, err := io.ReadAll(decoder(head.Get("Content-Transfer-Encoding"), body))
	if err != nil {
		return fmt.Errorf("%w: a part of the message can't be decoded", ErrDamaged)
	}
	text, err := charset.Decode(charset.Input{Body: decoded, Label: params["charset"], Page: page})
	if err != nil {
		return err
	}
	if page {
		m.page, m.found, m.base = text.UTF8, true, head.Get("Content-Location")
	} else {
		m.text = text.UTF8
	}
	return nil
}

func (m *mail) parts(body []byte, boundary string, depth int) error {
	r := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		p, err := r.NextRawPart()
		switch {
		case err == io.EOF, err != nil && (m.found || m.text != nil): // what was read is whole
			return nil
		case err != nil:
			return fmt.Errorf("%w: the message is cut off or malformed", ErrDamaged)
		}
		part, err := io.ReadAll(p)
		if err != nil {
			return fmt.Errorf("%w: a part of the message is cut off", ErrDamaged)
		}
		if err := m.part(p.Header, part, depth+1); err != nil {
			return err
		}
	}
}

func decoder(encoding string, body []byte) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		return quotedprintable.NewReader(bytes.NewReader(body))
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, bytes.NewReader(body))
	}
	return bytes.NewReader(body)
}
