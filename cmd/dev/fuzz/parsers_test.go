package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const root = "../../.."

// TestEveryParserIsFuzzed: each function that takes bytes from outside is listed, with a
// target that is there and states a law; and what is listed is there.
func TestEveryParserIsFuzzed(t *testing.T) {
	all, err := targets(root)
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{} // functions, by package
	for _, pkg := range packages() {
		for name, takesBytes := range functions(t, pkg) {
			there[pkg+"."+name] = true
			listed := slices.ContainsFunc(foreign, func(p parserOf) bool { return p.pkg == pkg && p.function == name })
			if takesBytes && slices.Contains(outside, pkg) && !listed {
				t.Errorf("%s.%s takes bytes: list it in parsers.go, with the target that runs it", pkg, name)
			}
		}
	}
	for _, p := range foreign {
		i := slices.IndexFunc(all, p.by)
		switch {
		case !there[p.pkg+"."+p.function]:
			t.Errorf("%s.%s is listed and not there", p.pkg, p.function)
		case p.target == "" && p.why == "":
			t.Errorf("%s.%s has neither a target nor a reason to have none", p.pkg, p.function)
		case p.target != "" && i < 0:
			t.Errorf("%s.%s: there is no target %s", p.pkg, p.function, p.target)
		case p.target != "" && all[i].law == "":
			t.Errorf("%s.%s states no law in its comment", all[i].pkg, all[i].name)
		}
	}
}

// packages are those of which functions are listed, or must be.
func packages() []string {
	all := slices.Clone(outside)
	for _, p := range foreign {
		all = append(all, p.pkg)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// functions lists the functions of a package, and which are exported and take bytes.
func functions(t *testing.T, pkg string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	files, err := filepath.Glob(filepath.Join(root, pkg, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no files, %v", pkg, err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, source, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			takes := false
			for _, param := range f.Type.Params.List {
				kind := string(source[param.Type.Pos()-1 : param.Type.End()-1])
				takes = takes || kind == "[]byte" || kind == "io.Reader"
			}
			found[f.Name.Name] = found[f.Name.Name] || takes && f.Recv == nil && f.Name.IsExported()
		}
	}
	return found
}
