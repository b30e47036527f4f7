package trial

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// TestRoundGoesOnWhereItStopped: each trial is done once, draws the same whenever it is
// done, and all count in the result.
func TestRoundGoesOnWhereItStopped(t *testing.T) {
	dir := t.TempDir()
	output := filepath.Join(dir, "result.json")
	var mu sync.Mutex
	drawn := map[int][]int{}
	round := func(trials int) *Round {
		return &Round{Bench: &Bench{Dir: dir, Scratch: dir, Commit: "abc"}, Trials: trials, Workers: 2, Output: output,
			Say: func(string, ...any) {}, Result: Result{Kind: "kind", Seed: 5},
			Try: func(_ context.Context, tr *Trial, rng *rand.Rand, _ string) {
				mu.Lock()
				defer mu.Unlock()
				drawn[tr.N] = append(drawn[tr.N], rng.IntN(1000))
				tr.Row = []string{"a", "b"}[tr.N%2]
				if tr.N == 3 {
					tr.Fail("lost", "%d", tr.N)
				}
			}}
	}
	if err := round(4).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	// A line that was cut off counts for nothing.
	log := filepath.Join(dir, "kind.trials.jsonl")
	raw, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(log, append(raw, `{"n":4,"ro`...), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := round(7).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for n := range 7 {
		if len(drawn[n]) != 1 {
			t.Errorf("trial %d was done %d times", n, len(drawn[n]))
		}
	}
	again := round(7)
	if err := again.Again(t.Context(), 2); err != nil || len(drawn[2]) != 2 || drawn[2][0] != drawn[2][1] {
		t.Errorf("trial 2 again draws %v, %v", drawn[2], err)
	}
	var res Result
	if raw, err = os.ReadFile(output); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &res); err != nil {
		t.Fatal(err)
	}
	if res.Trials != 7 || res.Failed != 1 || len(res.Failures) != 1 || res.Rows[0].Figures["tried"] != 4 ||
		res.Rows[1].Figures["failed"] != 1 {
		t.Errorf("the result is %+v", res)
	}
}
