package clausetype

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// unfair and cuad are the labels of the two data sets, as they write them.
const unfair = `Limitation of liability, Unilateral termination, Unilateral change, Content removal, Contract by using,
	Choice of law, Jurisdiction, Arbitration`

const cuad = `Document Name; Parties; Agreement Date; Effective Date; Expiration Date; Renewal Term;
	Notice Period To Terminate Renewal; Governing Law; Most Favored Nation; Non-Compete; Exclusivity;
	No-Solicit Of Customers; Competitive Restriction Exception; No-Solicit Of Employees; Non-Disparagement;
	Termination For Convenience; Rofr/Rofo/Rofn; Change Of Control; Anti-Assignment; Revenue/Profit Sharing;
	Price Restrictions; Minimum Commitment; Volume Restriction; Ip Ownership Assignment; Joint Ip Ownership;
	License Grant; Non-Transferable License; Affiliate License-Licensor; Affiliate License-Licensee;
	Unlimited/All-You-Can-Eat-License; Irrevocable Or Perpetual License; Source Code Escrow;
	Post-Termination Services; Audit Rights; Uncapped Liability; Cap On Liability; Liquidated Damages;
	Warranty Duration; Insurance; Covenant Not To Sue; Third Party Beneficiary`

// withoutCase are the types that no case of ToS;DR is about.
const withoutCase = `price_changes model_training_licence output_ownership assignment force_majeure sensitive_data
	ai_training_personal_data ai_use_restrictions competing_use export_control`

func TestEveryTypeHasItsColumns(t *testing.T) {
	if len(columns) != len(Types) {
		t.Errorf("%d types have columns of %d", len(columns), len(Types))
	}
	none := strings.Fields(withoutCase)
	for _, ty := range Types {
		c := columns[ty.ID]
		for name, column := range map[string]string{"UNFAIR-ToS": c.unfair, "CUAD": c.cuad, "DPV": c.dpv, "cues": c.cues} {
			if strings.TrimSpace(column) == "" {
				t.Errorf("%s: nothing is said of %s; a dash is none", ty.ID, name)
			}
		}
		m := MappingOf(ty.ID)
		if len(m.Cues) < 8 {
			t.Errorf("%s has %d cues", ty.ID, len(m.Cues))
		}
		if got := len(m.ToSDR) == 0; got != slices.Contains(none, ty.ID) {
			t.Errorf("%s is without a case of ToS;DR: %v", ty.ID, got)
		}
		if ty.Family == Data && len(m.DPV) == 0 {
			t.Errorf("%s has no concept of DPV", ty.ID)
		}
	}
}

func TestColumnsUseTheListsWords(t *testing.T) {
	unfair, cuad := listed(unfair, ","), listed(cuad, ";")
	if len(unfair) != 8 || len(cuad) != 41 {
		t.Fatalf("%d labels, %d categories", len(unfair), len(cuad))
	}
	used := map[string]bool{}
	for _, ty := range Types {
		m := MappingOf(ty.ID)
		for _, l := range m.UnfairToS {
			if used[l] = true; !slices.Contains(unfair, l) {
				t.Errorf("%s: UNFAIR-ToS has no label %q", ty.ID, l)
			}
		}
		for _, c := range m.CUAD {
			if used[c] = true; !slices.Contains(cuad, c) {
				t.Errorf("%s: CUAD has no category %q", ty.ID, c)
			}
		}
		for _, d := range m.DPV {
			if prefix, name, ok := strings.Cut(d, ":"); !ok || name == "" || !slices.Contains([]string{"dpv", "pd", "risk"}, prefix) {
				t.Errorf("%s: %q is no concept of DPV", ty.ID, d)
			}
		}
		for _, c := range m.Cues {
			if strings.ToLower(c) != c || strings.Contains(strings.TrimSuffix(c, "*"), "* ") && strings.Count(c, "*") > 2 {
				t.Errorf("%s: cue %q", ty.ID, c)
			}
		}
	}
	for _, l := range slices.Concat(unfair, cuad) {
		if !used[l] {
			t.Errorf("%q is in no type", l)
		}
	}
}

func TestCasesAreOfTypesThatThereAre(t *testing.T) {
	if len(Cases()) != 234 {
		t.Errorf("%d cases", len(Cases()))
	}
	for _, title := range Cases() {
		types, known := TypesOfCase(title)
		if !known {
			t.Errorf("%q is not known", title)
		}
		for _, id := range types {
			if _, ok := ByID(id); !ok {
				t.Errorf("%q is of the type %q", title, id)
			}
		}
	}
	if _, known := TypesOfCase("No such case"); known {
		t.Error("a made-up case is known")
	}
}

// TestEveryCaseOfThePointsIsListed compares the list with the published points, where
// there are some: FINEPRINT_CORPUS names the folder.
func TestEveryCaseOfThePointsIsListed(t *testing.T) {
	f, err := os.Open(filepath.Join(os.Getenv("FINEPRINT_CORPUS"), "tosdr-points.jsonl"))
	if err != nil {
		t.Skip("there are no points to compare with")
	}
	defer func() { _ = f.Close() }()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		var p struct{ Case string }
		if err := json.Unmarshal(s.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		if _, known := TypesOfCase(p.Case); !known {
			t.Errorf("%q is in no type and not listed as such", p.Case)
		}
	}
	if err := s.Err(); err != nil {
		t.Error(err)
	}
}
