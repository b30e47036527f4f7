package tui_test

import (
	"strings"

	"fineprint/cmd/dev/deskfixture"
)

// besides goes through the screens that the main path leads past, from the
// platforms and back.
func besides(s *deskfixture.Driver, take func(string)) {
	s.Keys("E")
	take("export, the format")
	s.Keys("enter")
	take("export, the file")
	s.Keys("enter")
	take("exported")
	s.Keys("A")
	take("activity")
	s.Press("F")
	s.Until(func() bool { return strings.Contains(s.Frame(), "2 of 4") }) // what comes next waits for the end
	take("activity, fetching")
	if bar := s.View().ProgressBar; bar == nil || bar.Value != 50 {
		s.T.Errorf("the terminal's progress bar is %+v", bar)
	}
	s.Keys("X")
	if bar := s.View().ProgressBar; bar != nil {
		s.T.Errorf("after the fetch the terminal's progress bar is %+v", bar)
	}
	s.Keys("enter")
	take("versions")
	s.Keys(" ", "j", "j")
	take("versions, one marked")
	s.Keys("enter")
	take("comparison")
	s.Keys("q", "q", "q")
	s.Keys(",")
	take("settings")
	s.Keys("p", "p")
	take("settings, another palette")
	s.Keys("p", "q")
	s.Palette("agreement of")
	take("agreement")
	s.Keys("q", "enter", "enter", "t")
	take("history of a clause")
	s.Keys("p", "p")
	take("history of a clause, an earlier step")
	s.Keys("q", "q", "q")
}
