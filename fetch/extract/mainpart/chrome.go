package mainpart

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/extract/dom"
)

// verdict is what is done with an element of a page.
type verdict uint8

const (
	keep verdict = iota
	// chrome is what is no document by what it holds: its prose doesn't count.
	chrome
	// place is what stands where documents don't: its prose counts as left out.
	place
	// whole keeps an element with all that is in it.
	whole
	// unlinked keeps of an element what is no link.
	unlinked
)

const (
	// mostConsent and mostBanner are how many words a consent box has at most, where its
	// name says what it is and where only its wording does.
	mostConsent = 600
	mostBanner  = 150
	// mostSignUp is how many words there are around the field of a newsletter.
	mostSignUp = 120
	// mostLabel is how many words chrome without sentences has, such as a toolbar.
	mostLabel = 40
	// buttonWords is from how many words on a button says what a right is used by.
	buttonWords = 3
)

// judge says what is done with an element, by its tag, role and names as evidence and
// by what it holds.
func (p *page) judge(n *html.Node) verdict {
	z, names, role := p.sizes[n], dom.Names(n), dom.Role(n)
	switch {
	case dom.Is(n, atom.Select):
		return p.judgeSelect(n)
	case dom.Is(n, atom.Button) || role == "button" && !dom.Is(n, atom.A):
		return p.judgeButton(n)
	case dom.Is(n, atom.A):
		return p.judgeLink(n, names)
	case p.holdsMost(z):
		return keep
	case p.isConsent(n, z, names, role):
		return chrome
	case dom.Is(n, atom.Form):
		return p.judgeForm(n, z, names, role)
	case dom.Is(n, atom.Dialog) || role == "dialog" || role == "alertdialog" || dom.Attr(n, "aria-modal") == "true":
		return p.judgeDialog(n, z)
	case dom.Is(n, atom.Nav) || role == "navigation" || role == "menu" || role == "menubar" || role == "search":
		return unless(z.prose >= longWords && !z.linked(50), chrome)
	case dom.Is(n, atom.Header) || role == "banner":
		return p.judgeHeader(n, z)
	case dom.Is(n, atom.Footer) || role == "contentinfo":
		return p.judgeFooter(n, z)
	case dom.Is(n, atom.Aside) || role == "complementary":
		return p.judgeAside(n, z, names)
	case dom.Is(n, atom.Ul) && p.isMenu(n, z), p.isSignUp(n, z):
		return chrome
	case role == "tablist":
		return whole
	case p.isMore(n, z), p.isAlert(n, z, names, role):
		return place
	}
	return p.judgeNamed(n, z, names)
}

// unless is keep where a reason to keep holds, else another verdict.
func unless(keeps bool, v verdict) verdict {
	if keeps {
		return keep
	}
	return v
}

// holdsMost reports whether an element has half of the page's prose, or of its words
// where there is no prose: then it is no chrome, whatever it is called.
func (p *page) holdsMost(z size) bool {
	if p.all.prose > 0 {
		return z.prose*2 >= p.all.prose
	}
	return z.words*2 >= p.all.words
}

// isConsent recognises a box that asks for consent: by a known tool's name, else by its
// name or place, its wording and its buttons.
func (p *page) isConsent(n *html.Node, z size, names, role string) bool {
	if isKnownBox(dom.Attr(n, "id"), dom.Classes(n)) {
		return true
	}
	if z.controls == 0 && z.links == 0 || z.words > mostConsent {
		return false
	}
	named := dom.HasName(names, "cookie", "cookies", "consent", "gdpr", "ccpa", "cookiebar", "cookiebox", "cookieconsent")
	modal := dom.Is(n, atom.Dialog) || strings.HasSuffix(role, "dialog") || role == "alert" || role == "region"
	if !named && !modal && (z.words > mostBanner || p.inMain(n)) {
		return false
	}
	if !named && !consentTopic.MatchString(dom.Start(n, 4000)) {
		return false
	}
	return slices.ContainsFunc(p.answersOf(n), consentAnswer.MatchString)
}

// answersOf lists what the buttons of an element say, links that look like one too.
func (p *page) answersOf(n *html.Node) []string {
	var said []string
	for _, b := range dom.All(n, func(d *html.Node) bool {
		return dom.Is(d, atom.Button) || dom.Role(d) == "button" || dom.Is(d, atom.Input) || dom.Is(d, atom.A)
	}) {
		if dom.Is(b, atom.Input) {
			said = append(said, dom.Attr(b, "value"))
		} else {
			said = append(said, dom.Start(b, 60))
		}
	}
	return said
}

// judgeForm keeps the prose of a form: what one agrees to stands beside the box. Forms
// to search, to sign in and to subscribe are chrome.
func (p *page) judgeForm(n *html.Node, z size, names, role string) verdict {
	fields := fieldsOf(n)
	switch {
	case role == "search" || fields.search || fields.password:
		return unless(z.prose >= 2*mostSignUp, chrome)
	case fields.isSignUp() && z.words <= mostSignUp && (newsletter.MatchString(names) ||
		slices.ContainsFunc(p.answersOf(n), newsletter.MatchString)):
		return chrome
	case z.prose == 0 && z.headings == 0 && fields.choices == 0:
		return chrome
	}
	return keep
}

// isSignUp reports whether an element is the field of a newsletter and what is around it.
func (p *page) isSignUp(n *html.Node, z size) bool {
	if dom.IsInline(n) || z.words > mostSignUp || z.controls+z.links == 0 || n.DataAtom == atom.Body {
		return false
	}
	if z.controls == 0 && p.inMain(n) || z.controls > 0 && !dom.Is(n, atom.Form, atom.Div, atom.Section, atom.Aside) {
		return false
	}
	if fieldsOf(n).isSignUp() {
		return !p.inMain(n) && slices.ContainsFunc(p.answersOf(n), newsletter.MatchString)
	}
	form := dom.Is(n, atom.Form) || len(dom.Find(n, atom.Form, atom.Button)) > 0
	return z.words <= mostSignUp/2 && newsletterTopic.MatchString(dom.Start(n, 1000)) &&
		(form || !p.inMain(n) && slices.ContainsFunc(p.answersOf(n), signUpAnswer.MatchString))
}

// isMore reports whether an element outside of the main part, or a small one in it, is
// other reading: its first heading says so, and it has links.
func (p *page) isMore(n *html.Node, z size) bool {
	if !dom.Is(n, atom.Div, atom.Section, atom.Article) || z.links == 0 || z.prose*4 > p.all.prose || z.headings == 0 {
		return false
	}
	if z.prose > 0 && !z.linked(15) || p.isDocuments(n) {
		return false // "recent changes" of the document
	}
	h := dom.All(n, dom.IsHeading)
	return len(h) > 0 && more.MatchString(dom.Start(h[0], 100)) && strings.HasPrefix(dom.Start(n, 200), dom.Start(h[0], 100))
}

// formFields is which fields a form has.
type formFields struct {
	search, password, email, area bool
	texts, choices                int
}

func (f formFields) isSignUp() bool { return f.email && !f.area && f.texts <= 4 }

func fieldsOf(form *html.Node) (f formFields) {
	for _, d := range dom.Find(form, atom.Input, atom.Textarea) {
		kind, name := strings.ToLower(dom.Attr(d, "type")), strings.ToLower(dom.Attr(d, "name"))
		switch {
		case d.DataAtom == atom.Textarea:
			f.area = true
		case kind == "password":
			f.password = true
		case kind == "search" || name == "q" || name == "s" || name == "query" || name == "search":
			f.search = true
		case kind == "checkbox" || kind == "radio":
			f.choices++
		case kind == "email" || strings.Contains(name, "email"):
			f.email = true
			f.texts++
		case kind == "" || kind == "text" || kind == "tel":
			f.texts++
		}
	}
	return f
}

// judgeDialog keeps a dialog that the document opens, or that stands in it.
func (p *page) judgeDialog(n *html.Node, z size) verdict {
	f := fieldsOf(n)
	switch {
	case z.words == 0 || f.password || f.search || f.isSignUp() && z.words <= mostSignUp:
		return chrome
	case z.prose > 0 && (p.inMain(n) || p.isTarget(n)):
		return keep
	case z.prose > 0:
		return place
	}
	// A table or list that the document opens, such as its fees.
	return unless(p.isTarget(n) && !z.linked(25) && len(dom.Find(n, atom.Table, atom.Li, atom.Dl)) > 0, chrome)
}

// judgeHeader keeps the header of a document or section. Of a site's header only the
// document's title is kept, where it stands nowhere else.
func (p *page) judgeHeader(n *html.Node, z size) verdict {
	if (p.inDocument(n) || p.isAmid(z) && !z.linked(50)) && !isSiteOwn(n) {
		return unless(z.words > z.links || z.words == 0, chrome)
	}
	if p.holdsTheTitle(n, z) {
		return unlinked
	}
	return place
}

// holdsTheTitle reports whether the page's only titles are in an element, and no site's
// name.
func (p *page) holdsTheTitle(n *html.Node, z size) bool {
	return z.headings > 0 && p.titles == p.titlesIn(n) && p.titles > 0 && !p.isSiteName(n)
}

// isSiteOwn reports whether a header or footer is called the site's.
func isSiteOwn(n *html.Node) bool {
	id := strings.ToLower(dom.Attr(n, "id"))
	return id == "header" || id == "footer" || id == "site-header" || id == "site-footer" || id == "masthead" || id == "colophon"
}

// judgeFooter keeps what a document ends with: words that are neither links nor a
// copyright. A site's footer stays out.
func (p *page) judgeFooter(n *html.Node, z size) verdict {
	text := dom.Start(n, 4000)
	if !p.inDocument(n) && !p.isAmid(z) || isSiteOwn(n) || strings.Contains(text, "©") && z.links > 0 {
		return place
	}
	if z.linked(50) || copyright.MatchString(text) && z.prose < longWords {
		return chrome
	}
	return unless(z.prose > 0 || dated.MatchString(text) || z.links+z.controls == 0, chrome)
}

// judgeAside keeps an aside that stands in the flow of a document and says something.
func (p *page) judgeAside(n *html.Node, z size, names string) verdict {
	switch {
	case z.linked(50):
		return chrome
	case isPromotion(names):
		return place
	case p.inMain(n) || p.inFlow(n):
		return keep
	}
	return place
}

// isMenu reports whether a list in levels is nothing but links to other pages: a
// site's menu that isn't marked as one. Tables of contents lead to places on their own
// page, and lists of partners have one level or words.
func (p *page) isMenu(n *html.Node, z size) bool {
	if !z.linked(90) || z.words < menuLinks || len(dom.Find(n, atom.Ul)) == 0 {
		return false
	}
	links, here := 0, 0
	for _, a := range dom.Find(n, atom.A) {
		if href := dom.Attr(a, "href"); href != "" {
			links++
			if strings.Contains(href, "#") {
				here++
			}
		}
	}
	return links >= menuLinks && here*2 <= links
}

// menuLinks is from how many links on a list in levels is a site's menu.
const menuLinks = 20

func isPromotion(names string) bool {
	return dom.HasName(names, "promo", "promotion", "promotional", "advert", "advertisement", "ads", "sponsored",
		"teaser", "cta", "upsell")
}

// judgeNamed judges an element by the name that its page gives it, and what it holds.
func (p *page) judgeNamed(n *html.Node, z size, names string) verdict {
	if names == "" || dom.IsHeading(n) ||
		dom.Is(n, atom.P, atom.Table, atom.Thead, atom.Tbody, atom.Tr, atom.Td, atom.Th) ||
		dom.IsInline(n) && n.DataAtom != atom.Span {
		return keep
	}
	short := z.prose == 0 && (z.linked(50) || z.words <= mostLabel && z.headings == 0 && z.controls > 0)
	switch {
	case dom.HasName(names, "editsection", "headerlink"):
		return chrome
	case dom.HasName(names, "comments", "respond", "disqus") && (fieldsOf(n).area || !p.inDocument(n) || z.words <= mostLabel),
		dom.HasName(names, "printfooter", "catlinks", "sitenotice"), strings.Contains(names, " site notice "),
		strings.Contains(names, " page id "), strings.Contains(names, " doc info ") && z.prose == 0:
		return chrome
	case dom.HasName(names, "announcement", "announcements") && !p.inDocument(n) && z.words <= mostLabel:
		return place
	case p.before == 0 && dom.HasName(names, "header", "masthead") && z.headings > 0 && z.words <= mostLabel && p.isSiteName(n):
		return place
	case p.before == 0 && (dom.HasName(names, "author", "avatar") || strings.Contains(names, " article meta ")):
		return p.judgeMeta(n, z)
	case strings.Contains(names, " article info ") || strings.Contains(names, " entry meta ") ||
		strings.Contains(names, " post meta ") || dom.HasName(names, "byline", "metadata", "postinfo"):
		return p.judgeMeta(n, z)
	case dom.HasName(names, "header", "masthead", "topbar", "footer", "colophon") && !p.inDocument(n) && z.prose == 0 &&
		z.headings == 0 && (!p.isAmid(z) || z.links+z.controls > 0):
		text := dom.Start(n, 1000)
		return unless(dated.MatchString(text) && !copyright.MatchString(text), chrome)
	case dom.HasName(names, "breadcrumb", "breadcrumbs", "navbar", "nav", "navigation", "menu", "pagination", "pager",
		"share", "sharing", "social", "toolbar", "topbar", "votes", "feedback", "helpful", "skip", "addtoany",
		"switcher", "trace"):
		if short && p.holdsTheTitle(n, z) {
			return unlinked
		}
		return unless(!short, chrome)
	case dom.HasName(names, "footer", "colophon") && z.prose > 0 && z.links+z.controls+z.headings > 0 &&
		strings.Contains(dom.Start(n, 4000), "©"):
		return p.judgeFooter(n, z)
	case dom.HasName(names, "popup", "offcanvas", "lightbox") && !p.inMain(n):
		return p.judgeDialog(n, z)
	case dom.HasName(names, "related", "recommended", "recommendations", "relatives", "sidebar", "footer", "colophon"),
		strings.Contains(names, " read next "), strings.Contains(names, " you may "):
		return unless(z.prose > 0 || !z.linked(50), chrome)
	case dom.HasName(names, "newsletter", "subscribe", "signup", "mailchimp"):
		return unless(z.words > mostSignUp || !fieldsOf(n).isSignUp(), chrome)
	case isPromotion(names) && (z.prose*100 < p.all.prose*maxPromotion || z.words <= mostLabel) && (z.links > 0 || z.controls > 0 || !p.inMain(n)):
		return place
	}
	return keep
}

// isAlert reports whether an element is what a site has to say on each of its pages, which
// stands above the title.
func (p *page) isAlert(n *html.Node, z size, names, role string) bool {
	if role != "alert" && !dom.HasName(names, "alert", "alerts", "alertbar") || z.words > mostLabel {
		return false
	}
	first := -1
	p.anyRun(n, func(r run) bool { first = p.runAt[r.first]; return true })
	return first >= 0 && first < p.titleAt && !p.isDocuments(n)
}

// judgeMeta keeps of what is told about an article only its date.
func (p *page) judgeMeta(n *html.Node, z size) verdict {
	if z.prose > 0 || z.headings > 0 || z.words > mostLabel {
		return keep
	}
	if !effective.MatchString(dom.Start(n, 1000)) {
		return chrome
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && !dated.MatchString(dom.Start(c, 1000)) {
			p.drop(c, chrome)
		}
	}
	return keep
}

// maxPromotion is how many of a hundred words of prose a promotion has at most.
const maxPromotion = 15

// judgeLink drops links that lead to the main part or back to the top.
func (p *page) judgeLink(n *html.Node, names string) verdict {
	href := dom.Attr(n, "href")
	if !dom.HasText(n) {
		return unless(!isHome(href) && !dom.HasName(names, "logo", "brand"), chrome)
	}
	if h := dom.HeadingAround(n); h != nil && p.isHeadingMark(n, h) {
		return chrome
	}
	if !strings.Contains(href, "#") || p.says[blockOf(n)] {
		return keep
	}
	text := dom.Start(n, 100)
	if p.leadsUp(n, href, text) {
		return chrome
	}
	if skipLink.MatchString(text) || dom.HasName(names, "skip") ||
		(href == "#" || strings.HasSuffix(href, "#top")) &&
			(plainButton.MatchString(text) || edgeLabel.MatchString(text)) {
		return chrome
	}
	return keep
}

// leadsUp reports whether a link leads to what holds both it and most of the page, as
// links back to the top do that stand alone below each section.
func (p *page) leadsUp(a *html.Node, href, text string) bool {
	if p.jumps[href+" "+text] < 2 || href[0] != '#' || len(href) < 2 || dom.Text(blockOf(a)) != text {
		return false
	}
	for up := a.Parent; up != nil; up = up.Parent {
		if dom.Attr(up, "id") == href[1:] {
			return p.holdsMost(p.sizes[up])
		}
	}
	return false
}

// isHeadingMark reports whether a link beside a heading's own words is what the page has at
// its headings: "print", or a link to the place that says the same at each of them.
func (p *page) isHeadingMark(a, h *html.Node) bool {
	text := dom.Start(a, 100)
	return (edgeLabel.MatchString(text) || p.headMarks[text] > 1 && strings.HasPrefix(dom.Attr(a, "href"), "#")) &&
		ownText(h) != ""
}

// isHome reports whether an address is a site's front page.
func isHome(href string) bool {
	u, err := url.Parse(href)
	return err == nil && href != "" && (u.Path == "/" || u.Path == "" && u.Host != "") && u.RawQuery == ""
}

// judgeButton keeps the buttons that open a part of the document, those in a sentence
// and those that say what they are for.
func (p *page) judgeButton(n *html.Node) verdict {
	label := dom.Start(n, 200)
	switch {
	case !dom.HasLetters(label):
		return chrome
	case dom.IsToggle(n) || dom.HeadingAround(n) != nil:
		return keep
	case p.says[blockOf(n)], p.opensNext(n):
		return keep
	case plainButton.MatchString(label) || dom.Ancestor(n, atom.Form) != nil:
		return chrome
	}
	return unless(countWords(label) >= buttonWords, chrome)
}

// opensNext reports whether what is called a button is the title of the block after it.
func (p *page) opensNext(n *html.Node) bool {
	next := n.NextSibling
	for next != nil && next.Type != html.ElementNode {
		next = next.NextSibling
	}
	return !dom.Is(n, atom.Button) && next != nil && !dom.IsInline(next) && dom.Role(next) != "button" &&
		p.sizes[next].words > 0 && p.sizes[next].controls == 0 && !p.sizes[next].linked(50)
}

// judgeSelect keeps what is chosen in a sentence.
func (p *page) judgeSelect(n *html.Node) verdict {
	block := blockOf(n)
	return unless(dom.Is(block, atom.P, atom.Li, atom.Td) && p.says[block], chrome)
}

// blockOf is the innermost block around a node.
func blockOf(n *html.Node) *html.Node {
	for p := n.Parent; p != nil; p = p.Parent {
		if !dom.IsInline(p) {
			return p
		}
	}
	return n
}

// countWords counts words; two characters of a script without spaces are about one.
func countWords(s string) int {
	words, wide, open := 0, 0, false
	for _, r := range s {
		switch {
		case isWide(r):
			wide++
			open = false
		case r == ' ':
			open = false
		case !open:
			words++
			open = true
		}
	}
	return words + (wide+1)/2
}
