// Command mutate plants faults in packages and reports which of them the
// packages' own tests don't find.
//
// A fault is an edit of one place of one file. Those of testdata/planted.txt
// are maintained by hand; others are generated from the syntax of the sources
// (see [generate]) and sampled with a seed. Nothing is copied and no file is
// changed: each fault is an overlay of go test. A fault that is only a limit of
// work, whose crossing is no error, is marked so and counted apart.
//
// Usage, in the module's root:
//
//	go run ./cmd/dev/mutate [-generated N] [-seed N] [-jobs N] [-survivors] [PACKAGE…]
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
)

// packages are those that are looked at when none is named, in so far as they
// exist.
var packages = []string{
	"store/detect", "store/detect/rules", "store/detect/timeline",
	"store/text/redline", "store/text/clause", "store/text/similar",
}

const plantedFile = "cmd/dev/mutate/testdata/planted.txt"

func main() {
	generated := flag.Int("generated", 20, "how many faults to generate for each package")
	seed := flag.Uint64("seed", 1, "seed of the sample of generated faults")
	jobs := flag.Int("jobs", 2, "how many tests to run at a time")
	survivors := flag.Bool("survivors", false, "list only the survivors")
	flag.Parse()
	wanted := flag.Args()
	if len(wanted) == 0 {
		wanted = packages
	}
	faults, err := collect(".", wanted, *generated, *seed)
	if err == nil {
		err = run(os.Stdout, faults, *jobs, *survivors)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	}
}

// collect lists the planted faults of some packages and a sample of generated
// ones.
func collect(root string, packages []string, generated int, seed uint64) ([]*fault, error) {
	text, err := os.ReadFile(filepath.Join(root, plantedFile))
	if err != nil {
		return nil, err
	}
	planted, err := parse(root, string(text))
	if err != nil {
		return nil, err
	}
	var all []*fault
	for _, pkg := range packages {
		pkg = strings.Trim(filepath.ToSlash(filepath.Clean(pkg)), "/")
		if _, err := os.Stat(filepath.Join(root, pkg)); err != nil {
			continue
		}
		for _, f := range planted {
			if f.pkg() == pkg {
				all = append(all, f)
			}
		}
		more, err := generate(root, pkg)
		if err != nil {
			return nil, err
		}
		all = append(all, sample(more, generated, seed)...)
	}
	return all, nil
}

// run tries every fault, prints what became of each, and a table.
func run(w io.Writer, faults []*fault, jobs int, onlySurvivors bool) error {
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		errs []error
	)
	slots := make(chan struct{}, max(jobs, 1))
	for _, f := range faults {
		slots <- struct{}{}
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
	return errors.Join(append(errs, report(w, faults))...)
}

// report prints how many faults of each package and kind were killed.
func report(w io.Writer, faults []*fault) error {
	type key struct{ pkg, kind string }
	counts := map[key]*[4]int{}
	var keys []key
	for _, f := range faults {
		k := key{f.pkg(), f.kind}
		if counts[k] == nil {
			counts[k] = &[4]int{}
			keys = append(keys, k)
		}
		n := int(f.outcome)
		if f.outcome == survived && f.workLimit {
			n = len(counts[k]) - 1
		}
		counts[k][n]++
	}
	slices.SortFunc(keys, func(a, b key) int { return strings.Compare(a.pkg+a.kind, b.pkg+b.kind) })
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\npackage\tkind\tfaults\tkilled\tsurvived\twork limits\tno build\tsurvivors")
	for _, k := range keys {
		c := counts[k]
		tried := c[killed] + c[survived]
		share := 0.0
		if tried > 0 {
			share = 100 * float64(c[survived]) / float64(tried)
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%.1f %%\n",
			k.pkg, k.kind, tried+c[3], c[killed], c[survived], c[3], c[noBuild], share)
	}
	return t.Flush()
}
