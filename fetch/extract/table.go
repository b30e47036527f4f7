package extract

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tooMuchForACell is what a cell of a Markdown table can't hold.
const tooMuchForACell = "ul, ol, dl, table, hr, blockquote, pre, h1, h2, h3, h4, h5, h6, form, fieldset, details, figure, section, article"

// readyTables prepares a page's tables. One that Markdown can hold becomes a
// table, its line breaks spaces; of another each cell becomes a paragraph, for
// cells that run into each other ("DataKept") would make words nobody wrote.
func readyTables(doc *goquery.Document) {
	doc.Find("table").Each(func(_ int, t *goquery.Selection) {
		if !fitsMarkdown(t) {
			intoBlocks(t.Nodes[0])
			return
		}
		t.Find("br").Each(func(_ int, br *goquery.Selection) {
			br.ReplaceWithNodes(&html.Node{Type: html.TextNode, Data: " "})
		})
	})
}

func fitsMarkdown(t *goquery.Selection) bool {
	if t.AttrOr("role", "") == "presentation" || t.Find(tooMuchForACell).Length() > 0 || t.ParentsFiltered("a, strong, b, em, i, del, s, strike").Length() > 0 {
		return false
	}
	fits := true
	t.Find("td, th").EachWithBreak(func(_ int, cell *goquery.Selection) bool {
		blocks := cell.Find("p, div")
		fits = blocks.Length() == 0 || blocks.Length() == 1 && strings.TrimSpace(blocks.Text()) == strings.TrimSpace(cell.Text())
		return fits
	})
	return fits
}

// intoBlocks makes a table's own parts plain blocks, not those of tables in it.
func intoBlocks(n *html.Node) {
	switch n.DataAtom {
	case atom.Table, atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th:
		n.Data, n.DataAtom = "div", atom.Div
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Table {
			intoBlocks(c)
		}
	}
}
