package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"fineprint/store"
	"fineprint/store/model"
)

// deskStore makes a command line and a database that tracks pages of a site.
func deskStore(t *testing.T, base string, paths ...string) (*cli, *store.Store) {
	t.Helper()
	a, s := emptyDesk(t)
	var requests []model.TrackRequest
	for _, path := range paths {
		requests = append(requests, model.TrackRequest{Platform: "Acme " + strings.Trim(path, "/"),
			Type: "Privacy Policy", Source: model.Source{URL: base + path}})
	}
	if _, err := s.Track(t.Context(), requests); err != nil {
		t.Fatal(err)
	}
	return a, s
}

func docPaths(n int) []string {
	paths := make([]string, n)
	for i := range paths {
		paths[i] = fmt.Sprintf("/doc/%02d", i)
	}
	return paths
}

// checkOrder: every document waits, then has its turn, then is done, and the
// counts show it. It returns how often each outcome was reported.
func checkOrder(t *testing.T, told []model.FetchProgress, total int) map[model.FetchKind]int {
	t.Helper()
	counts, states, done := map[model.FetchKind]int{}, map[model.ID]model.FetchState{}, 0
	before := map[model.FetchState]model.FetchState{model.FetchFetching: model.FetchWaiting,
		model.FetchDone: model.FetchFetching}
	for i, p := range told {
		if p.State == model.FetchDone {
			done++
			counts[p.Outcome]++
		}
		if (p.State == model.FetchWaiting) != (i < total) || states[p.Document] != before[p.State] || p.Done != done ||
			p.Total != total || !strings.HasPrefix(p.Name, "Acme ") {
			t.Errorf("%d: %+v, after %q and %d done", i, p, states[p.Document], done)
		}
		states[p.Document] = p.State
	}
	if len(states) != total {
		t.Errorf("%d documents were told of, want %d", len(states), total)
	}
	return counts
}

func TestDeskFetchReportsEveryDocument(t *testing.T) {
	site := newWebSite()
	defer site.Close()
	a, s := deskStore(t, site.URL, append(docPaths(20), "/gone", "/wall")...)
	fetch := a.deskOn(s, []string{"127.0.0.1"}).fetch()
	run := func(pattern string, all bool) (told []model.FetchProgress, err error) {
		return told, fetch(t.Context(), pattern, all, func(p model.FetchProgress) { told = append(told, p) })
	}
	told, err := run("", false)
	if counts := checkOrder(t, told, 22); err != nil || counts[model.FetchFirst] != 21 ||
		counts[model.FetchFailed] != 1 {
		t.Errorf("the first fetch: %v, %v", counts, err)
	}
	if told, err = run("Acme doc*", false); !errors.Is(err, model.ErrNothingDue) || len(told) != 0 ||
		!strings.Contains(err.Error(), "the next of 20 documents is in ") {
		t.Errorf("nothing due: %v, %v", told, err)
	}
	if _, err = run("Borealis", true); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("a pattern that nothing matches: %v", err)
	}
	site.edition.Add(1)
	told, err = run("", true)
	if counts := checkOrder(t, told, 22); err != nil || counts[model.FetchChanged] != 20 ||
		counts[model.FetchQuarantined] != 1 || counts[model.FetchFailed] != 1 {
		t.Errorf("the second fetch: %v, %v", counts, err)
	}
	queue, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil || queue.Total != 20 {
		t.Errorf("%d changes are queued; %v", queue.Total, err)
	}
	for _, p := range told {
		if p.Outcome == model.FetchQuarantined && p.Reason != "sign-in page" || p.Outcome == model.FetchChanged &&
			(p.Change == "" || p.Bytes == 0 || p.Took <= 0) {
			t.Errorf("%+v", p)
		}
	}
	failing := map[string]string{}
	rows, err := a.app().Tracking(t.Context())
	for _, row := range rows {
		if row.Health.Failures > 0 {
			failing[row.Source.URL] = row.Health.Reason
		}
	}
	if err != nil || len(rows) != 22 || len(failing) != 2 || !strings.Contains(failing[site.URL+"/gone"], "404") ||
		failing[site.URL+"/wall"] != "sign-in page" {
		t.Errorf("%d rows, failing: %v, %v", len(rows), failing, err)
	}
	waitForNone(t, "fineprint/fetch", "net/http.(*persistConn)", "(*desk).fetch")
}

// TestDeskFetchIsGuarded: a page on this machine is not reached from the desk.
func TestDeskFetchIsGuarded(t *testing.T) {
	site := newWebSite()
	defer site.Close()
	a, s := deskStore(t, site.URL, "/doc/1")
	var last model.FetchProgress
	err := a.deskOn(s, nil).fetch()(t.Context(), "", true, func(p model.FetchProgress) { last = p })
	if err != nil || last.Outcome != model.FetchFailed || !strings.Contains(last.Reason, "not a public web address") ||
		site.hits.Load() != 0 {
		t.Errorf("%+v after %d requests, %v", last, site.hits.Load(), err)
	}
}

func TestDeskFetchOfNothingExplainsHowToTrack(t *testing.T) {
	a, s := deskStore(t, "")
	err := a.deskOn(s, nil).fetch()(t.Context(), "", false, func(p model.FetchProgress) { t.Errorf("%+v", p) })
	if sentence, _ := explain(err); !strings.Contains(sentence, "track add") {
		t.Errorf("%q", sentence)
	}
}

// TestCancelledDeskFetchKeepsWhatWasDone: the site answers some and then no more. Cancelling
// ends the fetch while it waits for the rest: what was reported as done is there,
// of the rest nothing, and nothing goes on in the background.
func TestCancelledDeskFetchKeepsWhatWasDone(t *testing.T) {
	const answered, total = 7, 60
	stuck := make(chan struct{})
	pages := make(chan struct{}, answered)
	for range answered {
		pages <- struct{}{}
	}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		select {
		case <-pages:
			_, _ = fmt.Fprint(w, webPage(r.URL.Path, 0, ""))
		case <-stuck:
		}
	}))
	defer site.Close()
	defer close(stuck)
	a, s := deskStore(t, site.URL, docPaths(total)...)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done, over := map[model.ID]bool{}, false
	err := a.deskOn(s, []string{"127.0.0.1"}).fetch()(ctx, "", true, func(p model.FetchProgress) {
		if over {
			t.Errorf("told after the end: %+v", p)
		}
		if p.State == model.FetchDone {
			done[p.Document] = p.Outcome == model.FetchFirst
			if p.Done == answered {
				cancel()
			}
		}
	})
	over = true
	if !errors.Is(err, context.Canceled) || len(done) != answered {
		t.Errorf("%v after %d documents", err, len(done))
	}
	rows, err := s.Tracking(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		attempted := !row.Health.LastAttempt.IsZero()
		if done[row.Document] != (row.Versions == 1) || done[row.Document] != attempted || row.Health.Failures > 0 {
			t.Errorf("%s, told as done: %t: %d versions, %+v", row.Name(), done[row.Document], row.Versions, row.Health)
		}
	}
	waitForNone(t, "fineprint/fetch", "net/http.(*persistConn)", "(*desk).fetch")
}

// waitForNone waits until no goroutine but the caller's runs any of these.
func waitForNone(t *testing.T, what ...string) {
	t.Helper()
	var left string
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		stacks := make([]byte, 1<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		left = ""
		for _, one := range strings.Split(string(stacks), "\n\n")[1:] {
			for _, w := range what {
				if strings.Contains(one, w) {
					left = one
				}
			}
		}
		if left == "" {
			return
		}
	}
	t.Errorf("still running:\n%s", left)
}
