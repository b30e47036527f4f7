package rules

import (
	"crypto/sha256"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"
)

// parts are the files of each part of the table: its rules, and what only they
// or the parts after it use.
var parts = []struct {
	name    string
	version int
	sum     string
	files   []string
}{
	{"clause", clauseVersion, clauseSum, []string{
		"clause.go", "columns.go", "counters.go", "dateline.go", "markup.go", "patterns.go", "rights.go",
		"wording.go"}},
	{"words", wordsVersion, wordsSum, []string{"words.go"}},
	{"context", contextVersion, contextSum, []string{
		"banners.go", "context.go", "contents.go", "edges.go", "languages.go", "links.go", "references.go", "repeats.go", "shapes.go",
		"surroundings.go"}},
	{"capture", captureVersion, captureSum, []string{"capture.go", "capturepage.go", "captured.go", "doubt.go", "formality.go", "language.go", "messages.go",
		"reports.go"}},
}

// TestVersionIsRaisedWithTheRules fails when a rule, a pattern, a word of a
// list or a number of a part of the table changes and the part's version
// doesn't: what older rules found could not be distinguished from what these find. What
// is only faster, with the verdicts of whole archives seen to be the same, keeps the
// version.
func TestVersionIsRaisedWithTheRules(t *testing.T) {
	known := []string{"rules.go", "classify.go", "otherwords.go", "examples.go"}
	for _, p := range parts {
		known = append(known, p.files...)
		if sumOf(t, p.version, p.files) != p.sum {
			t.Errorf("the rules of the %s part changed: set %[1]sVersion to %[2]d and %[1]sSum to %[3]q; if all verdicts "+
				"are the same, %[1]sSum to %[4]q alone", p.name, Version+1, sumOf(t, Version+1, p.files),
				sumOf(t, p.version, p.files))
		}
	}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := e.Name()
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !slices.Contains(known, name) {
			t.Errorf("%s is of no part of the table", name)
		}
	}
}

// TestRulesChecksumSeesEveryChange: a changed pattern, threshold or operator gives another
// sum; a changed example, comment or name doesn't.
func TestRulesChecksumSeesEveryChange(t *testing.T) {
	const src = "package p\n\nconst low = 5 // of a kind\n\nvar r = Rule{Name: `a`, Folds: pairs(`x`, `y`)}\n\n" +
		"func f(n int) bool { return n < low }\n"
	sum := func(old, new string) string {
		h := sha256.New()
		parsed, err := parser.ParseFile(token.NewFileSet(), "", strings.Replace(src, old, new, 1), 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range meaning(parsed) {
			fmt.Fprintln(h, s)
		}
		return fmt.Sprintf("%x", h.Sum(nil))
	}
	for _, c := range []struct {
		old, new string
		want     bool
	}{
		{"5", "6", true}, {"`a`", "`b`", true}, {"<", "<=", true}, {"`x`", "`z`", false}, {"kind", "sort", false},
		{"f(", "g(", false},
	} {
		if differs := sum(c.old, c.new) != sum("", ""); differs != c.want {
			t.Errorf("%s to %s: another sum is %v", c.old, c.new, differs)
		}
	}
}

func sumOf(t *testing.T, version int, files []string) string {
	t.Helper()
	h := sha256.New()
	fmt.Fprintln(h, version)
	for _, name := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range meaning(parsed) {
			fmt.Fprintln(h, s)
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:6])
}

// meaning lists the literals and operators of a file, but for imports, examples,
// and the version and sum themselves.
func meaning(f *ast.File) (list []string) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.ValueSpec:
			name := n.Names[0].Name
			return !strings.HasSuffix(name, "Version") && !strings.HasSuffix(name, "Sum")
		case *ast.KeyValueExpr:
			key, _ := n.Key.(*ast.Ident)
			return key == nil || key.Name != "Folds" && key.Name != "Keeps"
		case *ast.BasicLit:
			list = append(list, n.Value)
		case *ast.BinaryExpr:
			list = append(list, n.Op.String())
		case *ast.UnaryExpr:
			list = append(list, n.Op.String())
		}
		return true
	})
	return list
}
