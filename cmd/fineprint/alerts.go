package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/humanize"
)

func newAlertsCommand(a *cli) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "alerts",
		Short: "Tell others what alert rules found",
		Long: `Tell others what alert rules found: a command, a webhook, a mail, an Atom file.
Targets are in the settings, under [targets.NAME]; rules name them (see
` + "`fineprint rules add alert`" + `). What is to be told waits in the database until a
target took it, with an ID by which repeats can be dropped.

Rules apply, and targets are told, after fetch, import and detect, and while
` + "`fetch --watch`" + ` runs; ` + "`alerts run`" + ` does both at any time.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	finished := 20
	list := &cobra.Command{
		Use:   "list",
		Short: "List targets, and what waits, failed and was delivered",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return runAlertsList(cmd.Context(), a, finished) },
	}
	list.Flags().IntVar(&finished, "delivered", finished, "how many of what was delivered to list")
	cmd.AddCommand(list, &cobra.Command{
		Use:     "test TARGET",
		Short:   "Send a target a test now",
		Example: "fineprint alerts test ops",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runAlertsTest(cmd.Context(), a, args[0]) },
	}, &cobra.Command{
		Use:   "run",
		Short: "Apply the rules to what is new, and tell the targets what is due",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return runAlertsRun(cmd.Context(), a) },
	}, &cobra.Command{
		Use:   "retry ID…",
		Short: "Try again now what waits or was given up",
		Args:  cobra.MinimumNArgs(1),
		RunE:  func(cmd *cobra.Command, args []string) error { return runAlertsRetry(cmd.Context(), a, args) },
	})
	return cmd
}

// alertTarget is a target as `alerts list --json` has it.
type alertTarget struct {
	config.Target
	Configured bool `json:"configured"`
	model.TargetFigures
}

type alertList struct {
	Targets []alertTarget      `json:"targets"`
	Rules   int                `json:"rules"`
	Items   []model.OutboxItem `json:"items"`
}

func readAlerts(ctx context.Context, s *store.Store, targets []config.Target, finished int) (l alertList, err error) {
	l.Targets = []alertTarget{}
	rules, err := s.AlertRules(ctx)
	if err != nil {
		return l, err
	}
	l.Rules = len(rules)
	figures, err := s.TargetFigures(ctx)
	if err != nil {
		return l, err
	}
	of := map[string]model.TargetFigures{}
	for _, f := range figures {
		of[f.Target] = f
	}
	for _, t := range targets {
		f := of[t.Name]
		f.Target = t.Name
		l.Targets = append(l.Targets, alertTarget{t, true, f})
		delete(of, t.Name)
	}
	for _, f := range figures {
		if _, left := of[f.Target]; left {
			l.Targets = append(l.Targets, alertTarget{config.Target{Name: f.Target}, false, f})
		}
	}
	l.Items, err = s.OutboxItems(ctx, finished)
	return l, err
}

func (a *cli) targets() []config.Target {
	if a.settings == nil {
		return nil
	}
	return a.settings.Values.Targets
}

func runAlertsList(ctx context.Context, a *cli, finished int) error {
	l, err := readStore(a, func(s *store.Store) (alertList, error) { return readAlerts(ctx, s, a.targets(), finished) })
	if err != nil {
		return err
	}
	return a.print(l, func() { a.printAlerts(l) })
}

func (a *cli) printAlerts(l alertList) {
	for _, t := range l.Targets {
		kind := t.Kind
		if !t.Configured {
			kind = "not in the settings"
		}
		if t.Every != "" {
			kind += ", every " + t.Every
		}
		a.printf("%s (%s): %s\n", t.Name, kind, cmp.Or(counted(number{t.Delivered, "delivered"},
			number{t.Pending, "waiting"},
			number{t.Retried, "of them tried before"}, number{t.GivenUp, "given up"}), "nothing told yet"))
		if t.LastError != "" {
			a.printf("  last failure: %s\n", t.LastError)
		}
	}
	if len(l.Targets) == 0 {
		a.printf("No targets. Add one to the settings: [targets.NAME] (see `fineprint config init`).\n")
	}
	for _, i := range l.Items[:min(len(l.Items), maxItems)] {
		about := strings.TrimSpace(string(i.Kind) + " " + string(i.Change))
		more := ""
		switch {
		case i.State == model.OutboxPending && i.Attempts > 0:
			more = fmt.Sprintf(", %s, again at %s: %s", humanize.Count(i.Attempts, "attempt"),
				i.Due.Local().Format(time.DateTime), i.Error)
		case i.Error != "":
			more = ": " + i.Error
		}
		a.printf("%s  %s  %s  %s  %s%s\n", i.ID, i.Created.Local().Format(time.DateTime), i.Target, about,
			strings.ReplaceAll(string(i.State), "_", " "), more)
	}
}

// maxItems is how many notifications are printed; --json has all.
const maxItems = 100

func runAlertsTest(ctx context.Context, a *cli, name string) error {
	s, err := a.openStore()
	if err != nil {
		return err
	}
	started := time.Now()
	item, err := a.app().TestTarget(ctx, s, name)
	if err != nil {
		return err
	}
	took := time.Since(started)
	return a.print(struct {
		Target string `json:"target"`
		ID     string `json:"id"`
		TookMS int64  `json:"took_ms"`
	}{name, item.ID, took.Milliseconds()}, func() {
		a.printf("%s took the test %s in %s.\n", name, item.ID, took.Round(time.Millisecond).String())
	})
}

func runAlertsRun(ctx context.Context, a *cli) error {
	s, err := a.openStore()
	if err != nil {
		return err
	}
	var done app.Alerted
	use := a.app()
	if done.AlertRun, err = use.RunAlertRules(ctx, s); err != nil {
		return err
	}
	if done.Delivered, err = use.DeliverAlerts(ctx, s); err != nil {
		return err
	}
	if done.Pruned, err = s.PruneAlerts(ctx); err != nil {
		return err
	}
	if err := a.print(done, func() { a.printAlerted(done) }); err != nil {
		return err
	}
	if done.Failed+done.GivenUp > 0 {
		return errFindings
	}
	return nil
}

func (a *cli) printAlerted(done app.Alerted) {
	a.printf("%s applied to %s: %s acted on, %s to send.\n", humanize.Count(done.Rules, "rule"),
		humanize.Count(done.Changes, "new change"), humanize.Count(done.Matched, "change"),
		humanize.Count(done.Queued, "notification"))
	for _, e := range done.Effects {
		if e.Count > 0 {
			a.printf("  %s: %s\n", e.Action, humanize.Count(e.Count, "change"))
		}
	}
	if words := counted(number{done.Delivered.Delivered, "delivered"}, number{done.Failed, "failed"},
		number{done.GivenUp, "given up"}, number{done.Waiting, "waiting for their time"}); words != "" {
		a.printf("Notifications: %s.\n", words)
	}
	for _, e := range done.Errors {
		a.printf("  %s\n", e)
	}
}

// noteAlerts says on standard error what came of rules after something was recorded.
func (a *cli) noteAlerts(done app.Alerted) {
	if done.Err != nil {
		sentence, _ := explain(done.Err)
		a.notef("Alert rules were not applied: %s `fineprint alerts run` tries again.\n", sentence)
		return
	}
	if done.Matched+done.Queued+done.Delivered.Delivered+done.Failed+done.GivenUp == 0 {
		return
	}
	words := counted(number{done.Queued, "new"}, number{done.Delivered.Delivered, "delivered"},
		number{done.Failed, "failed"}, number{done.GivenUp, "given up"})
	if words == "" {
		words = "none"
	}
	a.notef("Alert rules acted on %s; notifications: %s.\n", humanize.Count(done.Matched, "change"), words)
	for _, e := range done.Errors {
		a.notef("  %s\n", e)
	}
}

func runAlertsRetry(ctx context.Context, a *cli, ids []string) error {
	list, err := readStore(a, func(s *store.Store) (list []model.OutboxItem, err error) {
		for _, id := range ids {
			item, err := s.RetryAlert(ctx, id)
			if err != nil {
				return list, err
			}
			list = append(list, item)
		}
		return list, nil
	})
	if err != nil {
		return err
	}
	return a.print(struct {
		Items []model.OutboxItem `json:"items"`
	}{list}, func() {
		a.printf("%s due now; `fineprint alerts run` sends.\n", humanize.Count(len(list), "notification"))
	})
}
