package redline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tokens cuts a text into words, runs of white space, and single other
// characters, with combining marks kept on their base; joined they are the text.
// A word is a run of letters and digits, with an apostrophe between letters and
// a point or comma between digits inside it. Scripts written without spaces
// between words (Han, Kana, Thai, Lao, Khmer) give one token a character.
func Tokens(text string) []string {
	tokens := make([]string, 0, len(text)/4+1)
	for i := 0; i < len(text); {
		n := tokenLength(text[i:])
		tokens = append(tokens, text[i:i+n])
		i += n
	}
	return tokens
}

func tokenLength(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case unicode.IsSpace(r):
		for n < len(s) {
			r, k := utf8.DecodeRuneInString(s[n:])
			if !unicode.IsSpace(r) {
				break
			}
			n += k
		}
	case inWord(r):
		before := r
		for n < len(s) {
			r, k := utf8.DecodeRuneInString(s[n:])
			if !inWord(r) && !unicode.Is(unicode.M, r) {
				next, _ := utf8.DecodeRuneInString(s[n+k:])
				joins := (r == '\'' || r == '’') && unicode.IsLetter(before) && unicode.IsLetter(next) ||
					(r == '.' || r == ',') && unicode.IsDigit(before) && unicode.IsDigit(next)
				if !joins {
					break
				}
			}
			n += k
			before = r
		}
	default:
		for n < len(s) {
			r, k := utf8.DecodeRuneInString(s[n:])
			if !unicode.Is(unicode.M, r) {
				break
			}
			n += k
		}
	}
	return n
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer)
}

// Weighty reports whether a token is one that may turn a sentence around: a
// number, a negation or a modal verb. A redline never folds a kept one into a
// change, and detection never calls a changed one immaterial.
func Weighty(token string) bool { return IsNumber(token) || Negation(token) || Modal(token) }

// IsNumber reports whether a token holds a digit.
func IsNumber(token string) bool { return strings.IndexFunc(token, unicode.IsDigit) >= 0 }

var negations = wordSet("not no nor none never neither without except unless cannot nothing nobody exclude excluding excludes prohibited " +
	"ne pas jamais sans sauf aucun aucune nicht kein keine keinen ohne nie no nunca sin salvo não nem sem non mai senza")

var modals = wordSet("may must shall should will would can could might required require requires mandatory optional only always entitled permitted allowed " +
	"doit doivent peut peuvent muss müssen darf dürfen kann soll debe deben puede pueden deve devono può possono")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// Negation reports whether a token negates or excepts.
func Negation(token string) bool {
	w := strings.ToLower(token)
	return negations[w] || strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "n’t")
}

// Modal reports whether a token is a modal verb or says who must, may or only.
func Modal(token string) bool { return modals[strings.ToLower(token)] }
