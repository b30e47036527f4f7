// Command hostiletext puts hostile strings into every field that an import, a fetch or an edit
// can fill, runs every command of a built program on them, into a pipe and at a terminal, and
// counts what a terminal would obey in what comes out:
//
//	go run ./cmd/dev/hostiletext -bin bin/fineprint -strings 1000000 -seed 1
//
// Each string has a number of its own, so that it also counts how many of them were printed.
// A command that is in the program and neither run nor left out with a reason is an error.
// The desk's screens have a harness of their own (`task hostile`).
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"fineprint/cmd/dev/devtool"
)

func main() { devtool.Main("hostiletext", command) }

func command(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("hostiletext", flag.ContinueOnError)
	f.SetOutput(out)
	h := &harness{seen: map[string]bool{}, out: out}
	f.StringVar(&h.bin, "bin", "bin/fineprint", "the program")
	n := f.Int("strings", 20000, "how many strings in texts")
	seed := f.Uint64("seed", 1, "of the strings")
	f.IntVar(&h.shown, "shown", 8, "how many of the changes are shown one by one")
	f.BoolVar(&h.verbose, "v", false, "print what commands that fail say")
	if err := f.Parse(args); err != nil {
		return err
	}
	var err error
	if h.bin, err = filepath.Abs(h.bin); err != nil {
		return err
	}
	if h.dir, err = os.MkdirTemp("", "hostiletext"); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(h.dir) }()
	began := time.Now()
	h.strings = newSource(*seed)
	if err := h.fill(ctx, *n); err != nil {
		return err
	}
	if err := h.runAll(ctx); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(out, "%d strings (seed %d), %d of them printed; %d runs of %d commands into a pipe and %d at a terminal, "+
		"%d MB printed; %d hazards; %s\n", h.strings.n, *seed, len(h.seen), h.pipes, h.commands, h.terminals, h.bytes>>20,
		h.hazards, time.Since(began).Round(time.Second))
	if h.hazards > 0 || len(h.seen) < h.strings.n/4 {
		return fmt.Errorf("%d hazards came out, %d of %d strings did", h.hazards, len(h.seen), h.strings.n)
	}
	return nil
}
