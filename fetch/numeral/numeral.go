// Package numeral writes numbers as the signs that lists and pages are numbered with. It is
// not for reading them: what a text says stays as it is.
package numeral

import "strings"

// Roman writes a number above zero in capital letters, from 4,000 on with as many M as it
// takes; "" for any other.
func Roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		value  int
		symbol string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"},
		{9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.symbol)
		}
	}
	return b.String()
}
