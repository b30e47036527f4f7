package history_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"fineprint/cmd/dev/deskfixture"
)

func open(t *testing.T, w, h int) *deskfixture.Driver {
	t.Helper()
	s := &deskfixture.Driver{T: t}
	s.Start(deskfixture.NewStatic(), w, h, "dark")
	s.Keys("enter", "t")
	s.Shows("Clause history")
	return s
}

func TestHistoryBeginsAtTheStepOfItsChange(t *testing.T) {
	s := open(t, 120, 24)
	s.Shows("5 steps", "frequently changed: 2 material changes in 8 months, 3.00 a year; 11 versions; first seen 2026-03-01",
		"▌ 2026-03-09     9  modified",
		"at least 16", "at least 13")
	s.Keys("enter")
	s.Shows("Needs severity")
}

func TestStepsWithoutAChangeAreNotOpened(t *testing.T) {
	s := open(t, 120, 24)
	s.Keys("p")
	s.Shows("▌ 2026-03-07     7  moved")
	s.Keys("enter")
	s.Shows("Can't do that: no change for this event")
	s.Keys("g")
	s.Shows("▌ 2026-03-01     1  added")
	s.Keys("G")
	s.Shows("▌ 2026-03-12    12  removed", "(absent)")
	s.Keys("n", "n", "p", "p")
	s.Shows("▌ 2026-03-07")
}

func TestTextOfAStepIsScrolledByPages(t *testing.T) {
	s := open(t, 60, 20)
	s.Keys("v")
	s.Shows("Side by side needs a window of")
	s.Size(60, 20)
	s.Keys("pgdown", "pgdown")
	s.Keys("pgup")
	s.Shows("Clause history")
	s.Size(120, 24)
	split := s.Frame()
	s.Keys("v")
	if s.Frame() == split {
		t.Error("inline looks like side by side")
	}
}

func TestClickChoosesAStep(t *testing.T) {
	s := open(t, 120, 24)
	s.Deliver(tea.MouseClickMsg{X: 5, Y: 4, Button: tea.MouseLeft})
	s.Shows("▌ 2026-03-04")
	s.Deliver(tea.MouseClickMsg{X: 5, Y: 15, Button: tea.MouseLeft}) // in the text
	s.Shows("▌ 2026-03-04")
	if bar := s.Page()[0]; !strings.Contains(bar, "5 steps") {
		t.Error(bar)
	}
}
