package rules

import (
	"strings"

	"fineprint/store/text/redline"
)

// dateLineNouns are the words of a date line without which it is none.
var dateLineNouns = wordSetOf(
	"effective updated update updates revised revision modified modification version posted published publication",
	"dated date force changed change valid created reviewed amended current archived",
	"vigueur jour mise stand gültig fassung actualización actualizado vigente vigor atualização atualizado")

// dateLineWords are all the words of a date line: the words for a date at which
// a text was changed or takes effect.
var dateLineWords = union(dateLineNouns, wordSetOf(
	"last since as of on in from the this was were is our these terms policy privacy agreement and or for to next",
	"entrée date dernière ab em"))

// views is the counter that some help pages put before their date line.
var views = pattern(`(?i)\bviews:?\s*\d[\d.,]*[km]?`)

const (
	// maxDateLineWords is how many words may be around the date of a date line.
	maxDateLineWords = 10
	// maxDateLine is how long, in bytes, a clause of date lines is.
	maxDateLine = 400
)

// isDateLine reports whether a phrase with dates in it is a bare date line: a
// date alone or with a few words for when a text was changed or takes
// effect, and that oblige nobody.
func isDateLine(phrase []string) bool {
	for _, t := range phrase {
		if strings.EqualFold(t, "views") {
			phrase = redline.Tokens(views.ReplaceAllString(strings.Join(phrase, ""), ""))
			break
		}
	}
	words, dates, noun := 0, 0, false
	for _, t := range phrase {
		switch {
		case !redline.IsWord(t):
		case redline.IsDate(t):
			dates++
		case redline.IsNumber(t) && !isVersionNumber(t), redline.Negation(t), redline.Modal(t), redline.IsTarget(t):
			return false
		default:
			words++
			noun = noun || dateLineNouns[strings.ToLower(t)]
		}
	}
	return dates > 0 && (words == 0 || words <= maxDateLineWords && noun)
}

func isVersionNumber(t string) bool {
	return strings.Count(t, ".") >= 1 && strings.Trim(t, "0123456789.v") == ""
}

// inDateLines reports whether a stretch differs only in the dates of bare date
// lines.
func inDateLines(s *Stretch) bool {
	if !HasDate(s.old[s.i0:s.i1]) && !HasDate(s.new[s.j0:s.j1]) {
		return false
	}
	return ofDateLine(s.old, s.i0, s.i1) && ofDateLine(s.new, s.j0, s.j1)
}

// ofDateLine reports whether the phrase around tokens[from:to] is a date line,
// one whose date is missing, or nothing at all.
func ofDateLine(tokens []string, from, to int) bool {
	from, to = phraseAround(tokens, from, to)
	phrase := tokens[from:to]
	return countWords(phrase) == 0 || isDateLine(phrase) || !HasDate(phrase) && onlyDateLineWords(phrase)
}

// HasDate reports whether there is a date among some tokens.
func HasDate(tokens []string) bool {
	for _, t := range tokens {
		if redline.IsDate(t) {
			return true
		}
	}
	return false
}

// onlyDateLineWords reports whether a phrase has no words but a date line's:
// one whose date was removed or not there yet.
func onlyDateLineWords(phrase []string) bool {
	for _, t := range phrase {
		if redline.IsWord(t) && !dateLineWords[strings.ToLower(t)] {
			return false
		}
	}
	return true
}

// HasYear reports whether four digits, or two after a stroke or point, are
// together: without them there is no date.
func HasYear(s string) bool {
	run := 0
	for i := range len(s) {
		if !isDigit(s[i]) {
			run = 0
			continue
		}
		if run++; run == 4 || run == 2 && i > 1 && (s[i-2] == '/' || s[i-2] == '.') {
			return true
		}
	}
	return false
}

// onlyDateLines reports whether every phrase is a bare date line.
func onlyDateLines(tokens []string) bool {
	found := false
	for from := 0; from < len(tokens); {
		_, to := phraseAround(tokens, from, min(from+1, len(tokens)))
		phrase := tokens[from:to]
		if countWords(phrase) > 0 {
			if !isDateLine(phrase) {
				return false
			}
			found = true
		}
		from = max(to, from+1)
	}
	return found
}
