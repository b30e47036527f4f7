package rules

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/publicsuffix"

	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// The version of this part of the table and the sum of what it was then; see
// TestVersionIsRaisedWithTheRules.
const (
	wordsVersion = 3
	wordsSum     = ""
)

// wordRules judge a stretch of differing words.
var wordRules = []*Rule{
	{
		Name: "punctuation between words", Scope: OfWords, Reason: model.ReasonTypography,
		words: func(s *Stretch) bool { return s.wording() == model.ReasonTypography },
	},
	{
		Name: "case of words", Scope: OfWords, Reason: model.ReasonCase,
		words: func(s *Stretch) bool { return s.wording() == model.ReasonCase },
	},
	{
		Name: "words run together", Scope: OfWords, Reason: model.ReasonWhitespace,
		words: func(s *Stretch) bool { return s.wording() == model.ReasonWhitespace },
	},
	{
		Name: "number among the changes", Scope: OfWords, Reason: model.ReasonNumbering,
		words: (*Stretch).isOwnNumber, own: words("section article clause"),
	},
	{
		Name: "date of a date line", Scope: OfWords, Reason: model.ReasonDate,
		words: inDateLines, own: dateLineWords,
	},
	{
		Name: "token", Scope: OfWords, Reason: model.ReasonBoilerplate, Detail: detailToken,
		words: func(s *Stretch) bool { return isToken(s.removed()) && isToken(s.added()) },
	},
	{
		Name: "time ago", Scope: OfWords, Reason: model.ReasonBoilerplate, Detail: detailRelativeTime,
		words: func(s *Stretch) bool { return s.counts() && (s.phrases(timeAgo) || s.phrases(timeAgoIn)) },
		own: words("second seconds minute minutes hour hours day days week weeks month months year years",
			"yesterday today just about over almost last"),
	},
	{
		Name: "length of a video in a line", Scope: OfWords, Reason: model.ReasonBoilerplate, Detail: detailDuration,
		words: func(s *Stretch) bool { return s.counts() && s.phrases(clockTime) },
	},
	{
		Name: "number of a counter", Scope: OfWords, Reason: model.ReasonBoilerplate, Detail: detailCounter,
		words: func(s *Stretch) bool { return s.counts() && (s.phrases(counted) || s.phrases(readingTime)) },
		own:   words("views view comments comment likes shares replies votes followers ratings reviews read"),
	},
	{
		Name: "share price", Scope: OfWords, Reason: model.ReasonBoilerplate, Detail: "share price",
		words: func(s *Stretch) bool { return s.counts() && s.phrases(ticker) },
	},
	{
		Name: "copyright year", Scope: OfWords, Reason: model.ReasonBoilerplate, Detail: "copyright year",
		words: func(s *Stretch) bool { return s.counts() && s.phrases(copyright) && s.isCopyrightYear() },
		own:   words("copyright"),
	},
	{
		Name: "obfuscated e-mail", Scope: OfWords, Reason: model.ReasonBoilerplate, Detail: "obfuscated e-mail",
		words: func(s *Stretch) bool {
			x, y := s.removed(), s.added()
			return isObfuscated(x) && isEmail(y) || isEmail(x) && isObfuscated(y)
		},
		own: words("email protected"),
	},
	{
		Name: "address at the same organisation", Scope: OfWords, Reason: model.ReasonLink,
		words: func(s *Stretch) bool { return sameOrganisation(s.removed(), s.added()) },
	},
	{
		Name: "doubled word", Scope: OfWords, Reason: model.ReasonTypography, Detail: "a doubled word",
		words: (*Stretch).isDoubled,
	},
}

// Stretch is tokens old[i0:i1] in place of which are new[j0:j1].
type Stretch struct {
	old, new       []string
	i0, i1, j0, j1 int

	compared             bool
	del, ins             []string // words of each side
	how                  model.Reason
	phrased              bool
	oldPhrase, newPhrase string
}

func (s *Stretch) compare() {
	if !s.compared {
		s.compared = true
		s.del, s.ins = Words(s.old[s.i0:s.i1]), Words(s.new[s.j0:s.j1])
		s.how = compareWording(s.del, s.ins)
	}
}

// wording is [compareWording] of both sides.
func (s *Stretch) wording() model.Reason { s.compare(); return s.how }

// removed and added return the words of each side.
func (s *Stretch) removed() []string { s.compare(); return s.del }
func (s *Stretch) added() []string   { s.compare(); return s.ins }

// isOwnNumber reports whether only the number at the clause's start differs.
func (s *Stretch) isOwnNumber() bool {
	if s.i0 > 1 || s.j0 > 1 {
		return false
	}
	x, y := strings.Join(s.old, ""), strings.Join(s.new, "")
	n, m := len(x)-len(clause.Unnumbered(x)), len(y)-len(clause.Unnumbered(y))
	return (n > 0 || m > 0) && len(strings.Join(s.old[:s.i1], "")) <= n && len(strings.Join(s.new[:s.j1], "")) <= m
}

const (
	detailToken = "token"
	// minToken is how long, in bytes, a word is that no person reads, and
	// minTokenKind how many digits and how many letters it has.
	minToken     = 12
	minTokenKind = 2
)

// isToken reports whether words are one that no person reads: long, of letters
// and digits mixed.
func isToken(words []string) bool {
	if len(words) != 1 || len(words[0]) < minToken {
		return false
	}
	w := words[0]
	letters, digits := 0, 0
	for i := range len(w) {
		switch c := w[i]; {
		case isDigit(c):
			digits++
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			letters++
		case c != '-' && c != '_' && c != '=' && c != '+':
			return false
		}
	}
	return digits >= minTokenKind && letters >= minTokenKind
}

// counts reports whether numbers, or relative times, are in the place of such.
func (s *Stretch) counts() bool {
	x, y := s.removed(), s.added()
	return isNumbers(x) && isNumbers(y) || isRelativeDay(x) && isRelativeDay(y)
}

func isNumbers(words []string) bool {
	for _, w := range words {
		if strings.Trim(w, "0123456789.,") != "" {
			return false
		}
	}
	return len(words) > 0
}

// isRelativeDay reports whether words are a relative time of their own.
func isRelativeDay(words []string) bool {
	return relativeDay.MatchString(strings.ToLower(strings.Join(words, " ")))
}

// phrases reports whether the phrase around the stretch matches on both sides.
func (s *Stretch) phrases(p *regexp.Regexp) bool {
	if !s.phrased {
		s.phrased = true
		from, to := phraseAround(s.new, s.j0, s.j1)
		s.newPhrase = strings.Join(s.new[from:to], "")
		from, to = phraseAround(s.old, s.i0, s.i1)
		s.oldPhrase = strings.Join(s.old[from:to], "")
	}
	return p.MatchString(s.newPhrase) && p.MatchString(s.oldPhrase)
}

var (
	ticker    = pattern(`(?:%s)\s*:\s*[A-Z]+`, `NYSE`, `NASDAQ`, `Nasdaq`)
	copyright = pattern(`(?i)(?:%s)\s*(?:©|\(c\))?\s*(?:\d{4}\s*-\s*)?\d{4}`, `©`, `\(c\)`, `copyright`)
)

// isCopyrightYear reports whether both sides are a year, right after a sign of
// copyright.
func (s *Stretch) isCopyrightYear() bool {
	const tokensBefore = 6
	del := strings.TrimSpace(strings.Join(s.old[s.i0:s.i1], ""))
	ins := strings.TrimSpace(strings.Join(s.new[s.j0:s.j1], ""))
	if len(del) != 4 || len(ins) != 4 {
		return false
	}
	lead := strings.ToLower(strings.Join(s.new[max(0, s.j0-tokensBefore):s.j0], ""))
	return strings.Contains(lead, "©") || strings.Contains(lead, "(c)") || strings.Contains(lead, "copyright")
}

// isObfuscated reports whether words are what a mail protection leaves:
// "[email protected]".
func isObfuscated(words []string) bool {
	s := strings.ToLower(strings.Join(words, " "))
	return s == "email protected" || s == "email protected email protected"
}

func isEmail(words []string) bool {
	for _, w := range words {
		if !strings.Contains(w, "@") {
			return false
		}
	}
	return len(words) > 0
}

// sameOrganisation reports whether words are one address each, at the same
// organisation: which of its pages is linked says nothing by itself.
func sameOrganisation(x, y []string) bool {
	return len(x) == 1 && len(y) == 1 && domain(x[0]) != "" && domain(x[0]) == domain(y[0])
}

// domain is the registered domain of an address, "" for what is none.
func domain(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	d, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(u.Hostname()))
	if err != nil {
		return ""
	}
	return d
}

// isDoubled reports whether one side only lacks a word that the other has twice
// in a row. What would turn a sentence around doesn't count.
func (s *Stretch) isDoubled() bool {
	x, y := s.removed(), s.added()
	side, from, to := s.old, s.i0, s.i1
	if len(x) == 0 {
		x, y = y, x
		side, from, to = s.new, s.j0, s.j1
	}
	if len(x) != 1 || len(y) != 0 || redline.Weighty(x[0]) {
		return false
	}
	return strings.EqualFold(wordBefore(side, from), x[0]) || strings.EqualFold(wordAfter(side, to), x[0])
}
