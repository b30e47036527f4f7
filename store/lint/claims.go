package lint

import (
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/clause"
)

// aloneClaim says that nobody else has such a clause. What is unique otherwise, an
// identifier or a link, is none of it.
var aloneClaim = pattern(`(?i)\b(?:` +
	`unique (?:among|across)|unique (?:in|on|within) (?:the|this|its|our) (?:market|industry|sector|field|class|` +
	`category|corpus|sample|set|documents?|list)|` +
	`unique to (?:the|this|that|one) (?:platform|provider|service|company|document|vendor|site|app|operator|` +
	`contract|policy)|unique (?:clause|provision|term|wording|language|rule|condition|approach|position|practice|` +
	`licen[cs]e|feature of)|(?:is|are|was|were|seems?|appears?|remains?|be) (?:[a-z]+ly )?unique(?:[.,;:!]|$| and)|` +
	`uniquely (?:broad|narrow|wide|strict|permissive|far-reaching|aggressive|generous|hostile|long|short)|` +
	`one of a kind|unlike (?:any|every|all) other|unparalleled|without parallel|` +
	`only (?:platform|provider|service|company|document|vendor|website|site|app|one|operator|contract|policy) ` +
	`(?:(?:tracked|monitored|known|here|of its kind|in the sector) )?(?:that|which|to|with|whose|where|among)|` +
	`no(?:ne of the)? other (?:tracked |monitored |known |major |comparable )*` +
	`(?:platforms?|providers?|services?|compan(?:y|ies)|documents?|vendors?|websites?|sites?|apps?|operators?|` +
	`contracts?|polic(?:y|ies)) (?:has|have|had|does|do|states?|says?|reserves?|claims?|contains?|includes?|` +
	`uses?|asks?|goes|go|offers?)|nobody else (?:has|does|says|states|reserves)|not (?:found|seen) (?:in|on|at|` +
	`with) any other)`)

// denied is what turns such a claim around when it stands right before it.
var denied = pattern(`(?i)(?:\bnot|n't|\bno longer|\bnever|\bhardly|\bneither|\bfar from|\bno|` +
	`\bisn't the)(?: an?| the)?(?: (?:is|are|be|seems?|appears?|claim\w*|say\w*))? *$`)

// identifies is said of what is unique in order to tell users apart.
var identifies = pattern(`(?i)\b(?:identifiers?|ids?|user ?names?|numbers?|codes?|tokens?|keys?|links?|` +
	`address(?:es)?|fingerprints?|hash(?:es)?|devices?|cookies?)\b`)

// checkAlone holds the claim to be the only one against what was counted and compared.
func checkAlone(s *subject) {
	for _, p := range s.prose() {
		claim := aloneIn(withoutQuotations(clause.Plain(p.text, clause.DepthTypography)))
		if claim == "" {
			continue
		}
		switch n := s.writing.Prevalence; {
		case n != nil && n.Alike > 0:
			s.report(p.field, "“%s”, but %d of %d documents have a clause like it", claim, n.Alike, n.Of)
		case len(s.writing.Comparisons) > 0:
			s.report(p.field, "“%s”, but %s is compared as having one", claim, shortened(s.writing.Comparisons[0].Platform))
		case s.relatedElsewhere() != nil:
			s.report(p.field, "“%s”, but %s about %s is related", claim, s.relatedElsewhere().Record,
				shortened(s.relatedElsewhere().Platform))
		case n == nil || n.Of == 0:
			s.report(p.field, "“%s”, but no count says among how many", claim)
		}
	}
}

// aloneIn returns the first claim in a text to be the only one, "" when there is none.
func aloneIn(text string) string {
	for _, at := range aloneClaim().FindAllStringIndex(text, -1) {
		claim, before := text[at[0]:at[1]], text[max(0, at[0]-60):at[0]]
		if n := strings.LastIndexAny(before, ".;\n"); n >= 0 {
			before = before[n+1:]
		}
		if denied().MatchString(before) || strings.Contains(claim, " unique") && identifies().MatchString(before) {
			continue
		}
		return strings.TrimRight(claim, ".,;:! ")
	}
	return ""
}

// relatedElsewhere returns the first related record that is about another platform.
func (s *subject) relatedElsewhere() *model.RecordLink {
	for i, l := range s.record.Related {
		if l.Platform != s.record.Platform.Name && l.Platform != s.record.Platform.Slug {
			return &s.record.Related[i]
		}
	}
	return nil
}
