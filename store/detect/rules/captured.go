package rules

import (
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/clause"
)

const (
	// minDocument is how long, in bytes, a document must be for a shorter text
	// after it to be suspected for what it lacks.
	minDocument = 600
	// minFormality is how large a share of formal words, in a document's first
	// text, speaks against its being a cookie wall.
	minFormality = 0.2
	// maxEmpty is how long, in bytes, a text without clauses to read may be, and
	// maxEmptyVisible how long what a reader sees of it, but for its title;
	// maxEmptyStub the same where that is a minEmptyShare-th of the old text.
	maxEmpty        = 400
	maxEmptyVisible = 20
	maxEmptyStub    = 64
	minEmptyShare   = 100
	// maxKept is how large a share of the old text may have a partner in a text
	// that is in another language, an interstitial, or another page.
	maxKeptLanguage     = 0.6
	maxKeptInterstitial = 0.5
	maxKeptOtherPage    = 0.1
	// minLikeSize and minLikeFormality are the shares of the old text's size and of
	// its share of formal words with which a text is a document as the old one is.
	minLikeSize      = 0.6
	minLikeFormality = 0.6
)

// Capture is a captured text that is judged. The comparison is nil for a
// document's first.
type Capture struct {
	*Comparison
	change Verdict // of the change as a whole
	text   string
	first  bool
	short  bool // the old text is too short to say what the new one lacks

	// What is found when it is first asked for.
	page    *page
	counted bool
	share   float64
	weighed bool

	oldFormality, newFormality float64
	oldWords, newWords         wordSet
}

// formalities returns the formality of the old text and of the new one.
func (c *Capture) formalities() (old, new float64) {
	if !c.weighed {
		c.weighed, c.oldFormality, c.newFormality = true, formality(c.Old.Text), formality(c.text)
	}
	return c.oldFormality, c.newFormality
}

// vocabularies returns the words that say what the old text is about, and those of the
// new one.
func (c *Capture) vocabularies() (old, new wordSet) {
	if c.oldWords == nil {
		c.oldWords, c.newWords = vocabularyOf(clause.Visible(c.Old.Text)), vocabularyOf(clause.Visible(c.text))
	}
	return c.oldWords, c.newWords
}

// ownWords is how large a share of the new text's words the old one has.
func (c *Capture) ownWords() float64 {
	old, new := c.vocabularies()
	return new.within(old)
}

// shown is what the text shows a reader.
func (c *Capture) shown() *page {
	if c.page == nil {
		c.page = pageOf(c.New)
	}
	return c.page
}

// isMaterialChange reports whether the capture is a material change of the text before.
func (c *Capture) isMaterialChange() bool { return !c.first && !c.change.Folded() }

// lacks reports whether the capture is a material change of a text that was long
// enough to miss something of it.
func (c *Capture) lacks() bool { return !c.short && c.isMaterialChange() }

// isEmpty reports whether there is nothing to read, but for a title; a list of legal documents
// is.
func (c *Capture) isEmpty() bool {
	switch {
	case len(c.New.Clauses) == 0:
		return !c.short
	case len(c.text) >= maxEmpty || c.shown().listsDocuments():
		return false
	}
	n := c.shown().bytes
	if c.short {
		return n < maxEmptyVisible && pageOf(c.Old).bytes >= maxEmptyStub
	}
	return n < maxEmptyVisible || !c.first && n < maxEmptyStub && n*minEmptyShare < len(c.Old.Text)
}

// kept is the share of the old text, by bytes, that has a partner in the new
// one.
func (c *Capture) kept() float64 {
	if c.counted {
		return c.share
	}
	all, kept := 0, 0
	for i := range c.Old.Clauses {
		n := c.Old.Clauses[i].End - c.Old.Clauses[i].Start
		all += n
		if c.Alignment.Partner(i) != clause.None {
			kept += n
		}
	}
	c.counted, c.share = true, float64(kept)/float64(max(all, 1))
	return c.share
}

// isLikeTheDocument reports whether the text is as large as the old one and speaks as
// formally: whatever else it says, it is no interstitial.
func (c *Capture) isLikeTheDocument() bool {
	if float64(len(c.text)) < minLikeSize*float64(len(c.Old.Text)) {
		return false
	}
	old, new := c.formalities()
	if old < minShortFormality && len(c.text) <= maxMessageBytes {
		return false // its words say nothing of it
	}
	return new >= minLikeFormality*old
}

// isOtherLanguage reports whether both texts are in languages that are known
// and differ.
func (c *Capture) isOtherLanguage() (detail string, ok bool) {
	if !c.lacks() || c.kept() >= maxKeptLanguage {
		return "", false
	}
	a, b := language(c.Old.Text), language(c.text)
	if x, y := writing(c.Old.Text), writing(c.text); x != y && x != "" && y != "" {
		a, b = x+" script", y+" script"
	}
	return "another language: " + b + " after " + a, a != "" && b != "" && a != b
}

// isMessage reports whether a page whose whole message is of a kind stands in for
// the document.
func (c *Capture) isMessage(kind *expression) bool {
	return c.standsIn() && c.shown().says(kind) && !c.goesOn()
}

// goesOn reports whether the text has the title of the one before and more of its own to
// say than a message has, in whatever language: then it is the document, rewritten.
func (c *Capture) goesOn() bool {
	return !c.first && sameTitle(c.Old, c.New) && c.shown().others() > maxMessageOthers
}

func (c *Capture) isSignInForm() bool { return c.standsIn() && c.shown().isSignInForm() }

// standsIn reports whether a page may stand in for the document: it is short, and next
// to nothing like it.
func (c *Capture) standsIn() bool {
	return c.first || c.isMaterialChange() && len(c.text) < maxPage && c.kept() < maxKeptInterstitial &&
		!c.isLikeTheDocument()
}

// isCookieWall reports whether a page that asks for consent, with a button to give
// it, stands in for the document.
func (c *Capture) isCookieWall() bool {
	if c.first {
		return formality(c.text) < minFormality && c.shown().asksConsent()
	}
	return c.isMaterialChange() && len(c.text) < maxPage && (c.short && !sameTitle(c.Old, c.New) ||
		len(c.text)*3 < len(c.Old.Text)) && c.kept() < maxKeptInterstitial && c.shown().asksConsent()
}

// asksForCookies reports whether a page stands in for the document that says nothing but
// that it wants to set cookies.
func (c *Capture) asksForCookies() bool {
	return c.standsIn() && !c.shown().dated && c.shown().heads <= 1 && c.isMessage(cookieMessage)
}

// hasErrorInPlace reports whether next to nothing but an error message was added where
// a part of the document was removed.
func (c *Capture) hasErrorInPlace() bool {
	if !c.lacks() {
		return false
	}
	removed, added := 0, 0
	for i := range c.Changes {
		old, new := c.sources(c.Changes[i].Pair)
		switch c.Changes[i].Kind {
		case model.Removed:
			removed += len(old)
		case model.Added:
			added += len(new)
		}
	}
	return added <= maxErrorClause && removed*10 >= len(c.Old.Text) && c.addsErrorMessage() && !c.isLikeTheDocument()
}

// addsErrorMessage reports whether an added clause is an error message.
func (c *Capture) addsErrorMessage() bool {
	for i := range c.Changes {
		if c.Changes[i].Kind == model.Added {
			if _, new := c.sources(c.Changes[i].Pair); isErrorMessage(new) {
				return true
			}
		}
	}
	return false
}

// isTruncated reports whether the new text is the old one without its end: what
// was removed was the end, nothing else changed but a last clause that broke
// off, and it was a good part of the document.
func (c *Capture) isTruncated() bool {
	if !c.lacks() || len(c.New.Clauses) == 0 {
		return false
	}
	last := len(c.New.Clauses) - 1
	lastEnd := c.New.Clauses[last].End
	first, broke := len(c.Old.Text), -1
	for i := range c.Changes {
		ch := &c.Changes[i]
		if ch.Folded() {
			continue
		}
		switch atEnd := ch.New != clause.None && c.New.Clauses[ch.New+ch.NewN-1].End == lastEnd; {
		case ch.Kind == model.Removed:
			first = min(first, c.Old.Clauses[ch.Old].Start)
		case ch.Kind == model.Modified && atEnd:
			broke = c.Old.Clauses[ch.Old].Start
		case ch.Kind == model.Added && atEnd:
			broke = len(c.Old.Text) // of what was removed; which one shows below
		default:
			return false
		}
	}
	rest, lost := len(c.Old.Text)-first, c.removedFrom(first, broke >= 0)
	if lost == 0 || lost*10 < rest*9 {
		return false
	}
	if broke >= 0 {
		end := c.New.Text[c.New.Clauses[last].Start:lastEnd]
		return strings.HasPrefix(c.Old.Text[min(broke, first):], end)
	}
	return lost*4 > len(c.Old.Text)
}

// removedFrom is how many bytes of the old text, from a place on, were removed: the
// document's, and footer too, when the text broke off, the footer after its end.
func (c *Capture) removedFrom(first int, footer bool) int {
	lost := 0
	for i := range c.Changes {
		ch := &c.Changes[i]
		if ch.Kind == model.Removed && c.Old.Clauses[ch.Old].Start >= first && (footer || !ch.Folded()) {
			old, _ := c.sources(ch.Pair)
			lost += len(old)
		}
	}
	return lost
}

const (
	// shortPage is how much shorter a page is that stands in for a document, and
	// maxShortPage how long, in bytes, what a reader sees of it.
	shortPage    = 3
	maxShortPage = 600
	// maxOwnWords is how large a share of a short page's words may be the document's,
	// maxSharedWords how large a share of the words of one of two documents
	// may be the other's, maxInformalWords the same where one is half as formal,
	// maxSharedHeadings for their headings.
	maxOwnWords       = 0.4
	maxSharedWords    = 0.42
	maxInformalWords  = 0.6
	maxSharedHeadings = 0.3
	// minShortFormality is the share of formal words of a short document from which on
	// one with far fewer is another page.
	minShortFormality = 0.1
	// maxStrangeWords is how large a share of an unrelated page's words may be the
	// document's, maxSuccession how long, in bytes, a notice is of what became of it.
	maxStrangeWords = 0.15
	maxSuccession   = 400
	// maxSuccessionLines is how many sentences of a page are looked at for that it takes the
	// place of one before.
	maxSuccessionLines = 6
	// minVocabulary is how many words a document must have for that.
	minVocabulary = 10
)

// isOtherPage reports whether the text has next to nothing of the one before, its
// title neither, and far fewer words that terms can't do without, or is a
// short page without its words or without a sentence.
func (c *Capture) isOtherPage() bool {
	if !c.isMaterialChange() || c.kept() >= maxKeptOtherPage || sameTitle(c.Old, c.New) ||
		!c.short && len(c.text)*2 >= len(c.Old.Text)*3 {
		return false
	}
	old, new := c.formalities()
	switch {
	case c.shown().succeeds():
		return false
	case c.short:
		return old >= minShortFormality && new*3 < old || c.isUnrelated()
	case c.isNotice():
		return false
	case new*3 < old:
		return true
	}
	if len(c.text)*shortPage >= len(c.Old.Text) || len(c.text) >= maxPage {
		return false
	}
	return c.shown().prose == 0 || len(clause.Visible(c.text)) < maxShortPage && c.ownWords() < maxOwnWords
}

// isUnrelated reports whether a page with a title of its own has neither words of the
// document nor a sentence as a document has.
func (c *Capture) isUnrelated() bool {
	old, new := titleOf(c.Old), titleOf(c.New)
	return len(old) > 0 && len(new) > 0 && old.shared(new) == 0 && c.shown().rules() == 0 &&
		c.ownWords() < maxStrangeWords
}

// isNotice reports whether the text is a notice of what became of the document: short, with
// the title of a legal document and a sentence.
func (c *Capture) isNotice() bool {
	return len(c.text) < maxSuccession && c.shown().titled && c.shown().rules() > 0 &&
		c.ownWords() > 0 // one language
}

// succession is what a document says that takes the place of one before it.
var succession = pattern(`(?i)(?:%s)`, `\b(?:replaces?|supersedes?)\b`, `\bersetz(?:t|en)\b`, `\bremplacent?\b`,
	`\b(?:sustituyen?|reemplazan?)\b`, `\bsubstitu(?:i|em)\b`, `\bsostitui(?:sce|scono)\b`, `\bvervang(?:t|en)\b`,
	`zastępuj[eą]`, `nahrazuj[eí]`, `\bersätter\b`, `\berstatter\b`, `\bkorvaa`, `заменя[ею]т`, `замінює`, `yerine geçer`,
	`に代わる`, `(?:替代|取代)`, `대체합니다`)

// succeeds reports whether a page says near its beginning that it takes the place of a legal
// document.
func (p *page) succeeds() bool {
	for _, s := range p.said()[:min(len(p.said()), maxSuccessionLines)] {
		if s.kinds == 0 && succession.MatchString(s.text) && isDocumentTitle(s.text) {
			return true
		}
	}
	return false
}

// isOtherDocument reports whether the text has next to nothing of the one before:
// another title, other headings and other words, however formal it is, or half
// of them if it is much less formal.
func (c *Capture) isOtherDocument() bool {
	if !c.lacks() || c.kept() >= maxKeptOtherPage {
		return false
	}
	old, new := titleOf(c.Old), titleOf(c.New)
	if len(old) == 0 || len(new) == 0 || old.shared(new) > 0 ||
		headingsOf(c.Old).shared(headingsOf(c.New)) >= maxSharedHeadings {
		return false
	}
	old, new = c.vocabularies()
	if min(len(old), len(new)) < minVocabulary || c.isNotice() || c.shown().succeeds() ||
		sameSubject(c.Old.Text, c.text) {
		return false
	}
	shared := old.shared(new)
	if shared < maxSharedWords || shared >= maxInformalWords { // work limit
		return shared < maxSharedWords
	}
	before, now := c.formalities()
	return now*2 < before
}
