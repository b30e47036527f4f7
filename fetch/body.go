package fetch

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"net/http"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// accepted is asked for by ourselves, not by net/http, which would unpack
// unseen: what is hashed is what was sent.
const accepted = "gzip, br, zstd"

// maxEncodings is how many times over a body may be packed.
const maxEncodings = 2

// content is a body, read within limits.
type content struct {
	body            []byte
	encoded         int64
	encodedSHA, sha string
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
		r, done, err := unpack(encodings[i], unpacked)
		if err != nil {
			return content{}, sent.explain(err, encodings[i])
		}
		defer done()
		unpacked = &metered{from: r, left: max, what: "unpacked"}
	}
	body, err := readPieces(unpacked)
	if err != nil {
		return content{}, sent.explain(err, strings.Join(encodings, ", "))
	}
	if _, err := io.Copy(io.Discard, sent); err != nil { // what follows the packed part was sent too
		return content{}, sent.explain(err, "")
	}
	sum := sha256.Sum256(body)
	return content{body: body, encoded: sent.n, encodedSHA: hex.EncodeToString(sent.sum.Sum(nil)),
		sha: hex.EncodeToString(sum[:])}, nil
}

// readPieces reads to the end and joins once: a buffer that doubles would take
// three times the limit before a bomb reaches it.
func readPieces(r io.Reader) ([]byte, error) {
	const least, most = 16 << 10, 1 << 20
	var pieces [][]byte
	piece := make([]byte, 0, least)
	for {
		n, err := r.Read(piece[len(piece):cap(piece)])
		piece = piece[:len(piece)+n]
		if len(piece) == cap(piece) || err != nil {
			pieces = append(pieces, piece)
			piece = make([]byte, 0, min(2*cap(piece), most))
		}
		switch {
		case err == io.EOF:
			return bytes.Join(pieces, nil), nil
		case err != nil:
			return nil, err
		}
	}
}

func unpack(encoding string, r io.Reader) (io.Reader, func(), error) {
	switch encoding {
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(r)
		if errors.Is(err, io.EOF) { // an empty body said to be packed
			return strings.NewReader(""), func() {}, nil
		}
		return z, func() {}, err
	case "br":
		return brotli.NewReader(r), func() {}, nil
	case "zstd":
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(8<<20))
		if err != nil {
			return nil, nil, err
		}
		return z, z.Close, nil
	default:
		return nil, nil, reasonf(ErrProtocol, "it is packed in a way that was not asked for")
	}
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
