// Package mainpart finds the document on a page: what of it is a document's words, and
// how much of the page's prose was left out.
//
// Prose is never dropped by its tag. A tag, a role, a name and a place are evidence; what
// decides is what an element holds: links without sentences, a consent box's wording and
// buttons, the fields of a search or a newsletter. What holds half of a page's prose is
// never chrome.
//
// What stands where documents don't (a site's footer, a sidebar, a promotion) is left out
// although it is prose. How much that is, [Page.LeftOut] says: it is for a reader to see,
// never to be dropped silently.
package mainpart

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/extract/dom"
)

// Page is a page that has been looked through. It holds on to the page's nodes.
type Page struct{ page }

type page struct {
	*survey
	body    *html.Node
	all     size // of the body
	title   string
	dropped map[*html.Node]verdict
	minus   map[*html.Node]size // what is dropped below
	targets map[string]bool     // ids that something on the page opens
	titles  int                 // h1 that are more than a link
	host    string              // of the site
	runAt   map[*html.Node]int  // runs by their first text, once one was asked for
	titleAt int                 // the run that is the first h1, -1 without one
	titled  []string            // words of the title, once they were asked for
	// headMarks is how often what stands in a link stands in links of headings.
	headMarks map[string]int
	jumps     map[string]int // how often a link to a place on the page says something
	before    int            // prose before what is being judged
	mains     []*html.Node
	// articles are outermost ones outside of any main part.
	articles []*html.Node
}

// Look looks through the page with this root. It changes nothing.
func Look(root *html.Node) *Page {
	p := &Page{page{dropped: map[*html.Node]verdict{}, minus: map[*html.Node]size{}, targets: map[string]bool{},
		headMarks: map[string]int{}, jumps: map[string]int{}}}
	p.body = root
	for _, n := range dom.Find(root, atom.Body, atom.Title) {
		if n.DataAtom == atom.Body {
			p.body = n
		} else if p.title == "" {
			p.title = dom.Text(n)
		}
	}
	p.survey = newSurvey(p.body)
	p.countTitle()
	p.all = p.sizes[p.body]
	if p.titleAt = p.titleOf(p.runs); p.titleAt >= 0 && !dom.Is(p.runs[p.titleAt].block, atom.H1) {
		p.titleAt = -1
	}
	p.note(p.body)
	p.host = siteOf(p.body)
	p.classify(p.body, 0)
	p.dropBeside()
	return p
}

// countTitle makes a heading that is a link one that counts, where it is the title of
// the page.
func (p *page) countTitle() {
	for _, h := range dom.Find(p.body, atom.H1) {
		z := p.sizes[h]
		if text := dom.Start(h, 300); z.headings > 0 || text == "" || !strings.HasPrefix(p.title, text) {
			continue
		}
		for a := h; a != nil; a = a.Parent {
			t := p.sizes[a]
			t.headings++
			t.links -= z.links
			p.sizes[a] = t
			if a == p.body {
				break
			}
		}
		return
	}
}

// note gathers what elements are judged by that stand elsewhere.
func (p *page) note(n *html.Node) {
	for d := range n.Descendants() {
		if d.Type != html.ElementNode {
			continue
		}
		switch {
		case dom.Is(d, atom.Main) || dom.Role(d) == "main":
			if !p.below(d, p.mains) {
				p.mains = append(p.mains, d)
			}
		case dom.Is(d, atom.Article):
			if !p.below(d, p.mains) && !p.below(d, p.articles) {
				p.articles = append(p.articles, d)
			}
		case dom.Is(d, atom.H1):
			p.titles += p.sizes[d].headings
		case dom.Is(d, atom.A) && dom.HeadingAround(d) != nil:
			p.headMarks[dom.Start(d, 100)]++
		}
		if href := dom.Attr(d, "href"); strings.HasPrefix(href, "#") {
			p.jumps[href+" "+dom.Start(d, 100)]++
		}
		for _, key := range []string{"aria-controls", "data-target", "data-bs-target", "popovertarget", "commandfor",
			"href"} {
			if id := dom.Attr(d, key); id != "" &&
				(key != "href" || id[0] == '#' && !skipLink.MatchString(dom.Start(d, 100))) {
				p.targets[strings.TrimPrefix(id, "#")] = true
			}
		}
	}
}

func (p *page) below(n *html.Node, list []*html.Node) bool {
	for _, l := range list {
		if l != n && dom.Within(n, l) {
			return true
		}
	}
	return false
}

// classify judges all elements below one, from the outside in. before is how much prose
// comes before them.
func (p *page) classify(n *html.Node, before int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || unread(c) {
			continue
		}
		p.before = before
		before += p.sizes[c].prose
		switch v := p.judge(c); v {
		case keep:
			p.classify(c, before-p.sizes[c].prose)
		case whole:
		case unlinked:
			p.keepUnlinked(c)
		default:
			p.drop(c, v)
		}
	}
}

func (p *page) drop(n *html.Node, v verdict) {
	p.dropped[n] = v
	z := p.sizes[n]
	for a := n.Parent; a != nil; a = a.Parent {
		t := p.minus[a]
		t.add(z)
		p.minus[a] = t
	}
}

// keepUnlinked drops what is a link or has no words, and keeps the rest.
func (p *page) keepUnlinked(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		z := p.sizes[c]
		switch {
		case dom.IsHeading(c) && z.headings > 0 && len(dom.Find(c, atom.A)) > 0 && ownText(c) == "": // a title that is a link
		case dom.Is(c, atom.A, atom.Button, atom.Nav, atom.Form, atom.Ul, atom.Select):
			p.drop(c, chrome)
		case dom.IsInline(c):
		case z.words == 0 || z.linked(50):
			p.drop(c, chrome)
		default:
			p.keepUnlinked(c)
		}
	}
}

// clean is what an element holds without what is dropped in it.
func (p *page) clean(n *html.Node) size {
	z, m := p.sizes[n], p.minus[n]
	return size{z.words - m.words, z.links - m.links, z.prose - m.prose, z.headings - m.headings, z.controls - m.controls}
}

// isTarget reports whether something on the page opens an element.
func (p *page) isTarget(n *html.Node) bool {
	id := dom.Attr(n, "id")
	return id != "" && p.targets[id]
}

// inMain reports whether a node lies in a part that the page marks as its main one.
func (p *page) inMain(n *html.Node) bool { return p.below(n, p.mains) }

// inDocument reports whether a node lies in the main part, an article or a section.
func (p *page) inDocument(n *html.Node) bool {
	for a := n.Parent; a != nil; a = a.Parent {
		if dom.Is(a, atom.Main, atom.Article, atom.Section) || dom.Role(a) == "main" {
			return true
		}
	}
	return false
}

// isAmid reports whether an element that is being judged stands amid the page's prose, as
// the headers of a document's sections do and those of a site don't.
func (p *page) isAmid(z size) bool { return p.before > 0 && p.all.prose > p.before+z.prose }

// inFlow reports whether a node stands among paragraphs, lists or headings.
func (p *page) inFlow(n *html.Node) bool {
	if n.Parent == nil {
		return false
	}
	for c := n.Parent.FirstChild; c != nil; c = c.NextSibling {
		if c != n && (dom.Is(c, atom.P, atom.Ul, atom.Ol, atom.Blockquote, atom.Table) || dom.IsHeading(c)) &&
			p.sizes[c].words > p.sizes[c].links {
			return true
		}
	}
	return false
}

func (p *page) titlesIn(n *html.Node) int {
	found := 0
	for _, h := range dom.Find(n, atom.H1) {
		found += p.sizes[h].headings
	}
	return found
}

// holdsTitle reports whether the document's title is in an element: a heading of the first
// rank, or one that says what the page's title begins with.
func (p *page) holdsTitle(n *html.Node) bool {
	if p.titlesIn(n) > 0 {
		return true
	}
	parts := titleParts(p.title)
	return len(parts) > 0 && slices.ContainsFunc(append(dom.All(n, dom.IsHeading), n), func(h *html.Node) bool {
		own := strings.TrimSpace(parts[0])
		return p.sizes[h].headings > 0 && (strings.EqualFold(dom.Start(h, 200), own) || strings.EqualFold(ownText(h), own))
	})
}

// ownText is the words of a heading that are in no link or button.
func ownText(h *html.Node) string {
	var b strings.Builder
	for d := range h.Descendants() {
		if d.Type == html.TextNode && dom.Ancestor(d, atom.A, atom.Button) == nil {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// titleParts takes a page's title apart into its own and those of its site.
func titleParts(title string) []string {
	return strings.FieldsFunc(title, func(r rune) bool { return strings.ContainsRune("|-–—·•:", r) })
}

// isSiteName reports whether the title in a header is the site's name: the last part of
// the page's title, or one of its parts where another heading is another one.
func (p *page) isSiteName(header *html.Node) bool {
	titles := dom.Find(header, atom.H1)
	parts := titleParts(p.title)
	if len(parts) < 2 || len(titles) == 0 {
		return false
	}
	name := dom.Text(titles[0])
	is := func(part, text string) bool { return strings.EqualFold(strings.TrimSpace(part), text) }
	if is(parts[len(parts)-1], name) {
		return true
	}
	return slices.ContainsFunc(parts, func(part string) bool { return is(part, name) }) &&
		slices.ContainsFunc(p.runs, func(r run) bool {
			return p.isTitle(r) && !dom.Within(r.block, header) && slices.ContainsFunc(parts, func(part string) bool {
				return !is(part, name) && is(part, p.textOf(r))
			})
		})
}
