package reading_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"fineprint/cmd/dev/deskfixture"
)

// sections is a desk whose one change is in so many sections, each longer than a window.
func sections(n int) deskfixture.Static {
	clauses := make([][3]string, n)
	for i := range clauses {
		text := deskfixture.Numbered(fmt.Sprintf("w%d-", i), 300)
		clauses[i] = [3]string{"", "", text}
		if i%2 == 1 {
			clauses[i] = [3]string{"", text, ""}
		}
	}
	return deskfixture.Paragraphs(clauses...)
}

func open(t *testing.T, desk deskfixture.Static, w, h int, style string) *deskfixture.Driver {
	t.Helper()
	s := &deskfixture.Driver{T: t}
	s.Start(desk, w, h, style)
	s.Keys("enter")
	return s
}

// outline is what stands left of the text.
func outline(s *deskfixture.Driver) string {
	var lines []string
	for _, l := range s.Under() {
		left, _, _ := strings.Cut(l, "│")
		lines = append(lines, left)
	}
	return strings.Join(lines, "\n")
}

// TestOutlineFollowsTheReader: it marks the section that is read and keeps it in sight,
// goes where it is told to, and can be hidden.
func TestOutlineFollowsTheReader(t *testing.T) {
	s := open(t, sections(60), 120, 24, "dark")
	if got := outline(s); !strings.Contains(got, "OUTLINE") || !strings.Contains(got, "60 changes") ||
		!strings.Contains(got, "▌ + 1. Part") {
		t.Fatalf("the outline is\n%s", got)
	}
	s.Keys("G")
	if got := outline(s); !strings.Contains(got, "▌ - 60. Part") || strings.Contains(got, " 1. Part ") {
		t.Errorf("at the end the outline is\n%s", got)
	}
	s.Keys("h", "g", "j", "j", "j", "l")
	s.Shows("▌ + 3. Part", "clause 3/60")
	s.Keys("h", "j", "q") // back to the text, not to the queue
	s.Shows("clause 3/60")
	s.Keys("o")
	if got := outline(s); strings.Contains(got, "OUTLINE") {
		t.Errorf("hidden it is\n%s", got)
	}
	s.Keys("h")
	s.Shows("OUTLINE")
}

// TestOutlineLiesOverANarrowText while it has the keys, and only then.
func TestOutlineLiesOverANarrowText(t *testing.T) {
	for _, style := range []string{"dark", "ascii"} {
		s := open(t, sections(9), 80, 24, style)
		if strings.Contains(s.Frame(), "OUTLINE") {
			t.Fatal("it is there unasked")
		}
		s.Keys("o")
		s.Shows("OUTLINE", "9 changes")
		s.Keys("j", "j", "j", "enter")
		s.Shows("clause 4/9")
		if strings.Contains(s.Frame(), "OUTLINE") {
			t.Error("it stays after it was used")
		}
		s.Keys("o", "esc")
		s.Shows("clause 4/9")
	}
}

// TestMouseReads: a click on a section goes there, one on the strip to that part of the
// text, and the edge of the outline is dragged.
func TestMouseReads(t *testing.T) {
	s := open(t, sections(9), 120, 30, "dark")
	head := len(s.Page()) - len(s.Under())
	click := func(x, line int) {
		s.Deliver(tea.MouseClickMsg{X: x, Y: head + line, Button: tea.MouseLeft})
	}
	click(5, 4) // under the outline's head
	s.Shows("clause 3/9")
	click(119, len(s.Under())-3) // the last line above status and footer
	s.Shows("100%")
	s.Deliver(tea.MouseMotionMsg{X: 119, Y: head, Button: tea.MouseLeft})
	s.Shows("clause 1/9", "0%")
	s.Deliver(tea.MouseReleaseMsg{X: 119, Y: head})
	edge := ansi.StringWidth(strings.Split(outline(s), "\n")[0])
	click(edge, 4)
	s.Deliver(tea.MouseMotionMsg{X: 40, Y: head + 4, Button: tea.MouseLeft})
	s.Deliver(tea.MouseReleaseMsg{X: 40, Y: head + 4})
	s.Deliver(tea.MouseMotionMsg{X: 20, Y: head + 4}) // let go
	if got := ansi.StringWidth(strings.Split(outline(s), "\n")[0]); got != 40 {
		t.Errorf("dragged from %d to 40 the outline is %d wide", edge, got)
	}
}

// TestBarBetweenTheTextsIsDragged shares out the room.
func TestBarBetweenTheTextsIsDragged(t *testing.T) {
	s := open(t, deskfixture.Paragraphs([3]string{"", "You are 16 years old.", "You are 13 years old."}), 108, 24, "dark")
	bar := func() int {
		for _, l := range s.Body() {
			if before, _, found := strings.Cut(l, "│"); found {
				return ansi.StringWidth(before)
			}
		}
		t.Fatalf("there is no bar in\n%s", s.Frame())
		return 0
	}
	was := bar()
	line := len(s.Page()) - len(s.Under()) + 3
	s.Deliver(tea.MouseClickMsg{X: was, Y: line, Button: tea.MouseLeft})
	for x := was; x <= 70; x++ {
		s.Deliver(tea.MouseMotionMsg{X: x, Y: line, Button: tea.MouseLeft})
	}
	s.Deliver(tea.MouseReleaseMsg{X: 70, Y: line})
	if now := bar(); now < 69 || now > 71 {
		t.Errorf("dragged from %d to 70 the bar is at %d", was, now)
	}
}

// TestStripShowsWhereTheReaderIs: what is in sight is thicker, and in ASCII what changed
// has signs.
func TestStripShowsWhereTheReaderIs(t *testing.T) {
	strip := func(s *deskfixture.Driver) string {
		var out strings.Builder
		for _, l := range s.Under()[:len(s.Under())-2] {
			out.WriteString(l[len(strings.TrimRight(l, "█▐│┃+-~:|!")):])
		}
		return out.String()
	}
	s := open(t, sections(3), 80, 24, "dark")
	if got := strip(s); !strings.HasPrefix(got, "█") || !strings.HasSuffix(got, "▐") {
		t.Errorf("at the top it is %q", got)
	}
	s.Keys("G")
	if got := strip(s); !strings.HasPrefix(got, "▐") || !strings.HasSuffix(got, "█") {
		t.Errorf("at the end it is %q", got)
	}
	s = open(t, sections(3), 80, 24, "ascii")
	if got := strip(s); !strings.HasPrefix(got, "+++") || !strings.Contains(got, "---") {
		t.Errorf("in ASCII it is %q", got)
	}
}
