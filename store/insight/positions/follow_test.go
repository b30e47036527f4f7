package positions_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
)

// save saves a playbook and brings what is kept in step.
func save(t *testing.T, s *store.Store, file string) {
	t.Helper()
	if _, err := s.SavePlaybook(t.Context(), []byte(file)); err != nil {
		t.Fatal(err)
	}
	if err := s.KeepDeviations(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// flagged lists the versions whose changes have deviations.
func flagged(t *testing.T, s *store.Store) (seqs []int) {
	t.Helper()
	for seq, names := range deviations(t, s) {
		if names != "" {
			seqs = append(seqs, seq)
		}
	}
	slices.Sort(seqs)
	return seqs
}

// deviating lists the clauses that deviate now.
func deviating(t *testing.T, s *store.Store) (clauses []int) {
	t.Helper()
	r, err := s.CheckSavedPlaybook(t.Context(), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Deviations {
		clauses = append(clauses, d.Clause)
	}
	return clauses
}

const gate = "Any dispute between you and the orchard is settled by binding arbitration before one arbitrator, who may keep " +
	"the award for 18 months, and in no court of any place unless a consumer chooses the small claims court."

// TestCorrectedTypesCount holds that a clause counts as the types that a person said it
// is of, in documents as they are and in changes, whether that was said before a playbook
// was saved or after, and until it is undone.
func TestCorrectedTypesCount(t *testing.T) {
	s := recorded(t, policy("6 months"), policy("18 months"), policy("18 months")+"## Arbitration\n\n"+gate+"\n")
	document, err := s.DocumentNamed(t.Context(), "Acme", "Privacy Policy")
	if err != nil {
		t.Fatal(err)
	}
	save(t, s, file)
	holds := func(when string, clauses, seqs []int) {
		t.Helper()
		if got := deviating(t, s); !slices.Equal(got, clauses) {
			t.Errorf("%s: clauses %v deviate, not %v", when, got, clauses)
		}
		if got := flagged(t, s); !slices.Equal(got, seqs) {
			t.Errorf("%s: changes to versions %v are flagged, not %v", when, got, seqs)
		}
	}
	holds("at first", []int{3}, []int{2})
	text, _ := s.Text(t.Context(), document.ID, 3)
	last := strings.Count(strings.TrimSpace(text), "\n\n") + 1
	garden := model.ClauseRef{Document: document.ID, Seq: 3, Clause: last}
	kept := model.ClauseRef{Document: document.ID, Seq: 3, Clause: 3}
	set := func(ref model.ClauseRef, types ...string) {
		t.Helper()
		if _, err := s.SetTypes(t.Context(), ref, types, "anna"); err != nil {
			t.Fatal(err)
		}
	}
	set(garden, "data_retention")
	holds("said to be of the type", []int{3, last}, []int{2, 3})
	set(kept, "api_limits")
	holds("said to be of another", []int{last}, []int{3})
	set(kept)
	holds("said to be of none", []int{last}, []int{3})
	save(t, s, strings.Replace(file, "12 months", "13 months", 1))
	holds("under another playbook", []int{last}, []int{3})
	for range 2 {
		if _, err := s.UndoTypes(t.Context(), kept, "anna"); err != nil {
			t.Fatal(err)
		}
	}
	holds("undone", []int{3, last}, []int{2, 3})
	page, _ := s.Queue(t.Context(), model.QueueFilter{AllState: true})
	for _, c := range page.Changes {
		list, err := s.ChangeDeviations(t.Context(), c.ID)
		if err != nil || len(list) != 1 {
			t.Errorf("%s: %v, %v", c.ID, list, err)
		}
	}
	storetest.RequireConsistent(t, s)
}

// TestAbsentClausesByCorrection holds that a clause that should not be there is one where a
// person says so, without its telling words, and none where he says it is another.
func TestAbsentClausesByCorrection(t *testing.T) {
	s := recorded(t, policy("6 months"), policy("6 months")+gate+"\n")
	document, _ := s.DocumentNamed(t.Context(), "Acme", "Privacy Policy")
	save(t, s, "[[position]]\ntype = \"class_action_waiver\"\nexpect = \"absent\"\n")
	if got := flagged(t, s); got != nil {
		t.Errorf("at first %v", got)
	}
	text, _ := s.Text(t.Context(), document.ID, 2)
	ref := model.ClauseRef{Document: document.ID, Seq: 2, Clause: strings.Count(strings.TrimSpace(text), "\n\n") + 1}
	if _, err := s.SetTypes(t.Context(), ref, []string{"class_action_waiver"}, "anna"); err != nil {
		t.Fatal(err)
	}
	if got := flagged(t, s); !slices.Equal(got, []int{2}) || !slices.Equal(deviating(t, s), []int{ref.Clause}) {
		t.Errorf("said to be one: %v, %v", got, deviating(t, s))
	}
}

// TestDeviationsAreFoundAgainAfterDetection ages the verdicts of changes, and detects them
// again; a rule for a place that folds a change, and its end, are followed as well.
func TestDeviationsAreFoundAgainAfterDetection(t *testing.T) {
	s := recorded(t, policy("6 months"), policy("18 months"), policy("24 months"))
	age(t, s)
	save(t, s, file)
	if got := flagged(t, s); got != nil {
		t.Fatalf("aged: %v", got)
	}
	if _, err := s.DetectAgain(t.Context(), store.DetectAgainOptions{DryRun: true}); err != nil || flagged(t, s) != nil {
		t.Errorf("a dry run: %v", err)
	}
	if _, err := s.DetectAgain(t.Context(), store.DetectAgainOptions{}); err != nil {
		t.Fatal(err)
	}
	if got := flagged(t, s); !slices.Equal(got, []int{2, 3}) {
		t.Errorf("detected again: %v", got)
	}
	page, _ := s.Queue(t.Context(), model.QueueFilter{AllState: true})
	r, err := s.AddPlaceRule(t.Context(), model.PlaceRuleRequest{Rule: model.RuleFold, Change: page.Changes[0].ID, Clause: 1,
		Sentences: true})
	if err != nil || len(r.Changes) == 0 {
		t.Fatal(r, err)
	}
	if got := flagged(t, s); got != nil {
		t.Errorf("under a rule: %v", got)
	}
	if _, err := s.RemovePlaceRule(t.Context(), r.Rule.ID); err != nil {
		t.Fatal(err)
	}
	if got := flagged(t, s); !slices.Equal(got, []int{2, 3}) {
		t.Errorf("without the rule: %v", got)
	}
	storetest.RequireConsistent(t, s)
}

// age makes every change look as if an algorithm of long ago had folded it.
func age(t *testing.T, s *store.Store) {
	t.Helper()
	err := storetest.DB(t, s).Update(context.Background(), func(tx *kv.Tx) error {
		heads, err := rows.Heads(tx)
		if err != nil {
			return err
		}
		for _, h := range heads {
			var row rows.Change
			if _, err := kv.GetRow(tx, kv.BucketRow, kv.Key(h.N), &row); err != nil {
				return err
			}
			row.Algorithm, row.Material, row.Reason = 1, false, string(model.ReasonCase)
			if err := rows.PutChange(tx, h.N, row, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
