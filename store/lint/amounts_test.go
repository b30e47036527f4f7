package lint

import (
	"fmt"
	"strings"
	"testing"
)

// TestAmountsStandWhereTheyAre reads numbers with their units out of their places.
func TestAmountsStandWhereTheyAre(t *testing.T) {
	for text, want := range map[string]string{
		"We keep it for **18** months, or two (2) years.": "18** months=18 month|two (2) years=24 month",
		"within thirty (30) days, or 5 %":                 "thirty (30) days=720 hour|5 %=5 percent",
		"Article 6 of Regulation 2016/679":                "",
		"up to $1,000.50 in 30-day steps":                 "$1,000.50=1000.5 |30-day=720 hour",
	} {
		var got []string
		for _, a := range Amounts(text) {
			got = append(got, fmt.Sprintf("%s=%g %s", text[a.Start:a.End], a.Value, a.Scale))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q: %q, want %q", text, s, want)
		}
	}
}
