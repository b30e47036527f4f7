// Package termtype tells the type of terms from words: of an address, of a link, of a
// page's title, in some thirty languages. The types have the names of the Open Terms
// Archive, where it has one for what a document is about.
//
// It is not for finding or reading the documents: fetch/find does the one, fetch/extract
// the other.
package termtype

import (
	"net/url"
	"path"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The types.
const (
	TermsOfService          = "Terms of Service"
	PrivacyPolicy           = "Privacy Policy"
	TrackersPolicy          = "Trackers Policy"
	Imprint                 = "Imprint"
	CommunityGuidelines     = "Community Guidelines"
	AcceptableUsePolicy     = "Acceptable Use Policy"
	RestrictedUsePolicy     = "Restricted Use Policy"
	CopyrightClaimsPolicy   = "Copyright Claims Policy"
	DataProcessorAgreement  = "Data Processor Agreement"
	GeneralConditionsOfSale = "General Conditions of Sale" // refunds and delivery, too
	AccessibilityStatement  = "Accessibility Statement"
	DeveloperTerms          = "Developer Terms"
	CommercialTerms         = "Commercial Terms"
	MarketplaceSellers      = "Marketplace Sellers Conditions"
	LawEnforcement          = "Law Enforcement Guidelines"
	BrandGuidelines         = "Brand Guidelines"
	VulnerabilityDisclosure = "Vulnerability Disclosure Policy"
	ServiceLevelAgreement   = "Service Level Agreement"
	AffiliateAgreement      = "Affiliate Agreement"
	AdvertisingContent      = "Advertising Content Policy"
	ComplaintsPolicy        = "Complaints Policy"
	WhistleblowerPolicy     = "Whistleblower Policy"
	AntiCorruption          = "Anti-corruption Policy"
	HumanRights             = "Human Rights Policy"
	EditorialPolicy         = "Editorial Policy"
	ReviewGuidelines        = "Review Guidelines"
	RankingParameters       = "Ranking Parameters Description"
	PlatformToBusiness      = "Platform to Business Notice"
	InAppPurchases          = "In-App Purchases Policy"
	LivePolicy              = "Live Policy"
	Monetisation            = "Content Monetisation Policy"
	ConditionsOfCarriage    = "Conditions of Carriage"
	HyperlinksPolicy        = "Hyperlinks Policy"
	UserConsent             = "User Consent Policy"
	ClosedCaptioning        = "Closed Captioning Policy"
	DeceasedUsers           = "Deceased Users"
	BusinessPrivacy         = "Business Privacy Policy"
	QualityGuidelines       = "Quality Guidelines"
	SingleSignOn            = "Single Sign-On Policy"
	SellerWarranty          = "Seller Warranty"
	BusinessMediation       = "Business Mediation Policy"
	TransparencyReport      = "Transparency Report" // the archive has no type for these
)

// Hub is a page that lists documents, and Setting something that is named like one and is
// a form or a switch: neither is a type of terms.
const (
	Hub     = "hub"
	Setting = "setting"
)

// Strength is how surely words name a document.
type Strength int

// Strengths.
const (
	// Weak words may mean something else: "Cookies", "Guidelines".
	Weak Strength = iota + 1
	// Bare words name a document where nothing else stands beside them: "Privacy".
	Bare
	// Full words name one anywhere: "Privacy Policy".
	Full
)

// Guess is what words name.
type Guess struct {
	Type     string // "" when they name nothing
	Language string // of the words: "de"
	Strength Strength
	// Rest is how many words say something else.
	Rest int
}

// entry is one name of the table.
type entry struct {
	kind, lang string
	name       []rune
	strength   Strength
	open       bool // may go on where it ends
	inside     bool // may begin within a word
	unspaced   bool // in a script that sets no spaces
}

// They are made when they are first used: most commands guess nothing.
var (
	entries = sync.OnceValue(compile)
	filler  = sync.OnceValue(fillerWords)
	// first lists the entries that may begin with a rune: those that may not need not be
	// tried at a place.
	first = sync.OnceValue(byFirst)
)

func compile() []entry {
	var all []entry
	for _, row := range words {
		for name := range strings.SplitSeq(row.names, "|") {
			e := entry{kind: row.kind, lang: row.lang, strength: Full}
			switch {
			case strings.HasPrefix(name, "??"):
				e.strength, name = Weak, name[2:]
			case strings.HasPrefix(name, "?"):
				e.strength, name = Bare, name[1:]
			}
			name, e.inside = strings.CutPrefix(name, "*")
			name, e.open = strings.CutSuffix(name, "*")
			e.name = []rune(normal(name))
			e.unspaced = len(e.name) > 0 && unspaced(e.name[len(e.name)-1])
			all = append(all, e)
		}
	}
	return all
}

func byFirst() map[rune][]int {
	m := map[rune][]int{}
	for i, e := range entries() {
		m[e.name[0]] = append(m[e.name[0]], i)
	}
	return m
}

func fillerWords() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(fillers) {
		m[normal(w)] = true
	}
	return m
}

// maxWords bounds how much is looked at, in runes: a longer text is no name.
const maxWords = 300

// Text guesses from what a link or a title says. own are words that say nothing there,
// such as the site's name.
func Text(said string, own ...string) Guess { return guess(normal(said), own) }

// Path guesses from the path and the query of an address.
func Path(address string, own ...string) Guess {
	u, err := url.Parse(address)
	if err != nil {
		return Guess{}
	}
	segments := strings.Split(strings.Trim(strings.TrimSuffix(u.Path, path.Ext(u.Path)), "/"), "/")
	for _, values := range u.Query() {
		segments = append(segments, values...)
	}
	var best Guess
	for i := len(segments) - 1; i >= 0; i-- { // the last one says it best
		g := guess(normal(segments[i]), own)
		if g.Strength > best.Strength && (g.Type != Hub || i == len(segments)-1) {
			best = g
		}
		if best.Strength == Full {
			break
		}
	}
	return best
}

// normal writes words as the table has them: without case, accents and punctuation, with
// one space between two. What sets no spaces is written without any.
func normal(s string) string {
	var out []rune
	space := false
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case len(out) > maxWords:
			return string(out)
		case unicode.Is(unicode.Mn, r) && !unicode.Is(unicode.Devanagari, r) && !unicode.Is(unicode.Thai, r):
			continue
		case r == '’':
			r = '\''
		}
		switch {
		case r == 'ı':
			r = 'i'
		case r == 'ł':
			r = 'l'
		case r == 'ø':
			r = 'o'
		case r == 'ς':
			r = 'σ'
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '&' && r != '\'' {
			space = len(out) > 0
			continue
		}
		if space && !unspaced(r) && !unspaced(out[len(out)-1]) {
			out = append(out, ' ')
		}
		out, space = append(out, r), false
	}
	return string(out)
}

// unspaced reports whether a letter is of a script that sets no spaces between words, or
// not always.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai) || r == 'ー'
}

// hit is a name found in words.
type hit struct {
	entry    *entry
	from, to int
}

// guess finds the names in words and chooses among them.
func guess(said string, own []string) Guess {
	text := []rune(said)
	hits := find(text)
	if len(hits) == 0 {
		return Guess{}
	}
	covered := make([]bool, len(text))
	best := hits[0]
	for _, h := range hits {
		for i := h.from; i < h.to; i++ {
			covered[i] = true
		}
		if h.better(best) {
			best = h
		}
	}
	g := Guess{Type: best.entry.kind, Language: best.entry.lang, Strength: best.entry.strength,
		Rest: rest(text, covered, own)}
	if g.Strength < Full && g.Rest > 0 {
		g.Strength = min(g.Strength, Weak)
	}
	return g
}

// better reports whether a hit names the document rather than another: a setting before
// all, a whole hub before its parts, any type before terms of no special kind, else what
// stands first, and the longer one.
func (h hit) better(than hit) bool {
	if a, b := h.rank(), than.rank(); a != b {
		return a > b
	}
	if h.from != than.from {
		return h.from < than.from
	}
	return h.to > than.to
}

func (h hit) rank() int {
	switch {
	case h.entry.kind == Setting:
		return 4
	case h.entry.kind == Hub:
		return 3
	case h.entry.strength == Weak:
		return 0
	case h.entry.kind == TermsOfService:
		return 1
	}
	return 2
}

// find lists the names in words, without those that lie within a longer one.
func find(text []rune) []hit {
	var hits []hit
	for from := range text {
		for _, i := range first()[text[from]] {
			if e := &entries()[i]; e.at(text, from) {
				to := from + len(e.name)
				for e.open && to < len(text) && text[to] != ' ' && !e.unspaced {
					to++
				}
				hits = append(hits, hit{e, from, to})
			}
		}
	}
	var longest []hit
	for _, h := range hits {
		within := false
		for _, o := range hits {
			within = within || o.from <= h.from && h.to <= o.to && (o.to-o.from > h.to-h.from) && o.entry.strength != Weak
		}
		whole := h.from == 0 && h.to == len(text)
		if (!within || h.entry.kind == Setting) && (h.entry.kind != Hub || whole) {
			longest = append(longest, h)
		}
	}
	return longest
}

// at reports whether a name stands at a place.
func (e *entry) at(text []rune, from int) bool {
	if from+len(e.name) > len(text) {
		return false
	}
	for i, r := range e.name {
		if text[from+i] != r {
			return false
		}
	}
	if !e.inside && from > 0 && isWord(text[from-1]) && !unspaced(text[from]) {
		return false
	}
	to := from + len(e.name)
	return e.open || e.unspaced || to == len(text) || !isWord(text[to])
}

func isWord(r rune) bool { return r != ' ' && r != '&' && r != '\'' }

// rest counts the words that no name covers and that are neither fillers nor own.
func rest(text []rune, covered []bool, own []string) int {
	n := 0
	for i := 0; i < len(text); i++ {
		from := i
		open := false
		for i < len(text) && text[i] != ' ' {
			open = open || !covered[i]
			i++
		}
		word := string(text[from:i])
		switch {
		case !open, filler()[word], isNumber(word):
		case within(own, word):
		case unspaced(text[from]):
			for j := from; j < i; j++ {
				if !covered[j] {
					n++ // of these a word has two or three
				}
			}
			n = (n + 2) / 3
		default:
			n++
		}
	}
	return n
}

func within(own []string, word string) bool {
	for _, o := range own {
		if normal(o) == word {
			return true
		}
	}
	return false
}

func isNumber(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}
