// Package dom has what the readers of a page ask of its tree: attributes, names,
// words, and the few ways in which nodes are put elsewhere.
//
// It decides nothing about a page; package mainpart says what of it is the document
// and package markup what counts as text.
package dom

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// HasLetters reports whether a text has a letter or digit of any script.
func HasLetters(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// Attr returns an element's attribute, "" without one.
func Attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// Has reports whether an element has an attribute, also an empty one.
func Has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return true
		}
	}
	return false
}

// Is reports whether a node is one of these elements.
func Is(n *html.Node, kinds ...atom.Atom) bool {
	if n == nil || n.Type != html.ElementNode {
		return false
	}
	for _, k := range kinds {
		if n.DataAtom == k {
			return true
		}
	}
	return false
}

// IsHeading reports whether a node is h1 to h6.
func IsHeading(n *html.Node) bool {
	return Is(n, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
}

// Role returns an element's first role, in lower case.
func Role(n *html.Node) string {
	role, _, _ := strings.Cut(strings.TrimSpace(Attr(n, "role")), " ")
	return strings.ToLower(role)
}

// Names returns the words that an element's id and classes are made of, in lower case,
// with a space before and after each: "siteHeader main-nav" gives " site header main nav ".
// A component's own name counts as one.
func Names(n *html.Node) string {
	id, class := Attr(n, "id"), Attr(n, "class")
	if strings.Contains(n.Data, "-") && n.Type == html.ElementNode {
		return words(n.Data + " " + id + " " + class)
	}
	if id == "" && class == "" {
		return ""
	}
	return words(id + " " + class)
}

func words(s string) string {
	var b strings.Builder
	b.WriteByte(' ')
	lower, space := false, true
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if lower && unicode.IsUpper(r) {
				b.WriteByte(' ')
			}
			lower, space = unicode.IsLower(r), false
			b.WriteRune(unicode.ToLower(r))
		case !space:
			b.WriteByte(' ')
			lower, space = false, true
		}
	}
	if !space {
		b.WriteByte(' ')
	}
	return b.String()
}

// HasName reports whether one of the words of [Names] is among these.
func HasName(names string, any ...string) bool {
	if names == "" {
		return false
	}
	for _, a := range any {
		if strings.Contains(names, " "+a+" ") {
			return true
		}
	}
	return false
}

// Classes returns an element's classes.
func Classes(n *html.Node) []string { return strings.Fields(Attr(n, "class")) }

// Text returns the words below a node in single spaces.
func Text(n *html.Node) string {
	var b strings.Builder
	appendText(&b, n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// Start returns the beginning of the words below a node, of about so many bytes.
func Start(n *html.Node, most int) string {
	var b strings.Builder
	if n.Type == html.TextNode {
		b.WriteString(n.Data[:min(len(n.Data), most)])
	}
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		} else if d.Type == html.ElementNode && !IsInline(d) {
			b.WriteByte(' ')
		}
		if b.Len() > most {
			break
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func appendText(b *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	block := n.Type == html.ElementNode && !IsInline(n)
	if block {
		b.WriteByte(' ')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		appendText(b, c)
	}
	if block {
		b.WriteByte(' ')
	}
}

// HasText reports whether there is anything but white space below a node.
func HasText(n *html.Node) bool {
	if n.Type == html.TextNode {
		return strings.TrimSpace(n.Data) != ""
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if HasText(c) {
			return true
		}
	}
	return false
}

// inline are the elements that are written within a line.
var inline = map[atom.Atom]bool{atom.A: true, atom.Abbr: true, atom.Acronym: true, atom.B: true, atom.Bdi: true,
	atom.Bdo: true, atom.Big: true, atom.Button: true, atom.Cite: true, atom.Code: true, atom.Data: true,
	atom.Del: true, atom.Dfn: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Img: true, atom.Input: true,
	atom.Ins: true, atom.Kbd: true, atom.Label: true, atom.Mark: true, atom.Nobr: true, atom.Q: true, atom.S: true,
	atom.Samp: true, atom.Select: true, atom.Small: true, atom.Span: true, atom.Strike: true, atom.Strong: true, atom.Sub: true,
	atom.Sup: true, atom.Time: true, atom.Tt: true, atom.U: true, atom.Var: true, atom.Wbr: true}

// IsInline reports whether a node is text or an element that is written within a line.
func IsInline(n *html.Node) bool {
	if n.Type == html.ElementNode && n.DataAtom == 0 {
		return n.Data != "slot" && !strings.Contains(n.Data, "-") // unknown, and no component
	}
	return n.Type == html.TextNode || n.Type == html.ElementNode && inline[n.DataAtom]
}

// Within reports whether a node is another or below it.
func Within(n, outer *html.Node) bool {
	for p := n; p != nil; p = p.Parent {
		if p == outer {
			return true
		}
	}
	return false
}

// HeadingAround returns the heading that a node stands in, nil without one.
func HeadingAround(n *html.Node) *html.Node {
	return Ancestor(n, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
}

// Ancestor returns the nearest element of these kinds around a node, nil without one.
func Ancestor(n *html.Node, kinds ...atom.Atom) *html.Node {
	for p := n.Parent; p != nil; p = p.Parent {
		if Is(p, kinds...) {
			return p
		}
	}
	return nil
}

// All lists the elements below a node for which a condition holds, in order.
func All(n *html.Node, is func(*html.Node) bool) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && is(d) {
			found = append(found, d)
		}
	}
	return found
}

// Find lists the elements of these kinds below a node, in order.
func Find(n *html.Node, kinds ...atom.Atom) []*html.Node {
	return All(n, func(d *html.Node) bool { return Is(d, kinds...) })
}

// Element makes an element.
func Element(kind atom.Atom) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: kind.String(), DataAtom: kind}
}

// TextNode makes a text.
func TextNode(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: s} }

// Rename makes an element one of another kind.
func Rename(n *html.Node, kind atom.Atom) { n.Data, n.DataAtom = kind.String(), kind }

// Remove takes a node out of its tree.
func Remove(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// Replace puts a node in place of another.
func Replace(n, by *html.Node) {
	if n.Parent != nil {
		n.Parent.InsertBefore(by, n)
		n.Parent.RemoveChild(n)
	}
}

// MoveChildren moves all children of a node to the end of another.
func MoveChildren(from, to *html.Node) {
	for c := from.FirstChild; c != nil; c = from.FirstChild {
		from.RemoveChild(c)
		to.AppendChild(c)
	}
}

// Unwrap puts a node's children in its place.
func Unwrap(n *html.Node) {
	if n.Parent == nil {
		return
	}
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	n.Parent.RemoveChild(n)
}

// Prepend puts words before the first ones of an element, within their block.
func Prepend(n *html.Node, s string) {
	at := n
	for {
		c := at.FirstChild
		for c != nil && c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" {
			c = c.NextSibling
		}
		if c == nil || !Is(c, atom.P, atom.Div, atom.Section, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6) {
			at.InsertBefore(TextNode(s), at.FirstChild)
			return
		}
		at = c
	}
}

// FewerWords reports whether a node holds fewer than so many words.
func FewerWords(n *html.Node, words int) bool {
	w := wordCount{most: words}
	w.add(n)
	return w.words < words
}

// wordCount counts words up to a bound, without copying the text.
type wordCount struct {
	words, most int
	open        bool // the last character was a word's
}

func (w *wordCount) add(n *html.Node) {
	if n.Type == html.TextNode {
		for _, r := range n.Data {
			if w.words >= w.most {
				return
			}
			space := unicode.IsSpace(r)
			if !space && !w.open {
				w.words++
			}
			w.open = !space
		}
	}
	if !IsInline(n) {
		w.open = false
	}
	for c := n.FirstChild; c != nil && w.words < w.most; c = c.NextSibling {
		w.add(c)
	}
	if !IsInline(n) {
		w.open = false
	}
}

// IsToggle reports whether an element opens and shuts a part of its page.
func IsToggle(n *html.Node) bool {
	if Has(n, "aria-expanded") || Is(n, atom.Summary) || Role(n) == "tab" || Has(n, ToggleAttr) {
		return true
	}
	how := Attr(n, "data-toggle") + Attr(n, "data-bs-toggle")
	if strings.Contains(how, "collapse") || strings.Contains(how, "tab") || strings.Contains(how, "pill") {
		return true
	}
	names := ""
	if Is(n, atom.Button, atom.A, atom.Div, atom.Span) {
		names = Names(n)
	}
	return Is(n, atom.Button) && HasName(names, "accordion", "collapsible") ||
		HasName(names, "accordion") && HasName(names, "title", "header", "heading", "toggle", "trigger", "question")
}

// ToggleAttr marks what is a toggle by what stands around it.
const ToggleAttr = "data-fineprint-toggle"
