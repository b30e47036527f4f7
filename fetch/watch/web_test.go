package watch_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fineprint/fetch"
	"fineprint/fetch/watch"
	"fineprint/store"
	"fineprint/store/blob"
	"fineprint/store/model"
)

// TestMain makes the coders that all stores of the process share: made within one
// test's bubble of time they would be of no use in another's.
func TestMain(m *testing.M) {
	if b, err := blob.Decompress(blob.Compress([]byte("terms"))); err != nil || string(b) != "terms" {
		panic(fmt.Sprintf("%s %v", b, err))
	}
	os.Exit(m.Run())
}

// fakeWeb answers each address by a function, one at a time, so that these may count;
// it counts the requests.
type fakeWeb struct {
	answer sync.Mutex
	mu     sync.Mutex
	pages  map[string]func(n int, r fetch.Request) (fetch.Response, error)
	asked  map[string]int
	inside int
	most   int
	delay  time.Duration
}

func (w *fakeWeb) Fetch(ctx context.Context, r fetch.Request) (fetch.Response, error) {
	w.mu.Lock()
	w.asked[r.URL]++
	n, page := w.asked[r.URL], w.pages[r.URL]
	w.inside++
	w.most = max(w.most, w.inside)
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		w.inside--
		w.mu.Unlock()
	}()
	if w.delay > 0 {
		select {
		case <-time.After(w.delay):
		case <-ctx.Done():
			return fetch.Response{}, ctx.Err()
		}
	}
	if page == nil {
		return fetch.Response{}, fmt.Errorf("fetching %s: %w", r.URL, fetch.ErrConnection)
	}
	w.answer.Lock()
	defer w.answer.Unlock()
	return page(n, r)
}

func (w *fakeWeb) count(address string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.asked[address]
}

func html(body string) func(int, fetch.Request) (fetch.Response, error) {
	return func(_ int, r fetch.Request) (fetch.Response, error) { return answer(r, 200, body), nil }
}

func answer(r fetch.Request, status int, body string) fetch.Response {
	return fetch.Response{Requested: r.URL, FinalURL: r.URL, Status: status, Body: []byte(body),
		MediaType: "text/html; charset=utf-8", At: time.Now().UTC()}
}

func page(more string) string {
	return "<html><body><main><h1>Terms</h1><p>You must be 13 years old to use the service.</p>" +
		strings.Repeat("<p>We keep your personal data as long as the law requires us to, and you agree to that.</p>",
			8) + more + "</main></body></html>"
}

// tracked makes a store that tracks addresses and a fetcher of them.
func tracked(t *testing.T, web *fakeWeb, addresses ...string) (*store.Store, *watch.Fetcher, *results) {
	t.Helper()
	web.asked = map[string]int{}
	s, err := store.Create(filepath.Join(t.TempDir(), "t.db"), store.Options{Actor: "ada", NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if report, err := s.Check(context.Background(), nil); err != nil || len(report.Problems) > 0 {
			t.Errorf("the store is not whole: %v %v", report.Problems, err)
		}
	})
	var requests []model.TrackRequest
	for i, address := range addresses {
		requests = append(requests, model.TrackRequest{Platform: fmt.Sprintf("Platform %d", i),
			Type: "Terms of Service", Source: model.Source{URL: address}})
	}
	if _, err := s.Track(t.Context(), requests); err != nil {
		t.Fatal(err)
	}
	got := &results{}
	return s, &watch.Fetcher{Get: web, To: s, Tool: "test", Jitter: func() float64 { return 0 }, Report: got.add}, got
}

type results struct {
	mu   sync.Mutex
	list []watch.Result
}

func (r *results) add(one watch.Result) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append(r.list, one)
}

func (r *results) drain() []watch.Result {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := r.list
	r.list = nil
	return list
}

// run fetches everything and returns the outcome of the only document.
func run(t *testing.T, s *store.Store, f *watch.Fetcher, got *results) watch.Result {
	t.Helper()
	rows, err := s.Tracking(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all, _, _ := watch.Due(rows, nil, true, time.Now())
	if err := f.Run(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	list := got.drain()
	if len(list) != len(rows) {
		t.Fatalf("%d results for %d documents", len(list), len(rows))
	}
	return list[0]
}

func TestEachFetchOfADocumentHasItsOutcome(t *testing.T) {
	const address = "https://acme.example/terms"
	steps := []struct {
		status int
		body   string
		err    error
		want   model.FetchKind
		reason string
	}{
		{200, page(""), nil, model.FetchFirst, ""},
		{304, "", nil, model.FetchNotModified, ""},
		{200, page("<!-- other bytes -->"), nil, model.FetchUnchanged, ""},
		{200, page("<p>You waive your right to take part in a class action.</p>"), nil, model.FetchChanged, ""},
		{200, "<h1>Sign in</h1><p>Enter your password.</p>", nil, model.FetchQuarantined, "sign-in page"},
		{503, "<h1>busy</h1>", nil, model.FetchFailed, "the server answered 503 Service Unavailable"},
		{0, "", fmt.Errorf("fetching %s: %w", address, fetch.ErrTimeout), model.FetchFailed,
			"the server took too long"},
		{0, "", fetch.RetryLater{After: time.Hour, Status: 429}, model.FetchSkipped,
			"the site asks to come back in 60 minutes"},
		{0, "", fmt.Errorf("fetching %s: %w", address, fetch.ErrRobots), model.FetchFailed,
			"the site's robots.txt says no; `track add --ignore-robots` fetches it all the same"},
		{304, "", nil, model.FetchNotModified, ""},
	}
	web := &fakeWeb{}
	s, f, got := tracked(t, web, address)
	web.pages = map[string]func(int, fetch.Request) (fetch.Response,
		error){address: func(n int, r fetch.Request) (fetch.Response, error) {
		step := steps[n-1]
		a := answer(r, step.status, step.body)
		a.NotModified = step.status == 304
		if step.status == 200 {
			a.ETag = fmt.Sprintf("%q", fmt.Sprint(n))
		}
		wanted := map[int]string{1: "", 2: `"1"`, 3: `"1"`, 4: `"3"`, 5: `"4"`, 6: `"4"`, 10: `"4"`}
		if want, ok := wanted[n]; ok && r.ETag != want {
			t.Errorf("request %d asks with %s, want %s", n, r.ETag, want)
		}
		return a, step.err
	}}
	for i, step := range steps {
		r := run(t, s, f, got)
		if r.Outcome != step.want || r.Reason != step.reason {
			t.Errorf("step %d: %s (%s), want %s (%s)", i+1, r.Outcome, r.Reason, step.want, step.reason)
		}
		if h := r.Tracked.Health; h.NextDue.Before(time.Now()) || r.Outcome.Good() != (h.Failures == 0) {
			t.Errorf("step %d: %+v", i+1, h)
		}
	}
	q, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil || q.Total != 1 {
		t.Errorf("%d changes are queued, %v", q.Total, err)
	}
}

func TestPagesAreAllOrNothing(t *testing.T) {
	web := &fakeWeb{}
	s, f, got := tracked(t, web)
	source := model.Source{Parts: []model.Page{{URL: "https://acme.example/1", Select: model.CSS("main")},
		{URL: "https://acme.example/2"}}}
	if _, err := s.Track(t.Context(), []model.TrackRequest{{Platform: "Acme", Type: "Terms of Service",
		Source: source}}); err != nil {
		t.Fatal(err)
	}
	web.pages = map[string]func(int, fetch.Request) (fetch.Response, error){"https://acme.example/1": html(page(""))}
	if r := run(t, s, f, got); r.Outcome != model.FetchFailed || !strings.Contains(r.Reason, "acme.example/2") {
		t.Errorf("without its second part: %s (%s)", r.Outcome, r.Reason)
	}
	web.pages["https://acme.example/2"] = html("<main><p>The second part says more about the service.</p></main>")
	r := run(t, s, f, got)
	if r.Outcome != model.FetchFirst {
		t.Fatalf("with both parts: %s (%s)", r.Outcome, r.Reason)
	}
	text, err := s.Text(t.Context(), r.Tracked.Document, 1)
	if err != nil || strings.Index(text, "13 years") > strings.Index(text, "second part") ||
		!strings.Contains(text, "13 years") {
		t.Errorf("the text: %q, %v", text, err)
	}
	raw, err := s.RawOf(t.Context(), r.Snapshot)
	if err != nil || !strings.Contains(string(raw), "Content-Location: https://acme.example/2") {
		t.Errorf("the snapshot has not both pages: %v", err)
	}
}

// TestWorkersAreBoundedAndCancelled, in pretended time: however slow the machine is, all
// workers have begun before the first has its answer.
func TestWorkersAreBoundedAndCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		web := &fakeWeb{delay: 20 * time.Millisecond, pages: map[string]func(int, fetch.Request) (fetch.Response, error){}}
		var addresses []string
		for i := range 40 {
			address := fmt.Sprintf("https://h%d.example/terms", i%4)
			address += fmt.Sprint(i)
			addresses = append(addresses, address)
			web.pages[address] = html(page(fmt.Sprint("<p>", i, "</p>")))
		}
		s, f, got := tracked(t, web, addresses...)
		f.Workers = 5
		rows, err := s.Tracking(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		due, _, _ := watch.Due(rows, nil, false, time.Now())
		ctx, cancel := context.WithCancel(t.Context())
		told := 0
		f.Report = func(r watch.Result) {
			got.add(r)
			if told++; told == 10 {
				cancel()
			}
		}
		if err := f.Run(ctx, due); !errors.Is(err, context.Canceled) {
			t.Errorf("interrupted: %v", err)
		}
		first := len(got.drain())
		if first < 10 || first > 15 || web.most != 5 {
			t.Errorf("%d fetched, at most %d at once", first, web.most)
		}
		rows, err = s.Tracking(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		due, _, _ = watch.Due(rows, nil, false, time.Now())
		for _, row := range rows {
			if row.Health.Failures > 0 {
				t.Errorf("the interruption counts as a failure of %s: %s", row.Name(), row.Health.Reason)
			}
		}
		if err := f.Run(t.Context(), due); err != nil || len(due)+first != 40 {
			t.Errorf("going on: %v, %d after %d", err, len(due), first)
		}
	})
}

// TestWatchKeepsTheSchedule runs a watch for a week of pretended time.
func TestWatchKeepsTheSchedule(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const good, down = "https://good.example/terms", "https://down.example/terms"
		web := &fakeWeb{pages: map[string]func(int, fetch.Request) (fetch.Response, error){good: html(page(""))}}
		s, f, got := tracked(t, web, good, down)
		began := time.Now()
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- f.Watch(ctx, nil) }()
		time.Sleep(7*24*time.Hour + time.Hour)
		if n := web.count(good); n != 8 {
			t.Errorf("the good one was fetched %d times in a week and an hour, want 8", n)
		}
		// 15, 30 min, 1, 2, 4, 8, 16, 24, 24, 24, 24 h: 12 attempts in a week.
		if n := web.count(down); n < 11 || n > 13 {
			t.Errorf("the one that is down was tried %d times", n)
		}
		var failing model.Health
		for _, r := range got.drain() {
			if r.Outcome == model.FetchFailed {
				failing = r.Tracked.Health
			}
		}
		if failing.FailingSince.Sub(began) > time.Minute || failing.Failures != web.count(down) ||
			failing.Reason != "connection failed" {
			t.Errorf("the failure: %+v", failing)
		}
		// What somebody else adds is noticed within a minute.
		const late = "https://late.example/terms"
		if _, err := s.Track(t.Context(), []model.TrackRequest{{Platform: "Late", Type: "Terms of Service",
			Source: model.Source{URL: late}}}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(watch.LookAgain + time.Second)
		if n := web.count(late); n != 1 {
			t.Errorf("what was added meanwhile was fetched %d times", n)
		}
		// What somebody else removes is not fetched again.
		rows, err := s.Tracking(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if row.Source.URL == good {
				if err := s.Untrack(t.Context(), []model.ID{row.Document}); err != nil {
					t.Fatal(err)
				}
			}
		}
		before := web.count(good)
		time.Sleep(48 * time.Hour)
		if n := web.count(good); n != before {
			t.Errorf("what is no longer tracked was fetched %d times more", n-before)
		}
		stopping := time.Now()
		cancel()
		if err := <-ended; err != nil || time.Since(stopping) > 30*time.Second {
			t.Errorf("stopped: %v after %s", err, time.Since(stopping))
		}
	})
}

func TestWatchStopsWhileFetching(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const slow = "https://slow.example/terms"
		web := &fakeWeb{delay: time.Hour, pages: map[string]func(int, fetch.Request) (fetch.Response,
			error){slow: html(page(""))}}
		s, f, got := tracked(t, web, slow)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- f.Watch(ctx, nil) }()
		time.Sleep(time.Minute)
		stopping := time.Now()
		cancel()
		if err := <-ended; err != nil || time.Since(stopping) > 30*time.Second {
			t.Errorf("stopped: %v after %s", err, time.Since(stopping))
		}
		rows, err := s.Tracking(t.Context())
		if err != nil || len(got.drain()) != 0 || !rows[0].Health.LastAttempt.IsZero() {
			t.Errorf("what was abandoned left %+v, %v", rows, err)
		}
	})
}

func TestDryRunFindsWhatChangesByItself(t *testing.T) {
	token := func(more string) func(int, fetch.Request) (fetch.Response, error) {
		return func(n int, r fetch.Request) (fetch.Response, error) {
			return answer(r, 200, page(strings.ReplaceAll(more, "N", fmt.Sprint(n)))), nil
		}
	}
	for _, c := range []struct {
		name, more string
		want       []string
	}{
		{"by its class", `<p class="seen">Page N of many</p>`, []string{".seen"}},
		{"by its id", `<div><span id="counter">N views</span> <b>Yes</b></div>`, []string{"#counter"}},
		{"by a class beside one made anew", `<p class="t-aN8271 stamp">N</p>`, []string{".stamp"}},
		{"two", `<p class="a">N</p><p>between</p><p class="b">N</p>`, []string{".a", ".b"}},
		{"none that is read", `<script>N</script><p>same</p>`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			const address = "https://acme.example/terms"
			web := &fakeWeb{asked: map[string]int{}, pages: map[string]func(int, fetch.Request) (fetch.Response,
				error){address: token(c.more)}}
			preview, err := watch.DryRun(t.Context(), web, watch.WebDocument{Source: model.Source{URL: address}}, "test",
				time.Millisecond)
			if err != nil || preview.Failure != "" || preview.SameBytes {
				t.Fatalf("%+v, %v", preview, err)
			}
			var got []string
			for _, d := range preview.Differences {
				got = append(got, d.Remove)
			}
			if fmt.Sprint(got) != fmt.Sprint(c.want) || preview.StableWithRemovals != (c.want != nil) ||
				preview.SameText != (c.want == nil) {
				t.Errorf("proposes %v (cured %v, same text %v), want %v", got, preview.StableWithRemovals, preview.SameText,
					c.want)
			}
			if web.count(address) != 2 {
				t.Errorf("fetched %d times", web.count(address))
			}
		})
	}
}
