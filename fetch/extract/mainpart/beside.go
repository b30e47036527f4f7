package mainpart

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/extract/dom"
)

const (
	// innerShare is how many of a hundred words of prose the element has beside which
	// there may be a site's own, and innerWords how many words at least.
	innerShare = 90
	innerWords = 120
	// mostBeside is how many words what is a site's own has at most, and mostSaid how many
	// of them in sentences.
	mostBeside = 150
	mostSaid   = 60
	// saidAmongLinks is how many words in sentences a menu has at most.
	saidAmongLinks = 12
	// saidNamed is how many words in sentences a sidebar or a form has at most.
	saidNamed = 20
	// titleWord is from how many bytes on a title's word tells what a document is about.
	titleWord = 4
	// menuEntries is from how many links on a block beside the document is a menu.
	menuEntries = 3
	// teasers is from how many links on that say the same each stands below a teaser, and
	// mostTeaser is how many words each has.
	teasers    = 3
	mostTeaser = 30
)

// dropBeside leaves out what stands beside the one element that has nearly all of the
// page's prose and is by what it holds the site's own: a copyright with links, a menu, a
// call to buy, teasers, a form. Where no element has nearly all, nothing is beside it.
func (p *page) dropBeside() {
	inner := p.inner()
	if inner == p.body || p.clean(inner).prose < innerWords {
		return
	}
	titled := p.core(p.runs)
	if dom.Within(inner, titled) && p.titles == 0 && len(dom.All(inner, dom.IsHeading)) > 0 {
		titled = inner // what else is a heading is the site's name
	}
	for n := inner; n != p.body && n != nil; n = n.Parent {
		apart := dom.Within(titled, n) // from the document's title, too
		after, below := false, false
		for c := n.Parent.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c == n:
				after = true
			case c.Type != html.ElementNode || p.dropped[c] != keep || unread(c) || dom.IsInline(c):
			case (p.isSites(c, dom.Is(n, atom.Td, atom.Tr), apart, after) || below && p.clean(c).words <= mostLabel) &&
				!p.isDocuments(c):
				below = below || after && p.holdsCopyright(c)
				p.drop(c, place)
			}
		}
	}
}

// inner is the innermost element that has nearly all of the prose.
func (p *page) inner() *html.Node {
	n, all := p.body, p.clean(p.body).prose
	for {
		var next *html.Node
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && p.dropped[c] == keep && p.clean(c).prose*100 >= all*innerShare {
				next = c
			}
		}
		if all == 0 || next == nil || dom.IsInline(next) ||
			dom.Is(next, atom.P, atom.Li, atom.Blockquote, atom.Pre, atom.Dd) {
			return n
		}
		n = next
	}
}

// isSites reports whether an element beside the document looks like the site's own: cell, beside
// it in a table that lays out the page; apart, outside of what holds the title, too;
// after, behind it.
func (p *page) isSites(n *html.Node, cell, apart, after bool) bool {
	z := p.clean(n)
	if z.words == 0 || z.words > mostBeside || z.prose > mostSaid || z.prose*10 > p.all.prose {
		return false
	}
	links := p.linksOf(n)
	switch {
	case after && z.links > 0 && p.holdsCopyright(n):
		return true
	case p.isNamedSites(n, z, apart && after), after && p.isCall(n, z, links):
		return true
	case apart && after && z.words <= mostTeaser*len(links) && mostRepeated(links) >= teasers:
		return true
	case apart && len(links) >= menuEntries && z.linked(30) && z.prose <= saidAmongLinks:
		return true
	case apart && z.prose <= saidNamed && z.headings == 0 && fieldsOf(n).asks():
		return true
	}
	labels := z.prose == 0 && z.headings == 0 && z.links+z.controls > 0
	return cell && apart && labels && !dated.MatchString(dom.Start(n, 1000))
}

// isDocuments reports whether something speaks for an element's being of the document:
// it holds the title, the page leads to a place in it as a table of contents does, it says
// since when something is in force, or it speaks in a heading or sentence of what the
// title names.
func (p *page) isDocuments(n *html.Node) bool {
	if p.holdsTitle(n) || p.isTarget(n) || len(dom.All(n, p.isTarget)) > 0 {
		return true
	}
	return p.anyRun(n, func(r run) bool {
		if p.isDropped(r.first) {
			return false
		}
		text := strings.ToLower(p.textOf(r))
		if inForce(text) {
			return true
		}
		said := r.links*2 < r.words && (r.prose || dom.IsHeading(r.block))
		return said && slices.ContainsFunc(p.titleWords(), func(word string) bool { return strings.Contains(text, word) })
	})
}

// anyRun reports whether a condition holds for one of the runs in an element.
func (p *page) anyRun(n *html.Node, is func(run) bool) bool {
	if p.runAt == nil {
		p.runAt = make(map[*html.Node]int, len(p.runs))
		for i, r := range p.runs {
			p.runAt[r.first] = i
		}
	}
	for d := range n.Descendants() {
		if i, ok := p.runAt[d]; ok && is(p.runs[i]) {
			return true
		}
	}
	return false
}

// titleWords are the words of some length that the document's title has and the site's
// name has not.
func (p *page) titleWords() []string {
	if p.titled != nil {
		return p.titled
	}
	p.titled = []string{}
	parts := titleParts(strings.ToLower(p.title))
	if i := p.titleOf(p.runs); i >= 0 {
		parts = append([]string{strings.ToLower(p.textOf(p.runs[i]))}, parts...)
	}
	if len(parts) == 0 {
		return p.titled
	}
	site := parts[len(parts)-1]
	for _, part := range parts[:min(2, len(parts))] {
		for _, word := range strings.Fields(part) {
			if len(word) >= titleWord && (len(parts) < 3 || !strings.Contains(site, word)) {
				p.titled = append(p.titled, word)
			}
		}
	}
	return p.titled
}

// asks reports whether a form asks for an address and something else, or a message.
func (f formFields) asks() bool { return f.email && f.texts+f.choices > 1 || f.area && f.texts > 0 }

// holdsCopyright reports whether one of the lines in an element is a copyright.
func (p *page) holdsCopyright(n *html.Node) bool {
	return p.anyRun(n, func(r run) bool {
		return r.words <= mostLabel && isCopyright(p.textOf(r))
	})
}

// isCopyright reports whether a line is a copyright.
func isCopyright(text string) bool {
	return copyright.MatchString(text) || copyrightYear.MatchString(text)
}

// isNamedSites reports whether an element is called a part of the site: its foot where it
// stands at the end.
func (p *page) isNamedSites(n *html.Node, z size, end bool) bool {
	names := dom.Names(n)
	return end && dom.HasName(names, "footer", "foot", "colophon") ||
		z.prose <= saidNamed && dom.HasName(names, "sidebar", "popup", "snackbar", "toast", "alertbar")
}

// isCall reports whether an element ends in a link or button that calls to buy, to try or
// to join, and has nothing else to press.
func (p *page) isCall(n *html.Node, z size, links []*html.Node) bool {
	presses := append(links, dom.Find(n, atom.Button)...)
	if len(presses) == 0 || len(presses) > 2 || z.words > mostBeside/3 {
		return false
	}
	last := presses[len(presses)-1]
	ends := strings.HasSuffix(dom.Text(n), dom.Text(last))
	return ends && !p.says[blockOf(last)] && call.MatchString(dom.Start(last, 60))
}

// linksOf lists the links in an element that lead to other pages of the site, which is
// where most of the page's links lead.
func (p *page) linksOf(n *html.Node) []*html.Node {
	return dom.All(n, func(a *html.Node) bool {
		host, ok := leadsTo(a)
		return ok && (host == "" || host == p.host)
	})
}

// leadsTo is the host of another page that a link leads to.
func leadsTo(a *html.Node) (host string, ok bool) {
	u, err := url.Parse(dom.Attr(a, "href"))
	if !dom.Is(a, atom.A) || err != nil || u.Opaque != "" || u.Path == "" && u.Host == "" && u.RawQuery == "" {
		return "", false
	}
	return u.Host, true
}

// siteOf is the host that most links in an element lead to.
func siteOf(n *html.Node) string {
	count, most := map[string]int{}, ""
	for _, a := range dom.Find(n, atom.A) {
		if host, ok := leadsTo(a); ok {
			if count[host]++; count[host] > count[most] {
				most = host
			}
		}
	}
	return most
}

// mostRepeated is how often links to different pages say the same.
func mostRepeated(links []*html.Node) int {
	pages, most := map[string]map[string]bool{}, 0
	for _, a := range links {
		text := strings.ToLower(dom.Start(a, 60))
		if pages[text] == nil {
			pages[text] = map[string]bool{}
		}
		pages[text][dom.Attr(a, "href")] = true
		if text != "" {
			most = max(most, len(pages[text]))
		}
	}
	return most
}
