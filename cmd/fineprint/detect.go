package main

import (
	"cmp"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/store/rescue"
)

type detectOptions struct {
	again  bool
	match  string
	dryRun bool
}

func newDetectCommand(a *cli) *cobra.Command {
	o := &detectOptions{}
	cmd := &cobra.Command{
		Use:   "detect --again",
		Short: "Re-run detection on stored versions after an upgrade",
		Long: `Re-run detection on the stored versions of every document, as if they were
recorded now; useful after an upgrade that improves detection. Changes keep
their IDs, and decisions stay as they are. Prints how many results changed.`,
		Example: "fineprint detect --again --dry-run\nfineprint detect --again --match 'Twitch/*'",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runDetect(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.again, "again", false, "re-run detection on the whole database")
	f.StringVar(&o.match, "match", "", "only documents whose 'Platform/Type' matches this pattern")
	f.BoolVar(&o.dryRun, "dry-run", false, "only print how many results would change")
	return cmd
}

func runDetect(ctx context.Context, a *cli, o *detectOptions) error {
	if !o.again {
		return fmt.Errorf("%w: changes are detected when versions are recorded; "+
			"`fineprint detect --again` re-runs detection on stored versions", model.ErrInvalid)
	}
	s, err := a.openStore()
	if err != nil {
		return err
	}
	if !o.dryRun {
		a.app().BackupBefore(ctx, s, rescue.Detection)
	}
	bar := newProgress(a, "detecting again")
	r, err := s.DetectAgain(ctx, store.DetectAgainOptions{Match: o.match, DryRun: o.dryRun, Progress: bar.at})
	bar.end()
	if err == nil && !o.dryRun && r.Differing() > 0 {
		bar = newProgress(a, "indexing")
		_, err = s.Upkeep(ctx, store.UpkeepOptions{Progress: bar.at})
		bar.end()
	}
	if err != nil {
		return err
	}
	if !o.dryRun {
		defer a.noteAlerts(a.app().AfterRecording(ctx, s))
	}
	return cmp.Or(a.print(r, func() { a.printDetection(r, o.dryRun) }), uncompared(r.Uncompared))
}

func (a *cli) printDetection(r model.Redetection, dryRun bool) {
	if r.Uncompared > 0 {
		a.printf("%d of %d changes could not be compared.\n", r.Uncompared, r.Changes)
	}
	if r.Differing() == 0 {
		a.printf("No results changed: re-ran detection on %d changes of %d documents.\n", r.Changes, r.Documents)
		return
	}
	verb := "differ now"
	if dryRun {
		verb = "would differ"
	}
	a.printf("%d of %d results %s: %d material → folded, %d folded → material, "+
		"%d folded for a different reason, %d new.\n",
		r.Differing()-r.Decided, r.Changes, verb, r.Folded, r.Raised, r.Renamed, r.New)
	if r.Decided > 0 {
		a.printf("%d more are already decided and stay unchanged.\n", r.Decided)
	}
}
