package playbook_test

import (
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
)

func TestDeviationsAreListedByPosition(t *testing.T) {
	for _, style := range []string{"dark", "ascii"} {
		for _, width := range []int{60, 80, 120} {
			s := &deskfixture.Driver{T: t}
			s.Start(deskfixture.NewStatic(), width, 24, style)
			s.Palette("playbook")
			s.Shows("Playbook 2", "2 deviations in 3 documents", "retention: at most 12 months", "1 deviation, 1 platform", "18 months",
				"training: no training without opt-in", "nothing deviates", "We keep your data for 18 months.",
				"Expected  at most 12 months (high)", "clause 4 of FP-D-00001 version 3, captured 2026-03-09")
			s.Keys("tab")
			s.Shows("Of        model training licence", "Found     nothing in 3 documents that deviates")
			s.Keys("enter")
			s.Shows("Can't do that: no deviation here")
			s.Keys("tab")
			s.Shows("No clause of the document says so.", "enter opens it")
			s.Keys("shift+tab", "shift+tab")
			s.Shows("We keep your data for 18 months.")
		}
	}
}

// TestSavedPlaybookIsHeldAgainstDocuments: none is saved at first, and the screen tells how
// to come to one; then it shows what deviates in a real store, and the clause.
func TestSavedPlaybookIsHeldAgainstDocuments(t *testing.T) {
	s := deskfixture.NewStore(t)
	_, err := s.Record(t.Context(), []model.Capture{{Platform: "Keeper", Type: "Privacy Policy",
		CapturedAt: time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC),
		Text: "# Privacy\n\n## How long we keep your data\n\nWe retain your personal data for 36 months after your account " +
			"is closed.\n\n## Contact\n\nWrite to us about it.\n"}})
	if err != nil {
		t.Fatal(err)
	}
	open := func(d interface{ Press(...string) }) { d.Press(strings.Split(":playbook", "")...); d.Press("enter") }
	d := deskfixture.OpenTerminal(t, s, 100, 30)
	d.Sees("FP-C-000001")
	open(d)
	d.Sees("No playbook was saved", "fineprint playbook init")
	d.Press("q")
	_, err = s.SavePlaybook(t.Context(), []byte(`
[[position]]
name = "retention"
type = "data_retention"
expect = "at most 12 months"
severity = "high"
`))
	if err != nil {
		t.Fatal(err)
	}
	open(d)
	d.Sees("Playbook 1", "1 deviation in", "36 months", "(high)", "Of        data retention, in Keeper / Privacy Policy",
		"In        We retain your personal data for 36 months after your account is closed.")
	d.Press("enter")
	d.Sees("How long we keep your data")
}
