package archive_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

// mottoes are versions of a document with a motto in one place and fees in another.
func mottoes(mottos ...string) []model.Capture {
	var list []model.Capture
	for i, motto := range mottos {
		text := "# Terms\n\nYou agree to these terms of use.\n\n## Motto of the day\n\n" + motto +
			"\n\n## Fees\n\nYou pay what the list says, within 30 days.\n"
		if i == 3 {
			text += "\nWe may charge more than that.\n"
		}
		list = append(list, model.Capture{Platform: "Acme", Type: "Terms of Service", Text: text,
			CapturedAt: time.Date(2026, time.Month(i+1), 1, 0, 0, 0, 0, time.UTC),
			Origin:     model.Provenance{Method: model.MethodFile}})
	}
	return list
}

func recorded(t *testing.T, captures []model.Capture) *store.Store {
	t.Helper()
	s := storetest.New(t, 0)
	if _, err := s.Record(t.Context(), captures); err != nil {
		t.Fatal(err)
	}
	return s
}

// verdicts lists the changes as "number: material or the reason", the oldest first.
func verdicts(t *testing.T, s *store.Store) string {
	t.Helper()
	page, err := s.Queue(t.Context(), model.QueueFilter{AllState: true})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, c := range page.Changes {
		verdict := string(c.Reason)
		if c.Material {
			verdict = "material"
		}
		list = append(list, fmt.Sprintf("%d %s", c.ID.Number(), verdict))
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

const allMaterial = "1 material, 2 material, 3 material, 4 material"

func TestARuleFoldsItsPlaceInTheWholeHistoryAndAfterIt(t *testing.T) {
	all := mottoes("Be kind", "Be glad", "Be quick", "Be still", "Be good", "Be here")
	s := recorded(t, all[:5])
	if got := verdicts(t, s); got != allMaterial {
		t.Fatalf("before: %s", got)
	}
	q := model.PlaceRuleRequest{Rule: model.RuleFold, Change: "FP-C-000001", Clause: 1}
	p, err := s.PreviewPlaceRule(t.Context(), q)
	if err != nil || p.Clauses != 4 || len(p.Changes) != 2 || len(p.Sentences) != 0 {
		t.Fatalf("%+v, %v", p, err)
	}
	if got := verdicts(t, s); got != allMaterial {
		t.Fatalf("a preview changed something: %s", got)
	}
	made, err := s.AddPlaceRule(t.Context(), q)
	if err != nil || made.Rule.ID != "FP-U-000001" || !slices.Equal(made.Changes, p.Changes) {
		t.Fatalf("%+v, %v", made, err)
	}
	want := "1 churn, 2 churn, 3 material, 4 material" // 3 and 4 add and take a sentence elsewhere
	if got := verdicts(t, s); got != want {
		t.Fatalf("with the rule: %s, want %s", got, want)
	}
	if _, err := s.Record(t.Context(), all[5:]); err != nil {
		t.Fatal(err)
	}
	if got := verdicts(t, s); got != want+", 5 churn" {
		t.Fatalf("what came later: %s", got)
	}
	if again, err := s.DetectAgain(t.Context(), store.DetectAgainOptions{}); err != nil || again.Folded+again.Raised > 0 {
		t.Fatalf("detecting again: %+v, %v", again, err)
	}
	if _, err := s.RemovePlaceRule(t.Context(), "FP-U-000001"); err != nil {
		t.Fatal(err)
	}
	if got := verdicts(t, s); got != allMaterial+", 5 material" {
		t.Fatalf("without it: %s", got)
	}
	if report, err := s.Check(t.Context(), nil); err != nil || len(report.Problems) > 0 {
		t.Fatalf("%v, %v", report.Problems, err)
	}
}

func TestARuleFoldsSentencesOnlyWhenItWasMadeTo(t *testing.T) {
	s := recorded(t, mottoes("You must be kind today.", "You must be glad today.", "You must be quick today."))
	q := model.PlaceRuleRequest{Rule: model.RuleFold, Change: "FP-C-000001", Clause: 1}
	p, err := s.AddPlaceRule(t.Context(), q)
	if err != nil || len(p.Changes) > 0 || len(p.Sentences) != 3 && len(p.Sentences) != 2 {
		t.Fatalf("%+v, %v", p, err)
	}
	if !slices.Contains(p.Sentences, "You must be quick today.") {
		t.Errorf("the preview names %q", p.Sentences)
	}
	if got := verdicts(t, s); got != "1 material, 2 material" {
		t.Fatalf("without sentences: %s", got)
	}
	q.Sentences = true
	if p, err = s.AddPlaceRule(t.Context(), q); err != nil || len(p.Changes) != 2 {
		t.Fatalf("%+v, %v", p, err)
	}
	if got := verdicts(t, s); got != "1 churn, 2 churn" {
		t.Fatalf("with sentences: %s", got)
	}
	// A rule that keeps is stronger.
	if _, err := s.AddPlaceRule(t.Context(), model.PlaceRuleRequest{Rule: model.RuleKeep, Change: "FP-C-000002",
		Clause: 1}); err != nil {
		t.Fatal(err)
	}
	if got := verdicts(t, s); got != "1 material, 2 material" {
		t.Fatalf("kept: %s", got)
	}
	rules, err := s.PlaceRules(t.Context())
	if err != nil || len(rules) != 3 || rules[1].Sentences != true || rules[2].Rule != model.RuleKeep ||
		rules[0].Place != "between 'Motto of the day' and 'Fees'" || rules[0].Document != "FP-D-00001" {
		t.Errorf("%+v, %v", rules, err)
	}
}

func TestARuleLeavesDecisionsAlone(t *testing.T) {
	s := recorded(t, mottoes("Be kind", "Be glad", "Be quick"))
	if _, err := s.Decide(t.Context(), model.Decision{Change: "FP-C-000001", Base: model.AnyRevision,
		Action: model.ActionDismiss, Reason: "a motto"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddPlaceRule(t.Context(), model.PlaceRuleRequest{Rule: model.RuleFold, Change: "FP-C-000002",
		Clause: 1}); err != nil {
		t.Fatal(err)
	}
	if got := verdicts(t, s); got != "1 material, 2 churn" {
		t.Errorf("%s", got)
	}
}

func TestRulesThatCannotBeMade(t *testing.T) {
	s := recorded(t, mottoes("Be kind", "Be glad"))
	for _, c := range []struct {
		q    model.PlaceRuleRequest
		want error
	}{
		{model.PlaceRuleRequest{Rule: "hide", Change: "FP-C-000001", Clause: 1}, model.ErrInvalid},
		{model.PlaceRuleRequest{Rule: model.RuleFold, Change: "FP-C-000001", Clause: 0}, model.ErrInvalid},
		{model.PlaceRuleRequest{Rule: model.RuleFold, Change: "FP-C-000001", Clause: 2}, model.ErrInvalid},
		{model.PlaceRuleRequest{Rule: model.RuleFold, Change: "FP-C-000009", Clause: 1}, model.ErrNotFound},
	} {
		if _, err := s.AddPlaceRule(t.Context(), c.q); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v", c.q, err)
		}
		if _, err := s.PreviewPlaceRule(t.Context(), c.q); !errors.Is(err, c.want) {
			t.Errorf("preview of %+v: %v", c.q, err)
		}
	}
	if _, err := s.RemovePlaceRule(t.Context(), "FP-U-000001"); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("removing what isn't there: %v", err)
	}
	if rules, err := s.PlaceRules(t.Context()); err != nil || rules == nil || len(rules) > 0 {
		t.Errorf("%v, %v", rules, err)
	}
}
