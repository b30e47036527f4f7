package extract

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/extract/dom"
)

const (
	// maxRowWords is how many words a row has at most that is written as one.
	maxRowWords = 250
	// maxHeadWords and maxHead are how many words and bytes the head of a row or column
	// has at most: it may be written again for each cell.
	maxHeadWords = 15
	maxHead      = 120
	// maxRepeated bounds the cells of a table that are written again for the rows that
	// they span.
	maxRepeated = 2000
)

// isDataTable reports whether a table has rows and columns that say something together.
func isDataTable(t *html.Node) bool {
	if dom.Role(t) == "presentation" || dom.Role(t) == "none" {
		return false
	}
	rows := dom.Find(t, atom.Tr)
	wide := 0
	for _, r := range rows {
		if len(cellsOf(r)) > 1 {
			wide++
		}
	}
	return wide > 1 && len(dom.Find(t, atom.Table, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Form,
		atom.Hr, atom.Pre, atom.Blockquote, atom.Section, atom.Article, atom.Details, atom.Figure, atom.Dl)) == 0
}

func cellsOf(row *html.Node) []*html.Node {
	var cells []*html.Node
	for c := row.FirstChild; c != nil; c = c.NextSibling {
		if dom.Is(c, atom.Td, atom.Th) {
			cells = append(cells, c)
		}
	}
	return cells
}

// fitsRows reports whether each row of a table is short enough to be one.
func fitsRows(t *html.Node) bool {
	for _, r := range dom.Find(t, atom.Tr) {
		if !dom.FewerWords(r, maxRowWords) {
			return false
		}
	}
	return true
}

// flattenCells makes the paragraphs and lists in a table's cells parts of their line, so
// that each row stays together.
func flattenCells(t *html.Node) {
	for _, n := range dom.Find(t, atom.Li) {
		if !dom.HasText(n) {
			continue
		}
		mark := "• "
		if list := n.Parent; dom.Is(list, atom.Ol) {
			mark = strconv.Itoa(placeOf(n)) + ". "
		}
		dom.Prepend(n, mark)
	}
	for _, n := range dom.Find(t, atom.P, atom.Div, atom.Ul, atom.Ol, atom.Li) {
		if n.PrevSibling != nil {
			n.InsertBefore(dom.TextNode(" "), n.FirstChild)
		}
		n.AppendChild(dom.TextNode(" "))
		dom.Rename(n, atom.Span)
	}
}

// placeOf is the number of an item in its list.
func placeOf(item *html.Node) int {
	start, err := strconv.Atoi(dom.Attr(item.Parent, "start"))
	if err != nil {
		start = 1
	}
	for s := item.PrevSibling; s != nil; s = s.PrevSibling {
		if dom.Is(s, atom.Li) {
			start++
		}
	}
	return start
}

// tellCells makes each cell of a table a block that begins with the heads of its row and
// column, where the rows are too long to be written as such.
func tellCells(t *html.Node) {
	var heads []string
	for _, row := range dom.Find(t, atom.Tr) {
		cells := cellsOf(row)
		if heads == nil {
			heads = []string{}
			if header := headerOf(t); header == row {
				for _, c := range cells {
					heads = append(heads, headText(c))
				}
				dom.Remove(row)
				continue
			}
		}
		if len(cells) < 2 {
			continue
		}
		rowHead := headText(cells[0])
		for i, c := range cells {
			var said []string
			if i > 0 && rowHead != "" {
				said = append(said, rowHead)
			}
			if i < len(heads) && heads[i] != "" {
				said = append(said, heads[i])
			}
			if i == 0 && rowHead != "" {
				dom.Remove(c)
			} else if len(said) > 0 {
				p, strong := dom.Element(atom.P), dom.Element(atom.Strong)
				strong.AppendChild(dom.TextNode(strings.Join(said, " – ") + ":"))
				p.AppendChild(strong)
				c.InsertBefore(p, c.FirstChild)
			}
		}
	}
}

// headText is a cell's text where it is short enough for a head.
func headText(c *html.Node) string {
	if !dom.FewerWords(c, maxHeadWords) {
		return ""
	}
	if text := dom.Start(c, maxHead); len(text) <= maxHead {
		return text
	}
	return ""
}

// repeatHeads writes a short cell again in each of the rows that it spans: a row without
// its head says nothing.
func repeatHeads(t *html.Node) {
	type spanning struct {
		cell *html.Node
		left int
	}
	open, repeated := map[int]spanning{}, 0
	for _, row := range dom.Find(t, atom.Tr) {
		x := 0
		cells := cellsOf(row)
		for i := 0; i <= len(cells); {
			if s, ok := open[x]; ok && s.left > 0 && repeated < maxRepeated {
				again := dom.Element(s.cell.DataAtom)
				again.Attr = without(s.cell.Attr, "rowspan")
				again.AppendChild(dom.TextNode(headText(s.cell)))
				if i < len(cells) {
					row.InsertBefore(again, cells[i])
				} else {
					row.AppendChild(again)
				}
				repeated++
				open[x] = spanning{s.cell, s.left - 1}
				x += min(spanOf(s.cell, "colspan"), maxSpan)
				continue
			}
			if i == len(cells) {
				break
			}
			c := cells[i]
			if down := spanOf(c, "rowspan"); down > 1 && headText(c) != "" {
				open[x] = spanning{c, down - 1}
				c.Attr = without(c.Attr, "rowspan")
			}
			x += min(spanOf(c, "colspan"), maxSpan)
			i++
		}
	}
}

func without(attrs []html.Attribute, key string) []html.Attribute {
	var rest []html.Attribute
	for _, a := range attrs {
		if a.Key != key {
			rest = append(rest, a)
		}
	}
	return rest
}
