package extract

import (
	"fmt"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/store/model"
)

// ErrNoMatch: what is to be selected is not on the page.
var ErrNoMatch = fmt.Errorf("%w: the selector has no match on the page", model.ErrInvalid)

func compile(css string) (cascadia.SelectorGroup, error) {
	m, err := cascadia.ParseGroup(css)
	if err != nil {
		return nil, fmt.Errorf("%w: %q is not a CSS selector", model.ErrInvalid, css)
	}
	return m, nil
}

// selectParts returns the selected parts in the order of the list, outermost
// ones only. A selector without a match is no error while another one has some.
func selectParts(doc *goquery.Document, selectors []model.Selector) ([]*html.Node, error) {
	var parts []*html.Node
	taken := map[*html.Node]bool{}
	for _, s := range selectors {
		if s.IsRange() {
			r, err := findRange(doc, s)
			if err != nil {
				return nil, err
			}
			if part := r.clone(); part.FirstChild != nil {
				parts = append(parts, part)
			}
			continue
		}
		m, err := compile(s.CSS)
		if err != nil {
			return nil, err
		}
		for _, n := range cascadia.QueryAll(doc.Nodes[0], m) {
			if !taken[n] {
				taken[n] = true
				parts = append(parts, n)
			}
		}
	}
	if len(parts) == 0 {
		return nil, fmt.Errorf("%w: %s", ErrNoMatch, selectors)
	}
	outer := parts[:0]
	for _, n := range parts {
		if !within(n, taken) {
			outer = append(outer, n)
		}
	}
	return outer, nil
}

// within reports whether one of a node's ancestors is taken.
func within(n *html.Node, taken map[*html.Node]bool) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if taken[p] {
			return true
		}
	}
	return false
}

// removeParts takes away what remove names. Ranges are found before anything is
// gone and taken away after what CSS names.
func removeParts(doc *goquery.Document, selectors []model.Selector) error {
	var ranges []nodeRange
	var nodes []*html.Node
	for _, s := range selectors {
		if s.IsRange() {
			r, err := findRange(doc, s)
			if err != nil {
				return err
			}
			ranges = append(ranges, r)
			continue
		}
		m, err := compile(s.CSS)
		if err != nil {
			return err
		}
		nodes = append(nodes, cascadia.QueryAll(doc.Nodes[0], m)...)
	}
	for _, r := range ranges {
		nodes = append(nodes, r.outermost()...)
	}
	for _, n := range nodes {
		if n.Parent != nil && n.DataAtom != atom.Html {
			n.Parent.RemoveChild(n)
		}
	}
	return nil
}

// nodeRange is what lies between two places of a page, as a DOM Range has it.
// Every node has two places, where it begins and where it ends.
type nodeRange struct {
	root       *html.Node // the innermost element that holds both ends
	begin, end map[*html.Node]int
	from, to   int
}

// findRange finds a range by the first match of each of its ends.
func findRange(doc *goquery.Document, s model.Selector) (nodeRange, error) {
	from, err := firstMatch(doc, s.StartBefore+s.StartAfter, s)
	if err != nil {
		return nodeRange{}, err
	}
	to, err := firstMatch(doc, s.EndBefore+s.EndAfter, s)
	if err != nil {
		return nodeRange{}, err
	}
	r := nodeRange{root: doc.Nodes[0], begin: map[*html.Node]int{}, end: map[*html.Node]int{}}
	r.number(r.root)
	if r.from = r.begin[from]; s.StartAfter != "" {
		r.from = r.end[from] + 1
	}
	if r.to = r.begin[to]; s.EndAfter != "" {
		r.to = r.end[to] + 1
	}
	if r.from > r.to {
		return nodeRange{}, fmt.Errorf("%w: the range %s ends before it begins", ErrNoMatch, s)
	}
	r.root = commonParent(from, to)
	return r, nil
}

func firstMatch(doc *goquery.Document, css string, s model.Selector) (*html.Node, error) {
	m, err := compile(css)
	if err != nil {
		return nil, err
	}
	n := cascadia.Query(doc.Nodes[0], m)
	if n == nil {
		return nil, fmt.Errorf("%w: %q, an end of the range %s", ErrNoMatch, css, s)
	}
	return n, nil
}

// number gives every node its two places, in the order of the page.
func (r *nodeRange) number(n *html.Node) {
	r.begin[n] = len(r.begin) + len(r.end)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.number(c)
	}
	r.end[n] = len(r.begin) + len(r.end)
}

// commonParent is the innermost node that holds both a and b, neither of them.
func commonParent(a, b *html.Node) *html.Node {
	above := map[*html.Node]bool{}
	for p := a.Parent; p != nil; p = p.Parent {
		above[p] = true
	}
	for p := b.Parent; p != nil; p = p.Parent {
		if above[p] {
			return p
		}
	}
	return a // a is the root
}

// holds reports whether a node lies in the range as a whole, and touches whether
// any of it does.
func (r nodeRange) holds(n *html.Node) bool   { return r.begin[n] >= r.from && r.end[n] < r.to }
func (r nodeRange) touches(n *html.Node) bool { return r.end[n] >= r.from && r.begin[n] < r.to }

// clone copies the range's nodes into a block of their own; elements that lie
// in it partly come with that part.
func (r nodeRange) clone() *html.Node {
	block := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	r.cloneInto(block, r.root)
	return block
}

func (r nodeRange) cloneInto(block, n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if !r.touches(c) {
			continue
		}
		copied := &html.Node{Type: c.Type, Data: c.Data, DataAtom: c.DataAtom, Namespace: c.Namespace, Attr: c.Attr}
		block.AppendChild(copied)
		r.cloneInto(copied, c)
	}
}

// outermost lists the outermost nodes that lie in the range as a whole.
func (r nodeRange) outermost() []*html.Node {
	var nodes []*html.Node
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case r.holds(c):
				nodes = append(nodes, c)
			case r.touches(c):
				walk(c)
			}
		}
	}
	walk(r.root)
	return nodes
}
