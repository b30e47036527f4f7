package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/insight/alert"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

type alertRuleOptions struct {
	rule      model.AlertRule
	on        []string
	raise     string
	sentences bool
	preview   bool
	past      bool
}

func newRulesAddAlertCommand(a *cli) *cobra.Command {
	o := &alertRuleOptions{}
	cmd := &cobra.Command{
		Use:   "alert NAME --filter QUERY",
		Short: "Add a rule for the changes that a filter finds",
		Long: `Add a rule for the changes that a filter finds, in the desk's filter language: it
tags and assigns them, suggests a higher severity, tells targets, or folds them.
It never judges a change. It applies to what is recorded from now on; with --past
to all that is there, too.

--fold leaves changes with a number, a negation or a modal as they are: the
preview names those sentences, and --sentences folds the ones it named, too.

--on says what is told besides changes: ` + strings.Join(alert.KindNames(), ", ") + `.`,
		Example: `fineprint rules add alert children --filter 'text:children sev>=medium' --tag children --preview
fineprint rules add alert court --filter 'text:arbitration' --raise high --assign anna --notify ops
fineprint rules add alert broken --filter 'plat:zoom' --on failing --on ended --notify ops`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.rule.Name = args[0]
			return runRulesAddAlert(cmd.Context(), a, o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.rule.Filter, "filter", "", "which changes: words, fields, or, text: for changed words")
	f.StringArrayVar(&o.rule.Tags, "tag", nil, "tag them (repeatable)")
	f.StringVar(&o.rule.Assign, "assign", "", "assign them to someone")
	f.StringVar(&o.raise, "raise", "", "suggest at least this severity: low, medium, high or critical")
	f.StringArrayVar(&o.rule.Notify, "notify", nil, "tell this target of the settings (repeatable)")
	f.BoolVar(&o.rule.Fold, "fold", false, "fold them, visibly, as churn")
	f.BoolVar(&o.sentences, "sentences", false, "also fold the sentences that the preview names")
	f.StringArrayVar(&o.on, "on", nil, "what it is about (repeatable; default: change)")
	f.BoolVar(&o.preview, "preview", false, "only print what it would have done to the whole history")
	f.BoolVar(&o.past, "past", false, "apply it to what is there already, too")
	_ = cmd.MarkFlagRequired("filter")
	return cmd
}

func runRulesAddAlert(ctx context.Context, a *cli, o *alertRuleOptions) error {
	q := model.AlertRuleRequest{AlertRule: o.rule, Past: o.past, FoldSentences: o.sentences, Actor: a.actorName()}
	q.Raise = model.Severity(o.raise)
	for _, on := range o.on {
		q.On = append(q.On, model.AlertKind(on))
	}
	use := a.app()
	for _, name := range q.Notify {
		if _, err := use.Alerting.Target(name); err != nil && !o.preview {
			return err
		}
	}
	s, err := a.openStore()
	if err != nil {
		return err
	}
	if o.preview {
		bar := newProgress(a, "searching texts")
		p, err := s.PreviewAlertRule(ctx, q, bar.at)
		bar.end()
		if err != nil {
			return err
		}
		return a.print(p, func() { a.printAlertPreview(p, true, o.past) })
	}
	p, err := s.AddAlertRule(ctx, q)
	if err != nil {
		return err
	}
	if o.past {
		defer a.noteAlerts(use.AfterRecording(ctx, s))
	}
	return a.print(p, func() { a.printAlertPreview(p, false, o.past) })
}

func (a *cli) printAlertPreview(p model.AlertPreview, preview, past bool) {
	r := &p.Rule
	if preview {
		a.printf("The rule %q (%s) would do: %s.\n", r.Name, r.Filter, strings.Join(r.Actions(), ", "))
	} else {
		a.printf("%s %q (%s): %s.\n", r.ID, r.Name, r.Filter, strings.Join(r.Actions(), ", "))
	}
	a.printf("In the whole history it matches %d of %s.\n", p.Matched, humanize.Count(p.Changes, "change"))
	a.printAlertCounts("by state", p.States)
	a.printAlertCounts("by platform", p.Platforms)
	a.printAlertCounts("by month", p.Months)
	for _, e := range p.Effects {
		left := ""
		if e.Left > 0 {
			left = fmt.Sprintf("; %d not, for they %s", e.Left, e.Why)
		}
		a.printf("  %s: %s%s\n", e.Action, humanize.Count(e.Count, "change"), left)
	}
	a.printMatches("Newest", p.First)
	if p.Matched > len(p.First) {
		a.printMatches("A sample of all", p.Sample)
	}
	if len(p.Sentences) > 0 {
		a.printf("Sentences with a number, negation or modal; --sentences folds them too:\n")
		for _, s := range p.Sentences {
			if runes := []rune(s); len(runes) > maxPrinted {
				s = string(runes[:maxPrinted]) + "…"
			}
			a.printf("  %s\n", s)
		}
		if p.MoreSentences > 0 {
			a.printf("  and %d more, which stay as they are\n", p.MoreSentences)
		}
	}
	if !preview && !past && p.Matched > 0 {
		a.printf("It applies to what is recorded from now on; --past would have included these.\n")
	}
}

// maxPrinted is how much of a sentence is printed; --json has it whole.
const maxPrinted = 200

// maxTallied is how many lines of a count are printed.
const maxTallied = 6

func (a *cli) printAlertCounts(name string, list []model.AlertCount) {
	if len(list) == 0 {
		return
	}
	var parts []string
	for _, t := range list[:min(len(list), maxTallied)] {
		parts = append(parts, fmt.Sprintf("%s %d", t.Name, t.Count))
	}
	if more := len(list) - maxTallied; more > 0 {
		parts = append(parts, fmt.Sprintf("%d more", more))
	}
	a.printf("  %s: %s\n", name, strings.Join(parts, ", "))
}

func (a *cli) printMatches(title string, list []model.AlertMatch) {
	if len(list) == 0 {
		return
	}
	a.printf("%s:\n", title)
	for _, m := range list {
		a.printf("  %s  %s  %s / %s  %s  %s\n", m.Change, m.CapturedAt.UTC().Format(time.DateOnly), m.Platform, m.Type,
			string(m.Severity), m.Words)
	}
}

func (a *cli) printAlertRules(list []model.AlertRule) {
	for i := range list {
		r := &list[i]
		on := ""
		if len(r.On) != 1 || r.On[0] != model.AlertChange {
			var kinds []string
			for _, k := range r.On {
				kinds = append(kinds, string(k))
			}
			on = " on " + strings.Join(kinds, ", ")
		}
		a.printf("%s  %s%s  %s: %s  (acted on %s, %s, %s)\n", r.ID, r.Name, on, r.Filter,
			strings.Join(r.Actions(), ", "), humanize.Count(r.Acted, "change"), r.Author, r.At.Format(time.DateOnly))
	}
}

func newRulesRunCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:   "run",
		Short: "Apply the alert rules to what is new to them",
		Long: `Apply the alert rules to what is new to them. What is to be told waits for
` + "`fineprint alerts run`" + ` or the next fetch.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			run, err := readStore(a, func(s *store.Store) (model.AlertRun, error) {
				return a.app().RunAlertRules(cmd.Context(), s)
			})
			if err != nil {
				return err
			}
			return a.print(run, func() {
				a.printf("%s applied to %s: %s acted on, %s to send.\n", humanize.Count(run.Rules, "rule"),
					humanize.Count(run.Changes, "new change"), humanize.Count(run.Matched, "change"),
					humanize.Count(run.Queued, "notification"))
			})
		},
	}
}

func newRulesUndoCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:     "undo RULE CHANGE-ID…",
		Short:   "Take back what an alert rule did with changes",
		Example: "fineprint rules undo court FP-C-000543",
		Args:    cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			var ids []model.ID
			for _, arg := range args[1:] {
				id, err := parseIDOf(arg, model.ChangeID, "change")
				if err != nil {
					return err
				}
				ids = append(ids, id)
			}
			back, err := readStore(a, func(s *store.Store) (model.AlertTakenBack, error) {
				return s.UndoAlertRule(cmd.Context(), args[0], ids, a.actorName())
			})
			if err != nil {
				return err
			}
			return a.print(back, func() {
				a.printf("Taken back: %s%s.\n", effectsInWords(back.TakenBack), recalled(back.Recalled))
			})
		},
	}
}

// recalled says how many notifications were taken out before they were sent, after a
// comma; "" for none.
func recalled(n int) string {
	if n == 0 {
		return ""
	}
	return ", " + humanize.Count(n, "notification") + " that had not been sent"
}

func effectsInWords(list []model.AlertEffect) string {
	var parts []string
	for _, e := range list {
		parts = append(parts, fmt.Sprintf("%s (%s)", e.Action, humanize.Count(e.Count, "change")))
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

func runRemoveAlertRule(ctx context.Context, a *cli, named string, takeBack bool) error {
	r, err := readStore(a, func(s *store.Store) (model.AlertRemoval, error) {
		return s.RemoveAlertRule(ctx, named, takeBack, a.actorName())
	})
	if err != nil {
		return err
	}
	return a.print(r, func() {
		a.printf("%s %q is removed. What stood of it: %s.\n", r.Rule.ID, r.Rule.Name, effectsInWords(r.Did))
		switch {
		case takeBack:
			a.printf("Taken back: %s%s.\n", effectsInWords(r.TakenBack), recalled(r.Recalled))
		case len(r.Did) > 0 || r.Waiting > 0:
			a.printf("It stays; `fineprint rules undo %s CHANGE-ID…` undoes it.\n", r.Rule.ID)
		}
	})
}
