package detect

import (
	"regexp"
	"strings"

	"fineprint/store/clause"
	"fineprint/store/redline"
	"fineprint/store/terms"
)

// immaterial returns why the difference of two clauses says nothing new, or
// ReasonNone when it may. Each step takes away more; the first after which both
// are equal names the reason.
func immaterial(a, b string) terms.Reason {
	if clause.Space(a) == clause.Space(b) {
		return terms.ReasonWhitespace
	}
	a, b = clause.Typography(a), clause.Typography(b)
	if clause.Space(a) == clause.Space(b) {
		return terms.ReasonTypography
	}
	a, b = clause.Markup(a), clause.Markup(b)
	if clause.Space(a) == clause.Space(b) {
		return terms.ReasonFormatting
	}
	a, b = clause.Space(clause.Links(a)), clause.Space(clause.Links(b))
	if a == b {
		return terms.ReasonLink
	}
	if clause.Unnumbered(a) == clause.Unnumbered(b) {
		return terms.ReasonNumbering
	}
	if stampsOnly(a, b) {
		return terms.ReasonDate
	}
	if strings.EqualFold(a, b) {
		return terms.ReasonCase
	}
	return terms.ReasonNone
}

const months = `(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?|` +
	`janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|januar|februar|märz|juni|juli|oktober|dezember|` +
	`enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)`

var (
	date = regexp.MustCompile(`(?i)\b(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|` +
		months + `\s+\d{1,2}(?:st|nd|rd|th)?(?:\s*,\s*|\s+)\d{4}|\d{1,2}(?:st|nd|rd|th|er|\.)?\s+(?:of\s+|de\s+)?` + months + `\s*,?\s*(?:de\s+)?\d{4}|` + months + `\s*,?\s+\d{4})`)
	stamp = regexp.MustCompile(`(?i)\b(?:effective|updated?|revised|revision|modified|modification|version|posted|published|dated?|in force|as of|last change[sd]?|valid from|` +
		`jour|vigueur|stand|gültig|actualiza\w*|vigente|vigor|atualiza\w*)`)
)

// maxStamps bounds, in bytes, from the first to the last date of stamps that
// changed together; most clauses that changed are told apart by it alone.
const maxStamps = 240

// onlyDiffering is the length, of the longer text, of what stands between the
// ends both have in common.
func onlyDiffering(a, b string) int {
	n := samePrefix(a, b)
	a, b = a[n:], b[n:]
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return max(len(a), len(b))
}

const dateMark = "\x00"

// stampsOnly reports whether two clauses differ in nothing but the dates of
// bare date stamps: short phrases that say when a text was changed or takes
// effect, and oblige nobody.
func stampsOnly(a, b string) bool {
	if onlyDiffering(a, b) > maxStamps {
		return false
	}
	if date.ReplaceAllString(a, dateMark) != date.ReplaceAllString(b, dateMark) {
		return false
	}
	for _, phrase := range strings.FieldsFunc(strings.ReplaceAll(date.ReplaceAllString(a, dateMark), ". ", "|"), func(r rune) bool { return strings.ContainsRune("|;•\n", r) }) {
		if strings.Contains(phrase, dateMark) && !bareStamp(phrase) {
			// The dates in it may be the ones that stayed.
			if !sameDates(a, b, phrase) {
				return false
			}
		}
	}
	return true
}

func bareStamp(phrase string) bool {
	words := 0
	for _, t := range redline.Tokens(strings.ReplaceAll(phrase, dateMark, " ")) {
		if redline.Weighty(t) {
			return false
		}
		if strings.IndexFunc(t, isLetter) >= 0 {
			words++
		}
	}
	return words == 0 || words <= 8 && stamp.MatchString(phrase)
}

// sameDates reports whether a phrase, dates marked, stands in both texts with
// the same dates.
func sameDates(a, b, phrase string) bool {
	parts := strings.Split(phrase, dateMark)
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	find, err := regexp.Compile(strings.Join(parts, "(?:.{4,30}?)"))
	if err != nil {
		return false
	}
	found := find.FindString(a)
	return found != "" && found == find.FindString(b)
}

func isLetter(r rune) bool {
	return r|0x20 >= 'a' && r|0x20 <= 'z' || r >= 0x80
}
