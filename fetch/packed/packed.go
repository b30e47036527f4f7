// Package packed unpacks bodies that came compressed: in the ways of Content-Encoding, and
// those that don't say so, by their first bytes.
//
// It doesn't bound what comes out of a reader; [Unpack] does, for a few bytes may become
// gigabytes.
package packed

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"

	"fineprint/store/model"
)

// ErrEncoding is returned by [NewReader] for an encoding that is none of those it knows.
var ErrEncoding = fmt.Errorf("%w: it is packed in a way that is not known", model.ErrInvalid)

// ErrBroken is returned by [Unpack] for what is compressed but can't be unpacked, or
// would be too large.
var ErrBroken = fmt.Errorf("%w: it is compressed, and can't be unpacked", model.ErrInvalid)

// NewReader returns a reader of what r holds in an encoding of HTTP, and what ends it.
func NewReader(encoding string, r io.Reader) (io.Reader, func(), error) {
	switch encoding {
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(r)
		if errors.Is(err, io.EOF) { // an empty body said to be packed
			return strings.NewReader(""), func() {}, nil
		}
		return z, func() {}, err
	case "deflate": // with the header of zlib, as it is to be, or without
		buffered := bufio.NewReader(r)
		head, _ := buffered.Peek(2)
		if !isZlib(head) {
			return flate.NewReader(buffered), func() {}, nil
		}
		z, err := zlib.NewReader(buffered)
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
	}
	return nil, nil, ErrEncoding
}

func isZlib(head []byte) bool {
	return len(head) >= 2 && head[0]&0x8f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0
}

// encodingOf returns the encoding that first bytes show, "" for none. Brotli has no sign.
func encodingOf(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b\x08")):
		return "gzip"
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		return "zstd"
	}
	return ""
}

// headBytes is how much of a body shows whether it is text.
const headBytes = 512

// IsText reports whether first bytes are those of text in an encoding that holds ASCII:
// what is packed has controls among them.
func IsText(head []byte) bool {
	for _, c := range head[:min(len(head), headBytes)] {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b || c == 0x7f {
			return false
		}
	}
	return len(head) > 0
}

// maxLayers is how many times over a body may be packed.
const maxLayers = 2

// Unpack unpacks a body that is compressed though nothing says so, to at most so many
// bytes. encoding is how it was, "" for one that is not. Where it should be text and is
// none, it is also tried in the encodings that have no sign.
func Unpack(body []byte, text bool, most int) (out []byte, encoding string, err error) {
	for range maxLayers {
		next := encodingOf(body)
		if next == "" {
			break
		}
		encoding = next
		if body, err = unpack(body, next, most); err != nil {
			return nil, encoding, fmt.Errorf("%w: %s, %w", ErrBroken, encoding, err)
		}
	}
	if encoding != "" || !text || len(body) == 0 || IsText(body) {
		return body, encoding, nil
	}
	for _, try := range []string{"deflate", "br"} {
		if out, err := unpack(body, try, most); err == nil && len(out) > 0 && IsText(out) {
			return out, try, nil
		}
	}
	return body, "", nil
}

// ErrTooLarge is in the error of [Unpack] for what would be more bytes than asked for.
var ErrTooLarge = errors.New("for it becomes more than is read")

func unpack(body []byte, encoding string, most int) ([]byte, error) {
	r, done, err := NewReader(encoding, bytes.NewReader(body))
	if err != nil {
		return nil, plain(err)
	}
	defer done()
	out, err := ReadAll(io.LimitReader(r, int64(most)+1))
	switch {
	case len(out) > most:
		return nil, ErrTooLarge
	case err != nil:
		return nil, plain(err)
	}
	return out, nil
}

// ReadAll reads to the end and joins once: a buffer that doubles would take
// three times the limit before a bomb reaches it.
func ReadAll(r io.Reader) ([]byte, error) {
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

// plain replaces the words of the libraries.
func plain(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errors.New("for it ends too early")
	}
	return errors.New("for it is damaged")
}
