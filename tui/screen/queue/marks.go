package queue

import (
	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
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
	s.marks, s.chosen = listed, nil
}

// marked reports whether some of the changes that a row stands for are selected, and
// whether all of them are.
func (s *Screen) marked(r queueRow) (some, all bool) {
	if len(s.marks) == 0 {
		return false, false
	}
	if r.n == 0 {
		is := s.marks[s.items[r.item].ID]
		return is, is
	}
	all = true
	for _, i := range s.stands(r) {
		is := s.marks[s.items[i].ID]
		some, all = some || is, all && is
	}
	return some, all
}

// selected are those found that are marked, in the order they are listed.
func (s *Screen) selected() []int {
	if s.chosen == nil && len(s.marks) > 0 {
		s.chosen = make([]int, 0, len(s.marks))
		for _, i := range s.found {
			if s.marks[s.items[i].ID] {
				s.chosen = append(s.chosen, i)
			}
		}
	}
	return s.chosen
}

// mark selects changes, or takes their mark away.
func (s *Screen) mark(on bool, ids ...model.ID) {
	for _, id := range ids {
		if on {
			s.marks[id] = true
		} else {
			delete(s.marks, id)
		}
	}
	s.chosen = nil
}

// toggleMark selects the changes that the row under the cursor stands for, or takes
// their marks away, and goes on to the next row.
func (s *Screen) toggleMark() kit.Action {
	r := s.rows[s.at.Cursor]
	_, all := s.marked(r)
	if r.n == 0 {
		s.mark(!all, s.Current())
	}
	for _, i := range s.stands(r) {
		s.mark(!all, s.items[i].ID)
	}
	if r.n > 1 {
		s.saySelected(0)
	}
	s.Scroll(1)
	return nil
}

// markDuplicates selects all changes that say the same as the one under the cursor, as
// far as they are listed.
func (s *Screen) markDuplicates() kit.Action {
	c, n := s.change(), 0
	if c.DuplicateGroup != "" {
		for _, i := range s.found {
			if s.items[i].DuplicateGroup == c.DuplicateGroup {
				s.mark(true, s.items[i].ID)
				n++
			}
		}
	}
	for _, i := range s.stands(s.rows[s.at.Cursor]) {
		s.mark(true, s.items[i].ID)
	}
	s.saySelected(c.DuplicateCount - n)
	return nil
}

// saySelected says what a decision is about now, and how many with the same words it is
// not about.
func (s *Screen) saySelected(hidden int) {
	n := len(s.selected())
	switch {
	case n == 0:
		s.SetStatus("Selection cleared")
	case hidden > 0:
		s.SetStatus("%s selected; decisions apply to all %s of them, not to %s more that the filter hides",
			humanize.Number(n), humanize.Number(n), humanize.Number(hidden))
	default:
		s.SetStatus("%s selected; decisions apply to all", humanize.Number(n))
	}
}

// markShown selects all that is listed.
func (s *Screen) markShown() kit.Action {
	for _, i := range s.found {
		s.marks[s.items[i].ID] = true
	}
	s.chosen = nil
	s.SetStatus("%s selected%s; decisions apply to all", humanize.Number(len(s.marks)), s.sectionNote())
	return nil
}

// unmark takes all marks away.
func (s *Screen) unmark() kit.Action {
	clear(s.marks)
	s.chosen = nil
	s.SetStatus("Selection cleared")
	return nil
}

// clearFirst takes the selection away, and then the filter, before the screen is left.
func (s *Screen) clearFirst() kit.Action {
	again := s.Keys.Key(keys.Back) + " again to go back"
	if len(s.marks) > 0 {
		s.unmark()
		if s.filter() == "" {
			s.SetStatus("Selection cleared (%s)", again)
		}
		return nil
	}
	before := s.before
	cmd := s.narrow(s.stateTerm())
	s.goTo(before)
	s.before = spot{}
	s.SetStatus("Filter cleared (%s)", again)
	return kit.Cmd(cmd)
}

// toggleExpanded lists each of the changes that the row under the cursor stands for, or
// has one row stand for them again.
func (s *Screen) toggleExpanded() kit.Action {
	c := s.change()
	what := shared(c)
	if r := s.rows[s.at.Cursor]; r.n < 2 && !r.child {
		s.SetStatus("This row is one change")
		return nil
	}
	if s.expanded[what] {
		delete(s.expanded, what)
	} else {
		s.expanded[what] = true
	}
	s.arrange()
	return nil
}

// Target is the change under the cursor, or those that are marked.
func (s *Screen) Target() kit.Target {
	c := s.change()
	if c == nil {
		return kit.Target{}
	}
	t := kit.Target{ID: c.ID, Document: c.Document, Row: *c, Reason: c.Reason}
	if many := s.selected(); len(many) > 0 {
		for _, i := range many {
			t.Many = append(t.Many, *s.items[i])
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
