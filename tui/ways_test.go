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
	"fineprint/store/terms"
	"fineprint/tui"
	"fineprint/tui/config"
)

// track has a store track documents, one of which fails.
func track(t *testing.T, s *store.Store) []terms.Tracked {
	t.Helper()
	results, err := s.Track(t.Context(), []terms.TrackRequest{
		{Platform: "Borealis", Type: "Privacy Policy", Source: terms.Source{URL: "https://borealis.example/privacy"}},
		{Platform: "Cyan", Type: "Terms of Service", Source: terms.Source{URL: "https://cyan.example/terms"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	failed := results[1].Tracked
	_, err = s.RecordFetch(t.Context(), failed, nil, func(h terms.Health, _ terms.Outcome) terms.Health {
		h.Failures, h.FailingSince, h.LastAttempt = 3, time.Now().Add(-72*time.Hour), time.Now()
		h.NextDue, h.Last, h.Reason = time.Now().Add(time.Hour), terms.FetchFailed, "cyan.example answers 503"
		return h
	})
	if err != nil {
		t.Fatal(err)
	}
	return []terms.Tracked{results[0].Tracked, failed}
}

func TestActivityTellsHealthAndWhatHappened(t *testing.T) {
	s, path := newStore(t)
	track(t, s)
	d := openDesk(t, s, path, 100, 30, func(o *tui.Options) {
		o.OpenURL = func(_ context.Context, url string) error {
			if url != "https://cyan.example/terms" {
				t.Errorf("opened %s", url)
			}
			return nil
		}
	})
	d.sees("(link)")
	d.press("A")
	d.sees("2 documents tracked, 1 failing", "failing 3 d", "Cyan / Terms of Service", "cyan.example answers 503", "due now", "Borealis / Privacy Policy")
	d.sees("What happened", "set up tracking of 2 documents", "fetched a change: Borealis / Privacy Policy")
	d.press("o") // of the first row, the one that fails
	d.sees("opened https://cyan.example/terms")
	d.press("j", "enter") // the document that can be fetched has versions
	d.sees("Versions: Borealis / Privacy Policy", "2 versions")
	d.press("q", "j", "j", "enter")
	d.sees("FP-C-000002", "immaterial: link")
}

// TestVersionsAreCompared takes any two versions of a document side by side, and
// judges nothing there.
func TestVersionsAreCompared(t *testing.T) {
	s, path := newStore(t)
	_, err := s.Record(t.Context(), []terms.Capture{{Platform: "Acme \x1b]0;owned\x07Social", Type: "Terms of Service",
		Text: strings.NewReplacer("16 years", "13 years", "30 days", "90 days").Replace(oldTerms), CapturedAt: time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC),
		Origin: terms.Provenance{Method: terms.MethodWeb, URL: "https://acme.example/terms"}}})
	if err != nil {
		t.Fatal(err)
	}
	d := openDesk(t, s, path, 100, 30)
	d.sees("FP-C-000001")
	d.press("/", "acme", "enter")
	d.sees("pending, acme")
	d.press("V")
	d.sees("Versions: Acme", "3 versions", "2026-03-09", "2026-03-02", "first", "web https://acme.example/terms", "SHA-256 of the text")
	d.press("enter") // with the one before
	d.sees("COMPARISON of version 2 with version 3", "90")
	d.press("h")
	d.sees("not now: this is a comparison")
	d.press("q", " ")
	d.sees("version 3 is marked")
	d.press("j", "j", "enter")
	d.sees("COMPARISON of version 1 with version 3", "13", "90", "2 modified")
	d.press("q", "q")
	d.sees("Queue: pending")
	page, err := s.Queue(t.Context(), terms.QueueFilter{})
	if err != nil || page.Total != 3 || page.Changes[0].Severity != "" {
		t.Errorf("%+v, %v", page, err)
	}
}

// TestFetchFromTheDesk: the keys go on working while it fetches, what comes is
// told, and it can be stopped.
func TestFetchFromTheDesk(t *testing.T) {
	s, path := newStore(t)
	tracked := track(t, s)
	release := make(chan struct{})
	d := openDesk(t, s, path, 100, 30, func(o *tui.Options) {
		o.Fetch = func(ctx context.Context, _ string, _ bool, tell func(terms.FetchProgress)) error {
			for _, t := range tracked {
				tell(terms.FetchProgress{Document: t.Document, Name: t.Name(), State: terms.FetchWaiting, Total: 2})
			}
			tell(terms.FetchProgress{Document: tracked[0].Document, Name: tracked[0].Name(), State: terms.FetchFetching, Total: 2})
			select {
			case <-release:
			case <-ctx.Done():
				return ctx.Err()
			}
			text := "# Privacy\n\nWe now sell what we know about you to everybody who pays for it.\n"
			_, err := s.Record(ctx, []terms.Capture{{Platform: "Borealis", Type: "Privacy Policy", Text: text, CapturedAt: time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC), Origin: terms.Provenance{Method: terms.MethodWeb}}})
			for i, t := range tracked {
				tell(terms.FetchProgress{Document: t.Document, Name: t.Name(), State: terms.FetchDone, Outcome: []terms.FetchKind{terms.FetchChanged, terms.FetchFailed}[i], Done: i + 1, Total: 2})
			}
			return err
		}
	})
	d.sees("(link)")
	d.press("F")
	d.sees("Queue: pending", "fetching 0 of 2", "X stop")
	d.press("F")
	d.sees("not now: fetching is under way")
	d.press("A")
	d.sees("Fetching 0 of 2", "now: Borealis / Privacy Policy", "waiting", "X stop")
	d.press("X")
	d.sees("stopped: 0 of 2 documents fetched")
	d.press("q", "F", "enter") // the reader goes on
	d.sees("FP-C-000001", "fetching 0 of 2")
	close(release)
	d.sees("fetched 2 documents: 1 changed, 1 failed")
	d.press("q")
	d.sees("Queue: pending", "FP-C-000003")
}

// TestLeavingStopsAndWaits: what still runs is stopped when the desk is left,
// and the desk doesn't end before it.
func TestLeavingStopsAndWaits(t *testing.T) {
	s, path := newStore(t)
	track(t, s)
	began, ended := make(chan struct{}), false
	d := openDesk(t, s, path, 80, 24, func(o *tui.Options) {
		o.Fetch = func(ctx context.Context, _ string, _ bool, _ func(terms.FetchProgress)) error {
			close(began)
			<-ctx.Done()
			ended = true // the race detector finds out when nobody waits
			return ctx.Err()
		}
	})
	d.sees("(link)")
	d.press("F")
	<-began
	d.press("q", "q")
	d.left()
	if !ended {
		t.Error("the fetch goes on")
	}
}

// TestPlatforms: what is pending, how busy it was, whether fetching works; the
// list is narrowed while one types, and sorted.
func TestPlatforms(t *testing.T) {
	s, path := newStore(t)
	track(t, s)
	d := openDesk(t, s, path, 120, 30)
	d.sees("(link)")
	d.press("q")
	d.sees("Platforms", "3, by material pending", "All platforms", "1 failing", "█", "2026-03-02")
	d.press("/", "bls") // letters in order
	d.sees("1 of 3", "Borealis", "Platforms: bls")
	d.press("esc")
	d.sees("3, by material pending", "Cyan")
	d.press("S", "S", "S")
	d.sees("3, by failing")
	d.press("/", "cyan", "enter", "j", "enter")
	d.sees("Queue: pending, cyan", "No change is")
	d.press("q")
	d.sees("Platforms: cyan", "1 of 3, by failing")
}

// TestSettings: what is set and from where, problems of the file, another
// palette at once, and the file in the editor.
func TestSettings(t *testing.T) {
	s, path := newStore(t)
	dir := t.TempDir()
	file, script := filepath.Join(dir, "fineprint", "config.toml"), filepath.Join(dir, "editor")
	// An editor that takes a setting out of its comment and makes a mistake.
	if err := os.WriteFile(script, []byte("#!/bin/sh\n{ echo 'ascii = true'; echo 'pallete = 1'; cat \"$1\"; } > \"$1.new\" && mv \"$1.new\" \"$1\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("VISUAL", script)
	d := openDesk(t, s, path, 100, 40, func(o *tui.Options) {
		o.Settings = func() tui.Settings {
			holds, problems := config.Load(file)
			found := len(problems) == 0 || !errors.Is(problems[0], fs.ErrNotExist)
			if !found {
				problems = nil
			}
			return tui.Settings{Holds: holds, Path: file, Found: found, Problems: problems}
		}
	})
	d.sees("(link)")
	d.press(",")
	d.sees("Settings", "not there yet; e writes it", "palette", `"blue-orange"`, "the default", "Who decides")
	d.press("p")
	d.sees(`"teal-magenta"`, "tried, not kept", "in the file keeps it")
	d.press("e")
	// The editor's input is no terminal here: it ends with the next key after it.
	for deadline := time.Now().Add(15 * time.Second); !strings.Contains(d.screen(), "pallete") && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		d.press("g")
	}
	d.sees(`there is no setting "pallete"; did you mean palette?`, `"blue-orange"`)
	if body, err := os.ReadFile(file); err != nil || !strings.Contains(string(body), "# Settings of Fineprint") {
		t.Errorf("%s, %v", body, err)
	}
	d.press("q", "enter")
	d.sees("FP-C-000001", " | ", "[-16-]", "{+13+}") // in ASCII at once
}

// TestClauseHistory follows the clause under the reader's eyes through all
// versions, step by step, and opens a step's change.
func TestClauseHistory(t *testing.T) {
	s, path := newStore(t)
	acme := func(n int, text string) terms.Capture {
		return terms.Capture{Platform: "Acme \x1b]0;owned\x07Social", Type: "Terms of Service", Text: text, CapturedAt: time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC), Origin: terms.Provenance{Method: terms.MethodWeb}}
	}
	_, err := s.Record(t.Context(), []terms.Capture{
		acme(9, strings.NewReplacer("16 years", "13 years", "30 days", "90 days").Replace(oldTerms)),
		acme(12, strings.NewReplacer("16 years", "21 years", "30 days", "90 days").Replace(oldTerms)),
	})
	if err != nil {
		t.Fatal(err)
	}
	d := openDesk(t, s, path, 120, 30)
	d.sees("FP-C-000001")
	d.press("/", "acme", "enter")
	d.sees("pending, acme")
	d.press("enter")
	d.sees("PENDING", "at least")
	d.press("t")
	d.sees("Clause history", "3 steps", "2 edits in 4 versions", "first seen 2026-03-01, still there", "2026-03-12", "FP-C-000004", "at least 21")
	d.press("g")
	d.sees("+ added")
	d.press("n")
	d.sees("- You must be at least 16", "+ You must be at least 13")
	d.press("j")
	d.sees("- You must be at least 13", "+ You must be at least 21")
	d.press("enter")
	d.sees("FP-C-000004", "PENDING")
}

// TestAgreement: how far two readers agree, and the change on which they don't.
func TestAgreement(t *testing.T) {
	s, path := newStore(t)
	decide := func(change terms.ID, actor string, edit func(*terms.Decision)) {
		t.Helper()
		d := terms.Decision{Change: change, Actor: actor, Base: terms.AnyRevision, Action: terms.ActionSet, At: time.Now()}
		edit(&d)
		if _, err := s.Decide(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	high, low, sure, basis, text := terms.High, terms.Low, terms.HighConfidence, terms.Explicit, "The age falls."
	for _, id := range []terms.ID{"FP-C-000001", "FP-C-000002"} {
		decide(id, "ada", func(d *terms.Decision) {
			d.Severity, d.Confidence, d.Basis, d.Summary = &high, &sure, &basis, &text
		})
		decide(id, "ada", func(d *terms.Decision) { d.Action = terms.ActionSubmit })
	}
	decide("FP-C-000001", "grace", func(d *terms.Decision) { d.Severity = &low })
	decide("FP-C-000002", "grace", func(d *terms.Decision) { d.Severity = &high })
	d := openDesk(t, s, path, 100, 30)
	d.sees("Queue: pending")
	d.press(":", "agreement", "enter")
	d.sees("Agreement", "2 changes read twice", "the same severity 50 %", "Cohen's kappa", "Disagreements: 1", "FP-C-000001", "grace")
	d.press("enter")
	d.sees("FP-C-000001", "IN REVIEW")
}
