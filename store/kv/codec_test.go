package kv

import (
	"strings"
	"testing"
)

// TestEveryStringThatIsWrittenIsReadAgain: bytes that are no UTF-8 too, such as a name in a
// git history has.
func TestEveryStringThatIsWrittenIsReadAgain(t *testing.T) {
	t.Parallel()
	type row struct {
		Name string   `cbor:"1,keyasint"`
		List []string `cbor:"2,keyasint"`
	}
	for _, s := range []string{"", "Acme", "\xff\xfe", "a\xc3", "\x00\x1b", strings.Repeat("\x80", 300)} {
		encoded, err := Encode(row{s, []string{s, "b"}})
		if err != nil {
			t.Fatal(err)
		}
		var got row
		if err := DecodePayload(BucketDocument, encoded, &got); err != nil || got.Name != s || got.List[0] != s {
			t.Errorf("%q is read as %q, %v", s, got.Name, err)
		}
	}
}
