package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/store"
	"fineprint/store/model"
)

type checkOptions struct {
	accept  bool
	yes     bool
	against string
}

func newCheckCommand(a *cli) *cobra.Command {
	o := &checkOptions{}
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Verify database integrity: every hash, index and journal entry",
		Long: `check repeats every hash, follows every reference and the journal's chain, and
compares the journal with the head beside the database (FILE.head): how many
entries it had after the last commit, and what the last one was.

A database that doesn't go on from its head is refused by every other command,
because an older copy or another store's file took its place, its end was cut off
or its journal was rewritten. --accept says what would be given up, asks, and
makes it the one that counts; a journal entry keeps both heads.

Every export carries the journal's head, too. --against compares the journal with
the one in an export, whatever its format, or in a copy of FILE.head: whether it is
the same, goes on from there, is behind, or is another one. An export that left this
computer shows what nothing on it can: that database and head were both put back, or
rewritten. Exit status 1 when it is behind or another.

Times that can't be right are notes, no problems: entries dated before earlier ones or
in the future, and approvals dated before their capture.`,
		Example: `fineprint check
fineprint check --accept
fineprint check --against records-2026-10.json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runCheck(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.accept, "accept", false, "accept a database that doesn't go on from the head beside it")
	f.BoolVar(&o.yes, "yes", false, "with --accept: don't ask")
	f.StringVar(&o.against, "against", "", "compare the journal with the head in an export, or a head file")
	cmd.MarkFlagsMutuallyExclusive("accept", "against")
	return cmd
}

func runCheck(ctx context.Context, a *cli, o *checkOptions) error {
	if o.accept {
		return acceptHead(ctx, a, o.yes)
	}
	if o.yes {
		return fmt.Errorf("%w: --yes goes with --accept", model.ErrInvalid)
	}
	s, err := a.app().OpenAny()
	if err != nil {
		return err
	}
	bar := newProgress(a, "checking")
	report, err := s.Check(ctx, bar.at)
	bar.end()
	if err != nil {
		return err
	}
	against := (*app.Against)(nil)
	if o.against != "" {
		compared, err := app.CompareAgainst(ctx, s, o.against)
		if err != nil {
			return err
		}
		against = &compared
	}
	if err := printCheck(a, report, against); err != nil {
		return err
	}
	if against != nil && !against.Good() && len(report.Problems) == 0 {
		return errFindings
	}
	if len(report.Problems) > 0 {
		return &statusError{status: exitStorage}
	}
	return nil
}

// printCheck prints what was found.
func printCheck(a *cli, report store.CheckReport, against *app.Against) error {
	if a.json {
		return a.printJSON(struct {
			store.CheckReport
			Against *app.Against `json:"against,omitempty"`
		}{report, against})
	}
	if against != nil {
		a.printf("%s\n", against.Sentence)
	}
	for _, p := range report.Problems {
		a.printf("%s\n", p)
	}
	for _, n := range report.Notes {
		a.printf("note: %s\n", n)
	}
	if len(report.Problems) == 0 {
		a.printf("No problems found: %d values and %d journal entries verified.\n", report.Values, report.JournalEntries)
		return nil
	}
	a.printf("%d problems found. Nothing was changed.\n", len(report.Problems))
	if report.Head != nil && len(report.Problems) == 1 {
		a.printf("Put the newer copy back, or run `fineprint check --accept`.\n")
		return nil
	}
	a.printf("Keep the file. %s\n", a.wayBack())
	return nil
}
