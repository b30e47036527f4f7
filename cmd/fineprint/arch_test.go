package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mayImport says which of our packages each package may import. A package not
// listed falls under its longest listed prefix ending in "/".
var mayImport = map[string][]string{
	"store/model":           {},
	"store/text/guard":      {},
	"store/text/redline":    {"store/model", "store/text/guard"},
	"store/text/clause":     {"store/model", "store/text/guard", "store/text/redline"},
	"store/text/similar":    {"store/model", "store/text/redline", "store/text/clause"},
	"store/detect":          {"store/model", "store/text/guard", "store/text/redline", "store/text/clause"},
	"store/detect/timeline": {"store/model", "store/detect", "store/text/guard", "store/text/similar"},
	"store/review":          {"store/model"},
	"store/export":          {"store/model", "store/text/redline"},
	"store/kv":              {"store/model"},
	"store/blob":            {"store/model", "store/kv"},
	"store/journal":         {"store/model", "store/kv"},
	"store/rows":            {"store/model", "store/kv", "store/blob", "store/journal", "store/review", "store/text/similar"},
	"store/archive":         {"store/model", "store/kv", "store/blob", "store/journal", "store/rows", "store/review", "store/detect", "store/detect/timeline", "store/text/guard", "store/text/similar"},
	"store/ledger":          {"store/model", "store/kv", "store/blob", "store/journal", "store/rows", "store/review", "store/text/redline"},
	"store/track":           {"store/model", "store/kv", "store/journal", "store/rows"},
	"store/views":           {"store/model", "store/kv", "store/blob", "store/journal", "store/rows", "store/review", "store/detect", "store/text/clause", "store/text/guard", "store/text/similar"},
	"store/check":           {"store/model", "store/kv", "store/blob", "store/journal", "store/rows", "store/review"},
	"store":                 {"store/model", "store/kv", "store/journal", "store/archive", "store/ledger", "store/track", "store/views", "store/check"},
	"fetch":                 {"store/model"},
	"fetch/browser":         {"fetch"},
	"fetch/extract":         {"store/model"},
	"fetch/ota":             {"store/model"},
	"fetch/intake":          {"store/model", "fetch", "fetch/extract", "fetch/ota"},
	"tui/sanitize":          {},
	"tui/activitywords":     {"store/model"},
	"tui/config":            {"tui/keys", "tui/theme"},
	"tui":                   {"store/model", "store/text/redline", "store/text/guard", "store/review", "tui/"},
	"tui/":                  {"store/model", "store/text/redline", "store/text/guard", "store/review", "tui/"},
	"cmd/fineprint":         {"store", "store/", "fetch", "fetch/", "tui", "tui/", "cmd/internal/"},
	"cmd/internal/demosite": {},
	// Developers' tools and test harnesses may use anything; nothing but tests and
	// each other may use them.
	"cmd/dev/": {"store", "store/", "fetch", "fetch/", "tui", "tui/", "cmd/dev/"},
}

// TestArrows guards the architecture: terms is a leaf, fetch and tui never
// import each other or the store, only cmd wires. It parses the sources itself,
// because a test that runs the go tool is cached while violations are planted.
func TestArrows(t *testing.T) {
	root := "../.."
	seen := 0
	for _, top := range []string{"cmd", "fetch", "store", "tui"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
				return err
			}
			rel, err := filepath.Rel(root, file)
			if err != nil {
				return err
			}
			pkg := path.Dir(filepath.ToSlash(rel))
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			seen++
			for _, spec := range parsed.Imports {
				target, ours := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), "fineprint/")
				if ours && !arrowAllowed(pkg, target) {
					t.Errorf("%s imports %s: not an allowed arrow", filepath.ToSlash(rel), target)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 20 {
		t.Fatalf("only %d files were looked at", seen)
	}
}

func arrowAllowed(from, to string) bool {
	rules, ok := mayImport[from]
	for prefix := path.Dir(from); !ok && prefix != "."; prefix = path.Dir(prefix) {
		rules, ok = mayImport[prefix+"/"]
	}
	if from == to || !ok {
		return from == to
	}
	return slices.ContainsFunc(rules, func(rule string) bool {
		return rule == to || strings.HasSuffix(rule, "/") && strings.HasPrefix(to, rule)
	})
}

func TestArrowRulesCanFail(t *testing.T) {
	for _, bad := range [][2]string{
		{"store/model", "store/text/redline"}, {"tui/queue", "store"}, {"tui", "fetch"},
		{"fetch/ota", "tui/sanitize"}, {"fetch/intake", "store"}, {"store/detect", "store/review"},
		{"somewhere/else", "store/model"},
	} {
		if arrowAllowed(bad[0], bad[1]) {
			t.Errorf("%s → %s is allowed", bad[0], bad[1])
		}
	}
	if !arrowAllowed("tui/queue/rows", "tui/theme") || !arrowAllowed("cmd/fineprint", "store/detect") {
		t.Error("an arrow of the design is refused")
	}
}

// TestTopLevel: nothing but the fixed layout and dotfiles.
func TestTopLevel(t *testing.T) {
	allowed := []string{"cmd", "tui", "store", "fetch", "go.mod", "go.sum", "Taskfile.yml", "README.md", "bin"}
	entries, err := os.ReadDir("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(allowed, e.Name()) {
			t.Errorf("%s stands at the top level, outside the fixed layout", e.Name())
		}
	}
}
