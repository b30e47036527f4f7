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
)

func (o outcome) String() string { return [...]string{"killed", "SURVIVED", "no build"}[o] }

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

	outcome outcome
}

func (f *fault) pkg() string { return path.Dir(f.file) }

func (f *fault) String() string {
	line := 1 + strings.Count(f.source[:f.from], "\n")
	kind := f.kind
	if f.workLimit {
		kind += ", work limit"
	}
	show := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	return fmt.Sprintf("%-8s %s:%d (%s) %s → %s",
		f.outcome, f.file, line, kind, show(f.source[f.from:f.to]), show(f.new))
}

// try runs the package's tests with the fault.
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
	text := f.source[:f.from] + f.new + f.source[f.to:]
	if err := errors.Join(os.WriteFile(edited, []byte(text), 0o600), os.WriteFile(overlay, replace, 0o600)); err != nil {
		return err
	}
	cmd := exec.Command("go", "test", "-overlay", overlay, "-vet=off", "-ldflags=-s -w", "-timeout=60s", "./"+f.pkg())
	cmd.Dir = f.root
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		f.outcome = survived
	case !errors.As(err, &exit):
		return fmt.Errorf("running go test: %w", err)
	case strings.Contains(string(out), "[build failed]") || strings.Contains(string(out), "[setup failed]"):
		f.outcome = noBuild
		if f.kind == kindPlanted {
			return fmt.Errorf("a planted fault doesn't build: %s\n%s", f, out)
		}
	default:
		f.outcome = killed
	}
	return nil
}

// parse reads a list of planted faults. A fault is a line with the file, lines
// beginning with "- " and with "+ ": what is there once and what becomes of it,
// and a line "work limit" where it is one. Empty lines and lines beginning with
// "#" are skipped.
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
		case last == nil && (isOld || isNew):
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
