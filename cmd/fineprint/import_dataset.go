package main

import (
	"context"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"fineprint/fetch/intake"
)

func newImportDatasetCommand(a *app) *cobra.Command {
	o := &importOTAOptions{}
	cmd := &cobra.Command{
		Use:   "dataset ZIP",
		Short: "Take in a published Open Terms Archive dataset",
		Long: `Take in a published Open Terms Archive dataset: a zip archive of versions named
Service/Type/2024-05-01T12-00-00Z.md. Nothing is unpacked to disk. What is in the
database already is skipped, so importing again takes only what is new.`,
		Example: "fineprint import dataset pga-dataset.zip --match 'Twitch/*'",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runImportDataset(cmd.Context(), a, o, args[0]) },
	}
	f := cmd.Flags()
	f.StringVar(&o.match, "match", "", "only documents whose 'Service/Type' matches this pattern")
	f.StringVar(&o.since, "since", "", "only what was captured since this date (2024-01-01) or within this while (90d)")
	return cmd
}

func runImportDataset(ctx context.Context, a *app, o *importOTAOptions, path string) error {
	options := intake.ImportOptions{Match: o.match, Tool: toolName()}
	if o.since != "" {
		since, err := parseSince(o.since, a.clock())
		if err != nil {
			return err
		}
		options.Since = since
	}
	s, err := a.openOrCreateStore()
	if err != nil {
		return err
	}
	name := filepath.Base(path)
	bar := newProgress(a, "importing "+name)
	options.Progress = func(p intake.Progress) { bar.at(p.Done, p.Total) }
	started := time.Now()
	summary, err := intake.ImportDataset(ctx, s, path, options)
	bar.end()
	return a.finishLoose(name, summary, started, err)
}
