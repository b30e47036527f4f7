package queue

import (
	"fmt"

	"fineprint/store/model"
	"fineprint/tui/kit"
)

// forgetMarks drops the marks of changes that are not listed any more, for what
// can't be seen must not be decided on.
func (s *Screen) forgetMarks() {
	if len(s.marks) == 0 {
		return
	}
	listed := make(map[model.ID]bool, len(s.marks))
	for _, c := range s.items {
		if s.marks[c.ID] {
			listed[c.ID] = true
		}
	}
	s.marks = listed
}

// toggleMark marks the change under the cursor, or takes its mark away, and goes
// on to the next.
func (s *Screen) toggleMark() kit.Action {
	id := s.Current()
	if s.marks[id] {
		delete(s.marks, id)
	} else {
		s.marks[id] = true
	}
	s.Scroll(1)
	return nil
}

// markDuplicates marks the duplicates of the change under the cursor.
func (s *Screen) markDuplicates() kit.Action {
	key := s.change().DuplicateGroup
	for _, i := range s.found {
		if s.items[i].DuplicateGroup == key {
			s.marks[s.items[i].ID] = true
		}
	}
	s.SetStatus("%d marked; a judgement is now one of them all", len(s.marks))
	return nil
}

// markShown marks all that is listed.
func (s *Screen) markShown() kit.Action {
	for _, i := range s.found {
		s.marks[s.items[i].ID] = true
	}
	text := fmt.Sprintf("%d marked", len(s.marks))
	if noise := s.counts[model.SectionNoise]; noise > 0 && noise < len(s.found) {
		text += fmt.Sprintf(", %d of them probably noise", noise)
	}
	s.SetStatus("%s", text)
	return nil
}

// unmark takes all marks away.
func (s *Screen) unmark() kit.Action {
	clear(s.marks)
	return nil
}

// forgetMarksFirst takes the marks away before the screen is left.
func (s *Screen) forgetMarksFirst() kit.Action {
	clear(s.marks)
	s.SetStatus("marks taken away; once more leads back")
	return nil
}

// Target is the change under the cursor, or those that are marked.
func (s *Screen) Target() kit.Target {
	c := s.change()
	if c == nil {
		return kit.Target{}
	}
	t := kit.Target{ID: c.ID, Document: c.Document, Row: *c, Reason: c.Reason}
	if len(s.marks) > 0 {
		for _, i := range s.found {
			if m := s.items[i]; s.marks[m.ID] {
				t.Many = append(t.Many, *m)
			}
		}
		if len(t.Many) > 0 {
			t.Reason = t.Many[0].Reason
		}
		if len(t.Many) == 1 {
			t.ID, t.Document, t.Row, t.Many = t.Many[0].ID, t.Many[0].Document, t.Many[0], nil
		}
	}
	return t
}
