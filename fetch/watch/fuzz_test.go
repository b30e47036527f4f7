package watch

import (
	"testing"

	"fineprint/fetch"
)

// FuzzUnbundle: whatever is taken apart, nothing panics, and pages that were put together
// are taken apart as they were.
func FuzzUnbundle(f *testing.F) {
	f.Add([]byte("--b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n--b--\r\n"), "b", []byte("<p>a"), []byte("--"))
	f.Fuzz(func(t *testing.T, raw []byte, boundary string, a, b []byte) {
		_, _ = unbundle(raw, boundary)
		body, media := bundle([]fetch.Response{{Body: a, MediaType: "text/html", FinalURL: "https://a.example/"}, {Body: b}})
		_, after, _ := cutBoundary(media)
		pages, err := unbundle(body, after)
		if err != nil || len(pages) != 2 || string(pages[0].Body) != string(a) || string(pages[1].Body) != string(b) {
			t.Fatalf("%d pages, %v", len(pages), err)
		}
	})
}

func cutBoundary(media string) (before, after string, found bool) {
	const mark = "boundary="
	for i := range media {
		if len(media)-i > len(mark) && media[i:i+len(mark)] == mark {
			return media[:i], media[i+len(mark):], true
		}
	}
	return media, "", false
}
