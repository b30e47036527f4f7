package main

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

func newStatsCommand(a *cli) *cobra.Command {
	agreement, date, by := false, "", &tallyOptions{}
	cmd := &cobra.Command{
		Use:   "stats [--day [DATE]]",
		Short: "Show database statistics",
		Long: `Show database statistics.

--agreement shows agreement of authors and second readers on severity, over all
double-read changes and as first rated: in percent and as Cohen's kappa, where 0
is chance and 1 is full agreement. The weighted kappa counts low and critical
as further apart than low and medium.

--day shows what you (or --actor) decided today or on a DATE, since local
midnight: how many changes, the active time (pauses over 10 minutes don't count),
the time per decision, and how long the rest takes at this pace.

--by counts the changes captured by month, day, platform, document, type, severity or
reason: how many, how many of them are material, pending, decided (approved or
dismissed), high or critical (as judged, else as suggested), and when the first and the
last were captured. Days and months are in UTC. The totals are those of stats --json.`,
		Example: "fineprint stats --json\nfineprint stats --agreement\nfineprint stats --day\n" +
			"fineprint stats --by month --since 2025-01-01 --csv",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) > 0 && date != "today":
				return fmt.Errorf("%w: only --day takes a date", model.ErrInvalid)
			case len(args) > 0:
				return runDay(cmd.Context(), a, args[0])
			case date != "":
				return runDay(cmd.Context(), a, date)
			}
			if by.by != "" {
				return runTally(cmd.Context(), a, by)
			}
			if err := by.unused(); err != nil {
				return err
			}
			if agreement {
				return runAgreement(cmd.Context(), a)
			}
			return runStats(cmd.Context(), a)
		},
	}
	cmd.Flags().BoolVar(&agreement, "agreement", false, "agreement of authors and second readers")
	cmd.Flags().StringVar(&date, "day", "", "decisions of a DATE (default: today)")
	cmd.Flags().Lookup("day").NoOptDefVal = "today"
	by.flags(cmd)
	cmd.MarkFlagsMutuallyExclusive("agreement", "day", "by")
	return cmd
}

func runStats(ctx context.Context, a *cli) error {
	st, err := readStore(a, func(s *store.Store) (st figures, err error) {
		if st.Stats, err = s.Stats(ctx); err == nil {
			st.Behind, err = s.Behind(ctx)
		}
		return st, err
	})
	if err != nil {
		return err
	}
	return a.print(st, func() { a.printStats(st) })
}

// figures are what stats prints.
type figures struct {
	model.Stats
	Behind int `json:"behind"` // documents that `fineprint index` has work with
}

func (a *cli) printStats(st figures) {
	for _, row := range []struct {
		label string
		n     int64
	}{
		{"platforms", int64(st.Platforms)},
		{"documents", int64(st.Documents)},
		{"versions", int64(st.Versions)},
		{"  of them technical", int64(st.Technical)},
		{"  of them failed captures", int64(st.FailedVersions)},
		{"snapshots", int64(st.Snapshots)},
		{"changes pending", int64(st.Changes.Pending)},
		{"  of them material", int64(st.MaterialPending)},
		{"changes snoozed", int64(st.Changes.Snoozed)},
		{"changes dismissed", int64(st.Changes.Dismissed)},
		{"changes in review", int64(st.Changes.InReview)},
		{"changes with changes requested", int64(st.Changes.ChangesRequested)},
		{"changes contested", int64(st.Changes.Contested)},
		{"changes approved", int64(st.Changes.Approved)},
		{"records", int64(st.Records)},
		{"journal entries", int64(st.JournalEntries)},
	} {
		a.printf("%-26s %10d\n", row.label, row.n)
	}
	a.printf("%-26s %10s\n", "database", humanize.Bytes(st.DBBytes))
	for _, reason := range slices.Sorted(maps.Keys(st.ByReason)) {
		label := string(reason)
		if label == "" {
			label = "material"
		}
		a.printf("%-26s %10d\n", "changes: "+label, st.ByReason[reason])
	}
	if st.Behind > 0 {
		a.notef("%s not indexed yet; run `fineprint index`.\n", humanize.Count(st.Behind, "document"))
	}
	if st.OlderAlgorithm > 0 {
		a.notef("%d changes were detected by an older algorithm; `fineprint detect --again --dry-run` "+
			"shows what the current one would change.\n", st.OlderAlgorithm)
	}
}
