package app

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"fineprint/fetch/notify"
	"fineprint/store"
	"fineprint/store/insight/alert"
	"fineprint/store/insight/outbox"
	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/sanitize"
)

// Alerting is who is told of alerts, and when. The zero value tells nobody.
type Alerting struct {
	Targets []config.Target
	Quiet   config.Quiet
	// Ahead is how long before something takes effect that is told; 0: [alert.DefaultAhead].
	Ahead time.Duration

	// Backoff is how long the first retry waits, twice as long each further one, up to
	// LongestBackoff. 0: [DefaultBackoff] and [DefaultLongestBackoff].
	Backoff, LongestBackoff time.Duration
	Workers                 int // attempts at once with a target; 0: 8
	// Lease is how long others leave alone what is being told; 0: as long as it may take.
	Lease time.Duration
}

// The defaults of [Alerting].
const (
	DefaultBackoff        = 30 * time.Second
	DefaultLongestBackoff = 6 * time.Hour
	defaultGiveUp         = 7 * 24 * time.Hour
	defaultAlertWorkers   = 8
)

// AlertingOf is what the settings say.
func AlertingOf(s config.Settings) Alerting {
	quiet, _ := s.QuietHours() // what is wrong with it is a problem of the settings
	return Alerting{Targets: s.Targets, Quiet: quiet, Ahead: time.Duration(s.ReminderDays) * 24 * time.Hour}
}

// Target returns the target of a name.
func (a *Alerting) Target(name string) (config.Target, error) {
	for _, t := range a.Targets {
		if t.Name == name {
			return t, nil
		}
	}
	return config.Target{}, fmt.Errorf("%w: no target %q in the settings; add [targets.%s] (`fineprint config path` shows where)",
		model.ErrInvalid, name, name)
}

// sender is how package notify has a target.
func (a *App) sender(t *config.Target) *notify.Target {
	timeout, _ := config.ParsePause(t.Timeout)
	return &notify.Target{Offline: a.Offline, Name: t.Name, Kind: t.Kind, Timeout: timeout, Command: t.Command, Shell: t.Shell, URL: t.URL,
		Private: t.Private, SecretEnv: t.SecretEnv, SecretFile: t.SecretFile, Folder: t.Folder, Format: t.Format, Host: t.Host,
		User: t.User, Port: t.Port, Plain: t.Plain, From: t.From, To: t.To, File: t.File, Entries: t.Entries}
}

// Delivered is what a delivery came to.
type Delivered struct {
	Delivered int      `json:"delivered"`
	Failed    int      `json:"failed"`
	GivenUp   int      `json:"given_up"`
	Waiting   int      `json:"waiting"`          // for quiet hours to end, or for a digest's time
	Errors    []string `json:"errors"`           // one of each target, with its name
	Pruned    int      `json:"pruned,omitempty"` // forgotten
}

// DeliverAlerts tells the targets what is due, until nothing is or ctx is over.
func (a *App) DeliverAlerts(ctx context.Context, s *store.Store) (Delivered, error) {
	total := Delivered{Errors: []string{}}
	if err := a.online(); err != nil {
		return total, err
	}
	for i := range a.Alerting.Targets {
		d := &delivery{App: a, store: s, target: &a.Alerting.Targets[i], total: &total, token: rand.Text()}
		d.send = a.sender(d.target)
		if err := d.run(ctx); err != nil {
			return total, err
		}
	}
	return total, nil
}

// delivery is the telling of one target.
type delivery struct {
	*App
	store  *store.Store
	target *config.Target
	send   *notify.Target
	total  *Delivered
	token  string
}

func (d *delivery) workers() int {
	if d.target.Kind == "atom" || d.target.Kind == "mail" {
		return 1 // a file is written by one at a time
	}
	return cmp.Or(d.Alerting.Workers, defaultAlertWorkers)
}

// run takes what is due and sends it, so much at a time that it is done within its lease.
func (d *delivery) run(ctx context.Context) error {
	const each = 8 // of a worker
	workers := d.workers()
	timeout := cmp.Or(d.send.Timeout, notify.DefaultTimeout)
	take := outbox.Take{Target: d.target.Name, Max: each * workers,
		Lease: cmp.Or(d.Alerting.Lease, each*timeout+5*time.Second), Token: d.token}
	for ctx.Err() == nil {
		now, err := d.mayTell(ctx, &take)
		if err != nil || !now {
			return err
		}
		items, err := d.store.TakeAlerts(ctx, take)
		if err != nil || len(items) == 0 {
			return err
		}
		if err := d.attempt(ctx, items, workers); err != nil {
			return err
		}
	}
	return nil
}

// mayTell reports whether the target may be told now, and what goes as a digest then.
func (d *delivery) mayTell(ctx context.Context, take *outbox.Take) (bool, error) {
	now, quiet := d.Clock(), d.Alerting.Quiet
	if d.target.Every == "" && !quiet.Holds(now) {
		take.Merge = quiet.Holds
		return true, nil
	}
	n, oldest, _, err := d.store.Waiting(ctx, d.target.Name)
	if err != nil || n == 0 {
		return false, err
	}
	if quiet.Holds(now) || now.Before(nextDigest(d.target, oldest.In(quiet.Zone()))) {
		d.total.Waiting += n
		return false, nil
	}
	take.Merge = func(time.Time) bool { return true }
	return true, nil
}

// nextDigest is when a digest is due that has something of a time in it.
func nextDigest(t *config.Target, of time.Time) time.Time {
	if t.Every == "" {
		return of
	}
	minutes, _ := config.ParseClock(cmp.Or(t.At, "08:00"))
	at := time.Date(of.Year(), of.Month(), of.Day(), minutes/60, minutes%60, 0, 0, of.Location())
	for !at.After(of) || t.Every == "week" && at.Weekday() != time.Monday {
		at = time.Date(at.Year(), at.Month(), at.Day()+1, minutes/60, minutes%60, 0, 0, of.Location())
	}
	return at
}

const (
	// What was sent is reported when so much of it was, and no later than so long after: who
	// dies before tells it again.
	reportEach  = 20
	reportAfter = 200 * time.Millisecond
)

// attempt makes one attempt with each, and reports what came of them in small groups.
func (d *delivery) attempt(ctx context.Context, items []model.OutboxItem, workers int) error {
	next, results := make(chan int), make(chan outbox.Result)
	var wg sync.WaitGroup
	for range min(workers, len(items)) {
		wg.Go(func() {
			for i := range next {
				results <- d.one(ctx, &items[i])
			}
		})
	}
	go func() {
		for i := range items {
			next <- i
		}
		close(next)
		wg.Wait()
		close(results)
	}()
	return d.report(ctx, results)
}

// report takes in what came of attempts and keeps it, a group at a time. What was sent
// was sent, though ctx is over.
func (d *delivery) report(ctx context.Context, results <-chan outbox.Result) (err error) {
	ctx = context.WithoutCancel(ctx)
	var group []outbox.Result
	flush := func() {
		if len(group) > 0 {
			err = errors.Join(err, d.store.FinishAlerts(ctx, group))
		}
		group = nil
	}
	tick := time.NewTicker(reportAfter)
	defer tick.Stop()
	for {
		select {
		case r, more := <-results:
			if !more {
				flush()
				return err
			}
			d.count(r)
			if group = append(group, r); len(group) >= reportEach {
				flush()
			}
		case <-tick.C:
			flush()
		}
	}
}

// count counts what came of an attempt, and keeps the newest failure of the target.
func (d *delivery) count(r outbox.Result) {
	switch {
	case r.Failure == "":
		d.total.Delivered++
		return
	case r.GiveUp:
		d.total.GivenUp++
	default:
		d.total.Failed++
	}
	of := d.target.Name + ": "
	d.total.Errors = append(slices.DeleteFunc(d.total.Errors, func(s string) bool { return strings.HasPrefix(s, of) }),
		of+r.Failure)
}

// one makes an attempt.
func (d *delivery) one(ctx context.Context, item *model.OutboxItem) outbox.Result {
	r := outbox.Result{ID: item.ID, Token: d.token}
	now := d.Clock()
	if ctx.Err() != nil {
		r.Failure, r.Retry = "interrupted", now
		return r
	}
	var alert model.Alert
	if err := json.Unmarshal(item.Payload, &alert); err != nil {
		r.Failure, r.GiveUp = "it can't be decoded", true
		return r
	}
	err := notify.Send(ctx, d.send, sanitize.Value(&alert), sanitize.JSON(item.Payload))
	if err == nil {
		return r
	}
	r.Failure = err.Error()
	if ctx.Err() != nil {
		r.Failure, r.Retry = "interrupted", now
		return r
	}
	wait := d.Alerting.backoff(item.Attempts)
	var f *notify.Failure
	if errors.As(err, &f) {
		wait, r.GiveUp = max(wait, f.After), f.Gone
	}
	giveUp, _ := config.ParsePause(d.target.GiveUp)
	r.Retry = now.Add(wait)
	r.GiveUp = r.GiveUp || r.Retry.Sub(item.Since) > cmp.Or(giveUp, defaultGiveUp)
	return r
}

// backoff is how long to wait after so many attempts that failed before: twice as long
// each time, with jitter, so that not all come back at once.
func (a *Alerting) backoff(before int) time.Duration {
	wait, longest := cmp.Or(a.Backoff, DefaultBackoff), cmp.Or(a.LongestBackoff, DefaultLongestBackoff)
	for range min(before, 30) {
		wait = min(2*wait, longest)
	}
	wait = min(wait, longest)
	return wait/2 + time.Duration(mathrand.Int64N(int64(wait/2)+1))
}

// TestTarget sends a target something to see whether it comes, at once: quiet hours and
// digests are no matter. The error says why it did not.
func (a *App) TestTarget(ctx context.Context, s *store.Store, name string) (item model.OutboxItem, err error) {
	if err := a.online(); err != nil {
		return item, err
	}
	target, err := a.Alerting.Target(name)
	if err != nil {
		return item, err
	}
	alert := model.Alert{Kind: model.AlertTest, At: a.Clock().UTC(), Target: name, Title: "Fineprint test",
		Text: "This is a test of the target " + name + ". Nothing happened."}
	if item, err = s.PutTest(ctx, alert); err != nil {
		return item, err
	}
	if err := json.Unmarshal(item.Payload, &alert); err != nil {
		return item, err
	}
	sent := notify.Send(ctx, a.sender(&target), &alert, item.Payload)
	result := outbox.Result{ID: item.ID}
	if sent != nil {
		result.Failure, result.GiveUp = sent.Error(), true
	}
	if err := s.FinishAlerts(context.WithoutCancel(ctx), []outbox.Result{result}); err != nil {
		return item, err
	}
	if sent != nil {
		return item, fmt.Errorf("%s was not told: %w", name, sent)
	}
	return item, nil
}

// Alerted is what came of rules after something was recorded.
type Alerted struct {
	model.AlertRun
	Delivered
	Err error `json:"-"`
}

// RunAlertRules applies the rules to what is new, and to what takes effect within the days
// of the settings.
func (a *App) RunAlertRules(ctx context.Context, s *store.Store) (model.AlertRun, error) {
	return s.RunAlertRulesAhead(ctx, cmp.Or(a.Alerting.Ahead, alert.DefaultAhead))
}

// deliverWithin is how long what records waits for targets; what is left waits in the
// outbox.
const deliverWithin = 5 * time.Second

// AfterRecording applies the rules to what is new and tells the targets. It takes a few
// seconds at most, and whatever goes wrong is no error of what was recorded: it is done
// the next time.
func (a *App) AfterRecording(ctx context.Context, s *store.Store) (done Alerted) {
	ctx, _ = gathering(ctx)
	if done.AlertRun, done.Err = a.RunAlertRules(ctx, s); done.Err != nil || len(a.Alerting.Targets) == 0 || a.Offline {
		return done
	}
	ctx, cancel := context.WithTimeout(ctx, deliverWithin)
	defer cancel()
	done.Delivered, done.Err = a.DeliverAlerts(ctx, s)
	if errors.Is(done.Err, context.DeadlineExceeded) {
		done.Err = nil
	}
	return done
}

// watchAlerts applies the rules and tells the targets while a watch goes on, until stop is
// called.
func (a *App) watchAlerts(ctx context.Context, s *store.Store) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(alertEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				a.AfterRecording(ctx, s) // what goes wrong is tried the next time
			}
		}
	})
	return func() {
		cancel()
		wg.Wait()
	}
}

// alertEvery is how often a watch applies the rules.
const alertEvery = 20 * time.Second
