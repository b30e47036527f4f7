package rules

import (
	"strings"
	"unicode"

	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// edges are the stretches at the beginning and the end of a document that are
// page chrome: before head and from tail on.
type edges struct{ head, tail int }

const (
	// maxEdge bounds how many clauses an edge may have.
	maxEdge = 120
	// minSure is how many signs of page chrome an edge must have: words that
	// every site has in its navigation, a line of copyright counting for two.
	minSure = 2
)

// inEdge reports whether a clause is page chrome around the document.
func inEdge(s *side, i int) bool {
	if i >= maxEdge && i < len(s.doc.Clauses)-maxEdge {
		return false
	}
	if s.edges == nil {
		s.edges = findEdges(s.doc)
	}
	return (i < s.edges.head || i >= s.edges.tail) && !namesRight(s.doc.Visible(i))
}

// partWords are what the parts of a contract that stand elsewhere are called.
var partWords = wordSetOf("schedule annex annexe exhibit appendix addendum attachment anhang anlage bijlage allegato anexo",
	"bilaga bilag załącznik приложение")

// namesPart reports whether words begin with a part of the document that stands
// elsewhere: "Schedule 5: data plans".
func namesPart(visible string) bool {
	first, rest, _ := strings.Cut(visible, " ")
	return rest != "" && partWords[strings.ToLower(first)]
}

// otherOwner reports whether a line of copyright names another owner.
func (x *Context) otherOwner(i int) bool {
	p := x.Changes[i].Pair
	if p.Old == clause.None || p.New == clause.None {
		return false
	}
	owner := func(d *clause.Document, i int) string {
		v := strings.ToLower(d.Visible(i))
		return strings.Join(strings.FieldsFunc(v, func(r rune) bool { return !unicode.IsLetter(r) }), " ")
	}
	return isCopyrightLine(x.Old.Visible(p.Old)) && isCopyrightLine(x.New.Visible(p.New)) &&
		owner(x.Old, p.Old) != owner(x.New, p.New)
}

// findEdges looks for the page chrome around a document: links alone and the
// few words that group them, among which are some that every site has, or a
// line of copyright.
func findEdges(d *clause.Document) *edges {
	n := len(d.Clauses)
	e := &edges{tail: n}
	if end, sure := chromeFrom(d, 0, 1); sure >= minSure {
		e.head = end
	}
	if end, sure := chromeFrom(d, n-1, -1); sure >= minSure && end+1 >= e.head {
		e.tail = end + 1
	}
	return e
}

// chromeFrom walks from a clause on, in steps of by, as long as there is page
// chrome. It returns where the last link or copyright was and how many signs of
// page chrome there were.
func chromeFrom(d *clause.Document, from, by int) (end, sure int) {
	end = from
	for i := from; i >= 0 && i < len(d.Clauses) && (i-from)*by < maxEdge; i += by {
		kind, known := chromeKindOf(d, i)
		switch kind {
		case prose:
			return end, sure
		case onlyLinks:
			end = i + by
		case copyrightLine:
			sure += 2
			end = i + by
		}
		sure += known
	}
	return end, sure
}

// chromeKind is what a clause may be of the chrome of a page.
type chromeKind int

const (
	prose chromeKind = iota
	onlyLinks
	fewWords
	copyrightLine
)

const (
	// maxLinkWords is how many words a link of a navigation has, maxFewWords
	// what groups some.
	maxLinkWords = 7
	maxFewWords  = 4
	// maxCopyright is how long, in bytes, a line of copyright is, and
	// maxCopyrightWords how many words it has; maxCopyrightSource is how long it
	// is with its markup.
	maxCopyright       = 120
	maxCopyrightWords  = 8
	maxCopyrightSource = 400
)

// chromeKindOf returns whether a clause is links alone, a few words, or prose,
// and how many of its words are such that every site has them in its
// navigation.
func chromeKindOf(d *clause.Document, i int) (kind chromeKind, known int) {
	source := d.Words(i)
	if len(source) > maxLinks {
		return prose, 0
	}
	if len(source) < maxCopyrightSource && isCopyrightLine(d.Visible(i)) {
		return copyrightLine, 0
	}
	outside, inside, anchors := splitLinks(source)
	if len(inside) > 0 && !hasWord(clause.Visible(outside)) {
		return linksKind(inside, anchors)
	}
	v, c := d.Visible(i), d.Clauses[i].Kind
	if c == clause.Row || c == clause.Item || !isShort(v, maxFewWords) ||
		strings.ContainsAny(v, ".;!?0123456789") {
		return prose, 0
	}
	if navigation[strings.ToLower(v)] {
		known = 1
	}
	return fewWords, known
}

func linksKind(texts []string, anchors int) (kind chromeKind, known int) {
	for _, text := range texts {
		if len(strings.Fields(text)) > maxLinkWords {
			return prose, 0
		}
		if navigation[strings.ToLower(strings.Trim(text, " .:"))] {
			known++
		}
	}
	if anchors == len(texts) {
		known = min(known, 1) // a table of contents
	}
	return onlyLinks, known
}

// isCopyrightLine reports whether a clause is nothing but whose copyright the
// page is.
func isCopyrightLine(visible string) bool {
	if len(visible) >= maxCopyright || !strings.Contains(visible, "©") &&
		!strings.Contains(visible, "(") && !strings.Contains(visible, "opyright") {
		return false
	}
	return HasYear(visible) && copyright.MatchString(visible) && countWords(redline.Tokens(visible)) <= maxCopyrightWords
}

// navigation are words of links that sites have around every page.
var navigation = lines(`about
about us
careers
jobs
press
newsroom
news
blog
blog & updates
help
help center
help centre
support
contact
contact us
sign up
signup
log in
login
sign in
register
download
download app
developers
developer
advertise
advertising
facebook
twitter
x
instagram
youtube
linkedin
tiktok
discord
reddit
pinterest
sitemap
site map
accessibility
cookie settings
cookies settings
cookie preferences
manage cookies
privacy
privacy policy
terms
terms of service
terms of use
terms & conditions
community guidelines
legal
home
explore
company
investors
investor relations
brand
brand resources
language
shop
store
marketplace
business
creators
safety
safety center
transparency
transparency center
status
api
education
partners
previous
next
back
skip to content`)
