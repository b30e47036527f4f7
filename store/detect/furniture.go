package detect

import (
	"strings"

	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// edges are the stretches at the beginning and the end of a document that are
// page furniture: before head and from tail on. They are looked for when they
// are first asked for.
type edges struct {
	d          *clause.Document
	head, tail int
	found      bool
}

// maxEdge bounds how many clauses an edge may have.
const maxEdge = 120

func (e *edges) furniture(i int) bool {
	if i >= maxEdge && i < len(e.d.Clauses)-maxEdge {
		return false
	}
	if !e.found {
		e.find()
	}
	return i < e.head || i >= e.tail
}

// find looks for the page furniture around a document: links alone and the few
// words that group them, among which are some that every site has, or a line of
// copyright.
func (e *edges) find() {
	d, n := e.d, len(e.d.Clauses)
	e.head, e.tail, e.found = 0, n, true
	look := func(from, by int) (end, sure int) {
		links := 0
		end = from
		for i := from; i >= 0 && i < n && (i-from)*by < maxEdge; i += by {
			kind, known := linkage(d, i)
			if kind == prose {
				break
			}
			if kind == links1 {
				links++
				end = i + by
			}
			if kind == copyrightKind {
				sure += 2
				end = i + by
			}
			sure += known
		}
		if links < 2 && sure < 2 {
			return from, 0
		}
		return end, sure
	}
	if end, sure := look(0, 1); sure >= 2 {
		e.head = end
	}
	if end, sure := look(n-1, -1); sure >= 2 && end+1 >= e.head {
		e.tail = end + 1
	}
}

type linkKind int

const (
	prose linkKind = iota
	links1
	few
	copyrightKind
)

// linkage says whether a clause is links alone, a few words, or prose, and how
// many of its words are such that every site has them in its navigation.
func linkage(d *clause.Document, i int) (kind linkKind, known int) {
	words := d.Words(i)
	if len(words) > 3000 {
		return prose, 0
	}
	outside, inside, anchors := splitLinks(words)
	switch {
	case len(words) < 400 && copyrightLine(clause.Visible(words)):
		return copyrightKind, 0
	case len(inside) > 0 && strings.IndexFunc(clause.Visible(outside), isWordRune) < 0:
		for _, text := range inside {
			if len(strings.Fields(text)) > 7 {
				return prose, 0
			}
			if navigation[strings.ToLower(strings.Trim(text, " .:"))] {
				known++
			}
		}
		if anchors == len(inside) {
			known = min(known, 1) // a table of contents
		}
		return links1, known
	}
	v := clause.Visible(words)
	if len(strings.Fields(v)) <= 4 && !strings.ContainsAny(v, ".;!?0123456789") && d.Clauses[i].Kind != clause.Row && d.Clauses[i].Kind != clause.Item {
		if navigation[strings.ToLower(v)] {
			known = 1
		}
		return few, known
	}
	return prose, 0
}

// menuLinks is how many links with nothing but spaces between them are a menu.
const menuLinks = 4

// isRelated reports whether a clause is a link alone under a heading that says
// it leads to other articles.
func isRelated(d *clause.Document, i int) bool {
	under := d.Clauses[i].Under
	if under == clause.None || !relatedHeadings[strings.ToLower(strings.Trim(clause.Visible(d.Words(int(under))), " :"))] {
		return false
	}
	outside, inside, _ := splitLinks(d.Words(i))
	return len(inside) > 0 && strings.IndexFunc(clause.Visible(outside), isWordRune) < 0
}

var relatedHeadings = lines(`related articles
related topics
related pages
related links
related help
related
other ways to get help
recommended articles
popular articles
more articles`)

// isMenu reports whether a clause is links without a word or a space between
// them, or many with spaces alone, as menus read, or leads to the pages before
// and after.
func isMenu(d *clause.Document, i int) bool {
	words := d.Words(i)
	if len(words) > 3000 || d.Clauses[i].Kind == clause.Item && !strings.Contains(words, ")[") {
		return false
	}
	outside, inside, _ := splitLinks(words)
	if len(inside) < 2 || strings.IndexFunc(clause.Visible(outside), isWordRune) >= 0 {
		return false
	}
	first, last := strings.ToLower(inside[0]), strings.ToLower(inside[len(inside)-1])
	return len(inside) >= menuLinks && d.Clauses[i].Kind != clause.Row && strings.TrimSpace(outside) == "" || strings.Count(words, ")[") >= len(inside)-1 ||
		len(inside) == 2 && strings.HasPrefix(first, "prev") && strings.HasPrefix(last, "next")
}

// splitLinks takes the links out of a clause: the words outside, the words of
// each link, and how many lead to a place on the same page.
func splitLinks(s string) (outside string, inside []string, anchors int) {
	var b strings.Builder
	tail := len(s) - strings.LastIndexByte(s, ')') // from where no link ends any more
	for {
		open := strings.IndexByte(s, '[')
		if open < 0 || len(s)-open < tail {
			b.WriteString(s)
			return b.String(), inside, anchors
		}
		mid, end := linkAt(s[open:])
		if end == 0 {
			b.WriteString(s[:open+1])
			s = s[open+1:]
			continue
		}
		b.WriteString(strings.TrimSuffix(s[:open], "!"))
		text := clause.Visible(s[open+1 : open+mid])
		if text != "" {
			inside = append(inside, text)
			if strings.HasPrefix(s[open+mid+1:], "(#") {
				anchors++
			}
		}
		s = s[open+end:]
	}
}

// linkAt finds the link that begins at s[0]: where its words end and where it
// ends; end is 0 when there is none.
func linkAt(s string) (mid, end int) {
	if mid = redline.LinkWords(s); mid == 0 {
		return 0, 0
	}
	n := strings.IndexByte(s[mid:], ')')
	if n < 0 {
		return 0, 0
	}
	return mid, mid + n + 1
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
english
deutsch
español
français
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

var titleWords = set("terms of service use conditions and the privacy policy policies notice statement cookie cookies community guidelines standards rules developer user agreement legal imprint copyright law enforcement help center data processing addendum brand trademark our")

// isTitle reports whether a clause is a heading at the document's very
// beginning that only says what kind of document it is.
func isTitle(d *clause.Document, i int) bool {
	if i > 2 || d.Clauses[i].Kind != clause.Heading || d.Clauses[i].Level > 2 {
		return false
	}
	known, other := 0, 0
	for _, w := range strings.Fields(strings.ToLower(clause.Visible(d.Words(i)))) {
		if titleWords[w] {
			known++
		} else {
			other++ // the platform's name
		}
	}
	return known >= 2 && other <= 2
}
