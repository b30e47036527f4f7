package detect

import (
	"fineprint/store/text/clause"
)

// minFormality is how large a share of formal words, in a document's first
// text, speaks against its being a page that stands in for one.
const minFormality = 0.2

// Wall names what gives a document's first text away as no document (a sign-in
// page, an error page, a cookie wall), nothing when it may be one. There is
// nothing to compare with, so only a short page is suspected that asks the
// reader to do something and hardly uses a word that terms can't do without.
func Wall(text string) string {
	visible := clause.Visible(text)
	if len(visible) >= minDocument || formality(visible) >= minFormality {
		return ""
	}
	for _, w := range walls {
		if w.words.MatchString(visible) {
			return w.name
		}
	}
	return ""
}
