package rules

import (
	"slices"
	"strings"
)

// otherColumn reports whether the cells of a row of a table that hold something
// are others now: the column says what is meant. A row that is as a whole beside
// where it was, with more cells or fewer, says the same.
func otherColumn(old, new string) bool {
	x, width := filledCells(old)
	y, newWidth := filledCells(new)
	if len(x) != len(y) || slices.Equal(x, y) {
		return false
	}
	for i := range x {
		if width == newWidth || x[i]-y[i] != x[0]-y[0] {
			return true
		}
	}
	return false
}

// filledCells lists which cells of a row hold something, and how many there are.
func filledCells(row string) (filled []int, width int) {
	row, _, _ = strings.Cut(row, "\n")
	row = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(row), "|"), "|")
	for i, cell := range strings.Split(strings.ReplaceAll(row, `\|`, ""), "|") {
		if width++; strings.TrimSpace(cell) != "" {
			filled = append(filled, i)
		}
	}
	return filled, width
}
