package registry

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"fineprint/store/clausetype"
	"fineprint/store/model"
)

// pinned are the IDs that records may name. The lists only grow.
const pinnedAgencies = `eu-edpb eu-edps eu-commission eu-ai-office
at-dpa be-dpa bg-dpa hr-dpa cy-dpa cz-dpa dk-dpa ee-dpa fi-dpa fr-dpa de-dpa gr-dpa hu-dpa ie-dpa it-dpa lv-dpa lt-dpa
lu-dpa mt-dpa nl-dpa pl-dpa pt-dpa ro-dpa sk-dpa si-dpa es-dpa se-dpa is-dpa li-dpa no-dpa
gb-ico gb-cma gb-ofcom
us-ftc us-cfpb us-fcc us-hhs-ocr us-sec us-doj us-state-ags
us-ca-cppa us-ca-ag us-co-ag us-ct-ag us-de-ag us-fl-ag us-ia-ag us-il-ag us-in-ag us-ky-ag us-md-ag us-mn-ag us-mt-ag
us-ne-ag us-nh-ag us-nj-ag us-nv-ag us-ny-ag us-or-ag us-ri-ag us-tn-ag us-tx-ag us-ut-ag us-va-ag us-wa-ag us-ut-dcp
ca-opc ca-qc-cai ca-crtc ca-competition-bureau br-anpd br-senacon
au-oaic au-accc au-esafety au-acma jp-ppc jp-caa in-dpb in-meity`

const pinnedRegulations = `eu-gdpr eu-eprivacy eu-dsa eu-dma eu-ai-act eu-data-act eu-uctd eu-crd eu-dcd
gb-uk-gdpr gb-dpa-2018 gb-pecr gb-cra-2015 gb-dmcca gb-osa gb-duaa
us-ftc-act us-coppa us-hipaa us-glba us-fcra us-can-spam us-tcpa us-vppa us-faa us-efta us-rosca
us-ca-ccpa us-va-cdpa us-co-cpa us-ct-dpa us-ut-cpa us-tx-dpsa us-or-cpa us-mt-cdpa us-fl-dbr us-de-pdpa us-ia-cdpa
us-ne-dpa us-nh-dpa us-nj-dpa us-tn-ipa us-mn-cdpa us-md-odpa us-in-cdpa us-ky-cdpa us-ri-dtppa us-il-bipa
us-wa-mhmda us-nv-sb370 us-tx-cubi
ca-pipeda ca-qc-law25 ca-casl br-lgpd br-marco-civil br-cdc
au-privacy-act au-acl au-spam-act jp-appi jp-cca in-dpdp in-dpdp-rules in-it-act in-cpa-2019`

func TestIDsStay(t *testing.T) {
	var agencies, regulations []string
	for _, a := range Bundled().Agencies {
		agencies = append(agencies, a.ID)
	}
	for _, g := range Bundled().Regulations {
		regulations = append(regulations, g.ID)
	}
	for what, lists := range map[string][2][]string{
		"agencies":    {agencies, strings.Fields(pinnedAgencies)},
		"regulations": {regulations, strings.Fields(pinnedRegulations)},
	} {
		if got, want := lists[0], lists[1]; !slices.Equal(got, want) {
			t.Errorf("%s are\n%s\nwant\n%s\nAn ID that records name must stay; add a new one to the list here",
				what, strings.Join(got, " "), strings.Join(want, " "))
		}
	}
}

// TestEveryRowIsComplete: beside what With asks of a user's row, ours say what they
// cover, why, and what they are to be checked against, and date it.
func TestEveryRowIsComplete(t *testing.T) {
	sentence := regexp.MustCompile(`^[A-Z].{20,}\.$`)
	text := func(id, what, s string) {
		if !sentence.MatchString(s) {
			t.Errorf("%s: %s is no sentence: %q", id, what, s)
		}
	}
	common := func(id, source, checked string, types, words []string) {
		if source == "" || checked == "" {
			t.Errorf("%s: without source or date", id)
		}
		if len(types)+len(words) == 0 {
			t.Errorf("%s: nothing would suggest it", id)
		}
	}
	for _, a := range Bundled().Agencies {
		text(a.ID, "covers", a.Covers)
		text(a.ID, "why", a.Why)
		common(a.ID, a.Source, a.Checked, a.Types, a.Words)
	}
	for _, g := range Bundled().Regulations {
		text(g.ID, "covers", g.Covers)
		common(g.ID, g.Source, g.Checked, g.Types, g.Words)
		if _, err := time.Parse(time.DateOnly, g.Effective); err != nil {
			t.Errorf("%s: effective %q", g.ID, g.Effective)
		}
	}
	if err := Bundled().distinct(); err != nil {
		t.Error(err)
	}
}

// TestLinksAreOnlyOnVerifiedRows is what keeps an address that nobody read out of a
// record.
func TestLinksAreOnlyOnVerifiedRows(t *testing.T) {
	links := 0
	for _, a := range Bundled().Agencies {
		if (a.URL != "" || a.ComplaintURL != "") && a.Verified == "" {
			t.Errorf("%s has a link and was never verified", a.ID)
		}
		links += strings.Count(a.ComplaintURL, "://")
	}
	for _, g := range Bundled().Regulations {
		if g.URL != "" && g.Verified == "" {
			t.Errorf("%s has a link and was never verified", g.ID)
		}
	}
	if links < 30 {
		t.Errorf("only %d agencies have an address for complaints", links)
	}
}

func TestJurisdictionsAreISO(t *testing.T) {
	used := map[string]bool{}
	for _, a := range Bundled().Agencies {
		used[a.Jurisdiction] = true
	}
	for _, g := range Bundled().Regulations {
		used[g.Jurisdiction] = true
	}
	for code := range used {
		if _, ok := JurisdictionName(code); !ok || !ValidJurisdiction(code) {
			t.Errorf("%s has no name in the table, or is no code", code)
		}
	}
	for _, j := range jurisdictions {
		if !used[j.code] {
			t.Errorf("%s is in the table, and no row is of it", j.code)
		}
	}
	codes := strings.Fields(countries)
	for _, code := range codes {
		if r, err := language.ParseRegion(code); err != nil || !r.IsCountry() || r.String() != code {
			t.Errorf("%s is no country's code", code)
		}
	}
	if len(codes) != 249 || !slices.IsSorted(codes) {
		t.Errorf("%d countries, sorted %v; ISO 3166-1 has 249", len(codes), slices.IsSorted(codes))
	}
	for code, want := range map[string]bool{"US-CA": true, "DE-BY": true, "IT-RM": false, "US": false, "US-": false,
		"US-AL AK": false, "": false} {
		if KnownPart(code) != want {
			t.Errorf("KnownPart(%q) is %v", code, !want)
		}
	}
	for code, want := range map[string]bool{"EU": true, "GB": true, "US-CA": true, "CA-QC": true, "FR-75C": true,
		"UK": false, "": false, "us": false, "US-": false, "US-CALI": false, "EU-X": false, "USA": false, "US-ca": false, "US-XX": false, "GB-SCT": true, "IT-RM": true, "DE-BY": true, "DE-XX": false} {
		if ValidJurisdiction(code) != want {
			t.Errorf("ValidJurisdiction(%q) is %v", code, !want)
		}
	}
}

func TestEveryStateLawHasItsEnforcer(t *testing.T) {
	for _, g := range Bundled().Regulations {
		if !strings.HasPrefix(g.Jurisdiction, "US-") {
			continue
		}
		if !slices.ContainsFunc(Bundled().Agencies, func(a Agency) bool { return a.Jurisdiction == g.Jurisdiction }) {
			t.Errorf("%s has nobody who enforces it", g.ID)
		}
	}
}

func TestEntriesAreFoundByAnyName(t *testing.T) {
	r := Bundled()
	for name, want := range map[string]string{
		"us-ftc": "us-ftc", "FTC": "us-ftc", "ftc": "us-ftc", "the FTC": "us-ftc", "Federal Trade Commission": "us-ftc",
		"Federal Trade Commission (FTC)": "us-ftc", "federal trade commission, United States": "us-ftc",
		"ICO": "gb-ico", "Information Commissioner’s Office": "gb-ico", "UK Information Commissioner's Office": "gb-ico",
		"Commission d’acces a l’information du Quebec": "ca-qc-cai", "Datatilsynet (Norway)": "no-dpa",
		"California attorney general": "us-ca-ag", "Attorney General of Texas": "us-tx-ag", "CNIL (France)": "fr-dpa",
		"Datatilsynet": "", "GDPR": "", "Ministry of Silly Walks": "", "": "", "…": "", "FTC and CFPB": "",
		"Friends of the FTC": "", "EFTA Surveillance Authority": "",
	} {
		a, ok := r.Agency(name)
		if a.ID != want || ok != (want != "") {
			t.Errorf("agency %q is %q, want %q", name, a.ID, want)
		}
	}
	for name, want := range map[string]string{
		"eu-gdpr": "eu-gdpr", "GDPR Article 6": "eu-gdpr", "Art. 6(1)(f) GDPR": "eu-gdpr", "EU GDPR": "eu-gdpr",
		"UK GDPR": "gb-uk-gdpr", "CCPA/CPRA": "us-ca-ccpa", "California Consumer Privacy Act (CCPA/CPRA)": "us-ca-ccpa",
		"FTC Act Section 5": "us-ftc-act", "Section 5 of the FTC Act": "us-ftc-act", "can-spam": "us-can-spam",
		"Quebec's Law 25": "ca-qc-law25", "Connecticut Data Privacy Act Amendments": "us-ct-dpa",
		"DPDPA": "", "Data Protection Act": "", "FTC": "", "Universal Opt-Out Mechanism Expansion 2026": "",
	} {
		g, ok := r.Regulation(name)
		if g.ID != want || ok != (want != "") {
			t.Errorf("regulation %q is %q, want %q", name, g.ID, want)
		}
	}
}

func TestDetailsSayWhatTheRegistryKnows(t *testing.T) {
	r, err := Bundled().With([]byte(`
[[agencies]]
id = "xx-made-up"
name = "Office of Made-up Affairs"
jurisdiction = "NZ"
why = "It is made up."
`))
	if err != nil {
		t.Fatal(err)
	}
	var w model.Writing
	w.Agencies = []string{"FTC", "us-ftc", "Office of Made-up Affairs", "Nobody's Office", "us-doj", "us-il-ag"}
	w.AgencyReasons = map[string]string{"FTC": "It fined them before.", "Nobody's Office": "It says so."}
	got := r.AgencyDetails(&w)
	if len(got) != 5 {
		t.Fatalf("%d details: %+v", len(got), got)
	}
	if d := got[0]; d.ID != "us-ftc" || d.Name != "Federal Trade Commission" || d.Why != "It fined them before." ||
		d.ComplaintURL != "https://reportfraud.ftc.gov/" || d.Verified == "" || d.Jurisdiction != "US" {
		t.Errorf("of the FTC: %+v", d)
	}
	if d := got[1]; d.ID != "xx-made-up" || d.Why != "It is made up." || d.Verified != "" {
		t.Errorf("of a user's own: %+v", d)
	}
	if d := got[2]; d != (model.AgencyDetail{Name: "Nobody's Office", Why: "It says so."}) {
		t.Errorf("of an unknown one: %+v", d)
	}
	if d := got[3]; d.ID != "us-doj" || d.ComplaintURL != "" || d.Verified != "" || d.Source == "" {
		t.Errorf("of one never verified: %+v", d)
	}
	w.Regulations = []string{"GDPR", "GDPR Article 6", "GDPR Article 9", "eu-gdpr", "Law of the Sea", "us-faa"}
	laws := r.RegulationDetails(&w)
	var names []string
	for _, d := range laws {
		names = append(names, d.ID+"|"+d.Name)
	}
	want := []string{"eu-gdpr|General Data Protection Regulation", "eu-gdpr|GDPR Article 6", "eu-gdpr|GDPR Article 9",
		"|Law of the Sea", "us-faa|Federal Arbitration Act"}
	if !slices.Equal(names, want) {
		t.Errorf("laws are %q, want %q", names, want)
	}
	if d := laws[0]; d.Effective != "2018-05-25" || d.URL == "" || d.Covers == "" || d.Jurisdiction != "EU" {
		t.Errorf("of the GDPR: %+v", d)
	}
	if d := laws[4]; d.URL != "" || d.Verified != "" {
		t.Errorf("of one never verified: %+v", d)
	}
}

func TestUnverifiedRowsCarryNoLinkEvenIfTheyHaveOne(t *testing.T) {
	r := &Registry{Agencies: []Agency{{ID: "a", Name: "Some Office", ComplaintURL: "https://example.org/"}},
		Regulations: []Regulation{{ID: "b", Name: "Some Law", URL: "https://example.org/"}}}
	var w model.Writing
	w.Agencies, w.Regulations = []string{"a"}, []string{"b"}
	if a, g := r.AgencyDetails(&w)[0], r.RegulationDetails(&w)[0]; a.ComplaintURL != "" || g.URL != "" {
		t.Errorf("links got out: %+v, %+v", a, g)
	}
}

func TestWithAddsAndReplaces(t *testing.T) {
	before := len(Bundled().Agencies)
	r, err := Bundled().With([]byte(`
[[agencies]]
id = "us-ftc"
name = "Federal Trade Commission"
short = ["The Trade Commission"]
jurisdiction = "US"
types = ["arbitration", "conduct"]

[[regulations]]
id = "nz-privacy-act"
name = "Privacy Act 2020"
short = ["NZ Privacy Act"]
jurisdiction = "NZ"
effective = "2020-12-01"
url = "https://example.org/act"
source = "example.org/act"
verified = "2026-01-02"
`))
	if err != nil {
		t.Fatal(err)
	}
	a, _ := r.Agency("trade commission")
	if len(r.Agencies) != before || a.ID != "us-ftc" || a.ComplaintURL != "" || !slices.Contains(a.Types, "arbitration") ||
		!slices.Contains(a.Types, "monitoring") {
		t.Errorf("the FTC of a user: %+v", a)
	}
	if _, ok := r.Agency("FTC"); ok {
		t.Error("the row was merged, not replaced")
	}
	_, laws := r.Mentioned("Under the NZ Privacy Act, and the GDPR")
	if !slices.Equal(laws, []string{"nz-privacy-act", "eu-gdpr"}) {
		t.Errorf("mentioned are %q", laws)
	}
	if _, ok := Bundled().Regulation("nz-privacy-act"); ok {
		t.Error("the bundled registry was changed")
	}
}

func TestWithRefusesWhatItCantUse(t *testing.T) {
	agency := func(more string) string {
		return "[[agencies]]\nid = \"xx-a\"\nname = \"Some Office\"\njurisdiction = \"NZ\"\n" + more
	}
	for text, want := range map[string]string{
		agency(`nmae = "x"`): `line 5 of the registry: there is no key "agencies.nmae"; did you ` +
			`mean name?`,
		agency(`complainturl = "x"`):                      `did you mean complaint_url?`,
		"[[regulations]]\nwhy = \"x\"":                    `line 2 of the registry: there is no key "regulations.why"`,
		"\n[[agenceis]]\nid = \"x\"":                      `did you mean agencies?`,
		agency(`short = "x"`):                             `line 5 of the registry`,
		"[[agencies]\n":                                   `line 1 of the registry`,
		"agencies = 3":                                    `line 1 of the registry`,
		"[[agencies]]\nid = \"No ID\"":                    `agency 1: id "No ID" has to be lower-case words`,
		"[[agencies]]\nid = \"x\"\njurisdiction = \"NZ\"": `agency 1 (x): name is missing`,
		agency("") + agency(""):                           `two entries with the id "xx-a"`,
		agency(`types = ["arbitraton"]`):                  `no clause type "arbitraton"; did you mean arbitration?`,
		agency(`url = "https://example.org"`):             `a link needs the source`,
		agency("url = \"javascript:alert(1)\"\nsource = \"x\"\nverified = \"2026-01-02\""): `is no web address`,
		agency("url = \"https://a:b@c\"\nsource = \"x\"\nverified = \"2026-01-02\""):       `is no web address`,
		agency(`verified = "yesterday"`):                                                   `"yesterday" is no date`,
		agency(`why = "a\u001b[31mb"`):                                                     `characters that can't be shown`,
		agency(`short = ["a\u202eb"]`):                                                     `characters that can't be shown`,
		agency(`short = ["FTC"]`):                                                          `us-ftc and xx-a are both called "FTC"`,
		"[[regulations]]\nid = \"xx-b\"\nname = \"G.D.P.R\"\njurisdiction = \"UK\"":        `jurisdiction "UK" is none`,
	} {
		r, err := Bundled().With([]byte(text))
		if err == nil || r != nil {
			t.Errorf("%q is taken", text)
			continue
		}
		if !errors.Is(err, model.ErrInvalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v\nwant … %s", text, err, want)
		}
	}
	if r, err := Bundled().With(nil); err != nil || len(r.Agencies) != len(Bundled().Agencies) {
		t.Errorf("an empty file: %v", err)
	}
}

func TestTypesOfRowsExist(t *testing.T) {
	known := clausetype.IDs()
	for _, a := range Bundled().Agencies {
		for _, id := range a.Types {
			if !slices.Contains(known, id) {
				t.Errorf("%s has the type %q", a.ID, id)
			}
		}
	}
	r := &Registry{Regulations: Bundled().Regulations}
	for _, g := range r.Regulations {
		for _, id := range g.Types {
			if !slices.Contains(known, id) {
				t.Errorf("%s has the type %q", g.ID, id)
			}
		}
	}
}

// FuzzWith: a file of agencies and laws is refused, or what it names is found, and nothing panics.
func FuzzWith(f *testing.F) {
	f.Add([]byte("[[agencies]]\nid = \"a\"\nname = \"A\"\njurisdiction = \"EU\"\nshort = [\"U.S.\", \"b's\"]"),
		"A b's U.S. a@b.c")
	f.Add([]byte("agencies = [{id = \"a\"}]\nregulations = 3"), "")
	f.Add([]byte("[[regulations]]\nid = \"gdpr-2\"\nname = \"Ünïcode Act\"\njurisdiction = \"EU\""), "the unicode act’s")
	f.Fuzz(func(t *testing.T, text []byte, prose string) {
		r, err := Bundled().With(text)
		if err != nil {
			return
		}
		r.Mentioned(prose)
		r.Suggest([]string{"arbitration"}, prose)
		r.Agency(prose)
		for _, a := range r.Agencies {
			if got, ok := r.Agency(a.Name); !ok || got.ID != a.ID {
				t.Errorf("%q is found as %q", a.Name, got.ID)
			}
		}
	})
}

// touchNothing are the types that no entry of the registry has to do with.
var touchNothing = strings.Fields(`ip_ownership feedback_licence third_party_services confidentiality
	force_majeure severability entire_agreement account_security scraping_reverse_engineering`)

func TestEveryTypeTouchesSomething(t *testing.T) {
	r := Bundled()
	for _, ty := range clausetype.Types {
		agencies, regulations := r.OfType(ty.ID)
		for _, id := range agencies {
			if a, ok := r.Agency(id); !ok || a.ID != id {
				t.Errorf("%s: there is no agency %q", ty.ID, id)
			}
		}
		for _, id := range regulations {
			if g, ok := r.Regulation(id); !ok || g.ID != id {
				t.Errorf("%s: there is no regulation %q", ty.ID, id)
			}
		}
		if nothing := len(agencies)+len(regulations) == 0; nothing != slices.Contains(touchNothing, ty.ID) {
			t.Errorf("%s touches nothing: %v", ty.ID, nothing)
		}
	}
}
