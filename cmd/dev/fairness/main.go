// Command fairness measures how long `fineprint decide`, in a process of its own each time, waits while
// other commands work on the same database, and how often it is refused. It prints one table for
// each build that it is given.
//
//	go run ./cmd/dev/fairness -db contrib.db -bin /path/before -bin bin/fineprint -seed 1
//
// It works on a copy. It is for whoever works on store/kv's locks and for the ledger of faults,
// and for no test: a busy machine makes any time longer. What it fails on is a refusal.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// bins are the builds that are measured.
type bins []string

func (b *bins) String() string     { return strings.Join(*b, " ") }
func (b *bins) Set(s string) error { *b = append(*b, s); return nil }

type options struct {
	db      string
	bins    bins
	seed    uint64
	least   int
	most    time.Duration
	records int
}

func main() {
	var o options
	flag.StringVar(&o.db, "db", "", "the database; a copy of it is worked on")
	flag.Var(&o.bins, "bin", "a built program; may be given several times")
	flag.Uint64Var(&o.seed, "seed", 1, "of which changes are decided on")
	flag.IntVar(&o.least, "n", 10, "decisions beside each command, at least")
	flag.DurationVar(&o.most, "most", time.Minute, "how long a command is watched at most")
	flag.IntVar(&o.records, "records", 200, "records to approve first, for the export")
	flag.Parse()
	if err := run(&o); err != nil {
		fmt.Fprintln(os.Stderr, "fairness:", err)
		os.Exit(1)
	}
}

func run(o *options) error {
	if o.db == "" || len(o.bins) == 0 {
		return errors.New("-db FILE and -bin PROGRAM are needed")
	}
	fmt.Printf("`fairness -db %s -seed %d -n %d -most %v -records %d`, %s\n", filepath.Base(o.db), o.seed, o.least, o.most,
		o.records, time.Now().UTC().Format("2006-01-02 15:04 UTC"))
	refused := 0
	for i, bin := range o.bins {
		n, err := measure(o, bin)
		if err != nil {
			return fmt.Errorf("%s: %w", bin, err)
		}
		if i == len(o.bins)-1 {
			refused = n
		}
	}
	if refused > 0 {
		return fmt.Errorf("the last build refused %d decisions", refused)
	}
	return nil
}

// beside are the commands that decisions are taken beside.
var beside = [][]string{nil, {"check"}, {"export", "--format", "jsonl"}, {"detect", "--again"}, {"backup", "BACKUP"}}

// bench is one build at work on its copy.
type bench struct {
	*options
	bin, dir, db string
	ids          []string
	next         int
}

// measure prints the table of one build, and returns how many decisions it refused.
func measure(o *options, bin string) (refused int, err error) {
	dir, err := os.MkdirTemp("", "fairness-*")
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	b := &bench{options: o, bin: bin, dir: dir, db: filepath.Join(dir, "f.db")}
	if err := errors.Join(copyFile(o.db, b.db), copyFile(o.db+".id", b.db+".id")); err != nil {
		return 0, err
	}
	if err := b.prepare(); err != nil {
		return 0, err
	}
	fmt.Printf("\n%s\n\n| Beside | Decisions | p50 | p99 | Longest | Refused | Failed | The command |\n"+
		"|---|---|---|---|---|---|---|---|\n", filepath.Base(bin))
	for _, command := range beside {
		n, err := b.row(command)
		if err != nil {
			return 0, err
		}
		refused += n
	}
	return refused, nil
}

// prepare lists what can be decided on, and approves some of it.
func (b *bench) prepare() error {
	out, err := b.command("queue", "--json", "--limit", "5000").Output()
	if err != nil {
		return fmt.Errorf("reading the queue: %w", err)
	}
	var queue struct {
		Changes []struct {
			ID       string `json:"id"`
			Material bool   `json:"material"`
		} `json:"changes"`
	}
	if err := json.Unmarshal(out, &queue); err != nil {
		return err
	}
	for _, c := range queue.Changes {
		b.ids = append(b.ids, c.ID)
	}
	rng := rand.New(rand.NewPCG(b.seed, 19))
	rng.Shuffle(len(b.ids), func(i, j int) { b.ids[i], b.ids[j] = b.ids[j], b.ids[i] })
	if len(b.ids) < b.records+b.least {
		return fmt.Errorf("only %d changes are pending", len(b.ids))
	}
	approve := append([]string{"decide"}, b.ids[:b.records]...)
	approve = append(approve, "--severity", "low", "--confidence", "high", "--basis", "explicit", "--summary", "Measured.", "--approve")
	b.ids = b.ids[b.records:]
	if out, err := b.command(approve...).CombinedOutput(); err != nil {
		return fmt.Errorf("approving: %w: %s", err, out)
	}
	return nil
}

func (b *bench) command(args ...string) *exec.Cmd {
	cmd := exec.Command(b.bin, append([]string{"--db", b.db, "--actor", "fairness"}, args...)...)
	cmd.Env = append(os.Environ(), "FINEPRINT_CONFIG="+os.DevNull)
	return cmd
}

// row takes decisions while a command runs, and prints how long they took. The command is begun again
// until there are enough.
func (b *bench) row(command []string) (refused int, err error) {
	var took []time.Duration
	failed, runs := 0, 0
	var ran time.Duration
	for began := time.Now(); len(took) < b.least && time.Since(began) < b.most; {
		runs++
		started := time.Now()
		ended, stop, err := b.start(command)
		if err != nil {
			return 0, err
		}
		for over := false; !over && time.Since(began) < b.most; {
			d, status := b.decide()
			took = append(took, d)
			switch status {
			case 0:
			case 3:
				refused++
			default:
				failed++
			}
			select {
			case err := <-ended:
				over = true
				if err != nil {
					fmt.Printf("| %s | | | | | | | %v |\n", strings.Join(command, " "), err)
					return refused, nil
				}
			default:
				over = command == nil && len(took) >= b.least
			}
		}
		ran = time.Since(started)
		stop()
	}
	slices.Sort(took)
	at := func(percent int) time.Duration { return took[(len(took)-1)*percent/100].Round(time.Millisecond) }
	name := "nothing"
	if command != nil {
		name = strings.Join(command, " ")
	}
	fmt.Printf("| %s | %d | %v | %v | %v | %d | %d | %d times, the last %v |\n", name, len(took), at(50), at(99), at(100),
		refused, failed, runs, ran.Round(100*time.Millisecond))
	return refused, nil
}

// start begins a command; ended tells when it is over, stop ends it.
func (b *bench) start(command []string) (ended <-chan error, stop func(), err error) {
	if command == nil {
		return nil, func() {}, nil
	}
	args := slices.Clone(command)
	for i := range args {
		if args[i] == "BACKUP" {
			args[i] = filepath.Join(b.dir, fmt.Sprintf("backup-%d.db", time.Now().UnixNano()))
		}
	}
	cmd := b.command(args...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = io.Discard, &said
	if err := cmd.Start(); err != nil {
		return nil, nil, err
	}
	over := make(chan error, 1)
	go func() {
		err := cmd.Wait()
		var exit *exec.ExitError
		if errors.As(err, &exit) && exit.ExitCode() == 1 {
			err = nil // there is something to look at
		}
		if err != nil {
			line, _, _ := strings.Cut(said.String(), "\n")
			err = fmt.Errorf("%w: %s", err, line)
		}
		over <- err
	}()
	return over, func() { _ = cmd.Process.Kill() }, nil
}

// decide rates the next change, and returns how long that took and its exit status.
func (b *bench) decide() (time.Duration, int) {
	id := b.ids[b.next%len(b.ids)]
	b.next++
	cmd := b.command("decide", id, "--severity", "low")
	began := time.Now()
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return time.Since(began), exit.ExitCode()
	case err != nil:
		return time.Since(began), -1
	}
	return time.Since(began), 0
}

func copyFile(from, to string) error {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = src.Close() }()
	dst, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(dst, src)
	return errors.Join(err, dst.Close())
}
