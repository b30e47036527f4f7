package pdf

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// overlapX is how much of the narrower of two lines is above or below the other.
func overlapX(a, b line) float64 {
	shared := min(a.right, b.right) - max(a.left, b.left)
	return shared / max(min(a.right-a.left, b.right-b.left), 0.1)
}

// sameRow reports whether two lines stand beside each other.
func sameRow(a, b line) bool {
	overlap := min(a.top, b.top) - max(a.bottom, b.bottom)
	return overlap > 0.5*min(a.height(), b.height())
}

// mirrorLines turns a page round whose lines are written from the right, so that all that
// follows can take lines to begin at the left.
func mirrorLines(lines []line) {
	right := 0
	for _, l := range lines {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(l.text(), func(r rune) bool { return !unicode.IsLetter(r) }))
		if unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana) {
			right++
		}
	}
	if right*2 <= len(lines) {
		return
	}
	for i := range lines {
		l := &lines[i]
		l.left, l.right = -l.right, -l.left
		l.words = slices.Clone(l.words)
		for j := range l.words {
			l.words[j].left, l.words[j].right = -l.words[j].right, -l.words[j].left
		}
	}
}

// inOrder puts the lines of a page in the order in which they are read. Nearly all
// producers draw a page in that order, tables cell by cell; it is left but where it
// can't be: where what is drawn later stands above, and where columns are drawn side by
// side.
func inOrder(lines []line) []line {
	lines = joinNeighbours(putMarks(lines))
	if sideBySide(lines) || isDrawnDown(lines) {
		if columns, ok := byColumns(lines); ok {
			lines = columns
		}
	}
	return fromAbove(lines)
}

// putMarks puts marks of lists before what they mark: some producers draw them later.
func putMarks(lines []line) []line {
	out := slices.Clone(lines)
	for _, mark := range lines {
		if !isMark(mark.text()) {
			continue
		}
		at, to := indexOf(out, mark), -1
		for i, l := range out {
			if gap := l.left - mark.right; gap > 0 && gap < 6*l.size && sameRow(l, mark) &&
				(to < 0 || l.left < out[to].left) {
				to = i
			}
		}
		if to < 0 || to == at+1 {
			continue
		}
		out = slices.Delete(out, at, at+1)
		if to > at {
			to--
		}
		out = slices.Insert(out, to, mark)
	}
	return out
}

// putFields puts what the fields of a form show behind what stands before it on its row, which
// says what it is. The characters of fields are those from an index on.
func putFields(lines []line, from int) []line {
	var out []line
	for _, l := range lines {
		if to := labelOf(out, l); l.first >= from && to >= 0 {
			l.begins = true
			out[to] = beside(out[to], l)
			continue
		}
		out = append(out, l)
	}
	return out
}

// maxLabel is how many words say what the field of a form is; more are prose of another column.
const maxLabel = 8

// labelOf returns which of some lines ends closest before another on its row, -1 for none.
func labelOf(lines []line, l line) int {
	to := -1
	for i, o := range lines {
		if sameRow(o, l) && o.right < l.left+0.5*l.size && (to < 0 || o.right > lines[to].right) {
			to = i
		}
	}
	if to >= 0 && len(lines[to].words) > maxLabel {
		return -1
	}
	return to
}

func indexOf(lines []line, l line) int {
	return slices.IndexFunc(lines, func(o line) bool { return o.serial == l.serial })
}

// joinNeighbours joins what follows each other on a row without a wide space, and marks
// of lists with what they mark.
func joinNeighbours(lines []line) []line {
	var out []line
	for _, l := range lines {
		if n := len(out); n > 0 && sameRow(out[n-1], l) {
			last := out[n-1]
			gap := l.left - last.right
			if gap > -0.3*l.size && (gap < 0.6*l.size || gap < 6*l.size && isMark(last.text())) {
				out[n-1] = beside(last, l)
				continue
			}
		}
		out = append(out, l)
	}
	return out
}

// beside joins two lines of a row.
func beside(a, b line) line {
	joined := a
	joined.words = slices.Concat(a.words, asNote(a, b))
	raised := strings.ContainsRune(superscripts, firstRune(joined.words[len(a.words):]))
	near := b.left-a.right < wordGap*b.size
	if n := len(a.words); n > 0 && len(b.words) > 0 && (!b.begins || raised) && !isRaisedLine(a, b) && near &&
		!isMark(a.text()) {
		joined.words[n-1].text += joined.words[n].text
		joined.words[n-1].right = joined.words[n].right
		joined.words = slices.Delete(joined.words, n, n+1)
	}
	joined.left, joined.right = min(a.left, b.left), max(a.right, b.right)
	joined.hyphen, joined.last = b.hyphen, b.last
	if len(b.words) > len(a.words) {
		joined.size, joined.top, joined.bottom, joined.bold = b.size, b.top, b.bottom, b.bold
	}
	return joined
}

func firstRune(words []word) rune {
	if len(words) == 0 {
		return utf8.RuneError
	}
	r, _ := utf8.DecodeRuneInString(words[0].text)
	return r
}

// asNote returns the words of a line that stands behind another: a small raised number is that
// of a note.
func asNote(a, b line) []word {
	if len(a.words) == 0 || len(b.words) != 1 || len(b.words[0].text) > 3 ||
		strings.ContainsFunc(b.words[0].text, notDigit) || b.size > 0.8*a.size ||
		b.bottom < a.bottom+0.15*a.size || b.left-a.right > wordGap*a.size {
		return b.words
	}
	if unicode.IsDigit(lastRune(a.words[len(a.words)-1].text)) && b.bottom < a.bottom+0.3*a.size {
		return b.words
	}
	w := b.words[0]
	w.text = strings.Map(func(r rune) rune { return []rune(superscripts)[r-'0'] }, w.text)
	return []word{w}
}

// isRaisedLine reports whether a line is the number that a note begins with.
func isRaisedLine(a, b line) bool { return a.size < 0.85*b.size && a.bottom > b.bottom+0.15*b.size }

func notDigit(r rune) bool { return r < '0' || r > '9' }

// rowsOf groups lines by their height on the page, from the top, each row from
// the left.
func rowsOf(lines []line) [][]line {
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(b.top, a.top) })
	var rows [][]line
	for _, l := range lines {
		if n := len(rows); n > 0 && sameRow(rows[n-1][0], l) {
			rows[n-1] = append(rows[n-1], l)
			continue
		}
		rows = append(rows, []line{l})
	}
	for _, row := range rows {
		slices.SortStableFunc(row, func(a, b line) int { return cmp.Compare(a.left, b.left) })
	}
	return rows
}

// sideBySide reports whether a page is drawn across its columns: what follows in PDFium's
// order stands beside, again and again.
func sideBySide(lines []line) bool {
	pairs := 0
	for i := 1; i < len(lines); i++ {
		if sameRow(lines[i-1], lines[i]) && lines[i].left-lines[i-1].right > lines[i].size*0.6 {
			pairs++
		}
	}
	return pairs >= 3 && pairs*4 > len(rowsOf(lines))
}

// isDrawnDown reports whether a page of two columns is drawn from its top to its foot, each
// line where it comes, whichever column it is of.
func isDrawnDown(lines []line) bool {
	for i := 1; i < len(lines); i++ {
		if lines[i].top > lines[i-1].top+lines[i].size {
			return false
		}
	}
	_, _, columns := gutter(lines)
	return columns
}

// byColumns reads a page column by column, in bands between the rows that go over all of
// them. It reports whether there are columns of prose.
func byColumns(lines []line) (out []line, ok bool) {
	left, right := lines[0].left, lines[0].right
	for _, l := range lines {
		left, right = min(left, l.left), max(right, l.right)
	}
	var band []line
	end := func() {
		if a, b, found := gutter(band); found {
			ok = true
			for _, side := range [][]line{a, b} {
				if inner, more := byColumns(side); more {
					side = inner
				}
				out = append(out, side...)
			}
		} else {
			slices.SortStableFunc(band, func(a, b line) int { return cmp.Compare(a.serial, b.serial) })
			out = append(out, band...)
		}
		band = nil
	}
	for _, row := range rowsOf(lines) {
		if slices.ContainsFunc(row, func(l line) bool { return l.right-l.left > (right-left)*0.6 }) {
			end()
			out = append(out, row...)
			continue
		}
		band = append(band, row...)
	}
	end()
	return out, ok
}

// gutter parts a band at the first gap that no line crosses and that has prose on both
// sides.
func gutter(band []line) (left, right []line, ok bool) {
	if len(band) == 0 {
		return nil, nil, false
	}
	lines := slices.Clone(band)
	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(a.left, b.left) })
	edge := lines[0].right
	for i := 1; i < len(lines); i++ {
		if lines[i].left-edge > 0.5*lines[i].size && isProse(lines[:i]) && isProse(lines[i:]) {
			return inRows(lines[:i]), inRows(lines[i:]), true
		}
		edge = max(edge, lines[i].right)
	}
	return nil, nil, false
}

func inRows(lines []line) []line { return slices.Concat(rowsOf(lines)...) }

// isProse reports whether lines are those of a column of prose, and no cells of a table:
// they fill their column, and many go on with what the one above began.
func isProse(lines []line) bool {
	rows := rowsOf(lines)
	left, right := lines[0].left, lines[0].right
	for _, l := range lines {
		left, right = min(left, l.left), max(right, l.right)
	}
	filled, goesOn, cased, chars := 0, 0, 0, 0
	for _, l := range lines {
		chars += utf8.RuneCountInString(l.text())
	}
	for _, row := range rows {
		if row[len(row)-1].right-row[0].left > 0.7*(right-left) {
			filled++
		}
		r, _ := utf8.DecodeRuneInString(row[0].text())
		if unicode.IsUpper(r) || unicode.IsLower(r) {
			cased++
		}
		if unicode.IsLower(r) {
			goesOn++
		}
	}
	return len(rows) >= 3 && chars >= 18*len(rows) && filled*2 >= len(rows) && goesOn*3 >= cased
}

// piece is lines that follow each other downwards in one column.
type piece struct {
	line
	lines []line
}

// fromAbove puts what stands above before what stands below it, and leaves the order as it
// is otherwise.
func fromAbove(lines []line) []line {
	var pieces []piece
	for _, l := range lines {
		if n := len(pieces); n > 0 {
			p := &pieces[n-1]
			last := p.lines[len(p.lines)-1]
			if overlapX(last, l) > 0.3 && l.top < last.top && last.bottom-l.top < 2*l.height() {
				p.lines = append(p.lines, l)
				p.left, p.right, p.bottom = min(p.left, l.left), max(p.right, l.right), min(p.bottom, l.bottom)
				continue
			}
		}
		pieces = append(pieces, piece{l, []line{l}})
	}
	if len(pieces) > maxPieces {
		return lines
	}
	out := make([]line, 0, len(lines))
	done := make([]bool, len(pieces))
	var put func(i int)
	put = func(i int) {
		done[i] = true
		for j := range pieces { // what stands above comes first, in its own order
			if !done[j] && j > i && isAbove(pieces[j].line, pieces[i].line) {
				put(j)
			}
		}
		out = append(out, pieces[i].lines...)
	}
	for i := range pieces {
		if !done[i] {
			put(i)
		}
	}
	return out
}

// maxPieces bounds what is put in order on one page; a real one has less than 100.
const maxPieces = 3000

func isAbove(a, b line) bool {
	return a.bottom > b.top-0.3*min(a.size, b.size) && overlapX(a, b) > 0.3
}
