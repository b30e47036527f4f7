package ranking_test

import (
	"errors"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store/insight/ranking"
	"fineprint/store/model"
)

func TestTrainingKeepsEachExampleOnce(t *testing.T) {
	s := storetest.New(t, 6)
	list := []ranking.Judged{
		{Change: "FP-C-000001", Label: ranking.Material, Severity: model.High},
		{Change: "FP-C-000002", Label: ranking.Immaterial},
		{Change: "FP-C-000001", Label: ranking.Material, Severity: model.Low}, // the later one counts
		{Change: "FP-C-000999", Label: ranking.Immaterial},
		{Commit: "00ff", Path: "Nobody/Terms.md", Label: ranking.Capture},
	}
	first, err := s.Train(t.Context(), list)
	if err != nil || first.Examples != 2 || first.Known != 0 || first.Unmatched != 2 || first.Entry == 0 {
		t.Fatalf("%+v, %v", first, err)
	}
	again, err := s.Train(t.Context(), list)
	if err != nil || again.Examples != 0 || again.Known != 2 || again.Entry != 0 {
		t.Errorf("once more: %+v, %v", again, err)
	}
	other, err := s.Train(t.Context(), []ranking.Judged{{Change: "FP-C-000001", Label: ranking.Immaterial}})
	if err != nil || other.Examples != 1 {
		t.Errorf("judged otherwise: %+v, %v", other, err)
	}
	storetest.RequireConsistent(t, s)
}

func TestTrainingRefusesWhatIsNoExample(t *testing.T) {
	s := storetest.New(t, 2)
	for _, j := range []ranking.Judged{
		{Change: "FP-C-000001", Label: "important"}, {Label: ranking.Material}, {Commit: "00ff", Label: ranking.Material},
		{Change: "FP-C-000001", Label: ranking.Material, Severity: "huge"},
	} {
		if _, err := s.Train(t.Context(), []ranking.Judged{j}); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%+v: %v", j, err)
		}
	}
	storetest.RequireConsistent(t, s)
}
