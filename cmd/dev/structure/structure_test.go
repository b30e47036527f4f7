package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

const root = "../../.."

func load(t *testing.T) map[string]*Package {
	t.Helper()
	all, err := Load(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 30 {
		t.Fatalf("only %d packages were found", len(all))
	}
	return all
}

// TestImportsFollowTheRules guards the architecture: model is a leaf, fetch and
// tui import neither each other nor the store, and only cmd wires.
func TestImportsFollowTheRules(t *testing.T) {
	for _, p := range load(t) {
		for _, to := range p.Imports {
			if !allowed(p.Path, to) {
				t.Errorf("%s imports %s, which its row in rules.go doesn't allow", p.Path, to)
			}
		}
		if unused := unusedRules(p); len(unused) > 0 {
			t.Errorf("%s may import %s and doesn't; take it out of rules.go", p.Path, strings.Join(unused, ", "))
		}
	}
}

func TestRulesNameExistingPackages(t *testing.T) {
	all := load(t)
	exists := func(name string) bool {
		for pkg := range all {
			if covers(name, pkg) {
				return true
			}
		}
		return false
	}
	for from, rules := range mayImport {
		for _, name := range append(slices.Clone(rules), from) {
			if !exists(name) {
				t.Errorf("rules.go names %s, which does not exist", name)
			}
		}
	}
}

func TestForbiddenImportsAreRefused(t *testing.T) {
	for _, bad := range [][2]string{
		{"store/model", "store/text/redline"}, {"tui/screen/queue", "store"}, {"tui", "fetch"}, {"tui", "store"},
		{"fetch/ota", "tui/sanitize"}, {"fetch/watch", "store"}, {"store/detect", "store/review"},
		{"somewhere/else", "store/model"}, {"cmd/fineprint", "cmd/dev/desktest"}, {"store/text/clause", "store/detect"},
	} {
		if allowed(bad[0], bad[1]) {
			t.Errorf("%s may import %s", bad[0], bad[1])
		}
	}
	if !allowed("cmd/fineprint", "store/detect") || !allowed("cmd/dev/eval", "fetch/ota") {
		t.Error("an import of the design is refused")
	}
}

func TestNoCircularImports(t *testing.T) {
	if circle := Cycle(load(t)); circle != nil {
		t.Errorf("circle: %s", strings.Join(circle, " → "))
	}
	made := map[string]*Package{"a": {Imports: []string{"b"}}, "b": {Imports: []string{"c"}},
		"c": {Imports: []string{"b"}}}
	if circle := Cycle(made); !slices.Equal(circle, []string{"b", "c", "b"}) {
		t.Errorf("the circle of b and c is found as %v", circle)
	}
}

func TestPackagesAreSmallAndExplained(t *testing.T) {
	for _, p := range load(t) {
		if p.Lines > maxLines && !strings.Contains(p.Doc, "\nSize: ") {
			t.Errorf("%s has %d lines and no \"Size:\" in its comment that gives the reason", p.Path, p.Lines)
		}
		if p.Doc == "" && p.Lines > 0 {
			t.Errorf("%s has no package comment", p.Path)
		}
	}
}

// TestToolsStayOutOfTheProgram: nothing that is shipped imports a developer's
// tool, whatever the rules allow.
func TestToolsStayOutOfTheProgram(t *testing.T) {
	for _, p := range load(t) {
		for _, to := range p.Imports {
			if isTool(to) && !isTool(p.Path) {
				t.Errorf("%s imports the developers' tool %s", p.Path, to)
			}
		}
	}
}

func TestTopLevelIsTheFixedLayout(t *testing.T) {
	fixed := []string{"cmd", "tui", "store", "fetch", "go.mod", "go.sum", "Taskfile.yml", "README.md", "bin"}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(fixed, e.Name()) {
			t.Errorf("%s stands at the top level, outside the fixed layout", e.Name())
		}
	}
}

// TestLinesFitTheColumn: under 0.5 % of lines are wider than 120 columns.
func TestLinesFitTheColumn(t *testing.T) {
	lines, long := 0, 0
	for _, p := range load(t) {
		lines, long = lines+p.Lines+p.TestLines, long+p.Long
	}
	if long*200 > lines {
		t.Errorf("%d of %d lines are over 120 columns; 0.5 %% may be", long, lines)
	}
}

// TestMapIsDrawn prints the map: go test -v -run TestMapIsDrawn ./cmd/dev/structure
func TestMapIsDrawn(t *testing.T) {
	var b strings.Builder
	draw(&b, load(t))
	t.Log("\n" + b.String())
}
