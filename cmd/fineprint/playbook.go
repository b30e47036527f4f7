package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/insight/playbook"
	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/sanitize"
)

func newPlaybookCommand(a *cli) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "playbook",
		Short: "Hold your team's expected positions against the documents",
		Long: `Hold your team's expected positions, clause type by clause type, against the
documents. A playbook is a TOML file; ` + "`fineprint playbook init`" + ` writes one with
every part explained.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newPlaybookInitCommand(a), newPlaybookCheckCommand(a), newPlaybookSaveCommand(a),
		newPlaybookShowCommand(a))
	return cmd
}

func newPlaybookInitCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use: "init", Short: "Write an example playbook to standard output",
		Example: "fineprint playbook init > playbook.toml", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := io.WriteString(a.out, playbook.Example)
			return err
		},
	}
}

func newPlaybookCheckCommand(a *cli) *cobra.Command {
	limit, history := 20, false
	cmd := &cobra.Command{
		Use:   "check [FILE]",
		Short: "Show where current documents deviate from a playbook",
		Long: `Show where current documents deviate from a playbook: from FILE (- is standard
input), before it is saved, else from the saved one. The exit status is 1 when
something deviates.`,
		Example: "fineprint playbook check playbook.toml\nfineprint playbook check --json",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runPlaybookCheck(cmd.Context(), a, args, limit, history)
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 20, "maximum number of deviations to print of each position (0: all)")
	cmd.Flags().BoolVar(&history, "history", false,
		"count the changes, over all history, that brought, ended or altered a deviation")
	return cmd
}

// playbookFile reads the file that is named, else the saved playbook.
func (a *cli) playbookFile(ctx context.Context, s *store.Store, args []string) (*playbook.Playbook, error) {
	var file []byte
	var err error
	switch {
	case len(args) == 0:
		saved, err := s.SavedPlaybook(ctx)
		if err != nil {
			return nil, err
		}
		if saved.Number == 0 {
			return nil, fmt.Errorf("%w: no playbook was saved; name a file, or write one with `fineprint playbook init`",
				model.ErrNotFound)
		}
		file = []byte(saved.File)
	default:
		if file, err = a.readPlaybook(args[0]); err != nil {
			return nil, err
		}
	}
	p, err := playbook.Parse(file)
	if err != nil {
		return nil, fmt.Errorf("the playbook: %w", err)
	}
	return p, nil
}

// readPlaybook reads a file, or standard input for -.
func (a *cli) readPlaybook(name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(io.LimitReader(a.in, playbook.MaxFile+1))
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", model.ErrInvalid, err)
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, playbook.MaxFile+1))
}

func runPlaybookCheck(ctx context.Context, a *cli, args []string, limit int, history bool) error {
	if limit < 0 {
		return fmt.Errorf("%w: --limit must be 0 or more", model.ErrInvalid)
	}
	s, err := a.openStore()
	if err != nil {
		return err
	}
	defer collectAt(readingGCPercent)()
	p, err := a.playbookFile(ctx, s, args)
	if err != nil {
		return err
	}
	report, err := s.CheckPlaybook(ctx, p)
	if err != nil {
		return err
	}
	if history {
		counts, err := s.PlaybookHistory(ctx, p)
		if err != nil {
			return err
		}
		for i := range report.Positions {
			n := counts[report.Positions[i].Name]
			report.Positions[i].Changes = &n
		}
	}
	if err := a.print(report, func() { a.printReport(report, limit) }); err != nil {
		return err
	}
	if len(report.Deviations) > 0 {
		return errFindings
	}
	return nil
}

func (a *cli) printReport(r model.PlaybookReport, limit int) {
	a.printf("%s read\n", humanize.Count(r.Documents, "document"))
	rest := r.Deviations
	for _, p := range r.Positions {
		of := rest[:p.Deviations]
		rest = rest[p.Deviations:]
		a.printf("\n%s: %s\n", p.Name, p.Expect)
		if p.Changes != nil {
			a.printf("  %s of all history brought, ended or altered a deviation\n",
				humanize.Count(*p.Changes, "change"))
		}
		if len(of) == 0 {
			a.printf("  nothing deviates\n")
			continue
		}
		a.printf("  %s in %s of %s\n", humanize.Count(len(of), "deviation"), humanize.Count(p.Documents, "document"),
			humanize.Count(p.Platforms, "platform"))
		for i := range of {
			if limit > 0 && i == limit {
				a.printf("  and %d more; --limit 0 prints all\n", len(of)-i)
				break
			}
			d := &of[i]
			a.printf("  %s / %s  %s@%d clause %d: %s\n", d.PlatformName, d.DocumentType, d.Document, d.Seq, d.Clause,
				sanitize.Line(d.Found))
		}
	}
}

func newPlaybookSaveCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use:     "save FILE",
		Short:   "Save a playbook: from now on deviations from it are flagged",
		Example: "fineprint playbook save playbook.toml",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			file, err := a.readPlaybook(args[0])
			if err != nil {
				return err
			}
			s, err := a.openStore()
			if err != nil {
				return err
			}
			n, err := s.SavePlaybook(cmd.Context(), file)
			if err != nil {
				return err
			}
			if err := s.KeepDeviations(cmd.Context()); err != nil {
				return err
			}
			saved, err := s.SavedPlaybook(cmd.Context())
			if err != nil {
				return err
			}
			return a.print(saved, func() { a.printf("saved as playbook %d\n", n) })
		},
	}
}

func newPlaybookShowCommand(a *cli) *cobra.Command {
	return &cobra.Command{
		Use: "show", Short: "Print the saved playbook", Example: "fineprint playbook show > playbook.toml", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			saved, err := readStore(a, func(s *store.Store) (model.SavedPlaybook, error) { return s.SavedPlaybook(cmd.Context()) })
			if err != nil {
				return err
			}
			if saved.Number == 0 && !a.json {
				return fmt.Errorf("%w: no playbook was saved; write one with `fineprint playbook init`",
					model.ErrNotFound)
			}
			return a.print(saved, func() { _, _ = io.WriteString(a.out, sanitize.Text(saved.File)) })
		},
	}
}
