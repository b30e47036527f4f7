package pdf

import (
	"os"
	"strings"
	"testing"

	"fineprint/fetch/bounds"
)

// FuzzText: whatever a PDF holds, it gives the same text twice, which is bounded, or an
// error in plain words, without a trace of the sandbox.
func FuzzText(f *testing.F) {
	for _, name := range []string{"groff-en.pdf", "rl-en.pdf"} {
		if body, err := os.ReadFile("testdata/" + name); err == nil {
			f.Add(body)
		}
	}
	f.Add([]byte("%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj 2 0 obj <</Kids[2 0 R]>> endobj trailer <</Root 1 0 R>>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		text, err := Text(body)
		if err != nil && (text != "" || strings.Contains(err.Error(), "wasm") || strings.ContainsAny(err.Error(), "\n\x1b")) {
			t.Fatalf("%q, %v", text, err)
		}
		if len(text) > bounds.MaxText {
			t.Fatalf("%d bytes", len(text))
		}
	})
}
