package robots

import (
	"bytes"
	"net/url"
	"testing"
)

// FuzzParse: whatever a robots.txt holds, there are no more rules than lines, the delay is
// none that could not be waited for, and what it says of a path it says again.
func FuzzParse(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /a*b$\nAllow: /\nCrawl-delay: 1e5\n"), "/a/b")
	f.Add([]byte("\ufeffuser-agent: fineprint/1\r\rdisallow: /%zz%2F***\n"), "/%2f")
	f.Fuzz(func(t *testing.T, raw []byte, path string) {
		r, again := Parse(raw, "fineprint"), Parse(raw, "fineprint")
		lines := bytes.Count(raw, []byte("\n")) + bytes.Count(raw, []byte("\r")) + 1
		if len(r.rules) > lines || r.Delay < 0 || r.Delay.Hours() > 1e6/3600+1 {
			t.Fatalf("%d rules of %d lines, a delay of %s", len(r.rules), lines, r.Delay)
		}
		if u, err := url.Parse("https://a.example" + path); err == nil && r.Allow(u) != again.Allow(u) {
			t.Fatalf("%q is allowed and not", path)
		}
	})
}
