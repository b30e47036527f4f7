package tui_test

import (
	"testing"

	"fineprint/cmd/dev/deskfixture"
)

// TestDeskStateIsRestored: filter, order, grouping and saved filters outlive the desk.
func TestDeskStateIsRestored(t *testing.T) {
	s := deskfixture.LikeStore(t)
	d := deskfixture.OpenTerminal(t, s, 120, 40)
	d.Sees("Queue: pending", "Zeta")
	d.Press("/", "plat:shop", "enter", "t", "t", "S")
	d.Sees("Queue: pending, plat:shop, newest first, by alike", "5 alike")
	d.Press(":")
	d.Sees("Commands")
	d.Press("save this", "enter")
	d.Sees("Save the filter plat:shop as")
	d.Press("shops", "enter")
	d.Sees("the list of filters has shops")
	d.Press("ctrl+c")
	d.Left()
	again := deskfixture.OpenTerminal(t, s, 120, 40)
	again.Sees("Queue: pending, plat:shop, newest first, by alike")
	again.Press("f")
	again.Sees("shops: plat:shop")
}
