package mainpart

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/extract/dom"
	"fineprint/store/model"
)

const (
	// mainShare and articleShare are how many of a hundred words of the page's prose a
	// part must have that is marked as the main one, and one that is an article.
	mainShare    = 60
	articleShare = 75
	// besideWords is from how many words on prose beside the main part is the
	// document's too.
	besideWords = 25
)

// Parts returns the parts of the page that are the document, in order, without what is
// chrome in them. It takes that out of the page.
func (p *Page) Parts() []*html.Node {
	parts := p.Document()
	for n := range p.dropped {
		for _, part := range parts {
			if n != part && dom.Within(n, part) {
				dom.Remove(n)
				break
			}
		}
	}
	return parts
}

// measureOf is the prose of a part, its words where the page has no prose.
func (p *page) measureOf(n *html.Node) int {
	if p.clean(p.body).prose > 0 {
		return p.clean(n).prose
	}
	return p.clean(n).words
}

// choose finds the elements that hold the document: where the page marks them, unless
// most of its prose is elsewhere, else the smallest that leaves nothing out.
func (p *page) choose() []*html.Node {
	all := p.measureOf(p.body)
	for _, c := range []struct {
		marked []*html.Node
		share  int
	}{{p.mains, mainShare}, {p.articles, articleShare}} {
		var holders []*html.Node
		sum, words := 0, 0
		for _, n := range c.marked {
			if m := p.measureOf(n); m > 0 && !p.isDropped(n) {
				holders = append(holders, n)
				sum += m
				words += p.clean(n).words
			}
		}
		if len(holders) == 0 || sum*100 < all*c.share && words*100 < p.clean(p.body).words*articleShare {
			continue
		}
		if len(holders) > 1 && dom.Is(holders[0], atom.Article) {
			return []*html.Node{p.narrow(commonHolder(holders))}
		}
		return holders
	}
	return []*html.Node{p.narrow(p.body)}
}

func (p *page) isDropped(n *html.Node) bool {
	for a := n; a != nil; a = a.Parent {
		if p.dropped[a] != keep {
			return true
		}
	}
	return false
}

// narrow goes down to the smallest element beside which there is nothing but links.
func (p *page) narrow(n *html.Node) *html.Node {
	for {
		var best *html.Node
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && p.dropped[c] == keep && (best == nil || p.measureOf(c) > p.measureOf(best)) {
				best = c
			}
		}
		if best == nil || !dom.Is(best, atom.Div, atom.Section, atom.Article, atom.Main, atom.Form) &&
			best.DataAtom != 0 || p.measureOf(best) == 0 {
			return n
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c != best && !p.isPeripheral(c) {
				return n
			}
		}
		n = best
	}
}

// isPeripheral reports whether nothing is lost without a node.
func (p *page) isPeripheral(n *html.Node) bool {
	if n.Type == html.TextNode {
		return strings.TrimSpace(n.Data) == ""
	}
	if n.Type != html.ElementNode || p.dropped[n] != keep || unread(n) {
		return true
	}
	z := p.clean(n)
	if dom.IsInline(n) {
		return dom.Is(n, atom.A, atom.Button, atom.Input) || !dom.HasText(n)
	}
	return z.words == 0 || z.prose == 0 && z.headings == 0 && z.linked(50) && !inForce(dom.Start(n, 1000))
}

// commonHolder is the innermost node that holds all of some nodes.
func commonHolder(nodes []*html.Node) *html.Node {
	for a := nodes[0].Parent; a != nil; a = a.Parent {
		if !slices.ContainsFunc(nodes, func(n *html.Node) bool { return !dom.Within(n, a) }) {
			return a
		}
	}
	return nodes[0]
}

// besides adds to the parts the document's title, where it stands before them, and prose
// beside them that nothing speaks against.
func (p *page) besides(parts []*html.Node) []*html.Node {
	titled := slices.ContainsFunc(parts, p.holdsTitle)
	var all []*html.Node
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type != html.ElementNode || p.dropped[c] != keep || unread(c):
			case slices.Contains(parts, c):
				all = append(all, c)
			case slices.ContainsFunc(parts, func(part *html.Node) bool { return dom.Within(part, c) }):
				walk(c)
			case p.isBeside(c):
				all = append(all, c)
			case !titled && len(all) == 0 && p.holdsTitle(c):
				p.keepUnlinked(c)
				title := c
				if h := dom.All(c, dom.IsHeading); dom.IsInline(c) && len(h) == 1 {
					title = h[0] // in bold it would be no heading
				}
				all = append(all, title)
				titled = true
			}
		}
	}
	if slices.Contains(parts, p.body) {
		return parts
	}
	walk(p.body)
	return all
}

// isBeside reports whether an element outside of the main part is prose of the document.
func (p *page) isBeside(n *html.Node) bool {
	z, names := p.clean(n), dom.Names(n)
	return (z.prose >= besideWords || z.prose > 0 && p.isDocuments(n)) &&
		!z.linked(5) && z.controls == 0 && !isPromotion(names) && !isTeaser(n) &&
		!dom.HasName(names, "card", "cards", "more", "related", "hero", "banner", "posts", "blog", "news") ||
		dom.Is(n, atom.Dialog) || dom.Role(n) == "dialog"
}

// isTeaser reports whether headings in an element lead to other pages.
func isTeaser(n *html.Node) bool {
	return slices.ContainsFunc(dom.All(n, dom.IsHeading), func(h *html.Node) bool {
		if a := dom.Ancestor(h, atom.A); a != nil {
			return true
		}
		return slices.ContainsFunc(dom.Find(h, atom.A), func(a *html.Node) bool {
			href := dom.Attr(a, "href")
			return href != "" && href[0] != '#' && dom.Start(a, 200) == dom.Start(h, 200)
		})
	})
}

const (
	// maxPassages and maxPassage bound what is told of the prose that was left out.
	maxPassages = 5
	maxPassage  = 200
)

// Document returns the parts that are the document as [Page.Parts] does, with what is
// chrome in them.
func (p *Page) Document() []*html.Node {
	parts := p.besides(p.choose())
	p.trim(parts)
	return parts
}

// LeftOut says how much of the page's prose is in none of the parts, and the first of it.
// Prose of chrome doesn't count, nor what was removed from the page before [Look]; with
// among, only prose in those elements does.
func (p *Page) LeftOut(parts, among []*html.Node) model.LeftOut {
	var left model.LeftOut
	var block *html.Node
	all, out := 0, 0
	for _, r := range p.runs {
		if !r.prose {
			continue
		}
		where := p.whereIs(r.first, parts)
		if where == chrome || copyright.MatchString(r.first.Data) && r.words <= mostLabel {
			continue
		}
		if where == place && among != nil && p.whereIs(r.first, among) != keep {
			continue
		}
		all += r.words
		if where == keep {
			continue
		}
		out += r.words
		if len(left.Passages) < maxPassages && r.block != block {
			left.Passages = append(left.Passages, clip(dom.Text(r.block)))
		}
		block = r.block
	}
	if all > 0 {
		left.Share = float64(out) / float64(all)
	}
	return left
}

// whereIs is keep for what is in a part, chrome for what is in chrome, else place.
func (p *page) whereIs(n *html.Node, parts []*html.Node) verdict {
	where := place
	for a := n; a != nil; a = a.Parent {
		if slices.Contains(parts, a) {
			return keep
		}
		if p.dropped[a] == chrome {
			where = chrome
		}
	}
	return where
}

func clip(s string) string {
	if r := []rune(s); len(r) > maxPassage {
		return string(r[:maxPassage-1]) + "…"
	}
	return s
}
