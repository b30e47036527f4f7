package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/fetch/watch"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

func newTrackCommand(a *cli) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "track",
		Short: "Manage tracked documents",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newTrackAddCommand(a), newTrackFindCommand(a), newTrackListCommand(a), newTrackSetCommand(a),
		newTrackRemoveCommand(a), newTrackTestCommand(a))
	return cmd
}

func newTrackListCommand(a *cli) *cobra.Command {
	var failing bool
	cmd := &cobra.Command{
		Use:   "list [PATTERN…]",
		Short: "List tracked documents: failures and due dates",
		RunE: func(cmd *cobra.Command, args []string) error {
			return runTrackList(cmd.Context(), a, args, failing)
		},
	}
	cmd.Flags().BoolVar(&failing, "failing", false, "only documents whose last fetch failed or was quarantined")
	return cmd
}

func newTrackRemoveCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:     "remove PATTERN…",
		Short:   "Stop tracking documents; recorded versions are kept",
		Example: "fineprint track remove 'Acme/Privacy Policy'\nfineprint track remove FP-D-00012",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runTrackRemove(cmd.Context(), a, args) },
	}
}

// trackedLine is a document in `track list --json`.
type trackedLine struct {
	model.TrackedRow
	Every string `json:"every"` // as --every takes it
	Due   bool   `json:"due"`
}

func runTrackList(ctx context.Context, a *cli, patterns []string, failing bool) error {
	rows, err := a.app().Tracking(ctx)
	if err != nil {
		return err
	}
	list := []trackedLine{}
	for _, row := range rows {
		if watch.Matches(row.Tracked, patterns) && (!failing || row.Health.Failures > 0) {
			list = append(list, trackedLine{TrackedRow: row, Every: every(row.Every), Due: row.Due(a.clock())})
		}
	}
	if a.json {
		return a.printJSON(struct {
			Total     int           `json:"total"`
			Documents []trackedLine `json:"documents"`
		}{len(list), list})
	}
	for _, line := range list {
		a.printTracked(line)
	}
	if len(list) == 0 && len(rows) == 0 {
		a.printf("No tracked documents yet. Add one with `fineprint track add URL`.\n")
	} else if len(list) < len(rows) {
		a.printf("%d of %s.\n", len(list), humanize.Count(len(rows), "tracked document"))
	}
	return nil
}

// every writes an interval as --every takes it: "24h", "90m".
func every(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

func (a *cli) printTracked(line trackedLine) {
	h, now := line.Health, a.clock()
	due := "due now"
	if !line.Due {
		due = "due in " + humanize.While(h.NextDue.Sub(now))
	}
	a.printf("%s  %s\n", line.Document, line.Name())
	for _, page := range line.Source.Pages() {
		a.printf("    %s\n", page.URL)
		a.printRequest(page.Request)
		a.printActions(page.Actions)
	}
	a.printf("    every %s, %s, %s\n", line.Every, due, humanize.Count(line.Versions, "version"))
	switch {
	case h.Failures > 0:
		word := "failing"
		if h.Quarantined {
			word = "quarantined"
		}
		a.printf("    %s for %s (%s): %s\n", word,
			humanize.While(now.Sub(h.FailingSince)), humanize.Count(h.Failures, "attempt"), h.Reason)
	case h.Last == model.FetchSkipped && h.Reason != "":
		a.printf("    deferred: %s\n", h.Reason)
	case !h.LastSuccess.IsZero():
		a.printf("    last seen %s ago\n", humanize.While(now.Sub(h.LastSuccess)))
	}
	if line.NotTerms {
		a.printf("    %s\n", model.NotTermsNote)
	}
	if line.UnreadableSince != nil {
		a.printf("    no readable capture since %s\n", line.UnreadableSince.UTC().Format(time.DateOnly))
	}
	if line.IgnoreRobots {
		a.printf("    robots.txt is ignored\n")
	}
	if h.Distrusted {
		a.printf("    fetched in full each time: its server answered \"not modified\" for a page that had changed\n")
	}
	for _, w := range line.Source.Warnings {
		a.printf("    warning: %s\n", w)
	}
}

// printActions prints what is done to a page before it is read.
func (a *cli) printActions(list []model.PageAction) {
	if len(list) == 0 {
		return
	}
	words := make([]string, len(list))
	for i, action := range list {
		words[i] = action.String()
	}
	a.printf("    before it is read: %s\n", strings.Join(words, ", "))
}

func runTrackRemove(ctx context.Context, a *cli, patterns []string) error {
	removed, err := a.app().Untrack(ctx, patterns)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(struct {
			Removed []model.Tracked `json:"removed"`
		}{removed})
	}
	for _, t := range removed {
		a.printf("%s %s is no longer tracked; its versions are kept.\n", t.Document, t.Name())
	}
	return nil
}

// sourceFlags are the options about how a page is asked for and read.
type sourceFlags struct {
	requestFlags
	selects, removes []string
	browser          bool
	ignoreRobots     bool
	actions          []string
	changed          func(flag string) bool // was it given
}

func (o *sourceFlags) add(cmd *cobra.Command) {
	o.requestFlags.add(cmd)
	f := cmd.Flags()
	o.changed = f.Changed
	f.StringArrayVar(&o.selects, "select", nil,
		"document's CSS selector in the page (repeatable; '' for none)")
	f.StringArrayVar(&o.removes, "remove", nil,
		"exclude elements that match this CSS selector (repeatable; '' for none)")
	f.BoolVar(&o.browser, "browser", false, "render the page in a browser (for pages built by scripts)")
	f.StringArrayVar(&o.actions, "action", nil,
		"browser action before reading: click=CSS, wait_for=CSS, scroll or wait=2s (repeatable, in order; "+
			"'' for none)")
	f.BoolVar(&o.ignoreRobots, "ignore-robots", false,
		"ignore robots.txt; the journal records who decided so")
}

// options returns what was given of them.
func (o *sourceFlags) options(in io.Reader) (app.SourceOptions, error) {
	var given app.SourceOptions
	var err error
	if given.Request, err = o.requestFlags.options(o.changed, in); err != nil {
		return given, err
	}
	if o.changed("action") {
		actions, err := parseActions(o.actions)
		if err != nil {
			return given, err
		}
		given.Actions = actions
	}
	if o.changed("select") {
		given.Select = withoutEmpty(o.selects)
	}
	if o.changed("remove") {
		given.Remove = withoutEmpty(o.removes)
	}
	if o.changed("browser") {
		given.Browser = &o.browser
	}
	if o.changed("ignore-robots") {
		given.IgnoreRobots = &o.ignoreRobots
	}
	return given, nil
}

// withoutEmpty returns what is given of a flag whose empty value is none.
func withoutEmpty(written []string) []string {
	return slices.DeleteFunc(append([]string{}, written...), func(s string) bool { return s == "" })
}

// parseActions reads the values of --action; a single empty one is none.
func parseActions(written []string) ([]model.PageAction, error) {
	actions := []model.PageAction{}
	if len(written) == 1 && written[0] == "" {
		return actions, nil
	}
	for _, s := range written {
		a, err := model.ParsePageAction(s)
		if err != nil {
			return nil, err
		}
		actions = append(actions, a)
	}
	return actions, nil
}

// minEvery keeps a typing mistake from becoming an attack.
const minEvery = time.Minute

// parseEvery reads an interval: 12h, 90m, 7d.
func parseEvery(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil {
		d, err = model.ParseDuration(s)
	}
	if err != nil {
		return 0, fmt.Errorf("%w: %q is not an interval like 12h or 7d", model.ErrInvalid, s)
	}
	if d < minEvery {
		return 0, fmt.Errorf("%w: %q is too frequent; the minimum is one minute", model.ErrInvalid, s)
	}
	return d, nil
}
