package redline

import (
	"strings"
	"unicode"
)

// Weighty reports whether a token is one that may turn a sentence around: a
// number, a negation or a modal verb. A redline never folds a kept one into a
// change, and detection never calls a changed one immaterial by itself.
func Weighty(token string) bool { return IsNumber(token) || Negation(token) || Modal(token) }

// IsNumber reports whether a token is a number, in digits or as a word, and no
// address. "One" is rather a pronoun.
func IsNumber(token string) bool {
	if len(token) <= 12 && numberWords[strings.ToLower(token)] {
		return true
	}
	return strings.IndexFunc(token, unicode.IsDigit) >= 0 && !IsTarget(token)
}

// IsTarget reports whether a token is a link's target or an address.
func IsTarget(token string) bool {
	return strings.HasPrefix(token, "](") || strings.Contains(token, "://") || strings.Contains(token, "@")
}

// IsWord reports whether a token holds a letter or a digit.
func IsWord(token string) bool {
	if c := token[0]; isLetter(c) || isDigit(c) {
		return true
	}
	return strings.IndexFunc(token, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

// IsSpace reports whether a token is white space.
func IsSpace(token string) bool { return strings.TrimSpace(token) == "" }

// IsMoney reports whether a token is an amount with its sign, or a currency.
func IsMoney(token string) bool {
	return strings.ContainsAny(token, "$€£¥") || currencies[token]
}

var (
	currencies = map[string]bool{"USD": true, "EUR": true, "GBP": true, "CAD": true, "AUD": true, "JPY": true, "CHF": true}

	negations = wordSet("not no nor none never neither without except unless cannot nothing nobody exclude excluding excludes prohibited " +
		"ne pas jamais sans sauf aucun aucune nicht kein keine keinen ohne nie nunca sin salvo não nem sem non mai senza")

	numberWords = wordSet("two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen " +
		"twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion")

	modals = wordSet("may must shall should will would can could might required require requires mandatory optional only always entitled permitted allowed " +
		"doit doivent peut peuvent muss müssen darf dürfen kann soll debe deben puede pueden deve devono può possono")
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// Negation reports whether a token negates or excepts.
func Negation(token string) bool {
	if len(token) > 12 || len(token) < 2 {
		return false
	}
	w := strings.ToLower(token)
	return negations[w] || strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "n’t")
}

// Modal reports whether a token is a modal verb or says who must, may or only.
func Modal(token string) bool {
	return len(token) <= 12 && modals[strings.ToLower(token)]
}
