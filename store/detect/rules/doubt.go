package rules

import (
	"strings"

	"fineprint/store/text/clause"
)

const (
	// maxDoubtFormality is the share of formal words below which a text speaks of nothing that
	// a document speaks of.
	maxDoubtFormality = 0.05
	// minScraps is how many sentences a page has for each long one where it is a page of
	// scraps, minScrapHeads how many headings after its title.
	minScraps     = 4
	minScrapHeads = 2
)

// What a first text is doubted for.
const (
	doubtScraps = "headings with a few words under each, as on a home page, and no title or rule of a document"
	doubtShort  = "a few sentences, and no title or rule of a document"
)

// Doubt says why a document's first text, which no rule suspects, may be none: it has no title
// that legal documents have, no sentence of who must or may, and no word of theirs; "" where it
// has. It is for a reader to look at the page, no verdict.
func Doubt(text string) string {
	p := pageOf(clause.Split(text))
	if len(p.text) == 0 || p.titled || p.hub || p.dated || strings.ContainsAny(p.text[0], "?？") || p.rules() > 0 ||
		formality(text) >= maxDoubtFormality {
		return ""
	}
	all, modal := len(p.said()), 0
	for _, s := range p.said() {
		if hasModal(s.text) {
			modal++
		}
	}
	switch {
	case p.heads >= minScrapHeads && p.others()*minScraps <= all && modal*minScraps <= all:
		return doubtScraps
	case p.words <= maxMessageWords && modal == 0:
		return doubtShort
	}
	return ""
}
