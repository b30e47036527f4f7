package rules

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"fineprint/store/model"
	"fineprint/store/text/clause"
)

// placeholders of examples for longer texts: {a} is a document of 16 clauses, {a5}
// its first five, {a12} what {a4} leaves, {b} another one, and so on.
var standIn = regexp.MustCompile(`\{([a-z]+)(\d*)\}`)

const subjects = "accounts photos videos messages payments contacts devices locations searches advertisements " +
	"cookies partners " +
	"children courts notices changes"

var texts = map[string]string{
	"sections": "# Terms\n\n## 1. Age\n\nYou must be 16 years old.\n\n## 2. Your data\n\nWe keep your data for 30 " +
		"days.\n\n" +
		"## 3. Law\n\nThe law of France applies.\n\n## 4. Changes\n\nWe tell you of changes.\n\n",
	"long": strings.Repeat("Come on in, it is so nice here. ", 16),
	"recipes": forEach("Take two %[1]s, some flour and a pinch of salt, stir the %[1]s well and bake it until it " +
		"is brown."),
	"guidelines": forEach("Users must follow the rules: prohibited %[1]s content is not allowed; share the notice " +
		"of %[1]s with third " +
		"parties under applicable law."),
	"links": strings.Repeat("* [Quill in your town](https://quill.example/sign-in)\n", 20) + "\n",
	"alerts": numbered("You agree to these terms and consent to our service of notices: alerts of kind %d " +
		"will be sent to the mobile number which you enrolled; reply STOP to " +
		"unsubscribe, message frequency varies, carriers charge usual rates, handsets must support texting, delivery isn't " +
		"guaranteed, recurring marketing campaigns."),
	"raffle": numbered("Teilnehmer der Verlosung %d senden eine frankierte Postkarte; Gewinner " +
		"werden ausgelost, Rechtsweg " +
		"ausgeschlossen, Barauszahlung unmöglich, Einsendeschluss Freitag, Mehrfachteilnahme verboten, Gutschein " +
		"einlösbar, Benachrichtigung schriftlich, Verfall danach, Hauptpreis Fahrrad, Trostpreise Bücher."),
	"home": numbered("Make %d albums of your photos and videos with a few taps, share them with your partners and children, and " +
		"print them as a large paper book when the year is over, use whichever colours please everyone."),
	"rewrite": forEach("Everyone who would use these %[1]s needs to have turned sixteen years; " +
		"whatever we learn about your " +
		"%[1]s is deleted after thirty days at the least."),
	"de": strings.Repeat("Wir werden die Daten, die Sie uns geben, nicht an andere weitergeben, und Sie sind für "+
		"das Konto auf dem "+
		"Gerät mit dem Namen von Ihnen oder ihre Nutzung ein Partner.\n\n", 8),
	"fr": strings.Repeat("Les photos que vous publiez sur notre site sont pour vous et nous ne les donnons par "+
		"courrier ou dans une "+
		"lettre avec votre nom.\n\n", 8),
	"es": strings.Repeat("Usted y nosotros usamos los datos del servicio como parte del contrato, y el uso con sus "+
		"amigos en las redes "+
		"es para usted.\n\n", 8),
	"it": strings.Repeat("I dati della persona sono con il nostro sistema nel paese del cliente, per gli amici di "+
		"una persona alla "+
		"porta non dei vicini ai monti.\n\n", 8),
	"pt": strings.Repeat("Nós usamos os dados com você em um país ao seu lado, não para uma pessoa e seus amigos, "+
		"como nosso parceiro "+
		"no lugar do contrato.\n\n", 8),
	"nl": strings.Repeat("Wij geven uw gegevens niet aan anderen en zijn met onze mensen op het kantoor van ons "+
		"voor een kopje koffie "+
		"dat door de buren is gezet.\n\n", 8),
}

// numbered makes clauses that differ in a number.
func numbered(format string) string {
	var b strings.Builder
	for i := range 8 {
		fmt.Fprintf(&b, format+"\n\n", i)
	}
	return b.String()
}

// forEach makes a clause about each of the subjects.
func forEach(format string) string {
	var b strings.Builder
	for _, about := range strings.Fields(subjects) {
		fmt.Fprintf(&b, format+"\n\n", about)
	}
	return b.String()
}

// expand replaces the placeholders of an example.
func expand(s string) string {
	return standIn.ReplaceAllStringFunc(s, func(name string) string {
		m := standIn.FindStringSubmatch(name)
		if text, ok := texts[m[1]]; ok {
			return text
		}
		n, err := strconv.Atoi(m[2])
		if err != nil {
			n = 16
		}
		from := 0
		if n == 12 { // what {a4} leaves
			from, n = 4, 16
		}
		format := "You must be at least 16 years old to use our %s %s. We keep what we know of your %[2]s %[1]s for " +
			"30 days.\n\n"
		if m[1] == "l" {
			format = "* use our %s as long as you like %[2]s\n"
		}
		var b strings.Builder
		for _, about := range strings.Fields(subjects)[from:n] {
			fmt.Fprintf(&b, format, about, m[1])
		}
		return b.String()
	})
}

// documentWith puts a clause amid others; no clause when it is empty.
func documentWith(text string) string {
	if text != "" {
		text += "\n\n"
	}
	return "# Fees of Quill\n\nThe first paragraph stays as it is, word for word.\n\n" + text +
		"The last paragraph stays as well, and nothing about it changes.\n"
}

func compare(t *Table, old, new string) *Comparison { return compareAt(t, old, new, time.Time{}) }

// compareAt compares a text that was captured at a time.
func compareAt(t *Table, old, new string, at time.Time) *Comparison {
	c := &Comparison{Old: clause.Split(old), At: at}
	c.New = clause.SplitBeside(c.Old, new)
	c.Alignment = clause.Align(c.Old, c.New)
	t.Classify(c)
	return c
}

// verdictsOf is what a table makes of an example: the rules that fold its parts, ""
// for a part that stays.
func verdictsOf(t *Table, scope Scope, e Example) (by []string) {
	old, new := expand(e.Old), expand(e.New)
	switch {
	case scope == OfCapture && e.Old == "":
		return []string{t.FirstCapture(new).Rule}
	case scope == OfCapture:
		c := compare(t, old, new)
		return []string{t.Capture(c, wholeVerdict(c)).Rule}
	case scope == OfClause || scope == OfWords:
		old, new = documentWith(old), documentWith(new)
	}
	for _, ch := range compare(t, old, new).Changes {
		by = append(by, ch.Rule)
	}
	return by
}

// wholeVerdict is the verdict of a change as a whole, as far as captures need
// it.
func wholeVerdict(c *Comparison) Verdict {
	counts, most := map[string]int{}, Verdict{Reason: model.ReasonWhitespace}
	for _, ch := range c.Changes {
		if !ch.Folded() {
			return Verdict{}
		}
		if counts[ch.Rule]++; counts[ch.Rule] > counts[most.Rule] {
			most = ch.Verdict
		}
	}
	return most
}

func allFolded(by []string, name string) bool {
	found := false
	for _, rule := range by {
		if rule == "" {
			return false
		}
		found = found || rule == name
	}
	return found
}

func anyMaterial(by []string) bool {
	for _, rule := range by {
		if rule == "" {
			return true
		}
	}
	return false
}

// TestEveryRuleFoldsAndKeepsItsExamples walks the table. It fails for a rule
// without examples, for an example that another rule folds, and for one that is
// folded though the rule is left out.
func TestEveryRuleFoldsAndKeepsItsExamples(t *testing.T) {
	names := map[string]bool{}
	for _, r := range Default.Rules() {
		t.Run(r.Name, func(t *testing.T) {
			if names[r.Name] || r.Name == "" || r.Reason == model.ReasonNone {
				t.Errorf("a rule needs a name of its own and a reason: %q", r.Reason)
			}
			names[r.Name] = true
			if len(r.Folds) < 2 || len(r.Keeps) < 2 {
				t.Errorf("%d examples that fold and %d that stay, want two of each", len(r.Folds), len(r.Keeps))
			}
			without := Default.Without(r.Name)
			for _, e := range r.Folds {
				if by := verdictsOf(Default, r.Scope, e); !allFolded(by, r.Name) {
					t.Errorf("should fold: %q\n%q to\n%q", by, e.Old, e.New)
				}
				if by := verdictsOf(without, r.Scope, e); allFolded(by, r.Name) {
					t.Errorf("folds without the rule: %q to %q", e.Old, e.New)
				}
			}
			for _, e := range r.Keeps {
				if by := verdictsOf(Default, r.Scope, e); !anyMaterial(by) {
					t.Errorf("should stay: %q\n%q to\n%q", by, e.Old, e.New)
				}
			}
		})
	}
}

// TestExamplesCanFail: without any rule nothing folds, and what a rule folds
// isn't kept.
func TestExamplesCanFail(t *testing.T) {
	none := newTable(nil)
	for _, r := range Default.Rules() {
		for _, e := range r.Folds {
			if by := verdictsOf(none, r.Scope, e); !anyMaterial(by) {
				t.Errorf("%s: folds without any rule: %q to %q", r.Name, e.Old, e.New)
			}
			if by := verdictsOf(Default, r.Scope, e); anyMaterial(by) {
				t.Errorf("%s: taken for one that stays: %q to %q", r.Name, e.Old, e.New)
			}
		}
	}
}

// TestOrderOfScopes: rules of runs come before those of single changes, and
// every rule has the match of its scope and no other.
func TestEveryRuleHasTheMatchOfItsScope(t *testing.T) {
	single := false
	for _, r := range Default.Rules() {
		has := [...]bool{r.clause != nil && r.on != 0, r.words != nil, r.runs != nil || r.each != nil, r.capture != nil}
		for scope, set := range has {
			if set != (Scope(scope) == r.Scope) {
				t.Errorf("%s: a rule of scope %s has a match of scope %s: %v", r.Name, r.Scope, Scope(scope), set)
			}
		}
		single = single || r.each != nil
		if single && r.runs != nil {
			t.Errorf("%s: a rule of runs after one of single changes is never asked", r.Name)
		}
	}
}
