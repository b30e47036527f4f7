package year_test

import (
	"testing"

	"fineprint/cmd/dev/deskfixture"
)

// TestDayIsOpenedFromTheYear goes from the platforms to a platform's year, to a day and
// its changes, and back.
func TestDayIsOpenedFromTheYear(t *testing.T) {
	d := deskfixture.OpenTerminal(t, deskfixture.NewStore(t), 120, 30)
	d.Sees("FP-C-000001")
	d.Press("H")
	d.Sees("Year: All platforms", "Mar", "as of", "3 March 2026: 1 change")
	d.Press("q", "q", "j", "H")
	d.Sees("Year: Acme")
	d.Press("p", "n")
	d.Sees("No changes after this day")
	d.Press("enter")
	d.Sees("date:2026-03-02", "All 1", "1 shown")
	d.Press("q", "q") // the filter first
	d.Sees("Year: Acme")
	d.Press("tab")
	d.Sees("Year: All platforms")
	d.Press("q")
	d.Sees("PLATFORM")
}
