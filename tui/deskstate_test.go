package tui_test

import (
	"testing"

	"fineprint/cmd/dev/deskfixture"
)

// TestDeskStateIsRestored: filter, order, grouping and saved filters outlive the desk.
func TestDeskStateIsRestored(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("by risk", "Zeta")
	d.Press("/", "plat:shop", "enter", "t", "t", "S")
	d.Sees("/ plat:shop", "by age", "grouped by alike", "5 identical")
	d.Press("ctrl+p")
	d.Sees("Commands")
	d.Press("save this", "enter")
	d.Sees("Save the filter plat:shop as")
	d.Press("shops", "enter")
	d.Sees("Filter saved as shops")
	d.Press("ctrl+c")
	d.Left()
	again := deskfixture.OpenTerminal(t, s, 120, 40)
	again.Sees("/ plat:shop", "by age", "grouped by alike")
	again.Press("f")
	again.Sees("shops: plat:shop")
}
