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
	if err != nil {
		return err
	}
	return a.openDesk(ctx, s)
}
