package main

import (
	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
)

func newImportFilesCommand(a *cli) *cobra.Command {
	o := &indexOptions{}
	cmd := &cobra.Command{
		Use:   "files DOCUMENT FILE…",
		Short: "Import files as versions of one document",
		Long: `Import HTML, PDF, docx, odt, rtf, Markdown or text files as versions of one
document, named by its ID or by 'Platform/Type' (created if it does not exist).
If every file name contains a date (2024-05-01, 20240501T120000Z), the files are
imported in date order, otherwise in the order given. A file already imported
under the same name is skipped.`,
		Example: "fineprint import files 'Acme/Privacy Policy' privacy-2023-01-31.html privacy-2024-05-01.pdf",
		Args:    cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			defer endSoon(cmd.Context(), a.err)()
			result, err := a.app().ImportFiles(cmd.Context(), app.FilesRequest{
				Document: args[0], Paths: args[1:], Indexing: app.Indexing{NoIndex: o.noIndex},
			})
			return a.finishImport(result, err)
		},
	}
	o.addTo(cmd)
	return cmd
}
