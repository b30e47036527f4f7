package rules

import (
	"strings"

	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// shape is what a clause looks like, whatever it says.
type shape uint8

const (
	unknown    shape = iota // not looked at yet
	sentence                // what may say something
	blank                   // marks without words
	shortLine               // a few words that say nothing by themselves
	otherLink               // links alone, to other sites, to places on the page, or to legal documents
	siteLink                // links alone, to pages of the same site
	brokenLink              // part of a link that is broken over several clauses
	chrome                  // what every site has around its pages: words of a navigation, a line of copyright
)

func (s shape) isLink() bool { return s >= otherLink }
func (s shape) isSign() bool { return s >= siteLink }

const (
	// maxShortLine is how many words a short line has, maxImageLink how many a
	// link with an image.
	maxShortLine = 5
	maxImageLink = 16
	// maxBroken is over how many clauses a link may be broken.
	maxBroken = 4
)

// shape returns what a clause looks like.
func (a *surroundings) shape(i int) shape {
	if a.shapes[i] != unknown {
		return a.shapes[i]
	}
	found := wholeShapeOf(a.doc, i)
	if found == siteLink && a.site != "" {
		found = a.linkTo(siteOf(a.doc.Words(i)))
	}
	a.shapes[i] = found
	return found
}

// linkTo returns the shape of links that lead to a site, "" for that of the page.
func (a *surroundings) linkTo(site string) shape {
	if a.site != "" && site != "" && site != a.site {
		return otherLink
	}
	return siteLink
}

// wholeShapeOf is shapeOf of a clause, or brokenLink for one that is part of such.
func wholeShapeOf(d *clause.Document, i int) shape {
	for j := max(0, i-maxBroken+1); j <= i; j++ {
		if brokenEnd(d, j) >= max(i, 1) {
			return brokenLink
		}
	}
	return shapeOf(d, i)
}

// findSite finds the site that most links before and after the body lead to: that
// of the page. Links to others have another shape.
func (a *surroundings) findSite() {
	type links struct {
		clause int
		site   string
	}
	var found []links
	sites := map[string]int{}
	for i := range a.shapes {
		if i >= a.head && i < a.tail || a.shape(i) != siteLink {
			continue
		}
		site := siteOf(a.doc.Words(i))
		sites[site]++
		found = append(found, links{i, site})
	}
	most := 0
	for site, n := range sites {
		if site != "" && (n > most || n == most && site < a.site) {
			a.site, most = site, n
		}
	}
	for _, l := range found {
		a.shapes[l.clause] = a.linkTo(l.site)
	}
}

// shapeOf returns the shape of one clause; that of links is siteLink unless it is
// plain from the clause alone that they lead elsewhere. It is noted with the document.
func shapeOf(d *clause.Document, i int) shape {
	if known := shape(d.Note(i)); known != unknown {
		return known
	}
	found := findShape(d, i)
	d.SetNote(i, uint8(found))
	return found
}

func findShape(d *clause.Document, i int) shape {
	source := d.Words(i)
	linked := strings.Contains(source, "](")
	if isLanguageLine(source) && d.Clauses[i].Kind != clause.Row {
		return otherLink
	}
	if len(source) > maxLinks || !linked && len(source) > maxCopyrightSource {
		return sentence
	}
	outside, inside, anchors := "", []string(nil), 0
	if linked {
		outside, inside, anchors = splitLinks(source)
		if hasWords(outside, maxCopyrightWords+minSentence) {
			return sentence
		}
	} else if hasWords(source, maxCopyrightWords+minSentence) {
		return sentence
	}
	v := undoubled(strings.ReplaceAll(d.Visible(i), "&.", "&"))
	switch {
	case !hasWord(v):
		return blank
	case len(source) < maxCopyrightSource && isCopyrightLine(v):
		return chrome
	case len(inside) > 0 && !hasWord(clause.Visible(outside)):
		return shapeOfLinks(source, inside, anchors)
	case d.Clauses[i].Kind == clause.Row || !isShort(v, maxShortLine) || strings.ContainsAny(v, ".;:0123456789"):
		return sentence
	case namesRight(v):
		return sentence
	case navigation[strings.ToLower(v)]:
		return chrome
	}
	return shortLine
}

// undoubled returns words that stand there twice over but once.
func undoubled(visible string) string {
	if n := len(visible) / 2; len(visible)%2 == 1 && visible[:n] == visible[n+1:] && visible[n] == ' ' {
		return visible[:n]
	}
	return visible
}

func shapeOfLinks(source string, texts []string, anchors int) shape {
	limit := maxLinkWords
	if strings.Contains(source, "![") {
		limit = maxImageLink
	}
	found := siteLink
	for _, text := range texts {
		switch {
		case !isShort(text, maxImageLink) || namesRight(text):
			return sentence
		case navigation[strings.ToLower(strings.Trim(text, " .:"))] && anchors == 0:
			found = chrome
		case found == siteLink && (anchors > 0 || hasWords(text, limit+1) || namesDocument(text)):
			found = otherLink
		}
	}
	return found
}

// isShort reports whether words are few and no sentence: without a modal verb or
// a negation, and not about somebody who does something.
func isShort(visible string, most int) bool {
	words := strings.Fields(visible)
	if len(words) > most || len(words) > 2 && pronouns[strings.ToLower(words[0])] {
		return false
	}
	for _, w := range words {
		w = strings.Trim(w, ".,:;!?()*")
		if w != "" && (redline.Modal(w) || redline.Negation(w)) || companies[w] {
			return false
		}
	}
	return true
}

// pronouns are pronouns that begin a sentence.
var pronouns = wordSetOf("we you i they it he she this these those that users members nous vous ils elles wir sie ihr",
	"nosotros ustedes nós você noi voi")

// companies are what the names of companies end with: who that is means
// something.
var companies = wordSetOf("Ltd Limited LLC LLP Inc Inc. Corp Corporation GmbH AG SE SA SAS SARL BV NV AB Oy AS ApS Pty",
	"PLC plc Srl SRL SpA S.A. S.L. B.V. N.V. Co KK Lda EOOD OÜ")

// namesDocument reports whether words name a legal document: which there are means something.
func namesDocument(visible string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(visible)) {
		if documents[strings.Trim(w, ".,:;()&")] {
			return true
		}
	}
	return false
}

// documents are what legal documents are called.
var documents = wordSetOf("terms conditions policy policies agreement agreements notice statement addendum dpa",
	"guidelines rules standards license licence code schedule exhibit annex appendix datenschutz bedingungen",
	"nutzungsbedingungen agb richtlinie richtlinien politique charte règles",
	"términos política condiciones normas termos regras",
	"condizioni regole informativa")

// siteOf returns the domain that the first link of a clause with a whole address leads to, ""
// when all stay on the same site.
func siteOf(source string) string {
	for {
		n := strings.Index(source, "](")
		if n < 0 {
			return ""
		}
		source = source[n+2:]
		if strings.HasPrefix(source, "http") {
			if end := strings.IndexAny(source, ") \n\""); end >= 0 {
				source = source[:end]
			}
			return domain(source)
		}
	}
}

// brokenEnd returns the last clause of a link that begins in clause i and is
// broken over several, 0 when there is none.
func brokenEnd(d *clause.Document, i int) int {
	source := d.Words(i)
	if len(source) > maxLinks || strings.IndexByte(source, '[') < 0 ||
		strings.Count(source, "[") <= strings.Count(source, "]") {
		return 0
	}
	words := 0
	for j := i; j < len(d.Clauses) && j < i+maxBroken; j++ {
		outside, _, _ := splitLinks(d.Words(j))
		text, _, closed := strings.Cut(outside, "](")
		v := clause.Visible(text)
		words += len(strings.Fields(v))
		if words > maxImageLink || namesRight(v) || !isShort(v, maxImageLink) {
			return 0
		}
		if closed && j > i {
			return j
		}
	}
	return 0
}
