package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"fineprint/cmd/internal/app"
	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/humanize"
)

func newConfigCommand(a *cli) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Show, validate or create the settings file",
		Long: `Settings live in a TOML file: colours, keys, snippets for summaries and more.
FINEPRINT_CONFIG names a file other than the default. A command-line option
overrides a FINEPRINT_ variable, which overrides the file.`,
		Example: `fineprint config init
fineprint config check`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	for _, sub := range []struct {
		use, short string
		run        func(*cli) error
	}{
		{"path", "Print the path of the settings file", runConfigPath},
		{"show", "Show effective settings and their sources", runConfigShow},
		{"init", "Create a settings file with all settings commented out", runConfigInit},
		{"check", "Validate the settings file; exit status 2 if it has problems", runConfigCheck},
	} {
		cmd.AddCommand(&cobra.Command{
			Use: sub.use, Short: sub.short, Args: cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error { return sub.run(a) },
		})
	}
	return cmd
}

// shownProblem is a fault in `config check --json`.
type shownProblem struct {
	Line    int    `json:"line,omitempty"`
	Message string `json:"message"`
}

func runConfigPath(a *cli) error {
	path := a.settings.Path
	if path == "" {
		return fmt.Errorf("%w: no settings folder on this system; set FINEPRINT_CONFIG to a file", model.ErrNotFound)
	}
	if a.json {
		return a.printJSON(struct {
			Path   string `json:"path"`
			Exists bool   `json:"exists"`
		}{path, a.settings.Found})
	}
	a.printf("%s\n", path)
	return nil
}

func runConfigShow(a *cli) error {
	type line struct {
		config.Line
		From string `json:"from"`
	}
	list := []line{}
	for _, l := range config.Lines(a.settings.Values) {
		list = append(list, line{l, a.settings.From(l.Name)})
	}
	if a.json {
		return a.printJSON(struct {
			Path     string `json:"path"`
			Settings []line `json:"settings"`
		}{a.settings.Path, list})
	}
	for _, l := range list {
		if a.plain {
			a.printf("%s: %s; from %s.\n", l.Name, l.TOML, l.From)
			continue
		}
		a.printf("%-42s # %s\n", l.Name+" = "+l.TOML, l.From)
	}
	if s := config.Summary(a.settings.Problems); s != "" {
		a.notef("%s\n", s)
	}
	return nil
}

func runConfigInit(a *cli) error {
	path := a.settings.Path
	if err := a.settings.WriteDefaults(); err != nil {
		return err
	}
	if a.json {
		return a.printJSON(struct {
			Path string `json:"path"`
		}{path})
	}
	a.printf("Created %s; every setting in it is commented out.\n", path)
	return nil
}

func runConfigCheck(a *cli) error {
	c := a.settings
	if a.json {
		shown := []shownProblem{}
		for _, err := range c.Problems {
			var p *config.Problem
			if errors.As(err, &p) {
				shown = append(shown, shownProblem{p.Line, p.Message})
			} else {
				shown = append(shown, shownProblem{Message: err.Error()})
			}
		}
		if err := a.printJSON(struct {
			Path     string         `json:"path"`
			Exists   bool           `json:"exists"`
			Problems []shownProblem `json:"problems"`
		}{c.Path, c.Found, shown}); err != nil {
			return err
		}
	} else {
		a.printSettingsCheck(c)
	}
	if len(c.Problems) > 0 {
		return &statusError{status: exitUsage}
	}
	return nil
}

func (a *cli) printSettingsCheck(c *app.Settings) {
	switch {
	case len(c.Problems) > 0:
		a.printf("%s\n", c.Path)
		for _, err := range c.Problems {
			a.printf("%s\n", err)
		}
		a.printf("%s; these settings use their defaults, the others apply.\n",
			humanize.Count(len(c.Problems), "problem"))
	case !c.Found:
		a.printf("No settings file, so the defaults apply. `fineprint config init` creates one at\n%s\n", c.Path)
	default:
		a.printf("%s\nNo problems found.\n", c.Path)
	}
}
