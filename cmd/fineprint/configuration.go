package main

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"os/user"

	"github.com/spf13/cobra"

	"fineprint/store/export"
	"fineprint/tui/config"
)

// configuration is what holds for one run: the settings file with what stands
// before it. Options go before FINEPRINT_ variables, these before the file; what
// the system says of the user and the editor comes after it. What the terminal
// can't do (NO_COLOR, TERM=dumb) no file gives back.
type configuration struct {
	path     string // of the settings file, "" when there can be none
	found    bool
	settings config.Settings
	problems []error
	sources  map[string]string // of settings that are not at their defaults
}

const (
	fromDefault = "the default"
	fromFile    = "the settings file"
	fromOption  = "an option"
)

// loadConfig reads the settings file. given reports whether an option was.
func loadConfig(a *cli, given func(option string) bool) *configuration {
	c := &configuration{path: os.Getenv("FINEPRINT_CONFIG"), sources: map[string]string{}}
	named := c.path != ""
	if !named {
		c.path = config.Path()
	}
	c.settings = config.Default()
	if c.path != "" && c.path != os.DevNull {
		c.settings, c.problems = config.Load(c.path)
		c.found = true
		if len(c.problems) == 1 && errors.Is(c.problems[0], fs.ErrNotExist) {
			c.problems, c.found = nil, false
			if named {
				c.problems = []error{&config.Problem{File: c.path, Message: "there is no such file, though FINEPRINT_CONFIG names it"}}
			}
		}
	}
	defaults := config.Lines(config.Default())
	for i, l := range config.Lines(c.settings) {
		if i < len(defaults) && l.TOML != defaults[i].TOML {
			c.sources[l.Name] = fromFile
		}
	}
	c.override(a, given)
	return c
}

// override puts what goes before the file, and what comes after it, into place.
func (c *configuration) override(a *cli, given func(string) bool) {
	s := &c.settings
	pick := func(name string, at *string, before, after []source) {
		for _, o := range before {
			if o.value != "" {
				*at, c.sources[name] = o.value, o.from
				return
			}
		}
		for _, o := range after {
			if *at == "" && o.value != "" {
				*at, c.sources[name] = o.value, o.from
			}
		}
	}
	pick("actor", &s.Actor,
		[]source{{a.actor, fromOption}, {os.Getenv("FINEPRINT_ACTOR"), "FINEPRINT_ACTOR"}},
		[]source{{loginName(), "your login name"}, {"analyst", fromDefault}})
	pick("editor", &s.Editor, nil, []source{{os.Getenv("VISUAL"), "VISUAL"}, {os.Getenv("EDITOR"), "EDITOR"}})
	switch {
	case given("ascii"):
		s.ASCII, c.sources["ascii"] = a.ascii, fromOption
	case os.Getenv("TERM") == "dumb":
		s.ASCII, c.sources["ascii"] = true, "TERM=dumb"
	}
	if os.Getenv("NO_COLOR") != "" {
		s.Palette, c.sources["palette"] = "mono", "NO_COLOR"
	}
}

// source is a value and what it comes from.
type source struct{ value, from string }

func loginName() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return u.Username
}

// configure settles what holds before a command runs, and says in one line what
// is wrong with the settings file. The commands about that file say it
// themselves.
func (a *cli) configure(cmd *cobra.Command) {
	a.config = loadConfig(a, cmd.Flags().Changed)
	a.ascii = a.config.settings.ASCII
	for c := cmd; c != nil; c = c.Parent() {
		if c.Name() == "config" {
			return
		}
	}
	if s := config.Summary(a.config.problems); s != "" {
		a.notef("fineprint: %s\n", s)
	}
}

// actorName is who decides.
func (a *cli) actorName() string {
	if a.config == nil { // outside of a command
		return cmp.Or(a.actor, "analyst")
	}
	return a.config.settings.Actor
}

// still reports whether nothing is to move by itself.
func (a *cli) still() bool { return a.plain || a.config != nil && a.config.settings.ReducedMotion }

// exportFormat is the format of an export whose --format is not given.
func (a *cli) exportFormat(file string) string {
	if f, ok := export.FormatOf(file); ok && !a.json {
		return f.Name
	}
	if a.json || a.config == nil {
		return export.DefaultFormat
	}
	return a.config.settings.ExportFormat
}
