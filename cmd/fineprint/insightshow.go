package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/insight/ranking"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

func newInsightExplainCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:   "explain CHANGE-ID",
		Short: "Explain where a change stands in the queue",
		Long: `Explain where a change stands in the queue: how likely a reader calls it material,
what of its features and words makes it so, what decisions on others taught, which
decisions on nearly the same changes there are, and where it would stand without
what was learned.`,
		Example: "fineprint insight explain FP-C-000543 --json",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := parseIDOf(args[0], model.ChangeID, "change")
			if err != nil {
				return err
			}
			x, err := readStore(a, func(s *store.Store) (ranking.Explanation, error) {
				return s.Explain(cmd.Context(), id, a.learnsFrom())
			})
			if err != nil {
				return err
			}
			return a.print(x, func() { a.printExplanation(x) })
		},
	}
}

func (a *cli) printExplanation(x ranking.Explanation) {
	a.printf("%s: %.0f %% likely material, rank %.1f; without what was learned %.0f %%, rank %.1f.\n", x.Change,
		100*x.Probability, x.Rank, 100*x.Detected.Probability, x.Detected.Rank)
	if len(x.Why) > 0 {
		a.printf("Why: %s.\n", strings.Join(x.Why, "; "))
	}
	a.printf("Features (log-odds):\n")
	for _, c := range x.Features {
		a.printContribution(c)
	}
	if len(x.Terms) > 0 {
		a.printf("Words and places, learned from %s:\n", humanize.Count(x.Decisions, "decision"))
	}
	for _, c := range x.Terms {
		a.printContribution(c)
	}
	if len(x.Alike) > 0 {
		a.printf("Decided on nearly the same changes:\n")
	}
	for _, p := range x.Alike {
		a.printf("  %s  %s, by %s\n", p.Change, p.Verdict, p.Actor)
	}
}

func (a *cli) printContribution(c ranking.Contribution) {
	points := ""
	if c.Points != 0 {
		points = fmt.Sprintf("  %+.1f points", c.Points)
	}
	a.printf("  %+6.2f  %s%s\n", c.Adds, c.Name, points)
}

func newInsightStatusCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:     "status",
		Short:   "Show what was learned from decisions",
		Example: "fineprint insight status --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			st, err := readStore(a, func(s *store.Store) (ranking.Status, error) { return s.RankingStatus(cmd.Context()) })
			if err != nil {
				return err
			}
			return a.print(st, func() { a.printRankingStatus(st) })
		},
	}
}

func (a *cli) printRankingStatus(st ranking.Status) {
	a.printf("Learned from %s here and %d judged elsewhere, up to journal entry %d: %d material, %d not.\n",
		humanize.Count(st.Decisions, "decision"), st.Taught, st.Entry, st.Material, st.Immaterial)
	if len(st.Features) > 0 {
		a.printf("Features (learned, in log-odds for each spread):\n")
	}
	for _, c := range st.Features {
		a.printf("  %+6.2f  %s\n", c.Learned, c.Name)
	}
	if len(st.Terms) > 0 {
		a.printf("Words and places that weigh most:\n")
	}
	for _, c := range st.Terms {
		a.printContribution(c)
	}
}
