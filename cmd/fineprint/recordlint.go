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
	"fineprint/store/smallsort"
)

func newRecordLintCommand(a *cli) *cobra.Command {
	var rules bool
	cmd := &cobra.Command{
		Use:   "lint RECORD-ID|CHANGE-ID|--rules",
		Short: "Check a record for contradictions and gaps",
		Long: `Check the current draft of a provision record against the linter's rules; for a
change, check the record that approving it now would create. Exit status 0: no
problems; 1: problems found.

Blocking problems prevent approval unless overruled with a reason.`,
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
			a.printf("%s has no problems.\n", id)
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
	smallsort.By(sorted, func(p, q model.Problem) int {
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
		Short: "Approve a record: freeze it with its evidence as the next revision",
		Long: `Approve the draft of a provision record: it is frozen with its evidence and
replaces the previous revision. The change it was created from is not affected.
Missing fields and blocking problems are listed, and nothing is approved; a
problem (but not a missing field) may be overruled with a reason, which is kept
in the record and the journal.`,
		Example: `fineprint record approve FP-R-000077
fineprint record approve FP-R-000077 --overrule stale="the change is of the footer only"`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runRecordApprove(cmd.Context(), a, o, args[0]) },
	}
	f := cmd.Flags()
	f.StringArrayVar(&o.overrule, "overrule", nil,
		"overrule a rule's problem, RULE=REASON (repeatable; see `record lint --rules`)")
	f.StringVar(&o.overruleAll, "overrule-all", "", "overrule all blocking problems, with this reason")
	f.IntVar(&o.base, "base", model.AnyRevision, "fail unless the record is at this revision (-1: any)")
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
		return fmt.Errorf("%w: the registry can't be read, and a record keeps what it says: %w", model.ErrInvalid, err)
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
	a.warnOfClock(d.Preview.Clock)
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
			return nil, fmt.Errorf("%w: unknown rule %q%s; see `fineprint record lint --rules`",
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
		Short: "Withdraw a record, with a reason",
		Long: `Withdraw a provision record: its revisions are kept and shown as withdrawn, and
no longer exported. Editing it again starts its next revision.`,
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
