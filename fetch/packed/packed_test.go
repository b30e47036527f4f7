package packed

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// pack compresses text in an encoding.
func pack(t testing.TB, encoding string, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch encoding {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	case "raw":
		w, _ = flate.NewWriter(&b, flate.BestSpeed)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, _ = zstd.NewWriter(&b)
	}
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const terms = "<!doctype html><p>We keep your order data for thirty days, and no longer.</p>"

func TestUnpack(t *testing.T) {
	for _, encoding := range []string{"gzip", "deflate", "raw", "br", "zstd"} {
		got, name, err := Unpack(pack(t, encoding, []byte(terms)), true, 1<<20)
		if err != nil || string(got) != terms || name == "" {
			t.Errorf("%s: %q, %q, %v", encoding, got, name, err)
		}
	}
	twice := pack(t, "gzip", pack(t, "zstd", []byte(terms)))
	if got, _, err := Unpack(twice, true, 1<<20); err != nil || string(got) != terms {
		t.Errorf("packed twice: %q, %v", got, err)
	}
	for name, body := range map[string][]byte{"text": []byte(terms), "empty": nil, "UTF-8": []byte("Сроки и условия"),
		"UTF-16": []byte("T\x00e\x00r\x00m\x00s\x00"), "picture": []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
		"windows-1251": []byte("\xd1\xf0\xee\xea\xe8")} {
		if got, encoding, err := Unpack(body, true, 1<<20); err != nil || encoding != "" || !bytes.Equal(got, body) {
			t.Errorf("%s: taken for %q, %v: %q", name, encoding, err, got)
		}
	}
}

func TestUnpackIsBounded(t *testing.T) {
	bomb := pack(t, "gzip", make([]byte, 8<<20))
	if _, _, err := Unpack(bomb, true, 1<<20); !errors.Is(err, ErrBroken) || !errors.Is(err, ErrTooLarge) {
		t.Errorf("a bomb: %v", err)
	}
	for _, encoding := range []string{"deflate", "br"} {
		body := pack(t, encoding, bytes.Repeat([]byte("a"), 8<<20))
		if got, _, err := Unpack(body, true, 1<<20); err != nil || !bytes.Equal(got, body) {
			t.Errorf("a bomb in %s: %d bytes, %v", encoding, len(got), err)
		}
	}
	cut := pack(t, "gzip", []byte(strings.Repeat(terms, 9)))
	if _, encoding, err := Unpack(cut[:len(cut)/2], true, 1<<20); !errors.Is(err, ErrBroken) || encoding != "gzip" {
		t.Errorf("half of it: %q, %v", encoding, err)
	}
}

func TestNewReader(t *testing.T) {
	if _, _, err := NewReader("compress", strings.NewReader("x")); !errors.Is(err, ErrEncoding) {
		t.Error(err)
	}
	if r, done, err := NewReader("gzip", strings.NewReader("")); err != nil {
		t.Error(err)
	} else if b, err := io.ReadAll(r); len(b) != 0 || err != nil {
		t.Errorf("nothing, packed: %q, %v", b, err)
	} else {
		done()
	}
}
