package work

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/tui/config"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
)

// began runs what Begin returned: the work and the drawing of how far it is.
func began(t *testing.T, cmd tea.Cmd) (work, still tea.Msg) {
	t.Helper()
	work = cmd()
	if batch, ok := work.(tea.BatchMsg); ok {
		return batch[0](), batch[1]()
	}
	return work, nil
}

// TestWorkIsDoneOnceAtATime: what is asked for meanwhile is nothing, and once more after
// where the store was written to.
func TestWorkIsDoneOnceAtATime(t *testing.T) {
	c := &kit.Common{Ctx: t.Context(), Config: config.Default(), Keys: keys.All, W: 80, H: 24}
	c.ApplyTheme()
	c.Tick = func(_ time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
		return func() tea.Msg { return msg(time.Time{}) }
	}
	n := 0
	var fails error
	var w, other Work
	w.Do = func(_ context.Context, progress func(done, total int)) (any, error) {
		n++
		progress(3, 8)
		return n, fails
	}
	first := w.Begin(c)
	if w.Begin(c) != nil || w.BeginAgain(c) != nil {
		t.Error("it is begun while it is being done")
	}
	if far := strings.Join(w.HowFar(c, "Counting", "Reading", "documents"), "\n"); !strings.Contains(far, "Counting") {
		t.Error(far)
	}
	work, still := began(t, first)
	if far := strings.Join(w.HowFar(c, "Counting", "Reading", "documents"), "\n"); !strings.Contains(far, "Reading: 3 of 8 documents") {
		t.Error(far)
	}
	if _, _, own := other.Worked(c, work); own {
		t.Error("the answer is taken in by another work")
	}
	if _, cmd, own := w.Worked(c, still); !own || cmd == nil {
		t.Error("it is not drawn again how far it is")
	}
	answer, again, own := w.Worked(c, work)
	if answer != 1 || again == nil || !own || !w.Read {
		t.Fatalf("%v, again %v, own %v", answer, again != nil, own)
	}
	fails = errors.New("the disk is gone")
	work, _ = began(t, again)
	answer, again, _ = w.Worked(c, work)
	if answer != nil || again != nil || w.Err == nil || !c.Bad {
		t.Errorf("a failure brings %v, %v, %q", answer, w.Err, c.Message)
	}
	if w.BeginAgain(c) == nil {
		t.Error("it is not begun again once it was done")
	}
}
