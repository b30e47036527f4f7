package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/store/model"
)

// envWayback names another archive that speaks the same formats; the tests
// serve one on loopback.
const envWayback = "FINEPRINT_WAYBACK"

type importWaybackOptions struct {
	historyOptions
	every, url string
	allowHosts []string
}

func newImportWaybackCommand(a *cli) *cobra.Command {
	o := &importWaybackOptions{}
	cmd := &cobra.Command{
		Use:   "wayback DOCUMENT",
		Short: "Import captures from the Internet Archive",
		Long: `Import the Internet Archive's captures of a document's page, unmodified and at a
polite pace. DOCUMENT is the ID of a tracked document or 'Platform/Type'; with
--url it need not be tracked. Captures older than the stored versions are
inserted at their date. An interrupted import resumes where it stopped.`,
		Example: "fineprint import wayback 'Acme/Privacy Policy' --since 2020-01-01 --every 30d",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runImportWayback(cmd.Context(), a, o, args[0]) },
	}
	f := cmd.Flags()
	f.StringVar(&o.since, "since", "", sinceUsage)
	f.StringVar(&o.every, "every", "", "import at most one capture per interval (7d, 12h)")
	f.StringVar(&o.url, "url", "", "URL of the page, if it differs from the tracked one")
	addAllowHost(cmd, &o.allowHosts)
	return cmd
}

func runImportWayback(ctx context.Context, a *cli, o *importWaybackOptions, document string) error {
	request, end, err := o.request(a, "importing from")
	if err != nil {
		return err
	}
	var every time.Duration
	if o.every != "" {
		if every, err = model.ParseDuration(o.every); err != nil {
			return fmt.Errorf("--every: %w", err)
		}
	}
	result, err := a.app().ImportWayback(ctx, app.WaybackRequest{
		ImportRequest: request, Document: document, URL: o.url, Every: every,
		Archive: os.Getenv(envWayback), AllowHosts: o.allowHosts,
	})
	end()
	return a.finishImport(result, err)
}
