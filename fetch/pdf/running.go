package pdf

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// What is printed around the text of each page (titles, page numbers, the address that a
// browser prints) is none of the document's. It is known by its place: in the first or
// last rows of a page, outside of all that is not, and at the same height of other pages
// with the same words; numbers may differ.

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
	for _, foot := range []bool{false, true} {
		edges := make([][]edge, len(pages))
		for i, page := range pages {
			edges[i] = edgesOf(page, foot)
		}
		for i := range pages {
			drop := map[int]bool{}
			for n, e := range edges[i] {
				if !runs(edges, i, n, len(pages), usual) {
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

// isBrowsers reports whether a browser printed a row around the page: the time and the
// title, or the address and the number.
func isBrowsers(e edge) bool {
	if printedAt.MatchString(e.text) {
		return true
	}
	last := e.lines[len(e.lines)-1].text()
	return printedFrom.MatchString(e.text) && (pageNumber.MatchString(last) || !strings.Contains(e.text, " "))
}

// likeOn reports whether a row is that of another page: at the same height, with the same
// words and letters of the same size, and numbers that are the same or count the pages.
func (e edge) likeOn(o edge, page, other int) bool {
	if math.Abs(e.at-o.at) > 3 || math.Abs(e.lines[0].size-o.lines[0].size) > 0.5 {
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
