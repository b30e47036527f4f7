package pdf

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// box is a piece of text on a page, in points; y grows upwards.
type box struct {
	left, right, top, bottom float64
	text                     string
}

func (b box) height() float64 { return b.top - b.bottom }

// layOut writes pages as Markdown in the order in which they are read: columns
// one after the other, lines joined to paragraphs, larger lines as headings,
// page numbers and running titles left out.
func layOut(pages [][]box) string {
	lines := make([][]box, len(pages))
	for i, p := range pages {
		lines[i] = linesOf(p)
	}
	lines = withoutRunningTitles(lines)
	usual := usualHeight(lines)
	var paragraphs []string
	for _, page := range lines {
		for i, p := range paragraphsOf(page, usual) {
			if last := len(paragraphs) - 1; i == 0 && last >= 0 && goesOn(paragraphs[last], p) {
				paragraphs[last] = joinLines(paragraphs[last], p)
				continue
			}
			paragraphs = append(paragraphs, p)
		}
	}
	if len(paragraphs) == 0 {
		return ""
	}
	return strings.Join(paragraphs, "\n\n") + "\n"
}

// linesOf puts the boxes of a page in order and joins those of one line.
func linesOf(page []box) []box {
	page = slices.DeleteFunc(slices.Clone(page), func(b box) bool { return strings.TrimSpace(b.text) == "" })
	if len(page) == 0 {
		return nil
	}
	left, right := page[0].left, page[0].right
	for _, b := range page {
		left, right = min(left, b.left), max(right, b.right)
	}
	rows := rowsOf(page)
	// A row that goes over most of the width ends the columns above it.
	var lines []box
	var band []box
	for _, row := range rows {
		if slices.ContainsFunc(row, func(b box) bool { return b.right-b.left > (right-left)*0.6 }) {
			lines = append(append(lines, bandLines(band)...), joinRow(row))
			band = nil
			continue
		}
		band = append(band, row...)
	}
	return append(lines, bandLines(band)...)
}

// rowsOf groups boxes by their height on the page, from the top, each row from
// the left.
func rowsOf(boxes []box) [][]box {
	boxes = slices.Clone(boxes)
	slices.SortStableFunc(boxes, func(a, b box) int { return cmp.Compare(b.top, a.top) })
	var rows [][]box
	for _, b := range boxes {
		if n := len(rows); n > 0 {
			first := rows[n-1][0]
			if overlap := min(first.top, b.top) - max(first.bottom, b.bottom); overlap > 0.5*min(first.height(),
				b.height()) {
				rows[n-1] = append(rows[n-1], b)
				continue
			}
		}
		rows = append(rows, []box{b})
	}
	for _, row := range rows {
		slices.SortStableFunc(row, func(a, b box) int { return cmp.Compare(a.left, b.left) })
	}
	return rows
}

// bandLines reads a band of a page: column by column where it has two of prose,
// else row by row.
func bandLines(band []box) []box {
	if len(band) == 0 {
		return nil
	}
	if a, b, ok := columns(band); ok {
		return append(bandLines(a), bandLines(b)...)
	}
	var lines []box
	for _, row := range rowsOf(band) {
		lines = append(lines, joinRow(row))
	}
	return lines
}

// columns splits a band at the first gutter that no box crosses and that has
// prose on both sides. The cells of a table are shorter than prose.
func columns(band []box) (left, right []box, ok bool) {
	boxes := slices.Clone(band)
	slices.SortStableFunc(boxes, func(a, b box) int { return cmp.Compare(a.left, b.left) })
	edge := boxes[0].right
	for i := 1; i < len(boxes); i++ {
		if boxes[i].left-edge > 6 && isProse(boxes[:i]) && isProse(boxes[i:]) {
			return boxes[:i], boxes[i:], true
		}
		edge = max(edge, boxes[i].right)
	}
	return nil, nil, false
}

func isProse(boxes []box) bool {
	chars := 0
	for _, b := range boxes {
		chars += utf8.RuneCountInString(b.text)
	}
	rows := len(rowsOf(boxes))
	return rows >= 3 && chars >= 20*rows
}

func joinRow(row []box) box {
	line := row[0]
	line.text = strings.TrimSpace(line.text)
	for _, b := range row[1:] {
		t := strings.TrimSpace(b.text)
		if gap := b.left - line.right; gap > 0.12*b.height() || strings.HasPrefix(b.text, " ") {
			line.text += " "
		}
		line.text += t
		line.right, line.top, line.bottom = max(line.right, b.right), max(line.top, b.top), min(line.bottom, b.bottom)
	}
	line.text = notTags.Replace(strings.Join(strings.Fields(line.text), " "))
	return line
}

// notTags writes what would be a tag in Markdown so that its words are seen, as
// the text of a page is.
var notTags = strings.NewReplacer("<", "&lt;", ">", "&gt;")

var digits = regexp.MustCompile(`[0-9]+`)

// withoutRunningTitles leaves out what is on the first or last line of most
// pages: page numbers, running titles.
func withoutRunningTitles(pages [][]box) [][]box {
	seen := map[string]int{}
	edges := func(page []box) []int {
		if len(page) == 1 {
			return []int{0}
		}
		return []int{0, len(page) - 1}
	}
	like := func(b box) string { return digits.ReplaceAllString(b.text, "0") }
	for _, page := range pages {
		if len(page) > 0 {
			for _, i := range edges(page) {
				seen[like(page[i])]++
			}
		}
	}
	clean := make([][]box, len(pages))
	for i, page := range pages {
		// What runs on along the top may be the title on the first page.
		for i > 0 && len(page) > 0 && len(pages) > 2 && seen[like(page[0])]*2 > len(pages) {
			page = page[1:]
		}
		for len(page) > 0 && len(pages) > 2 && seen[like(page[len(page)-1])]*2 > len(pages) {
			page = page[:len(page)-1]
		}
		clean[i] = page
	}
	return clean
}

// usualHeight is the height of the line in the middle, by characters.
func usualHeight(pages [][]box) float64 {
	var all []box
	total := 0
	for _, p := range pages {
		for _, b := range p {
			all = append(all, b)
			total += len(b.text)
		}
	}
	slices.SortFunc(all, func(a, b box) int { return cmp.Compare(a.height(), b.height()) })
	count := 0
	for _, b := range all {
		if count += len(b.text); count*2 >= total {
			return b.height()
		}
	}
	return 0
}

var listMark = regexp.MustCompile(`^(?:[•◦▪●○■‣·–—*-]\s|\(?(?:[0-9]{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]\s|` +
	`[0-9]{1,2}(?:\.[0-9]{1,2})+\.?\s)`)

// paragraphsOf joins the lines of a page.
func paragraphsOf(lines []box, usual float64) []string {
	var out []string
	gap := usualGap(lines)
	large := func(b box) bool { return b.height() > usual*1.25 && len(b.text) < 200 }
	for i, b := range lines {
		if i > 0 && large(b) == large(lines[i-1]) && !listMark.MatchString(b.text) {
			if space := lines[i-1].bottom - b.top; space > -b.height() && space < gap+0.5*b.height() {
				out[len(out)-1] = joinLines(out[len(out)-1], b.text)
				continue
			}
			if lines[i-1].top < b.bottom && goesOn(out[len(out)-1], b.text) { // from one column to the next
				out[len(out)-1] = joinLines(out[len(out)-1], b.text)
				continue
			}
		}
		text := b.text
		if r, n := utf8.DecodeRuneInString(text); strings.ContainsRune("•◦▪●○■‣·", r) {
			text = "- " + strings.TrimSpace(text[n:])
		}
		if large(b) {
			text = "## " + text
		}
		out = append(out, text)
	}
	return out
}

// usualGap is the space between two lines of a paragraph: that of the middle.
func usualGap(lines []box) float64 {
	var gaps []float64
	for i := 1; i < len(lines); i++ {
		if g := lines[i-1].bottom - lines[i].top; g > -lines[i].height() && g < 3*lines[i].height() {
			gaps = append(gaps, g)
		}
	}
	if len(gaps) == 0 {
		return 0
	}
	slices.Sort(gaps)
	return gaps[(len(gaps)-1)/3]
}

// goesOn reports whether a paragraph that ends at the end of a page or column
// goes on with what follows.
func goesOn(paragraph, next string) bool {
	last, _ := utf8.DecodeLastRuneInString(paragraph)
	first, _ := utf8.DecodeRuneInString(next)
	return !strings.ContainsRune(".!?:;", last) && unicode.IsLower(first) && !strings.HasPrefix(paragraph, "## ")
}

// joinLines joins two lines of a paragraph. PDFium marks a hyphen that only
// divides a word with U+FFFE or U+0002.
func joinLines(a, b string) string {
	for _, soft := range []string{"\ufffe", "\u0002", "\u00ad"} {
		if cut, found := strings.CutSuffix(a, soft); found {
			return cut + b
		}
	}
	return a + " " + b
}
