// Command fuzz runs the fuzz targets one after the other, each for a while, and prints
// one table: the target, the law that its comment states, how often it was run, the new
// inputs that were kept, and whether one broke it.
//
//	go run ./cmd/dev/fuzz -time 10m
//	go run ./cmd/dev/fuzz -time 2m -only 'fetch/.*'
//
// An input that broke a target is kept by go test in testdata/fuzz of its package. The
// list of which parsers of foreign bytes there are, and by which target each is fuzzed, is
// in parsers.go; a test holds it against the packages.
package main

import (
	"context"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"fineprint/cmd/dev/devtool"
)

func main() { devtool.Main("fuzz", run) }

// target is a fuzz target and what its comment says it holds.
type target struct{ pkg, name, law string }

func run(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("fuzz", flag.ContinueOnError)
	f.SetOutput(out)
	each := f.Duration("time", 10*time.Minute, "how long each target is run")
	only := f.String("only", "", "only targets whose package/Name matches this expression")
	root := f.String("root", ".", "the folder of the module")
	parsers := f.Bool("parsers", false, "only the targets of parsers of foreign bytes")
	if err := f.Parse(args); err != nil {
		return err
	}
	match, err := regexp.Compile(*only)
	if err != nil {
		return err
	}
	all, err := targets(*root)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "| target | law | time | execs | new | broken by |\n|---|---|--:|--:|--:|---|\n")
	broken := 0
	for _, t := range all {
		if !match.MatchString(t.pkg+"/"+t.name) || *parsers && !slices.ContainsFunc(foreign, func(p parserOf) bool { return p.by(t) }) {
			continue
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r := fuzz(ctx, *root, t, *each)
		if r.broken != "" {
			broken++
		}
		fmt.Fprintf(out, "| %s.%s | %s | %.0f s | %s | %s | %s |\n", t.pkg, t.name, cell(t.law), r.took.Seconds(), r.execs,
			r.interesting, cell(r.broken))
	}
	if broken > 0 {
		return fmt.Errorf("%d targets are broken", broken)
	}
	return nil
}

func cell(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "|", "\\|")
}

// targets finds the fuzz targets of the module, by package and name.
func targets(root string) (all []target, err error) {
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := d.Name(); d.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Fuzz") {
				law := strings.TrimLeft(strings.TrimPrefix(f.Doc.Text(), f.Name.Name), ": ")
				all = append(all, target{filepath.ToSlash(rel), f.Name.Name, law})
			}
		}
		return err
	})
	slices.SortFunc(all, func(a, b target) int { return strings.Compare(a.pkg+"/"+a.name, b.pkg+"/"+b.name) })
	return all, err
}

// result is what running a target came to.
type result struct {
	took               time.Duration
	execs, interesting string
	broken             string
}

var (
	progress = regexp.MustCompile(`execs: (\d+) .*new interesting: (\d+)`)
	kept     = regexp.MustCompile(`testdata/fuzz/\S+`)
)

// fuzz runs one target for a while.
func fuzz(ctx context.Context, root string, t target, each time.Duration) result {
	began := time.Now()
	cmd := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-fuzz", "^"+t.name+"$", "-fuzztime", each.String(), "./"+t.pkg)
	cmd.Dir = root
	said, err := cmd.CombinedOutput()
	r := result{took: time.Since(began), execs: "0", interesting: "0"}
	if found := progress.FindAllStringSubmatch(string(said), -1); len(found) > 0 {
		r.execs, r.interesting = found[len(found)-1][1], found[len(found)-1][2]
	}
	if err != nil && ctx.Err() == nil {
		if r.broken = kept.FindString(string(said)); r.broken == "" {
			r.broken = string(said[max(0, len(said)-200):])
		}
	}
	return r
}
