package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// outcome is what became of a fault.
type outcome int

const (
	killed outcome = iota // a test failed
	survived
	noBuild // the compiler refused it
	untried // the run was broken off before it
)

func (o outcome) String() string {
	return [...]string{"killed", "SURVIVED", "not built", "not tried"}[o]
}

// Kinds of faults.
const (
	kindPlanted   = "planted"
	kindGenerated = "generated"
)

// fault is an edit: source[from:to] of a file becomes new.
type fault struct {
	root, file string // file with slashes, below root
	kind       string
	source     string
	from, to   int
	new        string
	workLimit  bool
	equivalent string // why no input can tell the fault from the original; "" for others

	outcome outcome
}

// edited is the file with the fault.
func (f *fault) edited() string { return f.source[:f.from] + f.new + f.source[f.to:] }

func (f *fault) pkg() string { return path.Dir(f.file) }

func (f *fault) String() string {
	line := 1 + strings.Count(f.source[:f.from], "\n")
	kind := f.kind
	if f.workLimit {
		kind += ", work limit"
	}
	if f.equivalent != "" {
		kind += ", equivalent"
	}
	show := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	return fmt.Sprintf("%-9s %s:%d (%s) %s → %s",
		f.outcome, f.file, line, kind, show(f.source[f.from:f.to]), show(f.new))
}

// slowest is how long a package's tests may run with a fault: one that never ends
// is found as surely as one that fails.
const slowest = "30s"

// try builds the test binary of the fault's package alone and runs it.
func (f *fault) try() error {
	dir, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	original, err := filepath.Abs(filepath.Join(f.root, filepath.FromSlash(f.file)))
	if err != nil {
		return err
	}
	edited, overlay := filepath.Join(dir, "edited.go"), filepath.Join(dir, "overlay.json")
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {original: edited}})
	if err != nil {
		return err
	}
	err = errors.Join(os.WriteFile(edited, []byte(f.edited()), 0o600), os.WriteFile(overlay, replace, 0o600))
	if err != nil {
		return err
	}
	binary := filepath.Join(dir, "tests.exe")
	build := exec.Command("go", "test", "-c", "-o", binary, "-overlay", overlay, "-ldflags=-s -w", "./"+f.pkg())
	build.Dir = f.root
	out, built, err := finish(build)
	if err != nil {
		return err
	}
	if !built {
		f.outcome = noBuild
		if f.kind == kindPlanted {
			return fmt.Errorf("a planted fault isn't built: %s\n%s", f, out)
		}
		return nil
	}
	tests := exec.Command(binary, "-test.failfast", "-test.timeout="+slowest)
	tests.Dir = filepath.Dir(original)
	_, passed, err := finish(tests)
	if err != nil {
		return err
	}
	f.outcome = killed
	if passed {
		f.outcome = survived
	}
	return nil
}

// finish runs a command; ok reports whether it succeeded. An error is that it could
// not be run.
func finish(cmd *exec.Cmd) (out []byte, ok bool, err error) {
	out, err = cmd.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return out, false, nil
	}
	return out, err == nil, err
}

// parse reads a list of faults. A fault is a line with the file, lines beginning
// with "- " and with "+ ": what is there once and what becomes of it, a line "work
// limit" where it is one, and a line "= " with the reason where it is equivalent.
// Empty lines and lines beginning with "#" are skipped.
func parse(root, list string) ([]*fault, error) {
	var all []*fault
	for i, line := range strings.Split(list, "\n") {
		bad := func(what string) error { return fmt.Errorf("planted faults, line %d: %s", i+1, what) }
		var last *fault
		if len(all) > 0 {
			last = all[len(all)-1]
		}
		old, isOld := strings.CutPrefix(line, "- ")
		new, isNew := strings.CutPrefix(line, "+ ")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case last == nil && (isOld || isNew || line == "+" || line == "work limit" || strings.HasPrefix(line, "= ")):
			return nil, bad("no file before it")
		case isOld:
			if last.to > 0 { // another one of the same file
				last = &fault{root: root, file: last.file, kind: kindPlanted, source: last.source}
				all = append(all, last)
			}
			if n := strings.Count(last.source, old); n != 1 {
				return nil, bad(fmt.Sprintf("%q is there %d times in %s", old, n, last.file))
			}
			last.from = strings.Index(last.source, old)
			last.to = last.from + len(old)
		case isNew:
			last.new = new
		case line == "+":
			last.new = ""
		case line == "work limit":
			last.workLimit = true
		case strings.HasPrefix(line, "= "):
			last.equivalent = line[2:]
		default:
			source, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(line)))
			if err != nil {
				return nil, bad(err.Error())
			}
			all = append(all, &fault{root: root, file: line, kind: kindPlanted, source: string(source)})
		}
	}
	return all, nil
}
