package pdf

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fineprint/fetch/numeral"
)

// What is printed around the text of each page (titles, page numbers, the address that a
// browser prints) is none of the document's. It is known by its place: in the first or
// last rows of a page, outside of all that is not, and at the same height of other pages
// with the same words; numbers may differ, and the name of the section that a page is of.

// mostRoman is how many pages there are at most before the text proper, whose numbers are
// Roman.
const mostRoman = 30

// edgeRows is how many rows of a page's top and foot may run on from page to page.
const edgeRows = 4

var digits = regexp.MustCompile(`[0-9]+`)

// pageNumber is a page's number alone, with its word or with how many pages there are.
var pageNumber = regexp.MustCompile(`^(?i)[-–—| ]*(?:\pL{1,8}\.? )?([0-9]{1,4})` +
	`(?: ?(?:/|\||of|von|de|sur|di|van|av|z|ze|из|από|מתוך|من) ?([0-9]{1,4}))?[-–—| ]*$`)

// printedAt is the date and time that a browser prints above a page.
var printedAt = regexp.MustCompile(`^[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4},? +[0-9]{1,2}[:.][0-9]{2}`)

// printedFrom is the address that it prints below.
var printedFrom = regexp.MustCompile(`^(?:https?|file)://\S+`)

// edge is a row at the top or foot of a page.
type edge struct {
	lines []line
	text  string
	gap   float64 // to the next row towards the middle
	next  []line  // that row
	at    float64

	namings []naming // none for most rows
}

// edgesOf returns the rows of a page from its top, or from its foot.
func edgesOf(page []line, foot bool) []edge {
	rows := rowsOf(page)
	if foot {
		slices.Reverse(rows)
	}
	var out []edge
	for i, r := range rows[:min(len(rows), edgeRows)] {
		e := edge{lines: r, at: r[0].bottom, gap: math.Inf(1)}
		var words []string
		for _, l := range r {
			words = append(words, l.text())
		}
		e.text = strings.Join(words, " ")
		if i+1 < len(rows) {
			e.next = rows[i+1]
			e.gap = max(r[0].bottom-e.next[0].top, e.next[0].bottom-r[0].top)
		}
		out = append(out, e)
	}
	return out
}

// withoutRunning leaves out what is printed around the text of each page.
func withoutRunning(pages [][]line, usual float64) [][]line {
	out := slices.Clone(pages)
	lines := textsOf(pages)
	for _, foot := range []bool{false, true} {
		edges := make([][]edge, len(pages))
		for i, page := range pages {
			edges[i] = edgesOf(page, foot)
			for n, e := range edges[i] {
				edges[i][n].namings = lines.namings(e)
			}
		}
		for i := range pages {
			drop := map[int]bool{}
			for n, e := range edges[i] {
				if !runs(edges, i, n, len(pages), usual) && !nameSection(edges, i, n, usual) {
					break
				}
				for _, l := range e.lines {
					drop[l.serial] = true
				}
			}
			if len(drop) > 0 {
				out[i] = slices.DeleteFunc(slices.Clone(out[i]), func(l line) bool { return drop[l.serial] })
			}
		}
	}
	return out
}

// runs reports whether the n-th row from the edge of a page is printed around its text.
func runs(edges [][]edge, page, n, pages int, usual float64) bool {
	e := edges[page][n]
	if m := pageNumber.FindStringSubmatch(e.text); m != nil && n < 2 {
		number, _ := strconv.Atoi(m[1])
		if total, err := strconv.Atoi(m[2]); err == nil && number <= total && total >= pages && e.gap > 0.3*usual {
			return true
		}
		if number == page+1 && e.gap > usual {
			return true
		}
	}
	if n < 2 && e.text == roman(page+1) && e.gap > usual {
		return true
	}
	if small := e.lines[0].size < 0.95*usual; small && e.gap > 0.3*usual && isBrowsers(e) {
		return true
	}
	same := sameOn(edges, page, e)
	switch {
	case same == 0, isOfTable(edges, page, n):
		return false
	case same > 1:
		return (same+1)*5 >= pages*2
	case pages > 4:
		return false
	}
	return e.gap > 0.8*usual || e.lines[0].size < 0.92*usual
}

// roman writes the number of a page before the text proper.
func roman(n int) string {
	if n > mostRoman {
		return ""
	}
	return strings.ToLower(numeral.Roman(n))
}

// sameOn counts the other pages that have a row of a page, too.
func sameOn(edges [][]edge, page int, e edge) int {
	same := 0
	for i, others := range edges {
		if i != page && slices.ContainsFunc(others, func(o edge) bool { return e.likeOn(o, page, i) }) {
			same++
		}
	}
	return same
}

// isOfTable reports whether the n-th row from the edge of a page is one of a table, such as
// its head: its cells stand over those of the next row. Rows that all run on are no table
// but what is printed in two parts; the first that doesn't tells.
func isOfTable(edges [][]edge, page, n int) bool {
	head := edges[page][n].lines
	if len(head) < 2 {
		return false
	}
	for i, e := range edges[page][n:] {
		if i > 0 && sameOn(edges, page, e) == 0 {
			return len(e.lines) > 1
		}
		if e.gap > maxRowGap*e.lines[0].height() {
			return false
		}
		for _, l := range e.next {
			if !slices.ContainsFunc(head, func(cell line) bool { return aligned(cell, l) }) {
				return false
			}
		}
		head = slices.Concat(head, e.next)
	}
	rows := edges[page]
	return len(rows[len(rows)-1].next) > 1
}

// lineTexts are the heights on a page at which a document has a line, the first ones.
type lineTexts map[string][]float64

func textsOf(pages [][]line) lineTexts {
	const enough = 20
	lines := lineTexts{}
	for _, page := range pages {
		for _, l := range page {
			if text := l.text(); len(lines[text]) < enough {
				lines[text] = append(lines[text], l.bottom)
			}
		}
	}
	return lines
}

// A naming is how many words of a row stand before and after those that are a line elsewhere
// in the document.
type naming struct{ before, after int }

// namings returns how a row can be read as one that names a section.
func (t lineTexts) namings(e edge) []naming {
	const longest = 20 // words
	words := strings.Fields(e.text)
	if len(words) > longest {
		return nil
	}
	var out []naming
	for i := range words {
		for j := range len(words) - i {
			if few := len(e.lines) < 2 && i+j < 2; i+j == 0 || few {
				continue
			}
			name := strings.Trim(strings.Join(words[i:len(words)-j], " "), " |·•–—-")
			if slices.ContainsFunc(t[name], func(at float64) bool { return math.Abs(at-e.at) > 3 }) {
				out = append(out, naming{i, j})
			}
		}
	}
	return out
}

// nameSection reports whether the n-th row from the edge of a page names the section that
// the page is of, as the same row of most pages does.
func nameSection(edges [][]edge, page, n int, usual float64) bool {
	e := edges[page][n]
	if len(e.namings) == 0 || e.gap < 0.8*usual || isOfTable(edges, page, n) {
		return false
	}
	alike := 1
	for i, others := range edges {
		if i != page && slices.ContainsFunc(others, func(o edge) bool {
			return e.sameHeight(o) && len(o.namings) > 0 && (e.text == o.text || e.namesWith(o) && o.namesWith(e))
		}) {
			alike++
		}
	}
	return alike > 1 && alike*2 > len(edges)
}

// namesWith reports whether the words around the section's name are another row's, too.
func (e edge) namesWith(o edge) bool {
	a, b := strings.Fields(e.text), strings.Fields(o.text)
	before, after := 0, 0
	for before < min(len(a), len(b)) && a[before] == b[before] {
		before++
	}
	for after < min(len(a), len(b))-before && a[len(a)-1-after] == b[len(b)-1-after] {
		after++
	}
	return slices.ContainsFunc(e.namings, func(n naming) bool { return n.before <= before && n.after <= after })
}

// isBrowsers reports whether a browser printed a row around the page: the time and the
// title, or the address and the number.
func isBrowsers(e edge) bool {
	if printedAt.MatchString(e.text) {
		return true
	}
	last := e.lines[len(e.lines)-1].text()
	return printedFrom.MatchString(e.text) && (pageNumber.MatchString(last) || !strings.Contains(e.text, " "))
}

// sameHeight reports whether a row stands where another page's does, in letters of its size.
func (e edge) sameHeight(o edge) bool {
	return math.Abs(e.at-o.at) <= 3 && math.Abs(e.lines[0].size-o.lines[0].size) <= 0.5
}

// likeOn reports whether a row is that of another page: at the same height, with the same
// words and letters of the same size, and numbers that are the same or count the pages.
func (e edge) likeOn(o edge, page, other int) bool {
	if !e.sameHeight(o) {
		return false
	}
	if digits.ReplaceAllString(e.text, "0") != digits.ReplaceAllString(o.text, "0") {
		return false
	}
	mine, theirs := digits.FindAllString(e.text, -1), digits.FindAllString(o.text, -1)
	for i, m := range mine {
		if m == theirs[i] {
			continue
		}
		a, _ := strconv.Atoi(m)
		b, _ := strconv.Atoi(theirs[i])
		if b-a != other-page {
			return false
		}
	}
	return true
}
