package main

import (
	"bytes"
	"net/url"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"github.com/PuerkitoBio/goquery"

	"fineprint/fetch/extract"
)

// reader makes the Markdown text of a page.
type reader struct {
	name string
	read func(page []byte, address string) (string, error)
}

// readers are those that are held beside each other, ours first.
var readers = []reader{
	{"fineprint", ours},
	{"go-readability", readabilityAlone},
	{"html-to-markdown", markdownAlone},
}

// ours reads as a fetch without a selector does.
func ours(page []byte, address string) (string, error) {
	return extract.Text(extract.Input{Body: page, MediaType: "text/html; charset=utf-8", BaseURL: address})
}

// readabilityAlone reads what the library calls the article, under the title that it
// takes out of it.
func readabilityAlone(page []byte, address string) (string, error) {
	base, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	article, err := readability.FromReader(bytes.NewReader(page), base)
	if err != nil {
		return "", err
	}
	if article.Node == nil {
		return "", nil
	}
	var html strings.Builder
	if err := article.RenderHTML(&html); err != nil {
		return "", err
	}
	md, err := toMarkdown(html.String())
	if title := article.Title(); !strings.Contains(md, title) {
		md = "# " + title + "\n\n" + md
	}
	return md, err
}

// markdownAlone converts the whole body.
func markdownAlone(page []byte, _ string) (string, error) {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
	if err != nil {
		return "", err
	}
	html, err := doc.Find("body").Html()
	if err != nil {
		return "", err
	}
	return toMarkdown(html)
}

// toMarkdown converts with the library's tables, which are not among its defaults.
func toMarkdown(html string) (string, error) {
	c := converter.NewConverter(converter.WithPlugins(base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(),
		table.NewTablePlugin()))
	return c.ConvertString(html)
}
