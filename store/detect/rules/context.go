package rules

import (
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// The version of this part of the table and the sum of what it was then; see
// TestVersionIsRaisedWithTheRules.
const (
	contextVersion = 3
	contextSum     = ""
)

// contextRules judge clause changes by what is around them. Those that fold
// runs come first; those that judge each change see what the runs left.
var contextRules = []*Rule{
	{
		Name: "cookie banner", Scope: OfContext, Reason: model.ReasonBoilerplate, Detail: "cookie banner",
		runs: (*Context).cookieBanners,
	},
	{
		Name: "page twice over", Scope: OfContext, Reason: model.ReasonCapture, Detail: detailTwice,
		runs: func(x *Context, r *Rule) { x.repeats(r, true) },
	},
	{
		Name: "part of the page twice over", Scope: OfContext, Reason: model.ReasonBoilerplate,
		Detail: "repeats what stands there already",
		runs:   func(x *Context, r *Rule) { x.repeats(r, false) },
	},
	{
		Name: "table of contents", Scope: OfContext, Reason: model.ReasonBoilerplate, Detail: "table of contents",
		runs: (*Context).tablesOfContents,
	},
	{
		Name: "lead-in of page chrome", Scope: OfContext, Reason: model.ReasonBoilerplate,
		runs: (*Context).leadIns,
	},
	{
		Name: "navigation at an edge", Scope: OfContext, Reason: model.ReasonBoilerplate, Detail: detailNavigation,
		each: func(x *Context, i int) bool { return x.everySide(i, inEdge) },
	},
	{
		Name: "menu", Scope: OfContext, Reason: model.ReasonBoilerplate, Detail: detailNavigation,
		each: func(x *Context, i int) bool { return x.everySide(i, isMenu) },
	},
	{
		Name: "links to related articles", Scope: OfContext, Reason: model.ReasonBoilerplate, Detail: detailNavigation,
		each: func(x *Context, i int) bool { return x.everySide(i, isRelated) },
	},
	{
		Name: "title of the page", Scope: OfContext, Reason: model.ReasonBoilerplate, Detail: "title of the page",
		each: func(x *Context, i int) bool { return x.isAlone(i) && x.everySide(i, isTitle) },
	},
	{
		Name: "reference to a renumbered section", Scope: OfContext, Reason: model.ReasonNumbering,
		Detail: "refers to a renumbered section", each: (*Context).refersToRenumbered,
	},
}

const (
	detailNavigation = "navigation"
	detailTwice      = "the page twice over"
)

// Context is a comparison whose clauses were judged by their own words, with
// what is found of it when it is first asked for.
type Context struct {
	*Comparison
	table    *Table
	old, new side
	repeated *repeater
	labels   map[string]string // numbers of clauses that were renumbered, see relabelled
}

// side is one of the two documents.
type side struct {
	doc      *clause.Document
	edges    *edges
	headings wordSet
}

func newContext(c *Comparison, t *Table) *Context {
	return &Context{Comparison: c, table: t, old: side{doc: c.Old}, new: side{doc: c.New}}
}

// fold gives the clause changes from i up to j that are still material the
// verdict of a rule.
func (x *Context) fold(i, j int, v Verdict) {
	for k := i; k < j; k++ {
		if !x.Changes[k].Folded() {
			x.Changes[k].Verdict = v
		}
	}
}

// isAlone reports whether a clause change has one side only.
func (x *Context) isAlone(i int) bool {
	return x.Changes[i].Kind == model.Added || x.Changes[i].Kind == model.Removed
}

// everySide reports whether a clause change that is no move, split or merger
// has a property on every side it has.
func (x *Context) everySide(i int, has func(s *side, i int) bool) bool {
	p := x.Changes[i].Pair
	switch x.Changes[i].Kind {
	case model.Added:
		return has(&x.new, p.New)
	case model.Removed:
		return has(&x.old, p.Old)
	case model.Modified:
		return isPlainPair(p) && has(&x.old, p.Old) && has(&x.new, p.New)
	}
	return false
}

func isPlainPair(p clause.Pair) bool { return !p.Moved && p.OldN == 1 && p.NewN == 1 }

// adjacent reports whether two pairs of one kind are neighbours.
func adjacent(p, q clause.Pair) bool {
	return p.New != clause.None && q.New == p.New+1 ||
		p.Old != clause.None && p.New == clause.None && q.Old == p.Old+1
}

// continues reports whether change j continues a run of additions or removals
// that begins with change i.
func (x *Context) continues(i, j int) bool {
	return x.isAlone(i) && x.Changes[j].Kind == x.Changes[i].Kind &&
		(j == i || adjacent(x.Changes[j-1].Pair, x.Changes[j].Pair))
}

// maxLeadIn is how many words may lead in page chrome.
const maxLeadIn = 3

// leadIns folds a word or two that only led in what was folded as page chrome
// right after it: "Warning:".
func (x *Context) leadIns(r *Rule) {
	for i := range len(x.Changes) - 1 {
		ch, next := &x.Changes[i], &x.Changes[i+1]
		if ch.Folded() || ch.Kind != next.Kind || next.Reason != r.Reason || !adjacent(ch.Pair, next.Pair) {
			continue
		}
		old, new := x.sources(ch.Pair)
		if v := clause.Visible(old + new); strings.HasSuffix(v, ":") && len(strings.Fields(v)) <= maxLeadIn {
			ch.Verdict = Verdict{Rule: r.Name, Reason: r.Reason, Detail: next.Detail}
		}
	}
}

// cookieBanners folds the runs of clause changes that are a cookie banner: they
// ask for consent, have its buttons, and are at an end of the page.
func (x *Context) cookieBanners(r *Rule) {
	for i := 0; i < len(x.Changes); {
		b := bannerParts{}
		j := i
		for j < len(x.Changes) && b.add(x.Old, x.Changes[j].Old) && b.add(x.New, x.Changes[j].New) {
			j++
		}
		if b.asks && b.buttons > 0 {
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
	v := clause.Visible(d.Words(i))
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
	return len(v) < maxBannerText && strings.Contains(s, "cookie") && !redline.Negation(s)
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

const (
	// menuLinks is how many links with nothing but spaces between them are a
	// menu.
	menuLinks = 4
	// maxLinks is how long, in bytes, a clause of links is.
	maxLinks = 3000
)

// isMenu reports whether a clause is links without a word or a space between
// them, or many with spaces alone, as menus read, or leads to the pages before
// and after.
func isMenu(s *side, i int) bool {
	words, kind := s.doc.Words(i), s.doc.Clauses[i].Kind
	if len(words) > maxLinks || kind == clause.Item && !strings.Contains(words, ")[") {
		return false
	}
	outside, inside, _ := splitLinks(words)
	if len(inside) < 2 || hasWord(clause.Visible(outside)) {
		return false
	}
	first, last := strings.ToLower(inside[0]), strings.ToLower(inside[len(inside)-1])
	switch {
	case len(inside) >= menuLinks && kind != clause.Row && strings.TrimSpace(outside) == "":
		return true
	case strings.Count(words, ")[") >= len(inside)-1:
		return true
	}
	return len(inside) == 2 && strings.HasPrefix(first, "prev") && strings.HasPrefix(last, "next")
}

// isRelated reports whether a clause is a link alone under a heading that
// announces other articles.
func isRelated(s *side, i int) bool {
	under := s.doc.Clauses[i].Under
	if under == clause.None {
		return false
	}
	heading := strings.ToLower(strings.Trim(clause.Visible(s.doc.Words(int(under))), " :"))
	if !relatedHeadings[heading] {
		return false
	}
	outside, inside, _ := splitLinks(s.doc.Words(i))
	return len(inside) > 0 && !hasWord(clause.Visible(outside))
}

var relatedHeadings = lines(`related articles
related topics
related pages
related links
related help
related
other ways to get help
recommended articles
popular articles
more articles`)

const (
	// maxTitleLine is how many clauses may be before a title, maxTitleLevel the
	// lowest level of heading that is one.
	maxTitleLine  = 2
	maxTitleLevel = 2
	// minTitleWords is how many words of documents a title has, maxTitleNames
	// how many others: the platform's name.
	minTitleWords = 2
	maxTitleNames = 2
)

// isTitle reports whether a clause is a heading at the document's very
// beginning that only names what kind of document it is.
func isTitle(s *side, i int) bool {
	c := &s.doc.Clauses[i]
	if i > maxTitleLine || c.Kind != clause.Heading || c.Level > maxTitleLevel {
		return false
	}
	known, other := 0, 0
	for _, w := range strings.Fields(strings.ToLower(clause.Visible(s.doc.Words(i)))) {
		if titleWords[w] {
			known++
		} else {
			other++
		}
	}
	return known >= minTitleWords && other <= maxTitleNames
}

// titleWords are the words of which titles of documents are made.
var titleWords = words(
	"terms of service use conditions and the privacy policy policies notice statement cookie cookies community",
	"guidelines standards rules developer user agreement legal imprint copyright law enforcement help center data",
	"processing addendum brand trademark our")
