package extract

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/bounds"
	"fineprint/fetch/charset"
	"fineprint/fetch/extract/mainpart"
	"fineprint/fetch/extract/markup"
	"fineprint/store/model"
)

// fromHTML reads a page.
func fromHTML(in Input, deadline time.Time) (Reading, error) {
	root, remark, err := parsePage(in, deadline)
	if err != nil {
		return Reading{}, err
	}
	doc := goquery.NewDocumentFromNode(root)
	to := refreshTarget(doc, in.BaseURL)
	reading, err := readDocument(doc, in, deadline)
	if err != nil && !errors.Is(err, ErrNoMatch) {
		return Reading{}, err
	}
	reading.Remark = remark
	reading.Text, err = refreshError(reading.Text, to, err)
	return reading, err
}

// readDocument reads the document that a page holds.
func readDocument(doc *goquery.Document, in Input, deadline time.Time) (Reading, error) {
	b := bounds.NewBudget(len(in.Body))
	if err := cleanPage(doc, in, b, deadline); err != nil {
		return Reading{}, err
	}
	parts, left, err := partsOf(doc, in)
	if err != nil {
		return Reading{}, err
	}
	readyParts(parts)
	if time.Now().After(deadline) {
		return Reading{}, ErrTooMuch
	}
	if err := spendMarkdown(b, parts); err != nil {
		return Reading{}, err
	}
	text, err := markdownOf(parts)
	return Reading{Text: text, LeftOut: left}, err
}

// cleanPage makes a whole page ready to have parts of it selected.
func cleanPage(doc *goquery.Document, in Input, b *bounds.Budget, deadline time.Time) error {
	base := baseOf(in.BaseURL)
	for _, f := range in.Filters {
		if err := applyFilter(doc, f, base, b); err != nil {
			return err
		}
	}
	if err := putStreamed(doc); err != nil {
		return err
	}
	if err := openInner(doc.Nodes[0], deadline); err != nil {
		return err
	}
	markup.Page(doc.Nodes[0])
	if err := absoluteLinks(doc, base, b); err != nil {
		return err
	}
	doc.Find(removedAlways).Remove()
	if err := decodeEmails(doc, b); err != nil {
		return err
	}
	return removeParts(doc, in.Remove)
}

// readyParts makes parts of a page ones that can be written as Markdown.
func readyParts(parts []*html.Node) {
	for _, n := range parts {
		part := goquery.NewDocumentFromNode(n)
		markup.Part(n)
		if n.DataAtom == atom.Table && !boundSpans(n) {
			intoBlocks(n)
		}
		readyTables(part)
		readyDefinitions(part)
	}
}

// partsOf are the selected parts of a page, without a selector those that are its
// document, and what of its prose is in none of them.
func partsOf(doc *goquery.Document, in Input) ([]*html.Node, model.LeftOut, error) {
	page := mainpart.Look(doc.Nodes[0])
	if len(in.Select) == 0 {
		parts := page.Parts()
		return parts, page.LeftOut(parts, nil), nil
	}
	parts, err := selectParts(doc, in.Select)
	if err != nil {
		return nil, model.LeftOut{}, err
	}
	return parts, page.LeftOut(parts, page.Document()), nil
}

// Parse returns the tree of a page, made within the bounds of [Text], for those
// who look for something else on it than its text.
func Parse(body []byte, mediaType string) (*html.Node, error) {
	root, _, err := parsePage(Input{Body: body, MediaType: mediaType}, time.Now().Add(bounds.MaxTime))
	return root, err
}

// parsePage decodes a page's characters and makes its tree, within bounds. remark is what
// is worth saying of its encoding.
func parsePage(in Input, deadline time.Time) (root *html.Node, remark string, err error) {
	text, err := decodePage(in)
	if err != nil {
		return nil, "", err
	}
	nodes := 0
	if err := countNodes(text.UTF8, deadline, &nodes); err != nil {
		return nil, "", err
	}
	if root, err = parseTree(text.UTF8, deadline); err != nil {
		return nil, "", err
	}
	return root, text.Remark, checkDepth(root)
}

// parseTree makes the tree of a page whose nodes are counted.
func parseTree(page []byte, deadline time.Time) (*html.Node, error) {
	root, err := html.Parse(bounds.Reader(bytes.NewReader(page), deadline))
	if err != nil && !errors.Is(err, ErrTooMuch) {
		err = fmt.Errorf("%w: %w", ErrTooMuch, err) // nested too deep for the parser
	}
	return root, err
}

func decodePage(in Input) (charset.Text, error) {
	_, params := mediaType(in.MediaType, in.Body)
	return charset.Decode(charset.Input{Body: in.Body, Forced: in.Charset, Label: params["charset"], Page: true})
}

// markdownOf writes parts of a page as Markdown, an empty line between them.
func markdownOf(parts []*html.Node) (string, error) {
	conv := converter.NewConverter(converter.WithPlugins(base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(commonmark.WithHeadingStyle(commonmark.HeadingStyleATX),
			commonmark.WithListEndComment(false)),
		strikethrough.NewStrikethroughPlugin(),
		// Aligned columns would change every row when one cell grows.
		table.NewTablePlugin(table.WithCellPaddingBehavior(table.CellPaddingBehaviorMinimal),
			table.WithNewlineBehavior(table.NewlineBehaviorPreserve))))
	var texts []string
	for _, n := range parts {
		text, err := conv.ConvertNode(n)
		if err != nil {
			return "", fmt.Errorf("turning HTML into text: %w", err)
		}
		if t := strings.TrimSpace(string(text)); t != "" {
			texts = append(texts, t)
		}
	}
	if len(texts) == 0 {
		return "", nil
	}
	return strings.Join(texts, "\n\n") + "\n", nil
}
