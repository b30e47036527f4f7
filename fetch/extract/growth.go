package extract

import (
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/bounds"
)

// spendMarkdown counts what parts of a page take as Markdown at most. It is
// asked before they are written, and is never less than what they take.
func spendMarkdown(b *bounds.Budget, parts []*html.Node) error {
	for _, n := range parts {
		if err := spendNode(b, n, lineCost{}); err != nil {
			return err
		}
		if err := b.Spend(2); err != nil {
			return err
		}
	}
	return nil
}

// lineCost is what is written before and after each line at a place of the page: the
// marks and indentation of the lists, quotations and emphasis around it.
type lineCost struct {
	around       int
	verbatim     bool // line ends in the text are kept
	cell         bool
	bold, italic bool
}

// line is the most that one line end takes with what is around it; within a cell
// it is a tag.
func (c lineCost) line() int {
	if c.cell {
		return c.around + len("<br />")
	}
	return c.around + len("\n")
}

func spendNode(b *bounds.Budget, n *html.Node, c lineCost) error {
	switch n.Type {
	case html.CommentNode, html.DoctypeNode:
		return nil
	case html.TextNode:
		return b.Spend(textCost(n.Data, c))
	case html.ElementNode:
		if err := b.Spend(elementCost(n, c)); err != nil {
			return err
		}
	}
	inner := c.within(n)
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if err := spendNode(b, child, inner); err != nil {
			return err
		}
	}
	return nil
}

// textCost counts a text's bytes and what escaping adds: "<" becomes "&lt;", a
// mark of Markdown gets a backslash, and a backtick may lengthen both fences.
func textCost(s string, c lineCost) int {
	size := len(s)
	for i := range len(s) {
		switch ch := s[i]; {
		case ch == '\n' && c.verbatim:
			size += c.line()
		case ch == '<' || ch == '>' || ch == '`' || ch == 0:
			size += 3
		case ch > ' ' && ch < '0' || ch > '9' && ch < 'A' || ch > 'Z' && ch < 'a' || ch > 'z' && ch < 0x7f:
			size++
		}
	}
	return size
}

// elementCost counts what an element adds beside its children.
func elementCost(n *html.Node, c lineCost) int {
	size := 0
	if !inlineElements[n.DataAtom] {
		size += 4 * c.line() // an empty line before and after it
	}
	switch n.DataAtom {
	case atom.B, atom.Strong, atom.I, atom.Em, atom.Br:
		size += len("** ** ")
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Hr:
		size += len("###### ")
	case atom.A, atom.Img:
		// An address may be percent-encoded, a title or description escaped.
		size += len("![]( \"\")") + 3*len(attr(n, "href")) + 3*len(attr(n, "src")) +
			2*len(attr(n, "title")) + 2*len(attr(n, "alt"))
	case atom.Pre, atom.Code, atom.Tt, atom.Samp, atom.Kbd, atom.Var:
		size += len("``` ") + len(" ```") + len(attr(n, "class")) // the name of a language
	case atom.Table:
		g := gridOf(n)
		size += g.rows*(g.columns*len("|  ")+len("|\n")+c.line()) + g.columns*len("|:-:")
	}
	if p := n.Parent; p != nil && isList(p) {
		size += listIndent(p)
	}
	return size
}

// within returns the cost of lines inside an element.
func (c lineCost) within(n *html.Node) lineCost {
	if n.Type != html.ElementNode {
		return c
	}
	switch n.DataAtom {
	case atom.Ul, atom.Ol:
		c.around += listIndent(n)
	case atom.Td, atom.Th:
		c.cell = true
	case atom.Blockquote:
		c.around += len("> ")
	case atom.B, atom.Strong: // once, however often it is said
		if !c.bold {
			c.around, c.bold = c.around+len("****"), true
		}
	case atom.I, atom.Em:
		if !c.italic {
			c.around, c.italic = c.around+len("**"), true
		}
	case atom.A:
		c.around += len("  ")
	case atom.Pre, atom.Code, atom.Tt, atom.Samp, atom.Kbd, atom.Var:
		c.verbatim = true
	}
	return c
}

func isList(n *html.Node) bool { return n.DataAtom == atom.Ul || n.DataAtom == atom.Ol }

// listIndent returns how far the lines of a list's items are indented at most.
func listIndent(list *html.Node) int {
	if list.DataAtom == atom.Ul {
		return len("- ")
	}
	const most = len("-9223372036854775808. ")
	start, err := strconv.Atoi(attr(list, "start"))
	if err != nil {
		start = 1
	}
	items := 0
	for child := list.FirstChild; child != nil; child = child.NextSibling {
		items++
	}
	if start < 0 || start > 1<<40 {
		return most
	}
	return len(strconv.Itoa(start+items)) + len(". ")
}

// attr returns an element's attribute, "" without one.
func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// inlineElements are written within a line; all others may begin a paragraph.
var inlineElements = map[atom.Atom]bool{atom.A: true, atom.Abbr: true, atom.B: true, atom.Code: true, atom.Em: true,
	atom.Font: true, atom.I: true, atom.Img: true, atom.Small: true, atom.Span: true, atom.Strong: true, atom.Sub: true,
	atom.Sup: true,
	atom.U:   true}
