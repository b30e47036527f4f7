package upkeep_test

import (
	"context"
	"fmt"
	"math/rand"
	randv2 "math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/insight/upkeep"
	"fineprint/store/model"
)

// TestKilledWhileIndexingLosesNothing kills a process that indexes, and makes the index
// again, in slices of a few texts: what has a number keeps it, no number is given twice,
// and the clauses are the same as when it is done in one go.
func TestKilledWhileIndexingLosesNothing(t *testing.T) {
	if path := os.Getenv("FINEPRINT_TEST_INDEX"); path != "" {
		fmt.Println("ready")
		indexForever(path)
		return
	}
	const n = 40
	var captures []model.Capture
	for i, text := range versions(randv2.New(randv2.NewPCG(7, 18)), n) {
		captures = append(captures, storetest.Capture("Terms", text, i), storetest.Capture("Privacy", text[:len(text)*2/3], i))
	}
	killed, whole := recorded(t, captures), recorded(t, captures)
	index(t, whole, store.UpkeepOptions{})
	rng := rand.New(rand.NewSource(18))
	told, interrupted := 0, 0
	numbered := map[string][]model.ID{}
	for i := 0; i < storetest.Kills() || told == 0 && i < 100; i++ {
		_, slices := storetest.Kill(t, rng, "TestKilledWhileIndexingLosesNothing", "FINEPRINT_TEST_INDEX="+killed.Path())
		told += slices
		if behind, err := killed.Behind(t.Context()); err != nil {
			t.Fatal(err)
		} else if behind > 0 {
			interrupted++
		}
		if i%4 == 0 {
			storetest.RequireConsistent(t, killed)
		}
		numbered = kept(t, numbered, ids(t, killed, n))
	}
	index(t, killed, store.UpkeepOptions{})
	got := ids(t, killed, n)
	kept(t, numbered, got)
	if !same(got, ids(t, whole, n)) {
		t.Error("indexed in between kills the clauses are other ones")
	}
	if got, want := searched(t, killed), searched(t, whole); !slices.Equal(got, want) {
		t.Errorf("indexed in between kills, search finds\n%q\nand not\n%q", got, want)
	}
	storetest.RequireConsistent(t, killed)
	t.Logf("%d slices acknowledged; %d kills left documents behind", told, interrupted)
	if told == 0 {
		t.Error("no slice was acknowledged: nothing was tested")
	}
}

func recorded(t *testing.T, captures []model.Capture) *store.Store {
	t.Helper()
	s, err := store.Create(filepath.Join(t.TempDir(), "t.db"), store.Options{Actor: "ada", NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Record(t.Context(), captures); err != nil {
		t.Fatal(err)
	}
	return s
}

// kept checks that clauses have the numbers that they had, and that none is of two
// documents.
func kept(t *testing.T, before, now map[string][]model.ID) map[string][]model.ID {
	t.Helper()
	documents := map[model.ID]string{}
	for key, list := range now {
		for i, id := range list {
			if id == "" {
				continue
			}
			document, _, _ := splitKey(key)
			if other := documents[id]; other != "" && other != document {
				t.Fatalf("%s is a clause of %s and %s", id, other, document)
			}
			documents[id] = document
			if was := before[key]; i < len(was) && was[i] != "" && was[i] != id {
				t.Fatalf("clause %d of %s was %s and is %s", i+1, key, was[i], id)
			}
		}
	}
	for key, list := range before {
		if i := slices.Index(now[key], ""); i >= 0 && i < len(list) && list[i] != "" {
			t.Fatalf("clause %d of %s was %s and has no number", i+1, key, list[i])
		}
	}
	return now
}

// searched is what some queries find, but for the clauses' numbers.
func searched(t *testing.T, s *store.Store) (list []string) {
	t.Helper()
	for _, query := range []string{"payment", "content partners", `"may be kept"`, "part* location in:past", "mail -days heading:data"} {
		found, err := s.Search(t.Context(), model.SearchRequest{Query: query, Limit: 1000})
		if err != nil {
			t.Fatal(err)
		}
		from := len(list)
		for _, h := range found.Hits {
			list = append(list, fmt.Sprint(query, ": ", found.Total, " ", h.Document, h.Heading, h.Snippet, h.Marks, h.FirstSeen,
				h.LastSeen, h.Current, h.Same, h.Score))
		}
		slices.Sort(list[from:])
	}
	return list
}

func splitKey(key string) (document string, at int64, err error) {
	_, err = fmt.Sscan(key, &document, &at)
	return document, at, err
}

// indexForever prints each slice that was reported as on disk.
func indexForever(path string) {
	upkeep.CutSmall()
	s, err := store.Open(path, store.Options{NoSync: true})
	o := store.UpkeepOptions{Progress: func(done, _ int) { fmt.Println("took FP-D-00001", done) }}
	for err == nil {
		_, err = s.Upkeep(context.Background(), o)
		o.Rebuild = true
	}
	fmt.Println(err)
	os.Exit(1)
}
