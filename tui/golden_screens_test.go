package tui_test

import (
	"strings"

	"fineprint/cmd/dev/deskfixture"
)

// reading goes through what the review can be read by besides, and back.
func reading(s *deskfixture.Driver, snapshot func(string)) {
	s.Keys("o")
	snapshot("review, its outline shown or hidden")
	s.Keys("o", "\\")
	snapshot("review, source view")
	s.Keys("\\", ";")
	snapshot("review, a note is written")
	s.Keys("esc", ":")
	s.Type("sno")
	snapshot("review, a command is typed")
	s.Keys("esc")
}

// besides goes through the screens that the main path leads past, from the
// platforms and back.
func besides(s *deskfixture.Driver, snapshot func(string)) {
	s.Keys("E")
	snapshot("export, the format")
	s.Keys("enter")
	snapshot("export, the file")
	s.Keys("enter")
	snapshot("exported")
	s.Keys("A")
	snapshot("activity")
	s.Press("F")
	s.Until(func() bool { return strings.Contains(s.Frame(), "2 of 4") }) // what comes next waits for the end
	snapshot("activity, fetching")
	if bar := s.View().ProgressBar; bar == nil || bar.Value != 50 {
		s.T.Errorf("the terminal's progress bar is %+v", bar)
	}
	s.Keys("X")
	if bar := s.View().ProgressBar; bar != nil {
		s.T.Errorf("after the fetch the terminal's progress bar is %+v", bar)
	}
	s.Keys("enter")
	snapshot("versions")
	s.Keys(" ", "j", "j")
	snapshot("versions, one marked")
	s.Keys("enter")
	snapshot("comparison")
	s.Keys("q", "c", "space")
	snapshot("clauses of a version")
	s.Keys("q", "q", "q")
	records(s, snapshot)
	s.Keys(",")
	snapshot("settings")
	s.Keys("p", "p")
	snapshot("settings, another palette")
	s.Keys("p", "q")
	s.Palette("agreement of")
	snapshot("agreement")
	s.Keys("q", "enter", "enter", "t")
	snapshot("history of a clause")
	s.Keys("p", "p")
	snapshot("history of a clause, an earlier step")
	s.Keys("q", "q", "q")
}

// records goes through the screens of provision records, from the platforms and back.
func records(s *deskfixture.Driver, snapshot func(string)) {
	s.Keys("B")
	snapshot("provision records")
	s.Keys("enter")
	snapshot("provision record")
	s.Keys("G")
	snapshot("provision record, its end")
	s.Keys("v")
	snapshot("provision record, the clause or the form alone")
	s.Keys("v", "g", "enter")
	snapshot("provision record, a line is written")
	s.Keys("esc", "n", "enter")
	snapshot("provision record, a word is chosen")
	s.Keys("esc", "j", "enter")
	snapshot("provision record, types are ticked")
	s.Keys("esc", "j", "j", "j", "enter")
	snapshot("provision record, prose is written")
	s.Keys("esc", "j", "j", "j", "enter", "enter")
	snapshot("provision record, an action is written")
	s.Keys("esc", "q", "q")
}
