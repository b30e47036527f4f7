package find

import (
	"testing"

	"fineprint/fetch"
)

// FuzzReadPage: whatever a page holds, its links are bounded, lead to the web, and nothing
// panics.
func FuzzReadPage(f *testing.F) {
	f.Add([]byte("<base href='//b.example/x/'><nav><a href=privacy hreflang=de title=x>Privacy</a>"), "https://a.example/")
	f.Add([]byte("<link rel=privacy-policy href='javascript:1'><a href='%zz'>x"), "data:,x")
	f.Fuzz(func(t *testing.T, body []byte, address string) {
		p, err := readPage(fetch.Response{Body: body, MediaType: "text/html", FinalURL: address})
		if err != nil {
			return
		}
		if len(p.links) > maxLinks {
			t.Fatalf("%d links", len(p.links))
		}
		for _, l := range p.links {
			if l.address == nil || l.address.Scheme != "http" && l.address.Scheme != "https" {
				t.Fatalf("a link to %v", l.address)
			}
		}
	})
}
