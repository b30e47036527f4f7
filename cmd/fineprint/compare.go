package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fineprint/store/insight/lookup"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

func newCompareCommand(a *cli) *cobra.Command {
	r := model.CompareRequest{}
	cmd := &cobra.Command{
		Use:   "compare CLAUSE-ID|-",
		Short: "Find which other platforms have a clause like one",
		Long: `Find the clauses of other platforms that are like one, by its ID, or like a text
on standard input (-): the best of each platform, in its newest text. A score of 1
is the same words; below a threshold a clause does not count as like it. What two
lawyers write of one thing shares few words: a clause of the same type (` + "`fineprint\nrecord types`" + `) counts below it, where the type is one that does one thing and both have
the words that tell it. It is listed as alike by type. With --least types don't count.`,
		Example: `fineprint compare FP-P-008079
fineprint compare - --json < clause.txt`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runCompare(cmd.Context(), a, args[0], r) },
	}
	cmd.Flags().IntVar(&r.Limit, "limit", 20, "maximum number to list")
	cmd.Flags().Float64Var(&r.Least, "least", 0, fmt.Sprintf("the least score that counts as like it, above 0 to 1 (default %.2f, "+
		"%.2f for one of the same type)", lookup.Threshold, lookup.TypeThreshold))
	return cmd
}

// maxComparedBytes bounds a text that is compared.
const maxComparedBytes = 1 << 20

func runCompare(ctx context.Context, a *cli, what string, r model.CompareRequest) error {
	if r.Limit < 1 || !(r.Least >= 0 && r.Least <= 1) {
		return fmt.Errorf("%w: --limit must be 1 or more, --least above 0 and 1 at most", model.ErrInvalid)
	}
	if what == "-" {
		text, err := io.ReadAll(io.LimitReader(a.in, maxComparedBytes+1))
		if err != nil {
			return fmt.Errorf("reading standard input: %w", err)
		}
		if r.Text = strings.ToValidUTF8(string(text), "\uFFFD"); len(text) > maxComparedBytes ||
			strings.TrimSpace(r.Text) == "" {
			return fmt.Errorf("%w: standard input must have the text of a clause, of 1 MB at most", model.ErrInvalid)
		}
	} else {
		id, err := model.ParseID(strings.ToUpper(what))
		if err != nil || id.Kind() != model.ClauseID {
			return fmt.Errorf("%w: %q is not the ID of a clause; `fineprint search` finds them, and - reads a text",
				model.ErrInvalid, what)
		}
		r.Clause = id
	}
	s, behind, err := a.indexedStore(ctx)
	if err != nil {
		return err
	}
	c, err := s.Compare(ctx, r)
	if err != nil {
		return err
	}
	c.Behind = behind
	return a.print(c, func() { a.printComparison(c) })
}

func (a *cli) printComparison(c model.ClauseComparison) {
	for i := range c.Hits {
		by := ""
		if c.Hits[i].By == model.AlikeByType {
			by = "by type  "
		}
		a.printHit(&c.Hits[i], fmt.Sprintf("%.2f  %s", c.Hits[i].Score, by))
	}
	asOf, by := "", humanize.AlikeBy(c.Platforms, c.ByType)
	if c.AsOf != nil {
		asOf = " (as of " + c.AsOf.Format(time.DateOnly) + ")"
	}
	switch {
	case c.Of == 0:
		a.printf("There is no other platform to compare with.\n")
	case c.Platforms == 0 && c.Behind == 0:
		a.printf("No clause like this was found on %s%s.\n", humanize.Count(c.Of, "other platform"), asOf)
	case c.Platforms == 0:
		a.printf("No clause like this was found on the other platforms that are indexed%s.\n", asOf)
	case c.Platforms == 1:
		a.printf("1 of %s has a clause like this%s%s.\n", humanize.Count(c.Of, "platform"), asOf, by)
	default:
		a.printf("%d of %s have a clause like this%s%s.\n", c.Platforms, humanize.Count(c.Of, "platform"), asOf, by)
	}
}
