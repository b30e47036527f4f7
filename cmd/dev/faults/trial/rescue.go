package trial

import (
	"context"
	"fmt"
	"path/filepath"
	"time"
)

// rescuing are the ways back.
func rescuing() []Op {
	return []Op{
		{Name: "backup", Command: "backup", Base: "base", Kept: keptCopy("copy.db", "backup", "copy.db"),
			Steps: steps([]string{"backup", "copy.db"})},
		{Name: "restore", Command: "restore", Base: "base", Prepare: backUp,
			Steps: steps([]string{"restore", "copy.db", "--yes"})},
		{Name: "salvage", Command: "salvage", Base: "base", Kept: keptCopy("new.db", "salvage", "t.db", "-o", "new.db"),
			Steps: steps([]string{"salvage", "t.db", "-o", "new.db"})},
		{Name: "compact", Command: "compact", Base: "base", Steps: steps([]string{"compact"})},
	}
}

// backUp makes a backup and takes a decision after it.
func backUp(ctx context.Context, b *Bench, dir string) error {
	for _, args := range [][]string{{"backup", "copy.db"}, b.Decision(b.Decided)} {
		if r := b.Run(ctx, dir, 30*time.Second, args...); r.Status != 0 {
			return fmt.Errorf("%s: %s", args[0], r.Err)
		}
	}
	return nil
}

// keptCopy: a second database that is there is whole, and has everything.
func keptCopy(name string, command ...string) func(context.Context, *Bench, *Trial, string, []Ran) {
	return func(ctx context.Context, b *Bench, t *Trial, dir string, rans []Ran) {
		path := filepath.Join(dir, name)
		there := exists(path)
		if rans[0].Status == 0 {
			t.Count("acknowledged")
			if !there {
				t.Fail("acknowledged and lost", "there is no %s", name)
			}
		}
		if !there {
			if r := b.Run(ctx, dir, 30*time.Second, command...); r.Status != 0 {
				t.Fail("again", "the command again: status %d: %s", r.Status, r.Err)
			}
			return
		}
		if r := b.Run(ctx, dir, 30*time.Second, "--db", path, "check"); r.Status != 0 {
			t.Fail("check of the copy", "check: status %d: %s%s", r.Status, r.Err, r.Out)
		}
		must, err := LastingOf(ctx, DB(b.Base("base")))
		if err != nil {
			t.Fail("harness", "%v", err)
			return
		}
		now, err := LastingOf(ctx, path)
		if lost := must.Lost(now); err != nil || len(lost) > 0 {
			t.Fail("lost in the copy", "%d values, %v", len(lost), err)
		}
	}
}
