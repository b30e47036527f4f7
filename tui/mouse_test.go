package tui_test

import (
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"

	"fineprint/store/model"
)

// TestMouseAlone goes from the queue to an undone dismissal without a key but
// enter: rows, the footer, a picker and what a message offers are clicked on.
func TestMouseAlone(t *testing.T) {
	s := newStore(t)
	d := openDesk(t, s, 120, 30)
	d.Sees("Queue: pending", "Borealis")
	d.ClickOn("Borealis")
	d.Sees("> (link)")
	d.ClickOn("Borealis") // the one selected: opens
	d.Sees("FP-C-000002", "not judged")
	d.ClickOn("x dismiss")
	d.Sees("Dismiss because")
	d.Press("enter")
	d.Sees("FP-C-000002 dismissed; u takes it back")
	d.ClickOn("FP-C-000002 dismissed")
	d.Sees("undone: FP-C-000002 is pending")
	d.ClickOn("q back")
	d.Sees("Queue: pending", "Borealis")
	d.ClickOn("? help")
	d.Sees("Keys of the queue")
	d.Press("saved f")
	d.Sees("> saved f", "> f  ") // all typed: the list stands still
	d.ClickOn("saved filters")
	d.Sees("Saved filters", "everything pending")
	d.ClickOn("everything pending")
	d.Waits(func() bool { return !strings.Contains(d.Screen(), "everything pending") })
	if n := states(t, s)[model.Pending]; n != 2 {
		t.Errorf("%d are pending", n)
	}
}

// TestSourceIsALink: the name on the review screen leads to where it was captured.
func TestSourceIsALink(t *testing.T) {
	s := newStore(t)
	d := openDesk(t, s, 120, 30)
	d.Sees("Queue: pending", "Acme")
	d.Press("enter")
	d.Sees("FP-C-000001", "not judged")
	leads := ""
	d.Cells(func(_, y int, c *uv.Cell) {
		if y == 0 && c != nil && leads == "" {
			leads = c.Link.URL
		}
	})
	if leads != "https://acme.example/terms" {
		t.Errorf("leads to %q", leads)
	}
}
