package agreement_test

import (
	"testing"
	"time"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
)

// TestDisagreementsAreCountedAndOpened: how far two readers agree, and the change on which they don't.
func TestDisagreementsAreCountedAndOpened(t *testing.T) {
	s := deskfixture.NewStore(t)
	decide := func(change model.ID, actor string, edit func(*model.Decision)) {
		t.Helper()
		d := model.Decision{Change: change, Actor: actor, Base: model.AnyRevision, Action: model.ActionSet,
			At: time.Now()}
		edit(&d)
		if _, err := s.Decide(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	high, low, sure, basis, text := model.High, model.Low, model.HighConfidence, model.Explicit, "The age falls."
	for _, id := range []model.ID{"FP-C-000001", "FP-C-000002"} {
		decide(id, "ada", func(d *model.Decision) {
			d.Severity, d.Confidence, d.Basis, d.Summary = &high, &sure, &basis, &text
		})
		decide(id, "ada", func(d *model.Decision) { d.Action = model.ActionSubmit })
	}
	decide("FP-C-000001", "grace", func(d *model.Decision) { d.Severity = &low })
	decide("FP-C-000002", "grace", func(d *model.Decision) { d.Severity = &high })
	d := deskfixture.OpenTerminal(t, s, 100, 30)
	d.Sees("by risk")
	d.Press(":", "agreement", "enter")
	d.Sees("Agreement", "2 changes read twice", "the same severity 50 %", "Cohen's kappa", "Disagreements: 1",
		"FP-C-000001", "grace")
	d.Press("enter")
	d.Sees("FP-C-000001", "Status in review")
}
