package main

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fineprint/tui/config"
	"fineprint/tui/keys"
	"fineprint/tui/query"
)

var updateReadme = flag.Bool("update-readme", false, "write the README's generated parts")

// readmeParts are the parts of the README that are made from the program, so
// that they can't say something else than it does.
func readmeParts() map[string]string {
	var commands strings.Builder
	for _, c := range newRootCommand(newApp(nil, &bytes.Buffer{}, &bytes.Buffer{})).Commands() {
		if c.Hidden || c.Name() == "help" || c.Name() == "completion" {
			continue
		}
		fmt.Fprintf(&commands, "- `%s` %s\n", c.Name(), strings.ToLower(c.Short[:1])+c.Short[1:])
	}
	var filters strings.Builder
	for _, f := range query.Fields {
		fmt.Fprintf(&filters, "- `%s:` %s\n", f.Name, f.Help)
	}
	return map[string]string{
		"filters":  filters.String(),
		"tasks":    tasks(),
		"commands": commands.String(),
		"keys":     keys.Markdown(),
		"settings": config.Markdown(),
	}
}

// tasks lists those of the Taskfile.
func tasks() string {
	raw, _ := os.ReadFile("../../Taskfile.yml")
	var names []string
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z:]+):$`).FindAllStringSubmatch(string(raw), -1) {
		names = append(names, "`"+m[1]+"`")
	}
	return strings.Join(names, ", ") + "."
}

func TestReadmeIsInStep(t *testing.T) {
	const file = "../../README.md"
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	for name, want := range readmeParts() {
		begin, end := "<!-- "+name+" -->\n", "\n<!-- /"+name+" -->"
		_, rest, found := strings.Cut(text, begin)
		if !found {
			t.Fatalf("README has no %q part", name)
		}
		got, _, found := strings.Cut(rest, end)
		if !found {
			t.Fatalf("README's %q part does not end", name)
		}
		if got != strings.TrimSpace(want) {
			if !*updateReadme {
				t.Errorf("README's %s are out of step; go test ./cmd/fineprint -run Readme -update-readme writes them", name)
			}
			text = strings.Replace(text, begin+got+end, begin+strings.TrimSpace(want)+end, 1)
		}
	}
	if *updateReadme {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestReadmeNamesRealPackages(t *testing.T) {
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("(?m)^\\| `((?:cmd|fetch|store|tui)[a-z/0-9]*)` \\|").FindAllStringSubmatch(string(raw), -1)
	if len(rows) < 12 {
		t.Fatalf("README's table names %d packages", len(rows))
	}
	named := map[string]bool{}
	for _, row := range rows {
		named[row[1]] = true
		if sources, _ := os.ReadDir("../../" + row[1]); len(sources) == 0 {
			t.Errorf("README names package %s, which does not exist", row[1])
		}
	}
	for _, pkg := range packages(t) {
		if !named[pkg] {
			t.Errorf("README does not name package %s", pkg)
		}
	}
}

// TestReadmeNamesEveryDependency holds the README's table against go.mod's
// direct requirements.
func TestReadmeNamesEveryDependency(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(raw), "## Dependencies")
	direct := 0
	for _, line := range strings.Split(string(mod), "\n") {
		f := strings.Fields(line)
		if len(f) != 2 || !strings.HasPrefix(f[1], "v") || !strings.Contains(f[0], "/") {
			continue
		}
		direct++
		if !strings.Contains(table, "| `"+f[0]+"` |") {
			t.Errorf("README's dependency table lacks %s", f[0])
		}
	}
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(table, -1) {
		if !strings.Contains(string(mod), row[1]+" v") {
			t.Errorf("README's dependency table names %s, which go.mod does not", row[1])
		}
	}
	if direct < 8 {
		t.Fatalf("only %d direct dependencies found in go.mod", direct)
	}
}

// packages lists the folders that hold Go files.
func packages(t *testing.T) []string {
	var all []string
	for _, top := range []string{"cmd", "fetch", "store", "tui"} {
		err := filepath.WalkDir("../../"+top, func(file string, _ fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(file, ".go") {
				rel, _ := filepath.Rel("../..", filepath.Dir(file))
				all = append(all, filepath.ToSlash(rel))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// TestReadmeNamesRealFunctions: what the README calls package.Name or
// package.Type.Method is there.
func TestReadmeNamesRealFunctions(t *testing.T) {
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string]bool{}
	for _, pkg := range packages(t) {
		sources, err := filepath.Glob("../../" + pkg + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range sources {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range parsed.Decls {
				for _, name := range declares(d) {
					declared[parsed.Name.Name+"."+name] = true
				}
			}
		}
	}
	named := regexp.MustCompile("`((?:ota|watch|importer|fetch|extract|store|detect|clause|redline|redlineview|review|terms|export|keys|query)(?:\\.[A-Z]\\w*)+)`").FindAllStringSubmatch(string(raw), -1)
	for _, n := range named {
		if !declared[n[1]] {
			t.Errorf("README names %s, which does not exist", n[1])
		}
	}
	if len(named) < 15 {
		t.Fatalf("README names %d functions", len(named))
	}
}

// declares names what a declaration declares; a method with its type.
func declares(d ast.Decl) []string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return []string{d.Name.Name}
		}
		of := d.Recv.List[0].Type
		if star, ok := of.(*ast.StarExpr); ok {
			of = star.X
		}
		if name, ok := of.(*ast.Ident); ok {
			return []string{name.Name + "." + d.Name.Name}
		}
	case *ast.GenDecl:
		var names []string
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				names = append(names, s.Name.Name)
			case *ast.ValueSpec:
				for _, n := range s.Names {
					names = append(names, n.Name)
				}
			}
		}
		return names
	}
	return nil
}
