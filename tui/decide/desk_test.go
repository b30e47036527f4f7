package decide_test

import (
	"context"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
)

// TestDuplicatesAreDismissedAndUndoneTogether: three keys for five duplicates, one undo.
func TestDuplicatesAreDismissedAndUndoneTogether(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("by risk", "Zeta", "Shop ×5")
	d.Press("/", "plat:shop", "enter")
	d.Sees("5 shown", "≡5")
	d.Press("*")
	d.Sees("5 selected")
	d.Press("x")
	d.Sees("5 changes of 5 platforms, 5 material. Three of them at random:", "Dismiss because")
	d.Press("known pattern", "enter")
	d.Sees("dismiss, because known pattern: all 5?")
	d.Press("y")
	d.Sees("5 changes dismissed: known pattern", "u undo")
	if n := deskfixture.States(t, s)[model.Dismissed]; n != 5 {
		t.Fatalf("%d are dismissed", n)
	}
	d.Press("u")
	d.Sees("Undone: dismissal (known pattern) of 5 changes", "5 shown")
	if n := deskfixture.States(t, s)[model.Pending]; n != 6 {
		t.Errorf("%d are pending after the undo", n)
	}
}

// TestHighSeverityIsNotBulkApproved holds even when all is filled in.
func TestHighSeverityIsNotBulkApproved(t *testing.T) {
	s := deskfixture.LikeStore(t)
	sure, basis, summary := model.HighConfidence, model.Explicit, "Returns within 14 days."
	for n := range 5 {
		if _, err := s.Decide(t.Context(), model.Decision{Change: model.NewID("FP", model.ChangeID, uint64(n+1)),
			Base: model.AnyRevision, Actor: "ada", Action: model.ActionSet, Confidence: &sure, Basis: &basis,
			Summary: &summary}); err != nil {
			t.Fatal(err)
		}
	}
	d := deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("by risk", "Zeta")
	d.Press("/", "plat:shop", "enter")
	d.Sees("5 shown")
	d.Press("*", "3")
	d.Sees("severity high: all 5?")
	d.Press("y")
	d.Sees("5 changes: severity high")
	d.Press("a")
	d.Sees("approve: all 5?")
	d.Press("y")
	d.Sees("approve it by itself")
	if n := deskfixture.States(t, s)[model.Pending]; n != 6 {
		t.Errorf("%d are pending", n)
	}
}

// TestKnownPatternIsJudgedInTwoKeys: repeat, precedent, and what they leave to approve.
func TestKnownPatternIsJudgedInTwoKeys(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("by risk", "Zeta")
	d.Press("/", "plat:shop", "enter")
	d.Sees("5 shown")
	d.Press("enter")
	d.Sees("30", "14", "1 of 5")
	d.Press("2", "s")
	d.Sees("Summary in plain language")
	d.Press("Returns within 14 days, not 30.")
	d.Press("ctrl+d")
	d.Sees("approved as FP-R-000001 r1", "1 of 4",
		"same words: approved medium on ", "= reuse")
	d.Press("=") // shows what it would do, and waits
	d.Sees("Judge Shop 1 · Terms of Service as FP-C-000001?", "same words: severity medium", "a and approve")
	d.Press("a")
	d.Sees("FP-R-000002", "1 of 3")
	d.Press(".") // shows what it would do, and waits
	d.Sees("Repeat your last decision on Shop 2 · Terms of Service?", "severity medium, confidence high", "a and approve")
	d.Press("a")
	d.Sees("FP-R-000003", "1 of 2")
	// Faster than the store answers: each key hits the change it was meant for.
	d.Press("x", "noise", "enter", ".", "y")
	d.Sees("dismissed")
	d.Sees("No pending changes")
	d.Press("ctrl+c")
	d.Left()
	// Another run repeats what this one did last.
	d = deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("No pending changes")
	d.Press("/", "ctrl+u", "enter")
	d.Sees("by risk", "Zeta")
	d.Press(".")
	d.Sees("dismiss, because noise", "on Zeta · Terms of Service?")
	d.Press("y")
	d.Sees("Zeta · Terms of Service dismissed: noise")
	want := map[model.State]int{model.Approved: 3, model.Dismissed: 3, model.Pending: 0}
	got := deskfixture.States(t, s)
	for state, n := range want {
		if got[state] != n {
			t.Errorf("%d are %s, not %d", got[state], state, n)
		}
	}
}

// TestSummaryLeftUnsavedIsKeptAsDraft: what is typed and left, or lost with the desk, is there again.
func TestSummaryLeftUnsavedIsKeptAsDraft(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("by risk", "Zeta")
	d.Press("enter")
	d.Sees("1 of 6")
	d.Press("s")
	d.Sees("Summary in plain language")
	d.Press("Half a sentence")
	d.Waits(func() bool {
		drafts, err := s.Drafts(context.Background(), "ada")
		return err == nil && len(drafts) == 1 && drafts[0].Summary == "Half a sentence"
	})
	d.Press("ctrl+c", "ctrl+c")
	d.Left()
	again := deskfixture.OpenTerminal(t, s, 120, 40)
	again.Sees("1 of 6", "Draft    Half a sentence   s to continue") // where it was left, drafts announced
	again.Press("s")
	again.Sees("Half a sentence")
	again.Press(" and the rest", "enter")
	again.Sees("Summary  Half a sentence and the rest")
	if drafts, err := s.Drafts(context.Background(), "ada"); err != nil || len(drafts) != 0 {
		t.Errorf("drafts %v, %v", drafts, err)
	}
}

// TestStaleDecisionIsShownBesideTheirs: a decision made elsewhere is neither overwritten nor
// hidden, and one of the two is chosen knowingly.
func TestStaleDecisionIsShownBesideTheirs(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("by risk", "Zeta")
	d.Press("enter")
	d.Sees("1 of 6")
	page, err := s.Queue(t.Context(), model.QueueFilter{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	low := model.Low
	if _, err := s.Decide(t.Context(), model.Decision{Change: page.Changes[0].ID, Base: model.AnyRevision, Actor: "ben",
		Action: model.ActionSet, Severity: &low}); err != nil {
		t.Fatal(err)
	}
	d.Press("3")
	d.Sees("decided on elsewhere", "theirs: pending, severity low (ben", "yours:  severity high, not taken")
	d.Press("on top", "enter")
	d.Waits(func() bool {
		change, err := s.Change(context.Background(), page.Changes[0].ID)
		return err == nil && change.Review.Severity == model.High && len(change.History) == 2
	})
}

// TestRepeatTakesNobodyElsesValues: what a second reader repeats after a restart
// are never the author's values.
func TestRepeatTakesNobodyElsesValues(t *testing.T) {
	s := deskfixture.LikeStore(t)
	high, sure, basis, summary := model.High, model.HighConfidence, model.Explicit, "Returns within 14 days."
	for _, d := range []model.Decision{
		{Actor: "ben", Action: model.ActionSubmit, Severity: &high, Confidence: &sure, Basis: &basis,
			Summary: &summary},
		{Actor: "ada", Action: model.ActionSet, Severity: &high},
	} {
		d.Change, d.Base = "FP-C-000001", model.AnyRevision
		if _, err := s.Decide(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	d := deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("by risk", "Zeta")
	d.Press(".")
	d.Sees("Nothing to repeat")
}
