package clause

import (
	"os"
	"path/filepath"
	"slices"
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

// clauseLines lists the lines, counted from 0, on which the scanner's clauses
// begin, without rules.
func clauseLines(source string) map[int]bool {
	starts := map[int]bool{}
	for _, c := range Split(source).Clauses {
		if c.Kind != Rule {
			starts[strings.Count(source[:c.Start], "\n")] = true
		}
	}
	return starts
}

// The scanner begins clauses where a CommonMark parser begins blocks. It knows
// no blocks of HTML and no definitions of links, which are paragraphs to it, and
// it makes clauses of rules, which have no lines to goldmark.
func TestSplitAgreesWithCommonMark(t *testing.T) {
	files, err := filepath.Glob("../../../cmd/dev/detecteval/testdata/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	sources := map[string]string{
		"made up":                 besideText,
		"table after a paragraph": tableText,
	}
	for _, f := range append(files, "testdata/terms.md") {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		sources[filepath.Base(f)] = string(b)
	}
	for name, source := range sources {
		want, got := leafLines(source), clauseLines(source)
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

// tableText has a table whose first row ends a paragraph, as where an empty
// table's line of dashes runs into its caption.
const tableText = "# T\n\n|     |     |\n| --- | --- |Caption\n| a | b |\n| --- | --- |\n| c | d |\n| e | f " +
	"|\n\nProse\n  | g | h |\n|---|---|\n| i | j |\n\nEnd.\n"

// A table begins in the middle of a paragraph: the lines above its first row
// stay one, and every row is a clause of its own.
func TestTableAfterAParagraphIsSplit(t *testing.T) {
	type piece struct {
		kind Kind
		text string
	}
	want := []piece{
		{Heading, "# T"},
		{Paragraph, "|     |     |\n| --- | --- |Caption"},
		{Row, "| a | b |\n| --- | --- |"}, {Row, "| c | d |"}, {Row, "| e | f |"},
		{Paragraph, "Prose"},
		{Row, "| g | h |\n|---|---|"}, {Row, "| i | j |"},
		{Paragraph, "End."},
	}
	var got []piece
	for _, c := range Split(tableText).Clauses {
		got = append(got, piece{c.Kind, tableText[c.Start:c.End]})
	}
	if !slices.Equal(got, want) {
		t.Fatalf("got  %q\nwant %q", got, want)
	}
	for i := range len(tableText) + 1 {
		for _, put := range []string{"\n", "\n\n", "|", "> ", "* "} {
			same(t, tableText, tableText[:i]+put+tableText[i:])
			same(t, tableText[:i]+put+tableText[i:], tableText)
		}
	}
}
