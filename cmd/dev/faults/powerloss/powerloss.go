package powerloss

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"fineprint/cmd/dev/faults/trial"
)

const (
	takes   = 3  // recordings of each operation, each with other commands
	control = 12 // one trial of so many ignores the syncs
)

type cutter struct {
	*trial.Bench
	ops    []trial.Op
	taken  map[string][]*recording
	must   map[string]trial.Values
	strace string
}

// Begin prepares a round.
func Begin(ctx context.Context, r *trial.Round, only string) error {
	c := &cutter{Bench: r.Bench, taken: map[string][]*recording{}, must: map[string]trial.Values{}}
	var err error
	if c.strace, err = exec.LookPath("strace"); err != nil {
		return fmt.Errorf("power losses need strace: %w", err)
	}
	for _, op := range r.Bench.Ops(only) {
		if op.Name != "fetch" { // what its site serves differs each time
			c.ops = append(c.ops, op)
		}
	}
	if len(c.ops) == 0 {
		return fmt.Errorf("no operation is called %q", only)
	}
	r.Result.Title = "Power loss"
	r.Result.Columns = []string{"tried", "acknowledged", "lost", "failed"}
	for _, op := range c.ops {
		for n := range takes {
			if len(c.taken[op.Name]) > n {
				continue
			}
			taken, err := c.record(ctx, op, r.Result.Seed, uint64(n))
			if err != nil {
				return fmt.Errorf("%s: %w", op.Name, err)
			}
			c.taken[op.Name] = append(c.taken[op.Name], taken)
		}
		if op.Base != "" && c.must[op.Base] == nil {
			if c.must[op.Base], err = trial.LastingOf(ctx, trial.DB(c.Base(op.Base))); err != nil {
				return err
			}
		}
		r.Say("%s: %d steps\n", op.Name, len(c.taken[op.Name][0].ops))
	}
	r.Try = c.try
	return nil
}

// record runs an operation under strace.
func (c *cutter) record(ctx context.Context, o trial.Op, seed, n uint64) (*recording, error) {
	root := filepath.Join(c.Scratch, "recorded")
	defer func() { _ = os.RemoveAll(root) }()
	if err := o.Begin(ctx, c.Bench, root); err != nil {
		return nil, err
	}
	rec, err := newRecorder(root)
	if err != nil {
		return nil, err
	}
	list := o.Steps(c.Bench, rand.New(rand.NewPCG(seed, n)), root)
	taken := &recording{root: root, base: maps.Clone(rec.base), start: maps.Clone(rec.names), args: list}
	log := root + ".trace"
	defer func() { _ = os.Remove(log) }()
	for _, args := range list {
		all := append([]string{"-f", "-y", "-qq", "--seccomp-bpf", "-xx", "-s", "16777216", "-e", "signal=none", "-o", log,
			"-e", "trace=" + calls, c.Bin}, args...)
		r := trial.Finish(c.Within(ctx, root, c.strace, all...), time.Minute)
		if r.Status != 0 {
			return nil, fmt.Errorf("%v: status %d: %s", args, r.Status, r.Err)
		}
		trace, err := os.Open(log)
		if err != nil {
			return nil, err
		}
		err = errors.Join(rec.parse(trace), trace.Close())
		if err != nil {
			return nil, err
		}
		rec.ops = append(rec.ops, op{what: ended})
	}
	taken.ops = rec.ops
	return taken, taken.same(rec)
}

// same holds what is replayed in whole against what is there.
func (r *recording) same(rec *recorder) error {
	for path, file := range rec.names {
		is, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("replayed, but not there: %w", err)
		}
		if !bytes.Equal(is, content(r.base[file], r.ops, file)) {
			return fmt.Errorf("%s is not what its replay makes", path)
		}
	}
	return nil
}

func (c *cutter) try(ctx context.Context, t *trial.Trial, rng *rand.Rand, dir string) {
	ignore := t.N%control == control-1
	o := c.ops[(t.N/2)%len(c.ops)]
	if ignore {
		o = c.ops[(t.N/control)%len(c.ops)]
	}
	if t.Row = o.Name; ignore {
		t.Row += ", no syncs"
	}
	taken := c.taken[o.Name][rng.IntN(takes)]
	moment := 1 + rng.IntN(len(taken.ops))
	if ignore && rng.IntN(2) == 0 {
		moment = len(taken.ops) // all was acknowledged
	}
	files, how := taken.after(moment, ignore, rng)
	if err := taken.write(dir, files); err != nil {
		t.Fail("harness", "%v", err)
		return
	}
	found := *t
	found.Figures, found.Failures = map[string]int{}, nil
	o.End(ctx, c.Bench, &found, dir, c.must[o.Base], taken.rans(c.Bin, moment))
	for figure, n := range found.Figures {
		t.Figures[figure] += n
	}
	if ignore {
		if len(found.Failures) > 0 {
			t.Count("lost") // as it should
		}
		return
	}
	for _, f := range found.Failures {
		t.Fail(f.Kind, "after %d of %d steps, %s: %s", moment, len(taken.ops), how, f.Detail)
	}
}

// rans is how the commands stood at a moment.
func (r *recording) rans(bin string, moment int) (rans []trial.Ran) {
	now := trial.Ran{Status: -1}
	for _, o := range r.ops[:moment] {
		switch o.what {
		case say:
			now.Out = append(now.Out, o.data...)
		case ended:
			now.Status = 0
			rans = append(rans, now)
			now = trial.Ran{Status: -1}
		}
	}
	if len(rans) < len(r.args) {
		rans = append(rans, now)
	}
	for i := range rans {
		rans[i].Args = append([]string{bin}, r.args[i]...)
	}
	return rans
}
