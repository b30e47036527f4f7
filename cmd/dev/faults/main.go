// Command faults does to the real program and its files what happens to them: it kills it,
// cuts the power, fills the disk and damages the database, thousands of times, and counts
// what was lost. Run it in the project's folder:
//
//	go run ./cmd/dev/faults kill -n 10000 -seed 1
//	go run ./cmd/dev/faults powerloss -n 5000 -seed 1
//	go run ./cmd/dev/faults diskfull -n 500 -seed 1      as root, for its small file systems
//	go run ./cmd/dev/faults damage -n 5000 -seed 1
//	go run ./cmd/dev/faults ledger                       writes cmd/dev/LEDGER.md from the results
//
// A round that was stopped goes on where it was when it is started again. It needs Linux, and
// strace for half of the kills and for the power losses.
//
// It is not for what holds on every run of the tests: those are beside the packages.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fineprint/cmd/dev/devtool"
	"fineprint/cmd/dev/faults/damage"
	"fineprint/cmd/dev/faults/diskfull"
	"fineprint/cmd/dev/faults/kill"
	"fineprint/cmd/dev/faults/ledger"
	"fineprint/cmd/dev/faults/powerloss"
	"fineprint/cmd/dev/faults/trial"
)

// rounds are the kinds of trials, and what begins one.
var rounds = map[string]func(ctx context.Context, r *trial.Round, only string) error{
	"damage":    damage.Begin,
	"diskfull":  diskfull.Begin,
	"kill":      kill.Begin,
	"powerloss": powerloss.Begin,
}

func main() { devtool.Main("faults", run) }

func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 0 {
		return errors.New("what? kill, powerloss, diskfull, damage or ledger")
	}
	if args[0] == "ledger" {
		return ledger.Write("cmd/dev/faults/results", "cmd/dev/LEDGER.md")
	}
	begin := rounds[args[0]]
	if begin == nil {
		return fmt.Errorf("%q is no kind of round", args[0])
	}
	flags := flag.NewFlagSet("faults "+args[0], flag.ContinueOnError)
	n := flags.Int("n", 300, "trials in all")
	seed := flags.Uint64("seed", 1, "of everything that is drawn")
	workers := flags.Int("workers", 2, "trials at a time")
	work := flags.String("work", filepath.Join(os.TempDir(), "fineprint-faults"), "folder that lasts: what was done, "+
		"the build, the databases")
	scratch := flags.String("scratch", "/dev/shm/fineprint-faults", "folder for trials, in memory")
	bin := flags.String("bin", "", "a build to use; else it is built")
	output := flags.String("o", "cmd/dev/faults/results/"+args[0]+".json", "the result")
	only := flags.String("only", "", "only the rows whose name begins so")
	first := flags.Int("trial", -1, "only this one, and keep its folder")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	bench, err := trial.Open(ctx, *work, *scratch, *bin, *seed)
	if err != nil {
		return err
	}
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(out, format, args...) }
	command := fmt.Sprintf("go run ./cmd/dev/faults %s -n %d -seed %d", args[0], *n, *seed)
	if *only != "" {
		command += " -only " + *only
	}
	r := &trial.Round{Bench: bench, Trials: *n, Workers: *workers, Output: *output, Say: say,
		Result: trial.Result{Kind: args[0], Command: command, Seed: *seed}}
	if err := begin(ctx, r, *only); err != nil {
		return err
	}
	if *first >= 0 {
		return r.Again(ctx, *first)
	}
	say("%s\n", strings.Join([]string{bench.Bin, bench.Commit}, " "))
	return r.Run(ctx)
}
