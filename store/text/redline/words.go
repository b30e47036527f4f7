package redline

import (
	"strings"
	"unicode"
)

// Class is what a token may turn a sentence around by; classes are added up.
type Class uint8

// The classes.
const (
	ClassNumber Class = 1 << iota
	ClassNegation
	ClassModal
)

// ClassOf returns a token's classes; 0 for most.
func ClassOf(token string) Class {
	var class Class
	if n := len(token); n >= 2 && n <= 12 {
		var low [12]byte
		for i := range n {
			c := token[i]
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			low[i] = c
		}
		var ok bool
		if first := low[0] - 'a'; first >= 26 || hasClass[first][n] {
			class, ok = classes[string(low[:n])]
		}
		if !ok {
			if token[n-1]|0x20 == 't' && (token[n-2] == '\'' || token[n-2] >= 0x80) {
				class = contracted(token)
			}
		}
	}
	if class == 0 && hasDigit(token) && !IsTarget(token) {
		class = ClassNumber
	}
	return class
}

func hasDigit(token string) bool {
	for i := range len(token) {
		if c := token[i]; c >= '0' && c <= '9' {
			return true
		} else if c >= 0x80 {
			return strings.IndexFunc(token[i:], unicode.IsNumber) >= 0
		}
	}
	return false
}

func contracted(token string) Class {
	w := strings.ToLower(token)
	if strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "n’t") {
		return ClassNegation
	}
	return 0
}

// Significant reports whether a token is one that may turn a sentence around: a
// number, a negation or a modal verb. A redline never folds a kept one into a
// change, and detection never calls a changed one immaterial by itself.
func Significant(token string) bool { return ClassOf(token) != 0 }

// IsNumber reports whether a token is a number, in digits or as a word, and no
// address. "One" is rather a pronoun.
func IsNumber(token string) bool { return ClassOf(token)&ClassNumber != 0 }

// Negation reports whether a token negates or excepts.
func Negation(token string) bool { return ClassOf(token)&ClassNegation != 0 }

// Modal reports whether a token is a modal verb or a word for who must, may or only.
func Modal(token string) bool { return ClassOf(token)&ClassModal != 0 }

// IsTarget reports whether a token is a link's target or an address.
func IsTarget(token string) bool {
	if strings.HasPrefix(token, "](") {
		return true
	}
	for i := range len(token) { // work limit
		if c := token[i]; c == '@' || c == ':' && strings.HasPrefix(token[i:], "://") {
			return true
		}
	}
	return false
}

// IsWord reports whether a token holds a letter or a number, be it a fraction or a
// superscript.
func IsWord(token string) bool {
	if c := token[0]; isLetter(c) || IsDigit(c) || len(token) == 1 { // work limit
		return isLetter(c) || IsDigit(c)
	}
	return strings.IndexFunc(token, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) >= 0
}

// IsSpace reports whether a token is white space.
func IsSpace(token string) bool { return strings.TrimSpace(token) == "" }

// IsMoney reports whether a token is an amount with its sign, or a currency.
func IsMoney(token string) bool {
	if c := token[0]; isLetter(c) {
		return len(token) == 3 && currencies[token]
	}
	return strings.IndexFunc(token, func(r rune) bool { return unicode.Is(unicode.Sc, r) }) >= 0
}

var currencies = map[string]bool{"USD": true, "EUR": true, "GBP": true, "CAD": true, "AUD": true, "JPY": true,
	"CHF": true}

// hasClass rules out most words by their first letter and length.
var hasClass = func() (t [26][13]bool) {
	for w := range classes {
		if first := w[0] - 'a'; first < 26 && len(w) <= 12 {
			t[first][len(w)] = true
		}
	}
	return t
}()

// classes are the words that have one. "May" and "can" are modals in every
// place: better one badge too many.
var classes = func() map[string]Class {
	m := map[string]Class{}
	for class, words := range map[Class]string{
		ClassNegation: "not no nor none never neither without except unless cannot nothing nobody exclude excluding " +
			"excludes prohibited " +
			"ne pas jamais sans sauf aucun aucune nicht kein keine keinen ohne nie nunca sin salvo não nem sem non mai senza",
		ClassNumber: "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
			"seventeen eighteen nineteen " +
			"twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion",
		ClassModal: "may must shall should will would can could might required require requires mandatory optional only " +
			"always entitled permitted allowed " +
			"doit doivent peut peuvent muss müssen darf dürfen kann soll debe deben puede pueden deve devono può possono",
	} {
		for _, w := range strings.Fields(words) {
			m[w] |= class
		}
	}
	return m
}()

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
