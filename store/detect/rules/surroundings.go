package rules

import (
	"strings"

	"fineprint/store/text/clause"
)

// surroundings are what stands around a document on its page: what is before its
// body, which begins where sentences prevail, and what is after it.
type surroundings struct {
	doc           *clause.Document
	shapes        []shape
	head, tail    int   // the body is the clauses from head up to tail
	before, after signs // of page chrome
	menu          int   // up to which clause there is a menu at the very top
}

// signs are where page chrome shows among clauses: the first and the last of
// them, and how many there are.
type signs struct {
	first, last int
	chrome      int // that every site has around its pages
	links       int // to pages of the same site
}

const (
	// minSentence is how many words a sentence of the body has, and wide how many
	// clauses are looked at together, half of which must be such; fewer in a short
	// document with much around it.
	minSentence = 10
	wide        = 10
	// minSigns is how many signs of page chrome there must be, and minChrome how
	// many of them, after the body, that every site has.
	minSigns  = 3
	minChrome = 2
	// minMenu is how many short lines at the very top are a menu.
	minMenu = 4
)

// around returns the surroundings of a side's document.
func (s *side) around() *surroundings {
	if s.surroundings == nil {
		s.surroundings = findSurroundings(s.doc)
	}
	return s.surroundings
}

func findSurroundings(d *clause.Document) *surroundings {
	n := len(d.Clauses)
	a := &surroundings{doc: d, shapes: shapesOf(d)}
	body := make([]bool, n)
	for i := range body {
		body[i] = d.Clauses[i].Kind != clause.Heading &&
			(a.shapes[i] == sentence && hasWords(d.Words(i), minSentence) || a.isLedIn(i))
	}
	a.tail = n // of no document at all
	for w := wide; w > 0; w /= 3 {
		if head := a.edge(body, 0, 1, w); head < n {
			a.head, a.tail = head, a.edge(body, n-1, -1, w)+1
			break
		}
	}
	a.before, a.after = a.signsIn(0, a.head), a.signsIn(a.tail, n)
	a.widen()
	a.menu = a.menuEnd()
	return a
}

// edge returns the first clause of the body, in steps of by, from which on half
// of as many clauses as w are of it; headings and marks don't count. It is past
// the end when there is none.
func (a *surroundings) edge(body []bool, from, by, w int) int {
	i := from
	for ; i >= 0 && i < len(body); i += by {
		seen, of := 0, 0
		for j := i; body[i] && j >= 0 && j < len(body) && seen < w; j += by {
			switch {
			case body[j]:
				of++
				seen++
			case a.doc.Clauses[j].Kind != clause.Heading && a.shapes[j] != blank:
				seen++
			}
		}
		if of > 0 && of*2 >= seen {
			break
		}
	}
	return i
}

// isLedIn reports whether a clause is an item of a list that is led in by words
// with a colon.
func (a *surroundings) isLedIn(i int) bool {
	for c := &a.doc.Clauses[i]; c.Lead != clause.None; c = &a.doc.Clauses[c.Lead] {
		lead := strings.TrimRight(a.doc.Words(int(c.Lead)), "*_ \n")
		if strings.HasSuffix(lead, ":") || strings.HasSuffix(lead, "：") {
			return true
		}
		if a.shapes[c.Lead] == sentence {
			return false
		}
	}
	return false
}

// hasWords reports whether a text has at least n words.
func hasWords(s string, n int) bool {
	for range strings.FieldsSeq(s) {
		if n--; n == 0 {
			return true
		}
	}
	return false
}

func (a *surroundings) signsIn(from, to int) signs {
	g := signs{first: to, last: from - 1}
	for i := from; i < to; i++ {
		if !a.shapes[i].isSign() || a.isLedIn(i) {
			continue
		}
		g.first, g.last = min(g.first, i), i
		switch {
		case a.shapes[i] != chrome:
			g.links++
		case isCopyrightLine(clause.Visible(a.doc.Words(i))):
			g.chrome += minChrome
		default:
			g.chrome++
		}
	}
	return g
}

// widen takes in the links between the signs and the edges of the page, and at its
// top a menu without links, unless a heading with marks stands above it.
func (a *surroundings) widen() {
	first, lines, marked := a.before.first, 0, false
	for i := range first {
		if a.shapes[i] != sentence {
			lines++
		}
		source := a.doc.Words(i)
		marked = marked || a.doc.Clauses[i].Kind == clause.Heading && (source[0] == '#' || strings.Contains(source, "\n"))
	}
	switch {
	case first >= wide && lines*5 >= first*4 && !marked:
		a.before.first = 0
	case a.atEdge(0, first):
		a.before.first = 0
	}
	if a.atEdge(a.after.last+1, len(a.shapes)) {
		a.after.last = len(a.shapes) - 1
	}
}

// atEdge reports whether there are nothing but links and marks in a stretch.
func (a *surroundings) atEdge(from, to int) bool {
	for i := from; i < to; i++ {
		if a.shapes[i] != blank && !a.shapes[i].isLink() {
			return false
		}
	}
	return true
}

// menuEnd returns up to which clause there are nothing but short lines and links
// at the very top, before the first heading; 0 when they are few or no heading follows.
func (a *surroundings) menuEnd() int {
	i, entries := 0, 0
	for ; i < a.head && a.doc.Clauses[i].Kind != clause.Heading; i++ {
		switch {
		case a.shapes[i] == sentence || a.isLedIn(i):
			return 0
		case a.shapes[i] != blank:
			entries++
		}
	}
	if entries < minMenu || i == a.head {
		return 0
	}
	return i
}

// isAround reports whether a clause is page chrome around the document.
func isAround(s *side, i int) bool {
	if !mayBeAround(s.doc, i) {
		return false
	}
	a := s.around()
	switch {
	case a.shapes[i] == sentence || a.isLedIn(i):
		return false
	case i < a.head:
		return a.isBefore(i)
	}
	return i >= a.tail && a.isAfter(i)
}

// mayBeAround rules out most clauses at a glance. // work limit
func mayBeAround(d *clause.Document, i int) bool {
	source := d.Words(i)
	return len(source) <= maxLinks && (strings.IndexByte(source, '[') >= 0 || !hasWords(source, maxImageLink))
}

// isBefore reports whether a clause before the body is page chrome: of a menu at
// the very top, or between the first and the last sign of such.
func (a *surroundings) isBefore(i int) bool {
	if i < a.menu {
		return true
	}
	g := a.before
	if g.chrome+g.links < minSigns || i < g.first || i > g.last {
		return false
	}
	return a.doc.Clauses[i].Kind != clause.Heading || a.shapes[i].isLink() || a.headsLines(i) && !namesDocument(clause.Visible(a.doc.Words(i)))
}

// headsLines reports whether what follows a heading is a short line or a link.
func (a *surroundings) headsLines(i int) bool {
	return i+1 < len(a.shapes) && a.shapes[i+1] != sentence && !a.isLedIn(i+1)
}

// isAfter reports whether a clause after the body is page chrome: a link between
// signs of such, or a short line among links.
func (a *surroundings) isAfter(i int) bool {
	g := a.after
	if i < g.first || i > g.last || g.chrome < minChrome && (g.chrome == 0 || g.links < minSigns) {
		return false
	}
	switch c := &a.doc.Clauses[i]; {
	case a.shapes[i] == blank:
		return true
	case c.Kind == clause.Item:
		return a.isMenuList(i)
	case a.shapes[i].isLink():
		return true
	}
	return i > 0 && i+1 < len(a.shapes) && a.shapes[i+1].isLink() &&
		(a.shapes[i-1].isLink() || a.doc.Clauses[i].Kind == clause.Heading)
}

// isMenuList reports whether the list that an item is in has signs of page
// chrome, and isn't mostly links to legal documents.
func (a *surroundings) isMenuList(i int) bool {
	from, to := i, i+1
	for from > 0 && a.doc.Clauses[from-1].Kind == clause.Item {
		from--
	}
	for to < len(a.shapes) && a.doc.Clauses[to].Kind == clause.Item {
		to++
	}
	found, legal := 0, 0
	for j := from; j < to; j++ {
		if a.shapes[j].isSign() {
			found++
		}
		if namesDocument(clause.Visible(a.doc.Words(j))) {
			legal++
		}
	}
	return found > 0 && legal*2 <= to-from
}
