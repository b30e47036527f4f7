package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/export"
	"fineprint/store/terms"
	"fineprint/tui"
)

type reviewOptions struct{}

func newReviewCommand(a *app) *cobra.Command {
	o := &reviewOptions{}
	return &cobra.Command{
		Use:   "review",
		Short: "Open the desk (the same as no command)",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return runReview(cmd.Context(), a, o) },
	}
}

func runReview(ctx context.Context, a *app, _ *reviewOptions) error {
	if !isTerminal(a.in) || !isTerminal(a.out) {
		return fmt.Errorf("%w: the desk needs a terminal; use `fineprint queue`, `show` and `decide` in scripts", terms.ErrInvalid)
	}
	s, err := a.openStore()
	if errors.Is(err, terms.ErrNoStore) && a.dbPath() == defaultDB() {
		s, err = a.openOrCreateStore() // a first look: the desk says how to begin
	}
	if err != nil {
		return err
	}
	return a.openDesk(ctx, s)
}

// openDesk runs the terminal interface on a store until it is left.
func (a *app) openDesk(ctx context.Context, s *store.Store) error {
	exporter := &recordExporter{records: s, clock: a.clock}
	return tui.Run(ctx, tui.Options{
		Desk:     s,
		Actor:    a.actorName(),
		Clock:    a.clock,
		ASCII:    a.ascii,
		Markdown: export.RecordMarkdown,
		Changed:  storeChanged(s), OpenURL: openURL, Clipboard: clipboardOf(),
		Export: func(ctx context.Context, format, path string) (int, error) {
			f, err := export.ParseFormat(format)
			if err != nil {
				return 0, err
			}
			return exporter.toFile(ctx, f, terms.RecordFilter{Latest: true}, path)
		},
	})
}
