package playbook_test

import (
	"fmt"
	"strings"
	"testing"

	"fineprint/store/insight/playbook"
)

// always takes every clause for one of some types.
type always []string

func (a always) Types(string, []string, string) []string { return a }
func (a always) Cued(string) []string                    { return a }

// parse reads a playbook of one position.
func parse(t testing.TB, typ, expect string, more ...string) *playbook.Playbook {
	t.Helper()
	p, err := playbook.Parse([]byte(fmt.Sprintf("[[position]]\nname = \"x\"\ntype = %q\nexpect = %q\n%s\n", typ, expect,
		strings.Join(more, "\n"))))
	if err != nil {
		t.Fatalf("%s: %v", expect, err)
	}
	return p
}

// check returns what deviates in a privacy policy.
func check(t testing.TB, p *playbook.Playbook, text string) string {
	t.Helper()
	c := playbook.NewChecker(p, always{p.Positions[0].Type})
	var all []string
	for _, f := range c.Document("Acme Inc", "acme", "Privacy Policy", text) {
		if f.Words != text[f.Start:f.End] {
			t.Errorf("%q is not at its place in %q", f.Words, text)
		}
		all = append(all, f.What)
	}
	return strings.Join(all, "; ")
}

// TestLimits holds amounts against limits, in whatever unit they are written.
func TestLimits(t *testing.T) {
	for _, c := range []struct{ typ, expect, text, want string }{
		{"data_retention", "at most 12 months", "We keep logs for 18 months.", "18 months"},
		{"data_retention", "at most 12 months", "We keep logs for one year, and retain mails for 365 days.", ""},
		{"data_retention", "at most 12 months", "We keep logs for two (2) years.", "two (2) years"},
		{"data_retention", "at most 12 months", "You must be 18 years old. We keep nothing of those under 13 years.", ""},
		{"data_retention", "at most 12 months", "The company was founded 20 years ago.", ""}, // about nothing kept
		{"data_retention", "at most 12 months", "We keep it for up to **24** months.", "24 months"},
		{"data_retention", "at most 12 months", "We keep it for ten weeks, see Article 30.", ""},
		{"unilateral_modification", "at least 30 days", "We notify you fourteen days before.", "fourteen days"},
		{"unilateral_modification", "at least 30 days", "We notify you 30 days before.", ""},
		{"unilateral_modification", "at least 30 days", "A notice is deemed to be received after 24 hours.", ""},
		{"limitation_of_liability", "at least 500 USD", "Our liability will not exceed one hundred dollars ($100).", "one hundred"},
		{"limitation_of_liability", "at least 500 USD", "Our liability will not exceed €100 or $1,000.", ""},
		{"limitation_of_liability", "at least 500 USD", "Our liability is limited to the greater of (1) US $500 or (2) $125.", "$125"},
		{"limitation_of_liability", "at least 500 USD", "Our liability will not exceed 99 dollars.", "99"},
		{"fees_payment", "at most 5 percent", "We charge 7.5% of it, or 5 %.", "7.5%"},
	} {
		got := check(t, parse(t, c.typ, c.expect), c.text)
		if c.want == "" && got != "" || !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %q: %q, want %q", c.expect, c.text, got, c.want)
		}
	}
}

// TestPhrases finds words in any form, and not where they are negated.
func TestPhrases(t *testing.T) {
	sells := parse(t, "sale_or_sharing", "never sell/rent your data", "[synonyms]\ndata = [\"information\"]")
	for text, want := range map[string]string{
		"We sell your data.":                                                          "says “sell your data”",
		"We are selling all of your personal data.":                                   "says “selling all of your personal data”",
		"We may rent your information to others.":                                     "says “rent your information”",
		"We do not sell your data.":                                                   "",
		"We will never sell your data.":                                               "",
		"We don't, ever, sell or rent your data.":                                     "",
		"If you do not agree, we may sell your data.":                                 "says “sell your data”",
		"We sell books. Your data is safe.":                                           "",
		"Acme does not use what you send, your pictures, or mails to sell your data.": "",
		"We do not:\n\n* sell your data\n":                                            "",
		"Your data we sell.":                                                          "",
	} {
		if got := check(t, sells, text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	trains := parse(t, "model_training_licence", "no training of models without opt-in or consent")
	for text, want := range map[string]string{
		"We train all of our models on it.":                   "says “train all of our models”",
		"We use it for the training of models.":               "says “training of models”",
		"With your consent we use it for training of models.": "",
		"Training of our models needs that you opted in.":     "",
	} {
		if got := check(t, trains, text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestPresence holds whole documents against what they must and must not have.
func TestPresence(t *testing.T) {
	const privacy = `documents = ["privacy"]`
	for _, c := range []struct{ expect, more, text, want string }{
		{"absent", "", "You waive class actions.", "there is such a clause"},
		{"present", privacy, "You waive class actions.", ""},
		{"present", privacy, "# Heading alone\n", "there is no such clause"},
		{"must say opt out or object", privacy, "You may object at any time.", ""},
		{"must say opt out or object", privacy, "You may write.", "no clause says so"},
		{"must say opt out or object", `documents = ["terms"]`, "You may write.", ""}, // another document
		{"absent", `platforms = ["other"]`, "You waive class actions.", ""},
		{"absent", `platforms = ["ACME"]`, "You waive class actions.", "there is such a clause"},
	} {
		if got := check(t, parse(t, "class_action_waiver", c.expect, c.more), c.text); got != c.want {
			t.Errorf("%s %s: %q: %q, want %q", c.expect, c.more, c.text, got, c.want)
		}
	}
}

// TestFaultsAreNamed refuses what can't be read, and says what is allowed.
func TestFaultsAreNamed(t *testing.T) {
	const head = "[[position]]\ntype = \"data_retention\"\n"
	for file, want := range map[string]string{
		"":                          "no positions",
		"[[position]":               "line 1",
		head + "expct = \"absent\"": "expect",
		"[[position]]\ntype = \"data_retenton\"\nexpect = \"absent\"": "data_retention",
		head + "expect = \"at most 12 moons\"":                        "no unit",
		head + "expect = \"at most\"":                                 "12 months",
		head + "expect = \"maybe\"":                                   "at most 12 months",
		head + "expect = \"never !\"":                                 "no words",
		head + "expect = \"no training\"":                             "without",
		head + "expect = \"present\"":                                 "documents = ",
		head + "expect = \"absent\"\nseverity = \"bad\"":              "low, medium, high",
		head + "expect = \"absent\"\n" + head + "expect = \"absent\"": "another one named data_retention",
		"\xff": "UTF-8",
	} {
		if _, err := playbook.Parse([]byte(file)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", file, err, want)
		}
	}
}

// TestExampleIsAPlaybook holds that what init writes can be saved.
func TestExampleIsAPlaybook(t *testing.T) {
	if p, err := playbook.Parse([]byte(playbook.Example)); err != nil || len(p.Positions) != 5 {
		t.Errorf("%v", err)
	}
}

// FuzzPlaybook holds that nothing panics and that words are where they are said to be.
func FuzzPlaybook(f *testing.F) {
	f.Add("never sell your data", "We sell * your\n* data [x](y) 5 %")
	f.Add("at most 3 days", "for 4 (four) days, \xff ½ 七日")
	f.Add("must say a or b", "")
	f.Fuzz(func(t *testing.T, expect, text string) {
		p, err := playbook.Parse([]byte(fmt.Sprintf(
			"[[position]]\ntype = \"data_retention\"\nabout = [\"for\"]\ndocuments = [\"privacy\"]\nexpect = %q\n", expect)))
		if err != nil {
			return
		}
		for _, x := range playbook.NewChecker(p, always{"data_retention"}).Document("a", "a", "Privacy Policy", text) {
			if x.Words != text[x.Start:x.End] {
				t.Fatalf("%q is not at %d of %q", x.Words, x.Start, text)
			}
		}
	})
}
