package main

import (
	"context"

	"github.com/spf13/cobra"
)

func newCheckCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Verify database integrity: every hash, index and journal entry",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return runCheck(cmd.Context(), a) },
	}
}

func runCheck(ctx context.Context, a *cli) error {
	s, err := a.openStore()
	if err != nil {
		return err
	}
	bar := newProgress(a, "checking")
	report, err := s.Check(ctx, bar.at)
	bar.end()
	if err != nil {
		return err
	}
	if a.json {
		if err := a.printJSON(report); err != nil {
			return err
		}
	} else {
		for _, p := range report.Problems {
			a.printf("%s\n", p)
		}
		if len(report.Problems) == 0 {
			a.printf("No problems found: %d values and %d journal entries verified.\n", report.Values, report.JournalEntries)
		} else {
			a.printf("%d problems found.\n", len(report.Problems))
		}
	}
	if len(report.Problems) > 0 {
		return &statusError{status: exitStorage}
	}
	return nil
}
