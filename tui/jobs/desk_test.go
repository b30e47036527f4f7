package jobs_test

import (
	"context"
	"testing"
	"time"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
	"fineprint/tui"
)

// TestKeysWorkWhileTheDeskFetches: the keys go on working while it fetches, what comes is
// told, and it can be stopped.
func TestKeysWorkWhileTheDeskFetches(t *testing.T) {
	s := deskfixture.NewStore(t)
	tracked := deskfixture.Track(t, s)
	release := make(chan struct{})
	d := deskfixture.OpenTerminal(t, s, 100, 30, func(o *tui.Options) {
		o.Fetch = func(ctx context.Context, _ string, _ bool, tell func(model.FetchProgress)) error {
			for _, t := range tracked {
				tell(model.FetchProgress{Document: t.Document, Name: t.Name(), State: model.FetchWaiting, Total: 2})
			}
			tell(model.FetchProgress{Document: tracked[0].Document, Name: tracked[0].Name(), State: model.FetchFetching,
				Total: 2})
			select {
			case <-release:
			case <-ctx.Done():
				return ctx.Err()
			}
			text := "# Privacy\n\nWe now sell what we know about you to everybody who pays for it.\n"
			_, err := s.Record(ctx, []model.Capture{{Platform: "Borealis", Type: "Privacy Policy", Text: text,
				CapturedAt: time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC),
				Origin:     model.Provenance{Method: model.MethodWeb}}})
			for i, t := range tracked {
				tell(model.FetchProgress{Document: t.Document, Name: t.Name(), State: model.FetchDone,
					Outcome: []model.FetchKind{model.FetchChanged, model.FetchFailed}[i], Done: i + 1, Total: 2})
			}
			tell(model.FetchProgress{State: model.FetchDone, Alerts: "1 failed: ops: refused", AlertsFailed: true, Done: 2, Total: 2})
			return err
		}
	})
	d.Sees("link  ")
	d.Press("F")
	d.Sees("by risk", "fetching 0 of 2", "X cancel")
	d.Press("F")
	d.Sees("Can't do that: fetching in progress")
	d.Press("A")
	d.Sees("Fetching 0 of 2", "now: Borealis / Privacy Policy", "waiting", "X cancel")
	d.Press("X")
	d.Sees("Cancelled: 0 of 2 documents fetched")
	d.Press("q", "F", "enter") // the reader goes on
	d.Sees("FP-C-000001", "fetching 0 of 2")
	close(release)
	d.Sees("fetched 2 documents: 1 changed, 1 failed", "; 1 failed: ops: refused (! for alerts)")
	d.Press("q")
	d.Sees("by risk", "3 shown")
}

// TestLeavingStopsTheTaskAndWaitsForIt: what deskfixture.Static runs is stopped when the desk is left,
// and the desk doesn't end before it.
func TestLeavingStopsTheTaskAndWaitsForIt(t *testing.T) {
	s := deskfixture.NewStore(t)
	deskfixture.Track(t, s)
	began, ended := make(chan struct{}), false
	d := deskfixture.OpenTerminal(t, s, 80, 24, func(o *tui.Options) {
		o.Fetch = func(ctx context.Context, _ string, _ bool, _ func(model.FetchProgress)) error {
			close(began)
			<-ctx.Done()
			ended = true // the race detector finds out when nobody waits
			return ctx.Err()
		}
	})
	d.Sees("link  ")
	d.Press("F")
	<-began
	d.Press("q", "q")
	d.Left()
	if !ended {
		t.Error("the fetch goes on")
	}
}
