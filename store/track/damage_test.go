package track_test

import (
	"encoding/json"
	"errors"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

const golden = "../testdata/schema-2.db.gz"

// TestDamagedTrackingIsRefused: of a damaged database what is tracked is the same
// as before, or an error; and nothing is tracked or untracked on damage that it
// needs.
func TestDamagedTrackingIsRefused(t *testing.T) {
	list := func(s *store.Store) (string, error) {
		rows, err := s.Tracking(t.Context())
		if err != nil {
			return "", err
		}
		b, err := json.Marshal(rows)
		return string(b), err
	}
	want, err := list(storetest.Golden(t, golden))
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	storetest.EachDamage(t, golden, 5, func(s *store.Store, d storetest.Damage) {
		got, err := list(s)
		if err == nil && d.How == "flipped" && got != want {
			t.Errorf("%s: tracked is\n%s", d, got)
		}
		_, known := s.TrackedDocument(t.Context(), "FP-D-00004")
		_, tracked := s.Track(t.Context(), []model.TrackRequest{
			{Platform: "Penwick", Type: "Privacy Policy",
				Source: model.Source{URL: "https://penwick.example/other"}, IgnoreRobots: true},
			{Platform: "Newcomer", Type: "Terms", Source: model.Source{URL: "https://newcomer.example/"}}})
		untracked := s.Untrack(t.Context(), []model.ID{"FP-D-00004", "FP-D-00005"})
		for _, err := range []error{err, known, tracked, untracked} {
			if err != nil {
				refused++
			}
			if err != nil && !errors.Is(err, model.ErrDamaged) &&
				!(d.How == "deleted" && errors.Is(err, model.ErrNotFound)) {
				t.Errorf("%s: %v", d, err)
			}
		}
	})
	if refused < 20 {
		t.Errorf("only %d were refused", refused)
	}
}

func TestTrackingNeedsAnAddressAndNames(t *testing.T) {
	s := storetest.Golden(t, golden)
	for _, r := range []model.TrackRequest{{Platform: "A", Type: "T"}, {Type: "T", Source: model.Source{URL: "u"}},
		{Platform: "A", Source: model.Source{URL: "u"}},
		{Platform: "A", Type: "T", Source: model.Source{URL: "u"}, Every: -1}} {
		if _, err := s.Track(t.Context(), []model.TrackRequest{r}); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%+v: %v", r, err)
		}
	}
	if err := s.Untrack(t.Context(), []model.ID{"FP-D-00001"}); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("untracking what is not tracked: %v", err)
	}
	if _, err := s.TrackedDocument(t.Context(), "FP-D-00001"); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("reading what is not tracked: %v", err)
	}
}
