// Package diskfull runs the program on a small file system that is full at a random moment:
// nothing that was there, or that it said it did, may be lost, and it must say what happened.
//
// It is not for a disk that fails: a write that is refused is all that it meets.
//
// # Decisions
//
//   - Each trial has a file system of its own in memory, which takes root; what is free on it
//     is drawn in pages, most of all few, so that every write of a command is the one
//     that fails in some trial.
//   - What was there is looked at after room was made, as users do.
package diskfull

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"fineprint/cmd/dev/faults/trial"
)

const (
	size = 64 << 20 // of the file system
	page = 4096
)

type filler struct {
	*trial.Bench
	ops  []trial.Op
	must map[string]trial.Values
}

// Begin prepares a round.
func Begin(ctx context.Context, r *trial.Round, only string) error {
	f := &filler{Bench: r.Bench, ops: r.Bench.Ops(only), must: map[string]trial.Values{}}
	if len(f.ops) == 0 {
		return fmt.Errorf("no operation is called %q", only)
	}
	var err error
	for _, op := range f.ops {
		if op.Base != "" && f.must[op.Base] == nil {
			if f.must[op.Base], err = trial.LastingOf(ctx, trial.DB(f.Base(op.Base))); err != nil {
				return err
			}
		}
	}
	r.Result.Title = "Disk full"
	r.Result.Columns = []string{"tried", "refused", "went on", "acknowledged", "stray files", "failed"}
	r.Try = f.try
	return nil
}

func (f *filler) try(ctx context.Context, t *trial.Trial, rng *rand.Rand, dir string) {
	op := f.ops[t.N%len(f.ops)]
	t.Row = op.Name
	if err := mount(dir, size); err != nil {
		t.Fail("harness", "mounting a file system needs root: %v", err)
		return
	}
	defer func() { _ = unmount(dir) }()
	if err := op.Begin(ctx, f.Bench, dir); err != nil {
		t.Fail("harness", "%v", err)
		return
	}
	// Where no page of the database is free, the next decision makes the file grow.
	if op.Base != "" && f.Has("compact") && rng.IntN(3) > 0 {
		if r := f.Run(ctx, dir, 30*time.Second, "compact"); r.Status != 0 {
			t.Fail("harness", "compact: %s", r.Err)
			return
		}
	}
	free := rng.IntN([]int{8, 60, 500}[rng.IntN(3)])
	fill := filepath.Join(dir, "fill")
	if err := fillUp(dir, fill, free); err != nil {
		t.Fail("harness", "%v", err)
		return
	}
	var rans []trial.Ran
	refused := false
	for _, args := range op.Steps(f.Bench, rng, dir) {
		r := f.Run(ctx, dir, 30*time.Second, args...)
		rans = append(rans, r)
		how := fmt.Sprintf("%d pages free; %v: status %d: %s", free, args, r.Status, r.Err)
		switch {
		case r.Hung || r.Crashed():
			t.Fail("crashed", "%s", how)
		case r.Status == 0:
			continue
		case !says(r.Err) && !says(r.Out):
			t.Fail("doesn't say so", "%s", how)
		case r.Status < 1 || r.Status > 3:
			t.Fail("status", "%s", how)
		}
		refused = true
	}
	if refused {
		t.Count("refused")
	} else {
		t.Count("went on")
	}
	for range trial.Strays(dir) {
		t.Count("stray files")
	}
	if err := os.Remove(fill); err != nil {
		t.Fail("harness", "%v", err)
	}
	op.End(ctx, f.Bench, t, dir, f.must[op.Base], rans)
	for i := range t.Failures {
		if t.Failures[i].Trial == t.N && !bytes.Contains([]byte(t.Failures[i].Detail), []byte("pages free")) {
			t.Failures[i].Detail = fmt.Sprintf("%d pages free; %s", free, t.Failures[i].Detail)
		}
	}
}

// says reports whether a message names what is wrong.
func says(text []byte) bool {
	text = bytes.ToLower(text)
	for _, word := range []string{"no space left", "disk is full", "no room", "too little room", "disk full"} {
		if bytes.Contains(text, []byte(word)) {
			return true
		}
	}
	return false
}

// fillUp makes a file that leaves so many pages free.
func fillUp(dir, fill string, pages int) error {
	left, err := room(dir)
	if err != nil {
		return err
	}
	// The last page of the filler's own file counts as well.
	n := left/page - int64(pages)
	if n < 0 {
		return fmt.Errorf("only %d bytes are free", left)
	}
	return os.WriteFile(fill, make([]byte, n*page), 0o600)
}
