package tui_test

import (
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"

	"fineprint/store/terms"
)

// clickOn clicks on the first cell of a text on the screen.
func (d *desk) clickOn(text string) {
	d.t.Helper()
	for y, line := range strings.Split(d.screen(), "\n") {
		if at := strings.Index(line, text); at >= 0 {
			d.term.SendMouse(uv.MouseClickEvent{X: len([]rune(line[:at])), Y: y, Button: uv.MouseLeft})
			return
		}
	}
	d.t.Fatalf("%q is not on the screen:\n%s", text, d.screen())
}

// TestMouseAlone goes from the queue to an undone dismissal without a key but
// enter: rows, the footer, a picker and what a message offers are clicked on.
func TestMouseAlone(t *testing.T) {
	s, path := newStore(t)
	d := openDesk(t, s, path, 120, 30)
	d.sees("Queue: pending", "Borealis")
	d.clickOn("Borealis")
	d.sees("> (link)")
	d.clickOn("Borealis") // the one selected: opens
	d.sees("FP-C-000002", "not judged")
	d.clickOn("x dismiss")
	d.sees("Dismiss because")
	d.press("enter")
	d.sees("FP-C-000002 dismissed; u takes it back")
	d.clickOn("FP-C-000002 dismissed")
	d.sees("undone: FP-C-000002 is pending")
	d.clickOn("q back")
	d.sees("Queue: pending", "Borealis")
	d.clickOn("? help")
	d.sees("Keys of the queue")
	d.press("saved f")
	d.sees("> saved f", "> f  ") // all typed: the list stands still
	d.clickOn("saved filters")
	d.sees("Saved filters", "everything pending")
	d.clickOn("everything pending")
	d.waits(func() bool { return !strings.Contains(d.screen(), "everything pending") })
	if n := states(t, s)[terms.Pending]; n != 2 {
		t.Errorf("%d are pending", n)
	}
}

// TestSourceIsALink: the name on the review screen leads to where it was captured.
func TestSourceIsALink(t *testing.T) {
	s, path := newStore(t)
	d := openDesk(t, s, path, 120, 30)
	d.sees("Queue: pending", "Acme")
	d.press("enter")
	d.sees("FP-C-000001", "not judged")
	d.mu.Lock()
	defer d.mu.Unlock()
	for x := range d.term.Width() {
		if c := d.term.CellAt(x, 0); c != nil && c.Link.URL != "" {
			if c.Link.URL != "https://acme.example/terms" {
				t.Errorf("leads to %q", c.Link.URL)
			}
			return
		}
	}
	t.Error("no cell is a link")
}
