package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/store/model"
)

type reviewOptions struct{}

func newReviewCommand(a *cli) *cobra.Command {
	o := &reviewOptions{}
	return &cobra.Command{
		Use:   "review",
		Short: "Open the desk (same as no command)",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return runReview(cmd.Context(), a, o) },
	}
}

func runReview(ctx context.Context, a *cli, _ *reviewOptions) error {
	if !isTerminal(a.in) || !isTerminal(a.out) {
		return fmt.Errorf("%w: the desk needs a terminal; use `fineprint queue`, `show` and `decide` in scripts",
			model.ErrInvalid)
	}
	s, err := a.openStore()
	if errors.Is(err, model.ErrNoStore) && a.dbPath() == app.DefaultPath() {
		s, err = a.app().OpenOrCreate() // a first look: the desk explains how to begin
	}
	if errors.As(err, new(*model.HeadError)) {
		// Not the database that was here before: the desk asks before it shows anything of it.
		a.notef("%s\n", firstUpper(err.Error()))
		if err := acceptHead(ctx, a, false); err != nil {
			return err
		}
		s, err = a.openStore()
	}
	if err != nil {
		return err
	}
	return a.openDesk(ctx, s)
}
