package watch

import (
	"context"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"fineprint/fetch"
	"fineprint/fetch/extract"
)

// Title fetches a document's first page and returns its title, or its first heading.
func Title(ctx context.Context, get Getter, d WebDocument) (string, error) {
	page := d.Source.Pages()[0]
	asking, err := d.asking(page)
	if err != nil {
		return "", err
	}
	r, err := get.Fetch(ctx, fetch.Request{URL: page.URL, IgnoreRobots: d.IgnoreRobots, Asking: asking})
	if err != nil {
		return "", err
	}
	root, err := extract.Parse(r.Body, r.MediaType)
	if err != nil {
		return "", err
	}
	html := goquery.NewDocumentFromNode(root)
	for _, css := range []string{"title", "h1"} {
		if title := strings.Join(strings.Fields(html.Find(css).First().Text()), " "); title != "" {
			return title, nil
		}
	}
	return "", nil
}
