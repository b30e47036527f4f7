// Command eval judges the detection engine and prints one table: known edits of
// real documents, a mutator's edits, labelled changes, a whole history,
// and speed. It is for whoever changes the engine; no part of the product calls it.
//
// What needs a collection is skipped, and is reported, when there is none: the
// known cases and labels are looked for in FINEPRINT_SHARED (else ../shared),
// the history in FINEPRINT_CORPUS (a git directory or a bundle; else the bundle
// in FINEPRINT_SHARED).
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fineprint/cmd/dev/detecteval"
	"fineprint/cmd/dev/devtool"
	"fineprint/store/detect"
)

func main() { devtool.Main("eval", run) }

// options are what the command line asks for.
type options struct {
	parts     []string
	verbose   bool
	instances int
	seed      uint64
	draw      int
	sample    int
	only      string
	shared    string
	corpus    string
}

var allParts = []string{"cases", "mutator", "labels", "history", "speed", "pathological"}

func parse(args []string, out io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("eval", flag.ContinueOnError)
	f.SetOutput(out)
	parts := f.String("parts", strings.Join(allParts, ","), "what to judge by")
	f.BoolVar(&o.verbose, "v", false, "print what went wrong as well")
	f.IntVar(&o.instances, "n", 60, "documents the mutator makes of each kind")
	f.Uint64Var(&o.seed, "seed", 1, "of the mutator and of what is drawn")
	f.IntVar(&o.draw, "draw", 0, "print this many folded and this many kept changes of the history, drawn by the "+
		"seed, for reading")
	f.IntVar(&o.sample, "sample", 200, "pairs that git and a library compare as well, for speed")
	f.StringVar(&o.only, "only", "", "only the mutator's kinds whose name holds this")
	f.StringVar(&o.shared, "shared", fallback(os.Getenv("FINEPRINT_SHARED"), filepath.Join("..", "shared")),
		"folder of known cases, labels and collections")
	f.StringVar(&o.corpus, "corpus", os.Getenv("FINEPRINT_CORPUS"), "a history: a git directory or a bundle")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	for part := range strings.SplitSeq(*parts, ",") {
		if !slices.Contains(allParts, part) {
			return o, fmt.Errorf("there is no part %q; there are %s", part, strings.Join(allParts, ", "))
		}
		o.parts = append(o.parts, part)
	}
	if bundle := filepath.Join(o.shared, "corpus", "ota-pga-versions.bundle"); o.corpus == "" && exists(bundle) {
		o.corpus = bundle
	}
	return o, nil
}

func fallback(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func run(ctx context.Context, args []string, out io.Writer) error {
	o, err := parse(args, out)
	if err != nil {
		return err
	}
	e := &evaluation{options: o, out: out}
	if err := e.load(ctx); err != nil {
		return err
	}
	e.printf("engine version %d, seed %d\n", detect.Version, o.seed)
	parts := map[string]func(context.Context) error{"cases": e.cases, "mutator": e.mutator, "labels": e.labels,
		"history": e.history, "speed": e.speed, "pathological": e.pathological}
	for _, part := range o.parts {
		if err := parts[part](ctx); err != nil {
			return err
		}
	}
	return nil
}

// evaluation is one run.
type evaluation struct {
	options
	out       io.Writer
	histories []detecteval.History // nil without a corpus
	judged    []detecteval.Judged  // the histories' versions, once replayed
}

func (e *evaluation) printf(format string, args ...any) { fmt.Fprintf(e.out, format, args...) }

func (e *evaluation) title(name, about string) { e.printf("\n%s  %s\n", strings.ToUpper(name), about) }

func (e *evaluation) skipped(name, why string) {
	e.printf("\n%s  skipped: %s\n", strings.ToUpper(name), why)
}

// misses prints what went wrong when asked to.
func (e *evaluation) misses(list []string) {
	if e.verbose {
		for _, m := range list {
			e.printf("    - %s\n", m)
		}
	}
}
