package find

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"fineprint/fetch"
	"fineprint/fetch/extract"
	"fineprint/fetch/termtype"
)

// page is a page that is searched.
type page struct {
	address *url.URL // where it is in the end
	lang    string
	links   []link
	more    bool // it has more links than are looked at
}

// link is a link of it.
type link struct {
	address   *url.URL
	text      string
	labels    []string // what else names it: title, rel, aria-label
	lang      string   // hreflang
	page      string   // the language of the page it is on
	container int      // number of the part of the page that holds it and other links
	prose     bool     // it stands within a sentence
	chrome    bool     // it stands in a menu, head, foot or margin
	menu      bool     // it stands in a menu or head that is in no foot
}

// readPage reads a page's links.
func readPage(r fetch.Response) (*page, error) {
	address, err := url.Parse(r.FinalURL)
	if err != nil {
		return nil, fmt.Errorf("%w: its address can't be read", ErrUnread)
	}
	root, err := extract.Parse(r.Body, r.MediaType)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnread, err)
	}
	address.Fragment = ""
	doc := goquery.NewDocumentFromNode(root)
	p := &page{address: address, lang: langOf(doc)}
	base := address
	if href, ok := doc.Find("base[href]").First().Attr("href"); ok {
		if u, err := address.Parse(strings.TrimSpace(href)); err == nil {
			base = u
		}
	}
	parts := &around{map[*html.Node]int{}, map[*html.Node]bool{}, map[*html.Node]bool{}}
	doc.Find("a[href], area[href], link[rel][href]").EachWithBreak(func(_ int, a *goquery.Selection) bool {
		if len(p.links) == maxLinks {
			p.more = true
			return false
		}
		if l, ok := readLink(a, base); ok {
			l.page = p.lang
			l.container = parts.container(a.Get(0))
			l.prose, l.chrome, l.menu = parts.place(a.Get(0))
			p.links = append(p.links, l)
		}
		return true
	})
	return p, nil
}

// readLink reads one link; false for what leads to no other page.
func readLink(a *goquery.Selection, base *url.URL) (link, bool) {
	href := strings.TrimSpace(a.AttrOr("href", ""))
	u, err := base.Parse(href)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.HasPrefix(href, "#") {
		return link{}, false
	}
	u.Fragment, u.User = "", nil
	l := link{address: u, text: oneLine(textOf(a.Get(0))), lang: a.AttrOr("hreflang", "")}
	rel := strings.ToLower(a.AttrOr("rel", ""))
	if a.Is("link") && !strings.Contains(rel, "privacy-policy") && !strings.Contains(rel, "terms-of-service") {
		return link{}, false
	}
	if strings.Contains(rel, "privacy-policy") || strings.Contains(rel, "terms-of-service") {
		l.labels = append(l.labels, rel)
	}
	for _, name := range []string{"aria-label", "title", "alt"} {
		if v := oneLine(a.AttrOr(name, "")); v != "" {
			l.labels = append(l.labels, v)
		}
	}
	return l, true
}

// maxText bounds the text of a link or of what is around it, in bytes.
const maxText = 2000

// textOf returns what a part of a page says, with its pictures' descriptions.
func textOf(n *html.Node) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if b.Len() > maxText {
			return
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			return
		}
		switch n.Data {
		case "script", "style", "template":
			return
		case "img":
			for _, a := range n.Attr {
				if a.Key == "alt" {
					b.WriteString(" " + a.Val + " ")
				}
			}
		case "br", "p", "div", "li", "td":
			b.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	s := b.String()
	return s[:min(len(s), maxText)]
}

func oneLine(s string) string { return strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ") }

// around keeps what was learnt of the parts of a page, so that a page of a hundred
// thousand siblings is looked through once.
type around struct {
	numbers map[*html.Node]int // of the containers
	several map[*html.Node]bool
	beside  map[*html.Node]bool
}

// container returns the number of the nearest part of a page that holds other links than
// this, too.
func (a *around) container(n *html.Node) int {
	up := n.Parent
	for up != nil && up.Data != "body" && !a.holdsSeveral(up) {
		up = up.Parent
	}
	if _, known := a.numbers[up]; !known {
		a.numbers[up] = len(a.numbers)
	}
	return a.numbers[up]
}

func (a *around) holdsSeveral(n *html.Node) bool {
	if several, known := a.several[n]; known {
		return several
	}
	links, budget := 0, maxNodes
	for c := n.FirstChild; c != nil && links < 2 && budget > 0; c = c.NextSibling {
		if holdsLink(c, &budget) {
			links++
		}
	}
	a.several[n] = links > 1
	return links > 1
}

// maxNodes is how many parts of a part are looked at for a link.
const maxNodes = 2000

func holdsLink(n *html.Node, budget *int) bool {
	if *budget--; *budget < 0 || n.Type != html.ElementNode {
		return false
	}
	if n.Data == "a" {
		return true
	}
	for c := n.FirstChild; c != nil && *budget > 0; c = c.NextSibling {
		if holdsLink(c, budget) {
			return true
		}
	}
	return false
}

// minProse is how many bytes a sentence has beside the links in it.
const minProse = 25

// hasSentence reports whether a block has text beside its links.
func (a *around) hasSentence(n *html.Node) bool {
	if _, known := a.beside[n]; !known {
		a.beside[n] = len(besideLinks(n)) >= minProse
	}
	return a.beside[n]
}

// place reports whether a link stands within a sentence, whether in what is around a
// page's main part, and whether in a menu of it.
func (a *around) place(n *html.Node) (prose, chrome, menu bool) {
	block, foot := true, false
	for up := n.Parent; up != nil; up = up.Parent {
		switch up.Data {
		case "p", "div", "li", "td", "form", "section", "small", "label", "dd":
			if block {
				prose, block = a.hasSentence(up), false
			}
		case "nav", "header":
			chrome, menu, block = true, true, false
		case "footer", "aside":
			chrome, foot, block = true, true, false
		}
	}
	return prose, chrome, menu && !foot
}

// besideLinks returns the text that stands in a block outside all links and blocks.
func besideLinks(n *html.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil && b.Len() < maxText; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.Type == html.ElementNode && slices.Contains([]string{"span", "em", "strong", "b"}, c.Data):
			b.WriteString(besideLinks(c))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

var articlePath = regexp.MustCompile(`(?i)/(blog|blogs|news|press|newsroom|articles?|posts?|story|stories|magazine|journal|` +
	`events?|podcasts?|recipes?|products?|shop|collections|jobs|careers|forum|forums|threads?|topics?|questions?|tags?|` +
	`category|categories|wiki|author|solutions|platform|use-cases|services|practices?|practice-areas|resources|features|` +
	`insights|learn|guides?|glossary|templates?|tools|academy|courses|19\d\d|20\d\d)(/|$)`)

// article reports whether a link leads to what tells about documents, by its path.
func (l link) article() bool { return articlePath.MatchString(l.address.Path) }

const (
	// maxRest is how many words may stand beside a document's full name, and
	// maxRestHub beside any name in the main part of a page that lists documents.
	maxRest    = 4
	maxRestHub = 6
	// maxRestTerms is how many may stand beside "Terms" where more documents than
	// these words stand beside the link: "Payment terms".
	maxRestTerms = 2
	// maxWords is how long a text may be that names nothing, where the path does.
	maxWords = 6
)

// guess returns what a link leads to; its type is "" where that is no document.
func (l link) guess(own []string, hub bool) termtype.Guess {
	said := termtype.Text(l.text, own...)
	for _, label := range l.labels {
		if g := termtype.Text(label, own...); g.Type != "" && (said.Type == "" || g.Strength > said.Strength) {
			said = g
		}
	}
	path := termtype.Path(l.address.String(), own...)
	none := termtype.Guess{}
	switch {
	case said.Type == termtype.Setting || path.Type == termtype.Setting && said.Strength < termtype.Full:
		return none
	case l.article() && (said.Rest > 0 || said.Strength < termtype.Bare):
		return none
	case said.Type == termtype.Hub:
		return said
	case said.Strength == termtype.Full && (said.Rest <= maxRest || path.Type == said.Type):
		return said
	case said.Strength == termtype.Bare:
		return said
	case said.Type != "" && path.Type == said.Type && path.Strength >= termtype.Bare && said.Rest <= maxRest:
		return stronger(said)
	case said.Type != "" && hub && !l.chrome && said.Rest <= maxRestHub:
		return stronger(said)
	case said.Type != "" && (said.Rest == 0 || said.Type == termtype.TermsOfService && said.Rest <= maxRestTerms):
		return said // weak: what stands beside it decides
	case said.Type == "" && path.Type != termtype.Hub && path.Strength >= termtype.Bare &&
		len(strings.Fields(l.text)) <= maxWords:
		path.Language = ""
		return path
	}
	return none
}

// stronger is a weak guess that something else confirms.
func stronger(g termtype.Guess) termtype.Guess {
	g.Strength = max(g.Strength, termtype.Bare)
	return g
}

// headOf returns the title and the language of a document's page.
func headOf(r fetch.Response) (title, lang string) {
	if extract.IsPDF(r.MediaType, r.Body) {
		return "", ""
	}
	root, err := extract.Parse(r.Body, r.MediaType)
	if err != nil {
		return "", ""
	}
	doc := goquery.NewDocumentFromNode(root)
	for _, css := range []string{"title", "h1"} {
		if title = oneLine(doc.Find(css).First().Text()); title != "" {
			break
		}
	}
	return shorten(title), langOf(doc)
}

// maxTitle is how long a title may be, in characters.
const maxTitle = 200

func shorten(s string) string {
	if r := []rune(s); len(r) > maxTitle {
		return string(r[:maxTitle]) + "…"
	}
	return s
}

func langOf(doc *goquery.Document) string {
	root := doc.Find("html").First()
	return firstOf(language(root.AttrOr("lang", "")), language(root.AttrOr("xml:lang", "")))
}

var languageTag = regexp.MustCompile(`^([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{2,8})*)$`)

// language returns a language's tag as it is written everywhere, "" for what is none.
func language(said string) string {
	said, _, _ = strings.Cut(strings.TrimSpace(said), ",")
	parts := languageTag.FindStringSubmatch(said)
	if parts == nil {
		return ""
	}
	return strings.ToLower(parts[1]) + strings.ReplaceAll(parts[2], "_", "-")
}
