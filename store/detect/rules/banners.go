package rules

import (
	"slices"
	"strings"

	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// cookieBanners folds the runs of clause changes that are a cookie banner: they
// ask for consent, have its buttons, and are at an end of the page.
func (x *Context) cookieBanners(r *Rule) {
	for i := 0; i < len(x.Changes); {
		b := bannerParts{}
		j := i
		for j < len(x.Changes) && b.add(x.Old, x.Changes[j].Old) && b.add(x.New, x.Changes[j].New) {
			j++
		}
		if b.asks && b.buttons > 0 && !x.areOfCookiePolicy(i, j) {
			x.fold(i, j, r.verdict())
		}
		i = max(j, i+1)
	}
}

const (
	// nearEnd is how many clauses from an end of the page a banner may be.
	nearEnd = 24
	// maxBannerText is how long, in bytes, a banner's explanation is.
	maxBannerText = 600
)

// areOfCookiePolicy reports whether some of the clause changes from i up to j
// are clauses of a document on cookies: below a heading that speaks of them, a
// banner's words are the document's.
func (x *Context) areOfCookiePolicy(i, j int) bool {
	run := x.Changes[i:j]
	inOld := func(h int) bool { return slices.ContainsFunc(run, func(ch Change) bool { return ch.Old == h }) }
	inNew := func(h int) bool { return slices.ContainsFunc(run, func(ch Change) bool { return ch.New == h }) }
	for _, ch := range run {
		if ch.Old != clause.None && isUnderCookies(x.Old, ch.Old, inOld) ||
			ch.New != clause.None && isUnderCookies(x.New, ch.New, inNew) {
			return true
		}
	}
	return false
}

// isUnderCookies reports whether a heading above a clause speaks of cookies, and is
// none of the banner's own at the head of the page.
func isUnderCookies(d *clause.Document, i int, own func(heading int) bool) bool {
	for h := d.Clauses[i].Under; h != clause.None; h = d.Clauses[h].Under {
		banner := d.Clauses[h].Under == clause.None && own(int(h))
		if !banner && hasFold(d.Visible(int(h)), "cookie") {
			return true
		}
	}
	return false
}

// bannerParts counts what of a cookie banner was seen.
type bannerParts struct {
	asks    bool
	buttons int
}

// add reports whether a clause may be of a cookie banner, and notes what of it.
func (b *bannerParts) add(d *clause.Document, i int) bool {
	if i == clause.None {
		return true
	}
	if i >= nearEnd && len(d.Clauses)-i > nearEnd {
		return false
	}
	v := d.Visible(i)
	s := strings.ToLower(v)
	switch {
	case isConsentButton(d.Words(i), s):
		b.buttons++
		return true
	case banner.MatchString(v):
		b.asks = true
		if bannerButton.MatchString(v) {
			b.buttons++
		}
		return true
	}
	return len(v) < maxBannerText && strings.Contains(s, "cookie") &&
		!slices.ContainsFunc(redline.Tokens(v), redline.Negation)
}

var (
	banner = pattern(`(?i)^(?:%s)$`,
		`(?:allow|accept) (?:the use of )?cookies (?:from|by) .{1,60}(?:on|in) this browser\?`,
		`(?:this (?:web)?site|we|we and our [a-z -]{4,30}|our (?:web)?site) uses? (?:[a-z]+ )?cookies\b.*`,
		`(?:your|manage (?:your )?|we value your) ?(?:cookie|privacy)(?: (?:choices|preferences|settings))?`)
	bannerButton = pattern(`(?i)\b(?:%s)(?: all)?(?: cookies)?[^\pL]*$`, `accept`, `allow`, `reject`, `decline`)
)

// isConsentButton reports whether a clause is a consent dialog's button, or
// several.
func isConsentButton(words, visible string) bool {
	if consentButtons[strings.Trim(visible, " -*.")] {
		return true
	}
	outside, inside, _ := splitLinks(words)
	for _, text := range inside {
		if !consentButtons[strings.ToLower(strings.Trim(text, " -*."))] {
			return false
		}
	}
	return len(inside) > 0 && !hasWord(outside)
}

// consentButtons are the buttons of consent dialogs.
var consentButtons = lines(`accept all
accept
accept cookies
accept all cookies
allow all cookies
allow all
reject all
reject
reject cookies
decline
decline all
only allow essential cookies
decline optional cookies
allow essential and optional cookies
essential cookies only
necessary cookies only
manage cookies
manage data settings
manage preferences
manage settings
manage choices
cookie settings
cookie preferences
cookies settings
your privacy choices
customize
save preferences
confirm my choices
got it
i agree
agree
agree and close`)
