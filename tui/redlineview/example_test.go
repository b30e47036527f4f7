package redlineview_test

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/redlineview"
	"fineprint/tui/theme"
)

func ExampleBuild() {
	old, now := "You must be at least 16 years old.", "You must be at least 13 years old."
	change := model.ChangeDetail{OldText: old, NewText: now}
	change.Change.Clauses = []model.ClauseChange{{
		Kind: model.Modified, Material: true, Heading: []string{"Terms", "Age"}, Marks: []string{"number"},
		Old: &model.ByteRange{End: len(old)}, New: &model.ByteRange{End: len(now)},
	}}
	options := redlineview.Options{Width: 80, Theme: theme.NewPalette("mono", true, true)}
	for _, row := range redlineview.Build(change, options) {
		fmt.Println(strings.TrimRight(ansi.Strip(row.Text(options, false, nil)), " "))
	}
	// Output:
	//   1/1 Modified [number 16 -> 13 years]  Terms > Age
	// ~ You must be at least [-16-]{+13+} years old.
}
