package review

import (
	"fmt"
	"slices"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/redlineview"
)

// annotate takes in what was noted and who the change was assigned to since it was read.
func (s *Screen) annotate(row model.QueueItem, notes []model.ChangeNote) {
	s.detail.Row.Assignee, s.detail.Row.Notes = row.Assignee, row.Notes
	s.detail.Row.Tags, s.detail.Row.FoldedBy = row.Tags, row.FoldedBy
	if slices.Equal(notes, s.detail.Notes) {
		return
	}
	s.detail.Notes = notes
	s.annotated(notes)
	s.Fit()
}

// annotated shows notes under the headings of their clauses.
func (s *Screen) annotated(notes []model.ChangeNote) {
	shown := map[int][]string{}
	for _, n := range notes {
		signed := n.Actor + ", " + humanize.Age(s.Clock().Sub(n.At))
		text := signed + ": " + n.Text
		at := n.Clause - 1 // redlineview.OnChange for none
		if n.Clause == 0 && n.Provision != "" {
			text = fmt.Sprintf("%s, on %q: %s", signed, n.Quote, n.Text)
		}
		shown[max(at, redlineview.OnChange)] = append(shown[max(at, redlineview.OnChange)], text)
	}
	s.SetNotes(shown)
}

// Status is where the reader is and what was found, and what the day came to.
func (s *Screen) Status() string {
	status := s.Viewport.Status()
	if s.Today.Words == "" {
		return status
	}
	if status != "" {
		status += "  "
	}
	return status + s.Today.Words
}
