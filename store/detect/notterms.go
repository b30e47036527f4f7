package detect

import (
	"slices"

	"fineprint/store/model"
	"fineprint/store/text/clause"
)

const (
	// selectionCaptures is how many captures are looked at, the present one included,
	// for a page that is one of a selection, selectionTimes how many of them must have
	// next to nothing of the one before, and selectionTurnover which share, in percent,
	// that leaves. minCopies is how many times over such a page has what it has.
	selectionCaptures = 7
	selectionTimes    = 4
	selectionTurnover = 70
	minCopies         = 3

	// listingTimes is how many of the captures remembered must have brought something
	// to a listing that none before had, and half of them at least. listingTurnover is
	// which share must have come since the first of them, and gone as well: one in so
	// many.
	listingTimes    = 4
	listingTurnover = 10
	// minListing is how many clauses a listing has, listingProse which share of them
	// may be prose, one in so many, which share may be a sentence of terms, and
	// maxListingProse how long, in bytes, any prose.
	minListing      = 20
	listingProse    = 12
	listingTelling  = 5
	maxListingProse = 250
)

// isNoTerms reports whether the page, as it is now and was in the last captures, is no
// legal text at all: a listing, as of a forum or on a home page, whose items come and
// go, or one of several pages by chance.
func (h *History) isNoTerms(c *comparison) bool {
	next := &h.nextPast
	switch {
	case c.At.IsZero():
		return false
	case next.isSelection():
		return takesTurns(h.versionsSince(c, selectionCaptures))
	case next.isListing():
		return turnsOver(h.versionsSince(c, historyWindow+1)) && readsAsListing(c.Old) && readsAsListing(c.New)
	}
	return false
}

// versionsSince are the new version and those before that were captured not long
// ago, at most n.
func (h *History) versionsSince(c *comparison, n int) []*Past {
	versions := []*Past{&h.nextPast}
	for i := range h.past[:min(len(h.past), n-1)] {
		p := &h.past[i]
		if p.lines == nil || p.At.IsZero() || c.At.Sub(p.At) > churnTime {
			break
		}
		versions = append(versions, p)
	}
	return versions
}

// takesTurns reports whether most versions have next to nothing of the one before.
func takesTurns(versions []*Past) bool {
	turns := 0
	for i, p := range versions[:len(versions)-1] {
		if p.newSince(versions[i+1])*100 >= len(p.clauses)*selectionTurnover {
			turns++
		}
	}
	return turns >= selectionTimes
}

// turnsOver reports whether all versions are listings, to which most brought something
// new, and of which a good part has gone since.
func turnsOver(versions []*Past) bool {
	steps := len(versions) - 1
	first, last := versions[steps], versions[0]
	if steps < listingTimes || last.newSince(first)*listingTurnover < len(last.clauses) ||
		first.newSince(last)*listingTurnover < len(first.clauses) {
		return false
	}
	fresh := 0
	for i, p := range versions {
		if !p.isListing() {
			return false
		}
		if i < steps && p.newSince(versions[i+1:]...) > 0 {
			fresh++
		}
	}
	return fresh >= listingTimes && fresh*2 >= steps
}

// isListing reports whether next to nothing of a version is prose, and nothing a date
// of the document.
func (p *Past) isListing() bool {
	if len(p.clauses) < minListing || len(p.dates) > 0 {
		return false
	}
	prose := 0
	for _, s := range p.lines {
		if s.prose() {
			prose++
		}
	}
	return prose*listingProse <= len(p.clauses)
}

// readsAsListing reports whether a document has no long paragraph and hardly anything
// that may be a sentence of terms.
func readsAsListing(d *clause.Document) bool {
	telling := 0
	for i := range d.Clauses {
		words := d.Words(i)
		visible := d.Visible(i)
		if len(visible) > maxListingProse && isProse([]byte(visible)) {
			return false
		}
		if readsAsSentence(words, visible) {
			telling++
		}
	}
	return telling*listingTelling <= len(d.Clauses)
}

// isSelection reports whether a version is what it is several times over, as when
// several pages were joined and each turned out the same.
func (p *Past) isSelection() bool {
	distinct := 0
	for i := range p.clauses {
		if i == 0 || p.clauses[i] != p.clauses[i-1] {
			distinct++
		}
	}
	return distinct > 0 && distinct*minCopies <= len(p.clauses)
}

// newSince is how many clauses of a version none of others has.
func (p *Past) newSince(others ...*Past) (n int) {
	for _, s := range p.clauses {
		if !slices.ContainsFunc(others, func(o *Past) bool { return o.has(s) }) {
			n++
		}
	}
	return n
}

// foldNoTerms folds what is material in a change of a page that is no legal text.
func (r *Result) foldNoTerms(c *comparison) {
	for i := range r.Clauses {
		if ch := &r.Clauses[i]; ch.Material {
			ch.Material, ch.Reason, ch.Detail = false, model.ReasonNotTerms, ""
		}
	}
	r.conclude(c)
	r.Reason, r.Detail = model.ReasonNotTerms, ""
}
