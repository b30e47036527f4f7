package lint

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/store/clausetype"
	"fineprint/store/model"
	"fineprint/store/registry"
)

const (
	retentionClause = "We retain **account information** for as long as your account is open, and for up to thirty " +
		"(30) days " +
		"after you close it, unless a law asks us to keep it longer."
	versionText = "# Tolliver Terms of Use\n\nLast updated: 5 May 2026\n\n## 4. Retention\n\n" + retentionClause +
		"\n\nYou can [ask us](https://tolliver.example/erase) to erase what is left. We may keep backups that can't be " +
		"told apart.\n"
	oldVersionText = "# Tolliver Terms of Use\n\n## 4. Retention\n\nWe retain account information for 90 days after " +
		"you close your account.\n"
	comparedText = "## Storage\n\nOnce you close your profile, Marrowbone erases what it has on you within one month.\n"
)

func at(day int) time.Time { return time.Date(2026, time.May, day, 12, 0, 0, 0, time.UTC) }

// sample is a record with everything that a check may look at.
type sample struct {
	r model.Record
	w model.Writing
	f Facts
}

// goodRecord is a whole record of a made-up company without any contradiction.
func goodRecord() *sample {
	s := &sample{}
	start := strings.Index(versionText, retentionClause)
	s.r = model.Record{
		ID: "FP-R-000001", Kind: model.ProvisionRecord, Platform: model.Platform{Slug: "tolliver", Name: "Tolliver"},
		Document: "FP-D-000001", Type: "Terms of Use",
		Provisions: []model.Provision{{ID: "FP-P-000001", Number: 4, Heading: []string{"Tolliver Terms of Use",
			"4. Retention"},
			Quote:    model.Quote{Text: retentionClause, Start: start, End: start + len(retentionClause)},
			Document: "FP-D-000001", Seq: 2}},
		Clauses: []model.RecordClause{{Kind: model.Modified, Material: true, Heading: []string{"4. Retention"},
			Old: quoteOf(oldVersionText, "We retain account information for 90 days after you close your account."),
			New: quoteOf(versionText, retentionClause),
			Spans: []model.Span{{Op: model.Equal, Text: "We retain "}, {Op: model.Delete, Text: "account information for 90 " +
				"days"},
				{Op: model.Insert, Text: "**account information** for as long"}}}},
		From: model.Evidence{Seq: 1, CapturedAt: at(1)},
		To:   model.Evidence{Seq: 2, CapturedAt: at(10)},
		Stability: &model.Stability{FirstSeen: model.VersionRef{Seq: 1, CapturedAt: at(1)},
			LastSeen: model.VersionRef{Seq: 2, CapturedAt: at(10)}, Versions: 2, Changes: 1, Months: 1,
			History: []model.ProvisionStep{{Seq: 2, CapturedAt: at(10), Kind: model.Modified, Material: true}}},
		FirstTracked: at(1), LastVerified: at(12),
		AgencyDetails: []model.AgencyDetail{{ID: "us-ftc", Name: "Federal Trade Commission", Jurisdiction: "US"}},
		RegulationDetails: []model.RegulationDetail{{ID: "eu-gdpr", Name: "General Data Protection Regulation",
			Jurisdiction: "EU"}},
		Related: []model.RecordLink{{Record: "FP-R-000002", Platform: "Marrowbone", Title: "Erasure of profiles"}},
		FAQ:     []model.Question{{Question: "What does it do?", Answer: "It says how long data are kept."}},
	}
	s.w = model.Writing{
		Severity: model.Medium, Confidence: model.MediumConfidence, Basis: model.Explicit,
		Summary: "Account data are now kept while the account is open and for a month, or 30 days, after it; before, for " +
			"90 days.",
		Content: model.Content{
			Title: "Account data kept for 30 days after closing",
			WhatItIs: "Tolliver keeps “account information for as long as your account is open” and for thirty days after " +
				"it is closed. The clause has two exceptions, and rests on GDPR Art. 6(1).",
			WhyItMatters: "Who leaves can't count on \"[account] information … after you close it\" being gone at once. " +
				"It isn't the only platform to do so.",
			InterpretiveNote: "Which laws ask for longer is not defined.",
			ConsumerImpact:   "Each account has a unique identifier, which is kept as well.",
			Actions: []model.ReaderAction{{Kind: "delete", Text: "Ask Tolliver to erase what is left, under the GDPR.",
				Contact: "https://tolliver.example/erase", Jurisdiction: "EU"}},
			Analysis: model.Analysis{
				RegulatoryLandscape: "The General Data Protection Regulation asks for a limit on storage. The FTC acts against " +
					"promises that aren't kept.",
				GovernanceExposure: "An organisation has to match its own periods with these.", ExposureLevel: model.Medium,
				JurisdictionFlags: "It weighs more in California (US-CA) and US-CT. The Virginia Consumer Data " +
					"Protection Act takes effect on January 1, 2027.",
				ContractImplications:     "Ask for a shorter period.",
				ComplianceConsiderations: "Check the notice to users as of 5 May 2026.",
			},
			Agencies: []string{"us-ftc"}, Regulations: []string{"GDPR", "us-va-vcdpa"}, Types: []string{"data_retention"},
			AgencyReasons:       map[string]string{"us-ftc": "It acts against deceptive statements."},
			Prevalence:          &model.Prevalence{Alike: 3, Of: 40, At: "2026-05-12"},
			DocumentLastUpdated: "5 May 2026",
			Comparisons: []model.Comparison{{Platform: "Marrowbone", Document: "FP-D-000009", Seq: 1, CapturedAt: "2026-05-02",
				Excerpt: "Once you close your profile, Marrowbone erases what it has on you […] within one month."}},
		},
	}
	s.f = Facts{Now: at(13), Registry: testRegistry, Text: versionText, OldText: oldVersionText,
		Compared: func(c model.Comparison) (string, bool) { return comparedText, c.Document == "FP-D-000009" }}
	return s
}

func quoteOf(text, words string) *model.Quote {
	start := strings.Index(text, words)
	return &model.Quote{Text: words, Start: start, End: start + len(words)}
}

var testRegistry = &registry.Registry{
	Agencies: []registry.Agency{
		{ID: "us-ftc", Name: "Federal Trade Commission", Short: []string{"FTC"}, Jurisdiction: "US"},
		{ID: "gb-ico", Name: "Information Commissioner's Office", Short: []string{"ICO"}, Jurisdiction: "GB"},
	},
	Regulations: []registry.Regulation{
		{ID: "eu-gdpr", Name: "General Data Protection Regulation", Short: []string{"GDPR"}, Jurisdiction: "EU"},
		{ID: "us-va-vcdpa", Name: "Virginia Consumer Data Protection Act", Short: []string{"VCDPA"}, Jurisdiction: "US-VA"},
	},
}

// quoted makes a text the clause that is quoted, as an addition to the document.
func quoted(text string) func(*sample) {
	return func(s *sample) {
		s.f.Text += "\n" + text + "\n"
		start := len(s.f.Text) - len(text) - 1
		s.r.Provisions[0].Quote = model.Quote{Text: text, Start: start, End: start + len(text)}
		s.w.Comparisons = nil // of another topic now
	}
}

// example is a change to the good record.
type example struct {
	rule   string
	field  string // of the one problem that it makes, "" where it is near but fine
	change func(*sample)
}

var examples = []example{
	{"missing", "why_it_matters", func(s *sample) { s.w.WhyItMatters = " " }},
	{"missing", "basis", func(s *sample) { s.w.Basis = "" }},
	{"missing", "", func(s *sample) { s.w.ConsumerImpact = "" }},

	{"last_seen_before_first", "stability", func(s *sample) {
		s.r.Stability.LastSeen.CapturedAt, s.r.Stability.History = at(1).Add(-time.Hour), nil
	}},
	{"last_seen_before_first", "stability", func(s *sample) {
		s.r.Stability.History = append(s.r.Stability.History, model.ProvisionStep{Seq: 3, CapturedAt: at(16),
			Kind: model.Added})
	}},
	{"last_seen_before_first", "last_verified", func(s *sample) { s.r.FirstTracked = at(13) }},
	{"last_seen_before_first", "", func(s *sample) { // gone with the version after
		s.r.Stability.History = append(s.r.Stability.History, model.ProvisionStep{Seq: 3, CapturedAt: at(16),
			Kind: model.Removed})
	}},
	{"last_seen_before_first", "", func(s *sample) { s.r.Stability = nil }},

	{"unique_beside_alike", "why_it_matters", func(s *sample) { s.w.WhyItMatters = "The clause is unique." }},
	{"unique_beside_alike", "why_it_matters", func(s *sample) {
		s.w.WhyItMatters, s.w.Prevalence, s.w.Comparisons = "No other provider reserves that.", nil, nil
	}},
	{"unique_beside_alike", "consumer_impact", func(s *sample) {
		s.w.ConsumerImpact, s.w.Prevalence, s.w.Comparisons = "It is the only platform that does.", nil, nil
		s.r.Related = nil
	}},
	{"unique_beside_alike", "why_it_matters", func(s *sample) { // nothing but the count speaks against it
		s.w.WhyItMatters, s.w.Comparisons, s.r.Related = "Nobody else has it.", nil, nil
	}},
	{"unique_beside_alike", "", func(s *sample) {
		s.w.WhyItMatters, s.w.Comparisons, s.r.Related = "The clause is unique among them.", nil, nil
		s.w.Prevalence = &model.Prevalence{Alike: 0, Of: 343, At: "2026-05-12"}
	}},
	{"unique_beside_alike", "", func(s *sample) {
		s.w.WhyItMatters = "The clause is not unique. A unique device identifier goes with it, and each key is unique."
	}},

	{"agency_unlisted", "agencies", func(s *sample) { s.w.WhyItMatters = "The ICO fined others for that." }},
	{"agency_unlisted", "", func(s *sample) { s.w.WhyItMatters = "An icon shows it." }},

	{"agency_unmentioned", "agencies", func(s *sample) { s.w.Agencies = append(s.w.Agencies, "gb-ico") }},
	{"agency_unmentioned", "", func(s *sample) { // why it has jurisdiction is said elsewhere
		s.w.Agencies = append(s.w.Agencies, "gb-ico")
		s.w.AgencyReasons = map[string]string{"us-ftc": "It acts against deception.",
			"gb-ico": "It oversees data protection."}
	}},
	{"agency_unmentioned", "", func(s *sample) { // no analysis was written
		s.w.Agencies, s.w.Analysis, s.w.Regulations = append(s.w.Agencies, "gb-ico"), model.Analysis{}, []string{"GDPR"}
	}},

	{"regulation_unlisted", "regulations", func(s *sample) { s.w.Regulations = s.w.Regulations[1:] }},
	{"regulation_unlisted", "", func(s *sample) { s.w.Regulations[0] = "eu-gdpr" }},

	{"regulation_unmentioned", "regulations", func(s *sample) {
		s.w.Analysis.JurisdictionFlags = "It weighs more in the Union."
	}},
	{"regulation_unmentioned", "", func(s *sample) { s.w.Analysis.JurisdictionFlags = "It weighs more under the VCDPA." }},

	{"mixed_jurisdictions", "analysis.jurisdiction_flags", func(s *sample) {
		s.w.Analysis.JurisdictionFlags = "It weighs more in California, USA and in US-CT, under the VCDPA."
	}},
	{"mixed_jurisdictions", "analysis.jurisdiction_flags", func(s *sample) {
		s.w.Analysis.JurisdictionFlags = "It weighs more for people of Texas than in US-CT, under the VCDPA."
	}},
	{"mixed_jurisdictions", "actions", func(s *sample) { s.w.Actions[0].Jurisdiction = "California, USA" }},
	{"mixed_jurisdictions", "regulations", func(s *sample) { s.r.RegulationDetails[0].Jurisdiction = "US-XX" }},
	{"mixed_jurisdictions", "agencies", func(s *sample) { s.r.AgencyDetails[0].Jurisdiction = "UK" }},
	{"mixed_jurisdictions", "", func(s *sample) {
		s.w.Analysis.JurisdictionFlags = "It weighs more for people of Texas and of California, under the VCDPA."
		s.w.Actions[0].Jurisdiction = "JP-13"
	}},

	{"severity_below_exposure", "severity", func(s *sample) { s.w.Severity = model.Low }},
	{"severity_below_exposure", "", func(s *sample) { s.w.Severity = model.Critical }},

	{"comparison_off_topic", "comparisons", func(s *sample) {
		s.w.Comparisons[0] = model.Comparison{Platform: "Redcap", Excerpt: "We share information with our financial " +
			"partners to " +
			"operate the store card."}
	}},
	{"comparison_off_topic", "", func(s *sample) {
		s.w.Comparisons[0] = model.Comparison{Platform: "Oakum", Excerpt: "Logs are destroyed when a year has gone by."}
	}},

	{"comparison_not_in_document", "comparisons", func(s *sample) {
		s.w.Comparisons[0].Excerpt = "Once you close your profile, Marrowbone erases everything within one month."
	}},
	{"comparison_not_in_document", "comparisons", func(s *sample) { s.w.Comparisons[0].Document = "FP-D-000077" }},
	{"comparison_not_in_document", "", func(s *sample) {
		s.w.Comparisons[0].Excerpt = "Marrowbone erases  what it *has* on you"
	}},

	{"quote_not_in_snapshot", "provisions", func(s *sample) { s.r.Provisions[0].Quote.Start++ }},
	{"quote_not_in_snapshot", "clauses", func(s *sample) { s.r.Clauses[0].Old.End = len(oldVersionText) + 1 }},
	{"quote_not_in_snapshot", "what_it_is", func(s *sample) {
		s.w.WhatItIs = "It keeps “account data for as long as your account is open”, and lets «a law asks to keep it» stand."
		s.w.WhatItIs = strings.Replace(s.w.WhatItIs, "«a law asks to keep it»", "that", 1)
	}},
	{"quote_not_in_snapshot", "why_it_matters", func(s *sample) {
		s.w.WhyItMatters = "They say 'we never keep backups " +
			"of anything'."
	}},
	{"quote_not_in_snapshot", "", func(s *sample) {
		s.w.WhatItIs = "“[A]ccount information … after you close it”; „You can ask us to erase what is left.“ «We retain " +
			"account " +
			"information for 90 days» and “erases what it has on you”, ‘backups that can’t be told apart,’ and its “data”."
	}},
	{"quote_not_in_snapshot", "", func(s *sample) {
		s.w.WhatItIs = "The users' data and the vendors' records stay as " +
			"they're kept."
	}},

	{"quote_is_chrome", "provisions", quoted("We use cookies to make this page better. [Accept all](#a) [Reject " +
		"all](#b)")},
	{"quote_is_chrome", "provisions", quoted("Wir verwenden Cookies, um Inhalte anzuzeigen. Alle akzeptieren")},
	{"quote_is_chrome", "provisions", quoted("Home | About us | Careers | Contact | Sign in")},
	{"quote_is_chrome", "provisions", quoted("[Terms](/terms) [Our promise](/promise) [Where we are](/map) and " +
		"[Help](/help)")},
	{"quote_is_chrome", "provisions", quoted("© 2026 Tolliver Ltd. All rights reserved.")},
	{"quote_is_chrome", "provisions", quoted("Email address Password Remember me Forgot your password? Log in")},
	{"quote_is_chrome", "provisions", quoted("Se connecter Mot de passe oublié ? Créer un compte")},
	{"quote_is_chrome", "provisions", quoted("[Learn more](/more)")},
	{"quote_is_chrome", "", func(s *sample) {
		quoted("See our [terms of the shop](/t) here.")(s)
		s.w.Title, s.w.WhatItIs, s.w.Summary = "A reference", "It leads to other terms.", ""
	}},
	{"quote_is_chrome", "", quoted("You can accept or reject cookies in the settings of your browser, for as long as " +
		"your account is open, " +
		"for up to thirty (30) days. See our [privacy policy](/p) and [terms](/t).")},
	{"quote_is_chrome", "", quoted("We retain account information for as long as your account is open, for up to " +
		"thirty (30) days; " +
		"sign in to see the copyright in your pages. All rights that we don't give you are reserved to us.")},

	{"date_in_future", "document_last_updated", func(s *sample) { s.w.DocumentLastUpdated = "June 5, 2026" }},
	{"date_in_future", "prevalence", func(s *sample) { s.w.Prevalence.At = "2027-05-12" }},
	{"date_in_future", "comparisons", func(s *sample) { s.w.Comparisons[0].CapturedAt = "2026-06-02T10:00:00Z" }},
	{"date_in_future", "consumer_impact", func(s *sample) {
		s.w.ConsumerImpact = "As of 3 July 2026 nobody had " +
			"complained."
	}},
	{"date_in_future", "", func(s *sample) { s.w.DocumentLastUpdated = "Effective June 5, 2026" }},
	{"date_in_future", "", func(s *sample) {
		s.w.ConsumerImpact = "On 3 July 2026 the new law applies. As of 3 May 2026 it did not."
	}},

	{"number_not_in_redline", "summary", func(s *sample) {
		s.w.Summary = "Account data are now kept for 60 days after " +
			"closing."
	}},
	{"number_not_in_redline", "title", func(s *sample) { s.w.Title = "Account data kept for six months" }},
	{"number_not_in_redline", "what_it_is", func(s *sample) {
		s.w.WhatItIs = "It keeps data for 30 years, or costs " +
			"$30 a day."
	}},
	{"number_not_in_redline", "what_it_is", func(s *sample) { s.w.WhatItIs = "It is of two years, in version 2." }},
	{"number_not_in_redline", "what_it_is", func(s *sample) { s.w.WhatItIs = "It applies from January 1, 2026 to all." }},
	{"number_not_in_redline", "", func(s *sample) {
		s.w.Summary = "Ninety days became thirty, a 30-day period, as captured on 10 May 2026, in section 7 of version " +
			"2, under " +
			"15 U.S.C. § 45, Articles 6, 7 and 17 and ISO 27001; it says so in three sentences."
	}},
	{"number_not_in_redline", "", func(s *sample) {
		quoted("Logs are kept for 12 months, at fifty percent of $1,000.00, for two thousand five hundred users within a " +
			"week, from five million dollars on.")(s)
		s.w.Title = "Logs kept for one year"
		s.w.WhatItIs = "They are kept a year, at 50 % of 1,000 dollars, for 2,500 users within 7 days, from $5 million on."
		s.w.Summary = "Logs are kept for 12 months."
	}},
	{"number_not_in_redline", "", func(s *sample) {
		quoted("Backups are kept for 365 days.")(s)
		s.w.Title, s.w.WhatItIs, s.w.Summary = "Backups kept for one year", "They are kept.", ""
	}},

	{"number_not_in_redline", "", func(s *sample) {
		quoted("Each party shall select one arbitrator; the pair appoint a third.")(s)
		s.w.Title, s.w.WhatItIs, s.w.Summary = "Arbitration before three arbitrators", "Three decide.", ""
	}},

	{"empty_section", "analysis.contract_implications", func(s *sample) { s.w.Analysis.ContractImplications = "" }},
	{"empty_section", "actions", func(s *sample) {
		s.w.Actions = append(s.w.Actions,
			model.ReaderAction{Kind: "object"})
	}},
	{"empty_section", "comparisons", func(s *sample) {
		s.w.Comparisons = append(s.w.Comparisons,
			model.Comparison{Platform: "X"})
	}},
	{"empty_section", "types", func(s *sample) { s.w.Types = append(s.w.Types, "") }},
	{"empty_section", "agency_reasons", func(s *sample) { s.w.AgencyReasons = map[string]string{"us-ftc": ""} }},
	{"empty_section", "faq", func(s *sample) { s.r.FAQ[0].Answer = "" }},
	{"empty_section", "consumer_impact", func(s *sample) {
		s.w.ConsumerImpact = "### For most\n\n### For others\n\nIt " +
			"matters."
	}},
	{"empty_section", "", func(s *sample) { s.w.ConsumerImpact = "## Impact\n\n### For most\n\nLittle.\n\n#hashtag" }},
	{"empty_section", "", func(s *sample) {
		s.w.Analysis, s.w.Agencies, s.w.Regulations = model.Analysis{}, []string{"us-ftc"}, []string{"GDPR"}
	}},

	{"stale", "stale", func(s *sample) {
		s.r.Stale = &model.Stale{Document: "FP-D-000001", Seq: 3, CapturedAt: at(12), Change: "FP-C-000003",
			How: model.StaleChanged}
	}},
	{"stale", "", func(s *sample) { s.r.Withdrawn = true }},

	{"interpretive_note_asked", "interpretive_note", func(s *sample) { s.w.InterpretiveNote = "" }},
	{"interpretive_note_asked", "interpretive_note", func(s *sample) {
		s.w.InterpretiveNote, s.w.Confidence = "", model.HighConfidence
		s.w.WhyItMatters = "It does not define which laws are meant."
	}},
	{"interpretive_note_asked", "", func(s *sample) { s.w.InterpretiveNote, s.w.Confidence = "", model.HighConfidence }},

	{"basis_against_quote", "basis", func(s *sample) {
		s.w.Basis, s.r.Clauses, s.w.Summary = model.Absent, nil, ""
	}},
	{"basis_against_quote", "basis", func(s *sample) {
		s.r.Clauses, s.r.Provisions = nil, nil
	}},
	{"basis_against_quote", "", func(s *sample) { s.w.Basis = model.Absent }}, // words of it were deleted
	{"basis_against_quote", "", func(s *sample) { s.w.Basis = model.Inferred }},

	{"unknown_agency", "agencies", func(s *sample) {
		s.w.Agencies = append(s.w.Agencies, "Office of Fair Play")
		s.w.WhyItMatters = "The Office of Fair Play looks at it."
	}},
	{"unknown_agency", "", func(s *sample) { s.w.Agencies[0] = "Federal Trade Commission" }},

	{"unknown_regulation", "regulations", func(s *sample) {
		s.w.Regulations = append(s.w.Regulations, "Fair Play Act")
		s.w.WhyItMatters = "The Fair Play Act forbids it."
	}},
	{"unknown_regulation", "", func(s *sample) { s.w.Regulations[1] = "VCDPA" }},

	{"unknown_type", "types", func(s *sample) { s.w.Types = append(s.w.Types, "fair_play") }},
	{"unknown_type", "", func(s *sample) { s.w.Types = append(s.w.Types, "data_deletion") }},

	{"placeholder_left", "why_it_matters", func(s *sample) { s.w.WhyItMatters = "TODO: why" }},
	{"placeholder_left", "why_it_matters", func(s *sample) { s.w.WhyItMatters = "Lorem ipsum dolor." }},
	{"placeholder_left", "why_it_matters", func(s *sample) {
		s.w.WhyItMatters = "It matters to [who it matters to], a " +
			"lot."
	}},
	{"placeholder_left", "why_it_matters", func(s *sample) { s.w.WhyItMatters = "It matters […]" }},
	{"placeholder_left", "analysis.governance_exposure", func(s *sample) {
		w, _ := clausetype.Template("data_retention")
		s.w.Analysis.GovernanceExposure = w.Analysis.GovernanceExposure
	}},
	{"placeholder_left", "consumer_impact", func(s *sample) {
		f, _ := model.FieldByID("consumer_impact")
		s.w.ConsumerImpact = f.Hint
	}},
	{"placeholder_left", "", func(s *sample) {
		s.w.WhyItMatters = "“We retain […] information for 90 days” says what it says, see [the " +
			"page](https://tolliver.example)."
	}},
}

// TestRules: a made-up contradiction yields exactly the problem that it is, and what is
// near to one yields none.
func TestRules(t *testing.T) {
	for i, x := range examples {
		t.Run(fmt.Sprintf("%s-%d", x.rule, i), func(t *testing.T) {
			s := goodRecord()
			x.change(s)
			problems := Check(&s.r, &s.w, s.f)
			if x.field == "" {
				if len(problems) > 0 {
					t.Errorf("it is fine, but: %+v", problems)
				}
				return
			}
			if len(problems) != 1 || problems[0].Rule != x.rule || problems[0].Field != x.field || problems[0].Message == "" {
				t.Fatalf("want %s of %s, got %+v", x.rule, x.field, problems)
			}
			rule := Rules[slices.IndexFunc(Rules, func(r Rule) bool { return r.Name == x.rule })]
			if problems[0].Blocks != rule.Blocks {
				t.Errorf("blocks: %v", problems[0].Blocks)
			}
		})
	}
}

// TestEveryRuleHasExamples: of a contradiction, and of what is near to one.
func TestEveryRuleHasExamples(t *testing.T) {
	snake := regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	seen := map[string]bool{}
	for _, rule := range Rules {
		bad, near := 0, 0
		for _, x := range examples {
			if x.rule == rule.Name && x.field != "" {
				bad++
			} else if x.rule == rule.Name {
				near++
			}
		}
		if bad == 0 || near == 0 {
			t.Errorf("%s: %d contradictions, %d near ones", rule.Name, bad, near)
		}
		if !snake.MatchString(rule.Name) || seen[rule.Name] || !strings.HasSuffix(rule.About, ".") {
			t.Errorf("%q: %q", rule.Name, rule.About)
		}
		seen[rule.Name] = true
	}
	for _, x := range examples {
		if !seen[x.rule] {
			t.Errorf("an example of %s, which is no rule", x.rule)
		}
	}
}

// TestGoodRecordHasNoProblem, nor has one of which nothing is known yet but its clauses.
func TestGoodRecordHasNoProblem(t *testing.T) {
	s := goodRecord()
	before := *goodRecord()
	for range 2 {
		if problems := Check(&s.r, &s.w, s.f); len(problems) > 0 {
			t.Errorf("%+v", problems)
		}
	}
	if !reflect.DeepEqual(s.w, before.w) || !reflect.DeepEqual(s.r, before.r) {
		t.Error("Check changed what it was given")
	}
	s.f = Facts{Now: at(13)}
	if problems := Check(&s.r, &s.w, s.f); len(problems) > 0 {
		t.Errorf("without facts: %+v", problems)
	}
	s.r.Kind, s.w = model.ChangeRecord, model.Writing{Severity: model.Low, Confidence: model.HighConfidence,
		Basis:   model.Explicit,
		Summary: "The period became shorter."}
	if problems := Check(&s.r, &s.w, goodRecord().f); len(problems) > 0 {
		t.Errorf("of a change: %+v", problems)
	}
}

// BenchmarkCheckLargeDocument: a record of a document of 300 KB.
func BenchmarkCheckLargeDocument(b *testing.B) {
	s := goodRecord()
	s.f.Text += strings.Repeat("The service keeps 30 days of logs in a place of its own, and says so.\n\n", 4200)
	s.f.OldText = s.f.Text
	for b.Loop() {
		Check(&s.r, &s.w, s.f)
	}
}

// BenchmarkCheck on texts of 300 KB that a check which went back would be slow on: twice
// the text should take about twice the time.
func BenchmarkCheck(b *testing.B) {
	for _, size := range []int{75_000, 150_000, 300_000} {
		for name, unit := range map[string]string{"words": "The service keeps 30 days of logs in California. ", "quotes": "“",
			"quoted": "“we keep your logs always” ", "brackets": "[", "links": "[a](b) ", "cookies": "accept all cookies ",
			"numbers": "one hundred and ", "names": "Article 6 FTC GDPR ", "alone": "is unique. "} {
			text := strings.Repeat(unit, size/len(unit))
			b.Run(fmt.Sprintf("%s-%d", name, size/1000), func(b *testing.B) {
				s := goodRecord()
				s.f.Text, s.f.OldText = text, text
				s.w.WhatItIs, s.w.Analysis.JurisdictionFlags, s.w.Comparisons[0].Excerpt = text, text, text
				s.f.Compared = func(model.Comparison) (string, bool) { return text, true }
				s.r.Provisions[0].Quote = model.Quote{Text: text, End: len(text)}
				for b.Loop() {
					Check(&s.r, &s.w, s.f)
				}
			})
		}
	}
}
