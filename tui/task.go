package tui

import (
	"context"
	"errors"
	"fmt"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/keys"
)

// step is what a task tells while it runs. Total 0 means that it is not known.
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
	// took is told of each step, then of the end; its err is nil, what went wrong,
	// or wraps context.Canceled when the task was stopped.
	took func(step)
	then func(err error) tea.Cmd
	// dropped does away with what the job made when the desk was left before then
	// was told; nil when there is nothing to.
	dropped func()
}

// task is what the desk does while the reader goes on: a fetch, an import, an
// export. There is one at a time, and leaving the desk stops it and waits.
//
// Decision: the work's goroutine is begun here and not by a command, because
// whoever leaves must be able to wait for it, and a command may never be run.
type task struct {
	*env
	job      job
	asked    int
	running  bool
	stopping bool
	at       step
	cancel   context.CancelFunc
	ended    chan struct{}
}

// start begins a job, unless one is under way.
func (k *task) start(j job) tea.Cmd {
	if k.running {
		k.say("not now: %s is under way; %s stops it", k.job.what, k.keys.Key(keys.Cancel))
		return nil
	}
	ctx, cancel := context.WithCancel(k.ctx)
	f, ended := &feed{wake: make(chan struct{}, 1)}, make(chan struct{})
	k.asked++
	k.job, k.running, k.stopping, k.at, k.cancel, k.ended = j, true, false, step{}, cancel, ended
	go func() {
		defer close(ended)
		defer cancel()
		err := j.do(ctx, f.add)
		if err == nil && ctx.Err() != nil {
			err = ctx.Err()
		}
		f.end(err)
	}()
	request := k.asked
	return func() tea.Msg { return f.next(request) }
}

// got takes news in, and waits for more.
func (k *task) got(msg taskMsg) tea.Cmd {
	if msg.request != k.asked {
		return nil
	}
	for _, s := range msg.steps {
		k.at = s
		if k.job.took != nil {
			k.job.took(s)
		}
	}
	if !msg.over {
		return func() tea.Msg { return msg.feed.next(msg.request) }
	}
	k.running = false
	return k.job.then(msg.err)
}

// stop asks the job to end; what it did stays.
func (k *task) stop() {
	k.stopping = true
	k.cancel()
}

// halt stops the job and waits for its end.
func (k *task) halt() {
	if k.cancel != nil {
		k.cancel()
		<-k.ended
	}
	if k.running && k.job.dropped != nil {
		k.job.dropped()
	}
	k.running = false
}

// words say how far it is, "fetching 3 of 12", in at most so many cells: what is
// cut is what it is about, not how far.
func (k *task) words(width int) string {
	if k.stopping {
		return "stopping" + k.theme.Ellipsis
	}
	count := k.theme.Ellipsis
	switch {
	case k.at.total > 0:
		count = fmt.Sprintf(" %d of %d", k.at.done, k.at.total)
	case k.at.done > 0:
		count = fmt.Sprintf(" %d", k.at.done)
	}
	return k.cut(k.job.what, width-ansi.StringWidth(count)) + count
}

// beside puts how far it is to the right of a status line.
func (k *task) beside(status string) string {
	if !k.running {
		return status
	}
	words := k.words(max(30, k.w/2))
	return k.pad(status, k.w-ansi.StringWidth(words)-2) + "  " + k.theme.Label.Styled(words)
}

// bar is the terminal's own progress bar, nil when nothing runs.
func (k *task) bar() *tea.ProgressBar {
	switch {
	case !k.running:
		return nil
	case k.at.total > 0:
		return tea.NewProgressBar(tea.ProgressBarDefault, min(100, 100*k.at.done/k.at.total))
	}
	return tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
}

// stopped reports whether a job ended because it was told to.
func stopped(err error) bool { return errors.Is(err, context.Canceled) }
