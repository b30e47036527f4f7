package pdf

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// notTags writes what would be a tag in Markdown so that its words are seen, as
// the text of a page is.
var notTags = strings.NewReplacer("<", "&lt;", ">", "&gt;")

const bullets = "•◦▪●○■‣·∙⁃\uf0b7\uf0a7\uf076"

var (
	bulletMark = regexp.MustCompile(`^[` + bullets + `–—*-]\s*(?:\s|$)`)
	numberMark = regexp.MustCompile(`^(?:\(?(?:[0-9]{1,3}|\pL|[ivx]{1,5}|[IVX]{1,5})[.)]|[0-9]{1,2}(?:\.[0-9]{1,2})+\.?|` +
		`\([0-9a-zA-Z]{1,4}\)|§+ ?[0-9]+\pL?\.?)(?:\s|$)`)
)

// isMark reports whether a text is but the mark of a list's item or the number of a
// heading.
func isMark(s string) bool {
	for _, mark := range []*regexp.Regexp{bulletMark, numberMark} {
		if mark.FindString(s) == s && s != "" {
			return true
		}
	}
	return false
}

func beginsItem(s string) bool { return bulletMark.MatchString(s) || numberMark.MatchString(s) }

// A block is a paragraph, a heading or a table.
type block struct {
	lines []line
	rows  []row
	full  bool // its last line is full, so that it may go on in the next column or page
	note  bool // it stands below the text of its page
	item  bool // of a list that the paragraph before it opens
}

// layout is what lines are measured with.
type layout struct {
	vocabulary
	usual   float64         // size of most letters
	leading map[int]float64 // usual space between two lines of a size
	bold    bool            // most letters are bold
}

func sizeKey(size float64) int { return int(math.Round(size * 2)) }

// newLayout measures the pages of a document.
func newLayout(pages [][]line) layout {
	m := layout{vocabulary: newVocabulary(pages), leading: map[int]float64{}}
	type weighed struct {
		size  float64
		chars int
	}
	var all []weighed
	total, bold := 0, 0
	gaps := map[int]map[int]int{}
	for _, page := range pages {
		for i, l := range page {
			n := 0
			for _, w := range l.words {
				n += utf8.RuneCountInString(w.text)
			}
			all = append(all, weighed{l.size, n})
			total += n
			if l.bold {
				bold += n
			}
			if i == 0 || sizeKey(page[i-1].size) != sizeKey(l.size) || overlapX(page[i-1], l) < 0.2 {
				continue
			}
			if gap := (page[i-1].bottom - l.top) / l.size; gap > -0.6 && gap < 1.3 {
				key := sizeKey(l.size)
				if gaps[key] == nil {
					gaps[key] = map[int]int{}
				}
				gaps[key][int(math.Round(gap*20))]++
			}
		}
	}
	m.bold = bold*2 > total
	slices.SortFunc(all, func(a, b weighed) int { return cmp.Compare(a.size, b.size) })
	sum := 0
	for _, w := range all {
		if sum += w.chars; sum*2 >= total {
			m.usual = w.size
			break
		}
	}
	for key, counts := range gaps {
		best := math.MaxInt
		for gap, n := range counts {
			if best == math.MaxInt || n > counts[best] || n == counts[best] && gap < best {
				best = gap
			}
		}
		m.leading[key] = float64(best) / 20
	}
	return m
}

// space returns the usual space between two lines of a size, in points.
func (m layout) space(size float64) float64 {
	if gap, ok := m.leading[sizeKey(size)]; ok {
		return gap * size
	}
	return m.leading[sizeKey(m.usual)] * size
}

func (m layout) large(l line) bool { return l.size > 1.1*m.usual }

// stands reports whether a line stands out from the text.
func (m layout) stands(l line) bool { return m.large(l) || l.bold && !m.bold }

// blocksOf parts the lines of a page into paragraphs and tables.
func (m layout) blocksOf(page []line) []block {
	edges := rightEdges(page)
	var blocks []block
	for i := 0; i < len(page); i++ {
		if rows, n := tableAt(page[i:]); n > 0 {
			i += n - 1
			if b := len(blocks) - 1; b >= 0 && len(blocks[b].rows) > 0 && m.sameCells(blocks[b].rows[0], rows[0]) {
				blocks[b].rows = slices.Concat(blocks[b].rows, rows[1:]) // its head again, in the next column
				continue
			}
			blocks = append(blocks, block{rows: rows})
			continue
		}
		l := page[i]
		if n := len(blocks); n > 0 && len(blocks[n-1].lines) > 0 {
			b := &blocks[n-1]
			last := b.lines[len(b.lines)-1]
			if sameRow(last, l) && l.left > last.left && last.serial+1 == l.serial {
				b.lines[len(b.lines)-1] = beside(last, l)
				b.full = !m.forced(b.lines[len(b.lines)-1], edges[i], page, i+1)
				continue
			}
			if m.goesOnIn(*b, l, edges[i-1]) {
				b.lines = append(b.lines, l)
				b.full = !m.forced(l, edges[i], page, i+1)
				continue
			}
		}
		blocks = append(blocks, block{lines: []line{l}, full: !m.forced(l, edges[i], page, i+1), item: opensItem(blocks, l)})
	}
	return blocks
}

// itemEnd is how an item of a list ends that is one sentence.
var itemEnd = regexp.MustCompile(`[;؛](?: \pL{1,4})?$`)

// opensItem reports whether a line is an item of a list whose marks are drawn and not
// written: it follows a colon, or an item that stands where it does.
func opensItem(blocks []block, l line) bool {
	if len(blocks) == 0 || len(blocks[len(blocks)-1].lines) == 0 {
		return false
	}
	b := blocks[len(blocks)-1]
	last := b.lines[len(b.lines)-1]
	return strings.HasSuffix(last.text(), ":") || b.item && math.Abs(b.lines[0].left-l.left) < 3
}

// forced reports whether a line ended though the first word of the next would have
// fitted: with it a paragraph ends.
func (m layout) forced(l line, edge float64, page []line, next int) bool {
	if next >= len(page) || len(page[next].words) == 0 {
		return l.right < edge-3*l.size
	}
	return endsEarly(l, edge, page[next])
}

func endsEarly(l line, edge float64, next line) bool {
	if l.hyphen || len(next.words) == 0 {
		return false
	}
	first := next.words[0]
	width := first.right - first.left
	if r, _ := utf8.DecodeRuneInString(first.text); spaceless(r) {
		width = 1.5 * l.size
	}
	return l.right+0.25*l.size+width < edge-0.1*l.size
}

// rightEdges returns for each line of a page how far the lines of its column go.
func rightEdges(page []line) []float64 {
	edges := make([]float64, len(page))
	for i, l := range page {
		edges[i] = math.Inf(1) // no other line tells
		if len(page) > maxPieces {
			continue
		}
		limit := math.Inf(1)
		for _, o := range page {
			if o.left > l.right && math.Abs(o.top-l.top) < 4*l.height() && o.left < limit {
				limit = o.left
			}
		}
		var rights []float64
		for _, o := range page {
			alike := sizeKey(o.size) == sizeKey(l.size) && math.Abs(o.left-l.left) < 5*l.size
			if alike && o.right < limit && o.left < l.right {
				rights = append(rights, o.right)
			}
		}
		if len(rights) > 1 {
			edges[i] = max(l.right, edgeOf(rights))
		}
	}
	return edges
}

// edgeOf returns how far lines go that end at these places. Where several end at one place, the
// few beyond it hold what couldn't be divided, such as an address.
func edgeOf(rights []float64) float64 {
	const (
		near    = 0.6
		several = 4
		few     = 8 // one of so many lines
	)
	slices.Sort(rights)
	last := len(rights) - 1
	for i := last; i >= 0 && last-i <= len(rights)/few; i-- {
		first, _ := slices.BinarySearch(rights, rights[i]-near)
		if i-first+1 >= several {
			return rights[i]
		}
	}
	return rights[last]
}

// goesOnIn reports whether a line goes on with the paragraph above it.
func (m layout) goesOnIn(b block, l line, edge float64) bool {
	last := b.lines[len(b.lines)-1]
	text := l.text()
	switch gap := last.bottom - l.top; {
	case math.Abs(last.size-l.size) > 0.08*max(last.size, l.size), bulletMark.MatchString(text), last.leads:
		return false
	case m.stands(last) != m.stands(l) || last.bold != l.bold && m.stands(l):
		return false
	case l.top > last.top: // in the next column
		return m.continues(b, l)
	case b.item && itemEnd.MatchString(last.text()):
		return false
	case gap > m.space(l.size)+0.3*l.size || gap < -0.8*l.size:
		return false
	case m.stands(l):
		return !numberMark.MatchString(text)
	case last.hyphen && unicode.IsLower(firstRune(l.words)):
		return true
	case endsEarly(last, edge, l):
		return false
	case numberMark.MatchString(text) &&
		(beginsItem(b.lines[0].text()) || strings.ContainsRune(".:;,", lastRune(last.text()))):
		return false
	}
	indent := l.left - last.left
	hangs := beginsItem(b.lines[0].text())
	switch {
	case len(b.lines) == 1 && hangs && indent >= 0, len(b.lines) == 1 && indent < 0 && -indent < 5*l.size:
		return true
	}
	return math.Abs(indent) < 0.7*l.size
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// continues reports whether a paragraph that is the last of its column or page goes on in
// a line of the next.
func (m layout) continues(b block, l line) bool {
	last := b.lines[len(b.lines)-1]
	if m.stands(last) || m.stands(l) || math.Abs(last.size-l.size) > 0.08*l.size || beginsItem(l.text()) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(l.text())
	ends := strings.ContainsRune(".!?:;", lastRune(last.text()))
	switch {
	case last.hyphen, unicode.IsLower(first) && !ends:
		return true
	case strings.ContainsRune(":;", lastRune(last.text())):
		return false
	}
	return b.full && len(b.lines) > 1
}

// isNote reports whether a block is a note at the foot of a page.
func (m layout) isNote(b block) bool {
	if len(b.lines) == 0 || b.lines[0].size > 0.93*m.usual {
		return false
	}
	r, _ := utf8.DecodeRuneInString(b.lines[0].text())
	return unicode.IsDigit(r) || strings.ContainsRune("*†‡"+superscripts, r)
}

// joinPages puts the blocks of pages one after the other, and what goes on from one to the
// next together; the notes at the foot come after that.
func (m layout) joinPages(pages [][]block) []block {
	var out []block
	for _, page := range pages {
		page = m.notesLast(page)
		text := len(page)
		for text > 0 && m.isNote(page[text-1]) {
			text--
		}
		notes := page[text:]
		if before := len(out) - 1; before >= 0 && text > 0 {
			for before > 0 && out[before].note {
				before--
			}
			if m.joinBlock(&out[before], page[0]) {
				page = page[1:]
				text--
			}
		}
		out = append(out, page[:text]...)
		for _, n := range notes {
			n.note = true
			out = append(out, n)
		}
	}
	return out
}

// notesLast puts the notes at the foot of a column behind the text of its page, and joins what
// goes on from that column to the next.
func (m layout) notesLast(page []block) []block {
	var text, notes []block
	pulled := false
	for i := 0; i < len(page); i++ {
		to := i
		for to < len(page) && m.isNote(page[to]) {
			to++
		}
		if to > i && to < len(page) && isAboveBlock(page[to], page[i]) {
			notes = append(notes, page[i:to]...)
			i, pulled = to-1, true
			continue
		}
		if n := len(text) - 1; pulled && n >= 0 && m.joinBlock(&text[n], page[i]) {
			pulled = false
			continue
		}
		pulled = false
		text = append(text, page[i])
	}
	last := len(text)
	for last > 0 && m.isNote(text[last-1]) {
		last--
	}
	return slices.Concat(text[:last], notes, text[last:])
}

// isAboveBlock reports whether a block begins above another, as in the next column.
func isAboveBlock(a, b block) bool {
	return len(a.lines) > 0 && len(b.lines) > 0 && a.lines[0].bottom > b.lines[0].top
}

// joinBlock adds the first block of a page to the last one before, if it goes on with it. The
// head of a table that is printed again is left out.
func (m layout) joinBlock(last *block, first block) bool {
	switch {
	case len(last.rows) > 0 && len(first.rows) > 0 && goesOnAs(last.rows, first.rows):
		rows := first.rows
		if m.sameCells(last.rows[0], rows[0]) {
			rows = rows[1:]
		}
		last.rows = slices.Concat(last.rows, rows)
		return true
	case len(last.lines) > 0 && len(first.lines) > 0 && m.continues(*last, first.lines[0]):
		last.lines = slices.Concat(last.lines, first.lines)
		last.full = first.full
		return true
	}
	return false
}

// maxHeading is how many characters a heading has at most.
const maxHeading = 200

// isHeading reports whether a block is a heading: larger than the text, or bold.
func (m layout) isHeading(b block) bool {
	if len(b.lines) == 0 {
		return false
	}
	text := m.join(b.lines)
	if utf8.RuneCountInString(text) > maxHeading || !strings.ContainsFunc(text, unicode.IsLetter) {
		return false
	}
	for _, l := range b.lines {
		if !m.stands(l) || l.leads {
			return false
		}
	}
	short := numberMark.MatchString(text) && len(text) < 80
	if !short && m.isSentences(b, text) {
		return false
	}
	return m.large(b.lines[0]) || short || !strings.ContainsRune(".;,", lastRune(text))
}

// sentenceEnd is where a sentence ends and the next begins.
var sentenceEnd = regexp.MustCompile(`\pL[.!?] \p{Lu}`)

// isSentences reports whether a block is sentences, though its letters are larger than most:
// in a document that is mostly a table in small ones, its text is.
func (m layout) isSentences(b block, text string) bool {
	if !strings.ContainsRune(".;", lastRune(text)) {
		return false
	}
	words := strings.Count(text, " ") + 1
	size := b.lines[0].size / m.usual
	switch {
	case len(b.lines) > 1 && sentenceEnd.MatchString(text):
		return true
	case len(b.lines) > 1 && words >= 8:
		return size < 1.6
	}
	return words >= 4 && size < 1.4 && !b.lines[0].bold
}

// headingSizes are the sizes of a document's headings, the largest first.
func (m layout) headingSizes(blocks []block) []int {
	var sizes []int
	for _, b := range blocks {
		if m.isHeading(b) {
			sizes = append(sizes, m.headingSize(b))
		}
	}
	slices.SortFunc(sizes, func(a, b int) int { return cmp.Compare(b, a) })
	return slices.Compact(sizes)
}

func (m layout) headingSize(b block) int {
	if !m.large(b.lines[0]) {
		return sizeKey(m.usual)
	}
	return sizeKey(b.lines[0].size)
}

// markdown writes the blocks of a document.
func (m layout) markdown(blocks []block) string {
	sizes := m.headingSizes(blocks)
	var b strings.Builder
	for i, block := range blocks {
		switch {
		case len(block.rows) > 0:
			b.WriteString(m.table(block.rows))
		case m.isHeading(block):
			level := min(slices.Index(sizes, m.headingSize(block))+1, 6)
			b.WriteString(strings.Repeat("#", level) + " " + m.join(block.lines))
		default:
			text := m.join(block.lines)
			if r, n := utf8.DecodeRuneInString(text); strings.ContainsRune(bullets, r) {
				text = "- " + strings.TrimSpace(text[n:])
			}
			b.WriteString(text)
		}
		if b.WriteString("\n"); i+1 < len(blocks) {
			b.WriteString("\n")
		}
	}
	return b.String()
}
