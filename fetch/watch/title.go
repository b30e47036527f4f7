package watch

import (
	"context"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"fineprint/fetch"
	"fineprint/fetch/extract"
)

// Title fetches a page and returns its title, or its first heading.
func Title(ctx context.Context, get Getter, address string) (string, error) {
	r, err := get.Fetch(ctx, fetch.Request{URL: address})
	if err != nil {
		return "", err
	}
	root, err := extract.Parse(r.Body, r.MediaType)
	if err != nil {
		return "", err
	}
	page := goquery.NewDocumentFromNode(root)
	for _, css := range []string{"title", "h1"} {
		if title := strings.Join(strings.Fields(page.Find(css).First().Text()), " "); title != "" {
			return title, nil
		}
	}
	return "", nil
}
