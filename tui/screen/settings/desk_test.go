package settings_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/tui"
	"fineprint/tui/config"
)

// TestSettingsReload: what is set and from where, problems of the file, another
// palette at once, and the file in the editor.
func TestSettingsReload(t *testing.T) {
	s := deskfixture.NewStore(t)
	dir := t.TempDir()
	file, script := filepath.Join(dir, "fineprint", "config.toml"), filepath.Join(dir, "editor")
	// An editor that takes a setting out of its comment and makes a mistake.
	if err := os.WriteFile(script, []byte("#!/bin/sh\n{ echo 'ascii = true'; echo 'pallete = 1'; cat \"$1\"; } > "+
		"\"$1.new\" && mv \"$1.new\" \"$1\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("VISUAL", script)
	d := deskfixture.OpenTerminal(t, s, 100, 40, func(o *tui.Options) {
		o.Settings = func() tui.Settings {
			holds, problems := config.Load(file)
			found := len(problems) == 0 || !errors.Is(problems[0], fs.ErrNotExist)
			if !found {
				problems = nil
			}
			return tui.Settings{Holds: holds, Path: file, Found: found, Problems: problems}
		}
	})
	d.Sees("link  ")
	d.Press(",")
	d.Sees("Settings", "not created; e writes it", "palette", `"blue-orange"`, "the default", "Reviewer name")
	d.Press("p")
	d.Sees(`"teal-magenta"`, "this session only", "in the file to keep it")
	d.Press("e")
	d.Sees(`unknown setting "pallete"; did you mean palette?`, `"blue-orange"`)
	if body, err := os.ReadFile(file); err != nil || !strings.Contains(string(body), "# Fineprint settings") {
		t.Errorf("%s, %v", body, err)
	}
	d.Press("q", "enter")
	d.Sees("FP-C-000001", " | ", "[-16-]", "{+13+}") // in ASCII at once
}
