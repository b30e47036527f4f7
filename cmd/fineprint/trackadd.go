package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

type trackAddOptions struct {
	sourceFlags
	platform, kind string
	every          string
	allowHosts     []string
}

func newTrackAddCommand(a *cli) *cobra.Command {
	o := &trackAddOptions{}
	cmd := &cobra.Command{
		Use:   "add URL|DECLARATION.json|DIR|LIST…",
		Short: "Track documents or change how they are tracked",
		Long: `Track documents by URL, by Open Terms Archive declaration (a file or a folder of
them), or by a list of URLs (a file, or - for standard input), one per line, each
followed by platform and type, tab-separated, if they can't be derived from it.

Platform and type are derived from the URL, and the type from the page's title
if necessary, unless given. Adding a document again changes only the options
given. When selectors change, the last page is re-read first, so that the new
selection is not reported as a change by the platform.

A URL ending in .pdf must return a PDF: an HTML page returned instead is not
recorded as a version. To track an HTML page at such a URL, give --select,
--remove or --browser.

` + secretsHelp,
		Example: `fineprint track add https://example.com/privacy
fineprint track add https://example.com/legal --platform Example --type 'Terms of Service' \
  --select main --remove .last-visited --every 12h
fineprint track add declarations/
fineprint track add addresses.txt`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runTrackAdd(cmd.Context(), a, o, args) },
	}
	f := cmd.Flags()
	f.StringVar(&o.platform, "platform", "", "name of the platform")
	f.StringVar(&o.kind, "type", "", "type of document, such as 'Privacy Policy'")
	o.add(cmd)
	f.StringVar(&o.every, "every", "", "fetch interval: 12h, 7d (default 24h)")
	addAllowHost(cmd, &o.allowHosts)
	return cmd
}

func runTrackAdd(ctx context.Context, a *cli, o *trackAddOptions, args []string) error {
	source, err := o.options(a.in)
	if err != nil {
		return err
	}
	request := app.TrackRequest{
		Targets: args, Stdin: a.in, Platform: o.platform, Type: o.kind, Source: source, AllowHosts: o.allowHosts,
		Refused: func(where string, err error) { a.notef("%s: %s\n", where, plainWords(err)) },
	}
	if o.every != "" {
		if request.Every, err = parseEvery(o.every); err != nil {
			return err
		}
	}
	if isTerminal(a.in) && !a.json && !a.plain && len(args) == 1 {
		request.Confirm = a.confirmer()
	}
	result, err := a.app().Track(ctx, request)
	if err != nil {
		return err
	}
	if len(result.Documents) > 0 {
		if err := a.printTrackResult(result); err != nil {
			return err
		}
	}
	if result.Refused > 0 {
		return errFindings
	}
	return nil
}

// confirmer returns what asks on a terminal for a name, with the guess as the
// default.
func (a *cli) confirmer() func(what, guess string) string {
	in, over := bufio.NewReader(a.in), false
	return func(what, guess string) string {
		switch {
		case over:
			return guess
		case guess == "":
			a.notef("%s: ", what)
		default:
			a.notef("%s [%s]: ", what, guess)
		}
		line, err := in.ReadString('\n')
		if answer := strings.TrimSpace(line); answer != "" {
			return answer
		}
		over = err != nil
		return guess
	}
}

func (a *cli) printTrackResult(result app.TrackResult) error {
	if a.json {
		return a.printJSON(trackedJSON(result))
	}
	warned := 0
	for _, d := range result.Documents {
		a.printf("%s %s\n", d.Document, trackedSentence(d))
		for _, w := range d.Source.Warnings {
			a.printf("    warning: %s\n", w)
		}
		if d.SamePage != "" {
			a.printf("    note: same page as %s; without --select its changes are queued for both\n", d.SamePage)
		}
		if len(d.Source.Warnings) > 0 {
			warned++
		}
	}
	if n := len(result.Documents); n > 1 {
		a.printf("%s, %d with warnings. Run `fineprint fetch` to fetch them.\n", humanize.Count(n, "document"), warned)
	}
	return nil
}

// trackedSentence returns in one line the outcome of tracking a document.
func trackedSentence(d app.TrackedDocument) string {
	s := d.Name()
	switch {
	case d.Changed:
		s += ": tracking updated"
	case !d.New:
		s += ": already tracked, nothing changed"
	case d.Known:
		s += ": tracked; continues the existing versions"
	default:
		s += ": tracked"
	}
	if d.New && d.Inferred != "" {
		s += fmt.Sprintf(" (%s derived from the URL or title)", d.Inferred)
	}
	return s + ", every " + every(d.Every)
}

// trackAddJSON is `track add --json`.
type trackAddJSON struct {
	Added     []model.Tracked `json:"added"`
	Changed   []model.Tracked `json:"changed"`
	Unchanged []model.Tracked `json:"unchanged"`
	Refused   int             `json:"refused"`
}

func trackedJSON(result app.TrackResult) trackAddJSON {
	out := trackAddJSON{[]model.Tracked{}, []model.Tracked{}, []model.Tracked{}, result.Refused}
	for _, d := range result.Documents {
		switch {
		case d.New:
			out.Added = append(out.Added, d.Tracked)
		case d.Changed:
			out.Changed = append(out.Changed, d.Tracked)
		default:
			out.Unchanged = append(out.Unchanged, d.Tracked)
		}
	}
	return out
}
