package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fineprint/store/lint"
	"fineprint/store/model"
	"fineprint/store/nearest"
)

func newRecordLintCommand(a *cli) *cobra.Command {
	var rules bool
	cmd := &cobra.Command{
		Use:   "lint RECORD-ID|CHANGE-ID|--rules",
		Short: "Say what contradicts itself or is missing in a record",
		Long: `Hold a provision record, as it is written now, against the linter's rules; of a
change the record that approving it now would make. Exit status: 0 there is no
problem, 1 there is one.

What blocks keeps a record from being approved, unless it is overruled with a
reason.`,
		Example: "fineprint record lint FP-R-000077\nfineprint record lint --rules",
		Args: func(_ *cobra.Command, args []string) error {
			if rules == (len(args) == 1) || len(args) > 1 {
				return fmt.Errorf("%w: give the ID of one record or change, or --rules", model.ErrInvalid)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if rules {
				return runRecordRules(a)
			}
			return runRecordLint(cmd.Context(), a, args[0])
		},
	}
	cmd.Flags().BoolVar(&rules, "rules", false, "list the rules")
	return cmd
}

// lintResult is the JSON of `record lint`.
type lintResult struct {
	Record   model.ID        `json:"record"` // or of the change, where that was asked for
	Problems []model.Problem `json:"problems"`
}

func runRecordLint(ctx context.Context, a *cli, arg string) error {
	id, err := model.ParseID(arg)
	if err != nil {
		return err
	}
	s, err := a.openStore()
	if err != nil {
		return err
	}
	var problems []model.Problem
	switch id.Kind() {
	case model.RecordID:
		d, err := s.RecordDraft(ctx, id)
		if err != nil {
			return err
		}
		problems = d.Problems
	case model.ChangeID:
		if problems, err = s.LintChange(ctx, id); err != nil {
			return err
		}
	default:
		return fmt.Errorf("%w: only a record or a change can be linted; %s is neither", model.ErrInvalid, id)
	}
	err = a.print(lintResult{Record: id, Problems: append([]model.Problem{}, problems...)}, func() {
		a.printProblems(problems)
		if len(problems) == 0 {
			a.printf("%s has no problem.\n", id)
		}
	})
	if err == nil && len(problems) > 0 {
		return errFindings
	}
	return err
}

// printProblems lists problems, those that block first.
func (a *cli) printProblems(problems []model.Problem) {
	sorted := slices.Clone(problems)
	slices.SortStableFunc(sorted, func(p, q model.Problem) int {
		switch {
		case p.Blocks == q.Blocks:
			return 0
		case p.Blocks:
			return -1
		}
		return 1
	})
	for _, p := range sorted {
		weight := "to look at"
		if p.Blocks {
			weight = "blocks"
		}
		a.printf("%s: %s (%s, %s)\n", weight, p.Message, p.Rule, p.Field)
	}
}

// shownRule is the JSON of a rule of `record lint --rules`.
type shownRule struct {
	Rule   string `json:"rule"`
	About  string `json:"about"`
	Blocks bool   `json:"blocks"`
}

func runRecordRules(a *cli) error {
	rules := []shownRule{}
	for _, r := range lint.Rules {
		rules = append(rules, shownRule{r.Name, r.About, r.Blocks})
	}
	return a.print(struct {
		Total int         `json:"total"`
		Rules []shownRule `json:"rules"`
	}{len(rules), rules}, func() {
		for _, r := range rules {
			blocks := ""
			if r.Blocks {
				blocks = " Blocks."
			}
			a.printf("%s: %s%s\n", r.Rule, r.About, blocks)
		}
	})
}

type recordApproveOptions struct {
	overrule    []string
	overruleAll string
	base        int
}

func newRecordApproveCommand(a *cli) *cobra.Command {
	o := &recordApproveOptions{}
	cmd := &cobra.Command{
		Use:   "approve RECORD-ID",
		Short: "Freeze a record with its evidence, as its next revision",
		Long: `Approve what is written of a provision record: it is frozen with its evidence, and
stands in the place of the revision before. The change that it was picked from
stays as it is. What is missing, and problems that block, are named and nothing
is approved; a problem, but not what is missing, may be overruled with a reason,
which the record and the journal keep.`,
		Example: `fineprint record approve FP-R-000077
fineprint record approve FP-R-000077 --overrule stale="the change is of the footer only"`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runRecordApprove(cmd.Context(), a, o, args[0]) },
	}
	f := cmd.Flags()
	f.StringArrayVar(&o.overrule, "overrule", nil,
		"RULE=REASON: overrule what a rule finds; may be given several times (`record lint --rules` lists them)")
	f.StringVar(&o.overruleAll, "overrule-all", "", "overrule all that blocks, for this reason")
	f.IntVar(&o.base, "base", model.AnyRevision, "refuse unless the record is at this revision (-1: any)")
	return cmd
}

func runRecordApprove(ctx context.Context, a *cli, o *recordApproveOptions, arg string) error {
	id, err := parseRecordID(arg)
	if err != nil {
		return err
	}
	overrule, err := parseOverrules(o.overrule)
	if err != nil {
		return err
	}
	if err := a.settings.RegistryProblem; err != nil {
		return fmt.Errorf("%w: a record keeps what the registry says, but %w", model.ErrInvalid, err)
	}
	s, err := a.openStore()
	if err != nil {
		return err
	}
	d, err := s.ApproveRecord(ctx, model.RecordApproval{
		Record: id, Base: o.base, Overrule: overrule, OverruleAll: o.overruleAll, Actor: a.actorName(), At: a.clock().UTC(),
	})
	if err != nil {
		return err
	}
	return a.printDraft(d)
}

// parseOverrules reads RULE=REASON several times.
func parseOverrules(list []string) (map[string]string, error) {
	overrule := map[string]string{}
	for _, s := range list {
		rule, reason, _ := strings.Cut(s, "=")
		rule, reason = strings.TrimSpace(rule), strings.TrimSpace(reason)
		names := ruleNames()
		switch {
		case reason == "":
			return nil, fmt.Errorf("%w: --overrule %q needs a reason: RULE=REASON", model.ErrInvalid, s)
		case !slices.Contains(names, rule):
			return nil, fmt.Errorf("%w: there is no rule %q%s; `fineprint record lint --rules` lists them",
				model.ErrInvalid, rule, nearest.Meant(rule, names))
		case overrule[rule] != "":
			return nil, fmt.Errorf("%w: %s is overruled twice", model.ErrInvalid, rule)
		}
		overrule[rule] = reason
	}
	return overrule, nil
}

func ruleNames() []string {
	var names []string
	for _, r := range lint.Rules {
		names = append(names, r.Name)
	}
	return names
}

func newRecordWithdrawCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:   "withdraw RECORD-ID REASON",
		Short: "Take a record back, for a reason",
		Long: `Take a provision record back: its revisions stay and are shown as withdrawn, and
are not exported any more. Writing it again begins its next revision.`,
		Example: `fineprint record withdraw FP-R-000077 "the wrong clause"`,
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := parseRecordID(args[0])
			if err != nil {
				return err
			}
			s, err := a.openStore()
			if err != nil {
				return err
			}
			d, err := s.WithdrawRecord(cmd.Context(), id, args[1], a.actorName())
			if err != nil {
				return err
			}
			return a.printDraft(d)
		},
	}
}
