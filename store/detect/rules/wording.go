package rules

import (
	"strings"
	"unicode"
	"unicode/utf8"

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

// compareWording compares only words, numbers and signs that say something: the
// reason is typography when they are the same, case or whitespace when that is
// all they differ in, none otherwise. before and after are what is next to both.
func compareWording(x, y []string, before, after string) model.Reason {
	if len(x) == len(y) {
		exact, fold := true, true
		for i := range x {
			if x[i] != y[i] {
				exact = false
				if !strings.EqualFold(x[i], y[i]) || otherByCase(x, y, i, before, after) {
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

// wordingOf is [compareWording] of all of two visible texts.
func wordingOf(old, new string) model.Reason {
	if surelyOther(old, new) { // work limit
		return model.ReasonNone
	}
	return compareWording(Words(redline.Tokens(old)), Words(redline.Tokens(new)), "", "")
}

// surelyOther reports whether the words of two texts differ in a letter or a digit of
// ASCII: then they differ in more than case and spaces. It stops at other characters,
// which may be another case of such, and at a bracket, after which letters may say
// nothing, as those of a trade mark.
func surelyOther(old, new string) bool {
	for i, j := 0, 0; ; i, j = i+1, j+1 {
		i, j = nextLetter(old, i), nextLetter(new, j)
		switch {
		case i < len(old) && !isPlain(old[i]), j < len(new) && !isPlain(new[j]):
			return false
		case i == len(old) || j == len(new):
			return i < len(old) || j < len(new)
		case old[i]|0x20 != new[j]|0x20:
			return true
		}
	}
}

// nextLetter returns where from i on the next letter or digit of ASCII is, or what
// surelyOther stops at.
func nextLetter(s string, i int) int {
	for i < len(s) && s[i] < utf8.RuneSelf && s[i] != '(' && !isPlain(s[i]) {
		i++
	}
	return i
}

// isPlain reports whether a byte is a letter or a digit of ASCII.
func isPlain(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'z' }

// initials are words that are names in capitals, and others in small letters.
var initials = wordSetOf("us it who am me he go aids aid led")

// otherByCase reports whether the words at i, the same but for case, are other
// words: initials amid words that are not in capitals ("US" and "us"), and the
// month beside the verb in a sentence ("May" and "may").
func otherByCase(x, y []string, i int, before, after string) bool {
	side := x
	if inCapitals(y[i]) {
		side = y
	}
	if i > 0 {
		before = side[i-1]
	}
	if i+1 < len(side) {
		after = side[i+1]
	}
	low := strings.ToLower(x[i])
	if low == "may" {
		return (x[i] == "May") != (y[i] == "May") && (x[i] == low || y[i] == low) && isLower(before) && isLower(after)
	}
	return initials[low] && inCapitals(x[i]) != inCapitals(y[i]) && !inCapitals(before) && !inCapitals(after)
}

func inCapitals(w string) bool {
	return len(w) > 1 && w == strings.ToUpper(w) && w != strings.ToLower(w)
}

func isLower(w string) bool { return w != "" && w[0] >= 'a' && w[0] <= 'z' }

// Words returns the tokens that say something: words, numbers, and signs where
// they mean something. A number whose thousands are parted by a space, or an
// apostrophe, is one with a comma there.
func Words(tokens []string) []string { return wordsIn(tokens, 0, len(tokens)) }

// wordsIn is Words of tokens[from:to].
func wordsIn(tokens []string, from, to int) []string {
	return appendWords(make([]string, 0, (to-from)/2+1), tokens, from, to)
}

// appendWords appends wordsIn to out, which is empty.
func appendWords(out, tokens []string, from, to int) []string {
	last := -1 // the token of the last word
	for i := from; i < to; i++ {
		if !redline.Says(tokens, i) {
			continue
		}
		t := tokens[i]
		if len(t) >= 3 && isDigit(t[0]) && last >= 0 && last == i-2 && isThousands(out[len(out)-1], tokens[i-1], t) {
			out[len(out)-1] += "," + t
		} else {
			out = append(out, t)
		}
		last = i
	}
	return out
}

// isThousands reports whether a number, what is after it and three more digits are
// one number: "10 000", "1'000".
func isThousands(number, between, digits string) bool {
	if !redline.IsSpace(between) && between != "'" && between != "’" || strings.Contains(between, "\n") ||
		!isDigit(digits[1]) || !isDigit(digits[2]) || len(digits) > 3 && digits[3] != '.' && digits[3] != '%' {
		return false
	}
	first, rest, found := strings.Cut(strings.TrimLeft(number, "+-$€£¥"), ",")
	if found && len(rest)%4 != 3 {
		return false
	}
	return len(first) > 0 && len(first) <= 3 && first[0] != '0' && strings.Trim(first+rest, "0123456789,") == ""
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

// compounds are words that mean another thing than the words they are made of,
// and negating the syllables that make a word its opposite.
var (
	compounds = wordSetOf("nowhere maybe apart already altogether always anyway sometime sometimes everyday overtime " +
		"another nonetheless hereafter undertake")
	negating = wordSetOf("in un im ir il dis")
	articles = wordSetOf("the our your this that an any all its their his her which")
)

// changesMeaning reports whether it means something whether two words are run
// together: "now here", "in valid", and where one of them is weighty: "can not".
func changesMeaning(word string, n int) bool {
	left, right := strings.ToLower(word[:n]), strings.ToLower(word[n:])
	if !isLower(word[n:]) {
		return false
	}
	return compounds[left+right] || negating[left] && !articles[right] || redline.Significant(left) && left != "non" ||
		redline.Significant(right) || redline.Significant(word)
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
			if isDigit(longer[n-1]) || isDigit(longer[n]) || !hasWord(longer[n:]) || !hasWord(longer[:n]) ||
				changesMeaning(longer, n) {
				return false
			}
		}
		restX, restY = restX[n:], restY[n:]
	}
	return true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

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

func abbreviation(t string) bool { return len(t) == 1 && hasWord(t) || redline.IsMonth(t) }
