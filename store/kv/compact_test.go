package kv_test

import (
	"bufio"
	"context"
	"fineprint/cmd/dev/storetest"
	"fineprint/store"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"fineprint/store/kv"
	"fineprint/store/model"
)

// loose makes a store whose pages are mostly unused.
func loose(t *testing.T) *store.Store {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("an open file can't be replaced there")
	}
	s := storetest.New(t, 3)
	rng := rand.New(rand.NewSource(6))
	for i := range 20 {
		var batch []model.Capture
		for d := range 25 {
			c := storetest.Capture(fmt.Sprintf("Document %d", d),
				fmt.Sprintf("%x\n\n%s", rng.Perm(2000)[:300], storetest.Page(i)), i)
			c.Technical = true
			batch = append(batch, c)
		}
		if _, err := s.Record(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
	}
	for _, do := range []func(b *bolt.Bucket, key []byte) error{
		func(b *bolt.Bucket, key []byte) error { return b.Put(key, make([]byte, 3000)) },
		func(b *bolt.Bucket, key []byte) error { return b.Delete(key) },
	} {
		err := storetest.DB(t, s).Update(t.Context(), func(tx *kv.Tx) error {
			for i := range 1000 {
				if err := do(tx.Bucket(kv.BucketDesk), kv.Key(1<<40+uint64(i))); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestCompactIfWastefulLosesNothing(t *testing.T) {
	s := loose(t)
	if _, err := s.Decide(t.Context(), storetest.Approval("FP-C-000001")); err != nil {
		t.Fatal(err)
	}
	all := func() []any {
		q, err := s.Queue(t.Context(), model.QueueFilter{AllState: true})
		if err != nil {
			t.Fatal(err)
		}
		lines, err := s.Journal(t.Context(), 0, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		records, err := s.Records(t.Context(), model.RecordFilter{})
		if err != nil {
			t.Fatal(err)
		}
		text, err := s.Text(t.Context(), "FP-D-00009", 13)
		if err != nil {
			t.Fatal(err)
		}
		return []any{q, lines, records, text}
	}
	size := func() int64 {
		info, err := os.Stat(s.Path())
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	want, before := all(), size()
	if err := s.CompactIfWasteful(t.Context()); err != nil {
		t.Fatal(err)
	}
	after := size()
	if after > before*4/5 {
		t.Errorf("%d bytes before, %d after", before, after)
	}
	if !reflect.DeepEqual(all(), want) {
		t.Error("the compacted store tells something else")
	}
	if err := s.CompactIfWasteful(t.Context()); err != nil || size() != after {
		t.Errorf("tidying again: %d bytes, was %d; %v", size(), after, err)
	}
	// IDs go on where they were.
	if o, err := s.Record(t.Context(), []model.Capture{storetest.Capture("New", storetest.Page(1),
		0)}); err != nil || o[0].Document != "FP-D-00027" {
		t.Errorf("%+v, %v", o, err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(s.Path()), ".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestCompactBesideOthersLosesNoDecision compacts while other openings of the file decide and
// read: no decision may end up in the file that was replaced.
func TestCompactBesideOthersLosesNoDecision(t *testing.T) {
	s, err := store.Open(loose(t).Path(), store.Options{LockWait: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	defer wg.Wait()
	defer stop()
	revisions := make([]atomic.Int64, 2)
	for w := range revisions {
		other, err := store.Open(s.Path(), store.Options{LockWait: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		wg.Go(func() {
			id := model.NewID("FP", model.ChangeID, uint64(w+1))
			for i := 0; ctx.Err() == nil; i++ {
				r, err := other.Decide(context.Background(),
					model.Decision{Change: id, Base: i, Actor: "ada", Action: model.ActionSet,
						Summary: storetest.Ptr(fmt.Sprint(i))})
				if err != nil {
					t.Error(err)
					return
				}
				if d, err := other.Change(context.Background(), id); err != nil || d.Review.Revision != r.Revision {
					t.Errorf("decision %d of %s reads as %d, %v", r.Revision, id, d.Review.Revision, err)
					return
				}
				revisions[w].Store(int64(r.Revision))
			}
		})
	}
	for i := 0; i < 15 || !t.Failed() && (revisions[0].Load() == 0 || revisions[1].Load() == 0); i++ {
		if _, _, err := s.Compact(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	stop()
	wg.Wait()
	for w := range revisions {
		id, want := model.NewID("FP", model.ChangeID, uint64(w+1)), int(revisions[w].Load())
		if d, err := s.Change(t.Context(), id); err != nil || d.Review.Revision != want {
			t.Errorf("%s: revision %d, was told %d; %v", id, d.Review.Revision, want, err)
		}
	}
}

// TestKilledWhileCompactingLosesNothing kills a process that compacts in a loop.
func TestKilledWhileCompactingLosesNothing(t *testing.T) {
	if path := os.Getenv("FINEPRINT_TEST_COMPACT"); path != "" {
		s, err := store.Open(path, store.Options{})
		for err == nil {
			fmt.Println("compacting")
			_, _, err = s.Compact(context.Background())
		}
		fmt.Println(err)
		os.Exit(1)
	}
	s := loose(t)
	want, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want.DBBytes = 0
	for i := range 12 {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledWhileCompactingLosesNothing$")
		cmd.Env = append(os.Environ(), "FINEPRINT_TEST_COMPACT="+s.Path())
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for lines.Scan() && lines.Text() != "compacting" {
			t.Log(lines.Text())
		}
		time.Sleep(time.Duration(i*7) * time.Millisecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		got, err := s.Stats(t.Context())
		if got.DBBytes = 0; err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("kill %d: %+v, want %+v; %v", i, got, want, err)
		}
	}
	if _, _, err := s.Compact(t.Context()); err != nil {
		t.Error(err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(s.Path()), ".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
