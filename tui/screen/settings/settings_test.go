package settings_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/tui"
	"fineprint/tui/config"
)

func open(t *testing.T, read func() tui.Settings) *deskfixture.Driver {
	t.Helper()
	s := &deskfixture.Driver{T: t}
	s.StartWith(deskfixture.NewStatic(), 100, 24, "dark", func(o *tui.Options) { o.Settings = read })
	s.Keys(",")
	return s
}

func TestSettingsNameTheirFile(t *testing.T) {
	s := open(t, func() tui.Settings { return tui.Settings{Holds: config.Default()} })
	s.Shows("No settings file; the defaults apply", "palette", "the default")
	s.Keys("e")
	s.Shows("Can't do that: there is no settings file on this system")
	s = open(t, func() tui.Settings {
		return tui.Settings{Holds: config.Default(), Path: "/c.toml", Found: true,
			From: func(name string) string { return "from " + name }}
	})
	s.Shows("file: /c.toml", "from palette")
	if frame := s.Frame(); strings.Contains(frame, "not there yet") {
		t.Error("a file that is there is said not to be")
	}
}

func TestManyProblemsAreCounted(t *testing.T) {
	s := open(t, func() tui.Settings {
		v := tui.Settings{Holds: config.Default(), Path: "/c.toml", Found: true}
		for i := range 7 {
			v.Problems = append(v.Problems, fmt.Errorf("problem %d", i))
		}
		return v
	})
	s.Shows("problem 0", "problem 3", "and 3 more problems (see `fineprint config check`)")
	if frame := s.Frame(); strings.Contains(frame, "problem 4") {
		t.Error("all problems are listed")
	}
}

func TestOtherPaletteIsTriedUntilTheDeskIsLeft(t *testing.T) {
	background := config.Light
	s := open(t, func() tui.Settings {
		v := tui.Settings{Holds: config.Default()}
		v.Holds.Background = background
		return v
	})
	s.Keys("p")
	s.Shows("this session only", "in the file to keep it")
	s.Keys("q", ",")
	s.Shows("this session only") // read again
	s.Keys("j", "j")
	s.Shows("Terminal background")
}

func TestSettingsFileThatCantBeWrittenIsReported(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, func() tui.Settings {
		return tui.Settings{Holds: config.Default(), Path: filepath.Join(folder, "c.toml")}
	})
	s.Keys("e")
	s.Shows("can't write the settings file")
}

func TestEditorThatFailsIsReported(t *testing.T) {
	t.Setenv("VISUAL", "/nowhere/editor")
	file := filepath.Join(t.TempDir(), "c.toml")
	d := deskfixture.OpenTerminal(t, deskfixture.NewStore(t), 100, 30, func(o *tui.Options) {
		o.Settings = func() tui.Settings {
			_, err := os.Stat(file)
			return tui.Settings{Holds: config.Default(), Path: file, Found: !errors.Is(err, os.ErrNotExist)}
		}
	})
	d.Sees("link  ")
	d.Press(",")
	d.Sees("Settings")
	d.Press("e")
	d.Sees("/nowhere/editor failed")
	if _, err := os.Stat(file); err != nil {
		t.Errorf("the file was not written: %v", err)
	}
}
