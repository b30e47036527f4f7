package redline

import (
	"strings"
	"unicode/utf8"
)

// abbreviations are what a point after doesn't end a sentence.
var abbreviations = wordSet("no nos art arts sec secs para paras pp cl ch fig vol ed eds inc corp ltd llc co cos mr " +
	"mrs ms dr st vs v cf al etc e.g i.e eg ie approx est dept gov " +
	"jan feb mar apr jun jul aug sept sep oct nov dec u.s u.k e.u abs nr bzw z.b d.h ggf")

// Sentences cuts tokens into sentences and returns where each ends. It knows
// how legal texts use points: "No. 5", "Art. 5", "4.2", "e.g.", "(a)".
func Sentences(tokens []string) []int {
	var ends []int
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		switch c := t[0]; {
		case isSpace(c):
			if strings.IndexByte(t, '\n') >= 0 {
				ends = append(ends, i+1)
			}
			continue
		case c < utf8.RuneSelf && c != '.' && c != '!' && c != '?': // work limit
			continue
		}
		if t != "." && t != "!" && t != "?" && t != "。" && t != "！" && t != "？" {
			continue
		}
		j := i + 1
		for j < len(tokens) && strings.Contains(`"'”’)]»`, tokens[j]) {
			j++
		}
		if j >= len(tokens) {
			break
		}
		if t == "." && (!IsSpace(tokens[j]) || abbreviated(tokens, i) || !startsSentence(tokens, j+1)) {
			continue
		}
		if IsSpace(tokens[j]) {
			j++
		}
		ends = append(ends, j)
		i = j - 1
	}
	if n := len(ends); len(tokens) > 0 && (n == 0 || ends[n-1] < len(tokens)) {
		ends = append(ends, len(tokens))
	}
	return ends
}

// abbreviated reports whether the point at i belongs to what is before it:
// an abbreviation, an initial, a number that begins a line.
func abbreviated(tokens []string, i int) bool {
	if i == 0 {
		return true
	}
	before := tokens[i-1]
	if len(before) == 1 && isLetter(before[0]) {
		return true
	}
	if i == 1 || strings.IndexByte(tokens[i-2], '\n') >= 0 {
		if strings.Trim(before, "0123456789.") == "" {
			return true
		}
	}
	return abbreviations[strings.ToLower(before)]
}

// startsSentence reports whether a sentence may begin at token i.
func startsSentence(tokens []string, i int) bool {
	for ; i < len(tokens); i++ {
		t := tokens[i]
		if strings.Contains(`"'“‘([*_`, t) {
			continue
		}
		return !(t[0] >= 'a' && t[0] <= 'z')
	}
	return true
}
