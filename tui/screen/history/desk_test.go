package history_test

import (
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
)

// TestClauseIsFollowedThroughAllVersions follows the clause under the reader's eyes through all
// versions, step by step, and opens a step's change.
func TestClauseIsFollowedThroughAllVersions(t *testing.T) {
	s := deskfixture.NewStore(t)
	acme := func(n int, text string) model.Capture {
		return model.Capture{Platform: "Acme \x1b]0;owned\x07Social", Type: "Terms of Service", Text: text,
			CapturedAt: time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC), Origin: model.Provenance{Method: model.MethodWeb}}
	}
	_, err := s.Record(t.Context(), []model.Capture{
		acme(9, strings.NewReplacer("16 years", "13 years", "30 days", "90 days").Replace(deskfixture.OldTerms)),
		acme(12, strings.NewReplacer("16 years", "21 years", "30 days", "90 days").Replace(deskfixture.OldTerms)),
	})
	if err != nil {
		t.Fatal(err)
	}
	d := deskfixture.OpenTerminal(t, s, 120, 30)
	d.Sees("FP-C-000001")
	d.Press("/", "acme", "enter")
	d.Sees("/ acme")
	d.Press("enter")
	d.Sees("Needs severity", "at least")
	d.Press("t")
	d.Sees("Clause history", "3 steps", "new: 2 material changes in 1 month", "4 versions; first seen 2026-03-01; still present", "2026-03-12",
		"FP-C-000004", "at least 21")
	d.Press("g")
	d.Sees("1/1 Added")
	d.Press("n")
	d.Sees("▌ You must be at least 16", "▌ You must be at least 13")
	d.Press("j")
	d.Sees("▌ You must be at least 13", "▌ You must be at least 21")
	d.Press("enter")
	d.Sees("FP-C-000004", "Needs severity")
}
