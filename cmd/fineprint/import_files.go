package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"fineprint/fetch/importer"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

func newImportFilesCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "files DOCUMENT FILE…",
		Short: "Take in loose files as versions of one document",
		Long: `Take in HTML, PDF, Markdown or text files as versions of one document: its ID,
or 'Platform/Type', which is made when it isn't there. When all names have a date
(2024-05-01, 20240501T120000Z), the files come in its order, else in the order
given. The same file under the same name is taken in once.`,
		Example: "fineprint import files 'Acme/Privacy Policy' privacy-2023-01-31.html privacy-2024-05-01.pdf",
		Args:    cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runImportFiles(cmd.Context(), a, args[0], args[1:])
		},
	}
}

func runImportFiles(ctx context.Context, a *app, document string, paths []string) error {
	s, err := a.openOrCreateStore()
	if err != nil {
		return err
	}
	d, source, err := documentAndSource(ctx, s, document)
	if err != nil {
		return err
	}
	started := time.Now()
	summary, err := importer.ImportFiles(ctx, s, model.DocumentName{Platform: d.Platform.Name, Type: d.Type}, source, paths, toolName())
	return a.finishLoose(humanize.Count(len(paths), "file"), summary, started, err)
}
