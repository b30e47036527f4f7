package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/fetch/find"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

type trackFindOptions struct {
	browser, ignoreRobots bool
	allowHosts            []string
}

func newTrackFindCommand(a *cli) *cobra.Command {
	o := &trackFindOptions{}
	cmd := &cobra.Command{
		Use:   "find URL",
		Short: "Find the legal documents a site links to",
		Long: `Read a site's home or legal page and list the legal documents it links to:
privacy, terms, cookies, guidelines, imprint, refunds and so on, recognised by
link text and URL in some thirty languages. One overview page ("Legal",
"Policies") is followed. Each document is fetched once for its title, language
and final URL; nothing is stored or tracked. The command to track each document
is printed beside it.`,
		Example: "fineprint track find https://example.com\nfineprint track find https://example.com/legal --json",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runTrackFind(cmd.Context(), a, o, args[0]) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.browser, "browser", false, "render the searched pages in a browser (for links built by scripts)")
	f.BoolVar(&o.ignoreRobots, "ignore-robots", false, "ignore robots.txt")
	addAllowHost(cmd, &o.allowHosts)
	return cmd
}

// foundJSON is `track find --json`.
type foundJSON struct {
	Found   []model.FoundDocument `json:"found"`
	Pages   []string              `json:"pages"`
	LeftOut []leftOutJSON         `json:"left_out"`
}

type leftOutJSON struct {
	URL    string `json:"url"`
	Reason string `json:"reason"`
}

func runTrackFind(ctx context.Context, a *cli, o *trackFindOptions, address string) error {
	bar := newProgress(a, "looking at documents")
	found, err := a.app().Find(ctx, app.FindRequest{
		Address: address, AllowHosts: o.allowHosts, Browser: o.browser, IgnoreRobots: o.ignoreRobots, Progress: bar.at,
	})
	bar.end()
	if err != nil {
		return findError(ctx, err)
	}
	if a.json {
		out := foundJSON{Found: found.Documents, Pages: found.Pages, LeftOut: []leftOutJSON{}}
		for _, l := range found.LeftOut {
			out.LeftOut = append(out.LeftOut, leftOutJSON(l))
		}
		return a.printJSON(out)
	}
	a.printFound(found)
	return nil
}

// findError is why a search ended: a page that doesn't come is something to look at.
func findError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, model.ErrInvalid) && !errors.Is(err, find.ErrUnread) || errors.Is(err, model.ErrBusy) || errors.Is(err, model.ErrDamaged) {
		return err
	}
	return &statusError{exitFindings, err}
}

func (a *cli) printFound(found app.FindResult) {
	where := strings.Join(found.Pages, " and ")
	if len(found.Documents) == 0 {
		a.printf("No legal documents found on %s by link text and URL; --browser also finds links built by scripts.\n",
			where)
	} else {
		a.printf("%s linked on %s:\n", humanize.Count(len(found.Documents), "legal document"), where)
	}
	for _, d := range found.Documents {
		a.printf("\n%s: %s", d.Type, d.Title)
		if d.Language != "" {
			a.printf(" (%s)", d.Language)
		}
		a.printf("\n    %s\n", d.URL)
		if d.Problem != "" {
			a.printf("    could not be fetched: %s\n", d.Problem)
		}
		if d.Tracked {
			a.printf("    tracked already: %s %s / %s\n", d.Document, d.Platform, d.Name)
			continue
		}
		a.printf("    fineprint track add %s --platform %s --type %s\n", quoteArg(d.URL), quoteArg(d.Platform), quoteArg(d.Name))
	}
	for i, l := range found.LeftOut {
		if i == 0 {
			a.printf("\nLeft out:\n")
		}
		a.printf("    %s: %s\n", l.URL, l.Reason)
	}
}

// quoteArg writes a word as a shell takes it for one.
func quoteArg(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
