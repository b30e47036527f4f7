// Package work is what a screen asks for that takes long: the heat map, the playbook. It is
// not for what runs while the reader goes on elsewhere and is told of (package jobs), nor
// for a quick request (kit.Request).
//
// Invariants:
//   - A work is done once at a time, however often it is asked for: what it writes itself
//     has the desk's screens read again.
//   - What was written to the store while it was done is not missed: it is done once more.
package work

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/tui/humanize"
	"fineprint/tui/kit"
)

// Work is a request that takes long. It is done once at a time, however often it is asked
// for, and as long as it was never answered it is drawn how far it is.
type Work struct {
	kit.Request
	// Do is what is done; progress is called with how far that is.
	Do func(ctx context.Context, progress func(done, total int)) (answer any, err error)

	done, of atomic.Int64
	working  bool
	stale    bool // the store was written to since it began
}

type (
	doneMsg struct {
		work    *Work
		request int
		answer  any
		err     error
	}
	// stillMsg has it drawn again how far the work is.
	stillMsg struct{ work *Work }
)

// drawEvery is how often it is drawn how far a work is.
const drawEvery = 200 * time.Millisecond

// Begin does a work, unless it is being done.
func (w *Work) Begin(c *kit.Common) tea.Cmd {
	if w.working {
		return nil
	}
	request, ctx := w.Next(), c.Ctx
	w.working, w.stale = true, false
	w.done.Store(0)
	w.of.Store(0)
	return tea.Batch(func() tea.Msg {
		answer, err := w.Do(ctx, func(done, total int) {
			w.done.Store(int64(done))
			w.of.Store(int64(total))
		})
		return doneMsg{w, request, answer, err}
	}, w.still(c))
}

// BeginAgain does a work of which what it reads was written to: at once, or after it was
// done when it is being done. What the work itself writes has it done once more.
func (w *Work) BeginAgain(c *kit.Common) tea.Cmd {
	w.stale = w.working
	return w.Begin(c)
}

// still has it drawn again after a while how far a work is that was never answered.
func (w *Work) still(c *kit.Common) tea.Cmd {
	if w.Read {
		return nil
	}
	return c.Tick(drawEvery, func(time.Time) tea.Msg { return stillMsg{w} })
}

// Worked takes in a message of a work, and reports false for any other. The answer is nil
// unless there is one to show.
func (w *Work) Worked(c *kit.Common, msg tea.Msg) (answer any, cmd tea.Cmd, own bool) {
	switch msg := msg.(type) {
	case doneMsg:
		if msg.work != w {
			return nil, nil, false
		}
		w.working = false
		if c.Answered(&w.Request, msg.request, msg.err) {
			answer = msg.answer
		}
		if w.stale {
			cmd = w.Begin(c)
		}
		return answer, cmd, true
	case stillMsg:
		if msg.work == w && w.working {
			cmd = w.still(c)
		}
		return nil, cmd, msg.work == w
	}
	return nil, nil, false
}

// HowFar says how far a work is that goes through things, and draws it: what it does
// before it is known how many there are, and what it does with them.
func (w *Work) HowFar(c *kit.Common, before, with, things string) []string {
	done, of := int(w.done.Load()), int(w.of.Load())
	if of == 0 {
		return []string{"", c.Cut("  "+before+c.Theme.Ellipsis, c.W)}
	}
	text := fmt.Sprintf("  %s: %s of %s %s", with, humanize.Number(done), humanize.Number(of), things)
	return []string{"", c.Cut(text, c.W), "  " + c.Theme.Gauge(done, of, min(40, max(10, c.W-4)))}
}
