// Package markup makes of a page's elements what a reader sees of them: labels of icons
// and boxes, what is struck out, numbers and letters of lists, titles of what opens on a
// click, footnotes.
//
// It works on the tree, before it is written as Markdown, and is bounded by it: nothing
// that it adds is longer than what it stands for, a list's numbers apart.
//
// Text that a page hides stays when it is prose, or when something on the page opens it:
// collapsed sections hold real clauses. What is hidden otherwise and short (icons,
// labels) goes.
package markup

import (
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/extract/dom"
)

// Page makes a whole page ready, before parts of it are selected.
func Page(root *html.Node) {
	rules := stylesOf(root)
	strike(root, rules)
	numberLists(root, rules)
	label(root)
	removeDuplicates(root)
	for _, n := range dom.All(root, func(n *html.Node) bool { return dom.Role(n) == "heading" && !dom.IsHeading(n) }) {
		if level, err := strconv.Atoi(dom.Attr(n, "aria-level")); err != nil || level < 1 || level > 6 {
			dom.Rename(n, atom.H2)
		} else {
			dom.Rename(n, headings[level-1])
		}
	}
}

// Part makes a part of a page ready that is to be written.
func Part(part *html.Node) {
	removeHidden(part)
	removeAnchors(part)
	placeTabs(part)
	titleToggles(part)
	unwrapControls(part)
	markNotes(part)
	freeHeadings(part)
	quote(part)
	separate(part)
	divide(part)
}
