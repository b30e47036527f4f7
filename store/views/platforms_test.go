package views_test

import (
	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fineprint/store/model"
)

// clocked makes an empty database whose clock stands.
func clocked(t *testing.T, now time.Time) *store.Store {
	t.Helper()
	s, err := store.Create(filepath.Join(t.TempDir(), "t.db"), store.Options{Actor: "ada",
		Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { storetest.RequireConsistent(t, s) })
	return s
}

func TestPlatformsAreCountedAndSorted(t *testing.T) {
	s := clocked(t, time.Date(2028, 1, 1, 0, 0, 0, 0, time.UTC))
	record := func(platform, text string, at time.Time) {
		t.Helper()
		c := storetest.Capture("Terms", text, 0)
		c.Platform, c.CapturedAt = platform, at
		if _, err := s.Record(t.Context(), []model.Capture{c}); err != nil {
			t.Fatal(err)
		}
	}
	record("Bee", storetest.Page(0), time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))
	record("Bee", storetest.Page(1), time.Date(2026, 3, 31, 23, 59, 0, 0, time.UTC)) // a month too early
	record("Bee", storetest.Page(2), time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC))
	record("Bee", storetest.Page(3), time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC))
	record("Bee", storetest.Page(3)+"\n", time.Date(2027, 3, 8, 0, 0, 0, 0, time.UTC)) // immaterial
	record("Cat", storetest.Page(0), time.Date(2027, 3, 9, 0, 0, 0, 0, time.UTC))      // the newest capture
	fetched := time.Date(2027, 3, 2, 8, 0, 0, 0, time.UTC)
	for i, kind := range []string{"Terms", "Privacy"} {
		source := model.Source{URL: "https://bee.example/" + kind}
		if _, err := s.Track(t.Context(), []model.TrackRequest{{Platform: "Bee", Type: kind,
			Source: source}}); err != nil {
			t.Fatal(err)
		}
		rows, err := s.Tracking(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(rows, func(r model.TrackedRow) bool { return r.Type == kind })
		if _, err := s.RecordFetch(t.Context(), rows[at].Tracked, nil,
			func(h model.Health, _ model.Outcome) model.Health {
				h.LastAttempt, h.LastSuccess, h.Failures = fetched.AddDate(0, 0, i), fetched.AddDate(0, 0, -i), i
				return h
			}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Decide(t.Context(), storetest.Approval("FP-C-000001")); err != nil {
		t.Fatal(err)
	}
	rows, err := s.Platforms(t.Context())
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	bee := rows[0]
	if bee.Slug != "bee" || bee.Documents != 2 || bee.Pending != 3 || bee.MaterialPending != 2 ||
		bee.MaterialTotal != 3 || bee.Failing != 1 || !bee.LastFetched.Equal(fetched) {
		t.Errorf("got %+v", bee)
	}
	if want := []int{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}; !slices.Equal(bee.Activity, want) {
		t.Errorf("activity %v, want %v", bee.Activity, want)
	}
	days := make([]int, model.ActivityDays)
	days[21], days[28] = 1, 1 // eight days and one day before the newest capture
	if !slices.Equal(bee.Days, days) || !bee.AsOf.Equal(time.Date(2027, 3, 9, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("days %v as of %v, want %v", bee.Days, bee.AsOf, days)
	}
	if other := rows[1]; len(other.Activity) != model.ActivityMonths || other.MaterialTotal != 0 ||
		!other.LastFetched.IsZero() {
		t.Errorf("got %+v", other)
	}
}

// TestDaysEndWhenTheStoreWasLastWrittenOrLooked: what is fetched and found as it was moves
// the days on, a capture dated after now does not.
func TestDaysEndWhenTheStoreWasLastWrittenOrLooked(t *testing.T) {
	s := clocked(t, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	var newest time.Time
	capture := func(platform string, page int, at time.Time) {
		t.Helper()
		c := storetest.Capture("Terms", storetest.Page(page), 0)
		c.Platform, c.CapturedAt = platform, at
		if _, err := s.Record(t.Context(), []model.Capture{c}); err != nil {
			t.Fatal(err)
		}
		rows, err := s.Platforms(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if !r.AsOf.Equal(newest) {
				t.Errorf("as of %v, want %v", r.AsOf, newest)
			}
		}
	}
	newest = time.Date(2025, 1, 1, 23, 59, 0, 0, time.UTC)
	capture("Acme", 0, newest)
	newest = time.Date(2025, 1, 2, 0, 0, 0, 0, time.UTC)
	capture("Acme", 1, newest)
	newest = time.Date(2025, 1, 20, 0, 0, 0, 0, time.UTC)
	capture("Acme", 1, newest) // as it was
	capture("Bee", 0, time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC))
	rows, err := s.Platforms(t.Context())
	if err != nil || len(rows) != 2 || rows[0].Slug != "acme" {
		t.Fatalf("%v, %v", rows, err)
	}
	if days := rows[0].Days; days[11] != 1 {
		t.Errorf("days %v, want a change 18 days before the last", days)
	}
}

func TestChangeCounterDiffersAfterEveryWrite(t *testing.T) {
	s := storetest.New(t, 3)
	seen := map[uint64]string{}
	note := func(what string) {
		t.Helper()
		g, err := s.ChangeCounter(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if before, ok := seen[g]; ok {
			t.Errorf("the generation after %s is that after %s", what, before)
		}
		seen[g] = what
	}
	note("making it")
	other, err := store.Open(s.Path(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Decide(t.Context(), storetest.Approval("FP-C-000001")); err != nil {
		t.Fatal(err)
	}
	note("a decision by another")
	if _, err := other.Track(t.Context(), []model.TrackRequest{{Platform: "Acme", Type: "Terms",
		Source: model.Source{URL: "https://acme.example/terms"}}}); err != nil {
		t.Fatal(err)
	}
	note("tracking")
	tracked, err := other.TrackedDocument(t.Context(), "FP-D-00001")
	if err != nil {
		t.Fatal(err)
	}
	// A fetch that finds nothing new adds nothing to the journal.
	if _, err := other.RecordFetch(t.Context(), tracked, nil, func(h model.Health, _ model.Outcome) model.Health {
		h.LastAttempt = storetest.Day0
		return h
	}); err != nil {
		t.Fatal(err)
	}
	note("a fetch without news")
	if _, _, err := other.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	note("compacting")
	if _, err := s.Queue(t.Context(), model.QueueFilter{}); err != nil {
		t.Fatal(err)
	}
	before := len(seen)
	g, err := s.ChangeCounter(t.Context())
	if err != nil || seen[g] == "" || len(seen) != before {
		t.Errorf("reading made another generation: %v", err)
	}
}
