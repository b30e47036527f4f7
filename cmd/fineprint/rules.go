package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

func newRulesCommand(a *cli) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "Fold a place of a document from now on, or never",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	add := &cobra.Command{
		Use:   "add",
		Short: "Make a rule for the place of a clause change",
		Long: `Make a rule for where a clause change stands: between the neighbours that both
versions share, under their heading. It holds for the document's whole history
that is not decided on, for what comes later, and until it is removed.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	add.AddCommand(newRulesAddCommand(a, model.RuleFold), newRulesAddCommand(a, model.RuleKeep))
	cmd.AddCommand(add, newRulesListCommand(a), newRulesRemoveCommand(a))
	return cmd
}

func newRulesAddCommand(a *cli, kind model.RuleKind) *cobra.Command {
	q := model.PlaceRuleRequest{Rule: kind}
	var preview bool
	cmd := &cobra.Command{
		Use:     string(kind) + " CHANGE-ID --clause N",
		Short:   "Never fold what changes at this place",
		Example: "fineprint rules add keep FP-C-000543 --clause 2",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := model.ParseID(args[0])
			if err != nil {
				return err
			}
			q.Change = id
			return runRulesAdd(cmd.Context(), a, q, preview)
		},
	}
	f := cmd.Flags()
	f.IntVar(&q.Clause, "clause", 0, "which of the change's clauses, counted from 1 as `show` lists them")
	f.BoolVar(&preview, "preview", false, "only say what it would do to the whole history")
	if kind == model.RuleFold {
		cmd.Short = "Fold what changes at this place"
		cmd.Long = `Fold what changes at the place of a clause change, as churn.

Sentences with a number, a negation or a modal stay material: the preview names
those that have changed there, and --sentences folds them, too.`
		cmd.Example = "fineprint rules add fold FP-C-000543 --clause 2 --preview\n" +
			"fineprint rules add fold FP-C-000543 --clause 2"
		f.BoolVar(&q.Sentences, "sentences", false, "fold sentences with a number, negation or modal, too")
	}
	_ = cmd.MarkFlagRequired("clause")
	return cmd
}

func newRulesListCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the rules for places",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			list, err := readStore(a, func(s *store.Store) ([]model.PlaceRule, error) {
				return s.PlaceRules(cmd.Context())
			})
			if err != nil {
				return err
			}
			return a.print(struct {
				Total int               `json:"total"`
				Rules []model.PlaceRule `json:"rules"`
			}{len(list), list}, func() { a.printRules(list) })
		},
	}
}

func newRulesRemoveCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:     "remove ID",
		Short:   "Take a rule back; its document is judged as if it had never been there",
		Example: "fineprint rules remove FP-U-000001",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := model.ParseID(args[0])
			if err != nil {
				return err
			}
			p, err := readStore(a, func(s *store.Store) (model.RulePreview, error) {
				return s.RemovePlaceRule(cmd.Context(), id)
			})
			if err != nil {
				return err
			}
			return a.print(p, func() {
				a.printf("%s is removed. %s.\n", p.Rule.ID, effects(p.Changes))
			})
		},
	}
}

func runRulesAdd(ctx context.Context, a *cli, q model.PlaceRuleRequest, preview bool) error {
	p, err := readStore(a, func(s *store.Store) (model.RulePreview, error) {
		if preview {
			return s.PreviewPlaceRule(ctx, q)
		}
		return s.AddPlaceRule(ctx, q)
	})
	if err != nil {
		return err
	}
	return a.print(p, func() { a.printRulePreview(p, preview) })
}

func (a *cli) printRules(list []model.PlaceRule) {
	for _, r := range list {
		sentences := ""
		if r.Sentences {
			sentences = ", sentences too"
		}
		a.printf("%s  %s%s  %s / %s: %s  (%s clause %d, %s, %s)\n", r.ID, r.Rule, sentences, r.PlatformName,
			r.Type, r.Place, r.Change, r.Clause, r.Author, r.At.Format("2006-01-02"))
	}
	if len(list) == 0 {
		a.printf("There are no rules; `fineprint rules add fold CHANGE-ID --clause N` makes one.\n")
	}
}

// printRulePreview prints what a rule does, or would do.
func (a *cli) printRulePreview(p model.RulePreview, preview bool) {
	verb := map[model.RuleKind]string{model.RuleFold: "folds", model.RuleKeep: "never folds"}[p.Rule.Rule]
	if preview {
		a.printf("The rule %s %s / %s: %s.\n", verb, p.Rule.PlatformName, p.Rule.Type, p.Rule.Place)
	} else {
		a.printf("%s %s %s / %s: %s.\n", p.Rule.ID, verb, p.Rule.PlatformName, p.Rule.Type,
			p.Rule.Place)
	}
	a.printf("At this place %s in the whole history. %s.\n", humanize.Count(p.Clauses, "clause change"),
		effects(p.Changes))
	for _, c := range p.Changes {
		verdict := "material"
		if !c.Material {
			verdict = string(c.Reason)
		}
		a.printf("  %s  %s  %s\n", c.Change, c.CapturedAt.Format("2006-01-02"), verdict)
	}
	if p.Rule.Rule != model.RuleFold || len(p.Sentences) == 0 {
		return
	}
	what := "These sentences with a number, a negation or a modal stay material; --sentences folds them, too:"
	if p.Rule.Sentences {
		what = "These sentences with a number, a negation or a modal are folded, too:"
	}
	a.printf("%s\n", what)
	for _, s := range p.Sentences {
		a.printf("  %s\n", s)
	}
}

// effects says how many changes get another verdict.
func effects(changes []model.RuleEffect) string {
	shown, folded := 0, 0
	for _, c := range changes {
		if c.Material {
			shown++
		} else {
			folded++
		}
	}
	if shown+folded == 0 {
		return "No change gets another verdict"
	}
	return fmt.Sprintf("Another verdict for %s: %s", humanize.Count(len(changes), "change"),
		counted(number{folded, "folded"}, number{shown, "material"}))
}
