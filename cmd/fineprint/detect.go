package main

import (
	"cmp"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/model"
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
		Short: "Judge the stored versions anew with the present algorithm",
		Long: `Judge the versions of every document anew, as if they were recorded now, after
an update of Fineprint that judges better. Changes keep their IDs; what was
decided stays as it was. It says how many verdicts differ.`,
		Example: "fineprint detect --again --dry-run\nfineprint detect --again --match 'Twitch/*'",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runDetect(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.again, "again", false, "detect again what is in the database")
	f.StringVar(&o.match, "match", "", "only documents whose 'Service/Type' matches this pattern")
	f.BoolVar(&o.dryRun, "dry-run", false, "only say how many verdicts would differ")
	return cmd
}

func runDetect(ctx context.Context, a *cli, o *detectOptions) error {
	if !o.again {
		return fmt.Errorf("%w: changes are detected when versions come in; "+
			"`fineprint detect --again` judges what is stored anew", model.ErrInvalid)
	}
	s, err := a.openStore()
	if err != nil {
		return err
	}
	bar := newProgress(a, "detecting again")
	r, err := s.DetectAgain(ctx, store.DetectAgainOptions{Match: o.match, DryRun: o.dryRun, Progress: bar.at})
	bar.end()
	if err != nil {
		return err
	}
	return cmp.Or(a.print(r, func() { a.printDetection(r, o.dryRun) }), uncompared(r.Uncompared))
}

func (a *cli) printDetection(r model.Redetection, dryRun bool) {
	if r.Uncompared > 0 {
		a.printf("%d of %d changes could not be compared.\n", r.Uncompared, r.Changes)
	}
	if r.Differing() == 0 {
		a.printf("No verdict differs: %d changes of %d documents looked at again.\n", r.Changes, r.Documents)
		return
	}
	verb := "differ now"
	if dryRun {
		verb = "would differ"
	}
	a.printf("%d verdicts of %d %s: %d folded that were material, %d material that were folded, "+
		"%d folded for another reason, %d not seen before.\n",
		r.Differing()-r.Decided, r.Changes, verb, r.Folded, r.Raised, r.Renamed, r.New)
	if r.Decided > 0 {
		a.printf("%d more are decided on already and stay as they are.\n", r.Decided)
	}
}
