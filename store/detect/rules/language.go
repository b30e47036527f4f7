package rules

import (
	"strings"
	"unicode"

	"fineprint/store/text/clause"
)

var stopWords = func() map[string]string {
	m := map[string]string{}
	for language, words := range map[string]string{
		"English":    "the of and to in that is for you with your this are we our by be or as on",
		"French":     "le la les des et vous que pour dans est votre nous une sur avec par ou du vos notre",
		"German":     "der die und das den zu mit sie von ist für nicht wir ein auf dem werden ihre oder sich",
		"Spanish":    "el los las que de y en para usted con por una su sus nuestro del se como al nosotros",
		"Italian":    "il di che per gli della con nostro sono dei una nel alla dati non utente tuo tua ai del",
		"Portuguese": "o os as que de e em para você com por uma seu seus nosso não se como ao nós",
		"Dutch":      "de het een en van dat voor je met op zijn niet wij we ons onze uw of door aan",
	} {
		for _, w := range strings.Fields(words) {
			if m[w] != "" {
				m[w] = "-" // of several languages
				continue
			}
			m[w] = language
		}
	}
	return m
}()

const (
	// maxStopWord is how long, in bytes, a stop word is, maxCounted how many
	// words of a text are looked at.
	maxStopWord = 8
	maxCounted  = 3000 // work limit
	// minCounted is how many words a text must have for its language to be
	// known. One word in minShare must be a language's, and minLead times as
	// many as of any other.
	minCounted = 60
	minShare   = 12
	minLead    = 3
)

// language guesses the language of a text by its commonest words; "" when
// unsure.
func language(text string) string {
	counts := map[string]int{}
	words := 0
	for w := range strings.FieldsSeq(text) {
		if len(w) <= maxStopWord {
			if l := stopWords[strings.ToLower(w)]; l != "" && l != "-" {
				counts[l]++
			}
		}
		if words++; words > maxCounted {
			break
		}
	}
	best, most, second := "", 0, 0
	for l, n := range counts {
		if n > most {
			best, most, second = l, n, most
		} else {
			second = max(second, n)
		}
	}
	if words < minCounted || most*minShare < words || most < minLead*second {
		return ""
	}
	return best
}

// scriptNames are the scripts that are told apart, each with what is written in it.
var scriptNames = []struct {
	name   string
	tables []*unicode.RangeTable
}{
	{"Latin", []*unicode.RangeTable{unicode.Latin}}, {"Cyrillic", []*unicode.RangeTable{unicode.Cyrillic}},
	{"Greek", []*unicode.RangeTable{unicode.Greek}}, {"Arabic", []*unicode.RangeTable{unicode.Arabic}},
	{"Hebrew", []*unicode.RangeTable{unicode.Hebrew}}, {"Thai", []*unicode.RangeTable{unicode.Thai}},
	{"Devanagari", []*unicode.RangeTable{unicode.Devanagari}}, {"Hangul", []*unicode.RangeTable{unicode.Hangul}},
	{"Chinese or Japanese", []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana}},
}

const (
	// minLetters is how many letters a text has for its script to be known, minScript which
	// share of them, in percent, is of it.
	minLetters = 100
	minScript  = 70
)

// writing returns the script that next to all of a text's beginning is written in; "" when
// unsure.
func writing(text string) string {
	counts, all := make([]int, len(scriptNames)), 0
	for _, r := range clause.Visible(text[:min(len(text), maxFormality)]) {
		if !unicode.IsLetter(r) {
			continue
		}
		all++
		for i := range scriptNames {
			if unicode.In(r, scriptNames[i].tables...) {
				counts[i]++
				break
			}
		}
	}
	for i, n := range counts {
		if all >= minLetters && n*100 >= minScript*all {
			return scriptNames[i].name
		}
	}
	return ""
}
