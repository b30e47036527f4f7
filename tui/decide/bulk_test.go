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
