package viewport_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"fineprint/cmd/dev/deskfixture"
)

// folded is a change with an immaterial clause, a link, and text that stays.
func folded() deskfixture.Static {
	return deskfixture.Paragraphs(
		[3]string{"", "You pay 10 now", "You pay 20 now"},
		[3]string{"=", "They stay as they are.", "They stay as they are."},
		[3]string{"link", "Read [this](https://acme.example/a).", "Read [this](https://acme.example/b)."},
		[3]string{"", "", "We tell nobody."},
	)
}

func TestImmaterialClausesAreFoldedAndUnfolded(t *testing.T) {
	s := deskfixture.Read(t, folded(), 120, 40)
	lines := func() int { return len(strings.Fields(strings.Join(s.Body(), " "))) }
	shut := lines()
	s.Keys("i")
	if open := lines(); open <= shut {
		t.Errorf("unfolded, it has %d words, folded %d", open, shut)
	}
	s.Keys("i")
	if again := lines(); again != shut {
		t.Errorf("folded again, it has %d words, before %d", again, shut)
	}
	s.Keys("}", "f")
	if open := lines(); open <= shut {
		t.Errorf("the one selected does not unfold: %d words", open)
	}
	s.Keys("f", "F")
	if all := lines(); all <= shut {
		t.Errorf("all do not unfold: %d words", all)
	}
	s.Keys("F", "P", "P", "P")
	s.Shows("First change in this document ([ previous document)")
	first := lines()
	s.Keys("f")
	if shorter := lines(); shorter >= first {
		t.Errorf("what is selected does not fold: %d words", shorter)
	}
}

func TestLayoutNeedsRoomForTwoColumns(t *testing.T) {
	s := deskfixture.Read(t, folded(), 60, 30)
	s.Keys("v")
	s.Shows("Side by side needs a window of 100 columns; this one has 60")
	s.Keys("<")
	s.Shows("There is one column only")
	s.Size(120, 30)
	s.Keys("<")
	s.Shows("Old text: 45% of the width")
	s.Keys(">", ">")
	s.Shows("Old text: 55% of the width")
	for range 10 {
		s.Keys(">")
	}
	s.Shows("Old text: 80% of the width")
	s.Keys("v", "<")
	s.Shows("There is one column only")
}

func TestZoomShowsOneTextAlone(t *testing.T) {
	s := deskfixture.Read(t, folded(), 120, 30)
	s.Keys("Z")
	s.Shows("new text only", "20")
	if body := strings.Join(s.Body(), "\n"); strings.Contains(body, "10 now") {
		t.Errorf("the old text is shown too:\n%s", body)
	}
	s.Keys("Z")
	s.Shows("old text only", "10")
	s.Keys("/")
	s.Type("nobody") // only in the new text
	s.Keys("enter")
	s.Shows("1/1 matches of nobody", "We tell nobody.")
}

func TestHiddenLinkTargetsAreRevealed(t *testing.T) {
	s := deskfixture.Read(t, folded(), 120, 30)
	s.Keys("i", "K")
	s.Shows("acme.example/b")
	s.Keys("K", "tab")
	s.Shows("Nothing is searched for (/ searches)")
	s.Keys("J")
	s.Shows("This clause was not moved")
}

func TestSearchWrapsAroundAndEnds(t *testing.T) {
	s := deskfixture.Read(t, folded(), 120, 30)
	s.Keys("w", "/")
	s.Type("ay")
	s.Keys("enter")
	s.Shows("1/2 matches of ay")
	s.Keys("tab")
	s.Shows("2/2 matches of ay")
	s.Keys("tab")
	s.Shows("1/2 matches of ay")
	s.Keys("shift+tab")
	s.Shows("2/2 matches of ay")
	s.Keys("w")                  // what is searched for is found again in what changed
	s.Shows("0/1 matches of ay") // none of them is gone to yet
	s.Keys("/", "ctrl+u")
	s.Type("absent")
	s.Keys("enter")
	s.Shows(`"absent" is not in what changed (w shows the whole document)`)
	s.Keys("w", "/", "ctrl+u")
	s.Type("absent")
	s.Keys("enter")
	s.Shows(`"absent" is not in this document`)
	s.Keys("q")
	s.Shows("by risk")
}

func TestClickSelectsAndUnfolds(t *testing.T) {
	s := deskfixture.Read(t, folded(), 120, 30)
	fold := -1
	for i, l := range s.Page() {
		if strings.Contains(l, "link") {
			fold = i
		}
	}
	if fold < 0 {
		t.Fatalf("no fold is shown:\n%s", strings.Join(s.Page(), "\n"))
	}
	before := strings.Join(s.Body(), "")
	s.Deliver(tea.MouseClickMsg{X: 5, Y: fold, Button: tea.MouseLeft})
	if strings.Join(s.Body(), "") == before {
		t.Error("a click on a fold does nothing")
	}
	s.Deliver(tea.MouseClickMsg{X: 5, Y: 26, Button: tea.MouseLeft}) // under the text
}

func TestWheelScrollsAndSelects(t *testing.T) {
	desk := deskfixture.Paragraphs([3]string{"", "", deskfixture.Numbered("a", 900)},
		[3]string{"", "", deskfixture.Numbered("b", 900)})
	s := deskfixture.Read(t, desk, 80, 24)
	s.Shows("a0", "0%", "1/2")
	for range 20 {
		s.Deliver(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	}
	for range 10 {
		s.Deliver(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
	}
	if strings.Contains(s.Body()[0], "a0 ") || !strings.Contains(s.Above(), "1/2 Added  Terms › 1. Part") {
		t.Errorf("scrolled to\n%s", strings.Join(s.Page()[:6], "\n"))
	}
	s.Keys("G")
	s.Shows("100%", "2/2")
	s.Keys("n")
	s.Shows("Last change in this document (] next document)")
}
