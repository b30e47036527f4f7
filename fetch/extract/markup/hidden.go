package markup

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/extract/dom"
)

const (
	// proseWords is from how many words on a hidden text is prose that a reader can
	// open, and not an icon's or a menu's label.
	proseWords = 12
	// sameWords is from how many words on a text that stands twice is the same one, for
	// another width of the window.
	sameWords = 4
	// startBytes is how much of a text is looked at.
	startBytes = 600
	// maxCompared bounds the texts that are compared with each other.
	maxCompared = 8 << 20
)

// removeHidden takes away what a page hides, unless it is prose or something opens it.
func removeHidden(part *html.Node) {
	opened := openedBy(part)
	for _, n := range dom.All(part, func(n *html.Node) bool {
		return dom.Has(n, "hidden") || dom.Attr(n, "aria-hidden") == "true"
	}) {
		if dom.FewerWords(n, proseWords) && !opens(n, opened) {
			dom.Remove(n)
		}
	}
	for _, n := range dom.All(part, isForReaders) {
		if saysNothing(n) {
			dom.Remove(n)
		}
	}
}

// openedBy gathers the ids that something on the page opens.
func openedBy(part *html.Node) map[string]bool {
	ids := map[string]bool{}
	for d := range part.Descendants() {
		for _, a := range d.Attr {
			switch a.Key {
			case "href":
				if id, here := strings.CutPrefix(a.Val, "#"); here {
					ids[id] = true
				}
			case "aria-controls", "data-target", "data-bs-target", "popovertarget", "commandfor":
				for _, id := range strings.Fields(a.Val) {
					ids[strings.TrimPrefix(id, "#")] = true
				}
			}
		}
	}
	return ids
}

// opens reports whether a hidden element is a part that opens on a click.
func opens(n *html.Node, ids map[string]bool) bool {
	if !dom.HasText(n) || dom.Is(n, atom.Svg, atom.I, atom.Span) {
		return false
	}
	if id := dom.Attr(n, "id"); id != "" && ids[id] {
		return true
	}
	if strings.EqualFold(dom.Attr(n, "hidden"), "until-found") || dom.Role(n) == "tabpanel" || dom.Role(n) == "region" ||
		dom.Has(n, "aria-labelledby") {
		return true
	}
	if dom.HasName(dom.Names(n), "accordion", "answer", "collapse", "collapsible", "faq", "panel", "details") {
		return true
	}
	for s := n.PrevSibling; s != nil; s = s.PrevSibling {
		if s.Type == html.ElementNode {
			return dom.IsToggle(s) || slices.ContainsFunc(dom.All(s, dom.IsToggle), dom.HasText)
		}
	}
	return false
}

// isForReaders reports whether only a screen reader is to read an element.
func isForReaders(n *html.Node) bool {
	for _, c := range dom.Classes(n) {
		switch strings.ToLower(c) {
		case "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "screenreader",
			"a11y-hidden", "assistive-text", "u-visually-hidden", "element-invisible", "sronly", "is-sr-only":
			return true
		}
	}
	return false
}

// saysNothing reports whether what only a screen reader reads says what a link does, or
// what stands beside it.
func saysNothing(n *html.Node) bool {
	around := dom.Ancestor(n, atom.A, atom.Button, atom.Summary, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
	text := dom.Start(n, startBytes)
	if around != nil {
		return dom.Start(around, startBytes) != text || dom.HeadingAround(around) != nil
	}
	return decor.MatchString(text) && len(strings.Fields(text)) < proseWords
}

// mayHaveWidth rules out most classes.
func mayHaveWidth(class string) bool { // work limit
	for _, s := range []string{"mobile", "desktop", "tablet", "phone", "hid", "none", "visible", "only", "show", ":"} {
		if strings.Contains(class, s) {
			return true
		}
	}
	return false
}

// widths are the classes by which the same text is put twice, for two widths.
var widths = regexp.MustCompile(`(?i)(^|[-_:\s])(mobile|desktop|tablet|phone|d-none|d-(sm|md|lg|xl)-\w+|hidden-(xs|sm|md|lg)|` +
	`visible-(xs|sm|md|lg)|(sm|md|lg|xl):(hidden|block|flex|grid|inline)|show-for-\w+|hide-for-\w+|` +
	`(small|medium|large|xs|sm)-only|hidden)([-_\s]|$)`)

// removeDuplicates takes away what stands twice for two widths of a window.
func removeDuplicates(root *html.Node) {
	seen := map[string][]*html.Node{}
	compared := 0
	for _, n := range dom.All(root, func(n *html.Node) bool {
		class := dom.Attr(n, "class")
		return class != "" && !dom.IsInline(n) && mayHaveWidth(class) && widths.MatchString(class)
	}) {
		if dom.FewerWords(n, sameWords) || n.Parent == nil {
			continue
		}
		text := dom.Text(n)
		if compared += len(text); compared > maxCompared {
			return
		}
		for _, other := range seen[text] {
			if !dom.Within(n, other) && !dom.Within(other, n) {
				dom.Remove(n)
				break
			}
		}
		seen[text] = append(seen[text], n)
	}
}
