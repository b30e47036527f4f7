package playbook_test

import (
	"testing"

	"fineprint/store/insight/playbook"
)

// TestWhatAClauseDoesNotSay holds that words count only where the clause says of its own
// accord that it is so. Each kind was found among flags that were read and were wrong.
func TestWhatAClauseDoesNotSay(t *testing.T) {
	sells := parse(t, "sale_or_sharing", "never sell your data/information")
	children := parse(t, "children_data", "never collect information from children")
	closes := parse(t, "termination_suspension", "no terminate/close account/access without notice")
	arbitrates := parse(t, "arbitration", "never binding arbitration")
	shares := parse(t, "sale_or_sharing", "never share information with advertisers")
	trains := parse(t, "model_training_licence", "never train/develop models")
	law := parse(t, "governing_law_venue", "no governing law without ireland or france")
	silent, flagged := "", "says"
	for _, c := range []struct {
		kind string
		got  func(string) string
		text string
		want string
	}{
		// Negations of several things, and those that come first.
		{"nor do we", checker(t, sells), "We do not rent mailing lists, nor do we sell your data.", silent},
		{"nor does it", checker(t, sells), "We do not rent lists. Nor does our parent company sell your data.", silent},
		{"never do we", checker(t, sells), "Under no circumstances will we sell your data.", silent},
		{"list", checker(t, children), "We do not market any of our many products or services to people under the age of " +
			"thirteen or knowingly collect any information from children.", silent},
		{"list past a relative clause", checker(t, shares),
			"We do not rent details of people we know to be young or share information with advertisers.", silent},
		{"list of what you may not do", checker(t, trains), "You may not use the service to make texts for the purpose of " +
			"offering a rival service or of any other product or developing models.", silent},
		{"without", checker(t, sells), "We earn money without selling your data.", silent},
		{"stop", checker(t, sells), "You can ask us to stop selling your information.", silent},
		{"opt out of", checker(t, sells), "The law lets you opt out of our selling your information.", silent},
		{"another verb after a negation", checker(t, sells), "If you do not agree, we may sell your data.", flagged},
		{"whether or not", checker(t, sells), "Whether or not you agree, we sell your data.", flagged},
		{"list after a may", checker(t, sells), "If you do not pay, we may close it or sell your data.", flagged},
		// What nobody knows of, and what is only supposed.
		{"if we learn", checker(t, children), "If we learn that we have collected information from children, we delete it.", silent},
		{"you believe", checker(t, children),
			"If, however, you believe that we collected information from children, tell us.", silent},
		{"no knowledge", checker(t, sells), "We have no actual knowledge that we sell your data.", silent},
		{"by mistake", checker(t, children), "Where Acme inadvertently collects information from children it is deleted.", silent},
		{"if", checker(t, closes), "If Acme terminates your access to it, you are paid back.", silent},
		{"before", checker(t, children), "The law asks for consent before providers collect information from children.", silent},
		{"if before another verb", checker(t, closes), "If you break a rule we may terminate your account.", flagged},
		{"if after it", checker(t, closes), "We may terminate your account if you break a rule.", flagged},
		{"we know", checker(t, sells), "We want you to know that we sell your data.", flagged},
		// What is left to you, which is no act of theirs.
		{"you may", checker(t, closes), "You may terminate your account in the settings.", silent},
		{"you want to", checker(t, closes), "Tell us when you want to close your account.", silent},
		{"to", checker(t, closes), "To terminate your account, you may use the app.", silent},
		{"if you stop or", checker(t, closes), "It goes on even if you stop using the platform or terminate your account.", silent},
		{"ask us to", checker(t, closes), "You may ask us to close your account.", silent},
		{"request that", checker(t, closes), "You may request that Acme terminate your access.", silent},
		{"your right", checker(t, closes), "You have the right to close your account.", silent},
		{"invoke", checker(t, arbitrates), "You may be able to invoke binding arbitration.", silent},
		{"agree", checker(t, arbitrates), "You agree to binding arbitration.", flagged},
		{"you agree that", checker(t, closes), "You agree that Acme may terminate your account.", flagged},
		{"you give the right", checker(t, closes), "You give Acme the right to terminate your account.", flagged},
		{"you must", checker(t, arbitrates), "You must submit to binding arbitration.", flagged},
		// Definitions.
		{"means", checker(t, sells), "The word “sell” means handing over your information for money.", silent},
		{"we mean", checker(t, sells), "By sell, we mean handing over your data for money.", silent},
		{"does not apply", checker(t, arbitrates), "This binding arbitration section does not apply to patents.", silent},
		{"applies", checker(t, arbitrates), "Binding arbitration applies, and a court does not.", flagged},
		// What is done without is no excuse.
		{"with or without", checker(t, closes), "We may close your account with or without notice.", flagged},
		{"without any", checker(t, closes), "We may close your account at once and without any prior notice.", flagged},
		{"no", checker(t, closes), "We may close your account and need give no notice.", flagged},
		{"with", checker(t, closes), "We may close your account with 30 days of notice.", silent},
		{"not unless", checker(t, closes), "We may close your account, but not unless you had notice.", silent},
		// A title, of which the next sentence tells more.
		{"title", checker(t, law), "**Governing Law**. The laws of France hold.", silent},
		{"title of another", checker(t, law), "**Governing Law**. The laws of Panama hold.", flagged},
		{"no title", checker(t, law), "The governing law is that of Panama, and of no other place at all. France is far.", flagged},
	} {
		if got := c.got(c.text); (got == "") != (c.want == "") {
			t.Errorf("%s: %q: %q", c.kind, c.text, got)
		}
	}
}

func checker(t *testing.T, p *playbook.Playbook) func(string) string {
	return func(text string) string { return check(t, p, text) }
}

// TestPhrasesWithANegation finds what is forbidden to be said not to be.
func TestPhrasesWithANegation(t *testing.T) {
	for _, c := range []struct{ typ, expect, text, want string }{
		{"unilateral_modification", "never without notice", "We may change it without prior notice.", "says “without prior notice”"},
		{"unilateral_modification", "never without notice", "We will not change it without notice.", ""},
		{"cancellation_refunds", "never non-refundable", "All fees are non-refundable.", "says “non-refundable”"},
		{"cancellation_refunds", "never not refunded", "What you paid is not refunded.", "says “not refunded”"},
		{"cancellation_refunds", "never refunded", "What you paid is not refunded.", ""},
	} {
		if got := check(t, parse(t, c.typ, c.expect), c.text); got != c.want {
			t.Errorf("%s: %q: %q, want %q", c.expect, c.text, got, c.want)
		}
	}
}

// TestLimitsOfSomethingElse leaves out lengths of time that are none of the position's.
func TestLimitsOfSomethingElse(t *testing.T) {
	for _, c := range []struct{ typ, expect, text, want string }{
		{"cancellation_refunds", "at least 14 days", "Cancel for free up to 24 hours before you travel (2 hours in some cases).", ""},
		{"cancellation_refunds", "at least 14 days", "You can cancel and have a refund within 7 days.", "7 days"},
		{"time_limit_on_claims", "at least 24 months", "For any claim we owe what you paid in the 3 months preceding it.", ""},
		{"time_limit_on_claims", "at least 24 months", "Bring a claim within 12 months, or it is barred.", "12 months"},
		{"limitation_of_liability", "at least 500 USD", "Our liability shall not exceed FIVE US DOLLARS.", "FIVE US DOLLARS"},
		{"limitation_of_liability", "at least 500 USD", "Our liability is limited to 100 USD.", "100 USD"},
		{"unilateral_modification", "at least 30 days", "The company must give Acme 10 days of notice.", "10 days"},
		{"unilateral_modification", "at least 30 days", "You must notify Acme 10 days before you change it.", ""},
		{"unilateral_modification", "at least 30 days", "Either of us may end it by giving us 5 days of notice.", ""},
		{"unilateral_modification", "at least 30 days", "You must be notified 10 days before.", "10 days"},
	} {
		if got := check(t, parse(t, c.typ, c.expect), c.text); got != c.want {
			t.Errorf("%s: %q: %q, want %q", c.expect, c.text, got, c.want)
		}
	}
}

// TestOneDeviationAClause flags a clause once for what it should not say.
func TestOneDeviationAClause(t *testing.T) {
	p := parse(t, "arbitration", "never binding arbitration")
	const text = "**Binding arbitration.** All is settled by binding arbitration. The binding arbitration is in Oslo.\n\n" +
		"We do not mean binding arbitration. Binding arbitration it is.\n"
	if got, want := check(t, p, text), "says “Binding arbitration”; says “Binding arbitration”"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
