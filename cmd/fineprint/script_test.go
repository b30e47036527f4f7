package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/rogpeppe/go-internal/testscript"

	"fineprint/cmd/dev/paralleltest"
	"fineprint/store/text/guard"
)

func TestMain(m *testing.M) {
	paralleltest.AtLeast(4)
	testscript.Main(m, map[string]func(){"fineprint": main, "fineprint-fault": func() {
		guard.Inject(func(text string) bool { return strings.Contains(text, os.Getenv("FAULT")) })
		main()
	}})
}

// TestScriptsOfTheCommandLine runs the real command line on the .txtar files of testdata/script.
// The command fineprint-fault is one whose comparer
// fails at texts with $FAULT in them.
func TestScriptsOfTheCommandLine(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_DATA_HOME", filepath.Join(env.WorkDir, "data"))
			env.Setenv("FINEPRINT_ACTOR", "ada")
			env.Setenv("TZ", "UTC")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"history":  cmdHistory,
			"status":   cmdStatus,
			"site":     cmdSite,
			"terminal": cmdTerminal,
			"flip":     cmdFlip,
		},
		Condition: func(name string) (bool, error) {
			if name != "terminal" {
				return false, fmt.Errorf("there is no condition %q", name)
			}
			ours, theirs, err := pty.Open()
			if err != nil {
				return false, nil
			}
			return errors.Join(ours.Close(), theirs.Close()) == nil, nil
		},
	})
}

// cmdTerminal runs the command line at a terminal, compares its exit status, and writes
// what it shows to the file screen:
//
//	terminal 0 fineprint record edit …
func cmdTerminal(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: terminal N COMMAND…")
	}
	path, err := exec.LookPath(filepath.Join(strings.SplitN(ts.Getenv("PATH"), string(os.PathListSeparator), 2)[0], args[1]))
	ts.Check(err)
	command := exec.Command(path, args[2:]...)
	command.Dir = ts.MkAbs(".")
	for _, name := range []string{"PATH", "HOME", "XDG_DATA_HOME", "FINEPRINT_ACTOR", "TMPDIR", "EDITOR", "TZ"} {
		command.Env = append(command.Env, name+"="+ts.Getenv(name))
	}
	screen, err := pty.StartWithSize(command, &pty.Winsize{Cols: 250, Rows: 50})
	ts.Check(err)
	shown, _ := io.ReadAll(screen) // ends with an error once the command has ended
	got := "0"
	if err := command.Wait(); err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	ts.Check(screen.Close())
	ts.Check(os.WriteFile(ts.MkAbs("screen"), []byte(strings.ReplaceAll(string(shown), "\r\n", "\n")), 0o644))
	if got != args[0] {
		ts.Fatalf("exit status %s, want %s:\n%s", got, args[0], shown)
	}
}

// cmdHistory makes or continues a git repository from a list:
//
//	history REPO LIST
//
// where each line of LIST is "DATE | SUBJECT | PATH | FILE": one commit that
// sets PATH to what FILE holds, or deletes it when FILE is "-".
func cmdHistory(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: history REPO LIST")
	}
	dir := ts.MkAbs(args[0])
	repo, err := git.PlainOpen(dir)
	if err != nil {
		repo, err = git.PlainInit(dir, false)
	}
	ts.Check(err)
	tree, err := repo.Worktree()
	ts.Check(err)
	for _, line := range strings.Split(strings.TrimSpace(ts.ReadFile(args[1])), "\n") {
		f := strings.Split(line, "|")
		if len(f) != 4 {
			ts.Fatalf("not DATE | SUBJECT | PATH | FILE: %s", line)
		}
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		when, err := time.Parse(time.RFC3339, f[0])
		ts.Check(err)
		target := filepath.Join(dir, filepath.FromSlash(f[2]))
		if f[3] == "-" {
			ts.Check(os.Remove(target))
		} else {
			ts.Check(os.MkdirAll(filepath.Dir(target), 0o755))
			ts.Check(os.WriteFile(target, []byte(ts.ReadFile(f[3])), 0o644))
		}
		ts.Check(tree.AddWithOptions(&git.AddOptions{All: true}))
		_, err = tree.Commit(f[1]+"\n\nX-engine-version: 1.2.3\n", &git.CommitOptions{
			Author:            &object.Signature{Name: "bot", Email: "bot@example.invalid", When: when},
			AllowEmptyCommits: true,
		})
		ts.Check(err)
	}
}

// cmdFlip flips a bit of one value of a database, counted from 0 in its bucket:
//
//	flip DATABASE BUCKET N
//
// The pages hold what was written then, so that nothing but the value's own seal tells.
func cmdFlip(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: flip DATABASE BUCKET N")
	}
	n, err := strconv.Atoi(args[2])
	ts.Check(err)
	path := ts.MkAbs(args[0])
	all, err := keysOf(path)
	ts.Check(err)
	if n >= len(all[args[1]]) {
		ts.Fatalf("%s has %d values", args[1], len(all[args[1]]))
	}
	ts.Check(flipped(path, args[1], all[args[1]][n], 40))
}

// cmdStatus runs the command line and compares its exit status:
//
//	status 2 fineprint decide …
func cmdStatus(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: status N COMMAND…")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("exit status %s, want %s", got, args[0])
	}
}
