package main

import (
	"errors"
	"io"
	"strings"
	"testing"

	"fineprint/store/export"
	"fineprint/store/model"
)

// TestEveryFormatIsListedByItsReaders fails when the flag's help, the desk's
// picker or COMMANDS.md does not name a format of the table. (Of the settings file
// TestSettingsTakeEveryExportFormat makes sure.)
func TestEveryFormatIsListedByItsReaders(t *testing.T) {
	help := newExportCommand(newCLI(nil, io.Discard, io.Discard)).Flags().Lookup("format").Usage
	picker := exportFormats()
	page := commandsPage()
	for i, f := range export.Formats {
		if !strings.Contains(help, f.Name) {
			t.Errorf("--format's help does not name %s: %s", f.Name, help)
		}
		if i >= len(picker) || picker[i].Name != f.Name || picker[i].About != f.Description {
			t.Errorf("the desk's picker does not offer %s: %v", f.Name, picker)
		}
		if !strings.Contains(page, "- `"+f.Name+"` ") || !strings.Contains(page, f.Description) {
			t.Errorf("COMMANDS.md does not explain %s: %s", f.Name, page)
		}
	}
}

func TestExportsAreSafeForATerminal(t *testing.T) {
	const evil = "a\x1b[31mb"
	for _, c := range []struct {
		content  export.Content
		terminal bool
		escape   bool // the escape character is still in it
	}{
		{export.JSON, false, false}, {export.JSON, true, false},
		{export.Text, false, false}, {export.Text, true, false},
		{export.Binary, false, true},
	} {
		var b strings.Builder
		a := newCLI(nil, &b, io.Discard)
		w, err := a.safeExport(export.Format{Content: c.content}, c.terminal)
		if err == nil {
			_, err = io.WriteString(w, evil)
			err = errors.Join(err, w.Flush())
			a.flush()
		}
		if err != nil || strings.Contains(b.String(), "\x1b") != c.escape {
			t.Errorf("%+v: %q, %v", c, b.String(), err)
		}
	}
	a := newCLI(nil, io.Discard, io.Discard)
	if _, err := a.safeExport(export.Format{Content: export.Binary}, true); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("binary on a terminal: %v", err)
	}
}
