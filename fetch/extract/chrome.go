package extract

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// chrome is the page chrome around a document: menus, heads and feet. It is taken
// away when no selector names the document.
const chrome = "nav, header, footer, aside, form, dialog, button, select, [role=navigation], [role=banner], " +
	"[role=contentinfo], [role=complementary], [role=dialog], [role=alertdialog], [role=search]"

// banners are the boxes of the usual consent tools, and what other sites call
// theirs.
const banners = "#onetrust-consent-sdk, #onetrust-banner-sdk, #CybotCookiebotDialog, #usercentrics-root, " +
	"#didomi-host, #truste-consent-track, .qc-cmp2-container, .cc-window, " +
	"[id*=cookie-banner i], [class*=cookie-banner i], [id*=cookiebanner i], [class*=cookiebanner i], " +
	"[id*=cookie-consent i], [class*=cookie-consent i], [id*=cookieconsent i], [class*=cookieconsent i], " +
	"[id*=cookie-notice i], [class*=cookie-notice i], [id*=gdpr-banner i], [class*=gdpr-banner i]"

// mainWords is the least that the main part of a page has, in characters.
const mainWords = 200

// mainParts finds the document on a page: where the page itself marks it, where
// a detection of main content sees it, else the whole body. Menus, banners and
// the like are taken out of it. Detection only finds where: what it would leave
// out there (lists of links, tables, short clauses) stays, and where it would
// lose most of the page's text it isn't followed.
func mainParts(doc *goquery.Document) []*html.Node {
	body := doc.Find("body")
	if body.Length() == 0 {
		return doc.Nodes
	}
	removeBoxes(body, banners)
	for _, css := range []string{"main", "[role=main]", "article"} {
		if found := doc.Find(css); found.Length() == 1 && textSize(found) > mainWords {
			removeBoxes(found, chrome)
			removeMenus(found)
			return found.Nodes
		}
	}
	removeBoxes(body, chrome)
	removeMenus(body)
	if part := detected(doc, body); part != nil {
		return []*html.Node{part}
	}
	return body.Nodes
}

// textSize is the length of a part's text, white space counted once. It is asked
// for so often that joining the text first took a sixth of all reading.
func textSize(s *goquery.Selection) int {
	var m measure
	for _, n := range s.Nodes {
		m.add(n)
	}
	return m.size
}

type measure struct {
	size int
	gap  bool // white space since the last word
}

func (m *measure) add(n *html.Node) {
	if n.Type == html.TextNode {
		for _, r := range n.Data {
			switch {
			case unicode.IsSpace(r):
				m.gap = m.size > 0
			case m.gap:
				m.size, m.gap = m.size+1+utf8.RuneLen(r), false
			default:
				m.size += utf8.RuneLen(r)
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		m.add(c)
	}
}

// removeBoxes takes away what matches in a part of a page, unless it holds half
// of its text: a page that is one form is not emptied.
func removeBoxes(part *goquery.Selection, css string) {
	all := textSize(part)
	part.Find(css).FilterFunction(func(_ int, s *goquery.Selection) bool { return textSize(s)*2 < all }).Remove()
}

// menuLinks is from how many links on a list in levels is a site's menu.
const menuLinks = 20

// removeMenus takes away lists in levels that are nothing but links to other
// pages: a site's menu that isn't marked as one. Tables of contents lead to
// places on their own page, and lists of partners have one level or words.
func removeMenus(part *goquery.Selection) {
	part.Find("ul").FilterFunction(func(_ int, s *goquery.Selection) bool {
		links := s.Find("a[href]")
		if links.Length() < menuLinks || s.Find("ul").Length() == 0 ||
			s.Find(`a[href*="#"]`).Length()*2 > links.Length() {
			return false
		}
		return textSize(links)*100 >= textSize(s)*90 && textSize(s)*2 < textSize(part)
	}).Remove()
}

// marker is the attribute by which a node is found again in a copy.
const marker = "data-fineprint-node"

// detected returns the element that holds all that the detection of main content
// keeps, nil when that would lose more than a third of the text.
func detected(doc *goquery.Document, body *goquery.Selection) *html.Node {
	all := textSize(body)
	if all < mainWords {
		return nil
	}
	var elements []*html.Node
	body.Find("*").Each(func(_ int, s *goquery.Selection) { elements = append(elements, s.Nodes[0]) })
	for i, n := range elements {
		n.Attr = append(n.Attr, html.Attribute{Key: marker, Val: strconv.Itoa(i)})
	}
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxNodes
	article, err := parser.ParseDocument(doc.Nodes[0], nil)
	for _, n := range elements {
		n.Attr = n.Attr[:len(n.Attr)-1]
	}
	if err != nil || article.Node == nil {
		return nil
	}
	var holder *html.Node
	goquery.NewDocumentFromNode(article.Node).Find("[" + marker + "]").Each(func(_ int, s *goquery.Selection) {
		i, err := strconv.Atoi(s.AttrOr(marker, ""))
		switch {
		case err != nil || i < 0 || i >= len(elements): // the page's own attribute
		case holder == nil:
			holder = elements[i]
		default:
			holder = commonHolder(holder, elements[i])
		}
	})
	if holder == nil || holder.DataAtom == atom.Body || holder.DataAtom == atom.Html {
		return nil
	}
	if textSize(goquery.NewDocumentFromNode(holder).Selection)*3 < all*2 {
		return nil
	}
	return holder
}

// commonHolder is the innermost node that is or holds both a and b.
func commonHolder(a, b *html.Node) *html.Node {
	above := map[*html.Node]bool{}
	for p := a; p != nil; p = p.Parent {
		above[p] = true
	}
	for p := b; p != nil; p = p.Parent {
		if above[p] {
			return p
		}
	}
	return a
}
