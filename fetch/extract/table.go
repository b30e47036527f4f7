package extract

import (
	"slices"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tooMuchForACell is what a cell of a Markdown table can't hold.
const tooMuchForACell = "ul, ol, dl, table, hr, blockquote, pre, h1, h2, h3, h4, h5, h6, form, fieldset, details, " +
	"figure, section, article"

// readyTables prepares a page's tables. One that Markdown can hold becomes a
// table, its line breaks spaces, and its lists and paragraphs parts of their line; where
// its rows are too long for that each cell is told with the heads of its row and column.
// Of a table that is only there for its layout each cell becomes a paragraph, for
// cells that run into each other ("DataKept") would make words nobody wrote.
func readyTables(doc *goquery.Document) {
	doc.Find("table").Each(func(_ int, t *goquery.Selection) {
		if n := t.Nodes[0]; isDataTable(n) && boundSpans(n) {
			repeatHeads(n)
			if !fitsMarkdown(t) && fitsRows(n) {
				flattenCells(n)
			} else if !fitsMarkdown(t) {
				tellCells(n)
			}
		}
		if !fitsMarkdown(t) || !boundSpans(t.Nodes[0]) {
			intoBlocks(t.Nodes[0])
			return
		}
		t.Find("br").Each(func(_ int, br *goquery.Selection) {
			br.ReplaceWithNodes(&html.Node{Type: html.TextNode, Data: " "})
		})
	})
}

func fitsMarkdown(t *goquery.Selection) bool {
	if t.AttrOr("role", "") == "presentation" || t.Find(tooMuchForACell).Length() > 0 ||
		t.ParentsFiltered("a, strong, b, em, i, del, s, strike").Length() > 0 {
		return false
	}
	fits := true
	t.Find("td, th").EachWithBreak(func(_ int, cell *goquery.Selection) bool {
		blocks := cell.Find("p, div")
		fits = blocks.Length() == 0 || blocks.Length() == 1 &&
			strings.TrimSpace(blocks.Text()) == strings.TrimSpace(cell.Text())
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

const (
	// maxSpan is how many rows or columns a cell may span although the table has
	// fewer. HTML allows 1,000 columns and 65,534 rows; a span that is longer than
	// this is cut to the table's own rows and cells, for all that it adds is empty.
	maxSpan = 100
	// maxGrid and gridPerCell bound a table as a grid in which every row is filled
	// up to the longest one: so many places, and so many for each real cell.
	maxGrid     = 100_000
	gridPerCell = 8
	// maxRowSpans bounds the places that spans add to one row: each moves the rest
	// of the row.
	maxRowSpans = 4096
)

// grid is a table as Markdown has it. It is never smaller than what is written.
type grid struct {
	cells         [][]*html.Node // of each row; the first one is the header, which may be empty
	rows, columns int
	total         int // real cells
	rowSpans      int // the most that spans add to one row
}

// boundSpans makes a table's spans ones that can be written, and reports whether
// the table then is one. Where they would multiply its cells beyond all
// proportion they are left out: each cell then is written once, in its own row.
func boundSpans(t *html.Node) bool {
	g := gridOf(t)
	if g.total == 0 {
		return true
	}
	widest := 0
	for _, row := range g.cells {
		widest = max(widest, len(row))
	}
	for y, row := range g.cells {
		for _, cell := range row {
			cutSpan(cell, "colspan", widest)
			cutSpan(cell, "rowspan", len(g.cells)-y)
		}
	}
	if g.measure(); g.bounded() {
		return true
	}
	for _, row := range g.cells {
		for _, cell := range row {
			cell.Attr = slices.DeleteFunc(cell.Attr, func(a html.Attribute) bool {
				return a.Key == "colspan" || a.Key == "rowspan"
			})
		}
	}
	g.measure()
	return g.bounded()
}

func (g grid) bounded() bool {
	return g.rowSpans <= maxRowSpans && g.rows <= (maxGrid+gridPerCell*g.total)/max(g.columns, 1)
}

// cutSpan cuts a span that is longer than maxSpan to what there is.
func cutSpan(cell *html.Node, name string, most int) {
	for i, a := range cell.Attr {
		if a.Key == name && spanOf(cell, name) > max(most, maxSpan) {
			cell.Attr[i].Val = strconv.Itoa(max(most, 1))
		}
	}
}

// spanOf reads a span as the writer of tables does: 1 for what is no number.
func spanOf(cell *html.Node, name string) int {
	said := attr(cell, name)
	if said == "" {
		return 1
	}
	n, err := strconv.Atoi(said)
	if err != nil || n < 1 {
		return 1
	}
	return n
}

// gridOf finds a table's cells and measures it. A grid of more places than any
// may have isn't measured to its end.
func gridOf(t *html.Node) grid {
	g := grid{cells: [][]*html.Node{nil}}
	header := headerOf(t)
	if header != nil {
		g.cells[0] = descendants(header, atom.Td, atom.Th)
	}
	for _, row := range descendants(t, atom.Tr) {
		if row != header {
			g.cells = append(g.cells, descendants(row, atom.Td, atom.Th))
		}
	}
	for _, row := range g.cells {
		g.total += len(row)
	}
	g.measure()
	return g
}

// measure finds how large the grid is with the spans that its cells have.
func (g *grid) measure() {
	g.rows, g.columns, g.rowSpans = len(g.cells), 0, 0
	added := 0 // places that spans add
	for y, row := range g.cells {
		g.columns = max(g.columns, len(row))
		for x, cell := range row {
			across, down := spanOf(cell, "colspan"), spanOf(cell, "rowspan")
			bound := maxGrid + gridPerCell*g.total
			if across > bound || down > bound || added > bound {
				g.rows, g.columns, g.rowSpans = bound, bound, bound
				return
			}
			added += across*down - 1
			g.rows, g.columns = max(g.rows, y+down), max(g.columns, x+across)
		}
	}
	if added > 0 {
		g.addSpans()
	}
}

// addSpans finds how many places spans add to a row at most.
func (g *grid) addSpans() {
	steps := make([]int, g.rows+1) // how many more a row has than the one before
	for y, row := range g.cells {
		for _, cell := range row {
			across, down := spanOf(cell, "colspan"), spanOf(cell, "rowspan")
			steps[y] += across - 1 // in its own row the cell itself is there
			steps[y+1]++
			steps[y+down] -= across
		}
	}
	sum := 0
	for _, step := range steps {
		sum += step
		g.rowSpans = max(g.rowSpans, sum)
	}
	g.columns += g.rowSpans
}

// headerOf finds the row that is written as a table's head: the first one of its
// head, or the one with the first cell that is a heading.
func headerOf(t *html.Node) *html.Node {
	if head := firstOf(t, atom.Thead); head != nil {
		if row := firstOf(head, atom.Tr); row != nil {
			return row
		}
	}
	if cell := firstOf(t, atom.Th); cell != nil {
		return cell.Parent
	}
	return nil
}

// descendants lists the elements of these kinds below a node, in order.
func descendants(n *html.Node, kinds ...atom.Atom) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && slices.Contains(kinds, d.DataAtom) {
			found = append(found, d)
		}
	}
	return found
}

// firstOf returns the first element of a kind below a node, nil without one.
func firstOf(n *html.Node, kind atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.DataAtom == kind {
			return d
		}
	}
	return nil
}
