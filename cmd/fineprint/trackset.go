package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/store/model"
)

type trackSetOptions struct {
	sourceFlags
	every string
}

func newTrackSetCommand(a *cli) *cobra.Command {
	o := &trackSetOptions{}
	cmd := &cobra.Command{
		Use:   "set PATTERN…",
		Short: "Change how tracked documents are requested and read",
		Long: `Change how tracked documents are requested and read. Only the options given are
changed; an empty value clears an option. Documents keep their IDs, versions and
decisions, and become due at once; differences caused by the new options are
labelled as such.

` + secretsHelp,
		Example: `fineprint track set 'Acme/Privacy Policy' --accept-language de --header 'X-Region: eu'
fineprint track set FP-D-00012 --cookie 'session=@session.txt'
fineprint track set Acme --user-agent '' --accept-status 404`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			any := false
			for _, flag := range o.flags() {
				any = any || cmd.Flags().Changed(flag)
			}
			if !any {
				return fmt.Errorf("%w: nothing to change; see `fineprint track set --help`", model.ErrInvalid)
			}
			return runTrackSet(cmd.Context(), a, o, args)
		},
	}
	o.add(cmd)
	cmd.Flags().StringVar(&o.every, "every", "", "fetch interval: 12h, 7d")
	return cmd
}

// flags lists what can be set.
func (o *trackSetOptions) flags() []string {
	return []string{"header", "cookie", "user-agent", "accept-language", "charset", "accept-status", "select", "remove",
		"browser", "action", "ignore-robots", "every"}
}

func runTrackSet(ctx context.Context, a *cli, o *trackSetOptions, patterns []string) error {
	given, err := o.options(a.in)
	if err != nil {
		return err
	}
	request := app.SetRequest{Patterns: patterns, Source: given}
	if o.every != "" {
		if request.Every, err = parseEvery(o.every); err != nil {
			return err
		}
	}
	result, err := a.app().SetTracked(ctx, request)
	if err != nil {
		return err
	}
	return a.printTrackResult(result)
}
