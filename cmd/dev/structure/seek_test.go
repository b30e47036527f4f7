package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// seeksOn returns the loops of a file that go on with a cursor's Seek. On a damaged page keys may not
// ascend, and such a loop then goes round for ever: kv.SeekBehind does not.
func seeksOn(file *ast.File) (loops []token.Pos) {
	ast.Inspect(file, func(n ast.Node) bool {
		loop, ok := n.(*ast.ForStmt)
		if !ok || loop.Cond == nil {
			return true
		}
		found := false
		look := func(n ast.Node) bool {
			if a, ok := n.(*ast.AssignStmt); ok && a.Tok == token.ASSIGN && len(a.Rhs) == 1 {
				if call, ok := a.Rhs[0].(*ast.CallExpr); ok {
					if s, ok := call.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "Seek" {
						found = true
					}
				}
			}
			return true
		}
		if loop.Post != nil {
			ast.Inspect(loop.Post, look)
		}
		if ast.Inspect(loop.Body, look); found {
			loops = append(loops, loop.Pos())
		}
		return true
	})
	return loops
}

func TestNoLoopGoesOnWithSeek(t *testing.T) {
	for path, p := range load(t) {
		if path == "store/kv" || !strings.HasPrefix(path, "store/") {
			continue
		}
		for _, file := range p.files {
			for range seeksOn(file) {
				t.Errorf("%s: a loop goes on with Seek: use kv.SeekBehind, which goes round for ever on no damaged page", path)
			}
		}
	}
	sample, err := parser.ParseFile(token.NewFileSet(), "", `package p
		func f() { for k, _ := c.First(); k != nil; { k, _ = c.Seek(k) } }`, 0)
	if err != nil || len(seeksOn(sample)) != 1 {
		t.Errorf("a loop that does is not seen: %v", err)
	}
}
