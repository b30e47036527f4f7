// Package kill ends the program with kill -9 at random moments of everything that it does,
// and holds what is left against what it said that it did.
//
// It is not for the power going out, which also takes what the system had not yet written:
// package powerloss does that.
//
// # Decisions
//
//   - Half of the kills come at a moment of the run time as it was measured before, for
//     that hits what computes; half at a system call that writes, by strace, for those are
//     few and the moments between them are what matters.
//   - A command of several goes through when the moment is past its end; the moment is
//     drawn over all of them.
package kill

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"fineprint/cmd/dev/faults/trial"
)

// calls are the system calls at which a process is killed: those that write into a file,
// those that change a name, and others that change or open something.
var calls = []string{
	"pwrite64,ftruncate,fsync,fdatasync,copy_file_range",
	"renameat,renameat2,rename,unlinkat,unlink,linkat,link,openat",
	"write,flock,ioctl,close,fchmod,fchmodat",
}

type killer struct {
	*trial.Bench
	ops    []trial.Op
	took   map[string]time.Duration // by operation, of an undisturbed run
	must   map[string]trial.Values  // by base
	strace string
	// most is how many of the nth calls one thread made at most, by operation.
	most map[string][]int
}

// Begin prepares a round.
func Begin(ctx context.Context, r *trial.Round, only string) error {
	k := &killer{Bench: r.Bench, ops: r.Bench.Ops(only), took: map[string]time.Duration{}, must: map[string]trial.Values{},
		most: map[string][]int{}}
	if len(k.ops) == 0 {
		return fmt.Errorf("no operation is called %q", only)
	}
	k.strace, _ = exec.LookPath("strace") // without it all kills are by the clock
	r.Result.Title = "kill -9"
	r.Result.Columns = []string{"tried", "killed", "by system call", "acknowledged", "stray files", "failed"}
	for _, op := range k.ops {
		if _, known := k.took[op.Name]; known {
			continue
		}
		if err := k.measure(ctx, op); err != nil {
			return fmt.Errorf("%s: %w", op.Name, err)
		}
		r.Say("%s takes %s\n", op.Name, k.took[op.Name].Round(time.Millisecond))
	}
	r.Try = k.try
	return nil
}

// measure runs an operation undisturbed, and holds it against what a kill is held against.
func (k *killer) measure(ctx context.Context, op trial.Op) error {
	dir := filepath.Join(k.Scratch, "measure")
	defer func() { _ = os.RemoveAll(dir) }()
	t := &trial.Trial{Row: op.Name, Figures: map[string]int{}}
	if op.Base != "" && k.must[op.Base] == nil {
		var err error
		if k.must[op.Base], err = trial.LastingOf(ctx, trial.DB(k.Base(op.Base))); err != nil {
			return err
		}
	}
	if err := op.Begin(ctx, k.Bench, dir); err != nil {
		return err
	}
	var rans []trial.Ran
	for _, args := range op.Steps(k.Bench, rand.New(rand.NewPCG(1, 1)), dir) {
		r := k.Run(ctx, dir, time.Minute, args...)
		if r.Status != 0 {
			return fmt.Errorf("status %d without any kill: %s", r.Status, r.Err)
		}
		k.took[op.Name] += r.Took
		rans = append(rans, r)
	}
	if k.strace != "" {
		if err := k.counted(ctx, op); err != nil {
			return err
		}
	}
	op.End(ctx, k.Bench, t, dir, k.must[op.Base], rans)
	if len(t.Failures) > 0 {
		return fmt.Errorf("without any kill: %v", t.Failures)
	}
	return nil
}

// counted runs an operation once more, and counts its system calls.
func (k *killer) counted(ctx context.Context, op trial.Op) error {
	dir := filepath.Join(k.Scratch, "counting")
	defer func() { _ = os.RemoveAll(dir) }()
	if err := op.Begin(ctx, k.Bench, dir); err != nil {
		return err
	}
	for _, args := range op.Steps(k.Bench, rand.New(rand.NewPCG(1, 1)), dir) {
		if err := k.count(ctx, dir, op.Name, args); err != nil {
			return err
		}
	}
	return nil
}

func (k *killer) try(ctx context.Context, t *trial.Trial, rng *rand.Rand, dir string) {
	op := k.ops[t.N%len(k.ops)]
	t.Row = op.Name
	if err := op.Begin(ctx, k.Bench, dir); err != nil {
		t.Fail("harness", "%v", err)
		return
	}
	list := op.Steps(k.Bench, rng, dir)
	byCall, victim := k.strace != "" && rng.IntN(2) == 0, rng.IntN(len(list))
	left := time.Duration(rng.Int64N(int64(k.took[op.Name]) * 11 / 10))
	var rans []trial.Ran
	for i, args := range list {
		var r trial.Ran
		switch {
		case byCall && i == victim:
			r = trial.Finish(k.atCall(ctx, dir, rng, op.Name, args), 30*time.Second)
		case byCall:
			r = k.Run(ctx, dir, 30*time.Second, args...)
		default:
			r = trial.KillAfter(k.Command(ctx, dir, args...), left)
			left -= r.Took
		}
		rans = append(rans, r)
		if r.Signal == syscall.SIGKILL && !r.Hung {
			t.Count("killed")
			if byCall {
				t.Count("by system call")
			}
			break
		}
	}
	for range trial.Strays(dir) {
		t.Count("stray files")
	}
	for _, r := range rans {
		if r.Hung || r.Crashed() && r.Signal != syscall.SIGKILL {
			t.Fail("crashed", "%v: %s", r.Args, r.Err)
		}
	}
	op.End(ctx, k.Bench, t, dir, k.must[op.Base], rans)
}

// atCall returns a command that strace kills at one of its system calls. With --seccomp-bpf
// strace 6.1 doesn't count them.
func (k *killer) atCall(ctx context.Context, dir string, rng *rand.Rand, op string, args []string) *exec.Cmd {
	which := rng.IntN(len(calls))
	n := 1 + rng.IntN(max(1, k.most[op][which]))
	all := append([]string{"-f", "-qq", "-o", "/dev/null", "-e", "trace=" + calls[which],
		"-e", "signal=none", "-e", "inject=" + calls[which] + ":signal=SIGKILL:when=" + strconv.Itoa(n), k.Bin}, args...)
	return k.Within(ctx, dir, k.strace, all...)
}

// count runs a command under strace and counts what calls its threads make: strace
// counts by thread as well.
func (k *killer) count(ctx context.Context, dir, op string, args []string) error {
	log := filepath.Join(k.Scratch, "counted")
	defer func() { _ = os.Remove(log) }()
	all := append([]string{"-f", "-qq", "--seccomp-bpf", "-o", log, "-e", "trace=" + strings.Join(calls, ","), k.Bin}, args...)
	if r := trial.Finish(k.Within(ctx, dir, k.strace, all...), time.Minute); r.Status != 0 {
		return fmt.Errorf("status %d under strace: %s", r.Status, r.Err)
	}
	raw, err := os.ReadFile(log)
	if err != nil {
		return err
	}
	if k.most[op] == nil {
		k.most[op] = make([]int, len(calls))
	}
	seen := map[string]int{} // by thread and set of calls
	for line := range strings.Lines(string(raw)) {
		thread, call, _ := strings.Cut(line, " ")
		call, _, began := strings.Cut(strings.TrimSpace(call), "(")
		for which, names := range calls {
			if began && slices.Contains(strings.Split(names, ","), call) {
				key := fmt.Sprint(thread, which)
				seen[key]++
				k.most[op][which] = max(k.most[op][which], seen[key])
			}
		}
	}
	return nil
}
