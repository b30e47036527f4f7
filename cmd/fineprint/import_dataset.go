package main

import (
	"context"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"fineprint/fetch/importer"
)

func newImportDatasetCommand(a *app) *cobra.Command {
	o := &historyOptions{}
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
	o.addTo(cmd)
	return cmd
}

func runImportDataset(ctx context.Context, a *app, o *historyOptions, path string) error {
	options, err := o.read(a)
	if err != nil {
		return err
	}
	s, err := a.openOrCreateStore()
	if err != nil {
		return err
	}
	name := filepath.Base(path)
	bar := newProgress(a, "importing "+name)
	options.Progress = func(p importer.Progress) { bar.at(p.Done, p.Total) }
	started := time.Now()
	summary, err := importer.ImportDataset(ctx, s, path, options)
	bar.end()
	return a.finishLoose(name, summary, started, err)
}
