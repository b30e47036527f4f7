package detect

import (
	"regexp"
	"strings"

	"fineprint/store/model"
	"fineprint/store/text/clause"
	"fineprint/store/text/redline"
)

// suspicion is what a bad capture is given away by. One that settles may be the
// platform's doing after all, and is believed once it has stayed.
type suspicion struct {
	name    string
	settles bool
}

var walls = []struct {
	suspicion
	words *regexp.Regexp
}{
	{suspicion{"sign-in page", false}, regexp.MustCompile(`(?i)\b(?:sign in|log ?in|password|forgot(?:ten)? (?:your )?password|create (?:an )?account)\b`)},
	{suspicion{"error page", false}, errorWords},
	{suspicion{"cookie wall", false}, regexp.MustCompile(`(?i)\b(?:accept (?:all )?cookies|cookie (?:settings|preferences)|we use cookies|reject all)\b`)},
}

var errorWords = regexp.MustCompile(`(?i)\b(?:404|403|500|502|503|(?:page|content)(?: that you requested)? (?:could not|can(?:.t|not)) be found|not found|page (?:isn.t|is not) available|access denied|forbidden|something went wrong|` +
	`try again later|refresh th(?:e|is) page|please refresh|unusual traffic|verify you are (?:a )?human|captcha|just a moment|enable javascript|service unavailable|bad gateway|` +
	`etwas ist schief ?gelaufen|seite nicht gefunden|une erreur|page introuvable|algo salió mal)\b`)

const (
	// minDocument is how long, in bytes, a document must be for a shorter text
	// after it to be suspected.
	minDocument = 600
	// maxWall is how long, in bytes, a page that stands in for a document is.
	maxWall = 3000
)

// capture names what gives a new text away as a bad capture, nothing when it
// looks like the document. What is suspected is a text far shorter than the one
// before, in another language, twice over, or no document of its kind: a
// document that tells of passwords is no sign-in page.
func (c *comparison) capture(r *Result) suspicion {
	old, new := c.old.Text, c.new.Text
	if len(old) < minDocument {
		return suspicion{}
	}
	if len(c.new.Clauses) == 0 || len(new) < 400 && len(clause.Visible(new)) < 20 {
		return suspicion{name: "empty"}
	}
	if !r.Material {
		if r.Reason == model.ReasonCapture && len(new) > len(old) {
			return suspicion{patternTwice, true}
		}
		return suspicion{}
	}
	kept := c.kept()
	if kept < 0.6 {
		if a, b := language(old), language(new); a != "" && b != "" && a != b {
			return suspicion{"another language: " + b + " after " + a, true}
		}
	}
	if len(new)*3 < len(old) && len(new) < maxWall {
		visible := clause.Visible(new)
		for _, w := range walls {
			if kept < 0.5 && w.words.MatchString(visible) {
				return w.suspicion
			}
		}
	}
	switch {
	case c.errorInPlace(r):
		return suspicion{"error page", false}
	case c.truncated(r):
		return suspicion{"truncated", true}
	case kept < 0.1 && len(new)*2 < len(old)*3 && formality(new)*3 < formality(old):
		return suspicion{"another page", true}
	}
	return suspicion{}
}

// kept is the share of the old text, by bytes, that has a partner in the new
// one.
func (c *comparison) kept() float64 {
	all, kept := 0, 0
	for i := range c.old.Clauses {
		n := c.old.Clauses[i].End - c.old.Clauses[i].Start
		all += n
		if c.alignment.Partner(i) != clause.None {
			kept += n
		}
	}
	return float64(kept) / float64(max(all, 1))
}

// errorInPlace reports whether an error message appeared where a part of the
// document went.
func (c *comparison) errorInPlace(r *Result) bool {
	removed := 0
	for i := range r.Clauses {
		if ch := &r.Clauses[i]; ch.Kind == model.Removed {
			removed += ch.Old.End - ch.Old.Start
		}
	}
	if removed*10 < len(c.old.Text) {
		return false
	}
	for i := range r.Clauses {
		if ch := &r.Clauses[i]; ch.Kind == model.Added && ch.New.End-ch.New.Start < 400 && errorWords.MatchString(c.new.Text[ch.New.Start:ch.New.End]) {
			return true
		}
	}
	return false
}

// truncated reports whether the new text is the old one without its end: what
// went stood at the end, nothing else changed but a last clause that broke off,
// and it was a good part of the document.
func (c *comparison) truncated(r *Result) bool {
	last := c.new.Clauses[len(c.new.Clauses)-1].ByteRange
	first, lost, broke := len(c.old.Text), 0, -1
	for i := range r.Clauses {
		ch := &r.Clauses[i]
		switch {
		case !ch.Material:
		case ch.Kind == model.Removed:
			first = min(first, ch.Old.Start)
			lost += ch.Old.End - ch.Old.Start
		case ch.Kind == model.Modified && ch.New.End == last.End:
			broke = ch.Old.Start
		case ch.Kind == model.Added && ch.New.End == last.End:
			broke = len(c.old.Text) // of what was removed; which one shows below
		default:
			return false
		}
	}
	rest := len(c.old.Text) - first
	if lost == 0 || lost*10 < rest*9 {
		return false
	}
	if broke >= 0 {
		return strings.HasPrefix(c.old.Text[min(broke, first):], c.new.Text[last.Start:last.End])
	}
	return lost*4 > len(c.old.Text)
}

// formalWords are words that terms and policies can't do without.
var formalWords = set("terms agreement policy privacy information data personal services service content account user users rights right law laws legal consent third parties party collect use share provide " +
	"license liability agree access required purposes process processing applicable including notice may must shall guidelines rules prohibited allowed not cookies")

// formality is the share of formal words in the beginning of a text.
func formality(text string) float64 {
	words, formal := 0, 0
	for _, t := range redline.Tokens(clause.Visible(text[:min(len(text), 40_000)])) {
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

// language guesses the language of a text by its commonest words; "" when
// unsure.
func language(text string) string {
	counts := map[string]int{}
	words := 0
	for w := range strings.FieldsSeq(text) {
		if len(w) <= 8 {
			if l := stopWords[strings.ToLower(w)]; l != "" && l != "-" {
				counts[l]++
			}
		}
		if words++; words > 3000 {
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
	if words < 60 || most*12 < words || most < 3*second {
		return ""
	}
	return best
}
