package platforms_test

import (
	"testing"

	"fineprint/cmd/dev/deskfixture"
)

// TestPlatformsAreNarrowedWhileTypingAndSorted: what is pending, how busy it was, whether fetching works; the
// list is narrowed while one types, and sorted.
func TestPlatformsAreNarrowedWhileTypingAndSorted(t *testing.T) {
	s := deskfixture.NewStore(t)
	deskfixture.Track(t, s)
	d := deskfixture.OpenTerminal(t, s, 120, 30)
	d.Sees("link  ")
	d.Press("q")
	d.Sees("Platforms", "3, by material pending", "All platforms", "1 failing", "▆")
	d.Press("j")
	d.Sees("1 document", "decided 0 of 1")
	d.Press("j", "j")
	d.Sees("fetching fails")
	d.Press("D")
	d.Sees("Three ways to add", "Track a document", "Try the demo")
	d.Press("q")
	d.Sees("fetching fails")
	d.Press("/", "bls") // letters in order
	d.Sees("1 of 3", "Borealis", "Platforms: bls")
	d.Press("esc")
	d.Sees("3, by material pending", "Cyan")
	d.Press("S", "S", "S")
	d.Sees("3, by failing")
	d.Press("/", "cyan", "enter", "j", "enter")
	d.Sees("No pending changes of cyan")
	d.Press("q")
	d.Sees("Platforms: cyan", "1 of 3, by failing")
}
