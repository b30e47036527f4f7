package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/licences"
	"fineprint/store/model"
	"fineprint/tui/sanitize"
)

func newLicensesCommand(a *cli) *cobra.Command {
	list := false
	cmd := &cobra.Command{
		Use:   "licenses [NAME]",
		Short: "Show the licences of everything that this program is made of",
		Long: `Show the licences of the modules, the PDF reader, the fonts and the data that this
program is made of, with their texts; --list names them, a NAME shows those whose
name contains it. Fineprint's own licence is not among them: its owners have not
chosen one.`,
		Example: "fineprint licenses --list\nfineprint licenses bbolt",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return runLicenses(a, list, strings.ToLower(strings.Join(args, "")))
		},
	}
	cmd.Flags().BoolVar(&list, "list", false, "only names, versions and licences")
	return cmd
}

func runLicenses(a *cli, list bool, name string) error {
	all, err := licences.All()
	if err != nil {
		return err
	}
	shown := []licences.Part{}
	for _, p := range all {
		if strings.Contains(strings.ToLower(p.Name), name) {
			shown = append(shown, p)
		}
	}
	if len(shown) == 0 {
		return fmt.Errorf("%w: nothing in this program is called %q; `fineprint licenses --list` names everything",
			model.ErrNotFound, name)
	}
	if list {
		for i := range shown {
			shown[i].Text = ""
		}
	}
	return a.print(shown, func() {
		for _, p := range shown {
			a.printf("%s\n", strings.TrimSpace(p.Name+" "+p.Version)+": "+p.Kind)
		}
		for _, p := range shown {
			if p.Text != "" {
				a.printf("\n%s\n%s\n\n", strings.Repeat("=", 80), strings.TrimSpace(p.Name+" "+p.Version))
				_, _ = a.out.Write([]byte(sanitize.Text(p.Text) + "\n"))
			}
		}
	})
}
