package watch

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"fineprint/fetch"
	"fineprint/fetch/extract"
	"fineprint/store/model"
)

// Tracker is the part of a store that knows what is tracked.
type Tracker interface {
	Tracking(ctx context.Context) ([]model.TrackedRow, error)
	TrackedDocument(ctx context.Context, id model.ID) (model.Tracked, error)
	// Baseline is what the last good text can be made from again; the error wraps
	// model.ErrNotFound when that isn't here.
	Baseline(ctx context.Context, t model.Tracked) (model.Baseline, error)
	asker
	RecordFetch(ctx context.Context, t model.Tracked, captures []model.Capture,
		nextHealth func(model.Health, model.Outcome) model.Health) (model.Outcome, error)
}

// Result is what became of one attempt to fetch a document.
type Result struct {
	Tracked  model.Tracked // with the health after it
	Outcome  model.FetchKind
	Reason   string // of a first text, why it may be no document
	Status   int
	Snapshot model.ID
	Change   model.ID
	Material bool // of a change
	// Uncompared: the change could not be compared, see Reason.
	Uncompared bool
	LeftOut    model.LeftOut
	Bytes      int // of the body
	Took       time.Duration
	// Err is, of what failed because something that is stored of the document can't be read, the
	// store's error: [model.ErrUnreadable].
	Err error
}

// DefaultWorkers is how many documents are fetched at once when nothing else is
// said. How many from one host is the client's matter.
const DefaultWorkers = 16

// Fetcher fetches tracked documents. Each is recorded in a transaction of its
// own as it arrives, so that whatever ends a fetch loses at most what was on its
// way.
type Fetcher struct {
	Get     Getter
	To      Tracker
	Tool    string
	Workers int              // default DefaultWorkers
	Clock   func() time.Time // default time.Now
	Jitter  func() float64   // in [0, 1); default by chance
	// Begin is called in Run when a document's turn has come, Report with each
	// result. They are called one at a time, and never after Run has returned.
	Begin  func(model.Tracked)
	Report func(Result)
	// Trouble is called, in Watch, with what kept it from working for a moment.
	Trouble func(error)

	mu sync.Mutex // one call of Begin or Report at a time
}

func (f *Fetcher) now() time.Time {
	if f.Clock == nil {
		return time.Now().UTC()
	}
	return f.Clock().UTC()
}

func (f *Fetcher) workers() int {
	if f.Workers <= 0 {
		return DefaultWorkers
	}
	return f.Workers
}

func (f *Fetcher) begin(t model.Tracked) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.Begin != nil {
		f.Begin(t)
	}
}

func (f *Fetcher) report(r Result) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.Report != nil {
		f.Report(r)
	}
}

// Run fetches documents, several at once. The error is the store's or the
// caller's cancellation: a document that can't be fetched is a Result, and so is one of which
// something that is stored can't be read.
func (f *Fetcher) Run(ctx context.Context, documents []model.Tracked) error {
	started := f.now()
	g, running := errgroup.WithContext(ctx)
	g.SetLimit(f.workers())
	for _, t := range byTurns(documents) {
		if running.Err() != nil {
			break
		}
		g.Go(func() error {
			f.begin(t)
			r, err := f.readable(running, t, started)
			if err == nil {
				f.report(r)
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// byTurns orders documents so that hosts take turns: one slow host then holds no
// more workers than it must.
func byTurns(documents []model.Tracked) []model.Tracked {
	var hosts []string
	waiting := map[string][]model.Tracked{}
	for _, t := range documents {
		host := ""
		if pages := t.Source.Pages(); len(pages) > 0 {
			if u, err := url.Parse(pages[0].URL); err == nil {
				host = u.Host
			}
		}
		if waiting[host] == nil {
			hosts = append(hosts, host)
		}
		waiting[host] = append(waiting[host], t)
	}
	ordered := make([]model.Tracked, 0, len(documents))
	for len(ordered) < len(documents) {
		for _, host := range hosts {
			if list := waiting[host]; len(list) > 0 {
				ordered, waiting[host] = append(ordered, list[0]), list[1:]
			}
		}
	}
	return ordered
}

// readable is one, where a document of which something can't be read is a failure of its own.
func (f *Fetcher) readable(ctx context.Context, t model.Tracked, since time.Time) (Result, error) {
	r, err := f.one(ctx, t.Document, since)
	if !errors.Is(err, model.ErrUnreadable) {
		return r, err
	}
	return Result{Tracked: t, Outcome: model.FetchFailed, Reason: err.Error(), Err: err}, nil
}

// one fetches a document and records what came, unless somebody else has done so
// since.
func (f *Fetcher) one(ctx context.Context, id model.ID, since time.Time) (Result, error) {
	begun := time.Now()
	var t model.Tracked
	err := RetryBusy(ctx, func() (err error) {
		t, err = f.To.TrackedDocument(ctx, id)
		return err
	})
	r := Result{Tracked: t, Outcome: model.FetchSkipped}
	switch {
	case errors.Is(err, model.ErrNotFound):
		r.Tracked.Document = id
		r.Reason = "it is no longer tracked"
		return r, nil
	case err != nil:
		return r, err
	case t.Health.LastAttempt.After(since) && !t.Health.LastAttempt.After(f.now()):
		r.Reason = "another fetch has just done it"
		return r, nil
	}
	d, err := Document(ctx, f.To, t)
	if err != nil {
		return r, err
	}
	got, full, err := f.fetch(ctx, d, t)
	if err != nil && ctx.Err() != nil {
		return r, ctx.Err()
	}
	a := f.attempt(got, err, t)
	a.language, a.asked, a.full = d.Language, t.Asking, full
	captures, err := f.captures(ctx, t, got, a)
	if err != nil {
		return r, err
	}
	if err := f.record(ctx, &r, captures, a); err != nil {
		return r, err
	}
	r.LeftOut, r.Bytes, r.Took = got.capture.LeftOut, got.bytes, time.Since(begun)
	return r, nil
}

// fetch asks for a document on condition of what is known of it, and once more in
// full when the server says that nothing was modified and it is time not to take its
// word for that: full then.
func (f *Fetcher) fetch(ctx context.Context, d WebDocument, t model.Tracked) (got fetched, full bool, err error) {
	var conditions fetch.Request
	if t.Health.Extractor == extract.Version && !t.Health.Distrusted {
		conditions.ETag, conditions.LastModified = t.Health.ETag, t.Health.LastModified
	}
	got, err = fetchPages(ctx, f.Get, d, conditions, f.Tool)
	if err != nil || !got.notModified || !fullIsDue(t.Health, f.now()) {
		return got, false, err
	}
	got, err = fetchPages(ctx, f.Get, d, fetch.Request{}, f.Tool)
	return got, true, err
}

// captures is what there is to record of an attempt: the capture, and before it
// the last text made again where that is called for.
func (f *Fetcher) captures(ctx context.Context, t model.Tracked, got fetched, a attempt) ([]model.Capture, error) {
	if a.kind != "" {
		return nil, nil
	}
	c := got.capture
	c.CapturedAt = a.at
	if c.Failure != "" {
		return []model.Capture{c}, nil
	}
	again, other, err := f.reread(ctx, t)
	if err != nil {
		return nil, err
	}
	c.OtherReading = other || t.Asking != t.Health.Asked
	if again == nil {
		return []model.Capture{c}, nil
	}
	return []model.Capture{*again, c}, nil
}

// attempt returns what fetching came to, as far as the store does not decide it.
func (f *Fetcher) attempt(got fetched, err error, t model.Tracked) attempt {
	a := attempt{at: f.now(), status: got.answer.Status}
	var later fetch.RetryLater
	switch {
	case err != nil && errors.As(err, &later):
		a.kind, a.reason, a.status, a.retryAfter = model.FetchSkipped, later.Error(), later.Status, later.After
	case err != nil:
		a.kind, a.reason = model.FetchFailed, plainReason(err, t.Source.URL)
		if errors.Is(err, fetch.ErrRobots) {
			a.reason += "; `track add --ignore-robots` fetches it all the same"
		}
	case got.notModified:
		a.kind = model.FetchNotModified
	default:
		a.etag, a.lastModified, a.extractor = got.answer.ETag, got.answer.LastModified, extract.Version
	}
	return a
}

// record stores what an attempt brought and completes its result.
func (f *Fetcher) record(ctx context.Context, r *Result, captures []model.Capture, a attempt) error {
	var health model.Health
	nextHealth := func(h model.Health, o model.Outcome) model.Health {
		if len(captures) > 0 {
			a.kind, a.reason = kindOf(o)
		}
		health = schedule{f.Jitter}.after(h, r.Tracked.Every, a)
		return health
	}
	var outcome model.Outcome
	err := RetryBusy(ctx, func() (err error) {
		outcome, err = f.To.RecordFetch(ctx, r.Tracked, captures, nextHealth)
		return err
	})
	switch {
	case errors.Is(err, model.ErrStale):
		r.Reason = "it was fetched or tracked otherwise in between"
		return nil
	case err != nil:
		return err
	}
	r.Tracked.Health = health
	r.Outcome, r.Reason, r.Status = a.kind, a.reason, a.status
	r.Snapshot, r.Change, r.Material = outcome.Snapshot, outcome.Change, outcome.Material
	r.Uncompared = outcome.Uncompared
	return nil
}

// kindOf turns what recording a capture did into what the attempt came to.
func kindOf(o model.Outcome) (model.FetchKind, string) {
	switch o.Kind {
	case model.OutcomeFirst:
		return model.FetchFirst, o.Detail
	case model.OutcomeChanged:
		if o.Uncompared {
			return model.FetchChanged, o.Detail
		}
		return model.FetchChanged, string(o.Reason)
	case model.OutcomeFailed:
		return model.FetchFailed, o.Detail
	case model.OutcomeQuarantined:
		return model.FetchQuarantined, o.Detail
	}
	return model.FetchUnchanged, ""
}

// Due returns those of the tracked documents that match a pattern (or one of
// several; none matches all) and are due, or all that match. A pattern is one of
// [model.MatchName], a document's ID or its address.
func Due(rows []model.TrackedRow, patterns []string, all bool, now time.Time) (due []model.Tracked, matched int,
	next time.Time) {
	for _, row := range rows {
		if !Matches(row.Tracked, patterns) {
			continue
		}
		matched++
		if all || row.Due(now) {
			due = append(due, row.Tracked)
		} else if next.IsZero() || row.Health.NextDue.Before(next) {
			next = row.Health.NextDue
		}
	}
	return due, matched, next
}

// Matches reports whether a tracked document is meant by one of the patterns.
func Matches(t model.Tracked, patterns []string) bool {
	for _, p := range patterns {
		if strings.EqualFold(p, string(t.Document)) || model.MatchName(p, t.Platform.Name, t.Type) {
			return true
		}
		for _, page := range t.Source.Pages() {
			if p == page.URL {
				return true
			}
		}
	}
	return len(patterns) == 0
}
