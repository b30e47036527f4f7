package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fineprint/fetch"
	"fineprint/fetch/watch"
	"fineprint/store"
	"fineprint/store/damage"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

// FetchRequest is which of the tracked documents to fetch, and who receives what
// comes of it. Its functions may be nil; they are called one at a time, and never
// after the fetch has returned.
type FetchRequest struct {
	Patterns []string // 'Platform/Type', IDs or addresses; none: all
	All      bool     // what is not due, too
	Workers  int      // how many documents at once; 0: as many as usual
	Client   *fetch.Client
	// LimitMemory keeps the garbage of a process that does nothing else small.
	LimitMemory bool

	Due     func([]model.Tracked) // what will be fetched, before it begins
	Begin   func(model.Tracked)   // its turn has come
	Report  func(watch.Result)    // it was fetched, or failed
	Trouble func(error)           // what kept a watch from working for a moment
	Indexing
}

// FetchResult is what a fetch came to.
type FetchResult struct {
	Documents int
	Counts    map[model.FetchKind]int
	// Uncompared counts those of the changed that could not be compared.
	Uncompared int
	Took       time.Duration
	Alerted    Alerted
	// Damaged is what can't be read and was left out: documents that failed for it, or are not
	// even listed.
	Damaged []model.Damage
}

// Fetch fetches the tracked documents that are due. A document that can't be
// fetched is counted, and no error. The error wraps [model.ErrNothingDue] when
// there is nothing to do, [model.ErrInvalid] when nothing is tracked or matches,
// and is ctx's when it was cancelled: what was done by then is kept.
func (a *App) Fetch(ctx context.Context, r FetchRequest) (FetchResult, error) {
	result := FetchResult{Counts: map[model.FetchKind]int{}}
	if err := a.online(); err != nil {
		return result, err
	}
	ctx, lost := gathering(ctx)
	s, err := a.openForFetching(ctx)
	if err != nil {
		return result, err
	}
	started := time.Now()
	due, err := a.due(ctx, s, r)
	if err != nil {
		return result, err
	}
	if r.LimitMemory {
		defer limitMemory(due)()
	}
	if r.Due != nil {
		r.Due(due)
	}
	f := a.fetcher(s, r, lost)
	f.Report = func(one watch.Result) {
		namedDamage(&one, lost)
		result.Documents++
		result.Counts[one.Outcome]++
		if one.Uncompared {
			result.Uncompared++
		}
		if r.Report != nil {
			r.Report(one)
		}
	}
	err = f.Run(damage.Strict(ctx), due)
	if recorded := result.Counts[model.FetchFirst] + result.Counts[model.FetchChanged]; err == nil && recorded > 0 {
		err = r.index(ctx, s)
	}
	result.Took = time.Since(started)
	if err == nil && result.Documents > 0 {
		result.Alerted = a.AfterRecording(ctx, s)
	}
	result.Damaged = lost.Found()
	return result, partial(err, result.Documents, "document")
}

// Watch fetches each document when it falls due, until ctx is over, which is no
// error. started is called once with how many documents are watched, and with
// those of them that are failing.
func (a *App) Watch(ctx context.Context, r FetchRequest, started func(watched int, failing []model.TrackedRow)) error {
	if err := a.online(); err != nil {
		return err
	}
	ctx, lost := gathering(ctx)
	s, err := a.openForFetching(ctx)
	if err != nil {
		return err
	}
	rows, err := tracking(ctx, s)
	if err != nil {
		return err
	}
	watched, matched, _ := watch.Due(rows, r.Patterns, true, a.Clock())
	if matched == 0 && len(r.Patterns) > 0 {
		return matchesNothing(r.Patterns)
	}
	var failing []model.TrackedRow
	for _, row := range rows {
		if row.Health.Failures > 0 && watch.Matches(row.Tracked, r.Patterns) {
			failing = append(failing, row)
		}
	}
	started(matched, failing)
	if r.LimitMemory {
		defer limitMemory(watched)()
	}
	defer a.watchAlerts(ctx, s)()
	indexer := r.keepIndexed(ctx, s, r.Trouble)
	defer indexer.stop()
	f := a.fetcher(s, r, lost)
	f.Report = func(one watch.Result) {
		namedDamage(&one, lost)
		indexer.result(one)
		if r.Report != nil {
			r.Report(one)
		}
	}
	return f.Watch(damage.Strict(ctx), r.Patterns)
}

// namedDamage has a result that failed for what can't be read say what that is, and notes it.
func namedDamage(r *watch.Result, lost *damage.List) {
	if d, found := lost.Lost(r.Err); found {
		r.Reason = d.What + " can't be read; `fineprint check` says more"
	}
}

// tracker lists what is tracked without what can't be read; for the rest it is a store.
type tracker struct {
	*store.Store
	lost *damage.List
}

// Tracking lists what is tracked and can be read.
func (t tracker) Tracking(ctx context.Context) ([]model.TrackedRow, error) {
	return t.Store.Tracking(t.lost.Within(ctx))
}

func (a *App) fetcher(s *store.Store, r FetchRequest, lost *damage.List) *watch.Fetcher {
	return &watch.Fetcher{
		Get: pdfMemoryGetter{r.Client}, To: tracker{s, lost}, Tool: a.Tool, Clock: a.Clock, Workers: r.Workers,
		Begin: r.Begin, Report: r.Report, Trouble: r.Trouble,
	}
}

// due lists what a fetch is to fetch.
func (a *App) due(ctx context.Context, s *store.Store, r FetchRequest) ([]model.Tracked, error) {
	rows, err := tracking(ctx, s)
	if err != nil {
		return nil, err
	}
	due, matched, next := watch.Due(rows, r.Patterns, r.All, a.Clock())
	switch {
	case matched == 0 && damage.GatheredIn(ctx).Count() > 0:
		return nil, fmt.Errorf("looking for what to fetch: %w: what matches may be what can't be read", model.ErrDamaged)
	case len(rows) == 0:
		return nil, fmt.Errorf("%w: no tracked documents yet; add one with `fineprint track add URL`", model.ErrInvalid)
	case matched == 0:
		return nil, matchesNothing(r.Patterns)
	case len(due) == 0:
		return nil, fmt.Errorf("%w: the next of %s is in %s", model.ErrNothingDue,
			humanize.Count(matched, "document"), humanize.While(next.Sub(a.Clock())))
	}
	return due, nil
}

func matchesNothing(patterns []string) error {
	return fmt.Errorf("%w: no tracked document matches %s; see `fineprint track list`",
		model.ErrInvalid, strings.Join(patterns, ", "))
}
