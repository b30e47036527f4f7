package detect

import (
	"regexp"
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/redline"
)

// stampWords are what says that a date is when a text was changed or takes
// effect.
var stampWords = set("effective updated update updates revised revision modified modification version posted published publication dated date force last changed change " +
	"valid created reviewed amended current archived since as of on in from the this was were is our these terms policy privacy agreement and or for to next " +
	"vigueur entrée jour mise date dernière stand gültig ab fassung actualización actualizado vigente vigor atualização atualizado em")

// stampNouns are the words of a stamp without which it is none.
var stampNouns = set("effective updated update updates revised revision modified modification version posted published publication dated date force changed change valid created reviewed amended current archived " +
	"vigueur jour mise stand gültig fassung actualización actualizado vigente vigor atualização atualizado")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// views is the counter that some help pages put before their stamp.
var views = regexp.MustCompile(`(?i)\bviews:?\s*\d[\d.,]*[km]?`)

// maxStampWords is how many words may stand around the date of a bare stamp.
const maxStampWords = 10

// isStamp reports whether a phrase with dates in it is a bare date stamp: a date
// alone or with a few words that say when a text was changed or takes effect,
// and that oblige nobody.
func isStamp(phrase []string) bool {
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
			noun = noun || stampNouns[strings.ToLower(t)]
		}
	}
	return dates > 0 && (words == 0 || words <= maxStampWords && noun)
}

func isVersionNumber(t string) bool {
	return strings.Count(t, ".") >= 1 && strings.Trim(t, "0123456789.v") == ""
}

// stamp reports whether a difference is only in the dates of bare date stamps.
func (d difference) stamp() bool {
	del, ins := d.old[d.i0:d.i1], d.new[d.j0:d.j1]
	if !hasDate(del) && !hasDate(ins) {
		return false
	}
	for _, side := range []struct {
		tokens []string
		from   int
		to     int
	}{{d.old, d.i0, d.i1}, {d.new, d.j0, d.j1}} {
		from, to := phraseAround(side.tokens, side.from, side.to)
		phrase := side.tokens[from:to]
		if countWords(phrase) == 0 {
			continue
		}
		if !isStamp(phrase) && (hasDate(phrase) || !stampWordsOnly(phrase)) {
			return false
		}
	}
	return true
}

func hasDate(tokens []string) bool {
	for _, t := range tokens {
		if redline.IsDate(t) {
			return true
		}
	}
	return false
}

// stampWordsOnly reports whether a phrase has no words but a stamp's: a stamp
// whose date went or was not there yet.
func stampWordsOnly(phrase []string) bool {
	for _, t := range phrase {
		if redline.IsWord(t) && !stampWords[strings.ToLower(t)] {
			return false
		}
	}
	return true
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

// saysNothing judges the visible words of a clause that appeared or went by
// themselves: a bare date stamp, a counter, page furniture.
func saysNothing(visible string) (model.Reason, string) {
	if len(visible) < 400 && hasYear(visible) && allStamps(redline.Tokens(visible)) {
		return model.ReasonDate, ""
	}
	if what := furniture(visible); what != "" {
		return model.ReasonBoilerplate, what
	}
	return model.ReasonNone, ""
}

// hasYear reports whether four digits, or two after a stroke or point, stand
// together: without them there is no date.
func hasYear(s string) bool {
	run := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			run = 0
			continue
		}
		if run++; run == 4 || run == 2 && i > 1 && (s[i-2] == '/' || s[i-2] == '.') {
			return true
		}
	}
	return false
}

// notice matches what a page says of its own update, which goes once that is
// over: "We've updated our Privacy Policy, effective 29 June 2022. You can view
// the previous one here."
var notice = regexp.MustCompile(`(?i)^[^a-z]*(?:we(?:'ve| have) (?:recently )?(?:updated|changed|revised) (?:our|this|these)\b.*\b(?:effective|take effect|takes effect|until)\b|` +
	`our new [a-z &]{4,40} (?:comes|come|will come) into effect on\b.*\b(?:view|read|see) (?:our|your|the) (?:current|previous)\b|` +
	`this (?:page|version) is the (?:updated|new|current) .*\beffective until\b|` +
	`if you .*\byou can view your current .*\bhere\b.*\bwill (?:be|become) effective\b)`)

// isPastNotice reports whether a clause that went was only a notice of an
// update: it has a date, speaks of versions, and obliges nobody.
func isPastNotice(visible string) bool {
	return len(visible) < 500 && notice.MatchString(visible) && hasDate(redline.Tokens(visible))
}

// allStamps reports whether every phrase is a bare date stamp.
func allStamps(tokens []string) bool {
	found := false
	for from := 0; from < len(tokens); {
		_, to := phraseAround(tokens, from, min(from+1, len(tokens)))
		phrase := tokens[from:to]
		if countWords(phrase) > 0 {
			if !isStamp(phrase) {
				return false
			}
			found = true
		}
		from = max(to, from+1)
	}
	return found
}
