package decide_test

import (
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store"
	"fineprint/store/model"
)

// shops is the queue with the identical changes selected: those of the five that wait.
func shops(t *testing.T, s *store.Store) *deskfixture.Driver {
	t.Helper()
	d := open(t, s, "ada")
	d.Keys("q", "/")
	answer(d, "plat:shop")
	d.Keys("*")
	return d
}

// judged has a change judged beforehand.
func judged(t *testing.T, s *store.Store, id model.ID, action model.Action, severity model.Severity) {
	t.Helper()
	sure, basis, summary := model.HighConfidence, model.Explicit, "Returns within 14 days."
	_, err := s.Decide(t.Context(), model.Decision{Change: id, Base: model.AnyRevision, Actor: "ada", Action: action,
		Severity: &severity, Confidence: &sure, Basis: &basis, Summary: &summary})
	if err != nil {
		t.Fatal(err)
	}
}

// TestPrecedentIsFollowedForAllIdenticalChanges: asked with y, one batch, one undo.
func TestPrecedentIsFollowedForAllIdenticalChanges(t *testing.T) {
	s := deskfixture.LikeStore(t)
	judged(t, s, "FP-C-000001", model.ActionApprove, model.Medium)
	d := shops(t, s)
	d.Keys("=")
	d.Shows("4 changes of 4 platforms", "same words: severity medium", "explicit, summary Returns",
		"Judge all 4 as FP-C-000001?")
	d.Keys("enter") // is no yes
	d.Shows("Judge all 4 as FP-C-000001?")
	d.Keys("y")
	d.Shows("4 changes: severity medium, confidence high, basis explicit, summary", "u undo")
	for _, id := range []model.ID{"FP-C-000002", "FP-C-000005"} {
		if r := review(t, s, id); r.State != model.Pending || r.Severity != model.Medium || r.Summary == "" {
			t.Errorf("%s: %+v", id, r)
		}
	}
	d.Keys("u")
	d.Shows("of 4 changes")
	if r := review(t, s, "FP-C-000003"); r.Severity != "" || r.Summary != "" {
		t.Errorf("after the undo: %+v", r)
	}
}

// TestPrecedentOfSeveralIsRefused where one is or would be grave, or the words differ.
func TestPrecedentOfSeveralIsRefused(t *testing.T) {
	s := deskfixture.LikeStore(t)
	judged(t, s, "FP-C-000001", model.ActionApprove, model.High)
	d := shops(t, s)
	d.Keys("=")
	d.Shows("Can't do that: Shop", "is or would be high, and what is high or critical is judged one by one")

	s = deskfixture.LikeStore(t)
	judged(t, s, "FP-C-000001", model.ActionApprove, model.Medium)
	judged(t, s, "FP-C-000004", model.ActionSet, model.Critical)
	d = shops(t, s)
	d.Keys("=")
	d.Shows("Can't do that: Shop 3 · Terms of Service is or would be critical")

	d = open(t, deskfixture.LikeStore(t), "ada")
	d.Keys("q", "ctrl+a", "=")
	d.Shows("Can't do that: those selected are not identical")
}

// TestOneSummaryForIdenticalChanges: written once, asked with y, one batch, one undo; what
// is not saved is there again.
func TestOneSummaryForIdenticalChanges(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := shops(t, s)
	d.Keys("s")
	d.Shows("One summary for 5 identical changes")
	d.Type("Returns within 14 days.")
	d.Keys("ctrl+d")
	d.Shows("Can't do that: approve them together from the list", "Returns within 14 days.")
	d.Keys("esc")
	d.Shows("Draft kept until you leave (s to continue)")
	d.Keys("s")
	d.Shows("Returns within 14 days.")
	d.Keys("enter")
	d.Shows("5 changes of 5 platforms", "Summary: Returns within 14 days.", "One summary for all 5 identical changes?")
	d.Keys("enter") // is no yes
	d.Shows("One summary for all 5 identical changes?")
	if r := review(t, s, "FP-C-000001"); r.Summary != "" {
		t.Errorf("unasked the summary is %q", r.Summary)
	}
	d.Keys("esc", "s")
	d.Shows("Returns within 14 days.")
	d.Keys("enter", "y")
	d.Shows("5 changes: summary", "u undo")
	for _, id := range []model.ID{"FP-C-000001", "FP-C-000005"} {
		if r := review(t, s, id); r.Summary != "Returns within 14 days." {
			t.Errorf("%s: %+v", id, r)
		}
	}
	d.Keys("u")
	d.Shows("Undone: summary of 5 changes")
	if r := review(t, s, "FP-C-000003"); r.Summary != "" {
		t.Errorf("after the undo it is %q", r.Summary)
	}
	d.Keys("s", "enter") // nothing is left of it
	d.Shows("Nothing written, nothing saved")
}

// TestSummaryOfSeveralIsRefused where one was judged high, or the words differ.
func TestSummaryOfSeveralIsRefused(t *testing.T) {
	s := deskfixture.LikeStore(t)
	judged(t, s, "FP-C-000004", model.ActionSet, model.High)
	d := shops(t, s)
	d.Keys("s")
	d.Shows("Can't do that: Shop 3 · Terms of Service is or would be high")
	d = open(t, deskfixture.LikeStore(t), "ada")
	d.Keys("q", "ctrl+a", "s")
	d.Shows("Can't do that: those selected are not identical")
}
