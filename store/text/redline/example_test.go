package redline_test

import (
	"fmt"

	"fineprint/store/model"
	"fineprint/store/text/redline"
)

func ExampleCompare() {
	for _, s := range redline.Compare("We keep it for 30 days.", "We may keep it for 90 days.").Spans {
		switch s.Op {
		case model.Equal:
			fmt.Print(s.Text)
		case model.Delete:
			fmt.Print("[-", s.Text, "-]")
		case model.Insert:
			fmt.Print("{+", s.Text, "+}")
		}
	}
	// Output: We {+may +}keep it for [-30-]{+90+} days.
}

func ExampleTokens() {
	fmt.Printf("%q\n", redline.Tokens("By January 5, 2026 pay $1,000.50 under 4.2(a)."))
	// Output: ["By" " " "January 5, 2026" " " "pay" " " "$1,000.50" " " "under" " " "4.2(a)" "."]
}
