package watch

import (
	"context"
	"errors"
	"time"

	"fineprint/store/model"
)

// LookAgain is how often Watch looks whether somebody else added, removed or
// fetched documents.
const LookAgain = time.Minute

// watcher is what Watch knows between one thing that happens and the next.
type watcher struct {
	f        *Fetcher
	patterns []string
	known    map[model.ID]model.Tracked
	order    []model.Tracked // as listed, hosts by turns
	running  map[model.ID]bool
	finished chan finish
	looked   time.Time
	// refused are documents that nothing can be recorded of, with when each is tried again: its
	// host should not be asked in vain all the time.
	refused map[model.ID]time.Time
}

// refusedFor is how long a document is left alone of which something can't be read.
const refusedFor = time.Hour

type finish struct {
	id     model.ID
	result Result
	err    error
}

// Watch fetches documents as they fall due until ctx ends, which is no error. It
// sleeps until the next one is due. A database that is busy for long is reported to
// Trouble and tried again; any other error of the store ends it.
func (f *Fetcher) Watch(ctx context.Context, patterns []string) error {
	ctx, stop := context.WithCancel(ctx)
	w := &watcher{f: f, patterns: patterns, running: map[model.ID]bool{}, finished: make(chan finish),
		refused: map[model.ID]time.Time{}}
	defer func() {
		stop()
		for len(w.running) > 0 {
			delete(w.running, (<-w.finished).id)
		}
	}()
	for {
		err := w.look(ctx)
		if err == nil {
			w.start(ctx)
			err = w.wait(ctx)
		}
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, model.ErrBusy):
			if f.Trouble != nil {
				f.Trouble(err)
			}
		case err != nil:
			return err
		}
	}
}

// look reads what is tracked, now and then.
func (w *watcher) look(ctx context.Context) error {
	now := w.f.now()
	if w.known != nil && now.Sub(w.looked) < LookAgain {
		return nil
	}
	w.looked = now
	var rows []model.TrackedRow
	err := RetryBusy(ctx, func() (err error) {
		rows, err = w.f.To.Tracking(ctx)
		return err
	})
	if err != nil {
		return err
	}
	w.known, w.order = map[model.ID]model.Tracked{}, w.order[:0]
	for _, row := range rows {
		if Matches(row.Tracked, w.patterns) {
			w.known[row.Document] = row.Tracked
			w.order = append(w.order, row.Tracked)
		}
	}
	w.order = byTurns(w.order)
	return nil
}

// start sets the free workers to what is due.
func (w *watcher) start(ctx context.Context) {
	now := w.f.now()
	for _, listed := range w.order {
		t, still := w.known[listed.Document]
		if len(w.running) >= w.f.workers() {
			return
		}
		if !still || w.running[t.Document] || !t.Due(now) || now.Before(w.refused[t.Document]) {
			continue
		}
		w.running[t.Document] = true
		go func() {
			r, err := w.f.readable(ctx, t, t.Health.LastAttempt)
			w.finished <- finish{t.Document, r, err}
		}()
	}
}

// wait sleeps until something happens: a fetch ends, a document falls due, it is
// time to look again, or ctx ends.
func (w *watcher) wait(ctx context.Context) error {
	timer := time.NewTimer(w.idle())
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	case done := <-w.finished:
		delete(w.running, done.id)
		if done.err != nil {
			w.known = nil // look before the next try
			return done.err
		}
		w.reschedule(done)
		w.f.report(done.result)
		return nil
	}
}

// reschedule keeps in mind when a document is next due. One that is not tracked any
// more is forgotten; one that nothing was recorded of waits, too.
func (w *watcher) reschedule(done finish) {
	t := done.result.Tracked
	if done.result.Err != nil {
		w.refused[done.id] = w.f.now().Add(refusedFor)
	}
	if _, still := w.known[done.id]; !still {
		return
	}
	if t.Type == "" {
		delete(w.known, done.id)
		return
	}
	if now := w.f.now(); t.Due(now) {
		t.Health.NextDue = now.Add(LookAgain)
	}
	w.known[done.id] = t
}

// idle is how long nothing will happen by itself.
func (w *watcher) idle() time.Duration {
	now := w.f.now()
	until := LookAgain - now.Sub(w.looked)
	if len(w.running) >= w.f.workers() {
		return max(until, time.Second) // nothing can be started before one ends
	}
	for _, t := range w.known {
		if !w.running[t.Document] {
			until = min(until, max(t.Health.NextDue.Sub(now), w.refused[t.Document].Sub(now)))
		}
	}
	return max(until, time.Millisecond)
}
