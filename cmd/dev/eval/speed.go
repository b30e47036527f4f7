package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"sync"
	"time"

	"fineprint/cmd/dev/detecteval"
	"fineprint/store/detect"
)

// pairs are all consecutive versions of the history that differ.
func (e *evaluation) pairs() []detecteval.Pair {
	var out []detecteval.Pair
	for _, h := range e.histories {
		last := ""
		for _, v := range h.Versions {
			if v.Text == "" {
				continue
			}
			if last != "" && v.Text != last {
				out = append(out, detecteval.Pair{Name: v.Commit + " " + v.Path, Old: last, New: v.Text})
			}
			last = v.Text
		}
	}
	return out
}

// timed is how long each of some pairs took.
type timed struct {
	name  string
	took  []time.Duration
	allot uint64 // bytes allocated in all
	count uint64 // allocations in all
}

// measure times f on each pair, on one core. The slowest fiftieth is timed twice
// more and the best kept, because a busy machine's pauses land there.
func measure(name string, pairs []detecteval.Pair, again bool, f func(detecteval.Pair)) timed {
	t := timed{name: name, took: make([]time.Duration, len(pairs))}
	once := func(i int) time.Duration {
		start := time.Now()
		f(pairs[i])
		return time.Since(start)
	}
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := range pairs {
		t.took[i] = once(i)
	}
	runtime.ReadMemStats(&after)
	t.allot, t.count = after.TotalAlloc-before.TotalAlloc, after.Mallocs-before.Mallocs
	if again {
		order := make([]int, len(pairs))
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(a, b int) int { return int(t.took[b] - t.took[a]) })
		for _, i := range order[:len(order)/50] {
			t.took[i] = min(t.took[i], once(i), once(i))
		}
	}
	return t
}

func (e *evaluation) report(t timed) {
	if len(t.took) == 0 {
		return
	}
	sorted := slices.Sorted(slices.Values(t.took))
	total := time.Duration(0)
	for _, d := range sorted {
		total += d
	}
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	n := len(sorted)
	e.printf("  %-34s %6d %8.2f %8.2f %8.2f %9.2f %9.2f", t.name, n, ms(sorted[n/2]), ms(sorted[n*9/10]),
		ms(sorted[n*99/100]), ms(sorted[n-1]), total.Seconds())
	if t.count > 0 {
		e.printf("  %8d %9.0f", t.count/uint64(n), float64(t.allot)/float64(n)/1024)
	}
	e.printf("\n")
}

// speed times the engine on one core beside git and a library.
func (e *evaluation) speed(ctx context.Context) error {
	pairs := e.pairs()
	if len(pairs) == 0 {
		e.skipped("speed", "no history given")
		return nil
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	e.title("speed", fmt.Sprintf("consecutive versions, texts in memory, one core; the slowest 2 %% timed thrice, "+
		"best kept; git and the library on %d of them, each at most 1 s", min(e.sample, len(pairs))))
	e.printf("  %-34s %6s %8s %8s %8s %9s %9s  %8s %9s\n", "", "pairs", "p50 ms", "p90 ms", "p99 ms", "max ms",
		"total s", "allocs", "KB")
	e.report(measure("detect.Compare, all", pairs, true, func(p detecteval.Pair) { detect.Compare(p.Old, p.New) }))
	var sample []detecteval.Pair
	for i := range min(e.sample, len(pairs)) {
		sample = append(sample, pairs[i*len(pairs)/min(e.sample, len(pairs))])
	}
	e.report(measure("detect.Compare, the sample", sample, true, func(p detecteval.Pair) { detect.Compare(p.Old, p.New) }))
	e.report(measure("sergi/go-diff over words", sample, false, func(p detecteval.Pair) {
		detecteval.LibraryWords(p.Old, p.New, time.Second)
	}))
	return e.gitDiff(ctx, sample)
}

// gitDiff times git's word diff of the pairs, and what starting it costs.
func (e *evaluation) gitDiff(ctx context.Context, pairs []detecteval.Pair) error {
	dir, err := os.MkdirTemp("", "fineprint-eval-*")
	if err != nil {
		return fmt.Errorf("making room for git's files: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	files := map[string]detecteval.GitWords{}
	for i, p := range append(slices.Clone(pairs), detecteval.Pair{Name: "empty", Old: "a\n", New: "b\n"}) {
		g := detecteval.GitWords{Dir: filepath.Join(dir, fmt.Sprint(i))}
		if err := errors.Join(os.Mkdir(g.Dir, 0o700), g.Write(p.Old, p.New)); err != nil {
			return fmt.Errorf("writing git's files: %w", err)
		}
		files[p.Name] = g
	}
	var failed error
	diff := func(p detecteval.Pair) {
		if _, err := files[p.Name].Run(ctx); err != nil {
			failed = err
		}
	}
	t := measure("git diff --histogram --word-diff", pairs, false, diff)
	t.count = 0 // another process's are not ours
	e.report(t)
	t = measure("  of it, to start git (two words)", slices.Repeat([]detecteval.Pair{{Name: "empty"}}, 40), false, diff)
	t.count = 0
	e.report(t)
	return failed
}

// pathological times inputs that naive comparisons take seconds for.
func (e *evaluation) pathological(context.Context) error {
	e.title("pathological", "best of three; peak: the heap above what was there, sampled each ms; allocated: in "+
		"all, which no peak can exceed")
	e.printf("  %-40s %9s %9s %12s %8s %10s\n", "", "ms", "peak MB", "allocated MB", "clauses", "material")
	for _, p := range detecteval.Hard() {
		best, peak, allocated := time.Hour, uint64(0), uint64(0)
		var r detect.Result
		for range 3 {
			took, high, all := heaviest(func() { r = detect.Compare(p.Old, p.New) })
			best, peak, allocated = min(best, took), max(peak, high), all
		}
		material := r.Counts.Added + r.Counts.Removed + r.Counts.Modified + r.Counts.Moved
		e.printf("  %-40s %9.1f %9.1f %12.1f %8d %10d\n", p.Name, float64(best.Microseconds())/1000, float64(peak)/(1<<20),
			float64(allocated)/(1<<20), len(r.Clauses), material)
	}
	return nil
}

// heaviest runs f and returns how long it took, how far the heap grew and how much
// was allocated.
func heaviest(f func()) (took time.Duration, peak, allocated uint64) {
	debug.FreeOSMemory()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	base, before := sample[0].Value.Uint64(), sample[1].Value.Uint64()
	stop := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		for {
			metrics.Read(s)
			if now := s[0].Value.Uint64(); now > base {
				peak = max(peak, now-base)
			}
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
			}
		}
	})
	start := time.Now()
	f()
	took = time.Since(start)
	close(stop)
	watching.Wait()
	metrics.Read(sample)
	return took, peak, sample[1].Value.Uint64() - before
}
