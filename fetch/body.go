package fetch

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"mime"
	"net/http"
	"strings"

	"fineprint/fetch/packed"
)

// accepted is asked for by ourselves, not by net/http, which would unpack
// unseen: what is hashed is what was sent.
const accepted = "gzip, br, zstd"

// maxEncodings is how many times over a body may be packed.
const maxEncodings = 2

// headBytes is how much of a body shows whether it is packed at all.
const headBytes = 512

// content is a body, read within limits.
type content struct {
	body            []byte
	encoded         int64
	encodedSHA, sha string
	remark          string // about how it was packed, usually ""
}

// readContent reads and unpacks the body. Every stage, as sent, half unpacked
// and unpacked, is held to max bytes: a bomb ends where it starts to grow.
func readContent(resp *http.Response, max int64) (content, error) {
	if resp.ContentLength > max {
		return content{}, reasonf(ErrTooLarge, "it says it is %d bytes, more than the %d that are read",
			resp.ContentLength, max)
	}
	sent := &metered{from: resp.Body, sum: sha256.New(), left: max, what: "as sent"}
	unpacked := io.Reader(sent)
	var c content
	var encodings []string
	for e := range strings.SplitSeq(strings.Join(resp.Header.Values("Content-Encoding"), ","), ",") {
		if e = strings.ToLower(strings.TrimSpace(e)); e != "" && e != "identity" {
			encodings = append(encodings, e)
		}
	}
	if len(encodings) > maxEncodings {
		return content{}, reasonf(ErrProtocol, "it is packed %d times over", len(encodings))
	}
	for i := len(encodings) - 1; i >= 0; i-- {
		r, done, plain, err := unpack(encodings[i], unpacked)
		if err != nil {
			return content{}, sent.explain(err, encodings[i])
		}
		defer done()
		if plain {
			c.remark = "it is not compressed though it says so"
		}
		unpacked = &metered{from: r, left: max, what: "unpacked"}
	}
	body, err := packed.ReadAll(unpacked)
	if err != nil {
		return content{}, sent.explain(err, strings.Join(encodings, ", "))
	}
	if _, err := io.Copy(io.Discard, sent); err != nil { // what follows the packed part was sent too
		return content{}, sent.explain(err, "")
	}
	c.body, c.encoded, c.encodedSHA = body, sent.n, hex.EncodeToString(sent.sum.Sum(nil))
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err := c.unsaid(media, max); err != nil {
		return content{}, err
	}
	sum := sha256.Sum256(c.body)
	c.sha = hex.EncodeToString(sum[:])
	return c, nil
}

// unpack returns a reader of what another holds in an encoding. A body that is text
// already isn't what it says it is: plain reports that it is given as it is.
func unpack(encoding string, r io.Reader) (unpacked io.Reader, done func(), plain bool, err error) {
	head := bufio.NewReader(r)
	if start, _ := head.Peek(headBytes); packed.IsText(start) {
		return head, func() {}, true, nil
	}
	unpacked, done, err = packed.NewReader(encoding, head)
	if errors.Is(err, packed.ErrEncoding) {
		err = reasonf(ErrProtocol, "it is packed in a way that was not asked for")
	}
	return unpacked, done, false, err
}

// unsaid unpacks a body that is packed though the answer doesn't say so.
func (c *content) unsaid(media string, max int64) error {
	text := media == "" || strings.HasPrefix(media, "text/") || strings.Contains(media, "xml")
	body, encoding, err := packed.Unpack(c.body, text, int(max))
	switch {
	case errors.Is(err, packed.ErrTooLarge):
		return reasonf(ErrTooLarge, "it is compressed (%s), unpacked it is more than the %d bytes that are read", encoding,
			max)
	case err != nil:
		return reasonf(ErrProtocol, "beyond what it says it is compressed (%s), and can't be unpacked", encoding)
	case encoding != "":
		c.body, c.remark = body, fmt.Sprintf("it was compressed (%s) beyond what it says", encoding)
	}
	return nil
}

// metered counts and hashes what passes, and ends it past a limit.
type metered struct {
	from io.Reader
	sum  hash.Hash
	n    int64
	left int64
	what string
	err  error // the source's own
}

func (m *metered) Read(p []byte) (int, error) {
	if int64(len(p)) > m.left+1 {
		p = p[:m.left+1]
	}
	n, err := m.from.Read(p)
	if int64(n) > m.left {
		return 0, reasonf(ErrTooLarge, "%s, it is more than the %d bytes that are read", m.what, m.n+m.left)
	}
	m.n, m.left = m.n+int64(n), m.left-int64(n)
	if m.sum != nil {
		m.sum.Write(p[:n])
	}
	if err != nil && !errors.Is(err, io.EOF) {
		m.err = err
	}
	return n, err
}

// explain distinguishes a connection's failure from a body that is not what was announced.
func (m *metered) explain(err error, encodings string) error {
	var r *reason
	switch {
	case m.err != nil:
		return m.err
	case errors.As(err, &r):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return reasonf(ErrConnection, "the packed body ends too early")
	default:
		return reasonf(ErrProtocol, "the body is not the %q it is said to be", encodings)
	}
}
