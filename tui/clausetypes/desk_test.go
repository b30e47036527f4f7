package clausetypes_test

import (
	"slices"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
)

// TestTypesAreCorrectedByOneKey: read in the review, changed, taken back, and left as they
// were where nothing was changed.
func TestTypesAreCorrectedByOneKey(t *testing.T) {
	s := deskfixture.NewStore(t)
	d := deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("Acme", "Pending")
	d.Press("enter")
	d.Sees("13 years")
	ref := model.ClauseRef{Change: "FP-C-000001", Clause: 1}
	before, err := s.ClauseTypes(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	d.Press("Y")
	d.Sees("Clause types")
	d.Press("esc")
	d.Press("Y")
	d.Sees("Clause types", "suggested, ")
	d.Press("takedown", "enter", "esc")
	d.Sees("Takedown of infringing content", "to undo")
	page, err := s.Queue(t.Context(), model.QueueFilter{AllState: true})
	if err != nil {
		t.Fatal(err)
	}
	corrected := func() (n int) {
		for _, c := range page.Changes {
			for clause := 1; ; clause++ {
				got, err := s.ClauseTypes(t.Context(), model.ClauseRef{Change: c.ID, Clause: clause})
				if err != nil {
					return n
				}
				if got.By == model.TypesCorrected && slices.Contains(got.Types, "takedown") {
					n++
				}
			}
		}
		return n
	}
	if corrected() == 0 {
		t.Error("nothing was written")
	}
	d.Press("u")
	d.Sees("undone")
	after, err := s.ClauseTypes(t.Context(), ref)
	if err != nil || corrected() != 0 || !slices.Equal(before.Types, after.Types) {
		t.Errorf("after the undo: %+v %v", after, err)
	}
}
