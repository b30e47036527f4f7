package main

import (
	"context"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

// indexOptions is whether what a command recorded is indexed at once.
type indexOptions struct{ noIndex bool }

func (o *indexOptions) addTo(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&o.noIndex, "no-index", false, "leave indexing to `fineprint index`")
	cmd.Flags().Lookup("no-index").NoOptDefVal = "true"
}

// indexing returns how to index, with a progress bar that end wipes, and what wipes both
// it and that of the work before.
func (o *indexOptions) indexing(a *cli, endBefore func()) (how app.Indexing, end func()) {
	var bar *progressLine
	how.NoIndex = o.noIndex
	how.IndexingAt = func(done, total int) {
		if bar == nil {
			endBefore()
			bar = newProgress(a, "indexing")
		}
		bar.at(done, total)
	}
	return how, func() {
		if bar != nil {
			bar.end()
			return
		}
		endBefore()
	}
}

func newIndexCommand(a *cli) *cobra.Command {
	rebuild := false
	cmd := &cobra.Command{
		Use:   "index",
		Short: "Bring what is derived from the texts up to date",
		Long: `Bring up to date what is derived from the stored texts: which clause of one
version is which of the next. Importing and fetching do this by themselves,
unless they were interrupted or given --no-index. It can be interrupted at any
time and continues where it stopped.

--rebuild derives everything again. Clauses keep their IDs.`,
		Example: "fineprint index\nfineprint index --rebuild --json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runIndex(cmd.Context(), a, rebuild) },
	}
	cmd.Flags().BoolVar(&rebuild, "rebuild", false, "derive everything again")
	return cmd
}

func runIndex(ctx context.Context, a *cli, rebuild bool) error {
	bar := newProgress(a, "indexing")
	r, err := a.app().Index(ctx, rebuild, bar.at)
	bar.end()
	if err != nil {
		return err
	}
	return a.print(r, func() { a.printIndexed(r) })
}

func (a *cli) printIndexed(r model.Upkeep) {
	if r.Unread > 0 {
		a.printf("%s left as indexed before: something of it can't be read.\n", humanize.Count(r.Unread, "document"))
	}
	if r.Documents == 0 && r.Unread > 0 {
		return
	}
	if r.Documents == 0 {
		a.printf("Nothing to index: everything is up to date.\n")
		return
	}
	a.printf("Indexed %s: read %s and found %s.\n", humanize.Count(r.Documents, "document"),
		humanize.Count(r.Texts, "text"), humanize.Count(r.Clauses, "new clause"))
}
