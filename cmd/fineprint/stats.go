package main

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"
)

func newStatsCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "stats",
		Short: "Print the figures of the database",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return runStats(cmd.Context(), a) },
	}
}

func runStats(ctx context.Context, a *app) error {
	s, err := a.openStore()
	if err != nil {
		return err
	}
	st, err := s.Stats(ctx)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(st)
	}
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
		{"changes approved", int64(st.Changes.Approved)},
		{"records", int64(st.Records)},
		{"journal entries", int64(st.JournalEntries)},
	} {
		a.printf("%-26s %10d\n", row.label, row.n)
	}
	a.printf("%-26s %10s\n", "database", byteSize(st.DBBytes))
	for _, reason := range slices.Sorted(maps.Keys(st.ByReason)) {
		label := string(reason)
		if label == "" {
			label = "material"
		}
		a.printf("%-26s %10d\n", "changes: "+label, st.ByReason[reason])
	}
	if st.OlderAlgorithm > 0 {
		a.notef("%d changes were found by an older algorithm; `fineprint detect --again --dry-run` says what the present one would make of them.\n", st.OlderAlgorithm)
	}
	return nil
}

// byteSize writes a number of bytes for people, in decimal units.
func byteSize(n int64) string {
	f, units := float64(n), []string{"B", "kB", "MB", "GB", "TB"}
	i := 0
	for f >= 1000 && i < len(units)-1 {
		f /= 1000
		i++
	}
	if i == 0 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", f, units[i])
}
