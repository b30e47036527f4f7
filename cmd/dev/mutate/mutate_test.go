package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPlantedFaultsApply: every fault of the list is still an edit of one place
// of a file, and there are enough of them.
func TestPlantedFaultsApply(t *testing.T) {
	text, err := os.ReadFile("testdata/planted.txt")
	if err != nil {
		t.Fatal(err)
	}
	faults, err := parse("../../..", string(text))
	if err != nil {
		t.Fatal(err)
	}
	detection := 0
	of := map[string]int{}
	for _, f := range faults {
		of[f.pkg()]++
		if strings.HasPrefix(f.file, "store/detect/") {
			detection++
		}
		if f.to == 0 || f.source[f.from:f.to] == f.new {
			t.Errorf("no edit: %s", f)
		}
	}
	if detection < 60 {
		t.Errorf("%d faults of the detection, want 60", detection)
	}
	for _, pkg := range packages {
		if of[pkg] < 10 {
			t.Errorf("%d faults of %s, want 10", of[pkg], pkg)
		}
	}
}

// TestFaultIsKilledOrSurvives: in a module with a test that sees one of two
// faults.
func TestFaultIsKilledOrSurvives(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module m\n\ngo 1.26\n",
		"p/p.go": "package p\n\nfunc Sign(n int) int {\n\tif n < 0 {\n\t\treturn -1\n\t}\n\treturn 1\n}\n",
		"p/p_test.go": "package p\n\nimport \"testing\"\n\nfunc Test(t *testing.T) {\n\tif Sign(-5) > 0 {\n" +
			"\t\tt.Fail()\n\t}\n}\n",
	} {
		file := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	faults, err := parse(root, "p/p.go\n- n < 0\n+ n > 0\n\n- return 1\n+ return 2\nwork limit\n")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := run(t.Context(), &out, faults, 2, false); err != nil {
		t.Fatal(err)
	}
	if faults[0].outcome != killed || faults[1].outcome != survived || !strings.Contains(out.String(), "work limit") {
		t.Error(out.String())
	}
	generated, err := generate(root, "p")
	if err != nil || len(generated) < 7 {
		t.Errorf("%d faults were generated: %v", len(generated), err)
	}
	if a, b := sample(generated, 3, 7), sample(generated, 3, 7); len(a) != 3 || len(b) != 3 {
		t.Errorf("samples of %d and %d", len(a), len(b))
	}
}

// TestBadListsAreRefused: what is not there once, and an edit without a file.
func TestBadListsAreRefused(t *testing.T) {
	for _, list := range []string{"- a\n+ b\n", "main.go\n- no such text\n+ x\n", "none.go\n", "main.go\n- func\n+ x\n"} {
		if _, err := parse(".", list); err == nil {
			t.Errorf("%q is accepted", list)
		}
	}
}

// TestTableIsPrintedWhenBrokenOff: with what was not tried.
func TestTableIsPrintedWhenBrokenOff(t *testing.T) {
	faults, err := generate("../../..", "store/text/guard")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out bytes.Buffer
	if err := run(ctx, &out, faults, 1, false); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	for _, f := range faults {
		if f.outcome != untried {
			t.Error(f)
		}
	}
	if !strings.Contains(out.String(), "store/text/guard") {
		t.Error(out.String())
	}
}

// TestEquivalentFaultsAreCountedApart: each of the list is an edit with a reason,
// and marks what is generated likewise.
func TestEquivalentFaultsAreCountedApart(t *testing.T) {
	listed, err := read("../../..", equivalentFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range listed {
		if f.to == 0 || f.source[f.from:f.to] == f.new || f.equivalent == "" {
			t.Errorf("no edit with a reason: %s", f)
		}
	}
	const source = "a < b // work limit\nc < d\n"
	generated := []*fault{
		{file: "x.go", source: source, from: 2, to: 3, new: "<=", outcome: survived, workLimit: true},
		{file: "x.go", source: source, from: 22, to: 23, new: "<=", outcome: survived},
		{file: "x.go", source: source, from: 22, to: 23, new: ">", outcome: survived},
		{file: "x.go", source: source, from: 22, to: 23, new: "==", outcome: killed},
	}
	markEquivalent(generated, []*fault{{file: "x.go", source: source, from: 20, to: 25, new: "c <= d",
		equivalent: "so"}})
	var c count
	for _, f := range generated {
		c.add(f)
	}
	if want := (count{killed: 1, survived: 1, workLimits: 1, equivalent: 1}); c != want || c.share() != 50 {
		t.Errorf("got %+v, %.1f %%, want %+v", c, c.share(), want)
	}
}
