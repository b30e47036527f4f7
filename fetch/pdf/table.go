package pdf

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A row of a table holds the lines of each cell.
type row [][]line

func (r row) top() float64 {
	top := math.Inf(-1)
	for _, cell := range r {
		top = max(top, cell[0].top)
	}
	return top
}

func (r row) bottom() float64 {
	bottom := math.Inf(1)
	for _, cell := range r {
		bottom = min(bottom, cell[len(cell)-1].bottom)
	}
	return bottom
}

// maxCell is how many lines a cell has at most; what is longer is a column.
const maxCell = 14

// maxRowGap is how far apart the rows of a table are at most, in parts of a line's height.
const maxRowGap = 2.5

// rowAt returns the row of a table that begins with a line, and how many lines it has. A
// row's cells are drawn one after the other, each from its top.
func rowAt(lines []line) (r row, n int) {
	r = row{{lines[0]}}
	for n = 1; n < len(lines); n++ {
		l := lines[n]
		cell := r[len(r)-1]
		last := cell[len(cell)-1]
		switch {
		case len(cell) > maxCell:
			return nil, 0
		case isBeside(r, l):
			r = append(r, []line{l})
		case overlapX(last, l) > 0.2 && l.top < last.top && last.bottom-l.top < 0.6*l.height() &&
			(len(r) > 1 || comesBeside(lines[n:], r)) && (len(r) == 1 || r[0][0].right < l.left):
			r[len(r)-1] = append(cell, l)
		default:
			return r, n
		}
	}
	return r, n
}

// isBeside reports whether a line begins a further cell of a row.
func isBeside(r row, l line) bool {
	for _, cell := range r {
		for _, c := range cell {
			if l.left < c.right {
				return false
			}
		}
	}
	first := r[0][0]
	return math.Abs(first.top-l.top) < 0.5*l.height() || l.top < r.top() && l.bottom > r.bottom()
}

// comesBeside reports whether the first of these lines is a further one of the only cell
// of a row so far: soon a cell beside its first line comes.
func comesBeside(lines []line, r row) bool {
	for i := 1; i < min(len(lines), maxCell); i++ {
		if isBeside(r, lines[i]) {
			return true
		}
		if overlapX(lines[i-1], lines[i]) < 0.2 || lines[i].top > lines[i-1].top {
			return false
		}
	}
	return false
}

// tableAt returns the rows of the table that begins with the first of these lines, and how
// many lines it takes; none where there is no table.
func tableAt(lines []line) (rows []row, n int) {
	ends := 0
	for n < len(lines) {
		r, taken := rowAt(lines[n:])
		if taken == 0 {
			break
		}
		if len(rows) > 0 {
			if r = splitRow(widest(rows), r); !goesOnBelow(rows, r) {
				break
			}
		}
		rows = append(rows, r)
		n += taken
		if len(r) > 1 {
			ends = len(rows)
		} else if len(rows)-ends > 3 {
			break
		}
	}
	for len(rows) > ends {
		for _, cell := range rows[len(rows)-1] {
			n -= len(cell)
		}
		rows = rows[:len(rows)-1]
	}
	splitCells(rows)
	rows = mergeWrapped(rows)
	several := 0
	for _, r := range rows {
		if len(r) > 1 {
			several++
		}
	}
	if several < 2 || len(rows[0]) < 2 || isNumbered(rows) {
		return nil, 0
	}
	return rows, n
}

// isNumbered reports whether rows are the items of a list or notes, each behind its number.
func isNumbered(rows []row) bool {
	first, err := strconv.Atoi(rows[0][0][0].text())
	for i, r := range rows {
		if n, e := strconv.Atoi(r[0][0].text()); err != nil || e != nil || n != first+i || len(r) != 2 || len(r[0]) != 1 {
			return false
		}
	}
	return true
}

// splitCells parts cells that stand so close beside each other that they were taken for one:
// a word begins where a column does in another row.
func splitCells(rows []row) {
	if len(rows) == 0 {
		return
	}
	columns := widest(rows)
	for i := range rows {
		rows[i] = splitRow(columns, rows[i])
	}
}

// widest returns the row with the most cells.
func widest(rows []row) row {
	return slices.MaxFunc(rows, func(a, b row) int { return len(a) - len(b) })
}

// splitRow is splitCells for one row.
func splitRow(columns, r row) row {
	for c := 1; c < len(columns) && len(r) < len(columns); c++ {
		at := columns[c][0].left
		if slices.ContainsFunc(r, func(cell []line) bool { return math.Abs(cell[0].left-at) < 3 }) {
			continue
		}
		for n, cell := range r {
			if left, right := splitAt(cell, at); len(right) > 0 {
				r[n] = left
				r = slices.Insert(r, n+1, right)
				break
			}
		}
	}
	return r
}

// splitAt parts the lines of a cell at a word of the first that begins at a place.
func splitAt(cell []line, at float64) (left, right []line) {
	const near = 1.5
	n := slices.IndexFunc(cell[0].words, func(w word) bool { return math.Abs(w.left-at) < near })
	if n < 1 {
		return cell, nil
	}
	a, b := cell[0], cell[0]
	a.words, b.words = a.words[:n:n], b.words[n:]
	a.right, b.left = a.words[n-1].right, b.words[0].left
	a.hyphen = false
	left, right = []line{a}, []line{b}
	for _, l := range cell[1:] {
		if l.left > at-near {
			right = append(right, l)
		} else {
			left = append(left, l)
		}
	}
	return left, right
}

// goesOnBelow reports whether a row is the next of a table: close below, with a cell where
// one of the rows before has one.
func goesOnBelow(rows []row, r row) bool {
	last := rows[len(rows)-1]
	first := r[0][0]
	if gap := last.bottom() - r.top(); gap < -0.6*first.height() || gap > maxRowGap*first.height() {
		return false
	}
	if len(r) == 1 {
		return standsInColumn(rows, first)
	}
	for _, cell := range r[1:] {
		if slices.ContainsFunc(rows, func(before row) bool {
			return slices.ContainsFunc(before[min(1, len(before)):], func(c []line) bool { return aligned(c[0], cell[0]) })
		}) {
			return true
		}
	}
	return false
}

// standsInColumn reports whether a line begins where a column of a table does, and ends
// before the next.
func standsInColumn(rows []row, l line) bool {
	columns := widest(rows)
	for i, c := range columns {
		if math.Abs(c[0].left-l.left) < 3 {
			return len(columns) > 1 && (i+1 == len(columns) || l.right < columns[i+1][0].left)
		}
	}
	return false
}

// aligned reports whether two cells may be of one column. Numbers may end at the same
// place; the ends of words do so in any text that fills its lines.
func aligned(a, b line) bool {
	const near = 3
	number := strings.ContainsFunc(a.text(), unicode.IsDigit) && strings.ContainsFunc(b.text(), unicode.IsDigit)
	return math.Abs(a.left-b.left) < near || math.Abs(a.left+a.right-b.left-b.right) < 2*near ||
		number && math.Abs(a.right-b.right) < near
}

// mergeWrapped joins rows that are further lines of the row above, where a table is drawn
// line by line: between them is less space than between rows.
func mergeWrapped(rows []row) []row {
	if len(rows) < 2 {
		return rows
	}
	least, most := math.Inf(1), 0.0
	for i, r := range rows {
		for _, cell := range r[:len(r)-1] {
			if len(cell) > 1 {
				return rows // it is drawn cell by cell
			}
		}
		if i > 0 {
			gap := rows[i-1].bottom() - r.top()
			least, most = min(least, gap), max(most, gap)
		}
	}
	if most-least < 0.2*rows[0][0][0].height() {
		return rows
	}
	out := []row{rows[0]}
	for i, r := range rows[1:] {
		above := out[len(out)-1]
		if rows[i].bottom()-r.top() > (least+most)/2 || !isWrapped(above, r) {
			out = append(out, r)
			continue
		}
		for _, cell := range r {
			at := slices.IndexFunc(above, func(c []line) bool { return aligned(c[0], cell[0]) })
			if at < 0 {
				at = len(above) - 1
			}
			above[at] = append(above[at], cell...)
		}
	}
	return out
}

// goesOnAs reports whether the rows at the top of a page are further ones of a table: they
// stand in its columns.
func goesOnAs(table, rows []row) bool {
	columns := widest(table)
	for _, r := range rows {
		for _, cell := range r {
			if !slices.ContainsFunc(columns, func(c []line) bool { return aligned(c[0], cell[0]) }) {
				return false
			}
		}
	}
	return true
}

// sameCells reports whether two rows hold the same words.
func (v vocabulary) sameCells(a, b row) bool {
	return slices.EqualFunc(a, b, func(x, y []line) bool { return v.join(x) == v.join(y) })
}

// isWrapped reports whether a row reads as the second line of the one above.
func isWrapped(above, r row) bool {
	begins := 0
	for _, cell := range r {
		if c, _ := utf8.DecodeRuneInString(cell[0].text()); unicode.IsUpper(c) {
			begins++
		}
	}
	return begins*2 <= len(r) && (len(r) < len(above) || begins == 0)
}

// table writes the rows of a table.
func (v vocabulary) table(rows []row) string {
	columns := 0
	for _, r := range rows {
		columns = max(columns, len(r))
	}
	var b strings.Builder
	for i, r := range rows {
		for _, cell := range r {
			b.WriteString("| " + strings.ReplaceAll(v.join(cell), "|", `\|`) + " ")
		}
		b.WriteString(strings.Repeat("|  ", columns-len(r)) + "|\n")
		if i == 0 {
			b.WriteString(strings.Repeat("| --- ", columns) + "|\n")
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}
