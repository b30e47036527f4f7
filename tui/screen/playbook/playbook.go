// Package playbook is the screen of where current documents deviate from the team's saved
// playbook: position by position, with the words and the document. It is not for finding
// deviations (the store does), nor for what a change did to them (the queue's filter).
//
// Invariants: while documents are held against the playbook there is a progress and no
// list, so that an empty list always means that nothing deviates; positions without a
// deviation are listed as well.
package playbook

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
	"fineprint/tui/work"
)

// Reader is what the screen reads.
type Reader interface {
	// CheckSavedPlaybook holds the saved playbook against all current documents; the
	// number of the report is 0 when none was saved. progress is called with how many
	// documents were read.
	CheckSavedPlaybook(ctx context.Context, progress func(done, total int)) (model.PlaybookReport, error)
}

// Screen is the screen of deviations.
type Screen struct {
	*kit.Common
	report model.PlaybookReport
	lines  []line
	shown  kit.List // of lines; its cursor is on a deviation where there is one
	text   []string // of the deviation under the cursor
	top    int

	work.Work
}

// line is a position, or a deviation from it.
type line struct{ position, deviation int } // deviation -1 for a position

var (
	_ kit.Screen   = (*Screen)(nil)
	_ kit.Updater  = (*Screen)(nil)
	_ kit.Opener   = (*Screen)(nil)
	_ kit.Reloader = (*Screen)(nil)
	_ kit.Clicker  = (*Screen)(nil)
)

// New makes the screen; it reads nothing before it is opened.
func New(c *kit.Common, desk Reader) *Screen {
	s := &Screen{Common: c}
	s.Do = func(ctx context.Context, progress func(done, total int)) (any, error) {
		return desk.CheckSavedPlaybook(ctx, progress)
	}
	return s
}

// Opened holds the documents against the playbook.
func (s *Screen) Opened() tea.Cmd { return s.Begin(s.Common) }

// Reload does that again.
func (s *Screen) Reload() tea.Cmd { return s.BeginAgain(s.Common) }

// Update takes in the report.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	answer, cmd, own := s.Worked(s.Common, msg)
	if report, ok := answer.(model.PlaybookReport); ok {
		s.got(report)
	}
	return kit.Cmd(cmd), own
}

// got takes the report in, and keeps the cursor on its deviation.
func (s *Screen) got(report model.PlaybookReport) {
	at, was := s.current()
	s.report, s.lines = report, s.lines[:0:0]
	next, first, cursor := 0, -1, -1
	for i, p := range report.Positions {
		s.lines = append(s.lines, line{i, -1})
		for range p.Deviations {
			d := &report.Deviations[next]
			if first < 0 {
				first = len(s.lines)
			}
			if was && d.Position == at.Position && d.Document == at.Document && d.Start == at.Start {
				cursor = len(s.lines)
			}
			s.lines = append(s.lines, line{i, next})
			next++
		}
	}
	s.shown.N = len(s.lines)
	if s.shown.Cursor = cursor; cursor < 0 {
		s.shown.Cursor, s.shown.Top = max(0, first), 0
	}
	s.top = 0
	s.Fit()
}

// current is the deviation under the cursor, if it is on one.
func (s *Screen) current() (model.DocumentDeviation, bool) {
	if i := s.shown.Cursor; i >= 0 && i < len(s.lines) && s.lines[i].deviation >= 0 {
		return s.report.Deviations[s.lines[i].deviation], true
	}
	return model.DocumentDeviation{}, false
}

// Name is playbook.
func (s *Screen) Name() keys.Screen { return keys.Playbook }

// list is how many lines the list has, room how many the deviation under the cursor.
func (s *Screen) list() int { return max(1, min(s.shown.N, s.Height()*3/5)) }
func (s *Screen) room() int { return max(1, s.Height()-s.list()-1) }

// Scroll moves the cursor.
func (s *Screen) Scroll(by int) {
	before := s.shown.Cursor
	if s.shown.Move(by, s.list()); s.shown.Cursor != before {
		s.top = 0
		s.Fit()
	}
}

// Fit keeps the cursor in sight and lays out what it is on.
func (s *Screen) Fit() {
	s.shown.Fit(s.list())
	s.layOut()
	s.page(0)
}

func (s *Screen) page(by int) { s.top = max(0, min(s.top+by, len(s.text)-s.room())) }

// Facts report whether there is a deviation under the cursor.
func (s *Screen) Facts() keys.Facts {
	f := s.DeskFacts
	if _, ok := s.current(); !ok {
		f.NoItem = "no deviation here"
	}
	return f
}

var handlers = kit.Handlers[*Screen]{
	keys.Open:         func(s *Screen) kit.Action { return s.open() },
	keys.NextPosition: func(s *Screen) kit.Action { s.toPosition(1); return nil },
	keys.PrevPosition: func(s *Screen) kit.Action { s.toPosition(-1); return nil },
	keys.ClauseDown:   func(s *Screen) kit.Action { s.page(max(1, s.room()-1)); return nil },
	keys.ClauseUp:     func(s *Screen) kit.Action { s.page(-max(1, s.room()-1)); return nil },
}

// toPosition goes to the next position, or the one before; past the last to the first.
func (s *Screen) toPosition(by int) {
	n := len(s.report.Positions)
	if n == 0 {
		return
	}
	to := (s.lines[s.shown.Cursor].position + by + n) % n
	for i, l := range s.lines {
		if l.position == to {
			s.shown.Cursor, s.shown.Top, s.top = i, i, 0
			if i+1 < len(s.lines) && s.lines[i+1].position == to {
				s.shown.Cursor = i + 1
			}
			s.Fit()
			return
		}
	}
}

// open shows the clause that deviates in its version; of what a document doesn't say, the
// document from its beginning.
func (s *Screen) open() kit.Action {
	d, ok := s.current()
	if !ok {
		return nil
	}
	return kit.OpenClauses{Document: d.Document, Seq: d.Seq, At: d.Start}
}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) { return handlers.Run(s, c) }

// Click selects a row, and opens the one that is selected.
func (s *Screen) Click(line, _ int) kit.Action {
	if line >= s.list() {
		return nil
	}
	again := s.shown.Clicked(line, kit.EveryRow)
	s.top = 0
	s.Fit()
	if again {
		return s.open()
	}
	return nil
}

// of is whose document a deviation is in.
func of(d *model.DocumentDeviation, width int) string {
	return sanitize.Line(sanitize.Clip(d.PlatformName+" / "+d.DocumentType, width))
}
