// Command structure draws the map of the program's packages: lines, the imports
// each is allowed and those it has, and what breaks a rule.
//
//	go run ./cmd/dev/structure
//
// Its tests hold the rules (rules.go) and the two call paths (callpath_test.go): the
// functions that a capture and a key press pass. It parses the sources itself,
// because a test that runs the go tool is cached while violations are planted.
// It is not for style, which gofmt, vet and staticcheck see to.
package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// module is the import path that all our packages start with.
const module = "fineprint/"

// Package is one folder of Go sources.
type Package struct {
	Path      string   // from the repository's root: store/text/redline
	Doc       string   // package comment
	Lines     int      // of all sources but tests
	TestLines int      // of tests
	Long      int      // lines over maxColumns characters, tests included
	Imports   []string // our packages that its sources import, sorted
	InTests   []string // our packages that only its tests import, sorted
	files     []*ast.File
	tests     []string // names of the functions that tests declare
}

// Load reads all packages below the four source folders of root, by path.
func Load(root string) (map[string]*Package, error) {
	all := map[string]*Package{}
	for _, top := range []string{"cmd", "fetch", "store", "tui"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.Contains(file, "testdata") {
				return err
			}
			rel, err := filepath.Rel(root, file)
			if err != nil {
				return err
			}
			dir := path.Dir(filepath.ToSlash(rel))
			p := all[dir]
			if p == nil {
				p = &Package{Path: dir}
				all[dir] = p
			}
			return p.add(file)
		})
		if err != nil {
			return nil, err
		}
	}
	for _, p := range all {
		p.finish()
	}
	return all, nil
}

// add reads one source file into the package.
func (p *Package) add(file string) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, raw, parser.ParseComments)
	if err != nil {
		return err
	}
	for _, line := range bytes.Split(raw, []byte("\n")) {
		if utf8.RuneCount(line) > maxColumns {
			p.Long++
		}
	}
	lines, to := &p.Lines, &p.Imports
	if strings.HasSuffix(file, "_test.go") {
		lines, to = &p.TestLines, &p.InTests
		for _, d := range parsed.Decls {
			p.tests = append(p.tests, declares(d)...)
		}
	} else {
		p.files = append(p.files, parsed)
		if parsed.Doc != nil {
			p.Doc = parsed.Doc.Text()
		}
	}
	*lines += bytes.Count(raw, []byte("\n"))
	for _, spec := range parsed.Imports {
		if target, ours := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), module); ours {
			*to = append(*to, target)
		}
	}
	return nil
}

func (p *Package) finish() {
	slices.Sort(p.Imports)
	p.Imports = slices.Compact(p.Imports)
	slices.Sort(p.InTests)
	p.InTests = slices.DeleteFunc(slices.Compact(p.InTests), func(s string) bool {
		_, found := slices.BinarySearch(p.Imports, s)
		return found || s == p.Path
	})
}

// isTool reports whether a package is for developers and not in the program.
func isTool(pkg string) bool { return strings.HasPrefix(pkg+"/", "cmd/dev/") }

// Cycle returns a circle of imports, empty when there is none.
func Cycle(all map[string]*Package) []string {
	const open, done = 1, 2
	state := map[string]int{}
	var stack []string
	var visit func(string) []string
	visit = func(pkg string) []string {
		switch {
		case state[pkg] == open:
			return append(slices.Clone(stack[slices.Index(stack, pkg):]), pkg)
		case state[pkg] == done || all[pkg] == nil:
			return nil
		}
		state[pkg] = open
		stack = append(stack, pkg)
		for _, to := range all[pkg].Imports {
			if circle := visit(to); circle != nil {
				return circle
			}
		}
		stack = stack[:len(stack)-1]
		state[pkg] = done
		return nil
	}
	for _, pkg := range slices.Sorted(maps.Keys(all)) {
		if circle := visit(pkg); circle != nil {
			return circle
		}
	}
	return nil
}

// draw prints the map.
func draw(w io.Writer, all map[string]*Package) {
	byPath := func(a, b *Package) int { return cmp.Compare(a.Path, b.Path) }
	var product, tests, tools, long int
	for _, p := range slices.SortedFunc(maps.Values(all), byPath) {
		fmt.Fprintf(w, "%-24s %5d lines, %5d of tests", p.Path, p.Lines, p.TestLines)
		if isTool(p.Path) {
			tools += p.Lines
		} else {
			product += p.Lines
		}
		tests += p.TestLines
		long += p.Long
		if len(p.Imports) > 0 {
			fmt.Fprintf(w, "  → %s", strings.Join(p.Imports, " "))
		}
		if unused := unusedRules(p); len(unused) > 0 {
			fmt.Fprintf(w, "  (allowed, unused: %s)", strings.Join(unused, " "))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%d packages: %d lines of the program, %d of developers' tools, %d of tests; %d lines over 120 "+
		"columns\n",
		len(all), product, tools, tests, long)
	if circle := Cycle(all); circle != nil {
		fmt.Fprintln(w, "circle:", strings.Join(circle, " → "))
	} else {
		fmt.Fprintln(w, "no circles")
	}
}

func main() {
	all, err := Load(".")
	if err != nil {
		fmt.Fprintln(os.Stderr, "structure:", err)
		os.Exit(1)
	}
	draw(os.Stdout, all)
}
