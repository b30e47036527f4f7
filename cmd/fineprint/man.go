package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/manual"
	"fineprint/store/model"
)

func newManCommand(a *cli) *cobra.Command {
	folder := ""
	cmd := &cobra.Command{
		Use:   "man [COMMAND...]",
		Short: "Print a manual page, or write those of all commands into a folder",
		Example: `fineprint man | man -l -
fineprint man record new | man -l -
fineprint man --to ~/.local/share/man/man1`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return runMan(a, cmd.Root(), folder, args) },
	}
	cmd.Flags().StringVar(&folder, "to", "", "write a page for each command into this folder")
	return cmd
}

func runMan(a *cli, root *cobra.Command, folder string, args []string) error {
	of := manual.Of{Version: version()}
	if at, err := time.Parse(time.RFC3339, thisBuild().date); err == nil {
		of.Date = at.UTC()
	}
	if folder == "" {
		command, rest, err := root.Find(args)
		if err != nil || len(rest) > 0 {
			return fmt.Errorf("%w: there is no command %q; `fineprint --help` lists them", model.ErrInvalid, args)
		}
		_, err = a.out.Write(of.Page(command))
		return err
	}
	if len(args) > 0 {
		return fmt.Errorf("%w: --to writes the pages of all commands; leave out %q", model.ErrInvalid, args)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	n := 0
	for name, page := range of.Pages(root) {
		if err := os.WriteFile(filepath.Join(folder, name), page, 0o644); err != nil {
			return err
		}
		n++
	}
	a.notef("Wrote %d manual pages to %s\n", n, folder)
	return nil
}
