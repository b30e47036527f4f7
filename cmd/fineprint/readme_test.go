package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"fineprint/tui/config"
	"fineprint/tui/keys"
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
		fmt.Fprintf(&commands, "`%s` %s · ", c.Name(), strings.ToLower(c.Short[:1])+c.Short[1:])
	}
	return map[string]string{
		"commands": strings.TrimSuffix(commands.String(), " · ") + ".",
		"keys":     keys.Markdown(),
		"settings": config.Markdown(),
	}
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
	for pkg := range mayImport {
		if !strings.HasSuffix(pkg, "/") && !named[pkg] {
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
