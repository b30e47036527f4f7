package theme_test

import (
	"fmt"

	"fineprint/store/model"
	"fineprint/tui/theme"
)

func ExampleNewPalette() {
	t := theme.NewPalette("mono", true, false)
	fmt.Printf("%q\n", t.Deleted.Styled("16"))
	fmt.Printf("%q\n", t.Severity(model.Critical).Styled("critical"))
	// Output:
	// "\x1b[9m16\x1b[m"
	// "\x1b[1mcritical\x1b[m"
}

func ExampleTheme_Sparkline() {
	fmt.Println(theme.New(true, false).Sparkline([]int{0, 1, 4, 8}))
	fmt.Println(theme.New(true, true).Sparkline([]int{0, 1, 4, 8}))
	// Output:
	// ▁▂▄▆
	// _.=#
}
