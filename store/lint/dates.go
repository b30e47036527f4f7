package lint

import (
	"strings"
	"time"

	"fineprint/store/text/redline"
)

// ahead is how far a date may be after now: it may be tomorrow somewhere.
const ahead = 36 * time.Hour

// comes is said of what may well be in the future: when a law or a document applies.
var comes = set(`
effective effect force apply applies applied enter enters entering will shall would deadline expire expires
until by due scheduled starting start starts begin begins beginning commence commences in-force gültig kraft
vigueur vigor`)

// checkDates: what was seen or counted was not so in the future.
func checkDates(s *subject) {
	w := s.writing
	s.checkPast("document_last_updated", w.DocumentLastUpdated)
	if w.Prevalence != nil {
		s.checkPast("prevalence", w.Prevalence.At)
	}
	for _, c := range w.Comparisons {
		s.checkPast("comparisons", c.CapturedAt)
	}
	for _, p := range s.prose() {
		s.checkDatesOf(p)
	}
}

// checkPast reports dates in a field that are still to come, unless it says of them
// that something takes effect.
func (s *subject) checkPast(field, text string) {
	tokens := redline.Tokens(withoutTime(text))
	for _, t := range tokens {
		if comes[strings.ToLower(t)] {
			return
		}
	}
	for _, t := range tokens {
		if s.isAhead(t) {
			s.report(field, "%s is in the future", t)
		}
	}
}

// withoutTime leaves the date of a time as RFC 3339 has it.
func withoutTime(text string) string {
	if at, err := time.Parse(time.RFC3339, strings.TrimSpace(text)); err == nil {
		return at.UTC().Format(time.DateOnly)
	}
	return text
}

// isAhead reports whether a token is a date that is still to come.
func (s *subject) isAhead(token string) bool {
	if !redline.IsDate(token) {
		return false
	}
	at, ok := redline.Earliest(token)
	return ok && at.After(s.facts.Now.Add(ahead))
}

// checkDatesOf reports dates in prose that are still to come behind "on" or "as of", in
// sentences that don't say that something takes effect.
func (s *subject) checkDatesOf(p passage) {
	tokens := redline.Tokens(withoutQuotations(p.text))
	from := 0
	for _, end := range redline.Sentences(tokens) {
		sentence := tokens[from:end]
		from = end
		future := ""
		for i, t := range sentence {
			if comes[strings.ToLower(t)] {
				future = ""
				break
			}
			if future == "" && s.isAhead(t) && saidOfThePast(sentence[:i]) {
				future = t
			}
		}
		if future != "" {
			s.report(p.field, "“%s” is in the future", future)
		}
	}
}

// saidOfThePast reports whether the words before a date are "on" or "as of".
func saidOfThePast(before []string) bool {
	var words []string
	for i := len(before) - 1; i >= 0 && len(words) < 2; i-- {
		if redline.IsWord(before[i]) {
			words = append(words, strings.ToLower(before[i]))
		}
	}
	return len(words) > 0 && (words[0] == "on" || words[0] == "of" && len(words) > 1 && words[1] == "as")
}
