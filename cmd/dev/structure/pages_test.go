package main

import (
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the generated pages")

func read(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(root + "/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestPagesAreInStep(t *testing.T) {
	all, err := pages(root)
	if err != nil {
		t.Fatal(err)
	}
	readme := read(t, "README.md")
	for name, want := range all {
		if *update {
			if err := os.WriteFile(root+"/"+name, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, _ := os.ReadFile(root + "/" + name); string(got) != want {
			t.Errorf("%s is out of step; go test ./cmd/dev/structure -run Pages -update writes it", name)
		}
		if !strings.Contains(readme, "("+name+")") {
			t.Errorf("README does not link %s", name)
		}
	}
}

func TestReadmeNamesExistingPackages(t *testing.T) {
	all, readme := load(t), read(t, "README.md")
	named := regexp.MustCompile("`(?:\\./)?((?:cmd|fetch|store|tui)(?:/[a-z0-9]+)*)`").FindAllStringSubmatch(readme, -1)
	named = append(named, regexp.MustCompile(`go (?:run|test|build)[^\n]* \./((?:cmd|fetch|store|tui)(?:/[a-z0-9]+)*)`).
		FindAllStringSubmatch(readme, -1)...)
	if len(named) < 12 {
		t.Fatalf("README names %d packages", len(named))
	}
	for _, n := range named {
		if info, err := os.Stat(root + "/" + n[1]); all[n[1]] == nil && (err != nil || !info.IsDir()) {
			t.Errorf("README names package %s, which does not exist", n[1])
		}
	}
}

// TestReadmeNamesExistingFunctions: what the README calls package.Name or
// package.Type.Method is there.
func TestReadmeNamesExistingFunctions(t *testing.T) {
	exists := declared(load(t))
	named := regexp.MustCompile("`([a-z]+(?:\\.[A-Z]\\w*)+)`").FindAllStringSubmatch(read(t, "README.md"), -1)
	if len(named) < 12 {
		t.Fatalf("README names %d functions", len(named))
	}
	for _, n := range named {
		if !exists[n[1]] {
			t.Errorf("README names %s, which does not exist", n[1])
		}
	}
}

func TestDependenciesAreThoseOfTheModule(t *testing.T) {
	required := map[string]bool{}
	for _, line := range strings.Split(read(t, "go.mod"), "\n") {
		if f := strings.Fields(line); len(f) == 2 && strings.HasPrefix(f[1], "v") && strings.Contains(f[0], "/") {
			required[f[0]] = true
		}
	}
	if len(required) < 8 {
		t.Fatalf("only %d direct dependencies were found in go.mod", len(required))
	}
	for _, d := range dependencies {
		if !required[d.module] {
			t.Errorf("%s has a reason and is not in go.mod", d.module)
		}
		delete(required, d.module)
	}
	for module := range required {
		t.Errorf("%s is in go.mod without a reason in dependencies.go", module)
	}
}

// TestTasksRunExistingTests: a task that picks tests by name finds some; go test
// passes when none match.
func TestTasksRunExistingTests(t *testing.T) {
	all := load(t)
	picks := regexp.MustCompile(`-(?:run|bench) '?([A-Z][A-Za-z|]*)'?.*? \./([a-z/]+?)(/\.\.\.)?["\s]`).
		FindAllStringSubmatch(read(t, "Taskfile.yml"), -1)
	if len(picks) < 5 {
		t.Fatalf("the Taskfile picks tests by name %d times", len(picks))
	}
	for _, pick := range picks {
		name, found := regexp.MustCompile("^(Test|Benchmark).*("+pick[1]+")|^("+pick[1]+")"), false
		for path, p := range all {
			if path == pick[2] || pick[3] != "" && strings.HasPrefix(path+"/", pick[2]+"/") {
				found = found || slices.ContainsFunc(p.tests, name.MatchString)
			}
		}
		if !found {
			t.Errorf("no test in %s is picked by %s", pick[2], pick[1])
		}
	}
}
