package main

import (
	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
)

func newImportFilesCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:   "files DOCUMENT FILE…",
		Short: "Take in loose files as versions of one document",
		Long: `Take in HTML, PDF, docx, odt, rtf, Markdown or text files as versions of one
document: its ID, or 'Platform/Type', which is made when it isn't there. When all names have a date
(2024-05-01, 20240501T120000Z), the files come in its order, else in the order
given. The same file under the same name is taken in once.`,
		Example: "fineprint import files 'Acme/Privacy Policy' privacy-2023-01-31.html privacy-2024-05-01.pdf",
		Args:    cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			result, err := a.app().ImportFiles(cmd.Context(), app.FilesRequest{Document: args[0], Paths: args[1:]})
			return a.finishImport(result, err)
		},
	}
}
