package packed

import (
	"bytes"
	"testing"
)

// FuzzUnpack: whatever is unpacked is at most as long as asked for, or an error; and what
// was packed comes out as it was.
func FuzzUnpack(f *testing.F) {
	for _, encoding := range []string{"gzip", "deflate", "raw", "br", "zstd"} {
		f.Add(pack(f, encoding, []byte("You may leave at any time.")), true, uint16(100))
	}
	f.Fuzz(func(t *testing.T, body []byte, text bool, most uint16) {
		out, encoding, err := Unpack(body, text, int(most))
		if err == nil && encoding != "" && len(out) > int(most) || err == nil && encoding == "" && !bytes.Equal(out, body) {
			t.Fatalf("%q: %d bytes, at most %d", encoding, len(out), most)
		}
		for _, encoding := range []string{"gzip", "zstd"} {
			got, as, err := Unpack(pack(t, encoding, body), false, len(body))
			if encodingOf(body) == "" && (err != nil || as != encoding || !bytes.Equal(got, body)) {
				t.Fatalf("%s: %q of %q, %v", encoding, got, body, err)
			}
		}
	})
}
