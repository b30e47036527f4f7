package tui

import (
	"context"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"fineprint/tui/keys"
)

// TestEveryLineIsDoneAndDocumented: each command with an argument has a handler and a
// row of the reference, and the other way round; what it needs is on the registry.
func TestEveryLineIsDoneAndDocumented(t *testing.T) {
	page, err := os.ReadFile("keys/KEYS.md")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, l := range keys.Lines {
		named[l.Name] = true
		if lineHandlers[l.Name] == nil {
			t.Errorf("nothing is done at :%s", l.Name)
		}
		if !strings.Contains(string(page), "| `:"+strings.TrimSpace(l.Name+" "+l.Argument)+"` | "+l.Help+" |") {
			t.Errorf("KEYS.md lacks :%s", l.Name)
		}
		for _, c := range []keys.Command{l.Bare, l.Of} {
			if c != "" && !slices.ContainsFunc(keys.All, func(b keys.Binding) bool { return b.Command == c }) {
				t.Errorf(":%s needs %s, which is no command", l.Name, c)
			}
		}
	}
	for _, name := range slices.Concat(slices.Collect(maps.Keys(lineHandlers)), slices.Collect(maps.Keys(lineValues))) {
		if !named[name] {
			t.Errorf("%s is no line of the registry", name)
		}
	}
}

func TestLineIsReadByNameNumberAndID(t *testing.T) {
	m := New(context.Background(), Options{})
	for text, want := range map[string]typedLine{
		"": {}, " : ": {}, "filter": {command: keys.Filter}, "undo": {command: keys.Undo}, "mark shown": {command: keys.MarkShown},
		"mark-shown": {command: keys.MarkShown}, "Undo": {command: keys.Undo}, "sort": {command: keys.Sort},
	} {
		if got, err := m.readLine(text); err != nil || got != want {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"42": "row 42", "fp-c-7": "go fp-c-7", ":go FP-C-7": "go FP-C-7", "filter  sev:high zoom": "filter sev:high zoom",
		"severity high": "severity high", "Severity HIGH": "severity HIGH", "snooze 2w": "snooze 2w",
	} {
		if got, err := m.readLine(text); err != nil || got.line.Name+" "+got.argument != want {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for text, says := range map[string]string{
		"flter x": "did you mean filter?", "the user agrees to it": "no command is called", "severity hihg": "did you mean high?",
		"severity": "severity needs its argument", "approove": "did you mean approve?", "zoom-x": "no command",
		"unfold": "isn't available on this screen", "theme pink": "use one of",
	} {
		if _, err := m.readLine(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzReadLine(f *testing.F) {
	m := New(context.Background(), Options{})
	for _, l := range keys.Lines {
		f.Add(l.Name + " x")
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, _ = m.readLine(text)
		m.completeLine(text)
	})
}
