package tui_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui"
	"fineprint/tui/config"
)

// track has a store track documents, one of which fails.
func track(t *testing.T, s *store.Store) []model.Tracked {
	t.Helper()
	results, err := s.Track(t.Context(), []model.TrackRequest{
		{Platform: "Borealis", Type: "Privacy Policy", Source: model.Source{URL: "https://borealis.example/privacy"}},
		{Platform: "Cyan", Type: "Terms of Service", Source: model.Source{URL: "https://cyan.example/terms"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	failed := results[1].Tracked
	_, err = s.RecordFetch(t.Context(), failed, nil, func(h model.Health, _ model.Outcome) model.Health {
		h.Failures, h.FailingSince, h.LastAttempt = 3, time.Now().Add(-72*time.Hour), time.Now()
		h.NextDue, h.Last, h.Reason = time.Now().Add(time.Hour), model.FetchFailed, "cyan.example answers 503"
		return h
	})
	if err != nil {
		t.Fatal(err)
	}
	return []model.Tracked{results[0].Tracked, failed}
}

func TestActivityTellsHealthAndWhatHappened(t *testing.T) {
	s := newStore(t)
	track(t, s)
	d := openDesk(t, s, 100, 30, func(o *tui.Options) {
		o.OpenURL = func(_ context.Context, url string) error {
			if url != "https://cyan.example/terms" {
				t.Errorf("opened %s", url)
			}
			return nil
		}
	})
	d.Sees("(link)")
	d.Press("A")
	d.Sees("2 documents tracked, 1 failing", "failing 3 d", "Cyan / Terms of Service", "cyan.example answers 503", "due now", "Borealis / Privacy Policy")
	d.Sees("What happened", "set up tracking of 2 documents", "fetched a change: Borealis / Privacy Policy")
	d.Press("o") // of the first row, the one that fails
	d.Sees("opened https://cyan.example/terms")
	d.Press("j", "enter") // the document that can be fetched has versions
	d.Sees("Versions: Borealis / Privacy Policy", "2 versions")
	d.Press("q", "j", "j", "enter")
	d.Sees("FP-C-000002", "immaterial: link")
}

// TestVersionsAreCompared takes any two versions of a document side by side, and
// judges nothing there.
func TestVersionsAreCompared(t *testing.T) {
	s := newStore(t)
	_, err := s.Record(t.Context(), []model.Capture{{Platform: "Acme \x1b]0;owned\x07Social", Type: "Terms of Service",
		Text: strings.NewReplacer("16 years", "13 years", "30 days", "90 days").Replace(oldTerms), CapturedAt: time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC),
		Origin: model.Provenance{Method: model.MethodWeb, URL: "https://acme.example/terms"}}})
	if err != nil {
		t.Fatal(err)
	}
	d := openDesk(t, s, 100, 30)
	d.Sees("FP-C-000001")
	d.Press("/", "acme", "enter")
	d.Sees("pending, acme")
	d.Press("V")
	d.Sees("Versions: Acme", "3 versions", "2026-03-09", "2026-03-02", "first", "web https://acme.example/terms", "SHA-256 of the text")
	d.Press("enter") // with the one before
	d.Sees("COMPARISON of version 2 with version 3", "90")
	d.Press("h")
	d.Sees("not now: this is a comparison")
	d.Press("q", " ")
	d.Sees("version 3 is marked")
	d.Press("j", "j", "enter")
	d.Sees("COMPARISON of version 1 with version 3", "13", "90", "2 modified")
	d.Press("q", "q")
	d.Sees("Queue: pending")
	page, err := s.Queue(t.Context(), model.QueueFilter{})
	if err != nil || page.Total != 3 || page.Changes[0].Severity != "" {
		t.Errorf("%+v, %v", page, err)
	}
}

// TestFetchFromTheDesk: the keys go on working while it fetches, what comes is
// told, and it can be stopped.
func TestFetchFromTheDesk(t *testing.T) {
	s := newStore(t)
	tracked := track(t, s)
	release := make(chan struct{})
	d := openDesk(t, s, 100, 30, func(o *tui.Options) {
		o.Fetch = func(ctx context.Context, _ string, _ bool, tell func(model.FetchProgress)) error {
			for _, t := range tracked {
				tell(model.FetchProgress{Document: t.Document, Name: t.Name(), State: model.FetchWaiting, Total: 2})
			}
			tell(model.FetchProgress{Document: tracked[0].Document, Name: tracked[0].Name(), State: model.FetchFetching, Total: 2})
			select {
			case <-release:
			case <-ctx.Done():
				return ctx.Err()
			}
			text := "# Privacy\n\nWe now sell what we know about you to everybody who pays for it.\n"
			_, err := s.Record(ctx, []model.Capture{{Platform: "Borealis", Type: "Privacy Policy", Text: text, CapturedAt: time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC), Origin: model.Provenance{Method: model.MethodWeb}}})
			for i, t := range tracked {
				tell(model.FetchProgress{Document: t.Document, Name: t.Name(), State: model.FetchDone, Outcome: []model.FetchKind{model.FetchChanged, model.FetchFailed}[i], Done: i + 1, Total: 2})
			}
			return err
		}
	})
	d.Sees("(link)")
	d.Press("F")
	d.Sees("Queue: pending", "fetching 0 of 2", "X stop")
	d.Press("F")
	d.Sees("not now: fetching is under way")
	d.Press("A")
	d.Sees("Fetching 0 of 2", "now: Borealis / Privacy Policy", "waiting", "X stop")
	d.Press("X")
	d.Sees("stopped: 0 of 2 documents fetched")
	d.Press("q", "F", "enter") // the reader goes on
	d.Sees("FP-C-000001", "fetching 0 of 2")
	close(release)
	d.Sees("fetched 2 documents: 1 changed, 1 failed")
	d.Press("q")
	d.Sees("Queue: pending", "FP-C-000003")
}

// TestLeavingStopsAndWaits: what still runs is stopped when the desk is left,
// and the desk doesn't end before it.
func TestLeavingStopsAndWaits(t *testing.T) {
	s := newStore(t)
	track(t, s)
	began, ended := make(chan struct{}), false
	d := openDesk(t, s, 80, 24, func(o *tui.Options) {
		o.Fetch = func(ctx context.Context, _ string, _ bool, _ func(model.FetchProgress)) error {
			close(began)
			<-ctx.Done()
			ended = true // the race detector finds out when nobody waits
			return ctx.Err()
		}
	})
	d.Sees("(link)")
	d.Press("F")
	<-began
	d.Press("q", "q")
	d.Left()
	if !ended {
		t.Error("the fetch goes on")
	}
}

// TestPlatforms: what is pending, how busy it was, whether fetching works; the
// list is narrowed while one types, and sorted.
func TestPlatforms(t *testing.T) {
	s := newStore(t)
	track(t, s)
	d := openDesk(t, s, 120, 30)
	d.Sees("(link)")
	d.Press("q")
	d.Sees("Platforms", "3, by material pending", "All platforms", "1 failing", "█", "2026-03-02")
	d.Press("/", "bls") // letters in order
	d.Sees("1 of 3", "Borealis", "Platforms: bls")
	d.Press("esc")
	d.Sees("3, by material pending", "Cyan")
	d.Press("S", "S", "S")
	d.Sees("3, by failing")
	d.Press("/", "cyan", "enter", "j", "enter")
	d.Sees("Queue: pending, cyan", "No change is")
	d.Press("q")
	d.Sees("Platforms: cyan", "1 of 3, by failing")
}

// TestSettings: what is set and from where, problems of the file, another
// palette at once, and the file in the editor.
func TestSettings(t *testing.T) {
	s := newStore(t)
	dir := t.TempDir()
	file, script := filepath.Join(dir, "fineprint", "config.toml"), filepath.Join(dir, "editor")
	// An editor that takes a setting out of its comment and makes a mistake.
	if err := os.WriteFile(script, []byte("#!/bin/sh\n{ echo 'ascii = true'; echo 'pallete = 1'; cat \"$1\"; } > \"$1.new\" && mv \"$1.new\" \"$1\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("VISUAL", script)
	d := openDesk(t, s, 100, 40, func(o *tui.Options) {
		o.Settings = func() tui.Settings {
			holds, problems := config.Load(file)
			found := len(problems) == 0 || !errors.Is(problems[0], fs.ErrNotExist)
			if !found {
				problems = nil
			}
			return tui.Settings{Holds: holds, Path: file, Found: found, Problems: problems}
		}
	})
	d.Sees("(link)")
	d.Press(",")
	d.Sees("Settings", "not there yet; e writes it", "palette", `"blue-orange"`, "the default", "Who decides")
	d.Press("p")
	d.Sees(`"teal-magenta"`, "tried, not kept", "in the file keeps it")
	d.Press("e")
	d.Sees(`there is no setting "pallete"; did you mean palette?`, `"blue-orange"`)
	if body, err := os.ReadFile(file); err != nil || !strings.Contains(string(body), "# Settings of Fineprint") {
		t.Errorf("%s, %v", body, err)
	}
	d.Press("q", "enter")
	d.Sees("FP-C-000001", " | ", "[-16-]", "{+13+}") // in ASCII at once
}

// TestClauseHistory follows the clause under the reader's eyes through all
// versions, step by step, and opens a step's change.
func TestClauseHistory(t *testing.T) {
	s := newStore(t)
	acme := func(n int, text string) model.Capture {
		return model.Capture{Platform: "Acme \x1b]0;owned\x07Social", Type: "Terms of Service", Text: text, CapturedAt: time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC), Origin: model.Provenance{Method: model.MethodWeb}}
	}
	_, err := s.Record(t.Context(), []model.Capture{
		acme(9, strings.NewReplacer("16 years", "13 years", "30 days", "90 days").Replace(oldTerms)),
		acme(12, strings.NewReplacer("16 years", "21 years", "30 days", "90 days").Replace(oldTerms)),
	})
	if err != nil {
		t.Fatal(err)
	}
	d := openDesk(t, s, 120, 30)
	d.Sees("FP-C-000001")
	d.Press("/", "acme", "enter")
	d.Sees("pending, acme")
	d.Press("enter")
	d.Sees("PENDING", "at least")
	d.Press("t")
	d.Sees("Clause history", "3 steps", "2 edits in 4 versions", "first seen 2026-03-01, still there", "2026-03-12", "FP-C-000004", "at least 21")
	d.Press("g")
	d.Sees("+ added")
	d.Press("n")
	d.Sees("- You must be at least 16", "+ You must be at least 13")
	d.Press("j")
	d.Sees("- You must be at least 13", "+ You must be at least 21")
	d.Press("enter")
	d.Sees("FP-C-000004", "PENDING")
}

// TestAgreement: how far two readers agree, and the change on which they don't.
func TestAgreement(t *testing.T) {
	s := newStore(t)
	decide := func(change model.ID, actor string, edit func(*model.Decision)) {
		t.Helper()
		d := model.Decision{Change: change, Actor: actor, Base: model.AnyRevision, Action: model.ActionSet, At: time.Now()}
		edit(&d)
		if _, err := s.Decide(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	high, low, sure, basis, text := model.High, model.Low, model.HighConfidence, model.Explicit, "The age falls."
	for _, id := range []model.ID{"FP-C-000001", "FP-C-000002"} {
		decide(id, "ada", func(d *model.Decision) {
			d.Severity, d.Confidence, d.Basis, d.Summary = &high, &sure, &basis, &text
		})
		decide(id, "ada", func(d *model.Decision) { d.Action = model.ActionSubmit })
	}
	decide("FP-C-000001", "grace", func(d *model.Decision) { d.Severity = &low })
	decide("FP-C-000002", "grace", func(d *model.Decision) { d.Severity = &high })
	d := openDesk(t, s, 100, 30)
	d.Sees("Queue: pending")
	d.Press(":", "agreement", "enter")
	d.Sees("Agreement", "2 changes read twice", "the same severity 50 %", "Cohen's kappa", "Disagreements: 1", "FP-C-000001", "grace")
	d.Press("enter")
	d.Sees("FP-C-000001", "IN REVIEW")
}
