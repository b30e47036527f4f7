package views_test

import (
	"fineprint/store"
	"math/rand"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"fineprint/store/model"
)

// collection opens the database that FINEPRINT_COLLECTION names: an imported
// collection, as large as they are. It is only read.
func collection(tb testing.TB) *store.Store {
	tb.Helper()
	path := os.Getenv("FINEPRINT_COLLECTION")
	if path == "" {
		tb.Skip("FINEPRINT_COLLECTION names no database")
	}
	s, err := store.Open(path, store.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// TestClauseHistoriesOfACollectionAreRead follows clauses picked at random; how many
// FINEPRINT_CLAUSES sets.
func TestClauseHistoriesOfACollectionAreRead(t *testing.T) {
	s := collection(t)
	many := 500
	if n, err := strconv.Atoi(os.Getenv("FINEPRINT_CLAUSES")); err == nil {
		many = n
	}
	page, err := s.Queue(t.Context(), model.QueueFilter{AllState: true})
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewSource(7))
	var took []time.Duration
	steps := 0
	for len(took) < many {
		q := page.Changes[rng.Intn(len(page.Changes))]
		d, err := s.Change(t.Context(), q.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Change.Clauses) == 0 {
			continue
		}
		i, began := rng.Intn(len(d.Change.Clauses)), time.Now()
		h, err := s.ClauseHistory(t.Context(), q.ID, i)
		took = append(took, time.Since(began))
		if err != nil {
			t.Errorf("%s, clause %d: %v", q.ID, i, err)
			continue
		}
		steps += len(h.Steps)
		if os.Getenv("FINEPRINT_CLAUSES") == "" {
			continue
		}
		for _, problem := range anomalies(t, s, h) {
			t.Errorf("%s, clause %d: %s", q.ID, i, problem)
		}
	}
	slices.Sort(took)
	t.Logf("%d clauses, %d steps; p50 %v, p99 %v, longest %v", many, steps, took[many/2], took[many*99/100],
		took[many-1])
}

// BenchmarkCollection reads lists of a collection.
func BenchmarkCollection(b *testing.B) {
	s := collection(b)
	page, err := s.Queue(b.Context(), model.QueueFilter{AllState: true})
	if err != nil {
		b.Fatal(err)
	}
	for _, bench := range []struct {
		name string
		read func(i int) error
	}{
		{"queue", func(int) error { _, err := s.Queue(b.Context(), model.QueueFilter{Limit: 100}); return err }},
		{"platforms", func(int) error { _, err := s.Platforms(b.Context()); return err }},
		{"precedents", func(i int) error {
			_, err := s.Precedents(b.Context(), page.Changes[i%len(page.Changes)].ID, 10)
			return err
		}},
		{"generation", func(int) error { _, err := s.ChangeCounter(b.Context()); return err }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if err := bench.read(i); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
