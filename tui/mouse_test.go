package tui_test

import (
	"strings"
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store/model"
)

// TestMouseDismissesAndUndoes goes from the queue to an undone dismissal without a key but
// enter: rows, the footer, a picker and what a message offers are clicked on.
func TestMouseDismissesAndUndoes(t *testing.T) {
	s := deskfixture.NewStore(t)
	d := deskfixture.OpenTerminal(t, s, 120, 30)
	d.Sees("by risk", "Borealis")
	d.ClickOn("Borealis")
	d.Sees("▌ link")
	d.ClickOn("link       Borealis") // the one selected: opens
	d.Sees("FP-C-000002", "Needs severity, summary")
	d.ClickOn("x dismiss")
	d.Sees("Dismiss because")
	d.Press("enter")
	d.Sees("Borealis · Privacy Policy dismissed: link", "u undo")
	d.ClickOn("Borealis · Privacy Policy dismissed")
	d.Sees("Undone: dismissal (link) of Borealis · Privacy Policy")
	d.ClickOn("q back")
	d.Sees("by risk", "Borealis")
	d.ClickOn("? help")
	d.Sees("Keyboard shortcuts — Queue")
	d.Press("saved f")
	d.Sees("/ saved f", "▌ f  ") // all typed: the list doesn't move
	d.ClickOn("Saved filters")
	d.Sees("Saved filters", "Everything pending")
	d.ClickOn("Everything pending")
	d.Waits(func() bool { return !strings.Contains(d.Screen(), "Everything pending") })
	if n := deskfixture.States(t, s)[model.Pending]; n != 2 {
		t.Errorf("%d are pending", n)
	}
}
