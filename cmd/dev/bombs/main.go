//go:build unix

// Command bombs throws hostile input of many kinds at a build and measures what each
// takes: a page whose cells span each other, an archive that unpacks to gigabytes, a
// repository of trees within trees. Each is made anew, small as it is, and read by the
// real program in a process of its own, which is killed after a minute or at 3 GB.
//
//	go run ./cmd/dev/bombs -bin bin/fineprint
//	go run ./cmd/dev/bombs -bin bin/fineprint -only '^git'
//
// It prints one table and exits with 1 when one takes more than it may: 10 seconds of
// the processor and 300 MB. Seconds on the clock are beside them, for a machine that
// does other things as well. It is for whoever changes a reader of foreign bytes, and
// for the ledger of faults.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"fineprint/cmd/dev/devtool"
)

// The law: what reading one bomb may take at most.
const (
	maxCPU = 10 * time.Second
	maxRSS = 300 << 20
)

func main() { devtool.Main("bombs", run) }

// kind is one way to be hostile.
type kind struct {
	name string
	// make writes what is hostile and returns the arguments of the command that reads it.
	make func(b *bench) []string
}

func kinds() []kind {
	return slices.Concat(htmlKinds(), markdownKinds(), officeKinds(), pdfKinds(), packedKinds(), gitKinds(), textKinds(),
		webKinds())
}

func run(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("bombs", flag.ContinueOnError)
	f.SetOutput(out)
	bin := f.String("bin", "", "the build to try")
	only := f.String("only", "", "only the kinds whose names match this expression")
	list := f.Bool("list", false, "list the kinds")
	keep := f.String("keep", "", "a folder to keep what is made in")
	one := f.Int("make", -1, "make one kind only, for the process that measures it")
	if err := f.Parse(args); err != nil {
		return err
	}
	match, err := regexp.Compile(*only)
	if err != nil {
		return err
	}
	if *bin, err = filepath.Abs(*bin); err != nil || *bin == "" && !*list {
		return errors.New("say -bin BUILD")
	}
	if *one >= 0 {
		return makeOne(ctx, kinds()[*one], *bin, *keep, out)
	}
	if *list {
		for _, k := range kinds() {
			fmt.Fprintln(out, k.name)
		}
		return nil
	}
	fmt.Fprintf(out, "| kind | command | size | s | CPU s | MB | exit | outcome |\n|---|---|--:|--:|--:|--:|--:|---|\n")
	names, err := listed(ctx, *bin)
	if err != nil {
		return err
	}
	over, tried := 0, 0
	for i, name := range names {
		if !match.MatchString(name) {
			continue
		}
		tried++
		r, err := try(ctx, name, i, *bin, *keep)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if r.over() {
			over++
		}
		fmt.Fprintln(out, r)
	}
	fmt.Fprintf(out, "\n%d kinds, %d of them over %.0f s of CPU or %d MB.\n", tried, over, maxCPU.Seconds(), maxRSS>>20)
	if over > 0 {
		return fmt.Errorf("%d kinds take more than they may", over)
	}
	return nil
}

// listed has the kinds listed by another process: this one is to stay small.
func listed(ctx context.Context, bin string) ([]string, error) {
	own, err := os.Executable()
	if err != nil {
		return nil, err
	}
	said, err := exec.CommandContext(ctx, own, "-bin", bin, "-list").Output()
	return strings.Split(strings.TrimSpace(string(said)), "\n"), err
}

// try has one bomb made, and read.
func try(ctx context.Context, name string, at int, bin, keep string) (result, error) {
	dir, err := os.MkdirTemp(keep, "bomb-*")
	if err != nil {
		return result{}, err
	}
	if keep == "" {
		defer func() { _ = os.RemoveAll(dir) }()
	}
	own, err := os.Executable()
	if err != nil {
		return result{}, err
	}
	maker := exec.CommandContext(ctx, own, "-bin", bin, "-make", fmt.Sprint(at), "-keep", dir)
	maker.Stderr = os.Stderr
	end, err := maker.StdinPipe()
	if err != nil {
		return result{}, err
	}
	said, err := maker.StdoutPipe()
	if err != nil {
		return result{}, err
	}
	if err := maker.Start(); err != nil {
		return result{}, err
	}
	var m made
	err = json.NewDecoder(said).Decode(&m)
	var r result
	if err == nil {
		r, err = measure(ctx, bin, dir, m)
	}
	_ = end.Close()
	r.kind = name
	return r, errors.Join(err, maker.Wait())
}

// made is a bomb, made: how it is read.
type made struct {
	Args, Env []string
	Size      int64
}

// makeOne makes one bomb in a folder, prints how it is read, and serves it until nobody
// is there any more. It has a process of its own, for the memory that a process takes at
// most counts that of the one that began it.
func makeOne(ctx context.Context, k kind, bin, dir string, out io.Writer) error {
	b := &bench{ctx: ctx, dir: dir, bin: bin}
	defer b.close()
	m := made{Args: k.make(b)}
	if b.err != nil {
		return b.err
	}
	m.Env, m.Size = b.env, b.size
	if err := json.NewEncoder(out).Encode(m); err != nil {
		return err
	}
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

// result is what one bomb took.
type result struct {
	kind, command string
	size          int64
	took, cpu     time.Duration
	rss           int64
	exit          int
	outcome       string
}

func (r result) over() bool {
	return r.cpu > maxCPU || r.rss > maxRSS || r.exit < 0 || strings.Contains(r.outcome, "panic")
}

func (r result) String() string {
	mark := ""
	if r.over() {
		mark = " **over**"
	}
	return fmt.Sprintf("| %s%s | %s | %s | %.1f | %.1f | %d | %d | %s |", r.kind, mark, r.command, sizeOf(r.size), r.took.Seconds(),
		r.cpu.Seconds(), r.rss>>20, r.exit, r.outcome)
}

func sizeOf(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", (n+1023)>>10)
	}
	return fmt.Sprintf("%d MB", n>>20)
}
