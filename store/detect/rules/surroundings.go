package rules

import (
	"strings"

	"fineprint/store/text/clause"
)

// surroundings are what stands around a document on its page: what is before its
// body, which begins where sentences prevail, and what is after it.
type surroundings struct {
	doc           *clause.Document
	shapes        []shape // as far as they were asked for
	site          string  // the domain of the page, as far as its links tell
	head, tail    int     // the body is the clauses from head up to tail
	before, after signs   // of page chrome
	menu          int     // up to which clause there is a menu at the very top
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
	a := &surroundings{doc: d, shapes: make([]shape, n), tail: n} // of no document at all
	for w := wide; w > 0; w /= 3 {
		if head := a.edge(0, 1, w); head < n {
			a.head, a.tail = head, a.edge(n-1, -1, w)+1
			break
		}
	}
	a.findSite()
	a.before, a.after = a.signsIn(0, a.head), a.signsIn(a.tail, n)
	a.widen()
	a.menu = a.menuEnd()
	return a
}

// isBody reports whether a clause is of the document itself.
func (a *surroundings) isBody(i int) bool {
	return a.doc.Clauses[i].Kind != clause.Heading &&
		(hasWords(a.doc.Words(i), minSentence) && a.shape(i) == sentence || a.isLedIn(i))
}

// edge returns the first clause of the body, in steps of by: two such in a row
// under a heading with marks, or one from which on half of as many clauses as w
// are of it; headings and marks don't count. It is past the end when there is
// none.
func (a *surroundings) edge(from, by, w int) int {
	i := from
	for ; i >= 0 && i < len(a.shapes); i += by {
		if !a.isBody(i) {
			continue
		}
		if next := i + by; a.isMarked(i) && next >= 0 && next < len(a.shapes) && a.isBody(next) {
			break
		}
		seen, of := 0, 0
		for j := i; j >= 0 && j < len(a.shapes) && seen < w; j += by {
			switch {
			case a.isBody(j):
				of++
				seen++
			case a.doc.Clauses[j].Kind != clause.Heading && a.shape(j) != blank:
				seen++
			}
		}
		if of*2 >= seen {
			break
		}
	}
	return i
}

// isMarked reports whether a clause is under a heading that has the marks of one.
func (a *surroundings) isMarked(i int) bool {
	under := a.doc.Clauses[i].Under
	return under != clause.None && hasMarks(a.doc.Words(int(under)))
}

func hasMarks(heading string) bool { return heading[0] == '#' || strings.Contains(heading, "\n") }

// isLedIn reports whether a clause is an item of a list that is led in by words
// with a colon.
func (a *surroundings) isLedIn(i int) bool {
	for c := &a.doc.Clauses[i]; c.Lead != clause.None; c = &a.doc.Clauses[c.Lead] {
		lead := strings.TrimRight(a.doc.Words(int(c.Lead)), "*_ \n")
		if strings.HasSuffix(lead, ":") || strings.HasSuffix(lead, "：") {
			return true
		}
		if a.shape(int(c.Lead)) == sentence {
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
		if !a.shape(i).isSign() || a.isLedIn(i) {
			continue
		}
		g.first, g.last = min(g.first, i), i
		switch {
		case a.shape(i) != chrome:
			g.links++
		case isCopyrightLine(a.doc.Visible(i)):
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
		if a.shape(i) != sentence {
			lines++
		}
		marked = marked || a.doc.Clauses[i].Kind == clause.Heading && hasMarks(a.doc.Words(i))
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
		if a.shape(i) != blank && !a.shape(i).isLink() {
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
		case a.shape(i) == sentence || a.isLedIn(i):
			return 0
		case a.shape(i) != blank:
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
	if !mayBeAround(s.doc, i) || wholeShapeOf(s.doc, i) == sentence {
		return false
	}
	a := s.around()
	switch {
	case a.isLedIn(i):
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
	return a.doc.Clauses[i].Kind != clause.Heading || a.shape(i).isLink() ||
		a.headsLines(i) && !namesDocument(a.doc.Visible(i))
}

// headsLines reports whether what follows a heading is a short line or a link.
func (a *surroundings) headsLines(i int) bool {
	return i+1 < len(a.shapes) && a.shape(i+1) != sentence && !a.isLedIn(i+1)
}

// isAfter reports whether a clause after the body is page chrome: a link between
// signs of such, or a short line among links.
func (a *surroundings) isAfter(i int) bool {
	g := a.after
	if i < g.first || i > g.last || g.chrome < minChrome && (g.chrome == 0 || g.links < minSigns) {
		return false
	}
	kind := a.doc.Clauses[i].Kind
	if a.shape(i) == blank || kind == clause.Item || a.shape(i).isLink() {
		return a.shape(i) == blank || a.isMenuList(i)
	}
	return i > 0 && i+1 < len(a.shapes) && a.shape(i+1).isLink() &&
		(a.shape(i-1).isLink() || kind == clause.Heading)
}

// isMenuList reports whether the list, or the links in a row, that a clause is of
// have signs of page chrome and aren't mostly links to legal documents.
func (a *surroundings) isMenuList(i int) bool {
	kind := a.doc.Clauses[i].Kind
	goesOn := func(j int) bool {
		return j >= 0 && j < len(a.shapes) && a.doc.Clauses[j].Kind == kind &&
			(kind == clause.Item || a.shape(j).isLink() || a.shape(j) == blank)
	}
	from, to := i, i+1
	for goesOn(from - 1) {
		from--
	}
	for goesOn(to) {
		to++
	}
	found, legal := 0, 0
	for j := from; j < to; j++ {
		if a.shape(j).isSign() {
			found++
		}
		if namesDocument(a.doc.Visible(j)) {
			legal++
		}
	}
	return found > 0 && legal*2 <= to-from
}
