package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fineprint/fetch/intake"
	"fineprint/fetch/ota"
	"fineprint/store"
	"fineprint/tui/humanize"
)

const sinceUsage = "only what was captured since this date (2024-01-01) or within this while (90d)"

// historyOptions say what of a history is taken in.
type historyOptions struct{ match, since string }

func (o *historyOptions) addTo(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.match, "match", "", "only documents whose 'Service/Type' matches this pattern")
	f.StringVar(&o.since, "since", "", sinceUsage)
}

// read turns them into those of an import.
func (o *historyOptions) read(a *app) (intake.ImportOptions, error) {
	since, err := parseSince(o.since, a.clock())
	return intake.ImportOptions{Match: o.match, Since: since, Tool: toolName()}, err
}

type importOTAOptions struct {
	historyOptions
	declarations string
}

func newImportCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Take in a history that somebody else kept",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newImportOTACommand(a), newImportFilesCommand(a), newImportDatasetCommand(a), newImportWaybackCommand(a))
	return cmd
}

func newImportOTACommand(a *app) *cobra.Command {
	o := &importOTAOptions{}
	cmd := &cobra.Command{
		Use:   "ota REPO",
		Short: "Replay an Open Terms Archive versions or snapshots repository",
		Long: `Replay an Open Terms Archive repository: a git directory, bare or not, of
versions (Markdown) or snapshots (the raw pages). What is in the database
already is skipped, so importing again takes only what is new, and an import
that was interrupted goes on where it stopped.`,
		Example: "fineprint import ota pga-versions.git\nfineprint import ota contrib-versions --match 'Twitch/*' --since 2024-01-01",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runImportOTA(cmd.Context(), a, o, args[0]) },
	}
	o.addTo(cmd)
	cmd.Flags().StringVar(&o.declarations, "declarations", "", "read snapshots as this declaration, or folder of them, says; others without selectors")
	return cmd
}

// importMemory is where an import starts to collect garbage harder, in bytes:
// what it holds is bounded to half of that, but it makes garbage fast.
const importMemory = 224 << 20

func runImportOTA(ctx context.Context, a *app, o *importOTAOptions, path string) error {
	options, err := o.read(a)
	if err != nil {
		return err
	}
	if o.declarations != "" {
		declared, err := ota.ReadDeclarations(o.declarations)
		if err != nil {
			if len(declared) == 0 {
				return err
			}
			a.notef("Some declarations are left out: %v.\n", err)
		}
		options.SourceOf = intake.DeclaredSources(declared)
	}
	repo, err := ota.Open(ctx, path)
	if err != nil {
		return err
	}
	defer repo.Close()
	s, err := a.openOrCreateStore()
	if err != nil {
		return err
	}
	bar := newProgress(a, "importing "+repo.Info().Name)
	options.Progress = func(p intake.Progress) { bar.at(p.Done, p.Total) }
	started := time.Now()
	summary, err := importHistory(ctx, s, repo, options)
	bar.end()
	if err != nil {
		return err
	}
	if a.json {
		err = a.printJSON(summary)
	} else {
		a.printImport(repo.Info().Name, summary, time.Since(started))
	}
	return cmp.Or(err, uncompared(summary.Uncompared))
}

// importHistory replays a repository within the memory that an import may take.
func importHistory(ctx context.Context, s *store.Store, repo *ota.Repo, options intake.ImportOptions) (intake.Summary, error) {
	if os.Getenv("GOMEMLIMIT") == "" {
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(importMemory))
	}
	summary, err := intake.ImportOTA(ctx, s, repo, options)
	if err != nil && summary.New() > 0 {
		err = &partialError{kept: humanize.Count(summary.New(), "capture"), err: err}
	}
	return summary, err
}

// printImport says what an import did, on standard output: it is the command's
// result, and only its progress goes to standard error.
func (a *app) printImport(name string, s intake.Summary, took time.Duration) {
	if s.New() == 0 {
		a.printf("Nothing new in %s: its %d versions are here already.\n", name, s.Known)
		return
	}
	a.printf("%d captures of %d documents from %s in %s: %s.\n", s.New(), s.Documents, name, took.Round(10*time.Millisecond).String(), importCounts(s))
	if s.Changed > 0 {
		a.printf("%d of the changes are material.\n", s.Material)
	}
}

// importCounts says how many captures of each kind came.
func importCounts(s intake.Summary) string {
	var parts []string
	for _, p := range []struct {
		n    int
		word string
	}{{s.First, "first"}, {s.Changed, "changed"}, {s.Unchanged, "unchanged"}, {s.Technical, "technical"}, {s.Failed, "failed captures"}, {s.Renamed, "renamed"}, {s.Ended, "ended"}, {s.Known, "known"}, {s.Uncompared, "could not be compared"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.word))
		}
	}
	return strings.Join(parts, ", ")
}
