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
		Short: "Track documents, or track them otherwise",
		Long: `Track documents: by address, by an Open Terms Archive declaration or a folder of
them, or by a list of addresses (a file, or - for standard input), one a line,
each with its platform and type after tabs if they can't be told from it.

The platform and the type are taken from the address, and the type from the
page's title if need be, unless you say them. Adding a document again changes
only what you say. With other selectors the last page is read anew first: what
they take in or leave out is no change of the platform's.

An address that ends in .pdf is to bring a PDF: a page that comes in its place is
no version of the document. If a page is what you want, say how to read it:
--select, --remove or --browser.

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
	f.StringVar(&o.platform, "platform", "", "the platform's name")
	f.StringVar(&o.kind, "type", "", "the type of terms, such as 'Privacy Policy'")
	o.add(cmd)
	f.StringVar(&o.every, "every", "", "how often to fetch: 12h, 7d (default 24h)")
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
			a.printf("    note: it is the page of %s; without --select what changes on it is queued for both\n", d.SamePage)
		}
		if len(d.Source.Warnings) > 0 {
			warned++
		}
	}
	if n := len(result.Documents); n > 1 {
		a.printf("%s, %d of them with a warning. `fineprint fetch` fetches them.\n", humanize.Count(n, "document"), warned)
	}
	return nil
}

// trackedSentence returns in one line the outcome of tracking a document.
func trackedSentence(d app.TrackedDocument) string {
	s := d.Name()
	switch {
	case d.Changed:
		s += ": tracked otherwise from now on"
	case !d.New:
		s += ": tracked already, nothing changed"
	case d.Known:
		s += ": tracked; it goes on with the versions that are here"
	default:
		s += ": tracked"
	}
	if d.New && d.Inferred != "" {
		s += fmt.Sprintf(" (%s told from the address or title)", d.Inferred)
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
