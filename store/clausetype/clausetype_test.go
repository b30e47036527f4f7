package clausetype

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"fineprint/store/model"
)

// pinned are the IDs that records may name. The list only grows.
const pinned = `acceptance arbitration class_action_waiver time_limit_on_claims governing_law_venue
limitation_of_liability warranty_disclaimer indemnification unilateral_modification service_changes
termination_suspension automatic_renewal cancellation_refunds price_changes fees_payment user_content_licence
model_training_licence ip_ownership output_ownership feedback_licence takedown third_party_services confidentiality
assignment force_majeure severability entire_agreement
controller_contact data_collection purpose_of_use legal_basis_consent sensitive_data children_data biometric_data
location_data device_identifiers cookies_tracking targeted_advertising direct_marketing sale_or_sharing
third_party_disclosure service_providers government_requests merger_transfer international_transfers data_retention
data_deletion access_portability opt_out_rights automated_decisions ai_training_personal_data deidentified_data
data_security breach_notification
age_requirement account_security acceptable_use prohibited_content ai_use_restrictions scraping_reverse_engineering
competing_use commercial_use api_limits moderation_appeals monitoring export_control`

func TestIDsStay(t *testing.T) {
	if got, want := IDs(), strings.Fields(pinned); !slices.Equal(got, want) {
		t.Errorf("types are\n%s\nwant\n%s\nAn ID that records name must stay; add a new one to the list here",
			strings.Join(got, " "), strings.Join(want, " "))
	}
}

func TestEveryTypeIsComplete(t *testing.T) {
	word := regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*$`)
	names := map[string]bool{}
	for _, ty := range Types {
		if !word.MatchString(ty.ID) || names[ty.ID] || names[ty.Name] {
			t.Errorf("%q (%s) is no ID of its own", ty.ID, ty.Name)
		}
		names[ty.ID], names[ty.Name] = true, true
		if ty.Name == "" || !unicode.IsUpper([]rune(ty.Name)[0]) {
			t.Errorf("%s: name %q", ty.ID, ty.Name)
		}
		if !slices.Contains([]string{Contract, Data, Conduct}, ty.Family) {
			t.Errorf("%s: family %q", ty.ID, ty.Family)
		}
		if n := len(ty.Definition); n < 40 || n > 250 || !strings.HasSuffix(ty.Definition, ".") {
			t.Errorf("%s: the definition isn't a sentence or two: %q", ty.ID, ty.Definition)
		}
		if got, ok := ByID(ty.ID); !ok || got != ty {
			t.Errorf("ByID(%s) = %v, %v", ty.ID, got, ok)
		}
	}
	if _, ok := ByID("Arbitration"); ok {
		t.Error("a name is taken for an ID")
	}
}

// TestTemplatesAsk holds that a template judges nothing: all prose of it has blanks,
// and no severity, title, list or action is filled in.
func TestTemplatesAsk(t *testing.T) {
	filled := []string{"types", "what_it_is", "why_it_matters", "interpretive_note", "consumer_impact",
		"analysis.regulatory_landscape", "analysis.governance_exposure", "analysis.jurisdiction_flags",
		"analysis.contract_implications", "analysis.compliance_considerations"}
	for _, ty := range Types {
		w, ok := Template(ty.ID)
		if !ok || !slices.Equal(w.Types, []string{ty.ID}) {
			t.Fatalf("%s: template %v, types %q", ty.ID, ok, w.Types)
		}
		for _, f := range model.WritingFields {
			if want := slices.Contains(filled, f.ID()); f.Empty(&w) == want {
				t.Errorf("%s: %s is filled in: %v", ty.ID, f.ID(), !want)
			}
			text := f.Text(&w)
			if text == nil || *text == "" {
				continue
			}
			if len(Blanks(*text)) == 0 {
				t.Errorf("%s: %s has no blank: %q", ty.ID, f.ID(), *text)
			}
			if rest := blank.ReplaceAllString(*text, ""); strings.ContainsAny(rest, "‹›") {
				t.Errorf("%s: %s has an open blank: %q", ty.ID, f.ID(), *text)
			}
		}
	}
	if _, ok := Template("nothing"); ok {
		t.Error("there is a template of no type")
	}
}

func TestBlanksAreFound(t *testing.T) {
	for text, want := range map[string][]string{
		"":                                   nil,
		"The clause renews yearly.":          nil,
		"It quotes ‹ alone, and › alone.":    {"‹ alone, and ›"},
		"a ‹one› b ‹two›":                    {"‹one›", "‹two›"},
		"[…] is an omission, <em> is markup": nil,
		"‹over\nlines›":                      nil,
	} {
		if got := Blanks(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
