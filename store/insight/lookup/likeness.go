package lookup

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	"fineprint/store/clausetype"
	"fineprint/store/insight/index"
	"fineprint/store/insight/recognize"
	"fineprint/store/insight/terms"
)

// What two clauses of a type must have to be alike by it. The figures are from pairs that
// were read, on purpose so that few are found that are not: a platform that is said to have a
// clause which it doesn't have is worse than one that is missed.
const (
	leastSure   = 0.6  // that they are of the type
	leastWords  = 20   // what is shorter is a title, or a part of a list
	mostLonger  = 5    // times as many words
	manyCues    = 3    // of the type, the same in both: TypeThreshold will do
	fewCues     = 2    // and then
	fewScore    = 0.25 // is the least score
	oneScore    = 0.38 // with one
	partsScore  = 0.35 // of a type with many parts: what is done with data, how one arbitrates
	arbitration = "arbitration"
)

// oneEffect are the types whose clauses do one thing. Two of another type, as of what is
// collected or forbidden, may be about anything, and are alike by their words or not at all.
var oneEffect = []string{
	arbitration, "class_action_waiver", "time_limit_on_claims", "governing_law_venue", "limitation_of_liability",
	"warranty_disclaimer", "indemnification", "unilateral_modification", "automatic_renewal",
	"user_content_licence", "model_training_licence", "output_ownership", "feedback_licence", "assignment",
	"force_majeure", "severability", "price_changes",
	"children_data", "sale_or_sharing", "merger_transfer", "international_transfers",
	"data_security", "breach_notification", "ai_training_personal_data",
	"age_requirement", "scraping_reverse_engineering", "export_control",
}

// likeness is what tells whether a clause of a type is like another one of it.
type likeness struct {
	kind   string
	ofData bool
	words  int
	cues   []string // of the type
	turns  string
	agrees bool // to arbitrate
}

func newLikeness(kind, text string) *likeness {
	l := &likeness{kind: kind}
	if !slices.Contains(oneEffect, kind) {
		return l
	}
	t, _ := clausetype.ByID(kind)
	l.ofData = t.Family == clausetype.Data
	terms.Each(text, func([]byte, int, int, bool) { l.words++ })
	l.cues = recognize.CuesOf(kind, text)
	text = strings.ToLower(text)
	l.turns = l.turnsOf(text)
	l.agrees = kind == arbitration && agreement().MatchString(text)
	return l
}

// tells reports whether the clause says enough for another to be like it by its type.
func (l *likeness) tells() bool { return l.words >= leastWords && len(l.cues) > 0 }

// like reports whether two clauses of a type do about the same: they are about as long, have
// words in common that tell the type, and neither turns anything the other way.
func (l *likeness) like(o *likeness, score float64) bool {
	if !l.tells() || !o.tells() || max(l.words, o.words) > mostLonger*min(l.words, o.words) || o.turns != l.turns {
		return false
	}
	if l.agrees && o.agrees {
		return true
	}
	shared := 0
	for _, c := range o.cues {
		if slices.Contains(l.cues, c) {
			shared++
		}
	}
	parts := l.ofData || l.kind == arbitration || l.kind == "age_requirement"
	switch {
	case 2*shared < min(len(o.cues), len(l.cues)), parts && score < partsScore:
		return false
	case shared >= manyCues:
		return true
	case shared >= fewCues:
		return score >= fewScore
	}
	return shared > 0 && score >= oneScore && !parts
}

// holds reports whether a clause that was found, of the same type, is like one.
func (v *view) holds(l *likeness, h *index.Hit) bool {
	if !l.tells() {
		return false
	}
	text, err := v.text(h.Document, h.Seq)
	if v.err = cmp.Or(v.err, err); err != nil || h.At >= len(text.Clauses) {
		return false
	}
	return l.like(newLikeness(l.kind, text.Visible(h.At)), h.Score)
}

// definition is what a clause has that only says what a word means.
var definition = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`["”“]\**[^.]{0,30} (?:means|mean|refers? to) `)
})

// turns are what turn a clause the other way; of each, either both clauses have it or none.
// They are asked of data and of training only: other clauses opt out of much that isn't theirs.
var turns = sync.OnceValue(func() []*regexp.Regexp {
	return []*regexp.Regexp{
		regexp.MustCompile(`\bopt(?:ing|ed)?[- ]?out\b`),
		regexp.MustCompile(`(?:\bnot|\bnever|n['’]t)\b[^.]{0,40}\b(?:sell|sold|train|collect|share|disclose)`),
		regexp.MustCompile(`\b(?:we|do|does) sell\b`),
	}
})

// turnsOf says which of them a text in lower case has.
func (l *likeness) turnsOf(text string) string {
	var b []byte
	if definition().MatchString(text) {
		b = append(b, 'd')
	}
	if !l.ofData && l.kind != "model_training_licence" {
		return string(b)
	}
	for i, t := range turns() {
		if t.MatchString(text) {
			b = append(b, byte('0'+i))
		}
	}
	return string(b)
}

// agreement is what sends disputes to arbitration: two clauses that have it do the same, in
// however few words they share. What else there is on arbitration is about its parts.
var agreement = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b(?:resolv|determin|settl|submit|initiat|decid)\w*[^.]{0,80}` +
		`\bbinding (?:\w+ )?(?:\([^)]*\) )?arbitration\b`)
})
