package queue

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/kit"
)

// Preview shows the change under the cursor beside the list, or below it.
type Preview interface {
	// Show shows a change, nil for none; what it reads it reads once the cursor rests.
	Show(change *model.QueueItem) tea.Cmd
	// Lines are at most h lines of at most w cells.
	Lines(w, h int) []string
	// Stale has it read again what it shows.
	Stale()
}

// room is how the window is shared out.
type room struct {
	list  int  // cells of the list
	rows  int  // lines of its rows, under the heads of the columns
	side  int  // cells of the preview beside it, 0 for none
	below int  // lines of the preview below it, its rule among them, 0 for none
	rule  bool // a rule is drawn under all of it
}

func (r room) previewed() bool { return r.side+r.below > 0 }

// joint is where the separator meets a rule, 0 where there is none.
func (r room) joint() int {
	if r.side == 0 {
		return 0
	}
	return r.list + 1
}

// From so many columns on the preview is beside the list. It is below it in a window of
// so many lines, of which a dialog may take some. From so many lines of the window on
// rules are drawn around both.
const (
	besideFrom = 110
	belowFrom  = 24
	leastBelow = 14
	ruledFrom  = 30
)

// room is how the window is shared out now.
func (s *Screen) room() room { return s.roomIn(s.Height()) }

func (s *Screen) roomIn(height int) room {
	r := room{list: s.W, rows: max(1, height-1), rule: s.ruled() && height > 10}
	if r.rule {
		r.rows--
	}
	switch {
	case s.preview == nil || s.unpreviewed || s.request.Err != nil:
	case s.W >= besideFrom:
		r.side = max(s.W*3/8, min(s.W-s.need()-3, 100))
		r.list = s.W - r.side - 3
	case s.H >= belowFrom && height >= leastBelow:
		r.below = min(max(9, height*2/5), 16)
		r.rows -= r.below
	}
	return r
}

// ruled reports whether rules are drawn around list and preview.
func (s *Screen) ruled() bool { return s.H >= ruledFrom }

// compose puts the preview beside or below what is drawn of the list.
func (s *Screen) compose(r room, lines []string) []string {
	switch {
	case r.side > 0:
		shown := s.preview.Lines(r.side, len(lines))
		separator := " " + s.Theme.Border.Styled(s.Theme.Signs.Separator) + " "
		for i := range lines {
			lines[i] += separator
			if i < len(shown) {
				lines[i] += shown[i]
			}
		}
	case r.below > 0:
		lines = append(lines, s.rule(0, ""))
		lines = append(lines, s.preview.Lines(s.W, r.below-1)...)
		for len(lines) < r.rows+1+r.below {
			lines = append(lines, "")
		}
	}
	if r.rule {
		lines = append(lines, s.rule(r.joint(), s.Theme.Signs.TeeUp))
	}
	return lines
}

// rule is a line across the window; where a separator meets it, it has a joint.
func (s *Screen) rule(joint int, with string) string {
	sign := s.Theme.Signs.Rule
	line := strings.Repeat(sign, s.W)
	if joint > 0 {
		line = strings.Repeat(sign, joint) + with + strings.Repeat(sign, s.W-joint-1)
	}
	return s.Theme.Border.Styled(line)
}

// Follow has the preview show what is under the cursor. The shell calls it after every
// message while the queue is shown.
func (s *Screen) Follow() tea.Cmd {
	if s.preview == nil || !s.room().previewed() {
		return nil
	}
	return s.preview.Show(s.change())
}

// togglePreview shows the preview, or hides it; a desk keeps which.
func (s *Screen) togglePreview() kit.Action {
	s.unpreviewed = !s.unpreviewed
	s.Fit()
	if !s.unpreviewed && !s.room().previewed() {
		s.SetStatus("The preview needs a larger window")
	}
	return kit.SavePlace{}
}
