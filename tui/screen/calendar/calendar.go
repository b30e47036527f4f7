// Package calendar is the screen of what takes effect when, by the documents' own words:
// month by month, what is still to come first, with what became of each change; and the
// line that reminds of what takes effect soon and nobody decided on. It is not for reading
// dates from texts, nor for changes themselves (the review).
//
// Invariants: a date that may be two days is never shown as one of them only; months are no
// rows, so that the cursor is always on a date.
package calendar

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
)

// Reader is what the screen reads.
type Reader interface {
	// Calendar lists what takes effect when, what is still to come first; zero times don't
	// narrow.
	Calendar(ctx context.Context, since, until time.Time) (model.Calendar, error)
	// DueDates lists what takes effect within so long from now and is not decided on.
	DueDates(ctx context.Context, now time.Time, within time.Duration) ([]model.CalendarEntry, error)
	// Behind counts the documents with texts that were not read for dates yet.
	Behind(ctx context.Context) (int, error)
}

// Screen is the screen of what takes effect when.
type Screen struct {
	*kit.Common
	desk   Reader
	rows   []model.CalendarEntry
	behind int
	lines  []line
	shown  kit.List // of lines; its cursor is never on a heading
	kit.Request

	due  int // how many changes are due
	asks kit.Request
}

// line is a heading, or the row of an entry.
type line struct {
	heading string
	entry   int
}

var (
	_ kit.Screen   = (*Screen)(nil)
	_ kit.Updater  = (*Screen)(nil)
	_ kit.Opener   = (*Screen)(nil)
	_ kit.Reloader = (*Screen)(nil)
	_ kit.Clicker  = (*Screen)(nil)
)

// New makes the screen; it reads nothing before it is opened. Without a reader nothing is
// ever due.
func New(c *kit.Common, desk Reader) *Screen { return &Screen{Common: c, desk: desk} }

type (
	calendarMsg struct {
		request int
		cal     model.Calendar
		err     error
	}
	dueMsg struct {
		request, due int
		err          error
	}
)

// Opened reads the dates.
func (s *Screen) Opened() tea.Cmd { return s.Reload() }

// Reload reads the dates again.
func (s *Screen) Reload() tea.Cmd {
	request, ctx, desk := s.Next(), s.Ctx, s.desk
	return func() tea.Msg {
		cal, err := desk.Calendar(ctx, time.Time{}, time.Time{})
		if err == nil {
			cal.Behind, err = desk.Behind(ctx)
		}
		return calendarMsg{request, cal, err}
	}
}

// LoadDue counts what is due, for [Screen.Due].
func (s *Screen) LoadDue() tea.Cmd {
	if s.desk == nil {
		return nil
	}
	request, ctx, desk, now := s.asks.Next(), s.Ctx, s.desk, s.Clock()
	within := time.Duration(s.Config.ReminderDays) * 24 * time.Hour
	return func() tea.Msg {
		due, err := desk.DueDates(ctx, now, within)
		changes := map[model.ID]bool{}
		for i := range due {
			changes[due[i].Change] = true
		}
		return dueMsg{request, len(changes), err}
	}
}

// Due is the line that reminds of what takes effect soon and nobody decided on, "" when
// there is nothing of the sort.
func (s *Screen) Due() string {
	if s.due == 0 {
		return ""
	}
	take, are := "take", "are"
	if s.due == 1 {
		take, are = "takes", "is"
	}
	text := fmt.Sprintf(" %s %s effect within %s and %s not reviewed: %s", humanize.Count(s.due, "announced change"),
		take, humanize.Count(s.Config.ReminderDays, "day"), are, s.Keys.Key(keys.ToCalendar))
	return s.Theme.Modified.Styled(s.Cut(text, s.W))
}

// Update takes in the dates, or how many are due.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	switch msg := msg.(type) {
	case calendarMsg:
		if s.Answered(&s.Request, msg.request, msg.err) {
			s.got(msg.cal)
		}
	case dueMsg:
		// That it can't be read is told by the lists that are read with it.
		if msg.request == s.asks.Asked && msg.err == nil {
			s.due = msg.due
		}
	default:
		return nil, false
	}
	return nil, true
}

// got takes the dates in, and keeps the cursor on the one it was on.
func (s *Screen) got(cal model.Calendar) {
	at, was := s.current(), len(s.rows) > 0
	s.rows, s.behind, s.lines = cal.Entries, cal.Behind, s.lines[:0:0]
	before, cursor := "", -1
	for i := range s.rows {
		e := &s.rows[i]
		if h := heading(e); h != before {
			s.lines = append(s.lines, line{heading: h})
			before = h
		}
		if was && e.Document == at.Document && e.Date.SameDate(at.Date) {
			cursor = len(s.lines)
		}
		s.lines = append(s.lines, line{entry: i})
	}
	s.shown.N = len(s.lines)
	if s.shown.Cursor = cursor; cursor < 0 {
		s.shown.Cursor, s.shown.Top = min(1, len(s.lines)), 0
	}
	s.Fit()
}

// heading is the month of an entry, and on which side of now it is.
func heading(e *model.CalendarEntry) string {
	month := e.Date.Day().Format("January 2006")
	if e.Coming {
		return month + ", still to come"
	}
	return month
}

func (s *Screen) current() model.CalendarEntry {
	if i := s.shown.Cursor; i >= 0 && i < len(s.lines) && s.lines[i].heading == "" {
		return s.rows[s.lines[i].entry]
	}
	return model.CalendarEntry{}
}

// Name is calendar.
func (s *Screen) Name() keys.Screen { return keys.Calendar }

// Scroll moves the cursor by so many lines, off the headings.
func (s *Screen) Scroll(by int) {
	s.shown.Move(by, s.Height())
	if i := s.shown.Cursor; i < len(s.lines) && s.lines[i].heading != "" {
		if by < 0 && i > 0 {
			s.shown.Cursor--
		} else {
			s.shown.Cursor++
		}
	}
	s.Fit()
}

// Fit keeps the cursor in sight, and the heading above it where that is near.
func (s *Screen) Fit() {
	s.shown.Fit(s.Height())
	if top := s.shown.Top; top > 0 && top == s.shown.Cursor && s.lines[top-1].heading != "" && s.Height() > 1 {
		s.shown.Top--
	}
}

// Facts report whether there is a date under the cursor.
func (s *Screen) Facts() keys.Facts {
	f := s.DeskFacts
	if len(s.rows) == 0 {
		f.NoItem = "no date here"
	}
	return f
}

var handlers = kit.Handlers[*Screen]{
	keys.Open: (*Screen).open,
}

// open shows the change that brought a date; without one it was the document's first text,
// which is shown then.
func (s *Screen) open() kit.Action {
	e := s.current()
	if e.Change == "" {
		return kit.OpenClauses{Document: e.Document, Seq: e.Seq}
	}
	return kit.Open{Change: e.Change}
}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) { return handlers.Run(s, c) }

// Click selects a row, and opens the one that is selected.
func (s *Screen) Click(line, _ int) kit.Action {
	if !s.shown.Clicked(line, func(at int) bool { return s.lines[at].heading == "" }) {
		return nil
	}
	return s.open()
}
