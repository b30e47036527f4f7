package tui_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/tui/keys"
)

// TestHelpListsAllCommandsInEveryWindow, by section, however far one has to go down for
// them.
func TestHelpListsAllCommandsInEveryWindow(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {120, 40}, {200, 50}} {
		for _, style := range []string{"dark", "ascii"} {
			s := &deskfixture.Driver{T: t}
			s.Start(deskfixture.NewStatic(), size[0], size[1], style)
			s.Keys("enter", "?")
			seen := ""
			for range keys.All.Of(keys.Review) {
				for i, l := range s.Page() {
					if n := ansi.StringWidth(l); n > size[0] {
						t.Fatalf("%v %s: line %d is %d wide", size, style, i, n)
					}
				}
				seen += s.Frame()
				s.Keys("down")
			}
			seen = ansi.Strip(seen)
			for _, b := range keys.All.Of(keys.Review) {
				if words := strings.Join(strings.Fields(b.Help)[:1], " "); !strings.Contains(seen, words) {
					t.Errorf("%v %s: %s is never shown", size, style, b.Command)
				}
			}
			for _, section := range keys.Sections {
				if section != keys.Select && !strings.Contains(seen, strings.ToUpper(string(section))) {
					t.Errorf("%v %s: there is no section %s", size, style, section)
				}
			}
		}
	}
}

// TestHelpCarriesItsLinesOut, chosen by typing, by the arrows, or by a click.
func TestHelpCarriesItsLinesOut(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(deskfixture.NewStatic(), 120, 40, "dark")
	s.Keys("enter", "?")
	s.Shows("Keyboard shortcuts — Review", "MOVE", "DECIDE", "VIEW")
	s.Keys("r", "enter") // its key, typed
	s.Shows("Record preview")
	s.Keys("q", "?", "x", "enter")
	s.Shows("Dismiss because")
	s.Keys("esc")
	if !strings.Contains(s.Page()[39], "approve") {
		t.Errorf("the footer is %q", s.Page()[39])
	}
	s.Keys("s")
	if footer := s.Page()[39]; strings.Contains(footer, "x dismiss") || !strings.Contains(footer, "enter save") ||
		!strings.Contains(footer, "esc keep as draft") {
		t.Errorf("while a summary is written the footer is %q", footer)
	}
}

// TestHelpIsClicked carries out the line that is clicked on.
func TestHelpIsClicked(t *testing.T) {
	d := deskfixture.OpenTerminal(t, deskfixture.NewStore(t), 120, 40)
	d.Sees("Acme")
	d.Press("enter", "?")
	d.Sees("Keyboard shortcuts")
	d.ClickOn("Preview the record")
	d.Sees("Record preview")
}
