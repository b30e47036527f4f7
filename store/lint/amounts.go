package lint

import (
	"strings"

	"fineprint/store/text/redline"
)

// Amount is a number in a text with what it counts.
type Amount struct {
	Value float64
	// Scale is "month", "hour" or "percent", and Value counts those; "" for anything else.
	Scale      string
	Start, End int // in the text, with its unit
}

// Amounts lists the numbers of a text that count something, where they stand: not those
// that name a place in a law or a document.
func Amounts(text string) []Amount {
	var c counter
	var at []int
	pos := 0
	for _, t := range redline.Tokens(text) {
		if !redline.IsSpace(t) && strings.Trim(t, "*_\\") != "" {
			c.tokens, at = append(c.tokens, t), append(at, pos)
		}
		pos += len(t)
	}
	for c.at < len(c.tokens) {
		c.next()
	}
	var list []Amount
	for _, a := range c.found {
		if a.date != "" || a.to == 0 || a.excused {
			continue
		}
		value := a.value
		if a.unit.of != "" {
			value *= a.unit.each
		}
		found := Amount{value, a.unit.of, at[a.from], at[a.to-1] + len(c.tokens[a.to-1])}
		if found.Scale == "" && a.to < len(c.tokens) && c.tokens[a.to] == "%" {
			found.Scale, found.End = "percent", at[a.to]+len("%")
		}
		if n := len(list); n > 0 && found.Start < list[n-1].End {
			continue // the same number again, in brackets
		}
		list = append(list, found)
	}
	return list
}
