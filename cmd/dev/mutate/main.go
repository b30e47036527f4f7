// Command mutate plants faults in packages and reports which of them the
// packages' own tests don't find.
//
// A fault is an edit of one place of one file. Those of testdata/planted.txt
// are maintained by hand; others are generated from the syntax of the sources
// (see [generate]) and sampled with a seed. Nothing is copied and no file is
// changed: each fault is an overlay of the build of one test binary, which is
// run with it. The table at the end is printed however the run ends.
//
// Three kinds are counted apart: a fault that is only a limit of work, whose
// crossing is no error (so marked in the list, or by the comment "work limit" at
// the end of the line); one that no input can tell from the original, which
// testdata/equivalent.txt lists with the reason; and one that the compiler refuses.
//
// Usage, in the module's root:
//
//	go run ./cmd/dev/mutate [-n N] [-seed N] [-packages DIR,…] [-jobs N] [-survivors] [-planted=false]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"text/tabwriter"
)

// packages are those that are looked at when none is named.
var packages = []string{
	"store/detect", "store/detect/rules", "store/detect/timeline",
	"store/text/redline", "store/text/clause", "store/text/similar",
}

const (
	plantedFile    = "cmd/dev/mutate/testdata/planted.txt"
	equivalentFile = "cmd/dev/mutate/testdata/equivalent.txt"
)

// options are what is tried.
type options struct {
	packages []string
	planted  bool
	n        int    // of generated faults, for each package
	seed     uint64 // of their sample
}

func main() {
	var o options
	flag.IntVar(&o.n, "n", 20, "how many faults to generate for each package")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of the sample of generated faults")
	flag.BoolVar(&o.planted, "planted", true, "try the planted faults too")
	list := flag.String("packages", strings.Join(packages, ","), "the packages' directories")
	jobs := flag.Int("jobs", 2, "how many tests to run at a time")
	survivors := flag.Bool("survivors", false, "list only the survivors")
	flag.Parse()
	o.packages = strings.Split(*list, ",")
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	faults, err := collect(".", o)
	if err == nil {
		err = run(ctx, os.Stdout, faults, *jobs, *survivors)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	}
}

// collect lists the planted faults of some packages and a sample of generated
// ones.
func collect(root string, o options) ([]*fault, error) {
	planted, err := read(root, plantedFile)
	if err != nil {
		return nil, err
	}
	equivalent, err := read(root, equivalentFile)
	if err != nil {
		return nil, err
	}
	var all []*fault
	for _, pkg := range o.packages {
		pkg = strings.Trim(filepath.ToSlash(filepath.Clean(pkg)), "/")
		for _, f := range planted {
			if o.planted && f.pkg() == pkg {
				all = append(all, f)
			}
		}
		more, err := generate(root, pkg)
		if err != nil {
			return nil, err
		}
		all = append(all, sample(more, o.n, o.seed)...)
	}
	markEquivalent(all, equivalent)
	return all, nil
}

// read reads a list of faults.
func read(root, name string) ([]*fault, error) {
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		return nil, err
	}
	faults, err := parse(root, string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return faults, nil
}

// markEquivalent gives the faults that are listed as equivalent their reasons: those
// that make the same of a file, however they are written.
func markEquivalent(faults, equivalent []*fault) {
	type edit struct{ file, text string }
	reasons := map[edit]string{}
	for _, e := range equivalent {
		reasons[edit{e.file, e.edited()}] = e.equivalent
	}
	for _, f := range faults {
		f.equivalent = reasons[edit{f.file, f.edited()}]
	}
}

// run tries every fault, prints what became of each, and a table, also when it is
// broken off.
func run(ctx context.Context, w io.Writer, faults []*fault, jobs int, onlySurvivors bool) error {
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		errs []error
	)
	for _, f := range faults {
		f.outcome = untried
	}
	slots := make(chan struct{}, max(jobs, 1))
	for _, f := range faults {
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		wg.Go(func() {
			defer func() { <-slots }()
			err := f.try()
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				errs = append(errs, err)
			}
			if err == nil && (!onlySurvivors || f.outcome == survived) {
				fmt.Fprintln(w, f)
			}
		})
	}
	wg.Wait()
	return errors.Join(append(errs, context.Cause(ctx), report(w, faults))...)
}

// count is how many faults ended how.
type count struct{ killed, survived, workLimits, equivalent, notBuilt, untried int }

func (c *count) add(f *fault) {
	switch {
	case f.outcome == killed:
		c.killed++
	case f.outcome == noBuild:
		c.notBuilt++
	case f.outcome == untried:
		c.untried++
	case f.workLimit:
		c.workLimits++
	case f.equivalent != "":
		c.equivalent++
	default:
		c.survived++
	}
}

// share is the percentage of survivors, of those that a test may find.
func (c *count) share() float64 {
	return 100 * float64(c.survived) / float64(max(c.killed+c.survived, 1))
}

// report prints how many faults of each package and kind were killed.
func report(w io.Writer, faults []*fault) error {
	type key struct{ pkg, kind string }
	counts := map[key]*count{}
	var keys []key
	for _, f := range faults {
		for _, k := range []key{{f.pkg(), f.kind}, {"~ all", f.kind}} {
			if counts[k] == nil {
				counts[k] = &count{}
				keys = append(keys, k)
			}
			counts[k].add(f)
		}
	}
	slices.SortFunc(keys, func(a, b key) int { return strings.Compare(a.pkg+a.kind, b.pkg+b.kind) })
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t,
		"\npackage\tkind\ttried\tkilled\tsurvived\twork limits\tequivalent\tnot built\tnot tried\tsurvivors")
	for _, k := range keys {
		c := counts[k]
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%.1f %%\n",
			strings.TrimPrefix(k.pkg, "~ "), k.kind, c.killed+c.survived+c.workLimits+c.equivalent,
			c.killed, c.survived, c.workLimits, c.equivalent, c.notBuilt, c.untried, c.share())
	}
	return t.Flush()
}
