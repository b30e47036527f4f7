package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"fineprint/cmd/dev/faults/trial"
)

// TestRoundsLoseNothing kills the program, cuts its power and fills its disk as often as
// FINEPRINT_FAULTS says: it builds the program and takes a minute for a hundred of each.
func TestRoundsLoseNothing(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("FINEPRINT_FAULTS"))
	if err != nil {
		t.Skip("FINEPRINT_FAULTS says how many trials of each round are made")
	}
	work := t.TempDir()
	t.Chdir("../../..")
	for _, kind := range []string{"kill", "powerloss", "diskfull"} {
		if kind == "diskfull" && os.Geteuid() != 0 {
			continue // it mounts file systems
		}
		output := filepath.Join(work, kind+".json")
		if err := run(t.Context(), []string{kind, "-n", strconv.Itoa(n), "-work", work, "-scratch", t.TempDir(), "-o", output},
			t.Output()); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(output)
		if err != nil {
			t.Fatal(err)
		}
		var r trial.Result
		if err := json.Unmarshal(raw, &r); err != nil {
			t.Fatal(err)
		}
		if r.Trials != n || r.Failed > 0 {
			t.Errorf("%s: %d trials, %d failed: %v", kind, r.Trials, r.Failed, r.Failures)
		}
	}
}
