package watch_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fineprint/fetch"
	"fineprint/fetch/extract"
	"fineprint/fetch/watch"
	"fineprint/store/model"
)

const termsURL = "https://acme.example/terms"

func TestTitleIsTheTitleOrTheFirstHeading(t *testing.T) {
	terms := watch.WebDocument{Source: model.Source{URL: termsURL}}
	for body, want := range map[string]string{
		"<title> Terms\n of Service </title><h1>Acme</h1>": "Terms of Service",
		"<h1>Our <b>terms</b></h1><h1>More</h1>":           "Our terms",
		"<p>Terms":                                         "",
	} {
		web := &fakeWeb{asked: map[string]int{}, pages: fakePages{termsURL: html(body)}}
		if got, err := watch.Title(t.Context(), web, terms); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", body, got, err, want)
		}
	}
	if _, err := watch.Title(t.Context(), &fakeWeb{asked: map[string]int{}}, terms); !errors.Is(err,
		fetch.ErrConnection) {
		t.Errorf("a site that can't be reached: %v", err)
	}
}

type fakePages = map[string]func(int, fetch.Request) (fetch.Response, error)

func TestPatternsMatchNamesAddressesAndIDs(t *testing.T) {
	tracked := model.Tracked{Document: "FP-D-000007", Type: "Terms of Service", Source: model.Source{URL: termsURL}}
	tracked.Platform.Name, tracked.Platform.Slug = "Acme Games", "acme-games"
	for _, c := range []struct {
		patterns []string
		want     bool
	}{
		{nil, true},
		{[]string{"FP-D-000007"}, true},
		{[]string{"Acme Games/*"}, true},
		{[]string{"acme-games/Terms*"}, true},
		{[]string{termsURL}, true},
		{[]string{"Other", "Acme*"}, true},
		{[]string{"acme games"}, true}, {[]string{"ACME-GAMES"}, true}, {[]string{"fp-d-000007"}, true},
		{[]string{"Acme"}, false}, {[]string{"Terms of Service"}, false},
		{[]string{"FP-D-000008", "Acme Games/Privacy*", termsURL + "/2"}, false},
	} {
		if got := watch.Matches(tracked, c.patterns); got != c.want {
			t.Errorf("%q: %t, want %t", c.patterns, got, c.want)
		}
	}
}

func TestDueListsTheNextOne(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	row := func(name string, due time.Time) model.TrackedRow {
		var r model.TrackedRow
		r.Platform.Name, r.Type, r.Health.NextDue = name, "Terms", due
		return r
	}
	rows := []model.TrackedRow{row("A", now.Add(-time.Hour)), row("B", now.Add(2*time.Hour)),
		row("C", now.Add(time.Hour))}
	due, matched, next := watch.Due(rows, nil, false, now)
	if len(due) != 1 || due[0].Platform.Name != "A" || matched != 3 || !next.Equal(now.Add(time.Hour)) {
		t.Errorf("%d due, %d matched, next %s", len(due), matched, next)
	}
	if due, _, _ := watch.Due(rows, []string{"B/*", "C/*"}, true, now); len(due) != 2 {
		t.Errorf("all that match: %d", len(due))
	}
}

func TestBusyDatabaseIsAskedAgainForTwoMinutes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		started, asked := time.Now(), 0
		err := watch.RetryBusy(t.Context(), func() error {
			if asked++; time.Since(started) < time.Minute {
				return fmt.Errorf("opening: %w", model.ErrBusy)
			}
			return nil
		})
		if err != nil || asked < 100 {
			t.Errorf("a database that is free after a minute: %v, asked %d times", err, asked)
		}
		started = time.Now()
		err = watch.RetryBusy(t.Context(), func() error { return model.ErrBusy })
		if waited := time.Since(started); !errors.Is(err, model.ErrBusy) || waited < 2*time.Minute ||
			waited > 3*time.Minute {
			t.Errorf("one that is never free: %v after %s", err, waited)
		}
		if err := watch.RetryBusy(t.Context(), func() error { return model.ErrStale }); !errors.Is(err,
			model.ErrStale) {
			t.Errorf("another error: %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := watch.RetryBusy(ctx, func() error { return model.ErrBusy }); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	})
}

// recorder notes what was recorded.
type recorder []model.Capture

func (r *recorder) Record(_ context.Context, captures []model.Capture) ([]model.Outcome, error) {
	*r = append(*r, captures...)
	return make([]model.Outcome, len(captures)), nil
}

func TestFetchDocumentRecordsOneCapture(t *testing.T) {
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	web := &fakeWeb{asked: map[string]int{}, pages: fakePages{termsURL: html(page(""))}}
	d := watch.WebDocument{Platform: "Acme", Type: "Terms", Source: model.Source{URL: termsURL}}
	var to recorder
	if _, err := watch.FetchDocument(t.Context(), web, &to, d, "test", at); err != nil {
		t.Fatal(err)
	}
	if len(to) != 1 || !to[0].CapturedAt.Equal(at) || to[0].Text == "" || to[0].Origin.URL != termsURL {
		t.Errorf("%+v", to)
	}
	d.Source.URL = ""
	if _, err := watch.FetchDocument(t.Context(), web, &to, d, "test", at); !errors.Is(err, model.ErrInvalid) ||
		len(to) != 1 {
		t.Errorf("a document without an address: %v", err)
	}
}

func TestDryRunReportsAPageWithoutText(t *testing.T) {
	gone := func(n int, r fetch.Request) (fetch.Response, error) {
		if n == 1 {
			return answer(r, 200, page("")), nil
		}
		return answer(r, 404, "gone"), nil
	}
	d := watch.WebDocument{Source: model.Source{URL: termsURL}}
	web := &fakeWeb{asked: map[string]int{}, pages: fakePages{termsURL: gone}}
	p, err := watch.DryRun(t.Context(), web, d, "test", time.Millisecond)
	if err != nil || p.Failure != "the second time, the server answered 404 Not Found" {
		t.Errorf("%+v, %v", p, err)
	}
	if p, err = watch.DryRun(t.Context(), web, d, "test", time.Hour); err != nil || p.Failure == "" {
		t.Errorf("a page that is gone at once: %+v, %v", p, err)
	}
}

// TestTitleAndPreviewParseWithinBounds: what isn't read as a document is parsed
// within the bounds of one.
func TestTitleAndPreviewParseWithinBounds(t *testing.T) {
	var attributes strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&attributes, " a%d", i)
	}
	bomb := "<p><b" + attributes.String() + ">z" + strings.Repeat("<p>y", 1000)
	plain := func(n int, r fetch.Request) (fetch.Response, error) {
		a := answer(r, 200, fmt.Sprint("text ", n, bomb))
		a.MediaType = "text/plain"
		return a, nil
	}
	web := &fakeWeb{asked: map[string]int{}, pages: fakePages{termsURL: html(bomb), termsURL + "/plain": plain}}
	terms := watch.WebDocument{Source: model.Source{URL: termsURL}}
	if _, err := watch.Title(t.Context(), web, terms); !errors.Is(err, extract.ErrTooMuch) {
		t.Errorf("title: %v", err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	d := watch.WebDocument{Source: model.Source{URL: termsURL + "/plain"}}
	p, err := watch.DryRun(t.Context(), web, d, "test", time.Millisecond)
	runtime.ReadMemStats(&after)
	if err != nil || p.SameText || len(p.Differences) != 0 {
		t.Errorf("preview: %d differences, %v", len(p.Differences), err)
	}
	if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 100<<20 {
		t.Errorf("preview: %d MB", allocated>>20)
	}
}
