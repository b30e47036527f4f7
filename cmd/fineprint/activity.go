package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"fineprint/store/model"
	"fineprint/store/smallsort"
	"fineprint/tui/humanize"
)

type activityOptions struct{ limit int }

func newActivityCommand(a *cli) *cobra.Command {
	o := &activityOptions{}
	cmd := &cobra.Command{
		Use:     "activity",
		Short:   "Show fetch status: failures, deferrals, recent fetches",
		Example: "fineprint activity --limit 10",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runActivity(cmd.Context(), a, o) },
	}
	cmd.Flags().IntVar(&o.limit, "limit", 20, "maximum number of fetches to list (0: all)")
	return cmd
}

// fetchHealth sums up how fetching goes.
type fetchHealth struct {
	Tracked     int `json:"tracked"`
	Due         int `json:"due"`
	Failing     int `json:"failing"` // those that are quarantined among them
	Quarantined int `json:"quarantined"`
}

// shownFetch is the last fetch of a document in `activity --json`.
type shownFetch struct {
	Document model.ID        `json:"document"`
	Platform string          `json:"platform"`
	Type     string          `json:"type"`
	At       time.Time       `json:"at,omitzero"` // when it was tried last
	Outcome  model.FetchKind `json:"outcome,omitempty"`
	Reason   string          `json:"reason,omitempty"`
	Failures int             `json:"failures"` // in a row
	NextDue  time.Time       `json:"next_due"`
}

func runActivity(ctx context.Context, a *cli, o *activityOptions) error {
	if o.limit < 0 {
		return fmt.Errorf("%w: --limit must be 0 or more", model.ErrInvalid)
	}
	rows, err := a.app().Tracking(ctx)
	if err != nil {
		return err
	}
	health, fetches := lastFetches(rows, a.clock())
	total := len(fetches)
	if o.limit > 0 {
		fetches = fetches[:min(o.limit, total)]
	}
	shown := activityJSON{health, total, fetches}
	return a.print(shown, func() { a.printActivity(shown) })
}

// activityJSON is `activity --json`.
type activityJSON struct {
	Fetching fetchHealth  `json:"fetching"`
	Total    int          `json:"total"`
	Fetches  []shownFetch `json:"fetches"`
}

func (a *cli) printActivity(shown activityJSON) {
	h := shown.Fetching
	a.printf("%s tracked, %d due, %d failing, %d of them quarantined.\n",
		humanize.Count(h.Tracked, "document"), h.Due, h.Failing, h.Quarantined)
	for _, f := range shown.Fetches {
		a.printFetch(f)
	}
	if len(shown.Fetches) < shown.Total {
		a.printf("%d of %d shown.\n", len(shown.Fetches), shown.Total)
	}
}

// lastFetches lists the documents that were fetched: those that fail first, then
// the one tried last.
func lastFetches(rows []model.TrackedRow, now time.Time) (health fetchHealth, fetches []shownFetch) {
	fetches = []shownFetch{}
	for _, row := range rows {
		h := row.Health
		health.Tracked++
		if row.Due(now) {
			health.Due++
		}
		if h.Failures > 0 {
			health.Failing++
		}
		if h.Quarantined {
			health.Quarantined++
		}
		if h.Last == "" {
			continue
		}
		fetches = append(fetches, shownFetch{
			row.Document, row.Platform.Name, row.Type, h.LastAttempt, h.Last, h.Reason, h.Failures, h.NextDue,
		})
	}
	smallsort.By(fetches, func(x, y shownFetch) int {
		if (x.Failures > 0) != (y.Failures > 0) {
			if x.Failures > 0 {
				return -1
			}
			return 1
		}
		return y.At.Compare(x.At)
	})
	return health, fetches
}

func (a *cli) printFetch(f shownFetch) {
	name := f.Platform + " / " + f.Type
	reason := ""
	if f.Reason != "" {
		reason = ": " + f.Reason
	}
	if a.plain {
		again := ""
		if f.Failures > 1 {
			again = fmt.Sprintf(", %d times in a row", f.Failures)
		}
		a.printf("%s, %s, %s%s%s.\n", name, f.At.UTC().Format("2006-01-02 15:04"), outcomeInWords(f.Outcome), again, reason)
		return
	}
	a.printf("%s  %-12s  %s%s\n", f.At.UTC().Format("2006-01-02 15:04"), string(f.Outcome), name, reason)
}

func outcomeInWords(k model.FetchKind) string {
	words := map[model.FetchKind]string{
		model.FetchFirst:       "fetched for the first time",
		model.FetchChanged:     "changed",
		model.FetchUnchanged:   "unchanged",
		model.FetchNotModified: "unchanged (not modified)",
		model.FetchQuarantined: "quarantined",
		model.FetchFailed:      "failed",
		model.FetchSkipped:     "deferred",
	}
	if words[k] == "" {
		return string(k)
	}
	return words[k]
}
