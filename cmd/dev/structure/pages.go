package main

import (
	"fmt"
	"go/ast"
	"go/doc"
	"maps"
	"slices"
	"strings"
)

// pages are the generated pages about the packages and modules, by file.
func pages(root string) (map[string]string, error) {
	all, err := Load(root)
	if err != nil {
		return nil, err
	}
	return map[string]string{"cmd/dev/PACKAGES.md": packagesPage(all), "cmd/dev/DEPENDENCIES.md": dependenciesPage()}, nil
}

const madeBy = "\n<!-- Made by: go test ./cmd/dev/structure -run Pages -update -->\n"

// packagesPage lists what each package is for and what it imports of ours.
func packagesPage(all map[string]*Package) string {
	var b strings.Builder
	b.WriteString("# Packages\n\nThe first sentence of each package's comment; `go doc ./PACKAGE` prints the rest.\n" +
		"`go run ./cmd/dev/structure` prints lines and imports.\n\n| Package | Purpose | Imports |\n|---|---|---|\n")
	for _, path := range slices.Sorted(maps.Keys(all)) {
		p := all[path]
		if p.Lines == 0 {
			continue
		}
		purpose := strings.ReplaceAll(synopsis(p.Doc), "|", "\\|")
		imports := strings.Join(p.Imports, ", ")
		if isTool(path) {
			imports = ""
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", path, purpose, imports)
	}
	return b.String() + madeBy
}

// synopsis returns the first sentence of a package comment without the words
// that name the package.
func synopsis(comment string) string {
	s := new(doc.Package).Synopsis(comment)
	if f := strings.Fields(s); len(f) > 2 && (f[0] == "Package" || f[0] == "Command") {
		s = strings.Join(f[2:], " ")
	}
	return strings.TrimSuffix(s, ".")
}

// declared lists everything that the packages declare, as pkg.Name and
// pkg.Type.Method.
func declared(all map[string]*Package) map[string]bool {
	names := map[string]bool{}
	for _, p := range all {
		for _, file := range p.files {
			for _, d := range file.Decls {
				for _, name := range declares(d) {
					names[file.Name.Name+"."+name] = true
				}
			}
		}
	}
	return names
}

// declares names what a declaration declares; a method with its type.
func declares(d ast.Decl) []string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return []string{strings.TrimPrefix(receiver(d)+"."+d.Name.Name, ".")}
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

// receiver is the name of a method's type, empty for a function.
func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return ""
	}
	of := d.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	if generic, ok := of.(*ast.IndexExpr); ok {
		of = generic.X
	}
	if name, ok := of.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}
