package views_test

import (
	"errors"
	"fineprint/cmd/dev/storetest"
	"testing"

	"fineprint/store/model"
)

func TestCompareVersionsComparesAnyTwoInBothOrders(t *testing.T) {
	s := storetest.New(t, 6)
	for _, pair := range [][2]int{{1, 4}, {4, 1}, {2, 3}, {5, 5}} {
		d, err := s.CompareVersions(t.Context(), "FP-D-00001", pair[0], pair[1])
		if err != nil {
			t.Fatal(err)
		}
		if d.OldText != storetest.Page(pair[0]-1) || d.NewText != storetest.Page(pair[1]-1) ||
			d.FromMeta.Seq != pair[0] || d.Change.To.Seq != pair[1] || d.Change.ID != "" ||
			d.Review.Revision != 0 || d.Row.State != model.Pending {
			t.Errorf("%v: got %+v", pair, d)
		}
		if same := pair[0] == pair[1]; (len(d.Change.Clauses) == 0) != same || d.Change.Material == same ||
			d.Row.Counts != d.Change.Counts {
			t.Errorf("%v: %d clauses differ", pair, len(d.Change.Clauses))
		}
	}
	stored, err := s.Change(t.Context(), "FP-C-000002")
	if err != nil {
		t.Fatal(err)
	}
	// How likely a reader calls it material the history before says, which isn't looked at.
	stored.Change.Suggested.Probability, stored.Change.Suggested.Evidence = 0, nil
	again, err := s.CompareVersions(t.Context(), "FP-D-00001", 2, 3)
	if err != nil || asJSON(t, again.Change.Clauses) != asJSON(t, stored.Change.Clauses) || asJSON(t,
		again.Change.Suggested) != asJSON(t, stored.Change.Suggested) {
		t.Errorf("not what detection found when it was recorded: %+v, %v", again.Change, err)
	}
	for _, seq := range []int{0, 7, -1} {
		if _, err := s.CompareVersions(t.Context(), "FP-D-00001", 1, seq); !errors.Is(err, model.ErrNotFound) {
			t.Errorf("version %d: %v", seq, err)
		}
	}
}
