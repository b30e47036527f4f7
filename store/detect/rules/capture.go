package rules

import (
	"regexp"
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// The version of this part of the table and the sum of what it was then; see
// TestVersionIsRaisedWithTheRules.
const (
	captureVersion = 3
	captureSum     = "098cb8c48dd1"
)

// captureRules name what gives a captured text away as no document. What is
// suspected is a text far shorter than the one before, in another language,
// twice over, or no document of its kind: a document that mentions passwords is
// no sign-in page.
var captureRules = []*Rule{
	{
		Name: "empty page", Scope: OfCapture, Reason: model.ReasonCapture, Detail: "empty",
		capture: plain((*Capture).isEmpty),
		Folds:   pairs("{a}", "", "{a}", "![](https://quill.example/x.png)", "{a}", "One moment"),
		Keeps: pairs(
			"{a2}", "", "{a}", "You must be 16 years old to use it."),
	},
	{
		Name: "capture twice over", Scope: OfCapture, Reason: model.ReasonCapture, Detail: detailTwice, mayBeReal: true,
		capture: plain(func(c *Capture) bool {
			return !c.first() && c.change.Reason == model.ReasonCapture && len(c.text) > len(c.Old.Text)
		}),
		Folds: pairs("{a}", "{a}{a}", "{a}{b}", "{a}{b}{a}{b}"),
		Keeps: pairs(
			"{a}", "{a}{b}", "{a2}", "{a2}{a2}"),
	},
	{
		Name: "other language", Scope: OfCapture, Reason: model.ReasonCapture, mayBeReal: true,
		capture: (*Capture).isOtherLanguage,
		Folds: pairs(
			"{a}", "{de}", "{a}", "{fr}", "{a}", "{es}", "{a}", "{it}", "{a}", "{pt}", "{a}", "{nl}", "{de}", "{a}",
			"{a}", "{a4}{de}{de}"),
		Keeps: pairs(
			"{a}", "{recipes}{a}", "{a}", "{a}{de}"),
	},
	{
		Name: "sign-in page", Scope: OfCapture, Reason: model.ReasonCapture, Detail: "sign-in page",
		capture: plain(func(c *Capture) bool { return c.isInterstitial(signInWords) }),
		Folds: standIns("{a}",
			"Please sign in to go on.", "You can log in to see it.", "Login to see this page.", "Enter your password here.",
			"First create an account here.", "You must create account first.", "{a4}Please sign in to go on.",
			"Sign in. {long}"),
		Keeps: pairs(
			"{a}", "{guidelines}", "{a}", "{a8}Please sign in to go on.", "{a2}", "Please sign in to go on.",
			"", "You may sign in to use our service under these terms and this privacy policy."),
	},
	{
		Name: "error page", Scope: OfCapture, Reason: model.ReasonCapture, Detail: detailError,
		capture: plain(func(c *Capture) bool { return c.isInterstitial(errorWords) }),
		Folds: standIns("{a}",
			"Error 404 of our site", "Error 403 of our site", "Error 500 of our site", "Error 502 of our site",
			"Error 503 of our site", "The page could not be found.", "The content that you requested can't be found.",
			"The page cannot be found.", "It was not found on here.", "This page isn't available.",
			"This page is not available.", "Access denied to this site.", "This site is forbidden.",
			"Oh, something went wrong.", "Please try again later.", "Do refresh the page now.", "Do refresh this page now.",
			"Please refresh it right now.", "We saw unusual traffic here.", "Verify you are a human now.",
			"Solve this captcha please.", "Just a moment, please wait.", "Please enable JavaScript here.",
			"Our service unavailable now.", "Error: bad gateway of it.", "Etwas ist schief gelaufen, ach.",
			"Seite nicht gefunden, leider.", "Oh, une erreur est là pour.", "Oh, page introuvable ici là.",
			"Oh, algo salió mal por aquí."),
		Keeps: pairs(
			"", "Number 405 of our list is here.", "", "The page can be found right here.",
			"{a}", "{a15}Something went wrong.", "{a2}", "Something went wrong."),
	},
	{
		Name: "cookie wall", Scope: OfCapture, Reason: model.ReasonCapture, Detail: "cookie wall",
		capture: plain(func(c *Capture) bool { return c.isInterstitial(cookieWords) }),
		Folds: standIns("{a}",
			"Do accept all cookies here.", "Do accept cookies right here.", "See the cookie settings here.",
			"See your cookie preferences.", "On here, we use cookies too.", "You can reject all of them."),
		Keeps: pairs(
			"", "We bake cookies right in here.", "{a}", "{a8}We use cookies.", "{a2}", "We use cookies."),
	},
	{
		Name: "error in place of a part", Scope: OfCapture, Reason: model.ReasonCapture, Detail: detailError,
		capture: plain((*Capture).hasErrorInPlace),
		Folds: pairs(
			"{a}{b}", "{a}Something went wrong. Please refresh.\n",
			"{a}{b}", "{a}Error 503\n\n{b8}"),
		Keeps: pairs(
			"{a}{b}", "{a}{b15}Something went wrong.\n",
			"{a}{b}", "{a}Something is new here.\n\n{b8}"),
	},
	{
		Name: "truncated page", Scope: OfCapture, Reason: model.ReasonCapture, Detail: "truncated", mayBeReal: true,
		capture: plain((*Capture).isTruncated),
		Folds: pairs(
			"{a}{b}", "{a}",
			"{a}{b}", "{a}{b4}",
			"{a}{b}", "{a}{b8}You must be at least 16 years old",
			"{a}{b}{c}", "{a}{b}{c9}You must be at least"),
		Keeps: pairs(
			"{a}{b}{c}{d}", "{a}{b}{c}{d8}",
			"{a}{b}", "{a}{b8}We sell your data.\n",
			"{a}{b}", "We sell your data.\n\n{a}"),
	},
	{
		Name: "another page", Scope: OfCapture, Reason: model.ReasonCapture, Detail: "another page", mayBeReal: true,
		capture: plain((*Capture).isOtherPage),
		Folds:   pairs("{a}", "{recipes}", "{b}", "{recipes}"),
		Keeps: pairs(
			"{a}", "{recipes}{a}", "{a2}", "{recipes}", "{a}", "{guidelines}"),
	},
}

const detailError = "error page"

// plain makes a match of a test that knows no more than the rule's own detail.
func plain(match func(*Capture) bool) func(*Capture) (string, bool) {
	return func(c *Capture) (string, bool) { return "", match(c) }
}

var (
	signInWords = pattern(`(?i)\b(?:%s)\b`,
		`sign in`, `log ?in`, `password`, `create (?:an )?account`)
	errorWords = pattern(`(?i)\b(?:%s)\b`,
		`404`, `403`, `500`, `502`, `503`,
		`(?:page|content)(?: that you requested)? (?:could not|can(?:.t|not)) be found`, `not found`,
		`page (?:isn.t|is not) available`, `access denied`, `forbidden`, `something went wrong`, `try again later`,
		`refresh th(?:e|is) page`, `please refresh`, `unusual traffic`, `verify you are (?:a )?human`, `captcha`,
		`just a moment`, `enable javascript`, `service unavailable`, `bad gateway`,
		`etwas ist schief ?gelaufen`, `seite nicht gefunden`, `une erreur`, `page introuvable`, `algo salió mal`)
	cookieWords = pattern(`(?i)\b(?:%s)\b`,
		`accept (?:all )?cookies`, `cookie (?:settings|preferences)`, `we use cookies`, `reject all`)
)

const (
	// minDocument is how long, in bytes, a document must be for a shorter text
	// after it to be suspected.
	minDocument = 600
	// maxInterstitial is how long, in bytes, a page that replaces a
	// document is.
	maxInterstitial = 3000
	// minFormality is how large a share of formal words, in a document's first
	// text, speaks against its being an interstitial.
	minFormality = 0.2
	// maxEmpty is how long, in bytes, a text without clauses to read may be, and
	// maxEmptyVisible how long what a reader sees of it.
	maxEmpty        = 400
	maxEmptyVisible = 20
	// maxErrorClause is how long, in bytes, an error message in a document is.
	maxErrorClause = 400
	// maxKept is how large a share of the old text may have a partner in a text
	// that is in another language, an interstitial, or another page.
	maxKeptLanguage     = 0.6
	maxKeptInterstitial = 0.5
	maxKeptOtherPage    = 0.1
)

// Capture is a captured text that is judged. The comparison is nil for a
// document's first.
type Capture struct {
	*Comparison
	change  Verdict // of the change as a whole
	text    string
	visible string // what a reader sees of it, see isInterstitial

	counted bool
	share   float64
}

// first reports whether there is no text before.
func (c *Capture) first() bool { return c.Comparison == nil }

// isMaterialChange reports whether the capture is a material change of the text before.
func (c *Capture) isMaterialChange() bool { return !c.first() && !c.change.Folded() }

// isEmpty reports whether there is nothing to read.
func (c *Capture) isEmpty() bool {
	return !c.first() && (len(c.New.Clauses) == 0 ||
		len(c.text) < maxEmpty && len(clause.Visible(c.text)) < maxEmptyVisible)
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

// isOtherLanguage reports whether both texts are in languages that are known
// and differ.
func (c *Capture) isOtherLanguage() (detail string, ok bool) {
	if !c.isMaterialChange() || c.kept() >= maxKeptLanguage {
		return "", false
	}
	a, b := language(c.Old.Text), language(c.text)
	return "another language: " + b + " after " + a, a != "" && b != "" && a != b
}

// isInterstitial reports whether a page that has some words replaces the
// document: it is far shorter and has little of it. A first capture is one
// already when it is judged; see [Table.FirstCapture].
func (c *Capture) isInterstitial(words *regexp.Regexp) bool {
	if !c.first() && (!c.isMaterialChange() || len(c.text)*3 >= len(c.Old.Text) || len(c.text) >= maxInterstitial ||
		c.kept() >= maxKeptInterstitial) {
		return false
	}
	if c.visible == "" {
		c.visible = clause.Visible(c.text)
	}
	return words.MatchString(c.visible)
}

// hasErrorInPlace reports whether an error message was added where a part of
// the document was removed.
func (c *Capture) hasErrorInPlace() bool {
	if !c.isMaterialChange() {
		return false
	}
	removed := 0
	for i := range c.Changes {
		if ch := &c.Changes[i]; ch.Kind == model.Removed {
			old, _ := c.sources(ch.Pair)
			removed += len(old)
		}
	}
	if removed*10 < len(c.Old.Text) {
		return false
	}
	for i := range c.Changes {
		if ch := &c.Changes[i]; ch.Kind == model.Added {
			if _, new := c.sources(ch.Pair); len(new) < maxErrorClause && errorWords.MatchString(new) {
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
	if !c.isMaterialChange() || len(c.New.Clauses) == 0 {
		return false
	}
	last := len(c.New.Clauses) - 1
	lastEnd := c.New.Clauses[last].End
	first, lost, broke := len(c.Old.Text), 0, -1
	for i := range c.Changes {
		ch := &c.Changes[i]
		if ch.Folded() {
			continue
		}
		switch atEnd := ch.New != clause.None && c.New.Clauses[ch.New+ch.NewN-1].End == lastEnd; {
		case ch.Kind == model.Removed:
			old, _ := c.sources(ch.Pair)
			first = min(first, c.Old.Clauses[ch.Old].Start)
			lost += len(old)
		case ch.Kind == model.Modified && atEnd:
			broke = c.Old.Clauses[ch.Old].Start
		case ch.Kind == model.Added && atEnd:
			broke = len(c.Old.Text) // of what was removed; which one shows below
		default:
			return false
		}
	}
	rest := len(c.Old.Text) - first
	if lost == 0 || lost*10 < rest*9 {
		return false
	}
	if broke >= 0 {
		end := c.New.Text[c.New.Clauses[last].Start:lastEnd]
		return strings.HasPrefix(c.Old.Text[min(broke, first):], end)
	}
	return lost*4 > len(c.Old.Text)
}

// isOtherPage reports whether the text has next to nothing of the one before
// and far fewer words that terms can't do without.
func (c *Capture) isOtherPage() bool {
	return c.isMaterialChange() && c.kept() < maxKeptOtherPage && len(c.text)*2 < len(c.Old.Text)*3 &&
		formality(c.text)*3 < formality(c.Old.Text)
}

// formalWords are words that terms and policies can't do without.
var formalWords = wordSetOf(
	"terms agreement policy privacy information data personal services service content account user users rights",
	"right law laws legal consent third parties party collect use share provide license liability agree access",
	"required purposes process processing applicable including notice may must shall guidelines rules prohibited",
	"allowed not cookies")

// maxFormality is how much of a text, in bytes, formality looks at.
const maxFormality = 40_000 // work limit

// formality is the share of formal words in the beginning of a text.
func formality(text string) float64 {
	words, formal := 0, 0
	for _, t := range redline.Tokens(clause.Visible(text[:min(len(text), maxFormality)])) {
		if redline.IsWord(t) {
			words++
			if formalWords[strings.ToLower(t)] {
				formal++
			}
		}
	}
	return float64(formal) / float64(max(words, 1))
}

var stopWords = func() map[string]string {
	m := map[string]string{}
	for language, words := range map[string]string{
		"English":    "the of and to in that is for you with your this are we our by be or as on",
		"French":     "le la les des et vous que pour dans est votre nous une sur avec par ou du vos notre",
		"German":     "der die und das den zu mit sie von ist für nicht wir ein auf dem werden ihre oder sich",
		"Spanish":    "el los las que de y en para usted con por una su sus nuestro del se como al nosotros",
		"Italian":    "il di che per gli della con nostro sono dei una nel alla dati non utente tuo tua ai del",
		"Portuguese": "o os as que de e em para você com por uma seu seus nosso não se como ao nós",
		"Dutch":      "de het een en van dat voor je met op zijn niet wij we ons onze uw of door aan",
	} {
		for _, w := range strings.Fields(words) {
			if m[w] != "" {
				m[w] = "-" // of several languages
				continue
			}
			m[w] = language
		}
	}
	return m
}()

const (
	// maxStopWord is how long, in bytes, a stop word is, maxCounted how many
	// words of a text are looked at.
	maxStopWord = 8
	maxCounted  = 3000 // work limit
	// minCounted is how many words a text must have for its language to be
	// known. One word in minShare must be a language's, and minLead times as
	// many as of any other.
	minCounted = 60
	minShare   = 12
	minLead    = 3
)

// language guesses the language of a text by its commonest words; "" when
// unsure.
func language(text string) string {
	counts := map[string]int{}
	words := 0
	for w := range strings.FieldsSeq(text) {
		if len(w) <= maxStopWord {
			if l := stopWords[strings.ToLower(w)]; l != "" && l != "-" {
				counts[l]++
			}
		}
		if words++; words > maxCounted {
			break
		}
	}
	best, most, second := "", 0, 0
	for l, n := range counts {
		if n > most {
			best, most, second = l, n, most
		} else {
			second = max(second, n)
		}
	}
	if words < minCounted || most*minShare < words || most < minLead*second {
		return ""
	}
	return best
}
