package storetest_test

import (
	"os"
	"runtime"
	"strconv"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/model"
)

func TestManyMakesPendingChanges(t *testing.T) {
	s, err := store.Open(storetest.Many(t, 250), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	page, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil || page.Total != 250 {
		t.Fatalf("%d pending, %v", page.Total, err)
	}
	material, groups := 0, 0
	for _, q := range page.Changes {
		if q.Material {
			material++
		}
		if q.DuplicateCount > 1 {
			groups++
		}
	}
	if material < 200 || material == 250 || groups < 100 {
		t.Errorf("%d are material, %d alike others", material, groups)
	}
	report, err := s.Check(t.Context(), nil)
	if err != nil || len(report.Problems) > 0 {
		t.Errorf("it is not whole: %v, %v", report.Problems, err)
	}
}

// many is how many pending changes the benchmarks have; FINEPRINT_MANY sets
// otherwise.
func many() int {
	if n, err := strconv.Atoi(os.Getenv("FINEPRINT_MANY")); err == nil {
		return n
	}
	return 50_000
}

// BenchmarkMany reads lists of a store with 50,000 pending changes. live-MB is
// what stays in memory while the result is held.
func BenchmarkMany(b *testing.B) {
	s, err := store.Open(storetest.Many(b, many()), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	ctx := b.Context()
	queue := func(f model.QueueFilter) func() (any, error) {
		return func() (any, error) { return s.Queue(ctx, f) }
	}
	for _, bench := range []struct {
		name string
		read func() (any, error)
	}{
		{"queue/first 100", queue(model.QueueFilter{Limit: 100})},
		{"queue/page 200", queue(model.QueueFilter{Offset: 20_000, Limit: 100})},
		{"queue/whole", queue(model.QueueFilter{})},
		{"platforms", func() (any, error) { return s.Platforms(ctx) }},
		{"precedents", func() (any, error) { return s.Precedents(ctx, "FP-C-000007", 5) }},
		{"clause history", func() (any, error) { return s.ClauseHistory(ctx, "FP-C-000050", 0) }},
		{"generation", func() (any, error) { return s.ChangeCounter(ctx) }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			var held any
			for b.Loop() {
				if held, err = bench.read(); err != nil {
					b.Fatal(err)
				}
			}
			b.StopTimer()
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.HeapAlloc)/1e6, "live-MB")
			runtime.KeepAlive(held)
		})
	}
}
