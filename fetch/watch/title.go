package watch

import (
	"bytes"
	"context"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html/charset"

	"fineprint/fetch"
)

// Title fetches a page and returns its title, or its first heading.
func Title(ctx context.Context, get Getter, address string) (string, error) {
	r, err := get.Fetch(ctx, fetch.Request{URL: address})
	if err != nil {
		return "", err
	}
	decoded, err := charset.NewReader(bytes.NewReader(r.Body), r.MediaType)
	if err != nil {
		decoded = bytes.NewReader(r.Body)
	}
	page, err := goquery.NewDocumentFromReader(decoded)
	if err != nil {
		return "", err
	}
	for _, css := range []string{"title", "h1"} {
		if title := strings.Join(strings.Fields(page.Find(css).First().Text()), " "); title != "" {
			return title, nil
		}
	}
	return "", nil
}
