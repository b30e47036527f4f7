package tui_test

import (
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store"
	"fineprint/store/model"
)

// ripen gives a change all that an approval needs.
func ripen(t *testing.T, s *store.Store, actor string, action model.Action) {
	t.Helper()
	high, sure, basis, summary := model.High, model.HighConfidence, model.Explicit, "Returns within 14 days."
	if _, err := s.Decide(t.Context(), model.Decision{Change: "FP-C-000006", Base: model.AnyRevision, Actor: actor,
		Action: action, Severity: &high, Confidence: &sure, Basis: &basis, Summary: &summary}); err != nil {
		t.Fatal(err)
	}
}

// goTo opens the change that ripen is about.
func goTo(s *deskfixture.Driver) {
	s.Keys(":")
	s.Type("go FP-C-000006")
	s.Keys("enter")
	s.Shows("FP-C-000006")
}

// TestWhatWasUndoneIsNotRepeated: a judgement that was taken back comes back by no key.
func TestWhatWasUndoneIsNotRepeated(t *testing.T) {
	store := deskfixture.LikeStore(t)
	s := &deskfixture.Driver{T: t}
	s.Start(store, 120, 30, "dark")
	s.Keys("4")
	s.Shows(": severity critical", "u undo")
	s.Keys("u")
	s.Shows("Undone: severity critical")
	s.Keys("down", ".")
	s.Shows("Nothing to repeat: your last decision was undone")
	page, err := store.Queue(t.Context(), model.QueueFilter{AllState: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range page.Changes {
		if c.Severity != "" {
			t.Errorf("%s is %s", c.ID, c.Severity)
		}
	}
}

// TestSecondReaderIsAskedAboutAnotherReading: who read a change otherwise than its author
// approves it by an answer, never by the key alone.
func TestSecondReaderIsAskedAboutAnotherReading(t *testing.T) {
	store := deskfixture.LikeStore(t)
	ripen(t, store, "ben", model.ActionSubmit)
	s := &deskfixture.Driver{T: t}
	s.Start(store, 120, 30, "dark")
	goTo(s)
	s.Keys("2", "a")
	s.Shows("You read medium, ben high", "y approve as high", "t contest")
	if n := deskfixture.States(t, store)[model.Approved]; n != 0 {
		t.Fatal("approved without an answer")
	}
	s.Keys("y")
	s.Shows("approved as FP-R-000001")
}

// TestListAndReviewAskForTheSame: an approval needs the same wherever its key is pressed,
// and is asked about in both places.
func TestListAndReviewAskForTheSame(t *testing.T) {
	store := deskfixture.LikeStore(t)
	s := &deskfixture.Driver{T: t}
	s.Start(store, 120, 30, "dark")
	const lacks = "Set a severity and write a summary to approve"
	s.Keys("a")
	s.Shows(lacks)
	goTo(s)
	s.Keys("a")
	s.Shows(lacks)
	ripen(t, store, "ada", model.ActionSet)
	s.Start(store, 120, 30, "dark")
	goTo(s)
	s.Keys("a")
	s.Shows("Approve Zeta · Terms of Service as high?")
	s.Keys("n", "esc", "a")
	s.Shows("Approve Zeta · Terms of Service as high?")
	s.Keys("y")
	s.Shows("approved as FP-R-000001")
}

// TestLettersInARowTakeNothingBack: the second undo in a row goes on with values only.
func TestLettersInARowTakeNothingBack(t *testing.T) {
	store := deskfixture.LikeStore(t)
	s := &deskfixture.Driver{T: t}
	s.Start(store, 120, 30, "dark")
	ripen(t, store, "ada", model.ActionSet)
	goTo(s)
	s.Keys("a", "y", "2", "u")
	s.Shows("Undone: severity medium")
	s.Keys("u")
	s.Shows("Undo approval of ")
	if n := deskfixture.States(t, store)[model.Approved]; n != 1 {
		t.Error("the approval is taken back unasked")
	}
}
