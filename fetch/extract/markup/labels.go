package markup

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/extract/dom"
)

// maxLabel bounds a label, in characters.
const maxLabel = 80

// decor is what labels say that stand for nothing: names of shapes, of what a link does.
var decor = regexp.MustCompile(`(?i)\b(icons?|logos?|arrow|chevron|caret|bullet|external|new (tab|window)|opens in|` +
	`permalink|copy|anchor|link to|dropdown|hamburger|avatar|illustration|decorat\w+|search|menu|close|open|expand|` +
	`collapse|toggle|more|plus|minus|facebook|twitter|linkedin|instagram|youtube|flag)\b`)

// label writes the labels that stand for text: of icons, and of boxes.
func label(root *html.Node) {
	l := labeller{map[*html.Node]bool{}}
	for _, n := range dom.All(root, l.isIcon) {
		if dom.Ancestor(n, atom.Svg, atom.Head) != nil {
			continue
		}
		if s := l.textOf(n); s != "" && l.carriesAnswer(n, s) {
			span := dom.Element(atom.Span)
			span.AppendChild(dom.TextNode(" " + s + " "))
			dom.Replace(n, span)
		}
	}
	for _, n := range dom.All(root, isBox) {
		if opensPart(n) {
			title := nextElement(n)
			title.Attr = append(title.Attr, html.Attribute{Key: dom.ToggleAttr})
		} else if mark := boxState(n); mark != "" {
			if dom.Is(n, atom.Input) {
				dom.Replace(n, dom.TextNode(" "+mark+" "))
			} else {
				dom.Prepend(n, mark+" ")
			}
		}
	}
}

// labeller knows the cells of tables that hold one icon and no words.
type labeller struct{ lone map[*html.Node]bool }

// isIcon reports whether an element is a picture of something, without words.
func (l labeller) isIcon(n *html.Node) bool {
	switch {
	case dom.Attr(n, "aria-hidden") == "true" && !l.inLoneCell(n):
		return false
	case dom.Is(n, atom.Svg):
		return true
	case dom.Is(n, atom.Img):
		return l.inLoneCell(n)
	case dom.Is(n, atom.I, atom.Span, atom.Em, atom.B) || dom.Role(n) == "img":
		return (len(n.Attr) > 0 || dom.Is(n, atom.I)) && !hasWords(n) &&
			len(dom.Find(n, atom.Svg, atom.Img, atom.I, atom.Input)) == 0
	}
	return false
}

// iconText is an icon's own label, or in a cell of its own the sign that its name means.
func (l labeller) textOf(n *html.Node) string {
	s := dom.Attr(n, "aria-label")
	if s == "" && dom.Is(n, atom.Svg) {
		s = svgTitle(n)
	}
	for _, key := range []string{"alt", "title"} {
		if s == "" {
			s = dom.Attr(n, key)
		}
	}
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxLabel {
		return ""
	}
	if s == "" && l.inLoneCell(n) {
		return signOf(n)
	}
	return s
}

func svgTitle(svg *html.Node) string {
	for d := range svg.Descendants() {
		if d.Type == html.ElementNode && d.Data == "title" {
			return dom.Text(d)
		}
	}
	return ""
}

// signOf tells a tick from a cross by an icon's names.
func signOf(n *html.Node) string {
	names := dom.Names(n) + " "
	for _, use := range dom.All(n, func(d *html.Node) bool { return d.Data == "use" }) {
		names += dom.Attr(use, "href") + " "
		for _, a := range use.Attr {
			if a.Key == "href" {
				names += a.Val + " "
			}
		}
		names += dom.Names(use)
	}
	names += dom.Attr(n, "src") + " " + dom.Attr(n, "data-icon")
	switch {
	case crossName.MatchString(names):
		return "✗"
	case tickName.MatchString(names):
		return "✓"
	}
	return ""
}

var (
	tickName  = regexp.MustCompile(`(?i)(^|[^a-z])(check|checkmark|tick|yes|done|ok)([^a-z]|$)`)
	crossName = regexp.MustCompile(`(?i)(^|[^a-z])(times|cross|xmark|close|no|ban|remove|uncheck(ed)?)([^a-z]|$)`)
)

// inLoneCell reports whether an element is all that its cell holds.
func (l labeller) inLoneCell(n *html.Node) bool {
	cell := dom.Ancestor(n, atom.Td, atom.Th)
	if cell == nil {
		return false
	}
	lone, known := l.lone[cell]
	if !known {
		lone = !hasWords(cell) && len(dom.Find(cell, atom.Svg, atom.Img, atom.I)) <= 1
		l.lone[cell] = lone
	}
	return lone
}

// hasWords reports whether there are words below a node that are no icon's.
func hasWords(n *html.Node) bool {
	if dom.Is(n, atom.Svg, atom.Script, atom.Style) {
		return false
	}
	if n.Type == html.TextNode {
		return strings.TrimSpace(n.Data) != ""
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if hasWords(c) {
			return true
		}
	}
	return false
}

// carriesAnswer reports whether an icon's label says what nothing beside it says.
func (l labeller) carriesAnswer(n *html.Node, s string) bool {
	if l.inLoneCell(n) {
		return true
	}
	if dom.Ancestor(n, atom.A, atom.Button, atom.Nav, atom.Summary, atom.H1, atom.H2, atom.H3, atom.H4) != nil ||
		decor.MatchString(s) {
		return false
	}
	place := dom.Ancestor(n, atom.Td, atom.Th, atom.Li, atom.Dd, atom.Dt, atom.P, atom.Label)
	if place == nil {
		return false
	}
	said := strings.Count(strings.ToLower(dom.Start(place, startBytes)), strings.ToLower(s))
	if dom.Is(n, atom.Svg) && svgTitle(n) != "" {
		said-- // its own
	}
	return said <= 0
}

// isBox reports whether an element is ticked or not.
func isBox(n *html.Node) bool {
	if dom.Is(n, atom.Input) {
		kind := strings.ToLower(dom.Attr(n, "type"))
		return kind == "checkbox" || kind == "radio"
	}
	switch dom.Role(n) {
	case "checkbox", "radio", "switch":
		return dom.Has(n, "aria-checked")
	}
	return false
}

// boxState writes whether a box is ticked; "" for one that a reader doesn't see.
func boxState(n *html.Node) string {
	names := dom.Names(n)
	if dom.Has(n, "hidden") || strings.Contains(strings.ReplaceAll(dom.Attr(n, "style"), " ", ""), "display:none") ||
		dom.HasName(names, "toggle", "accordion", "tab", "hidden") || isForReaders(n) {
		return ""
	}
	checked := dom.Has(n, "checked") || dom.Attr(n, "aria-checked") == "true"
	round := strings.EqualFold(dom.Attr(n, "type"), "radio") || dom.Role(n) == "radio"
	switch {
	case round && checked:
		return "◉"
	case round:
		return "○"
	case checked:
		return "☑"
	}
	return "☐"
}

// opensPart reports whether a box only opens the part of its page that stands after its
// label.
func opensPart(n *html.Node) bool {
	id := dom.Attr(n, "id")
	l := nextElement(n)
	if id == "" || l == nil || !dom.Is(l, atom.Label) || dom.Attr(l, "for") != id {
		return false
	}
	panel := nextElement(l)
	return panel != nil && !dom.IsInline(panel) && panel.DataAtom != atom.Br && dom.HasText(panel)
}

func nextElement(n *html.Node) *html.Node {
	for s := n.NextSibling; s != nil; s = s.NextSibling {
		if s.Type == html.ElementNode {
			return s
		}
		if s.Type == html.TextNode && strings.TrimSpace(s.Data) != "" {
			return nil
		}
	}
	return nil
}
