package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// flips are the operators that are put in the place of others.
var flips = map[token.Token]string{
	token.EQL: "!=", token.NEQ: "==", token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">",
	token.LAND: "||", token.LOR: "&&",
}

// never is a pattern that matches nothing.
const never = "`[^\\x00-\\x{10FFFF}]`"

// generate lists every fault of these kinds that a package's sources allow: a
// comparison or logical operator flipped, a condition negated, a number one
// higher or doubled, a case that never holds, and an alternative of a regular
// expression that never matches. Those of a line that ends in the comment "work
// limit" are marked as such.
func generate(root, pkg string) ([]*fault, error) {
	entries, err := os.ReadDir(filepath.Join(root, filepath.FromSlash(pkg)))
	if err != nil {
		return nil, err
	}
	var all []*fault
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		name := path.Join(pkg, e.Name())
		source, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			return nil, err
		}
		files := token.NewFileSet()
		parsed, err := parser.ParseFile(files, name, source, 0)
		if err != nil {
			return nil, err
		}
		g := generator{root: root, file: name, source: string(source), base: files.File(parsed.Pos()).Base()}
		ast.Inspect(parsed, g.visit)
		all = append(all, g.found...)
	}
	return all, nil
}

// sample picks n faults.
func sample(all []*fault, n int, seed uint64) []*fault {
	r := rand.New(rand.NewPCG(seed, seed))
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return slices.Clone(all[:min(n, len(all))])
}

// generator collects the faults of one file.
type generator struct {
	root, file, source string
	base               int
	found              []*fault
}

func (g *generator) edit(from, to token.Pos, new string) {
	f := &fault{
		root: g.root, file: g.file, kind: kindGenerated, source: g.source,
		from: int(from) - g.base, to: int(to) - g.base, new: new,
	}
	line, _, _ := strings.Cut(g.source[f.from:], "\n")
	f.workLimit = strings.HasSuffix(line, "// work limit")
	g.found = append(g.found, f)
}

func (g *generator) text(n ast.Node) string {
	return g.source[int(n.Pos())-g.base : int(n.End())-g.base]
}

func (g *generator) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return false
	case *ast.ValueSpec: // versions and sums are no behaviour
		return !strings.HasSuffix(n.Names[0].Name, "Version") && !strings.HasSuffix(n.Names[0].Name, "Sum")
	case *ast.KeyValueExpr: // nor are examples
		key, _ := n.Key.(*ast.Ident)
		return key == nil || key.Name != "Folds" && key.Name != "Keeps"
	case *ast.BinaryExpr:
		if op, ok := flips[n.Op]; ok {
			g.edit(n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), op)
		}
	case *ast.IfStmt:
		g.edit(n.Cond.Pos(), n.Cond.End(), "!("+g.text(n.Cond)+")")
	case *ast.BasicLit:
		if n.Kind == token.INT || n.Kind == token.FLOAT {
			g.edit(n.Pos(), n.End(), fmt.Sprintf("(%s + 1)", n.Value))
		}
		if (n.Kind == token.INT || n.Kind == token.FLOAT) && n.Value != "0" {
			g.edit(n.Pos(), n.End(), fmt.Sprintf("(%s * 2)", n.Value))
		}
	case *ast.SwitchStmt:
		g.cases(n)
	case *ast.CallExpr:
		f, ok := n.Fun.(*ast.Ident)
		if ok && f.Name == "make" { // how much memory is asked for is no behaviour
			return false
		}
		if ok && f.Name == "pattern" && len(n.Args) > 2 {
			for _, alternative := range n.Args[1:] {
				g.edit(alternative.Pos(), alternative.End(), never)
			}
		}
	}
	return true
}

// cases makes each case of a switch one that never holds.
func (g *generator) cases(s *ast.SwitchStmt) {
	for _, stmt := range s.Body.List {
		c := stmt.(*ast.CaseClause)
		if len(c.List) == 0 {
			continue
		}
		if s.Tag == nil {
			g.edit(c.List[0].Pos(), c.List[len(c.List)-1].End(), "false")
		} else {
			g.edit(c.Pos(), c.End(), "")
		}
	}
}
