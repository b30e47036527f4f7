package trial

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// patience is how many times its limit a process may take that has hardly worked: on a machine
// that others use as well, time on the clock says little.
const patience = 4

// mostMemory is the resident memory at which a process is killed.
const mostMemory = 2 << 30

// Ran is what became of a process.
type Ran struct {
	Args     []string
	Out, Err []byte
	Status   int // -1: by a signal
	Signal   syscall.Signal
	Hung     bool // killed at the bound of time
	Swollen  bool // killed at the bound of memory
	Took     time.Duration
	Memory   int64 // bytes, the most that was resident
}

var trace = regexp.MustCompile(`(?m)^(panic:|fatal error:|goroutine \d+ \[|SIG[A-Z]+:|unexpected fault address)`)

// Crashed reports whether the process ended as no program should.
func (r Ran) Crashed() bool {
	return r.Status == -1 && !r.Hung && !r.Swollen || trace.Match(r.Err)
}

// Command returns a command of the program on the database of a trial's folder.
func (b *Bench) Command(ctx context.Context, dir string, args ...string) *exec.Cmd {
	return b.Within(ctx, dir, b.Bin, args...)
}

// Within returns a command of any program with the environment of a trial.
func (b *Bench) Within(ctx context.Context, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	home := filepath.Join(dir, "home")
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "XDG_CONFIG_HOME=" + home, "XDG_DATA_HOME=" + home,
		"FINEPRINT_DB=" + DB(dir), "FINEPRINT_ACTOR=ann", "TZ=UTC", "LANG=C.UTF-8", "GOMAXPROCS=2", "GOTRACEBACK=all"}
	return cmd
}

// DB is the name of the database in a trial's folder.
func DB(dir string) string { return filepath.Join(dir, "t.db") }

// Run runs the program and waits for it, a bounded time.
func (b *Bench) Run(ctx context.Context, dir string, limit time.Duration, args ...string) Ran {
	return Finish(b.Command(ctx, dir, args...), limit)
}

// Finish starts a command and waits for it, a bounded time.
func Finish(cmd *exec.Cmd, limit time.Duration) Ran { return finish(cmd, limit, patience) }

// KillAfter starts a command and kills it after a while, if it has not ended.
func KillAfter(cmd *exec.Cmd, after time.Duration) Ran {
	r := finish(cmd, max(after, time.Millisecond), 1)
	r.Hung = false // it was the kill
	return r
}

func finish(cmd *exec.Cmd, limit time.Duration, patience int) Ran {
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	r := Ran{Args: cmd.Args, Status: -1}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		r.Err = []byte(err.Error())
		return r
	}
	ended := make(chan struct{})
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		r.watch(cmd.Process, limit, patience, ended)
	}()
	err := cmd.Wait()
	close(ended)
	<-watched
	r.Took, r.Out, r.Err = time.Since(began), out.Bytes(), errs.Bytes()
	status, signal, memory := stateOf(cmd.ProcessState)
	r.Signal, r.Memory = signal, memory
	var exit *exec.ExitError
	if err == nil || errors.As(err, &exit) {
		r.Status = status
	}
	return r
}

// watch kills a process that takes too long or too much.
func (r *Ran) watch(p *os.Process, limit time.Duration, patience int, ended <-chan struct{}) {
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	waited := time.Duration(0)
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ended:
			return
		case <-deadline.C:
			if waited += limit; waited < time.Duration(patience)*limit && worked(p.Pid) < limit/2 {
				deadline.Reset(limit) // others have the processor
				continue
			}
			r.Hung = true
			_ = p.Kill()
			return
		case <-tick.C:
			if resident(p.Pid) > mostMemory {
				r.Swollen = true
				_ = p.Kill()
				return
			}
		}
	}
}

// worked is the time that a process had the processor.
func worked(pid int) time.Duration {
	raw, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat") // gone: nothing
	_, rest, _ := strings.Cut(string(raw), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * time.Second / 100 // the system counts in hundredths
}

func resident(pid int) int64 {
	raw, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm") // gone: nothing
	fields := strings.Fields(string(raw))
	if len(fields) < 2 {
		return 0
	}
	n, _ := strconv.ParseInt(fields[1], 10, 64)
	return n * int64(os.Getpagesize())
}
