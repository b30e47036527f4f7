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
		Short: "Rules for places in documents, and for what a filter finds",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	add := &cobra.Command{
		Use:   "add",
		Short: "Add a rule for a place, or for what a filter finds",
		Long: `Add a rule. fold and keep are for the place of a clause change: its position under a heading,
between the clauses that both versions share. The rule applies to undecided
changes of the document, past and future, until it is removed.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	add.AddCommand(newRulesAddCommand(a, model.RuleFold), newRulesAddCommand(a, model.RuleKeep),
		newRulesAddAlertCommand(a))
	cmd.AddCommand(add, newRulesListCommand(a), newRulesRemoveCommand(a), newRulesRunCommand(a), newRulesUndoCommand(a))
	return cmd
}

func newRulesAddCommand(a *cli, kind model.RuleKind) *cobra.Command {
	q := model.PlaceRuleRequest{Rule: kind}
	var preview bool
	cmd := &cobra.Command{
		Use:     string(kind) + " CHANGE-ID --clause N",
		Short:   "Never fold changes at this place",
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
	f.IntVar(&q.Clause, "clause", 0, "number of the clause, counted from 1 as listed by `show`")
	f.BoolVar(&preview, "preview", false, "only print what it would do to the document's history")
	if kind == model.RuleFold {
		cmd.Short = "Fold changes at this place"
		cmd.Long = `Fold what changes at the place of a clause change, as churn.

Sentences with a number, a negation or a modal stay material: the preview names
those that have changed there, and --sentences folds them, too.`
		cmd.Example = "fineprint rules add fold FP-C-000543 --clause 2 --preview\n" +
			"fineprint rules add fold FP-C-000543 --clause 2"
		f.BoolVar(&q.Sentences, "sentences", false, "also fold sentences with a number, negation or modal")
	}
	_ = cmd.MarkFlagRequired("clause")
	return cmd
}

// ruleList is what `rules list` prints: the rules of places and, beside them, the alert rules.
type ruleList struct {
	Total  int               `json:"total"`
	Rules  []model.PlaceRule `json:"rules"`
	Alerts []model.AlertRule `json:"alerts"`
}

func newRulesListCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List place rules and alert rules",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			list, err := readStore(a, func(s *store.Store) (l ruleList, err error) {
				if l.Rules, err = s.PlaceRules(cmd.Context()); err != nil {
					return l, err
				}
				l.Total = len(l.Rules)
				l.Alerts, err = s.AlertRules(cmd.Context())
				return l, err
			})
			if err != nil {
				return err
			}
			return a.print(list, func() {
				a.printAlertRules(list.Alerts)
				if len(list.Alerts) == 0 || len(list.Rules) > 0 {
					a.printRules(list.Rules)
				}
			})
		},
	}
}

func newRulesRemoveCommand(a *cli) *cobra.Command {
	var takeBack bool
	cmd := &cobra.Command{
		Use:   "remove ID|NAME",
		Short: "Remove a rule",
		Long: `Remove a rule. Without a place rule, its document is detected again. What an alert
rule did stays, unless --take-back is given.`,
		Example: "fineprint rules remove FP-U-000001\nfineprint rules remove court --take-back",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := model.ParseID(args[0])
			if err != nil || id.Kind() == model.AlertRuleID {
				return runRemoveAlertRule(cmd.Context(), a, args[0], takeBack)
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
	cmd.Flags().BoolVar(&takeBack, "take-back", false, "take back the tags, assignments, raised suggestions and folds of an alert rule, and what it has not told yet")
	return cmd
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
		a.printf("No rules. Add one with `fineprint rules add fold CHANGE-ID --clause N`.\n")
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
	a.printf("At this place: %s in the whole history. %s.\n", humanize.Count(p.Clauses, "clause change"),
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
	what := "These sentences with a number, negation or modal stay material; --sentences folds them too:"
	if p.Rule.Sentences {
		what = "These sentences with a number, negation or modal are folded too:"
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
		return "No results change"
	}
	return fmt.Sprintf("Results change for %s: %s", humanize.Count(len(changes), "change"),
		counted(number{folded, "folded"}, number{shown, "material"}))
}
