package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/extract/dom"
)

// moreLabel is what toggles say that only show the rest of a text.
var moreLabel = dom.Pattern(`(?i)^\W*(show|read|see|view|load|learn)? ?(more|less|all|details)\W*$|` +
	`^\W*(expand|collapse|open|close|toggle)( all)?\W*$|^(mehr|weniger|voir plus|lire la suite|ver más|leer más|` +
	`leggi( di più)?|mostra|więcej|lees meer|ler mais|もっと見る|詳細)\W*$`)

// removeAnchors takes away the links of headings to themselves, and their buttons.
func removeAnchors(part *html.Node) {
	for _, n := range dom.Find(part, atom.A, atom.Button) {
		heading := dom.HeadingAround(n)
		text := dom.Start(n, startBytes)
		names := dom.Names(n)
		named := dom.HasName(names, "headerlink", "permalink", "anchor", "hash") || strings.Contains(names, " heading link ") ||
			dom.HasName(names, "headinglink", "anchorjs")
		switch {
		case dom.Is(n, atom.A) && dom.Attr(n, "href") == "" && !named, len(dom.Find(n, atom.Img)) > 0:
		case heading == nil:
			if named && !dom.HasLetters(text) && text != "" && dom.Is(n, atom.A) || isLinkToBeside(n) && dom.FewerWords(n, 7) {
				dom.Remove(n)
			}
		case !dom.HasLetters(text), named && dom.Start(heading, startBytes) != text && dom.FewerWords(n, 7),
			dom.Is(n, atom.Button) && dom.Start(heading, startBytes) != text:
			dom.Remove(n)
		}
	}
}

// isLinkToBeside reports whether a link leads to the heading that it stands beside.
func isLinkToBeside(n *html.Node) bool {
	id, found := strings.CutPrefix(dom.Attr(n, "href"), "#")
	if !found || id == "" || !dom.Is(n, atom.A) || n.Parent == nil {
		return false
	}
	for s := n.Parent.FirstChild; s != nil; s = s.NextSibling {
		if dom.IsHeading(s) && dom.Attr(s, "id") == id {
			return true
		}
	}
	return false
}

// placeTabs puts the title of each tab at the head of what it shows.
func placeTabs(part *html.Node) {
	byID := map[string]*html.Node{}
	var tabs []*html.Node
	for d := range part.Descendants() {
		if d.Type != html.ElementNode {
			continue
		}
		if id := dom.Attr(d, "id"); id != "" && byID[id] == nil {
			byID[id] = d
		}
		if dom.IsHeading(d) || dom.HeadingAround(d) != nil {
			continue
		}
		if how := dom.Attr(d, "data-toggle") + dom.Attr(d, "data-bs-toggle"); dom.Role(d) == "tab" ||
			strings.Contains(how, "tab") || strings.Contains(how, "pill") {
			tabs = append(tabs, d)
		}
	}
	for _, tab := range tabs {
		id := ""
		for _, key := range []string{"aria-controls", "data-bs-target", "data-target", "href"} {
			if v := strings.TrimPrefix(dom.Attr(tab, key), "#"); id == "" && byID[v] != nil {
				id = v
			}
		}
		panel := byID[id]
		if panel == nil || dom.Within(tab, panel) || dom.Within(panel, tab) || tab.Parent == nil || !dom.HasText(tab) {
			continue
		}
		item := tab.Parent
		title := dom.Element(atom.Button)
		title.Attr = []html.Attribute{{Key: dom.ToggleAttr}}
		dom.MoveChildren(tab, title)
		dom.Remove(tab)
		if dom.Is(item, atom.Li) && !dom.HasText(item) {
			dom.Remove(item)
		}
		panel.InsertBefore(title, panel.FirstChild)
	}
}

// toggles is what opens and shuts parts of a page.
type toggles struct {
	part   *html.Node
	panels map[*html.Node]*html.Node // what a toggle opens, by what is opened
	levels map[*html.Node]int        // of the heading that a toggle becomes
}

// titleToggles makes the titles of an accordion headings. What opens a single part, or
// stands within a text that goes on after it, is a paragraph: what follows isn't under it.
func titleToggles(part *html.Node) {
	for _, n := range dom.All(part, func(n *html.Node) bool {
		return dom.Is(n, atom.Summary) && dom.Has(n, "data-default-summary") // Primer's, until its script runs
	}) {
		if n.Parent != nil && len(childrenOf(n.Parent, atom.Summary)) > 1 {
			dom.Remove(n)
		}
	}
	t := toggles{part, map[*html.Node]*html.Node{}, map[*html.Node]int{}}
	groups := map[string][]*html.Node{}
	for _, n := range dom.All(part, func(n *html.Node) bool { return dom.IsToggle(n) && dom.HasText(n) }) {
		if h := dom.HeadingAround(n); h != nil && !dom.IsHeading(n) {
			dom.Unwrap(n)
			continue
		}
		if dom.IsHeading(n) || len(dom.All(n, dom.IsHeading)) > 0 {
			intoBlock(n)
			continue
		}
		if dom.Is(n, atom.A) && !hasPanel(n) {
			continue
		}
		key := n.Data + " " + dom.Attr(n, "class")
		groups[key] = append(groups[key], n)
		if panel := panelOf(n); panel != nil {
			t.panels[panel] = n
		}
	}
	titles := map[*html.Node]bool{}
	for _, group := range groups {
		isTitles := len(group) > 1 && !t.runsOn(group)
		for _, n := range group {
			if moreLabel.MatchString(dom.Start(n, startBytes)) {
				if dom.Is(n, atom.Summary) {
					titles[n] = false
				} else {
					dom.Remove(n)
				}
				continue
			}
			titles[n] = isTitles
		}
	}
	t.write(titles)
}

func childrenOf(n *html.Node, kind atom.Atom) []*html.Node {
	var found []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if dom.Is(c, kind) {
			found = append(found, c)
		}
	}
	return found
}

func hasPanel(n *html.Node) bool {
	return dom.Has(n, "aria-controls") || strings.HasPrefix(dom.Attr(n, "href"), "#") || dom.Has(n, "data-target") ||
		dom.Has(n, "data-bs-target") || dom.Has(n, dom.ToggleAttr)
}

// write makes the toggles headings or paragraphs, in the order of the page.
func (t *toggles) write(titles map[*html.Node]bool) {
	last := 0
	var all []*html.Node
	for d := range t.part.Descendants() {
		if d.Type == html.ElementNode {
			all = append(all, d)
		}
	}
	for _, n := range all {
		isTitle, isToggle := titles[n]
		switch {
		case !isToggle:
			if dom.IsHeading(n) && t.opener(n) == nil {
				last = int(n.Data[1] - '0')
			}
		case isTitle:
			level := last + 1
			if outer := t.opener(n); outer != nil && t.levels[outer] > 0 {
				level = t.levels[outer] + 1
			}
			level = min(max(level, 2), 6)
			t.levels[n] = level
			intoLine(n)
			dom.Rename(n, headings[level-1])
		case dom.Is(n, atom.Summary):
			intoBlock(n)
		case dom.Is(n, atom.Button, atom.Label) || dom.Role(n) == "button":
			intoLine(n)
			dom.Rename(n, atom.P)
		}
	}
}

var headings = [...]atom.Atom{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}

// opener is the toggle that opens what a node lies in, nil for one that is always shown.
func (t *toggles) opener(n *html.Node) *html.Node {
	for a := n.Parent; a != nil; a = a.Parent {
		if by := t.panels[a]; by != nil && by != n {
			return by
		}
	}
	return nil
}

// panelOf is the part that a toggle opens: the rest of its details, or what comes next.
func panelOf(n *html.Node) *html.Node {
	if dom.Is(n, atom.Summary) || dom.Has(n, dom.ToggleAttr) && dom.Is(n, atom.Button) {
		return n.Parent
	}
	if after := nextWithText(n, 4); after != nil {
		return after
	}
	return nil
}

// nextWithText is the next element with words after a node or one of so many around it.
func nextWithText(n *html.Node, up int) *html.Node {
	for at := n; at != nil && up > 0; at, up = at.Parent, up-1 {
		for s := at.NextSibling; s != nil; s = s.NextSibling {
			if s.Type == html.ElementNode && dom.HasText(s) {
				return s
			}
		}
	}
	return nil
}

// runsOn reports whether after most parts of a group comes text that isn't theirs.
func (t *toggles) runsOn(group []*html.Node) bool {
	on := 0
	for _, n := range group {
		panel := panelOf(n)
		if panel == nil {
			return true
		}
		after := nextWithText(panel, 1)
		for at := panel; after == nil && at.Parent != nil && at != t.part; at = at.Parent {
			after = nextWithText(at.Parent, 1)
		}
		if after != nil && dom.Within(after, t.part) && !beginsTitle(after) {
			on++
		}
	}
	return on*2 > len(group)
}

// beginsTitle reports whether the first words of an element are a heading or a toggle.
func beginsTitle(n *html.Node) bool {
	for c := n; c != nil; {
		if dom.IsHeading(c) || c.Type == html.ElementNode && dom.IsToggle(c) {
			return true
		}
		next := c.FirstChild
		for next != nil && !dom.HasText(next) {
			next = next.NextSibling
		}
		c = next
	}
	return false
}

// intoBlock makes a toggle that holds blocks a block, and another one a paragraph.
func intoBlock(n *html.Node) {
	switch {
	case dom.IsHeading(n) || !dom.Is(n, atom.Button, atom.Summary, atom.A, atom.Label, atom.Span):
	case len(dom.All(n, func(d *html.Node) bool { return !dom.IsInline(d) && d.DataAtom != atom.Br })) > 0:
		dom.Rename(n, atom.Div)
	default:
		dom.Rename(n, atom.P)
	}
}

// intoLine makes the blocks in a title parts of its line.
func intoLine(n *html.Node) {
	for _, d := range dom.All(n, func(d *html.Node) bool { return !dom.IsInline(d) }) {
		if d.NextSibling != nil || d.PrevSibling != nil {
			d.InsertBefore(dom.TextNode(" "), d.FirstChild)
		}
		dom.Rename(d, atom.Span)
	}
}

// unwrapControls leaves of buttons their words, and of a choice what is chosen.
func unwrapControls(part *html.Node) {
	for _, n := range dom.Find(part, atom.Select) {
		chosen := dom.Find(n, atom.Option)
		if len(chosen) == 0 {
			dom.Remove(n)
			continue
		}
		pick := chosen[0]
		for _, o := range chosen {
			if dom.Has(o, "selected") {
				pick = o
			}
		}
		dom.Replace(n, dom.TextNode(" "+dom.Start(pick, startBytes)+" "))
	}
	for _, n := range dom.Find(part, atom.Button) {
		dom.Rename(n, atom.Span)
	}
}

// freeHeadings takes headings out of the emphasis that is around nothing else.
func freeHeadings(part *html.Node) {
	for _, h := range dom.All(part, dom.IsHeading) {
		for up := h.Parent; up != nil && up != part && dom.IsInline(up) && !dom.Is(up, atom.A); up = h.Parent {
			if dom.Start(up, startBytes) != dom.Start(h, startBytes) {
				break
			}
			dom.Unwrap(up)
		}
	}
}
