package ledger

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	results = "../results"
	page    = "../../LEDGER.md"
)

var update = flag.Bool("update", false, "write the page anew")

// TestPageIsWhatTheResultsSay fails when a result or the page was changed by itself.
func TestPageIsWhatTheResultsSay(t *testing.T) {
	if *update {
		if err := Write(results, page); err != nil {
			t.Fatal(err)
		}
	}
	want, err := Page(results)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(page)
	if err != nil || string(got) != want {
		t.Errorf("cmd/dev/LEDGER.md is not what the results say (%v): run `task ledger`", err)
	}
}

// TestFailuresAndUnendedRoundsAreShown: what is wrong can't be left out.
func TestFailuresAndUnendedRoundsAreShown(t *testing.T) {
	dir := t.TempDir()
	raw := `{"kind":"kill","title":"kill -9","command":"go run x","seed":3,"commit":"abc","date":"2026-11-29",
"trials":2,"asked":9,"failed":1,"columns":["tried"],
"rows":[{"name":"a|b","figures":{"tried":1,"lost":1}},{"name":"c","figures":{"tried":1}}],
"failures":[{"trial":1,"row":"a|b","kind":"lost","detail":"one\nvalue"}]}`
	if err := os.WriteFile(filepath.Join(dir, "kill.json"), []byte(raw), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := Page(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"2 of 9", "`go run x` at commit abc on 2026-11-29, seed 3", "| all | 2 | 1 |", "- lost: 1",
		"trial 1, a|b: one value", "| damage | not run |", `| a\|b | 1 | 1 |`} {
		if !strings.Contains(got, want) {
			t.Errorf("the page doesn't say %q:\n%s", want, got)
		}
	}
}

// TestResultWithoutItsSourceIsRefused: a figure nobody can repeat is none.
func TestResultWithoutItsSourceIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x.json"), []byte(`{"kind":"x","title":"X"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Page(dir); err == nil {
		t.Error("a result without command, commit and date makes a page")
	}
}
