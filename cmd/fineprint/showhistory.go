package main

import (
	"context"
	"strings"
	"time"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/sanitize"
)

// showHistory prints how clause number n of a change came to be what it is, and
// what became of it.
func showHistory(ctx context.Context, a *cli, s *store.Store, id model.ID, n int) error {
	h, err := s.ClauseHistory(ctx, id, n-1)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(h)
	}
	a.printf("Clause %d of %s, ", n, id)
	a.printHistory(h)
	return nil
}

// printHistory says how long a clause stood, how often it changed, and each step.
func (a *cli) printHistory(h model.ClauseHistory) {
	a.printf("in %s\n", humanize.Count(h.Versions, "version"))
	first := "first seen"
	if h.SinceUnknown {
		first = "present before the (truncated) history begins"
	}
	a.printf("%s: version %d, %s\n", first, h.FirstSeen.Seq, h.FirstSeen.CapturedAt.UTC().Format(time.RFC3339))
	now := ""
	if h.Present {
		now = ", the newest"
	}
	a.printf("last seen: version %d, %s%s\n", h.LastSeen.Seq, h.LastSeen.CapturedAt.UTC().Format(time.RFC3339), now)
	a.printf("stability: %.2f; material changes: %s\n", h.Stability, humanize.Count(h.Edits, "time"))
	for _, step := range h.Steps {
		a.printStep(step)
	}
}

func (a *cli) printStep(step model.ClauseStep) {
	what := string(step.Kind)
	switch {
	case step.Change == "" && step.Kind == model.Added:
		what = "as first captured"
	case step.Material:
		what += ", material"
	default:
		what += ", immaterial: " + string(step.Reason)
	}
	if step.Change != "" {
		what += ", " + string(step.Change)
	}
	a.printf("\nversion %d, %s: %s\n", step.Seq, step.CapturedAt.UTC().Format(time.RFC3339), what)
	if len(step.Heading) > 0 {
		a.printf("under: %s\n", strings.Join(step.Heading, " > "))
	}
	if step.At != nil {
		_, _ = a.out.Write([]byte(sanitize.Text(step.Text) + "\n"))
	}
}
