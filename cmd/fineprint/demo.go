package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/store/model"
)

func newDemoCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Try Fineprint on sample data; nothing is kept",
		Long: `Serve a fictional web site on this machine, fetch its history through the real
pipeline, and open the desk on the changes. With --plain, print the queue and
one redline instead. The temporary database is deleted on exit.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runDemo(cmd.Context(), a) },
	}
}

func runDemo(ctx context.Context, a *cli) error {
	plain := a.plain || a.json
	if !plain && (!isTerminal(a.in) || !isTerminal(a.out)) {
		return fmt.Errorf("%w: the desk needs a terminal; `fineprint demo --plain` prints the queue and a redline",
			model.ErrInvalid)
	}
	bar := newProgress(a, "fetching the sample site")
	d, err := a.app().NewDemo(ctx, bar.at)
	bar.end()
	if err != nil {
		return err
	}
	defer d.Close()
	if !plain {
		return a.openDesk(ctx, d.Store, app.DemoHost)
	}
	page, changes, err := d.Store.StreamQueue(ctx, model.QueueFilter{})
	if err != nil {
		return err
	}
	if err := a.writeQueue(page, changes, changes); err != nil || a.json {
		return err
	}
	for first, err := range changes {
		if err != nil {
			return err
		}
		a.printf("\n")
		return showChange(ctx, a, &showOptions{}, d.Store, first.ID)
	}
	return nil
}
