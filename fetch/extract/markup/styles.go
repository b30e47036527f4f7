package markup

import (
	"regexp"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/extract/dom"
)

const (
	// maxStyle and maxRules bound what is read of a page's own style sheets.
	maxStyle = 256 << 10
	maxRules = 30
	// maxSelector and maxCompounds bound what is looked for by them.
	maxSelector  = 300
	maxCompounds = 4
)

// rule is one of a page's style rules that says something about its text.
type rule struct {
	selector string
	body     string
}

// isTelling reports whether there are declarations that matter to a text.
func isTelling(sheet string) bool {
	return strings.Contains(sheet, "line-through") || strings.Contains(sheet, "list-style") ||
		strings.Contains(sheet, "counter(") || strings.Contains(sheet, "counters(")
}

// comments are style sheets' own.
var comments = regexp.MustCompile(`(?s)/\*.*?\*/`)

// stylesOf reads the rules of a page's style elements that matter to its text.
func stylesOf(root *html.Node) []rule {
	var rules []rule
	read := 0
	for _, style := range dom.Find(root, atom.Style) {
		if style.FirstChild == nil || !isTelling(style.FirstChild.Data) {
			continue
		}
		sheet := style.FirstChild.Data
		if read += len(sheet); read > maxStyle {
			break
		}
		for _, block := range strings.Split(comments.ReplaceAllString(sheet, ""), "}") {
			open := strings.LastIndexByte(block, '{')
			if open < 0 || !isTelling(block[open:]) || len(rules) == maxRules {
				continue
			}
			selector := block[:open]
			selector = selector[strings.LastIndexAny(selector, "{;")+1:]
			rules = append(rules, rule{strings.TrimSpace(selector), block[open+1:]})
		}
	}
	return rules
}

// matches lists the elements that a selector names, none for one that isn't known.
func matches(root *html.Node, selector string) []*html.Node {
	if len(selector) > maxSelector || strings.ContainsAny(selector, ":~+") || slices.ContainsFunc(
		strings.Split(selector, ","), func(s string) bool { return len(strings.Fields(s)) > maxCompounds }) {
		return nil
	}
	m, err := cascadia.ParseGroup(selector)
	if err != nil {
		return nil
	}
	return cascadia.QueryAll(root, m)
}

var struckStyle = regexp.MustCompile(`(?i)text-decoration[^;]*:[^;]*line-through`)

// strike makes what is struck out by a style or class a del element.
func strike(root *html.Node, rules []rule) {
	struck := map[*html.Node]bool{}
	for _, r := range rules {
		if struckStyle.MatchString(r.body) {
			for _, n := range matches(root, r.selector) {
				struck[n] = true
			}
		}
	}
	for _, n := range dom.All(root, func(n *html.Node) bool {
		return struck[n] || isStruck(n)
	}) {
		if dom.Is(n, atom.Del, atom.S, atom.Strike) || dom.Ancestor(n, atom.Del, atom.S, atom.Strike) != nil {
			continue
		}
		strikeInside(n)
	}
}

func isStruck(n *html.Node) bool {
	if style := dom.Attr(n, "style"); style != "" && struckStyle.MatchString(style) {
		return true
	}
	for _, c := range dom.Classes(n) {
		switch strings.ToLower(c) {
		case "line-through", "linethrough", "strike", "strikethrough", "strike-through", "struck", "text-strike",
			"text-line-through", "text-decoration-line-through", "text-decoration-strikethrough", "deleted-text",
			"has-strikethrough":
			return true
		}
	}
	return false
}

// strikeInside wraps each run of inline nodes below a block, or an inline element
// itself, in a del element.
func strikeInside(n *html.Node) {
	if dom.IsInline(n) && n.Parent != nil {
		del := dom.Element(atom.Del)
		n.Parent.InsertBefore(del, n)
		n.Parent.RemoveChild(n)
		del.AppendChild(n)
		return
	}
	var open *html.Node
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case dom.IsInline(c):
			if open == nil {
				open = dom.Element(atom.Del)
				n.InsertBefore(open, c)
			}
			n.RemoveChild(c)
			open.AppendChild(c)
		case c.Type == html.ElementNode:
			open = nil
			strikeInside(c)
		}
		c = next
	}
}
