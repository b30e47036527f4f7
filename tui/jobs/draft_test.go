package jobs_test

import (
	"strings"
	"testing"

	"fineprint/cmd/dev/deskfixture"
)

// TestDraftIsShownAndAcceptedByKeysOnly: each sentence with its mark, nothing accepted that
// has a problem but by itself, nothing of a hostile draft sent to the terminal.
func TestDraftIsShownAndAcceptedByKeysOnly(t *testing.T) {
	for _, style := range []string{"dark", "ascii"} {
		for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}} {
			s := &deskfixture.Driver{T: t}
			s.Start(deskfixture.NewStatic(), size[0], size[1], style)
			sees := func(wants ...string) {
				t.Helper()
				frame := s.Frame()
				for _, want := range wants {
					if !strings.Contains(frame, want) {
						t.Errorf("%s, %v: %q is not shown in\n%s", style, size, want, frame)
					}
				}
				for _, never := range []string{"\x1b]0;owned", "\x1b[2J", "\x1b[31m"} {
					if strings.Contains(frame, never) {
						t.Errorf("%s, %v: the frame has %q", style, size, never)
					}
				}
			}
			s.Keys("enter", "ctrl+g")
			sees("nobody's judgement yet", "Severity", "no clause type", "The minimum age is 13.", "rests on no quoted words")
			s.Keys("j", "y")
			sees("Can't accept Clause types")
			s.Keys("j", "y")
			sees("Can't accept Summary")
			s.Keys("j")
			sees("at least 13 years old to")
			s.Keys("y")
			sees("nobody's judgement yet")
			s.Keys("k", "k", "k", "y")
			sees("Severity (accepted)")
			s.Keys("esc")
			sees("The draft is kept")
			s.Keys("ctrl+g", "X")
			sees("Draft dropped")
		}
	}
}
