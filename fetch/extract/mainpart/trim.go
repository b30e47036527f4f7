package mainpart

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"fineprint/fetch/extract/dom"
)

// edgeLabel is what stands at a document's edges and is never of it: what one may do with
// its page.
var edgeLabel = dom.Pattern(`(?i)^\W*(print( this page)?|back to top|top|share( this( page| article)?)?|search|menu|` +
	`(was|did) this (article|page|answer)? ?help(ful|s)?( you)?|leave a (comment|reply)|edit( this page| on github)?|` +
	`report abuse|follow us|like|no labels|raw|copy|\d+ lines \(\d+ s?loc\).*|download|drucken|seite drucken|zum seitenanfang|nach oben|teilen|war dieser beitrag ` +
	`hilfreich|suche|imprimer|haut de page|partager|imprimir|volver arriba|compartir|drukuj|do góry|udostępnij|stampa|` +
	`torna su|condividi|ページの先頭へ|印刷|このページを共有|検索)\W*$`)

// isEdge reports whether a text says only what one may do with the page, or its age.
func isEdge(text string) bool { return edgeLabel.MatchString(text) || age.MatchString(text) }

// pager is what links begin with that lead to the pages beside.
var pager = dom.Pattern(`(?i)^\W*(previous|next|zurück|weiter|précédent|suivant|anterior|siguiente|poprzedni|następn|` +
	`precedente|successiv|vorige|volgende|前へ|次へ|السابق|التالي)`)

const (
	// labelWords is how many words the title of a list of links has at most.
	labelWords = 4
	// edgeLinks is from how many words in links on an edge is the page's own.
	edgeLinks = 3
	// coreShare is how many of a hundred words of prose the document's own element holds.
	coreShare = 85
	// bylineRuns is in how many lines below a title it stands who wrote the page, and
	// mostByline how many words such a line has at most.
	bylineRuns = 6
	mostByline = 15
	// mostPageNumber is how many words a line with a page's number has at most.
	mostPageNumber = 4
	// mostTitles is how many titles a foot has at most.
	mostTitles = 50
	// sectionRuns is how far back the section before one is looked for.
	sectionRuns = 1000
)

// trim drops what is around the document at the edges of its parts: links before its
// title and after its last sentence, the site's name, a copyright.
func (p *page) trim(parts []*html.Node) {
	var runs []run
	for _, r := range p.runs {
		if p.whereIs(r.first, parts) == keep && (!p.isDropped(r.first) || !p.isDropped(r.last)) {
			runs = append(runs, r)
		}
	}
	marked := slices.ContainsFunc(parts, func(n *html.Node) bool { return dom.Is(n, atom.Main, atom.Article) })
	p.trimHead(runs, marked)
	p.trimByline(runs)
	p.trimFoot(runs, marked)
	p.dropPageNumbers(runs)
}

// trimByline drops what stands between the title and the first sentence of who wrote the
// page and how long ago.
func (p *page) trimByline(runs []run) {
	title := slices.IndexFunc(runs, p.isTitle)
	for i := title + 1; title >= 0 && i < min(len(runs), title+bylineRuns) && !runs[i].prose && !p.isTitle(runs[i]); i++ {
		text := p.textOf(runs[i])
		if runs[i].words <= mostByline && (byline.MatchString(text) && !inForce(text) || age.MatchString(text)) {
			p.dropRun(runs[i])
		}
	}
}

// pageNumber is the number of a page and that of all of them, which a viewer writes below
// each.
var pageNumber = dom.Compile(`^\PN{0,10}(\d{1,4})\s*(?:/|of|von|de|sur|di|van|z|из|から)\s*(\d{1,4})\PN?$`)

// dropPageNumbers drops lines that count the pages up to the number of all.
func (p *page) dropPageNumbers(runs []run) {
	var lines []run
	next, of := 1, ""
	for _, r := range runs {
		if r.words > mostPageNumber {
			continue
		}
		found := pageNumber.FindStringSubmatch(p.textOf(r))
		if found == nil || found[1] != strconv.Itoa(next) || of != "" && found[2] != of {
			continue
		}
		of = found[2]
		lines = append(lines, r)
		next++
	}
	if len(lines) > 1 && of == strconv.Itoa(len(lines)) {
		for _, r := range lines {
			p.dropRun(r)
		}
	}
}

// isTitle reports whether a run is a heading that is more than a link, or the page's title.
func (p *page) isTitle(r run) bool { return dom.IsHeading(r.block) && p.sizes[r.block].headings > 0 }

// trimHead drops what stands before the first heading and is no text: links, and where the
// page marks no main part, short labels without a date.
func (p *page) trimHead(runs []run, marked bool) {
	first := slices.IndexFunc(runs, func(r run) bool { return p.isTitle(r) || r.prose })
	if first < 0 {
		return // nothing but labels: nothing is around anything
	}
	if !p.isTitle(runs[first]) {
		for i := 0; i < len(runs) && !marked && runs[i].words > 0 && runs[i].links*2 >= runs[i].words && p.leadsAway(runs[i]); i++ {
			p.dropRun(runs[i])
		}
		return
	}
	for _, r := range runs[:first] {
		text := p.textOf(r)
		if r.links*2 >= r.words && !inForce(text) || edgeLabel.MatchString(text) ||
			!marked && !r.prose && !dated.MatchString(text) && !dom.IsHeading(r.block) {
			p.dropRun(r)
		}
	}
}

// trimFoot drops what stands after the last sentence, item or row: links to other pages
// with their titles, labels of the page, and what begins with a copyright. What stands
// around the document's own element says nothing of what stands at the end of that.
func (p *page) trimFoot(runs []run, marked bool) {
	core, out := p.core(runs), len(runs)
	for out > 0 && !dom.Within(runs[out-1].first, core) {
		out--
	}
	from := p.footFrom(runs, out, len(runs), marked)
	if from == out && p.clean(p.body).prose > 0 { // without a sentence, what ends it are its entries
		from = p.footFrom(runs, 0, out, marked)
	}
	if from == 0 {
		return
	}
	for _, r := range runs[from:] {
		p.dropRun(r)
	}
	if from < len(runs) {
		p.dropPictures(runs[from].first, core)
	}
}

// dropPictures drops the pictures behind the first text of a foot that are outside of the
// document's own element.
func (p *page) dropPictures(foot, core *html.Node) {
	behind := false
	for d := range p.body.Descendants() {
		behind = behind || d == foot
		if behind && dom.Is(d, atom.Img) && !dom.Within(d, core) {
			p.dropped[d] = chrome
		}
	}
}

// titleOf is the first title of the first rank among runs, without one the first of any
// rank, -1 without any.
func (p *page) titleOf(runs []run) int {
	if i := slices.IndexFunc(runs, func(r run) bool { return dom.Is(r.block, atom.H1) && p.isTitle(r) }); i >= 0 {
		return i
	}
	return slices.IndexFunc(runs, p.isTitle)
}

// core is the smallest element that holds the title and nearly all of the prose, or
// more than the title where there is none.
func (p *page) core(runs []run) *html.Node {
	title := p.titleOf(runs)
	if title < 0 {
		return p.body
	}
	all := p.clean(p.body).prose
	for n := runs[title].block; n != nil; n = n.Parent {
		z := p.clean(n)
		if z.prose*100 >= all*coreShare && (all > 0 || z.words > runs[title].words) {
			return n
		}
	}
	return p.body
}

// footFrom is the first of the runs from low to high that is of the page's foot, high
// without one.
func (p *page) footFrom(runs []run, low, high int, marked bool) int {
	from, links, titles, right := high, 0, 0, false
foot:
	for from > low && titles < mostTitles {
		r := runs[from-1]
		text := p.textOf(r)
		copyrighted := !dom.IsHeading(r.block) && r.words <= mostLabel && isCopyright(text)
		switch {
		case inForce(text) || p.isLedTo(r.block) || copyrighted && p.isOfSection(runs, from-1):
			break foot
		case copyrighted || isEdge(text) || r.links == r.words && pager.MatchString(text):
		case marked:
			break foot
		case r.words > 0 && r.links*2 >= r.words && p.leadsAway(r):
			links += r.links
		case p.isTitle(r) && p.isSection(runs, from-1):
			return p.afterSection(runs, from-1, high)
		case p.isTitle(r) && !right:
			links = 0 // they are of a section of the document
			break foot
		case r.words <= labelWords && !r.ends && r.links == 0 && (links > 0 || right) && !inTable(r.block):
		case !p.isTitle(r) && !inTable(r.block) && p.followsCopyright(runs, from-1):
		default:
			break foot
		}
		right = right || copyrighted
		if p.isTitle(r) {
			titles++
		}
		from--
	}
	if !right && links < edgeLinks && (from == len(runs) || !isEdge(p.textOf(runs[from]))) {
		return high
	}
	return p.afterSentence(runs, from, high)
}

// isLedTo reports whether a block lies in a small part of the page that something leads to.
func (p *page) isLedTo(n *html.Node) bool {
	for ; n != nil && !p.holdsMost(p.sizes[n]); n = n.Parent {
		if p.isTarget(n) {
			return true
		}
	}
	return false
}

// inForce reports whether a text says since when a document is in force.
func inForce(text string) bool {
	return dated.MatchString(text) && effective.MatchString(text) && !copyright.MatchString(text)
}

// afterSentence is the first run from one on that isn't beside the sentence before it: the
// few links that a sentence of the document is followed by are its own.
func (p *page) afterSentence(runs []run, from, high int) int {
	if from == 0 || !runs[from-1].prose {
		return from
	}
	block := runs[from-1].block.Parent
	if block == nil || p.holdsMost(p.sizes[block]) ||
		len(dom.Find(block, atom.A)) >= edgeLinks && !p.isDocuments(block) {
		return from
	}
	for from < high && dom.Within(runs[from].first, block) {
		from++
	}
	return from
}

// isSection reports whether a heading stands beside an earlier one of its rank that has
// prose after it, as those of a document's sections do.
func (p *page) isSection(runs []run, i int) bool {
	h, prose := runs[i].block, false
	for k := i - 1; k >= max(0, i-sectionRuns); k-- {
		r := runs[k]
		if r.block != nil && r.block.DataAtom == h.DataAtom && r.block.Parent == h.Parent && p.isTitle(r) && prose {
			return true
		}
		prose = prose || r.prose && r.block != nil && r.block.Parent != nil && dom.Within(r.block, h.Parent)
	}
	return false
}

// isOfSection reports whether a line is all that stands below a section's heading so far.
func (p *page) isOfSection(runs []run, i int) bool {
	if i == 0 || !p.isTitle(runs[i-1]) || runs[i].block == nil || runs[i].block.Parent != runs[i-1].block.Parent {
		return false
	}
	return p.isSection(runs, i-1)
}

// afterSection is the first run after a section's heading that isn't beside it.
func (p *page) afterSection(runs []run, i, high int) int {
	for k := i + 1; k < high; k++ {
		if !dom.Within(runs[k].first, runs[i].block.Parent) {
			return k
		}
	}
	return high
}

func inTable(n *html.Node) bool { return dom.Is(n, atom.Td, atom.Th) }

// followsCopyright reports whether a short text stands right after a copyright.
func (p *page) followsCopyright(runs []run, i int) bool {
	if runs[i].words > mostLabel {
		return false
	}
	for k := i - 1; k >= max(0, i-3); k-- {
		if copyright.MatchString(p.textOf(runs[k])) && runs[k].words <= mostLabel {
			return true
		}
	}
	return false
}

// leadsAway reports whether the links of a run lead to other pages.
func (p *page) leadsAway(r run) bool {
	away := true
	last := childOf(r.last, r.block)
	for n := childOf(r.first, r.block); n != nil; n = n.NextSibling {
		for _, a := range append(dom.Find(n, atom.A), n) {
			href := dom.Attr(a, "href")
			if strings.HasPrefix(href, "#") || strings.HasPrefix(href, "mailto:") || strings.HasPrefix(href, "tel:") {
				away = false
			}
		}
		if n == last {
			break
		}
	}
	return away
}

// textOf is the beginning of a run's text.
func (p *page) textOf(r run) string {
	const most = 200
	s := r.first.Data
	if r.first != r.last && r.block != nil {
		s = dom.Start(r.block, most)
	}
	return s
}

// dropRun drops the nodes of a run from its block.
func (p *page) dropRun(r run) {
	last := childOf(r.last, r.block)
	for n := childOf(r.first, r.block); n != nil; n = n.NextSibling {
		p.dropped[n] = chrome
		if n == last {
			return
		}
	}
}

// childOf is the child of a block that a node is or lies in.
func childOf(n, block *html.Node) *html.Node {
	for n.Parent != nil && n.Parent != block {
		n = n.Parent
	}
	return n
}
