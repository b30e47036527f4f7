package store_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fineprint/store/kv/pagefile"
	"fineprint/store/model"
)

// past is a database as it was after each of many commits.
type past struct {
	versions [][]byte
	beside   map[string][]byte // the files beside it, as they are now
	size     int
	used     []uint64 // pages, as it is now
}

func newPast(t *testing.T) *past {
	t.Helper()
	s, err := store.Create(t.TempDir()+"/t.db", store.Options{Actor: "ada", Tool: "a tool", NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	p := &past{beside: map[string][]byte{}}
	keep := func() {
		raw, err := os.ReadFile(s.Path())
		if err != nil {
			t.Fatal(err)
		}
		p.versions = append(p.versions, raw)
	}
	for i := range 6 {
		var list []model.Capture
		for j := range 30 {
			list = append(list, storetest.Capture(fmt.Sprint("Terms ", i), storetest.Page(j), 1+j))
		}
		if _, err := s.Record(t.Context(), list); err != nil {
			t.Fatal(err)
		}
		keep()
		for j := range 12 {
			id := model.ID(fmt.Sprintf("FP-C-%06d", 29*i+2*j+1))
			if _, err := s.Decide(t.Context(), storetest.Approval(id)); err != nil {
				t.Fatal(err)
			}
		}
		keep()
	}
	for _, end := range []string{".id", ".head", ".pages"} {
		if p.beside[end], err = os.ReadFile(s.Path() + end); err != nil {
			t.Fatal(err)
		}
	}
	now := p.versions[len(p.versions)-1]
	f := pagefile.New(bytes.NewReader(now), int64(len(now)))
	m, _ := f.Newest()
	p.size = f.PageSize()
	reached, err := f.Walk(t.Context(), m, pagefile.Visitor{})
	if err != nil {
		t.Fatal(err)
	}
	for n := range m.Pages {
		if n > 1 && reached.Has(n) {
			p.used = append(p.used, n)
		}
	}
	return p
}

// misplaced is the file with pages of before, or others with their numbers corrected, in the place of some.
func (p *past) misplaced(r *rand.Rand) (raw []byte, what string) {
	raw = slices.Clone(p.versions[len(p.versions)-1])
	page := func(b []byte, n uint64) []byte { return b[int(n)*p.size : (int(n)+1)*p.size] }
	set := func(n uint64, b []byte) {
		copy(page(raw, n), b)
		binary.NativeEndian.PutUint64(page(raw, n), n)
	}
	for range 1 + r.IntN(2) {
		n, other := p.used[r.IntN(len(p.used))], p.used[r.IntN(len(p.used))]
		switch r.IntN(3) {
		case 0:
			if was := p.versions[r.IntN(len(p.versions))]; len(was) >= int(n+1)*p.size {
				what += fmt.Sprintf("page %d of before; ", n)
				copy(page(raw, n), page(was, n))
			}
		case 1:
			what += fmt.Sprintf("page %d over %d; ", other, n)
			set(n, page(raw, other))
		case 2:
			what += fmt.Sprintf("pages %d and %d swapped; ", other, n)
			was := slices.Clone(page(raw, n))
			set(n, page(raw, other))
			set(other, was)
		}
	}
	return raw, what
}

// reads are what commands and the desk read.
var reads = map[string]func(ctx context.Context, s *store.Store) error{
	"queue": func(ctx context.Context, s *store.Store) error {
		_, err := s.Queue(ctx, model.QueueFilter{AllState: true})
		return err
	},
	"learned": func(ctx context.Context, s *store.Store) error { return s.CatchUp(ctx, "ada") },
	"stats":   func(ctx context.Context, s *store.Store) error { _, err := s.Stats(ctx); return err },
	"platforms": func(ctx context.Context, s *store.Store) error {
		_, err := s.Platforms(ctx)
		return err
	},
	"change": func(ctx context.Context, s *store.Store) error { _, err := s.Change(ctx, "FP-C-000031"); return err },
	"precedents": func(ctx context.Context, s *store.Store) error {
		_, err := s.Precedents(ctx, "FP-C-000031", 5)
		return err
	},
	"records": func(ctx context.Context, s *store.Store) error {
		_, err := s.Records(ctx, model.RecordFilter{})
		return err
	},
	"journal":  func(ctx context.Context, s *store.Store) error { _, err := s.Journal(ctx, 1, 10_000); return err },
	"activity": func(ctx context.Context, s *store.Store) error { _, err := s.Activity(ctx, 100); return err },
	"agreement": func(ctx context.Context, s *store.Store) error {
		_, err := s.Agreement(ctx)
		return err
	},
	"tally": func(ctx context.Context, s *store.Store) error {
		_, err := s.Tally(ctx, model.TallyFilter{})
		return err
	},
	"check": func(ctx context.Context, s *store.Store) error { _, err := s.Check(ctx, nil); return err },
}

// TestReadingADamagedDatabaseEnds: with whatever pages of before, copies and swapped pages, sound each by
// itself, everything that is read ends, and where something may be missing that is known.
func TestReadingADamagedDatabaseEnds(t *testing.T) {
	p := newPast(t)
	rounds := 40
	if n, err := strconv.Atoi(os.Getenv("FINEPRINT_PAGES_ROUNDS")); err == nil {
		rounds = n
	}
	path := filepath.Join(t.TempDir(), "d.db")
	for seed := range rounds {
		raw, what := p.misplaced(rand.New(rand.NewPCG(uint64(seed), 8)))
		for end, b := range p.beside {
			if err := os.WriteFile(path+end, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(path, store.Options{Actor: "ada", Tool: "a tool"})
		if err != nil {
			if !errors.Is(err, model.ErrDamaged) {
				t.Errorf("seed %d: %s: %v", seed, what, err)
			}
			continue
		}
		if same := bytes.Equal(raw, p.versions[len(p.versions)-1]); (s.Integrity().Err() == nil) != same {
			t.Errorf("seed %d: %s: noticed is %v", seed, what, s.Integrity().Err())
		}
		for name, read := range reads {
			ended := make(chan error, 1)
			go func() { ended <- read(t.Context(), s) }()
			select {
			case err := <-ended:
				if err != nil && !errors.Is(err, model.ErrDamaged) && !errors.Is(err, model.ErrNotFound) {
					t.Errorf("seed %d: %s: %s: %v", seed, what, name, err)
				}
			case <-time.After(20 * time.Second):
				t.Fatalf("seed %d: %s: %s does not end", seed, what, name)
			}
		}
	}
}
