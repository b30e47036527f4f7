package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"fineprint/cmd/internal/app"
	"fineprint/fetch/notify"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui/config"
)

// options are what a run does.
type options struct {
	Events  int // made: a fifth of them changes, told to five targets each
	Kills   int
	Seed    uint64
	Folder  string
	Timeout time.Duration // of the whole run
	Healthy bool          // the webhook never fails
	Slow    time.Duration // how long it leaves one without an answer
	Lease   time.Duration // of what is being told; a killed process's waits so long
}

// result is what a run came to.
type result struct {
	Events, Kills         int
	Asked                 int // requests that came
	Accepted              int // answered with 200
	Repeats               int // of those, for an ID that was accepted before
	Unseen                int // taken, and the connection cut before the answer
	Refused, Cut, Hung    int
	During                int // kills that came while something was being told
	BadSignature, Unknown int
	Lost                  int
	Delivered, Pending    int // as the outbox has it
	Took                  time.Duration
}

const (
	targets   = 5
	documents = 40
	secretEnv = "FINEPRINT_ALERTS_SECRET"
	secret    = "whsec_c2VjcmV0IG9mIHRoZSB0ZXN0"
	childEnv  = "FINEPRINT_ALERTS_CHILD"
	leaseEnv  = "FINEPRINT_ALERTS_LEASE"
)

// receiver is a webhook that fails half of the time.
type receiver struct {
	mu  sync.Mutex
	r   *rand.Rand
	got map[string]int // accepted, by ID
	o   options
	// asked receives one for each request, and never holds one up.
	asked chan struct{}
	result
}

func (w *receiver) ServeHTTP(rw http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(io.LimitReader(req.Body, 1<<20))
	if err != nil {
		return // it was killed meanwhile
	}
	id := req.Header.Get("webhook-id")
	unix, _ := strconv.ParseInt(req.Header.Get("webhook-timestamp"), 10, 64)
	signed := notify.Sign([]byte(secret), id, time.Unix(unix, 0), body) == req.Header.Get("webhook-signature")
	var alert model.Alert
	select {
	case w.asked <- struct{}{}:
	default:
	}
	w.mu.Lock()
	w.Asked++
	dice := w.r.IntN(100)
	if w.o.Healthy {
		dice = 99
	}
	switch {
	case !signed || json.Unmarshal(body, &alert) != nil || alert.ID != id:
		w.BadSignature++
	case dice < 25:
		w.Refused++
	case dice < 37:
		w.Cut++
	case dice < 45:
		w.Unseen++
		w.got[id] += 0
	case dice < 50:
		w.Hung++
	default:
		w.Accepted++
		if w.got[id]++; w.got[id] > 1 {
			w.Repeats++
		}
	}
	w.mu.Unlock()
	switch {
	case dice < 25:
		http.Error(rw, "no", http.StatusInternalServerError)
	case dice < 45:
		if c, _, err := rw.(http.Hijacker).Hijack(); err == nil {
			_ = c.Close()
		}
	case dice < 50:
		select {
		case <-req.Context().Done():
		case <-time.After(w.o.Slow):
		}
		panic(http.ErrAbortHandler) // no answer, whoever is more patient
	}
}

// run makes the events, has them told by processes that are killed, and counts.
func run(ctx context.Context, o options, say func(string, ...any)) (result, error) {
	ctx, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	path := filepath.Join(o.Folder, "alerts.db")
	changes, err := fill(ctx, path, o.Events/targets)
	if err != nil {
		return result{}, err
	}
	w := &receiver{r: rand.New(rand.NewPCG(o.Seed, 1)), got: map[string]int{}, o: o, asked: make(chan struct{}, 1<<16)}
	server := httptest.NewServer(w)
	defer server.Close()
	say("%d changes for %d targets; killing the process that tells them %d times\n", changes, targets, o.Kills)
	started := time.Now()
	kills, err := w.killing(ctx, path, server.URL)
	if err != nil {
		return result{}, err
	}
	if err := tell(ctx, path, server.URL, o.Lease, true); err != nil {
		return result{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Events, w.Kills, w.Took = changes*targets, kills, time.Since(started)
	return w.compare(ctx, path)
}

// compare compares what came with what the outbox has.
func (w *receiver) compare(ctx context.Context, path string) (result, error) {
	s, err := store.Open(path, store.Options{})
	if err != nil {
		return w.result, err
	}
	items, err := s.OutboxItems(ctx, 1<<30)
	if err != nil {
		return w.result, err
	}
	known := map[string]bool{}
	for _, i := range items {
		known[i.ID] = true
		if i.State == model.OutboxDelivered {
			w.Delivered++
		} else {
			w.Pending++
		}
		if w.got[i.ID] == 0 {
			w.Lost++
		}
	}
	for id := range w.got {
		if !known[id] {
			w.Unknown++
		}
	}
	w.Lost += max(0, w.Events-len(items)) // never made
	if report, err := s.Check(ctx, nil); err != nil || len(report.Problems) > 0 {
		return w.result, fmt.Errorf("the database is damaged: %v, %w", report.Problems, err)
	}
	return w.result, nil
}

// most is how many requests a process may make at most before it is killed: as many as
// leave something to be told by the last one.
func (o options) most() int { return max(2, 2*o.Events/(max(o.Kills, 1)*3)) }

// killing starts what tells the targets and kills it, again and again: after so many
// requests of it came that the dice say, so that it dies while it tells.
func (w *receiver) killing(ctx context.Context, path, url string) (kills int, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	r := rand.New(rand.NewPCG(w.o.Seed, 2))
	for kills < w.o.Kills && ctx.Err() == nil {
		for len(w.asked) > 0 {
			<-w.asked // of the one before
		}
		cmd := exec.CommandContext(ctx, self)
		cmd.Env = append(os.Environ(), childEnv+"="+path+"|"+url, secretEnv+"="+secret, leaseEnv+"="+w.o.Lease.String())
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			return kills, err
		}
		seen := w.await(ctx, 1+r.IntN(w.o.most()))
		time.Sleep(time.Duration(r.Int64N(int64(5 * time.Millisecond))))
		if cmd.Process.Kill() == nil {
			kills++
			if seen {
				w.During++
			}
		}
		_ = cmd.Wait()
	}
	return kills, ctx.Err()
}

// await waits for so many requests, and reports whether they came before it took too long.
func (w *receiver) await(ctx context.Context, n int) bool {
	late := time.After(20 * time.Second)
	for range n {
		select {
		case <-w.asked:
		case <-late:
			return false
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// child runs what is killed, where this process is one; is is false elsewhere.
func child(ctx context.Context) (is bool, err error) {
	path, url, is := splitChild(os.Getenv(childEnv))
	if !is {
		return false, nil
	}
	lease, err := time.ParseDuration(os.Getenv(leaseEnv))
	if err != nil {
		return true, err
	}
	return true, tell(ctx, path, url, lease, false)
}

func splitChild(s string) (path, url string, ok bool) {
	for i := range s {
		if s[i] == '|' {
			return s[:i], s[i+1:], true
		}
	}
	return "", "", false
}

// tell applies the rules and tells the targets, for ever or until nothing is left.
func tell(ctx context.Context, path, url string, lease time.Duration, end bool) error {
	if err := os.Setenv(secretEnv, secret); err != nil {
		return err
	}
	use := &app.App{Path: path, Tool: "alerts", Actor: "ada", Clock: time.Now}
	use.Alerting = app.Alerting{Backoff: 50 * time.Millisecond, LongestBackoff: time.Second, Workers: 16, Lease: lease}
	for i := range targets {
		use.Alerting.Targets = append(use.Alerting.Targets, config.Target{Name: targetName(i), Kind: "webhook",
			URL: url, Private: true, SecretEnv: secretEnv, Timeout: "1s"})
	}
	for ctx.Err() == nil {
		s, err := use.Open()
		if errors.Is(err, model.ErrBusy) {
			continue
		}
		if err != nil {
			return err
		}
		run, err := s.RunAlertRules(ctx)
		if err == nil {
			_, err = use.DeliverAlerts(ctx, s)
		}
		if err != nil && !errors.Is(err, model.ErrBusy) {
			return err
		}
		if end && err == nil && run.Queued == 0 {
			figures, err := s.TargetFigures(ctx)
			if err != nil {
				return err
			}
			left := 0
			for _, f := range figures {
				left += f.Pending
			}
			if left == 0 {
				return nil
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	return ctx.Err()
}

func targetName(i int) string { return string(rune('a' + i)) }

// fill makes a database with a rule and so many changes that it is for.
func fill(ctx context.Context, path string, changes int) (int, error) {
	s, err := store.Create(path, store.Options{Actor: "ada"})
	if err != nil {
		return 0, err
	}
	rule := model.AlertRule{Name: "all", Filter: "plat:acme", Tags: []string{"seen"}}
	for i := range targets {
		rule.Notify = append(rule.Notify, targetName(i))
	}
	if _, err := s.AddAlertRule(ctx, model.AlertRuleRequest{AlertRule: rule}); err != nil {
		return 0, err
	}
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var captures []model.Capture
	per := max(1, (changes+documents-1)/documents)
	made := 0
	for d := range documents {
		for v := range per + 1 {
			if v > 0 {
				if made == changes {
					break
				}
				made++
			}
			text := fmt.Sprintf("# Terms %d\n\nWe keep your messages for %d days.\n\nDisputes of kind %d go to court %d.\n", d, v+2, d, v)
			captures = append(captures, model.Capture{Platform: "Acme", Type: fmt.Sprint("Terms ", d), Text: text,
				Origin:     model.Provenance{Method: model.MethodFile},
				CapturedAt: at.Add(time.Duration(v) * time.Hour)})
		}
	}
	_, err = s.Record(ctx, captures)
	return made, err
}
