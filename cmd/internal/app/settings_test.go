package app

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"fineprint/store/model"
)

// settingsFile makes a settings file the only thing that settings come from.
func settingsFile(t *testing.T, text string) {
	t.Helper()
	for _, name := range []string{"FINEPRINT_ACTOR", "VISUAL", "EDITOR", "NO_COLOR", "TERM"} {
		t.Setenv(name, "")
	}
	path := filepath.Join(t.TempDir(), "config.toml")
	t.Setenv("FINEPRINT_CONFIG", path)
	if text != "" {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOptionsGoBeforeVariablesBeforeTheFile(t *testing.T) {
	settingsFile(t, "actor = \"file\"\neditor = \"ed\"\n[snippets]\na = \"b\"\n")
	t.Setenv("EDITOR", "vi")
	check := func(o Overrides, actor, from string) *Settings {
		t.Helper()
		s := LoadSettings(o)
		if s.Values.Actor != actor || s.From("actor") != from || len(s.Problems) > 0 || !s.Found {
			t.Errorf("%q from %q, %v", s.Values.Actor, s.From("actor"), s.Problems)
		}
		return s
	}
	s := check(Overrides{}, "file", fromFile)
	if s.Values.Editor != "ed" || s.From("snippets.a") != fromFile || s.From("mouse") != fromDefault {
		t.Errorf("%+v", s.Values)
	}
	t.Setenv("FINEPRINT_ACTOR", "variable")
	check(Overrides{}, "variable", "FINEPRINT_ACTOR")
	s = check(Overrides{Actor: "option"}, "option", fromOption)
	if again := s.Reload(); again.Values.Actor != "option" {
		t.Errorf("loaded again: %q", again.Values.Actor)
	}
}

func TestEnvironmentComesAfterTheFile(t *testing.T) {
	settingsFile(t, "split = 40\n")
	t.Setenv("EDITOR", "vi")
	s := LoadSettings(Overrides{})
	if s.Values.Editor != "vi" || s.From("editor") != "EDITOR" || s.Values.Actor == "" {
		t.Errorf("%+v", s.Values)
	}
}

func TestSettingsFileCannotEnableWhatTheTerminalLacks(t *testing.T) {
	settingsFile(t, "ascii = false\npalette = \"default\"\n")
	t.Setenv("TERM", "dumb")
	t.Setenv("NO_COLOR", "1")
	s := LoadSettings(Overrides{})
	if !s.Values.ASCII || s.From("ascii") != "TERM=dumb" || s.Values.Palette != "mono" || s.From("palette") != "NO_COLOR" {
		t.Errorf("%+v", s.Values)
	}
	no := false
	if s := LoadSettings(Overrides{ASCII: &no}); s.Values.ASCII || s.From("ascii") != fromOption {
		t.Errorf("an option: %+v", s.Values)
	}
}

func TestMissingSettingsFileIsAProblemWhenItIsNamed(t *testing.T) {
	settingsFile(t, "")
	s := LoadSettings(Overrides{})
	if s.Found || len(s.Problems) != 1 {
		t.Errorf("%v", s.Problems)
	}
	t.Setenv("FINEPRINT_CONFIG", "")
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	if s := LoadSettings(Overrides{}); s.Found || len(s.Problems) != 0 {
		t.Errorf("the usual file, missing: %v", s.Problems)
	}
}

func TestWriteDefaultsLeavesAFileAsItIs(t *testing.T) {
	settingsFile(t, "")
	path := os.Getenv("FINEPRINT_CONFIG")
	if err := LoadSettings(Overrides{}).WriteDefaults(); err != nil {
		t.Fatal(err)
	}
	if s := LoadSettings(Overrides{}); !s.Found || len(s.Problems) > 0 || s.From("mouse") != fromDefault {
		t.Errorf("what is written does not read as the defaults: %v", s.Problems)
	}
	if err := LoadSettings(Overrides{}).WriteDefaults(); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("a second time: %v", err)
	}
	for _, c := range []struct {
		path string
		kind error
	}{{os.DevNull, model.ErrInvalid}, {filepath.Join(path, "x", "config.toml"), model.ErrUnwritable}} {
		s := &Settings{Path: c.path}
		if err := s.WriteDefaults(); !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", c.path, err)
		}
	}
}
