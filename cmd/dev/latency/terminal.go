package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/creack/pty"
)

const (
	quiet = 40 * time.Millisecond  // after which a frame is whole
	never = 500 * time.Millisecond // after which a key draws nothing
)

// terminal is a program on a pseudo-terminal.
type terminal struct {
	program *exec.Cmd
	pty     *os.File

	mu   sync.Mutex
	n    int       // bytes drawn
	last time.Time // when the last of them came
}

func start(program *exec.Cmd) (*terminal, error) {
	if program.Env == nil {
		program.Env = os.Environ()
	}
	program.Env = append(program.Env, "TERM=xterm-256color", "COLORTERM=truecolor", "LESS=")
	f, err := pty.StartWithSize(program, &pty.Winsize{Cols: 160, Rows: 45})
	if err != nil {
		return nil, fmt.Errorf("starting %s: %w", program.Path, err)
	}
	t := &terminal{program: program, pty: f}
	go func() {
		p := make([]byte, 1<<16)
		for {
			n, err := f.Read(p)
			t.mu.Lock()
			t.n, t.last = t.n+n, time.Now()
			t.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	return t, nil
}

func (t *terminal) drawn() (int, time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.n, t.last
}

func (t *terminal) send(keys string) { _, _ = t.pty.WriteString(keys) }

// waitUntilIdle waits until nothing was drawn for a while, and returns how long it took
// to the last of it.
func (t *terminal) waitUntilIdle(rest time.Duration) time.Duration {
	begun := time.Now()
	for {
		if _, last := t.drawn(); time.Since(begun) > rest && time.Since(last) > rest {
			return max(0, last.Sub(begun))
		}
		time.Sleep(time.Millisecond)
	}
}

// key presses one, and returns how long its frame took, and whether there was
// one.
func (t *terminal) key(k string) (time.Duration, bool) {
	before, _ := t.drawn()
	begun := time.Now()
	t.send(k)
	for {
		time.Sleep(200 * time.Microsecond)
		n, last := t.drawn()
		switch {
		case n > before && time.Since(last) > quiet:
			return last.Sub(begun), true
		case n == before && time.Since(begun) > never:
			return 0, false
		}
	}
}

// held holds a key down over so many rows, and prints how much was drawn meanwhile, the
// longest time in which nothing was, how long after the last one the screen settled, and
// the CPU time of it all.
func (t *terminal) held(key string, rows int, every time.Duration) error {
	before, err := ticks(t.program.Process.Pid)
	if err != nil {
		return err
	}
	drawn, _ := t.drawn()
	begun, gap := time.Now(), time.Duration(0)
	for range rows {
		t.send(key)
		time.Sleep(every)
		if _, last := t.drawn(); last.After(begun) {
			gap = max(gap, time.Since(last))
		}
	}
	held := time.Since(begun)
	settled := t.waitUntilIdle(500 * time.Millisecond)
	after, err := ticks(t.program.Process.Pid)
	if err != nil {
		return err
	}
	more, _ := t.drawn()
	fmt.Printf("held     %q over %d rows in %v: %d bytes a row, nothing drawn for at most %v, settled %v after the last, "+
		"%d ms of CPU time\n", key, rows, held.Round(time.Millisecond), (more-drawn)/rows, gap.Round(time.Millisecond),
		settled.Round(time.Millisecond), (after-before)*10)
	return nil
}

// usage prints the program's memory and, of a while it is left alone, its CPU
// time.
func (t *terminal) usage(idle time.Duration) error {
	pid := t.program.Process.Pid
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return fmt.Errorf("reading the program's memory: %w", err)
	}
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "VmRSS") || strings.HasPrefix(line, "VmHWM") || strings.HasPrefix(line, "RssAnon") ||
			strings.HasPrefix(line, "RssFile") {
			fmt.Print("memory   ", line)
		}
	}
	if idle == 0 {
		return nil
	}
	before, err := ticks(pid)
	if err != nil {
		return err
	}
	drawn, _ := t.drawn()
	time.Sleep(idle)
	after, err := ticks(pid)
	if err != nil {
		return err
	}
	more, _ := t.drawn()
	fmt.Printf("idle     %d ms of CPU time in %v, %d bytes drawn\n", (after-before)*10, idle, more-drawn)
	return nil
}

// beside has another process decide on changes, one after the other, and prints what
// that costs the program, and its memory afterwards.
func (t *terminal) beside(bin, db string, ids []string) error {
	before, err := ticks(t.program.Process.Pid)
	if err != nil {
		return err
	}
	for _, id := range ids {
		decide := exec.Command(bin, "--db", db, "decide", id, "--actor", "another", "--dismiss", "measured")
		if out, err := decide.CombinedOutput(); err != nil {
			return fmt.Errorf("deciding on %s: %w: %s", id, err, out)
		}
		time.Sleep(time.Second) // it looks twice a second
	}
	after, err := ticks(t.program.Process.Pid)
	if err != nil {
		return err
	}
	fmt.Printf("beside   %d ms of CPU time after each of %d decisions\n", (after-before)*10/max(1, len(ids)), len(ids))
	return t.usage(0)
}

// ticks is a process's CPU time in hundredths of a second.
func ticks(pid int) (int, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, fmt.Errorf("reading the program's CPU time: %w", err)
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	f := strings.Fields(rest)
	user, err := strconv.Atoi(f[11])
	if err != nil {
		return 0, err
	}
	system, err := strconv.Atoi(f[12])
	return user + system, err
}

// end leaves the program, by force when it doesn't go.
func (t *terminal) end(key string) {
	t.send(key)
	done := make(chan struct{})
	go func() { _ = t.program.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		fmt.Println("it did not leave and was ended")
		_ = t.program.Process.Kill()
	}
	_ = t.pty.Close()
}
