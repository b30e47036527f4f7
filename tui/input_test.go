package tui_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/cmd/dev/desktest"
	"fineprint/tui"
)

// opened is a desk on a made-up store, in a window of w by h.
func opened(tb testing.TB, w, h int) *desktest.Desk {
	tb.Helper()
	d := desktest.Open(tui.New(tb.Context(), options(madeStore(tb, 1), rand.New(rand.NewPCG(1, 1)))))
	d.Resize(w, h)
	d.Settle()
	return d
}

// What the robot found, each by itself.

func TestDeleteWordAtTheEndOfAnInput(t *testing.T) {
	d := opened(t, 80, 24)
	d.Press("/")
	d.Type("ab c")
	d.Press("left", "alt+d")
	if got := ansi.Strip(d.Frame()); !strings.Contains(got, "> ab ") || strings.Contains(got, "> ab c") {
		t.Errorf("alt+d on the last letter leaves:\n%s", got)
	}
}

func TestInputsAreDrawnSafe(t *testing.T) {
	for _, open := range []string{"/", "ctrl+p"} {
		d := opened(t, 80, 24)
		d.Press(open)
		d.Send(tea.PasteMsg{Content: "ab\u202ecd\u200b\u1fd5\ufe0f"})
		if why := unsafeIn(d.Frame()); why != "" {
			t.Errorf("%s: the frame holds %s", open, why)
		}
		if !strings.Contains(d.Frame(), "abcd") {
			t.Errorf("%s: what may stay of what was pasted is not shown:\n%s", open, d.Frame())
		}
	}
}

func TestEmptyQueueFitsTheSmallestWindow(t *testing.T) {
	d := opened(t, 60, 20)
	for range 5 { // through all states
		d.Press("tab")
		d.Settle()
		if why := desktest.Flaw(d.Frame(), 60, 20); why != "" {
			t.Error(why)
		}
	}
}
