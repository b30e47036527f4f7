package main

import (
	"context"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
)

func newImportDatasetCommand(a *cli) *cobra.Command {
	o := &historyOptions{}
	cmd := &cobra.Command{
		Use:   "dataset ZIP",
		Short: "Import a published Open Terms Archive dataset",
		Long: `Import a published Open Terms Archive dataset: a zip archive of versions named
Service/Type/2024-05-01T12-00-00Z.md. Nothing is unpacked to disk. Versions
already in the database are skipped, so importing again adds only new ones.`,
		Example: "fineprint import dataset pga-dataset.zip --match 'Twitch/*'",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runImportDataset(cmd.Context(), a, o, args[0]) },
	}
	o.addTo(cmd)
	return cmd
}

func runImportDataset(ctx context.Context, a *cli, o *historyOptions, path string) error {
	defer endSoon(ctx, a.err)()
	request, end, err := o.request(a, "importing")
	if err != nil {
		return err
	}
	result, err := a.app().ImportDataset(ctx, app.DatasetRequest{ImportRequest: request, Zip: path})
	end()
	return a.finishImport(result, err)
}
