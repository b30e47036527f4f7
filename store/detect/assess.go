package detect

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"strings"

	"fineprint/store/clause"
	"fineprint/store/terms"
)

// Past is an earlier version of the document, as far as Assess needs it.
type Past struct {
	Seq         int
	Fingerprint [16]byte
}

// Fingerprint identifies a text up to immaterial differences of whitespace,
// typography, case and link targets, so that a text that returns is recognised.
func Fingerprint(text string) [16]byte {
	sum := sha256.Sum256([]byte(strings.ToLower(clause.Visible(text))))
	return [16]byte(sum[:16])
}

// Assess is Compare with the document's recent history, newest first, not
// counting old itself, and new's fingerprint: a new text that goes back to one of them is a flap; one
// that looks like a sign-in page, an error page, a cookie wall, another
// language, an empty or truncated document is a suspected bad capture.
func Assess(old, new string, fingerprint [16]byte, recent []Past) Result {
	r := Compare(old, new)
	if !r.Material {
		return r
	}
	if gaveAway := badCapture(old, new, r); gaveAway != "" {
		r.Material, r.Reason, r.Detail = false, terms.ReasonCapture, gaveAway
		return r
	}
	for _, p := range recent {
		if p.Fingerprint == fingerprint {
			r.Material, r.Reason, r.Detail = false, terms.ReasonFlap, fmt.Sprintf("goes back to version %d", p.Seq)
			return r
		}
	}
	return r
}

var walls = []struct {
	what  string
	words *regexp.Regexp
}{
	{"sign-in page", regexp.MustCompile(`(?i)\b(?:sign in|log ?in|password|forgot(?:ten)? (?:your )?password|create (?:an )?account)\b`)},
	{"error page", regexp.MustCompile(`(?i)\b(?:404|403|500|502|503|not found|page (?:isn.t|is not) available|access denied|forbidden|something went wrong|try again later|unusual traffic|verify you are (?:a )?human|captcha|just a moment|enable javascript)\b`)},
	{"cookie wall", regexp.MustCompile(`(?i)\b(?:accept (?:all )?cookies|cookie (?:settings|preferences)|we use cookies|reject all)\b`)},
}

// badCapture names what gives a suspected bad capture away, "" when nothing
// does. Only a text far shorter than the one before, or in another language, is
// suspected: a document that tells of passwords is no sign-in page.
func badCapture(old, new string, r Result) string {
	if len(old) < 600 {
		return ""
	}
	visible := clause.Visible(new)
	if len(visible) < 20 {
		return "empty"
	}
	if a, b := language(old), language(new); a != "" && b != "" && a != b {
		return "another language: " + b + " after " + a
	}
	if len(new)*4 > len(old) {
		return ""
	}
	for _, w := range walls {
		if w.words.MatchString(visible) && len(visible) < 1500 {
			return w.what
		}
	}
	if len(new)*5 < len(old) && (r.Counts.Added == 0 && r.Counts.Modified <= 1 || samePrefix(old, new)*5 >= len(new)*4) {
		return "truncated"
	}
	return ""
}

func samePrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

var stopWords = map[string]string{}

func init() {
	for language, words := range map[string]string{
		"English": "the of and to in that is for you with your this are we our by be or as on",
		"French":  "le la les des et vous que pour dans est votre nous une sur avec par ou du vos notre",
		"German":  "der die und das den zu mit sie von ist für nicht wir ein auf dem werden ihre oder sich",
		"Spanish": "el los las que de y en para usted con por una su sus nuestro del se como al nosotros",
		"Italian": "il di che per gli della con nostro sono dei una nel alla dati non utente tuo tua ai del",
	} {
		for _, w := range strings.Fields(words) {
			if stopWords[w] != "" {
				stopWords[w] = "-" // of several languages
				continue
			}
			stopWords[w] = language
		}
	}
}

// language guesses the language of a text by its commonest words; "" when
// unsure.
func language(text string) string {
	counts := map[string]int{}
	words := 0
	for w := range strings.FieldsSeq(text) {
		if l := stopWords[strings.ToLower(w)]; l != "" && l != "-" {
			counts[l]++
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
