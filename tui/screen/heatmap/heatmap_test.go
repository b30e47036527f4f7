package heatmap_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/clausetype"
	"fineprint/store/model"
	"fineprint/tui/screen/heatmap"
)

func open(t *testing.T, w, h int, style string) *deskfixture.Driver {
	t.Helper()
	s := &deskfixture.Driver{T: t}
	s.Start(deskfixture.NewStatic(), w, h, style)
	s.Keys("M")
	s.Shows("Heat map")
	return s
}

func TestCellIsNamedInWords(t *testing.T) {
	s := open(t, 120, 40, "dark")
	s.Shows("contract", "by name", "acceptance of terms: none found in 2 documents")
	s.Keys("l")
	s.Shows("arbitration: 1 clause, last changed 2026-02-01, reviewed as critical", "1 document not looked at yet, 3 platforms")
	s.Keys("j")
	s.Shows("Borealis · arbitration: none found in 1 document")
	s.Keys("j", "enter")
	s.Shows("Cyan · arbitration: not looked at yet", "Can't do that: this platform was not looked at yet")
	s.Keys("k", "enter")
	s.Shows("Can't do that: no such clause was found")
}

// TestNoneAndNotLookedAtDiffer: in every theme, by signs.
func TestNoneAndNotLookedAtDiffer(t *testing.T) {
	for _, style := range []string{"dark", "light", "ascii"} {
		s := open(t, 120, 40, style)
		rows := map[string]string{}
		for _, l := range s.Page() {
			for _, name := range []string{"Borealis", "Cyan"} {
				if strings.HasPrefix(strings.TrimSpace(l), name+"  ") {
					rows[name] = l
				}
			}
		}
		if strings.Contains(rows["Borealis"], "?") || !strings.Contains(rows["Cyan"], "? ") || rows["Borealis"] == "" {
			t.Errorf("%s: %q", style, rows)
		}
	}
}

func TestFamiliesArePagedWhereTheWindowIsNarrow(t *testing.T) {
	s := open(t, 80, 24, "dark")
	s.Shows("contract", "types 1-27 of 66")
	s.Keys("tab")
	s.Shows("data", "controller and contact")
	s.Keys("tab")
	s.Shows("conduct", "age requirement")
	s.Keys("tab", "shift+tab", "h")
	s.Shows("data", "breach notification")
	s.Size(200, 50)
	s.Shows("contract", "data", "conduct")
}

func TestPlatformsAreSortedAndFiltered(t *testing.T) {
	s := open(t, 120, 40, "dark")
	s.Keys("S")
	s.Shows("by material pending")
	s.Keys("/")
	s.Type("bor")
	s.Keys("enter")
	s.Shows("1 of 3 platforms", "Borealis · acceptance")
}

func TestCellOpensItsClausesAndTheyTheirHistory(t *testing.T) {
	s := open(t, 120, 40, "dark")
	s.Keys("l", "enter")
	s.Shows("Arbitration", "2 clauses", "You grant us a licence", "high in FP-R-000009")
	s.Keys("c")
	s.Shows("3 of 24 platforms")
	s.Keys("q", "enter")
	s.Shows("Clause history: ")
	s.Keys("q", "q")
	s.Shows("Heat map", "arbitration: 1 clause")
}

// slow is a desk whose types are still being recognised.
type slow struct{ deskfixture.Static }

func (slow) TypeMap(_ context.Context, progress func(done, total int)) (model.TypeMap, error) {
	progress(120, 343)
	return model.TypeMap{}, model.ErrBusy
}

func TestFailureIsNoEmptyMap(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(slow{deskfixture.NewStatic()}, 100, 30, "dark")
	s.Press("M")
	s.Shows("Counting clauses by type")
	s.Settle()
	s.Shows("The map of clause types can't be read")
}

// TestShortNamesTellTypesApart: every type has one of six letters, and no two have the same.
func TestShortNamesTellTypesApart(t *testing.T) {
	seen := map[string]string{}
	for _, k := range clausetype.Types {
		short := heatmap.Short(k.ID)
		low := short[:min(4, len(short))] // what a low window shows of it
		if !regexp.MustCompile(`^[a-z0-9 ]{3,6}$`).MatchString(short) || seen[low] != "" {
			t.Errorf("%s is %q, as %s", k.ID, short, seen[low])
		}
		seen[low] = k.ID
	}
	if !slices.ContainsFunc(clausetype.Types, func(k clausetype.Type) bool { return heatmap.Short(k.ID) == "arbitr" }) {
		t.Error("no short name is of the table")
	}
}
