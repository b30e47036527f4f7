package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

const sinceUsage = "only captures since a date (2024-01-01) or in the last period (90d)"

// historyOptions is which part of a history to import.
type historyOptions struct {
	match, since string
	indexOptions
}

func (o *historyOptions) addTo(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.match, "match", "", "only documents whose 'Platform/Type' matches this pattern")
	f.StringVar(&o.since, "since", "", sinceUsage)
	o.indexOptions.addTo(cmd)
}

// request returns what they ask for, with a progress bar labelled "importing …"
// that end wipes.
func (o *historyOptions) request(a *cli, importing string) (r app.ImportRequest, end func(), err error) {
	if r.Since, err = parseSince(o.since, a.clock()); err != nil {
		return r, nil, err
	}
	r.Match = o.match
	var bar *progressLine
	r.Begin = func(name string) { bar = newProgress(a, importing+" "+name) }
	r.Progress = func(done, total int) { bar.at(done, total) }
	var indexed func()
	r.Indexing, indexed = o.indexing(a, func() {
		if bar != nil {
			bar.end()
		}
	})
	return r, indexed, nil
}

type importOTAOptions struct {
	historyOptions
	declarations string
}

func newImportCommand(a *cli) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Import version history",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(
		newImportOTACommand(a), newImportFilesCommand(a), newImportDatasetCommand(a), newImportWaybackCommand(a))
	return cmd
}

func newImportOTACommand(a *cli) *cobra.Command {
	o := &importOTAOptions{}
	cmd := &cobra.Command{
		Use:   "ota REPO",
		Short: "Import an Open Terms Archive repository of versions or snapshots",
		Long: `Import an Open Terms Archive repository: a git repository, bare or not, of
versions (Markdown) or snapshots (raw pages). Versions already in the database
are skipped, so importing again adds only new ones, and an interrupted import
resumes where it stopped. Every git object is verified against its hash (SHA-1
or SHA-256): what an altered one holds is left out and named, and the exit status
is 2; an altered commit aborts the import. The first version from a shallow clone is marked as truncated; importing the full repository later adds
the earlier versions.`,
		Example: `fineprint import ota pga-versions.git
fineprint import ota contrib-versions --match 'Twitch/*' --since 2024-01-01`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runImportOTA(cmd.Context(), a, o, args[0]) },
	}
	o.addTo(cmd)
	cmd.Flags().StringVar(&o.declarations, "declarations", "",
		"declaration, or folder of them, to read snapshots with; others are read without selectors")
	return cmd
}

func runImportOTA(ctx context.Context, a *cli, o *importOTAOptions, path string) error {
	defer endSoon(ctx, a.err)()
	request, end, err := o.request(a, "importing")
	if err != nil {
		return err
	}
	result, err := a.app().ImportOTA(ctx, app.OTARequest{
		ImportRequest: request, Repo: path, Declarations: o.declarations,
		LeftOut: func(err error) { a.notef("Some declarations were skipped: %v.\n", err) },
	})
	end()
	if err != nil {
		return err
	}
	defer a.noteAlerts(result.Alerted)
	return cmp.Or(a.print(result.Summary, func() { a.printImport(result) }), leftOut(result), uncompared(result.Uncompared))
}

// leftOut is the error of an import that left out what is not what its name says.
func leftOut(r app.ImportResult) error {
	if r.LeftOutCount == 0 {
		return nil
	}
	more := ""
	if n := r.LeftOutCount - len(r.LeftOut); n > 0 {
		more = fmt.Sprintf("; and %d more", n)
	}
	return fmt.Errorf("%w: of %s was left out: %s%s. `git fsck` in it shows what else is altered or damaged; "+
		"a new clone, imported again, adds what is missing", model.ErrInvalid, r.Name, strings.Join(r.LeftOut, "; "), more)
}

// printImport prints what an import did, on standard output: it is the command's
// result, and only its progress goes to standard error.
func (a *cli) printImport(r app.ImportResult) {
	for _, note := range r.Notes {
		a.printf("%s\n", note)
	}
	if r.Unread > 0 {
		a.printf("%s left out, of which something that is stored can't be read.\n", humanize.Count(r.Unread, "document"))
	}
	if r.New() == 0 && r.Unread > 0 {
		a.printf("Nothing new was recorded.\n")
		return
	}
	if r.New() == 0 {
		a.printf("Nothing new in %s: all %d versions are already imported.\n", r.Name, r.Known)
		return
	}
	a.printf("%d captures of %d documents from %s in %s: %s.\n",
		r.New(), r.Documents, r.Name, r.Took.Round(10*time.Millisecond).String(), importCounts(r))
	if r.Placed > 0 {
		a.printf("%s inserted before or between existing ones; changes that others came between are superseded.\n",
			humanize.Count(r.Placed, "capture"))
	}
	if r.Changed > 0 {
		a.printf("%d of the changes are material.\n", r.Material)
	}
}

// importCounts returns how many captures of each kind came.
func importCounts(r app.ImportResult) string {
	return counted(
		number{r.First, "first"}, number{r.Changed, "changed"}, number{r.Unchanged, "unchanged"},
		number{r.Technical, "technical"}, number{r.Failed, "failed captures"}, number{r.Renamed, "renamed"},
		number{r.Ended, "ended"}, number{r.Older, "older"}, number{r.Known, "known"}, number{r.Uncompared, "could not be compared"},
	)
}

// finishImport prints what an import of single captures did.
func (a *cli) finishImport(r app.ImportResult, err error) error {
	if err != nil {
		return err
	}
	defer a.noteAlerts(r.Alerted)
	return cmp.Or(a.print(r.LooseSummary, func() { a.printLooseImport(r) }), uncompared(r.Uncompared))
}

func (a *cli) printLooseImport(r app.ImportResult) {
	a.printImport(r)
	if r.Skipped > 0 {
		a.printf("%s passed over.\n", humanize.Count(r.Skipped, "capture"))
	}
	for _, remark := range r.Remarks {
		a.notef("%s\n", remark)
	}
}
