package main

import (
	"github.com/spf13/cobra"
)

func newRootCommand(a *cli) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "fineprint",
		Short: "Track and review changes to terms of service",
		Long: `Fineprint keeps every version of the terms of service and privacy policies you
track, finds the clauses that really changed, shows old and new as a redline,
takes your judgement from the keyboard, and exports approved work as citable
records. Everything is in one file and works offline.

Without a command it opens the desk.

Exit status: 0 fine; 1 there is something to look at (differences, failed
fetches, failed verification); 2 bad usage or input; 3 the database is busy or
damaged.`,
		Example: `# Try it on built-in sample data
fineprint demo

# Import an Open Terms Archive history and review it
fineprint import ota pga-versions.git
fineprint

# Compare two files
fineprint diff old.md new.md`,
		Args:             cobra.NoArgs,
		PersistentPreRun: func(cmd *cobra.Command, _ []string) { a.configure(cmd); a.gatherDamage(cmd) },
		RunE:             func(cmd *cobra.Command, _ []string) error { return runReview(cmd.Context(), a, &reviewOptions{}) },
	}
	f := cmd.PersistentFlags()
	f.StringVar(&a.db, "db", "", "database file (default: FINEPRINT_DB, else the OS data directory)")
	f.StringVar(&a.actor, "actor", "", "reviewer name (default: FINEPRINT_ACTOR, the settings file, your login name)")
	f.BoolVar(&a.json, "json", false, "print JSON")
	f.BoolVar(&a.plain, "plain", false, "print linear text for pipes and screen readers")
	f.BoolVar(&a.ascii, "ascii", false, "use ASCII characters only")
	f.BoolVar(&a.offline, "offline", false, "refuse whatever needs the network")
	cmd.MarkFlagsMutuallyExclusive("json", "plain")
	cmd.AddCommand(
		newReviewCommand(a),
		newDemoCommand(a),
		newTrackCommand(a),
		newFetchCommand(a),
		newImportCommand(a),
		newQueueCommand(a),
		newSearchCommand(a),
		newCompareCommand(a),
		newShowCommand(a),
		newDiffCommand(a),
		newDetectCommand(a),
		newIndexCommand(a),
		newRulesCommand(a),
		newAlertsCommand(a),
		newTagCommand(a),
		newDigestCommand(a),
		newInsightCommand(a),
		newDecideCommand(a),
		newNoteCommand(a),
		newRecordCommand(a),
		newTypesCommand(a),
		newExportCommand(a),
		newStatsCommand(a), newDraftCommand(a),
		newCalendarCommand(a),
		newPlaybookCommand(a),
		newCheckCommand(a),
		newBackupCommand(a), newRestoreCommand(a), newCompactCommand(a), newSalvageCommand(a),
		newConfigCommand(a),
		newPlatformsCommand(a),
		newActivityCommand(a),
		newKeysCommand(a),
		newManCommand(a), newLicensesCommand(a),
	)
	return cmd
}
