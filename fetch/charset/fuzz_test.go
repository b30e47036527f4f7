package charset

import (
	"bytes"
	"testing"
	"unicode/utf8"
)

// FuzzDecode: whatever bytes in whatever encoding give valid UTF-8 of at most four bytes
// each, and the encoding that [Find] names; what is UTF-8 already stays as it is.
func FuzzDecode(f *testing.F) {
	f.Add([]byte("caf\xe9 \x93x\x94"), "windows-1252", false)
	f.Add([]byte("\xff\xfea\x00\x00\xd8"), "", false)
	f.Add([]byte("\x1b$B%F%9\x1b(B"), "iso-2022-jp", true)
	f.Add([]byte(`<meta charset="utf-16"><p>x`), "koi8-r", true)
	f.Fuzz(func(t *testing.T, body []byte, label string, page bool) {
		in := Input{Body: body, Label: label, Page: page}
		text, err := Decode(in)
		if err != nil {
			return
		}
		found, err := Find(in)
		if err != nil || found.Name != text.Name || !utf8.Valid(text.UTF8) || len(text.UTF8) > 4*len(body)+4 {
			t.Fatalf("%s (%s, %v): %d bytes of %d, valid %t", text.Name, found.Name, err, len(text.UTF8), len(body),
				utf8.Valid(text.UTF8))
		}
		again, err := Decode(Input{Body: text.UTF8, Forced: utf8Name})
		if err != nil || string(again.UTF8) != string(text.UTF8) && !bytes.HasPrefix(text.UTF8, []byte("\ufeff")) {
			t.Fatalf("decoded again it is %q, %v", again.UTF8, err)
		}
	})
}
