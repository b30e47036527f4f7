package main

import (
	"context"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/tui/humanize"
)

func newSalvageCommand(a *cli) *cobra.Command {
	to := ""
	cmd := &cobra.Command{
		Use:   "salvage PATH",
		Short: "Read whatever can be read of a damaged database into a new one",
		Long: `Read whatever can be read of a damaged database into a new one, and make again
what follows from it: changes, lists and indexes. The damaged file is only read.
What is lost is listed, kept in the new database, and named by ` + "`check`" + ` as lost
before. On a sound file it makes everything derived again.`,
		Example: "fineprint salvage fineprint.db -o rescued.db",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runSalvage(cmd.Context(), a, args[0], to) },
	}
	cmd.Flags().StringVarP(&to, "output", "o", "", "the new database (default: beside PATH)")
	return cmd
}

// listedLosses bounds how many losses are printed; --json has all.
const listedLosses = 40

func runSalvage(ctx context.Context, a *cli, from, to string) error {
	var bar *progressLine
	at := ""
	progress := func(what string, done, total int) {
		if what != at {
			if bar != nil {
				bar.end()
			}
			bar, at = newProgress(a, what), what
		}
		bar.at(done, total)
	}
	done, err := a.app().Salvage(ctx, app.SalvageRequest{From: from, To: to, Progress: progress})
	if bar != nil {
		bar.end()
	}
	if err != nil {
		return err
	}
	if err := a.print(done, func() { a.printSalvaged(done) }); err != nil {
		return err
	}
	if len(done.Missing)+len(done.Lost)+len(done.Stale)+len(done.Earlier) > 0 {
		return errFindings
	}
	return nil
}

func (a *cli) printSalvaged(s app.Salvaged) {
	a.printf("Salvaged into %s: %d values and %d journal entries.\n", s.Path, s.Values, s.Entries)
	if s.Besides+s.Older > 0 {
		a.printf("%d of them were on pages that nothing led to any more.\n", s.Besides+s.Older)
	}
	if s.Mended > 0 {
		a.printf("%s mended by the checksums beside the file.\n", humanize.Count(s.Mended, "page"))
	}
	if r := s.Rebuilt; r.Documents+r.Rows+r.Clauses > 0 {
		a.printf("Made again: %s, %s, and the clauses of %d.\n", humanize.Count(r.Documents, "document"),
			humanize.Count(r.Rows, "change"), r.Clauses)
	}
	for i, l := range s.Lost {
		if i == listedLosses {
			a.printf("… and %d more; --json lists all.\n", len(s.Lost)-i)
			break
		}
		a.printf("lost: %s\n", l.String())
	}
	for _, l := range s.Stale {
		a.printf("only an older copy was found: %s\n", l.String())
	}
	for _, page := range slices.Sorted(maps.Keys(s.Earlier)) {
		a.printf("page %d (%s) holds what was on it earlier: what was written there last is lost, "+
			"as far as it isn't listed.\n", page, s.Earlier[page])
	}
	for i, m := range s.Missing {
		if i == listedLosses {
			a.printf("… and %d more; --json lists all.\n", len(s.Missing)-i)
			break
		}
		a.printf("which means: %s\n", m)
	}
	if len(s.Missing)+len(s.Lost)+len(s.Stale)+len(s.Earlier) == 0 {
		a.printf("Nothing is missing.\n")
	}
	a.printf("Look at it with `fineprint --db %s check`, then put it in the place with `fineprint restore %s`.\n", s.Path, s.Path)
}
