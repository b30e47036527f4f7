package registry

import (
	"slices"
	"strings"
	"testing"
)

func TestTextsMentionWhatTheyName(t *testing.T) {
	for _, c := range []struct{ text, agencies, regulations string }{
		{"", "", ""},
		{"Enforcement authority includes the European Data Protection Board, national DPAs, the California Privacy " +
			"Protection Agency, and the FTC.", "eu-edpb us-ca-cppa us-ftc", ""},
		{"This implicates GDPR Article 6 (lawful basis) and, under CCPA, business purposes. The EU AI Act imposes " +
			"transparency. The FTC Act's prohibition on deceptive practices is relevant.", "",
			"eu-gdpr us-ca-ccpa eu-ai-act us-ftc-act"},
		// The longest name wins, once.
		{"The UK GDPR and the GDPR differ.", "", "gb-uk-gdpr eu-gdpr"},
		{"Only the UK GDPR applies; the UK's GDPR has the same name.", "", "gb-uk-gdpr"},
		{"California Department of Justice", "us-ca-ag", ""},
		{"the Department of Justice", "us-doj", ""},
		{"the Office of the Australian Information Commissioner", "au-oaic", ""},
		{"the Information Commissioner of the Republic of Slovenia", "si-dpa", ""},
		{"Digital Personal Data Protection Rules, 2025", "", "in-dpdp-rules"},
		{"Washington’s My Health My Data Act", "", "us-wa-mhmda"},
		// Both of a pair, and possessives, emphasis, line breaks.
		{"CCPA/CPRA and HIPAA/GLBA", "", "us-ca-ccpa us-hipaa us-glba"},
		{"the FTC's and the ICO’s view", "us-ftc gb-ico", ""},
		{"**GDPR**, _LGPD_ and `PIPEDA`", "", "eu-gdpr br-lgpd ca-pipeda"},
		{"the Federal Trade\nCommission", "us-ftc", ""},
		{"the U.S. Department of Justice. U.S. law", "us-doj", ""},
		{"post-GDPR, CCPA-compliant", "", "eu-gdpr us-ca-ccpa"},
		// Accents and case, where the name is no ordinary word.
		{"la Commission nationale de l'informatique et des libertes", "fr-dpa", ""},
		{"FEDERAL TRADE COMMISSION ACT; gdpr; ccpa", "", "us-ftc-act eu-gdpr us-ca-ccpa"},
		{"THE DATA ACT", "", "eu-data-act"},
		{"Quebec Law 25 and Loi 25", "", "ca-qc-law25"},
		// Not named: ordinary words, parts of names, other senses.
		{"They act on data. The act says so. An Act alone, this Act, the Commission, the Directive.", "", ""},
		{"He will sec the ico of the doj, and opc.", "", ""},
		{"the data act as evidence; an ai act; it act", "", ""},
		{"state law 25 years ago", "", ""},
		{"Send the Data. Act now", "", ""},
		{"the FTCA, GDPRs2, xFTC", "", ""},
		{"the Data Protection Act and a Privacy Act", "", ""},
		{"PPC advertising and OCR", "", ""},
		{"the EFTA Surveillance Authority and the EFTA States", "", ""},
		{"as in SEC filings", "", ""},
		{"Datatilsynet", "", ""},
		{"see https://www.ftc.gov/gdpr/CCPA, privacy@cnil.fr, www.ICO.org.uk/GDPR and cnil.fr", "", ""},
		{"European Data Protection\n\nBoard", "", ""},
		// Named all the same, beside an address.
		{"GDPR (https://gdpr.example) and the CNIL, at cnil.fr.", "fr-dpa", "eu-gdpr"},
	} {
		agencies, regulations := Bundled().Mentioned(c.text)
		if !slices.Equal(agencies, strings.Fields(c.agencies)) ||
			!slices.Equal(regulations, strings.Fields(c.regulations)) {
			t.Errorf("%q\nagencies    %q, want %q\nregulations %q, want %q", c.text, agencies, c.agencies, regulations,
				c.regulations)
		}
	}
}

// TestEveryNameIsMentioned: a text that has nothing but the name of an entry names it.
func TestEveryNameIsMentioned(t *testing.T) {
	r := Bundled()
	for _, n := range r.names() {
		if n.isID || strings.ContainsAny(n.name, "()") { // in brackets is the country, as one writes it in a list
			continue
		}
		agencies, regulations := r.Mentioned("Under the " + n.name + ", this clause")
		if got := append(agencies, regulations...); !slices.Equal(got, []string{n.id}) {
			t.Errorf("%q of %s mentions %q", n.name, n.id, got)
		}
	}
}

func TestSuggestionsHaveReasons(t *testing.T) {
	for _, c := range []struct {
		types             []string
		text              string
		agency, regulates string // first suggested, "" for none
		why               string // of the first regulation, or the first agency if there is none
		without           string // IDs that must not be suggested
	}{
		{nil, "", "", "", "", ""},
		{nil, "The fee is due monthly.", "", "", "", ""},
		{[]string{"biometric_data"}, "We store a faceprint of people in Illinois.", "us-il-ag", "us-il-bipa",
			"the text says “faceprint”; the text speaks of Illinois; it has to do with biometric data", "fr-dpa us-va-cdpa"},
		{[]string{"data_retention"}, "Data of users in France are kept.", "fr-dpa", "eu-gdpr",
			"it has to do with data retention", "de-dpa us-tx-dpsa us-hipaa"},
		{[]string{"arbitration"}, "", "gb-cma", "us-faa", "it has to do with arbitration", "eu-edpb us-va-cdpa"},
		{[]string{"children_data", "age_requirement"}, "With parental consent, children under 13 may join.", "us-ftc",
			"us-coppa", "the text says “parental consent”, “children”, “under 13”; it has to do with children's data, " +
				"age requirement", "us-sec"},
		{[]string{"cookies_tracking"}, "We place cookies as the CNIL asks.", "fr-dpa", "eu-eprivacy",
			"the text says “cookies”; it has to do with cookies and tracking", "us-hhs-ocr"},
		{nil, "Complain to the Irish DPC.", "ie-dpa", "", "the text names it; the text speaks of Irish", ""},
		{nil, "The EDPB and the EFTA Surveillance Authority.", "eu-edpb", "", "the text names it", ""},
		{[]string{"no_such_type"}, "", "", "", "", ""},
	} {
		agencies, regulations := Bundled().Suggest(c.types, c.text)
		first := func(list []Suggestion) Suggestion {
			if len(list) == 0 {
				return Suggestion{}
			}
			return list[0]
		}
		a, g := first(agencies), first(regulations)
		why := g.Why
		if g.ID == "" {
			why = a.Why
		}
		if a.ID != c.agency || g.ID != c.regulates || why != c.why {
			t.Errorf("%q %q\nfirst are %q and %q: %s\nwant      %q and %q: %s", c.types, c.text, a.ID, g.ID, why,
				c.agency, c.regulates, c.why)
		}
		for _, s := range append(agencies, regulations...) {
			if slices.Contains(strings.Fields(c.without), s.ID) {
				t.Errorf("%q %q suggests %s: %s", c.types, c.text, s.ID, s.Why)
			}
			if s.Why == "" || s.Name == "" {
				t.Errorf("%q %q suggests %s without a reason or a name", c.types, c.text, s.ID)
			}
		}
	}
}

// TestSuggestionsStayAFew: a type alone doesn't bring up every authority of a union.
func TestSuggestionsStayAFew(t *testing.T) {
	agencies, regulations := Bundled().Suggest([]string{"data_retention"}, "")
	if len(agencies) > 12 || len(regulations) > 16 || len(agencies) < 5 {
		t.Errorf("%d agencies, %d regulations", len(agencies), len(regulations))
	}
}

func BenchmarkMentioned(b *testing.B) {
	text := strings.Repeat("This provision implicates GDPR Article 6 and, under the CCPA, the business purpose of the "+
		"controller, who answers to the Federal Trade Commission. ", 40)
	Bundled().Mentioned("")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Bundled().Mentioned(text)
	}
}
