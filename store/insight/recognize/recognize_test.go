package recognize

import (
	"slices"
	"strings"
	"testing"

	"fineprint/store/clausetype"
)

// clauses are of the types that they are written for, in words of our own.
var clauses = map[string]string{
	"arbitration": "Any dispute between you and the company will be settled by binding arbitration before a single " +
		"arbitrator, and not in a court.",
	"class_action_waiver": "Claims can be brought by each party in an individual capacity only, and not as a plaintiff or " +
		"class member in any class action or representative proceeding.",
	"limitation_of_liability": "In no event shall we be liable for any indirect, incidental or consequential damages, or for " +
		"lost profits, arising from your use of the service.",
	"warranty_disclaimer": "The service is provided as is and as available, without warranties of any kind, including " +
		"merchantability and fitness for a particular purpose.",
	"indemnification": "You agree to indemnify and hold harmless the company from any claim by a third party, including " +
		"reasonable attorneys' fees.",
	"unilateral_modification": "We may change these terms at any time; your continued use of the service after we post the " +
		"changes means that you accept the revised terms.",
	"automatic_renewal": "Your subscription will automatically renew at the end of each billing period unless you cancel " +
		"before the renewal date.",
	"governing_law_venue": "These terms are governed by the laws of Norway, and the courts located in Oslo have exclusive " +
		"jurisdiction.",
	"cookies_tracking": "We use cookies, web beacons and similar technologies; your browser settings let you refuse cookies.",
	"data_retention": "We retain your personal data for as long as necessary for the purposes above, and delete it when the " +
		"retention period ends.",
	"international_transfers": "Where personal data is transferred outside the European Economic Area we rely on standard " +
		"contractual clauses.",
	"children_data": "Our service is not directed to children under 13, and we do not knowingly collect personal " +
		"information from children without parental consent.",
	"force_majeure": "Neither party is responsible for a delay caused by events beyond its reasonable control, such as " +
		"natural disasters, war or strikes.",
	"breach_notification": "In case of a personal data breach we will notify you and the authority without undue delay.",
	"export_control": "You may not use the service if you are on a list of sanctioned persons or in a country under " +
		"embargo; export control laws apply.",
	"scraping_reverse_engineering": "You may not scrape the site, use bots or crawlers, or reverse engineer or decompile the " +
		"software.",
}

func TestClausesAreRecognised(t *testing.T) {
	r := New(nil)
	for want, text := range clauses {
		got := r.Suggest(Clause{Text: text})
		if len(got) == 0 || got[0].Type != want {
			t.Errorf("%s: %+v\n%s", want, got, text)
			continue
		}
		if len(got[0].Words) == 0 || got[0].Heading != "" {
			t.Errorf("%s: given away by %q under %q", want, got[0].Words, got[0].Heading)
		}
		for _, s := range got {
			if s.Probability < leastSecond || s.Probability > 1 {
				t.Errorf("%s: probability %v", s.Type, s.Probability)
			}
			for _, w := range s.Words {
				if !strings.Contains(text, w) {
					t.Errorf("%s: %q is not in the clause", s.Type, w)
				}
			}
		}
	}
}

func TestOtherLanguagesByCues(t *testing.T) {
	r := New(nil)
	for want, text := range map[string]string{
		"cookies_tracking": "Wir verwenden Cookies und ähnliche Verfahren, die Sie im Browser ablehnen können.",
		"governing_law_venue": "Es gilt anwendbares Recht der Bundesrepublik Deutschland, und der Gerichtsstand ist Berlin, " +
			"soweit das Gesetz nichts anderes sagt.",
		"data_retention": "La durée de conservation de vos données est de trois ans; nous les conservons en France.",
	} {
		if got := r.Suggest(Clause{Text: text}); len(got) == 0 || got[0].Type != want {
			t.Errorf("%s: %+v", want, got)
		}
	}
}

func TestWhatIsOfNoType(t *testing.T) {
	r := New(nil)
	for text, heading := range map[string]string{
		"":        "",
		"1. Fees": "",
		"Page 3":  "Arbitration",
		"123 Example Street, 0150 Oslo, Norway, telephone 22 00 00 00":   "Contact us",
		"“Agreement” means this document and its annexes as they stand.": "Definitions",
	} {
		if got := r.Suggest(Clause{Text: text, Headings: []string{heading}}); len(got) > 0 {
			t.Errorf("%q under %q: %+v", text, heading, got)
		}
	}
}

func TestHeadingsSpeak(t *testing.T) {
	r := New(nil)
	const text = "The parties shall do so within the time and in the form that is agreed between them in writing."
	got := r.Suggest(Clause{Text: text, Headings: []string{"Terms", "12. Confidentiality"}})
	if len(got) == 0 || got[0].Type != "confidentiality" || got[0].Heading != "12. Confidentiality" {
		t.Errorf("under a heading: %+v", got)
	}
	if id, known := HeadingType([]string{"Arbitration", "How it works"}); id != "arbitration" || !known {
		t.Errorf("a heading further up says %q, %v", id, known)
	}
	if id, known := HeadingType([]string{"Arbitration", "Contact us"}); id != "" || !known {
		t.Errorf("a contact says %q, %v", id, known)
	}
	if _, known := HeadingType([]string{"Odds and ends"}); known {
		t.Error("a heading that says nothing is known")
	}
}

func TestHeadingRowsAreOfTypes(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range headingRows {
		if _, ok := clausetype.ByID(row.id); !ok && row.id != "" {
			t.Errorf("there is no type %q", row.id)
		}
		seen[row.id] = true
	}
	for _, ty := range clausetype.Types {
		if !seen[ty.ID] {
			t.Errorf("no heading speaks for %s", ty.ID)
		}
	}
}

func TestShippedWeightsFitTheTypes(t *testing.T) {
	s := Load()
	if s.Types.Classes() != Classes || s.Cases.Weights.Classes() != len(clausetype.Cases()) ||
		len(s.Cases.Bad) != len(clausetype.Cases()) {
		t.Errorf("%d types, %d cases, %d figures; learn them again (cmd/dev/typeeval)", s.Types.Classes(), s.Cases.Weights.Classes(),
			len(s.Cases.Bad))
	}
	if len(shipped) > 350<<10 {
		t.Errorf("%d bytes are shipped", len(shipped))
	}
}

func TestLessonsTeach(t *testing.T) {
	const text = "Members of the orchard club may pick three baskets of apples each season if they ask the warden first."
	lessons := []Lesson{{Clause: Clause{Text: text}, Types: []string{"api_limits"}}}
	r := New(Teach(lessons))
	if got := r.Suggest(Clause{Text: text}); len(got) == 0 || got[0].Type != "api_limits" {
		t.Errorf("the clause itself: %+v", got)
	}
	const near = "Members of the orchard club may pick five baskets of pears each season."
	if got := r.Suggest(Clause{Text: near}); len(got) == 0 || got[0].Type != "api_limits" {
		t.Errorf("one that is like it: %+v", got)
	}
	for want, text := range clauses {
		if got := r.Suggest(Clause{Text: text}); len(got) == 0 || got[0].Type != want {
			t.Errorf("it spoiled %s: %+v", want, got)
		}
	}
	plain := New(nil)
	for _, text := range clauses {
		a, b := r.Ranked(Clause{Text: text}), plain.Ranked(Clause{Text: text})
		if !slices.EqualFunc(a, b, func(x, y Suggestion) bool { return x.Type == y.Type && x.Probability == y.Probability }) {
			t.Errorf("it moved what has nothing in common with it: %q", text)
		}
	}
	r = New(Teach(append(lessons, Lesson{Clause: Clause{Text: clauses["arbitration"]}})))
	if got := r.Suggest(Clause{Text: clauses["arbitration"]}); len(got) > 0 {
		t.Errorf("what was said to be of no type: %+v", got)
	}
	again := New(Teach(append(lessons, Lesson{Clause: Clause{Text: clauses["arbitration"]}})))
	for _, text := range clauses {
		a, b := r.Ranked(Clause{Text: text}), again.Ranked(Clause{Text: text})
		if !slices.EqualFunc(a, b, func(x, y Suggestion) bool { return x.Type == y.Type && x.Probability == y.Probability }) {
			t.Fatal("the same lessons make another layer")
		}
	}
}

func TestAlikeClauses(t *testing.T) {
	sketch := func(s string) *Sketch {
		k, whole := SketchOf(s)
		if !whole {
			t.Fatalf("%q is too short", s)
		}
		return &k
	}
	long := strings.Repeat("The customer pays the fee that the order form states within the time that it states. ", 1) +
		"Amounts that are late bear interest at the rate that the law of the provider's seat allows, and the provider " +
		"may hold back services until they are paid, after it has said so in writing and waited for a week."
	if !Alike(sketch(long), sketch(strings.Replace(long, "a week", "30 days", 1))) {
		t.Error("another number makes it another clause")
	}
	if Alike(sketch(long), sketch(clauses["arbitration"])) {
		t.Error("two unlike clauses are alike")
	}
	if _, whole := SketchOf("Too short."); whole {
		t.Error("a short clause is compared")
	}
}

func FuzzSuggest(f *testing.F) {
	for want, text := range clauses {
		f.Add(text, want)
	}
	f.Add("a\xffb İstanbul 条款 ＡＢＣ ﬀ", "1. ")
	r := New(Teach([]Lesson{{Clause: Clause{Text: "some words to learn from"}, Types: []string{"takedown"}}}))
	f.Fuzz(func(t *testing.T, text, heading string) {
		for _, s := range r.Suggest(Clause{Text: text, Headings: []string{heading}}) {
			for _, w := range s.Words {
				if !strings.Contains(text, w) {
					t.Errorf("%q is not in the clause", w)
				}
			}
		}
	})
}

func BenchmarkSuggest(b *testing.B) {
	r := New(nil)
	text := clauses["limitation_of_liability"] + " " + clauses["warranty_disclaimer"]
	b.ReportAllocs()
	for b.Loop() {
		r.Suggest(Clause{Text: text, Headings: []string{"12. Limitation of liability"}, Document: "Terms of Service"})
	}
}
