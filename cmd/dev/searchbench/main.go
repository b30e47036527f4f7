// Command searchbench measures search and compare on a database: the CPU time that queries
// of real words take with their snippets, and what the process holds.
//
//	go run ./cmd/dev/searchbench -db pga.db
//
// With -generate it first makes a database of so many distinct clauses out of the
// sentences of another, shuffled, through recording and indexing as everything else is:
//
//	go run ./cmd/dev/searchbench -db million.db -generate 1000000 -from contrib.db
//
// With -points it measures instead how often the clause that is most like a quote is of the
// same case, each quote of a file of ToS;DR points among all others.
//
// It is for whoever changes the index, and for no test.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"time"

	"fineprint/cmd/dev/devtool"
	"fineprint/store"
	"fineprint/store/kv"
	"fineprint/store/model"
	"fineprint/store/rows"
	"fineprint/store/text/clause"
)

func main() { devtool.Main("searchbench", run) }

func run(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("searchbench", flag.ContinueOnError)
	f.SetOutput(out)
	db := f.String("db", "", "the database that is searched")
	generate := f.Int("generate", 0, "make it first, with so many clauses")
	from := f.String("from", "", "the database whose sentences they are made of")
	points := f.String("points", "", "a file of ToS;DR points")
	queries := f.Int("queries", 500, "how many queries")
	limit := f.Int("limit", 0, "of memory, in MB, beyond which garbage is collected harder")
	percent := f.Int("gc", 100, "how much garbage is let be, in percent of what is held: an open desk has 30")
	profile := f.String("profile", "", "where to write a CPU profile of the queries")
	seed := f.Uint64("seed", 1, "of what is drawn")
	if err := f.Parse(args); err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(*seed, 18))
	switch {
	case *points != "":
		return samePoints(ctx, *points, out)
	case *db == "":
		return errors.New("say -db FILE")
	case *generate > 0:
		if err := made(ctx, *db, *from, *generate, rng, out); err != nil {
			return err
		}
	}
	if *profile != "" {
		p, err := os.Create(*profile)
		if err != nil {
			return err
		}
		defer func() { _ = p.Close() }()
		if err := pprof.StartCPUProfile(p); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	if *limit > 0 {
		debug.SetMemoryLimit(int64(*limit) << 20)
	}
	debug.SetGCPercent(*percent)
	return measure(ctx, *db, *queries, rng, out)
}

// measure runs queries and comparisons.
func measure(ctx context.Context, path string, n int, rng *rand.Rand, out io.Writer) error {
	all, err := sentences(ctx, path, 20_000)
	if err != nil {
		return err
	}
	s, err := store.Open(path, store.Options{})
	if err != nil {
		return err
	}
	debug.FreeOSMemory()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	begin := devtool.ProcessCPU()
	first, err := s.Search(ctx, model.SearchRequest{Query: "arbitration"})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "first query, with opening: %.1f ms CPU, %d hits\n", ms(devtool.ProcessCPU()-begin), first.Total)
	kinds := map[string][]time.Duration{}
	var ids []model.ID
	hits := 0
	for range n {
		q, kind := query(all[rng.IntN(len(all))], rng)
		begin := devtool.ProcessCPU()
		found, err := s.Search(ctx, model.SearchRequest{Query: q})
		took := devtool.ProcessCPU() - begin
		if err != nil {
			return fmt.Errorf("%s: %w", q, err)
		}
		kinds[kind], kinds["all"] = append(kinds[kind], took), append(kinds["all"], took)
		hits += found.Total
		if len(found.Hits) > 0 {
			ids = append(ids, found.Hits[rng.IntN(len(found.Hits))].Clause)
		}
	}
	kinds["later"] = slices.Clone(kinds["all"][n/5:]) // most texts are known by then
	for _, kind := range []string{"words", "phrase", "prefix", "all", "later"} {
		report(out, kind, kinds[kind])
	}
	fmt.Fprintf(out, "%.0f hits a query\n", float64(hits)/float64(n))
	memory(out)
	var compared []time.Duration
	for _, id := range ids[:min(len(ids), n/4)] {
		begin := devtool.ProcessCPU()
		if _, err := s.Compare(ctx, model.CompareRequest{Clause: id}); err != nil {
			return err
		}
		compared = append(compared, devtool.ProcessCPU()-begin)
	}
	report(out, "compare", compared)
	memory(out)
	runtime.KeepAlive(s)
	return nil
}

// memory tells what the process holds.
func memory(out io.Writer) {
	resident, own := status("VmRSS")>>20, status("RssAnon")>>20
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Fprintf(out, "resident %d MB, of it memory %d MB, where %d MB are held; at most %d MB\n", resident, own,
		m.HeapAlloc>>20, status("VmHWM")>>20)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func report(out io.Writer, what string, list []time.Duration) {
	if len(list) == 0 {
		return
	}
	slices.Sort(list)
	at := func(q float64) float64 { return ms(list[min(len(list)-1, int(q*float64(len(list))))]) }
	fmt.Fprintf(out, "%-8s n %d: p50 %.2f, p90 %.2f, p99 %.2f, most %.2f ms CPU\n", what, len(list), at(0.5), at(0.9), at(0.99),
		ms(list[len(list)-1]))
}

// query makes one of a sentence: some of its words, a phrase, or a word that is begun.
func query(sentence string, rng *rand.Rand) (q, kind string) {
	words := strings.FieldsFunc(sentence, func(r rune) bool { return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z') })
	if len(words) < 5 {
		return "arbitration", "words"
	}
	pick := func() string { return words[rng.IntN(len(words))] }
	switch rng.IntN(10) {
	case 0, 1, 2:
		n := 2 + rng.IntN(2)
		at := rng.IntN(len(words) - n)
		return `"` + strings.Join(words[at:at+n], " ") + `"`, "phrase"
	case 3, 4, 5:
		w := pick()
		q = `"` + w[:min(len(w), 3+rng.IntN(3))] + `*"`
		if rng.IntN(2) == 0 {
			q += ` "` + pick() + `"`
		}
		return q, "prefix"
	}
	for range 1 + rng.IntN(4) {
		q += ` "` + pick() + `"`
	}
	return q, "words"
}

// sentences reads some of the sentences of the newest texts.
func sentences(ctx context.Context, path string, most int) (list []string, err error) {
	db, err := kv.Open(path, kv.Options{})
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	err = db.View(ctx, func(tx *kv.Tx) error {
		c := tx.Bucket(kv.BucketDocument).Cursor()
		for k, _ := c.First(); k != nil && len(list) < most; k, _ = c.Next() {
			d, err := rows.GetDocument(tx, kv.KeyNumber(k))
			if err != nil {
				return err
			}
			if d.Good == 0 {
				continue
			}
			_, text, err := rows.VersionAndText(tx, kv.KeyNumber(k), d.Good)
			if err != nil {
				return err
			}
			split := clause.Split(text)
			for i := range split.Clauses {
				for s := range strings.SplitSeq(split.Visible(i), ". ") {
					if len(s) > 30 && len(s) < 400 && !seen[s] && ctx.Err() == nil {
						seen[s] = true
						list = append(list, s)
					}
				}
			}
		}
		return ctx.Err()
	})
	if err == nil && len(list) == 0 {
		err = errors.New("there are no sentences in it")
	}
	return list, err
}

const (
	clausesADocument   = 400
	documentsAPlatform = 5
)

// made makes a database of n clauses.
func made(ctx context.Context, path, from string, n int, rng *rand.Rand, out io.Writer) error {
	all, err := sentences(ctx, from, 400_000)
	if err != nil {
		return err
	}
	s, err := store.Create(path, store.Options{Actor: "searchbench", NoSync: true})
	if err != nil {
		return err
	}
	var batch []model.Capture
	for doc := 0; doc*clausesADocument < n; doc++ {
		var b strings.Builder
		for i := range clausesADocument {
			if i%8 == 0 {
				words := strings.Fields(all[rng.IntN(len(all))])
				fmt.Fprintf(&b, "## %d. %s\n\n", i/8+1, strings.Join(words[:min(4, len(words))], " "))
				continue
			}
			for range 1 + rng.IntN(3) {
				b.WriteString(all[rng.IntN(len(all))] + ". ")
			}
			b.WriteString("\n\n")
		}
		platform := doc / documentsAPlatform
		batch = append(batch, model.Capture{Platform: fmt.Sprintf("Platform %04d", platform),
			Type: fmt.Sprintf("Terms %d", doc%documentsAPlatform), Text: b.String(),
			CapturedAt: time.Date(2026, 1, 1, 0, doc, 0, 0, time.UTC), Origin: model.Provenance{Method: model.MethodFile}})
		if len(batch) == 50 || (doc+1)*clausesADocument >= n {
			if _, err := s.Record(ctx, batch); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	size := func() int64 {
		info, err := os.Stat(path)
		if err != nil {
			return 0
		}
		return info.Size()
	}
	before, begin := size(), devtool.ProcessCPU()
	r, err := s.Upkeep(ctx, store.UpkeepOptions{})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "indexed %d clauses of %d documents, clauses followed and all: %.1f CPU s, %.1f MB more than %.1f MB, "+
		"at most %d MB resident\n", r.Clauses, r.Documents, (devtool.ProcessCPU() - begin).Seconds(),
		float64(size()-before)/1e6, float64(before)/1e6, status("VmHWM")>>20)
	return nil
}

// status returns a line of the process's status in bytes, 0 on systems without one.
func status(line string) int {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for l := range strings.Lines(string(text)) {
		if name, value, _ := strings.Cut(l, ":"); name == line {
			n, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(value), " kB"))
			return n << 10
		}
	}
	return 0
}
