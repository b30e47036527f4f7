package archive_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/kv"
	"fineprint/store/model"
)

// remembered is how many documents the database has a Memory of.
func remembered(t *testing.T, s *store.Store) (n int) {
	t.Helper()
	err := storetest.DB(t, s).View(t.Context(), func(tx *kv.Tx) error {
		n = tx.Bucket(kv.BucketMemory).Stats().KeyN
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestDocumentsThatAreLetGoOfAreJudgedTheSame: whatever is kept between transactions,
// and after what is stored was detected again, which forgets what was remembered.
func TestDocumentsThatAreLetGoOfAreJudgedTheSame(t *testing.T) {
	for seed := range uint64(6) {
		list := randomHistory(rand.New(rand.NewPCG(seed, 2)))
		want := asRecorded(t, recordedInParts(t, list, len(list), 0))
		for _, keeps := range []int{0, 4000} {
			s := storetest.New(t, 0)
			s.Keep(keeps)
			for from := 0; from < len(list); from += 2 {
				if _, err := s.Record(t.Context(), list[from:min(from+2, len(list))]); err != nil {
					t.Fatal(err)
				}
				if from == 20 {
					if _, err := s.DetectAgain(t.Context(), store.DetectAgainOptions{}); err != nil || remembered(t, s) > 0 {
						t.Fatalf("detected again: %v, %d are remembered", err, remembered(t, s))
					}
				}
			}
			if err := s.SettleArchive(t.Context(), firstCommit); err != nil {
				t.Fatal(err)
			}
			if got := asRecorded(t, s); got != want {
				t.Fatalf("seed %d, keeping %d bytes:\n%s", seed, keeps, firstDifference(got, want))
			}
			if remembered(t, s) == 0 {
				t.Errorf("keeping %d bytes, nothing is remembered", keeps)
			}
			storetest.RequireConsistent(t, s)
		}
	}
}

// TestNextFetchNeedsNoOldTexts: what a document from the live web is judged by is kept
// with each version.
func TestNextFetchNeedsNoOldTexts(t *testing.T) {
	s := storetest.New(t, 0)
	for n, days := range []int{30, 60, 90} {
		c := storetest.Capture("Terms", storetest.Policy(days), n)
		c.Origin.Method = model.MethodWeb
		c.CapturedAt = storetest.Day0.Add(time.Duration(n) * 240 * time.Hour)
		if _, err := s.Record(t.Context(), []model.Capture{c}); err != nil {
			t.Fatal(err)
		}
	}
	if remembered(t, s) != 1 {
		t.Errorf("%d are remembered", remembered(t, s))
	}
}
