package app

import (
	"context"
	"errors"
	"testing"

	"fineprint/fetch/watch"
	"fineprint/store/model"
)

func TestFetchReportsAndCounts(t *testing.T) {
	a, web := newApp(t), newSite(t)
	if _, err := a.Fetch(t.Context(), FetchRequest{}); !errors.Is(err, model.ErrNoStore) {
		t.Errorf("without a database: %v", err)
	}
	create(t, a)
	if _, err := a.Fetch(t.Context(), FetchRequest{}); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("with nothing tracked: %v", err)
	}
	for _, path := range []string{"/privacy", "/gone/terms"} {
		track(t, a, TrackRequest{Targets: []string{web.URL + path}, Platform: "Acme"})
	}
	client := a.WebClient(loopback)
	defer client.Close()
	due, begun, done := 0, 0, 0
	r := FetchRequest{
		Client: client, LimitMemory: true, Workers: 1,
		Due:    func(list []model.Tracked) { due = len(list) },
		Begin:  func(model.Tracked) { begun++ },
		Report: func(watch.Result) { done++ },
	}
	result, err := a.Fetch(t.Context(), r)
	if err != nil || result.Documents != 2 || due != 2 || begun != 2 || done != 2 ||
		result.Counts[model.FetchFirst] != 1 || result.Counts[model.FetchFailed] != 1 || result.Took <= 0 {
		t.Errorf("%+v, %d due, %d begun, %d done, %v", result, due, begun, done, err)
	}
	if _, err := a.Fetch(t.Context(), FetchRequest{Client: client}); !errors.Is(err, model.ErrNothingDue) {
		t.Errorf("again: %v", err)
	}
	if _, err := a.Fetch(t.Context(), FetchRequest{Patterns: []string{"Borealis/*"}}); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("of nobody's: %v", err)
	}
	web.edition.Add(1)
	result, err = a.Fetch(t.Context(), FetchRequest{Client: client, All: true, Patterns: []string{"Acme/Priv*"}})
	if err != nil || result.Documents != 1 || result.Counts[model.FetchChanged] != 1 {
		t.Errorf("a second edition: %+v, %v", result, err)
	}
}

func TestCancelledFetchKeepsWhatWasDone(t *testing.T) {
	a, web := newApp(t), newSite(t)
	track(t, a, TrackRequest{Targets: []string{web.URL + "/privacy", web.URL + "/terms"}, Platform: "Acme"})
	client := a.WebClient(loopback)
	defer client.Close()
	ctx, cancel := context.WithCancel(t.Context())
	result, err := a.Fetch(ctx, FetchRequest{Client: client, Workers: 1, Report: func(watch.Result) { cancel() }})
	var some *PartialError
	if !errors.Is(err, context.Canceled) || !errors.As(err, &some) || some.Kept != 1 || some.Noun != "document" {
		t.Errorf("%+v, %v", result, err)
	}
}

func TestWatchNamesWhatIsFailing(t *testing.T) {
	a, web := newApp(t), newSite(t)
	if err := a.Watch(t.Context(), FetchRequest{}, nil); !errors.Is(err, model.ErrNoStore) {
		t.Errorf("without a database: %v", err)
	}
	track(t, a, TrackRequest{Targets: []string{web.URL + "/gone/privacy", web.URL + "/terms"}, Platform: "Acme"})
	client := a.WebClient(loopback)
	defer client.Close()
	r := FetchRequest{Client: client, Patterns: []string{"Acme/*"}, LimitMemory: true}
	if _, err := a.Fetch(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := a.Watch(ctx, r, func(watched int, failing []model.TrackedRow) {
		if watched != 2 || len(failing) != 1 || failing[0].Type != "Privacy Policy" {
			t.Errorf("%d watched, failing %+v", watched, failing)
		}
		cancel()
	})
	if err != nil {
		t.Errorf("stopping is no error: %v", err)
	}
	r.Patterns = []string{"Borealis/*"}
	if err := a.Watch(t.Context(), r, nil); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("of nobody's: %v", err)
	}
}
