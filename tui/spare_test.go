package tui_test

import (
	"testing"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/tui"
	"fineprint/tui/config"
	"fineprint/tui/keys"
)

// TestLettersMoveInLists: h and l lead back and in as the arrows do, and what was a
// severity says what is one.
func TestLettersMoveInLists(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(deskfixture.NewStore(t), 120, 30, "dark")
	s.Shows("by risk")
	s.Keys("h")
	s.Shows("Platforms")
	for _, key := range []string{"esc", "left", "h"} { // back once too often
		s.Keys(key)
		s.Shows("Platforms", "q quits")
		if s.Left() {
			t.Fatalf("%s ends the desk", key)
		}
	}
	s.Keys("l")
	s.Shows("by risk")
	s.Keys("c")
	s.Shows("1–4 set severity")
	s.Keys("l")
	s.Shows("FP-C-000001", "Needs severity")
	s.Keys("L") // not shown any more, and still there
	s.Shows("Confidence low")
	s.Keys("C", "C")
	s.Shows("Confidence medium")
	s.Keys("q", "q", "q")
	if !s.Left() {
		t.Error("q does not end the desk")
	}
}

// TestSourceHasMovedAndSaysSo: the old key of the source works where nothing else took it,
// and names the new one.
func TestSourceHasMovedAndSaysSo(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.Start(deskfixture.NewStatic(), 120, 30, "dark")
	s.Keys("A")
	s.Keys("o")
	s.Shows("there is no browser to open it in") // carried out, and refused here
}

// TestOldKeysOfTheSettingsStillWork: a file that gives a severity its letter has it.
func TestOldKeysOfTheSettingsStillWork(t *testing.T) {
	s := &deskfixture.Driver{T: t}
	s.StartWith(deskfixture.NewStore(t), 120, 30, "dark", func(o *tui.Options) {
		o.Keys, _ = config.Remap(keys.All, map[string][]string{"critical": {"c"}, "compare": {"ctrl+o"}})
	})
	s.Keys("enter", "c")
	s.Shows("CRITICAL", "1 2 3 c severity")
}
