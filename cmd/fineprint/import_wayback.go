package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"fineprint/fetch"
	"fineprint/fetch/importer"
	"fineprint/store/model"
)

// envWayback names another archive that speaks the same formats; the tests
// serve one on loopback.
const envWayback = "FINEPRINT_WAYBACK"

// waybackPace is the pause between two requests to the archive, which is slow
// and asks for patience.
const waybackPace = 2 * time.Second

type importWaybackOptions struct {
	since, every, url string
	allowHosts        []string
}

func newImportWaybackCommand(a *app) *cobra.Command {
	o := &importWaybackOptions{}
	cmd := &cobra.Command{
		Use:   "wayback DOCUMENT",
		Short: "Take in what the Internet Archive has of a document",
		Long: `Take in the captures that the Internet Archive has of a document's page, as they
were, slowly. DOCUMENT is the ID of a document that is tracked, or
'Platform/Type'; with --url it need not be tracked. Import before the first fetch:
a history is only added to at its end. An import that was interrupted goes on
where it stopped.`,
		Example: "fineprint import wayback 'Acme/Privacy Policy' --since 2020-01-01 --every 30d",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runImportWayback(cmd.Context(), a, o, args[0]) },
	}
	f := cmd.Flags()
	f.StringVar(&o.since, "since", "", sinceUsage)
	f.StringVar(&o.every, "every", "", "at most one capture in this while (7d, 12h)")
	f.StringVar(&o.url, "url", "", "the page's address, when it isn't the one that is tracked")
	addAllowHost(cmd, &o.allowHosts)
	return cmd
}

func runImportWayback(ctx context.Context, a *app, o *importWaybackOptions, document string) error {
	since, err := parseSince(o.since, a.clock())
	if err != nil {
		return err
	}
	options := importer.WaybackOptions{Since: since, Tool: toolName(), Base: os.Getenv(envWayback)}
	if o.every != "" {
		if options.Every, err = model.ParseDuration(o.every); err != nil {
			return fmt.Errorf("--every: %w", err)
		}
	}
	s, err := a.openOrCreateStore()
	if err != nil {
		return err
	}
	d, source, err := documentAndSource(ctx, s, document)
	if err != nil {
		return err
	}
	if o.url != "" {
		source = model.Source{URL: o.url, Select: source.Select, Remove: source.Remove, Filters: source.Filters}
	}
	if len(source.Pages()) == 0 {
		return fmt.Errorf("%w: %s has no address; track it first, or say --url", model.ErrInvalid, document)
	}
	bar := newProgress(a, "importing from the Internet Archive")
	options.Progress = func(p importer.Progress) { bar.at(p.Done, p.Total) }
	started := time.Now()
	client := fetch.New(fetch.Options{UserAgent: userAgent(), AllowHosts: o.allowHosts, Pace: waybackPace, PerHost: 1})
	summary, err := importer.ImportWayback(ctx, client, s, model.DocumentName{Platform: d.Platform.Name, Type: d.Type}, source, options)
	bar.end()
	return a.finishLoose("the Internet Archive", summary, started, err)
}
