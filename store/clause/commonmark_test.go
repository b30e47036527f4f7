package clause

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// leafLines lists the lines, counted from 0, on which goldmark's leaf blocks
// begin.
func leafLines(source string) map[int]bool {
	src := []byte(source)
	line := func(at int) int { return strings.Count(source[:at], "\n") }
	starts := map[int]bool{}
	parser := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()
	_ = ast.Walk(parser.Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		switch n := n.(type) {
		case *extast.TableRow, *extast.TableHeader:
			if cell := n.FirstChild(); cell != nil && cell.Lines().Len() > 0 {
				starts[line(cell.Lines().At(0).Start)] = true
			}
			return ast.WalkSkipChildren, nil
		case *ast.FencedCodeBlock:
			if n.Info != nil {
				starts[line(n.Info.Segment.Start)] = true
			} else if l := n.Lines(); l.Len() > 0 {
				starts[line(l.At(0).Start)-1] = true
			}
			return ast.WalkSkipChildren, nil
		}
		if l := n.Lines(); l != nil && l.Len() > 0 {
			starts[line(l.At(0).Start)] = true
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return starts
}

// The scanner begins clauses where a CommonMark parser begins blocks. It knows
// no blocks of HTML and no definitions of links, which are paragraphs to it, and
// it makes clauses of rules, which have no lines to goldmark.
func TestSplitAsCommonMark(t *testing.T) {
	files, err := filepath.Glob("../detect/eval/testdata/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	sources := map[string]string{"made up": besideText}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		sources[filepath.Base(f)] = string(b)
	}
	for name, source := range sources {
		want := leafLines(source)
		got := map[int]bool{}
		d := Split(source)
		for _, c := range d.Clauses {
			if c.Kind != Rule {
				got[strings.Count(source[:c.Start], "\n")] = true
			}
		}
		if len(want) < 5 {
			t.Errorf("%s: goldmark finds %d blocks", name, len(want))
		}
		lines := strings.Split(source, "\n")
		for l := range want {
			if !got[l] {
				t.Errorf("%s, line %d: no clause begins with %q", name, l+1, lines[l])
			}
		}
		for l := range got {
			if !want[l] {
				t.Errorf("%s, line %d: a clause begins with %q", name, l+1, lines[l])
			}
		}
	}
}
