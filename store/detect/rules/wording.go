package rules

import (
	"strings"
	"unicode"

	"fineprint/store/model"
	"fineprint/store/text/redline"
)

// wordSet is a set of words or lines in lower case.
type wordSet map[string]bool

// wordSetOf makes a set of the words of its arguments.
func wordSetOf(texts ...string) wordSet {
	m := wordSet{}
	for _, text := range texts {
		for _, w := range strings.Fields(text) {
			m[w] = true
		}
	}
	return m
}

// lines makes a set of the lines of a text.
func lines(s string) wordSet {
	m := wordSet{}
	for _, l := range strings.Split(s, "\n") {
		m[l] = true
	}
	return m
}

// union makes a set of what is in any of some sets.
func union(sets ...wordSet) wordSet {
	m := wordSet{}
	for _, s := range sets {
		for w := range s {
			m[w] = true
		}
	}
	return m
}

// compareWording compares only words and numbers: the reason is typography when
// they are the same, case or whitespace when that is all they differ in, none
// otherwise.
func compareWording(x, y []string) model.Reason {
	if len(x) == len(y) {
		exact, fold := true, true
		for i := range x {
			if x[i] != y[i] {
				exact = false
				if !strings.EqualFold(x[i], y[i]) {
					fold = false
					break
				}
			}
		}
		switch {
		case exact:
			return model.ReasonTypography
		case fold:
			return model.ReasonCase
		}
	}
	if runTogether(x, y) {
		return model.ReasonWhitespace
	}
	return model.ReasonNone
}

// Words returns the tokens that are words or numbers.
func Words(tokens []string) []string {
	out := make([]string, 0, len(tokens)/2+1)
	for _, t := range tokens {
		if redline.IsWord(t) {
			out = append(out, t)
		}
	}
	return out
}

func countWords(tokens []string) int {
	n := 0
	for _, t := range tokens {
		if redline.IsWord(t) {
			n++
		}
	}
	return n
}

// runTogether reports whether two lists of words differ only in where spaces
// are between letters: "Civic participationClimate change". Spaces beside
// digits count: "1 5" is not "15".
func runTogether(x, y []string) bool {
	i, j := 0, 0
	var restX, restY string
	for i < len(x) || j < len(y) || restX != "" || restY != "" {
		if restX == "" {
			if i == len(x) {
				return false
			}
			restX, i = x[i], i+1
		}
		if restY == "" {
			if j == len(y) {
				return false
			}
			restY, j = y[j], j+1
		}
		n := min(len(restX), len(restY))
		if restX[:n] != restY[:n] {
			return false
		}
		if len(restX) != len(restY) {
			longer := restX
			if len(restY) > n {
				longer = restY
			}
			if isDigit(longer[n-1]) || isDigit(longer[n]) {
				return false
			}
		}
		restX, restY = restX[n:], restY[n:]
	}
	return true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// plainWord reports whether a token is letters of ASCII alone, in one case but
// for the first: what several words without a space between them are not.
func plainWord(t string) bool {
	for i := range len(t) {
		if c := t[i]; !(c >= 'a' && c <= 'z' || i == 0 && c >= 'A' && c <= 'Z') {
			return false
		}
	}
	return true
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// hasWord reports whether a text has a letter or a digit.
func hasWord(s string) bool { return strings.IndexFunc(s, isWordRune) >= 0 }

func wordBefore(tokens []string, i int) string {
	for i--; i >= 0 && redline.IsSpace(tokens[i]); i-- {
	}
	if i < 0 {
		return ""
	}
	return tokens[i]
}

func wordAfter(tokens []string, i int) string {
	for ; i < len(tokens) && redline.IsSpace(tokens[i]); i++ {
	}
	if i == len(tokens) {
		return ""
	}
	return tokens[i]
}

// phraseAround widens tokens[from:to] to the phrase it is in: up to what ends a
// sentence, a line, or an item of a line.
func phraseAround(tokens []string, from, to int) (int, int) {
	for from > 0 && !endsPhrase(tokens, from-1) {
		from--
	}
	for to < len(tokens) && !endsPhrase(tokens, to) {
		to++
	}
	return from, to
}

func endsPhrase(tokens []string, i int) bool {
	switch t := tokens[i]; t {
	case ";", "!", "?", "|":
		return true
	case ".":
		return i+1 == len(tokens) || redline.IsSpace(tokens[i+1]) && (i == 0 || !abbreviation(tokens[i-1]))
	default:
		return redline.IsSpace(t) && strings.Contains(t, "\n")
	}
}

func abbreviation(t string) bool { return len(t) == 1 || redline.IsMonth(t) }
