// Package jobs is what the desk does while the reader goes on: a fetch, an import,
// an export, a document to track, the sample. It is not for how these are done:
// functions that the desk was given do that, and one that is nil leaves out what it
// is for.
//
// Invariants:
//   - One job runs at a time, and leaving the desk stops it and waits for its end.
//   - No progress of a document is lost, however slowly the screen draws; counts
//     that were overtaken are.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
)

// step is the progress that a task reports. Total 0 means that it is not known.
type step struct {
	done, total int
	doc         *model.FetchProgress // of a fetch only
}

// feed hands a task's steps over to the screen: those that come faster than it
// draws are taken together, and counts that were overtaken are dropped.
type feed struct {
	mu    sync.Mutex
	steps []step
	over  bool
	err   error
	wake  chan struct{}
}

func (f *feed) add(s step) {
	f.mu.Lock()
	if n := len(f.steps); n > 0 && s.doc == nil && f.steps[n-1].doc == nil {
		f.steps[n-1] = s
	} else {
		f.steps = append(f.steps, s)
	}
	f.mu.Unlock()
	f.knock()
}

func (f *feed) end(err error) {
	f.mu.Lock()
	f.over, f.err = true, err
	f.mu.Unlock()
	f.knock()
}

func (f *feed) knock() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// next waits for news and takes all there are.
func (f *feed) next(request int) taskMsg {
	<-f.wake
	f.mu.Lock()
	defer f.mu.Unlock()
	msg := taskMsg{request: request, feed: f, steps: f.steps, over: f.over, err: f.err}
	f.steps = nil
	return msg
}

type taskMsg struct {
	request int
	feed    *feed
	steps   []step
	over    bool
	err     error
}

// job is what a task does.
type job struct {
	what string // "fetching"
	do   func(ctx context.Context, tell func(step)) error
	// onProgress receives each step, nil when nobody is; then of the end: its err
	// is nil, what went wrong, or wraps context.Canceled when the task was stopped.
	onProgress func(step)
	then       func(err error) kit.Action
	// dropped does away with what the job made when the desk was left before then
	// was told; nil when there is nothing to.
	dropped func()
}

// Task is what the desk does while the reader goes on: a fetch, an import, an
// export. There is one at a time, and leaving the desk stops it and waits.
//
// Decision: the work's goroutine is begun here and not by a command, because
// whoever leaves must be able to wait for it, and a command may never be run.
type Task struct {
	*kit.Common
	job      job
	asked    int
	running  bool
	stopping bool
	// superseded: the job is stopped because one like it is to begin.
	superseded bool
	at         step
	cancel     context.CancelFunc
	ended      chan struct{}
}

// NewTask makes the task; nothing is under way.
func NewTask(c *kit.Common) *Task { return &Task{Common: c} }

// start begins a job, unless one is under way.
func (t *Task) start(j job) kit.Action {
	if t.running {
		t.SetStatus("Can't do that: %s in progress (%s to cancel)", t.job.what, t.Keys.Key(keys.Cancel))
		return nil
	}
	whole := t.Work // what works goes on without no value
	if whole == nil {
		whole = t.Ctx
	}
	ctx, cancel := context.WithCancel(whole)
	f, ended := &feed{wake: make(chan struct{}, 1)}, make(chan struct{})
	t.asked++
	t.superseded = false
	t.job, t.running, t.stopping, t.at, t.cancel, t.ended = j, true, false, step{}, cancel, ended
	go func() {
		defer close(ended)
		defer cancel()
		err := j.do(ctx, f.add)
		if err == nil && ctx.Err() != nil {
			err = ctx.Err()
		}
		f.end(err)
	}()
	t.DeskFacts.Running = j.what
	request := t.asked
	return kit.Cmd(func() tea.Msg { return f.next(request) })
}

// Update takes news in, and waits for more; it reports false for a message that
// is no news of a task.
func (t *Task) Update(msg tea.Msg) (kit.Action, bool) {
	news, ok := msg.(taskMsg)
	if !ok {
		return nil, false
	}
	return t.got(news), true
}

func (t *Task) got(msg taskMsg) kit.Action {
	if msg.request != t.asked {
		return nil
	}
	for _, s := range msg.steps {
		t.at = s
		if t.job.onProgress != nil {
			t.job.onProgress(s)
		}
	}
	if !msg.over {
		return kit.Cmd(func() tea.Msg { return msg.feed.next(msg.request) })
	}
	t.running, t.DeskFacts.Running = false, ""
	return t.job.then(msg.err)
}

// Stop asks the job to end; what it did stays.
func (t *Task) Stop() {
	t.stopping = true
	t.cancel()
}

// Halt stops the job and waits for its end.
func (t *Task) Halt() {
	if t.cancel != nil {
		t.cancel()
		<-t.ended
	}
	if t.running && t.job.dropped != nil {
		t.job.dropped()
	}
	t.running = false
}

// statusText is how far it is, "fetching 3 of 12", in at most so many cells: what is
// cut is what it is about, not how far.
func (t *Task) statusText(width int) string {
	if t.stopping {
		return "stopping" + t.Theme.Ellipsis
	}
	count := t.Theme.Ellipsis
	switch {
	case t.at.total > 0:
		count = fmt.Sprintf(" %d of %d", t.at.done, t.at.total)
	case t.at.done > 0:
		count = fmt.Sprintf(" %d", t.at.done)
	}
	return t.Cut(t.job.what, width-ansi.StringWidth(count)) + count
}

// Beside puts how far it is to the right of a status line.
func (t *Task) Beside(status string) string {
	if !t.running {
		return status
	}
	words := t.statusText(max(30, t.W/2))
	return t.Pad(status, t.W-ansi.StringWidth(words)-2) + "  " + t.Theme.Label.Styled(words)
}

// ProgressBar is the terminal's own progress bar, nil when nothing runs.
func (t *Task) ProgressBar() *tea.ProgressBar {
	switch {
	case !t.running:
		return nil
	case t.at.total > 0:
		return tea.NewProgressBar(tea.ProgressBarDefault, min(100, 100*t.at.done/t.at.total))
	}
	return tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
}

// stopped reports whether a job ended because it was stopped.
func stopped(err error) bool { return errors.Is(err, context.Canceled) }

// Do begins what another package does while the reader goes on; then receives how it ended.
func (t *Task) Do(what string, do func(ctx context.Context, progress func(done, total int)) error,
	then func(err error) kit.Action) kit.Action {
	return t.start(job{what: what, then: then, do: func(ctx context.Context, tell func(step)) error {
		return do(ctx, func(done, total int) {
			if done%64 == 0 || done == total {
				tell(step{done: done, total: total})
			}
		})
	}})
}
