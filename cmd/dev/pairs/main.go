// Command pairs measures what comparing two versions of a document costs: over every
// consecutive pair of versions of an Open Terms Archive's repository, the CPU time that
// its thread takes for the comparison and the likeness of the change, as an import does
// both.
//
//	go run ./cmd/dev/pairs -repo contrib.git
//	go run ./cmd/dev/pairs -repo contrib.git -beside 1000
//
// Every Nth pair is compared by git's word diff and by a library as well, when asked to.
// The collector is off while a pair is compared and works between pairs: what it costs
// is the importer's to say (an import prints it), and would land on any pair. What is
// allocated is printed. On systems without CPU times of a thread it is the clock's.
//
// It is for whoever changes the engine, and for no test.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"runtime/pprof"
	"strings"
	"time"

	"fineprint/cmd/dev/detecteval"
	"fineprint/cmd/dev/devtool"
	"fineprint/fetch/ota"
	"fineprint/store/detect"
	"fineprint/store/text/similar"
)

func main() { devtool.Main("pairs", run) }

// options are what the command line asks for.
type options struct {
	repo, match   string
	every, beside int
	limit         time.Duration
	slowest       int
	profile       string
}

func parse(args []string, out io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("pairs", flag.ContinueOnError)
	f.SetOutput(out)
	f.StringVar(&o.repo, "repo", "", "the repository of versions: a git directory, bare or not")
	f.StringVar(&o.match, "match", "", "only documents whose Service/Type matches this")
	f.IntVar(&o.every, "every", 1, "compare only every Nth pair")
	f.IntVar(&o.beside, "beside", 0, "on every Nth pair that is compared run git's word diff and a library as well")
	f.DurationVar(&o.limit, "limit", time.Second, "after which the library stops refining")
	f.IntVar(&o.slowest, "slowest", 10, "how many of the slowest pairs to name")
	f.StringVar(&o.profile, "cpuprofile", "", "write a CPU profile of the comparisons to this file")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if o.repo == "" || o.every < 1 || o.beside < 0 {
		return o, errors.New("-repo DIR names the repository; -every is from 1 on, -beside from 0")
	}
	if _, err := path.Match(o.match, ""); err != nil {
		return o, fmt.Errorf("-match: %w", err)
	}
	return o, nil
}

func run(ctx context.Context, args []string, out io.Writer) error {
	o, err := parse(args, out)
	if err != nil {
		return err
	}
	m := &measurement{options: o, last: map[string]string{}}
	if o.beside > 0 {
		dir, err := os.MkdirTemp("", "fineprint-pairs-*")
		if err != nil {
			return fmt.Errorf("making room for git's files: %w", err)
		}
		defer func() { _ = os.RemoveAll(dir) }()
		m.words.Dir = dir
	}
	if o.profile != "" {
		f, err := os.Create(o.profile)
		if err != nil {
			return fmt.Errorf("writing the profile: %w", err)
		}
		defer func() { _ = f.Close() }()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	if err := m.read(ctx); err != nil {
		return err
	}
	return m.report(ctx, out)
}

// measurement is one run.
type measurement struct {
	options
	last                      map[string]string // the last text of a document by its path
	seen                      int               // pairs
	compare, likeness         table
	beside, git, library      table // on the sample alone
	allocated, sinceCollected uint64
	words                     detecteval.GitWords
}

// read compares the pairs of the whole history, oldest first.
func (m *measurement) read(ctx context.Context) error {
	repo, err := ota.Open(ctx, m.repo)
	if err != nil {
		return err
	}
	defer func() { _ = repo.Close() }()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	return repo.Each(ctx, func(string, string) bool { return false }, nil, func(e ota.Entry) error {
		if e.Deleted || e.Content == "" || m.match != "" && !matches(m.match, e.Path) {
			return nil
		}
		old, known := m.last[e.Path]
		if from, renamed := m.last[e.RenamedFrom]; !known && renamed {
			old = from
			delete(m.last, e.RenamedFrom)
		}
		m.last[e.Path] = e.Content
		if old == "" || old == e.Content {
			return nil
		}
		if m.seen++; m.seen%m.every != 0 {
			return nil
		}
		return m.pair(ctx, e.Path+" "+e.Commit, old, e.Content)
	})
}

// matches reports whether a glob matches a document's path without its ending.
func matches(glob, file string) bool {
	ok, _ := path.Match(glob, strings.TrimSuffix(file, path.Ext(file)))
	return ok
}

// collectAfter is how much is allocated between two runs of the collector.
const collectAfter = 64 << 20

// pair measures one pair.
func (m *measurement) pair(ctx context.Context, name, old, new string) error {
	before := allocatedBytes()
	percent := debug.SetGCPercent(-1)
	start := devtool.ThreadCPU()
	r := detect.Compare(old, new)
	compared := devtool.ThreadCPU()
	similar.New(old, new, r.Clauses)
	end := devtool.ThreadCPU()
	debug.SetGCPercent(percent)
	grew := allocatedBytes() - before
	m.allocated += grew
	if m.sinceCollected += grew; m.sinceCollected > collectAfter {
		runtime.GC()
		m.sinceCollected = 0
	}
	name = fmt.Sprintf("%s %d to %d bytes", name, len(old), len(new))
	m.compare.add(name, end-start)
	m.likeness.add(name, end-compared)
	if m.options.beside == 0 || len(m.compare.took)%m.options.beside != 0 {
		return nil
	}
	m.beside.add(name, end-start)
	start = devtool.ThreadCPU()
	detecteval.LibraryWords(old, new, m.limit)
	m.library.add(name, devtool.ThreadCPU()-start)
	if err := m.words.Write(old, new); err != nil {
		return fmt.Errorf("writing git's files: %w", err)
	}
	took, err := m.words.Run(ctx)
	m.git.add(name, took)
	return err
}

// allocatedBytes returns how much was allocated since the program began.
func allocatedBytes() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}
