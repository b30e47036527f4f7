package watch

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// removal returns a selector that is safe to take a difference away with for ever, or why
// there is none. It names the element, or one around it that holds nothing else, by an id,
// class or attribute that a person gave; a place on the page is no name, for when the
// counter goes, the first clause stands there. Whatever it matches, in both pages, holds
// what changed and no prose.
func (w *walk) removal(x, y *goquery.Document, d differing) (css, why string) {
	for m, n := d.first, d.second; isInside(m) || isInside(n); m, n = parentOf(m), parentOf(n) {
		if !harmless(m, n) {
			if len(wordsOf(m))+len(wordsOf(n)) > maxAround {
				break
			}
			continue
		}
		for _, css := range namesOf(m, n) {
			if w.namesChange(x, y, css) {
				return css, ""
			}
		}
	}
	return "", whyNot(wordsOf(d.first), wordsOf(d.second))
}

// maxAround is how long the words around a difference are, in bytes, in which a list of
// links is still looked for.
const maxAround = 16 << 10

// whyNot tells what differs apart where nothing is safe to remove.
func whyNot(first, second string) string {
	switch {
	case isRule(first) || isRule(second):
		return WhyProse
	case first != "" && second != "" && sameBesideMarks(first, second):
		return WhyNameless
	case max(wordCount(first), wordCount(second)) > maxLabel:
		return WhyProse
	}
	return WhyUnclear
}

func isInside(n *html.Node) bool {
	return n != nil && n.Data != "body" && n.Data != "html" && n.Data != "main" && n.Parent != nil
}

func parentOf(n *html.Node) *html.Node {
	if n == nil {
		return nil
	}
	return n.Parent
}

// namesChange reports whether all that a selector matches in both pages holds something
// that changed, or is the one that stands for it, and nothing but what may be removed.
func (w *walk) namesChange(x, y *goquery.Document, css string) bool {
	matcher, err := cascadia.Compile(css)
	if err != nil {
		return false
	}
	first, second := x.FindMatcher(matcher).Nodes, y.FindMatcher(matcher).Nodes
	if len(first) == 1 && len(second) == 1 {
		return harmless(first[0], second[0])
	}
	for _, match := range slices.Concat(first, second) {
		if !harmless(match, nil) || !w.holdsChange(match) {
			return false
		}
	}
	return len(first)+len(second) > 0
}

func (w *walk) holdsChange(outer *html.Node) bool {
	return slices.ContainsFunc(w.found, func(d differing) bool {
		return isWithin(d.first, outer) || isWithin(d.second, outer)
	})
}

func isWithin(n, outer *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// plainName is an id or class that a person gave: one with digits in a row may
// differ in each answer.
var plainName = regexp.MustCompile(`^[A-Za-z][A-Za-z_-]*[0-9]{0,2}$`)

// styleName is a class that says how something looks or where it is, and so may come to
// stand at a clause.
var styleName = regexp.MustCompile(`(?i)^(?:[mp][trblxyse]?-.*|(?:text|font|bg|flex|grid|col|row|w|h|min|max|gap|space|` +
	`border|rounded|shadow|leading|tracking|order|align|justify|items?|self|float|is|has|u|elementor|wp-block|et_pb|` +
	`vc|css|sc|jss|mui)[-_].*|text|font|flex|grid|col|row|container|wrapper|inner|outer|content|block|item|section|` +
	`paragraph|para|first|last|even|odd|active|left|right|center|small|large|muted|bold|strong|lead|clearfix|hidden|` +
	`visible|main|body|article|entry|page|post|legal|policy|terms|privacy|clause|provision|prose|rich-?text|` +
	`list|box|card|panel|column|odd|p|h[1-6]|li|ul|div|span|term|definition|answer|question|description|notice)$`)

// namesOf lists how an element may be called in the pages that have it, the best first.
func namesOf(m, n *html.Node) []string {
	if m == nil {
		m = n
	}
	if n == nil {
		n = m
	}
	var names []string
	if id := attribute(m, "id"); id == attribute(n, "id") && isName(id) {
		names = append(names, "#"+id)
	}
	other := strings.Fields(attribute(n, "class"))
	for _, class := range strings.Fields(attribute(m, "class")) {
		if isName(class) && slices.Contains(other, class) {
			names = append(names, "."+class, m.Data+"."+class)
		}
	}
	for _, key := range []string{"role", "data-testid", "data-test", "data-component", "data-role", "itemprop"} {
		if v := attribute(m, key); v == attribute(n, key) && isName(v) {
			names = append(names, "["+key+"="+v+"]")
		}
	}
	return names
}

func isName(s string) bool { return plainName.MatchString(s) && !styleName.MatchString(s) }

const (
	// maxLabel is how many words are no sentence yet.
	maxLabel = 6
	// maxNamed is how many words may stand in an element whose name says that it is none
	// of the document's.
	maxNamed = 16
)

// passing names what changes by itself and is no part of a document.
var passing = regexp.MustCompile(`(?i)count|view|visit|hits?\b|online|reader|seen|like|vote|rating|nonce|token|csrf|` +
	`request|trace|session|time|clock|generat|render|build|cache|server|host|\bray|uu?id|stamp|ticker|weather|random|` +
	`captcha|challenge|cart|badge|live|ago\b`)

// further names what leads elsewhere.
var further = regexp.MustCompile(`(?i)relat|recommend|similar|popular|trending|latest|news|teaser|further|more|also|` +
	`suggest|articles?|posts?|featured|sponsor|advert|\bads?\b|promo|banner`)

// harmless reports whether an element, as both pages have it, may be removed: it holds
// nothing that could be a clause, or a number of one. What one page alone has, nil in the
// other, may be a few words at most: nobody can tell what of them changes.
func harmless(m, n *html.Node) bool {
	first, second := wordsOf(m), wordsOf(n)
	if isRule(first) || isRule(second) {
		return false
	}
	if (m == nil || isListOfLinks(m)) && (n == nil || isListOfLinks(n)) {
		return true
	}
	most := maxLabel
	if m != nil && n != nil {
		if !sameBesideMarks(first, second) {
			return false
		}
		if first != second && passing.MatchString(attribute(m, "id")+" "+attribute(m, "class")) && isOneBlock(m) &&
			isOneBlock(n) {
			most = maxNamed
		}
	}
	return wordCount(first) <= most && wordCount(second) <= most
}

// isOneBlock reports whether all words of an element stand in one block of text: beside
// the one with a counter another could be a clause.
func isOneBlock(n *html.Node) bool {
	blocks := goquery.NewDocumentFromNode(n).Find("p, div, li, td, dd, section, article, h1, h2, h3, h4, h5, h6")
	return blocks.Length() == 0 || blocks.Length() == 1 && visibleText(blocks.Nodes[0]) == visibleText(n)
}

// isListOfLinks reports whether an element says by its name that it leads elsewhere, and
// does nothing else.
func isListOfLinks(n *html.Node) bool {
	if !further.MatchString(attribute(n, "id")+" "+attribute(n, "class")) || n.Data == "main" || n.Data == "article" {
		return false
	}
	e := goquery.NewDocumentFromNode(n)
	links := e.Find("a[href]")
	linked := 0
	elsewhere := true
	links.Each(func(_ int, a *goquery.Selection) {
		linked += wordCount(a.Text())
		elsewhere = elsewhere && !strings.HasPrefix(a.AttrOr("href", ""), "#")
	})
	beside := wordCount(visibleText(n)) - linked
	return links.Length() > 0 && elsewhere && beside <= maxLabel
}

// isRule reports whether words hold what a rule is made of: an amount, a share, a time, or
// a word that allows, forbids or binds.
func isRule(text string) bool {
	return amount.MatchString(text) || ruleWord.MatchString(text)
}

// amount is money, a share or a time.
var amount = regexp.MustCompile(`(?i)[€$£¥₽₹₩₺₴]|[%‰％]|\b(?:eur|usd|gbp|chf|jpy|pln|czk|sek|nok|dkk|rub|inr|brl)\b|` +
	`[0-9]\s*(?:working |business |calendar )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|stunden?|tage?n?|` +
	`wochen?|monate?n?|jahre?n?|heures?|jours?|semaines?|mois|ans?\b|horas?|d[ií]as?|semanas?|mes(?:es)?\b|a[ñn]os?|` +
	`giorn[oi]|mes[ei]\b|ann[oi]\b|dias?|anos?|dagen|weken|maanden|jaar|dni|dzie|miesi|lat\b|rok|дн|час|недел|месяц|` +
	`лет|год|dag|vecka|månad|år\b|[日天月年時时週周円元万]|일|개월|년|원|km|kg|gb|mb|points?)`)

// ruleWord allows, forbids or binds.
var ruleWord = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:must|shall|may|not|never|won.t|don.t|cannot|can.t|will|agree|` +
	`liab\pL*|refund\pL*|fees?|prices?|terminat\pL*|arbitrat\pL*|rights?|keep|kept|retain\pL*|delete\pL*|muss|müssen|` +
	`darf|dürfen|nicht|kein\pL*|haft\pL*|gebühr\pL*|preis\pL*|doit|doivent|pouvez|peut|pas|frais|prix|debe\pL*|` +
	`puede\pL*|no|precio\pL*|deve\pL*|può|possono|non|prezz\pL*|pode\pL*|não|moet|mag|mogen|niet|musi\pL*|może|nie|` +
	`opłat\pL*|должн\pL*|может|можете|не|обязан\pL*|плат\pL*|får|ska|måste|inte)(?:[^\pL]|$)`)

// sameBesideMarks reports whether two texts differ in nothing but numbers, times, dates and
// tokens: what counts and what is made anew.
func sameBesideMarks(first, second string) bool {
	return first == second || slices.Equal(unmarked(first), unmarked(second))
}

// unmarked returns the words of a text without those that are numbers or tokens.
func unmarked(text string) []string {
	return slices.DeleteFunc(strings.Fields(text), func(word string) bool {
		letters, digits, size := 0, 0, 0
		for _, r := range word {
			size++
			switch {
			case unicode.IsDigit(r):
				digits++
			case unicode.IsLetter(r):
				letters++
			}
		}
		return digits > 0 && letters <= 2 || size >= 6 && digits > 0 || size >= 20 && !strings.ContainsAny(word, "-/")
	})
}

// wordCount counts words; of scripts without spaces two characters are one.
func wordCount(text string) int {
	words, characters := 0, 0
	for _, word := range strings.Fields(text) {
		east := 0
		for _, r := range word {
			if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
				east++
			}
		}
		if east == 0 {
			words++
		}
		characters += east
	}
	return words + (characters+1)/2
}
