//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	// When a process is killed.
	killAfter  = 60 * time.Second // of the processor
	killAtLast = 5 * time.Minute  // on the clock
	killAt     = 3 << 30
)

// bench is where one bomb is made and read.
type bench struct {
	ctx      context.Context
	dir, bin string
	env      []string
	size     int64
	server   *httptest.Server
	err      error
}

func (b *bench) close() {
	if b.server != nil {
		b.server.CloseClientConnections()
		b.server.Close()
	}
}

func (b *bench) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *bench) path(name string) string { return filepath.Join(b.dir, filepath.FromSlash(name)) }

// write writes a file of the bomb.
func (b *bench) write(name, content string) string {
	path := b.path(name)
	b.fail(os.MkdirAll(filepath.Dir(path), 0o700))
	b.fail(os.WriteFile(path, []byte(content), 0o600))
	b.size += int64(len(content))
	return path
}

// diff reads a bomb beside a small text.
func (b *bench) diff(name, content string) []string {
	path := b.write(name, content)
	size := b.size
	old := b.write("old.md", "# Terms\n\nYou may leave at any time.\n")
	b.size = size
	return []string{"diff", old, path}
}

// both compares two bombs.
func (b *bench) both(name, old, new string) []string {
	return []string{"diff", b.write("old-"+name, old), b.write("new-"+name, new)}
}

// files imports two bombs as versions of one document.
func (b *bench) files(name, old, new string) []string {
	return b.inDB("import", "files", "Acme/Terms", b.write("2024-01-01-"+name, old), b.write("2024-02-01-"+name, new))
}

// inDB returns the arguments of a command on the bench's own database.
func (b *bench) inDB(args ...string) []string {
	return append(args, "--db", b.path("bombs.db"), "--actor", "bombs")
}

// setup runs a command that is no part of what is measured.
func (b *bench) setup(args ...string) string {
	if b.err != nil {
		return ""
	}
	out, err := command(b.ctx, b.bin, b.dir, b.inDB(args...), nil).CombinedOutput()
	if code := new(exec.ExitError); err != nil && (!errors.As(err, &code) || code.ExitCode() > 1) {
		b.fail(fmt.Errorf("%v: %w: %s", args, err, out))
	}
	return string(out)
}

// command is a command of the build, in the folder of a bomb.
func command(ctx context.Context, bin, dir string, args, env []string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, bin, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), append([]string{"HOME=" + dir, "XDG_CONFIG_HOME=" + dir, "XDG_DATA_HOME=" + dir,
		"NO_COLOR=1"}, env...)...)
	return cmd
}

// serve answers every request by f, and tracks the address of the bomb.
func (b *bench) serve(path string, f http.HandlerFunc) []string {
	b.server = httptest.NewServer(f)
	b.setup("track", "add", b.server.URL+path, "--platform", "Acme", "--type", "Terms of Service", "--allow-host", "127.0.0.1")
	return b.inDB("fetch", "--all", "--allow-host", "127.0.0.1")
}

// measure has a bomb read and returns what it took.
func measure(ctx context.Context, bin, dir string, m made) (result, error) {
	cmd := command(ctx, bin, dir, m.Args, m.Env)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = io.Discard, &said
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return result{}, err
	}
	killed := make(chan string, 1)
	done := make(chan struct{})
	go func() { killed <- watch(cmd.Process, began, done) }()
	_ = cmd.Wait()
	close(done)
	r := result{command: commandName(m.Args), size: m.Size, took: time.Since(began), exit: cmd.ProcessState.ExitCode(),
		cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		r.rss = int64(usage.Maxrss) << 10
	}
	if r.outcome = <-killed; r.outcome == "" {
		r.outcome = outcome(said.String())
	}
	return r, nil
}

// watch kills a process that takes too much, and says why.
func watch(p *os.Process, began time.Time, done chan struct{}) string {
	for {
		select {
		case <-done:
			return ""
		case <-time.After(50 * time.Millisecond):
		}
		resident, cpu := takes(p.Pid)
		switch {
		case cpu > killAfter || time.Since(began) > killAtLast:
			_ = p.Kill()
			return fmt.Sprintf("killed after %.0f s", time.Since(began).Seconds())
		case resident > killAt:
			_ = p.Kill()
			return "killed at 3 GB"
		}
	}
}

// takes returns the memory that a process has, and the time of the processor it took.
func takes(pid int) (resident int, cpu time.Duration) {
	number := func(path string, at int) int {
		b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, path))
		_, rest, found := strings.Cut(string(b), ") ") // the name may hold anything
		if !found {
			rest = string(b)
		}
		if fields := strings.Fields(rest); at < len(fields) {
			n, _ := strconv.Atoi(fields[at])
			return n
		}
		return 0
	}
	const ticks = 100 // a second
	return number("statm", 1) * os.Getpagesize(), time.Duration(number("stat", 11)+number("stat", 12)) * time.Second / ticks
}

// commandName is the words of a command before its arguments.
func commandName(args []string) string {
	switch args[0] {
	case "import", "track", "record", "insight", "config", "playbook":
		return args[0] + " " + args[1]
	}
	return args[0]
}

// outcome is the first thing a command said on its standard error.
func outcome(said string) string {
	if strings.Contains(said, "panic:") || strings.Contains(said, "goroutine ") {
		said = "panic: " + said
	}
	for line := range strings.Lines(said) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasSuffix(line, "%") {
			line = strings.ReplaceAll(line, "|", "\\|")
			return line[:min(len(line), 110)]
		}
	}
	return "read"
}
