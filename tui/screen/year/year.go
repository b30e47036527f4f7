// Package year is the screen of a year of changes, a cell a day: how many were captured
// on each, of one platform or of all, and what they were on the day under the cursor.
// It is not for counting: the store counts by day, and the queue lists a day's changes.
//
// Invariants: what is counted is read once, in a command; moving reads nothing. How many
// changes a day has shows by the sign of its cell, so that no colour is needed, and the
// day under the cursor in words as well. Days after the last moment that the store knows
// anything of have no cell.
//
// Decision: the five shades are quarters of the year's days that have changes, for a day
// of one import outweighs all others by a hundred times.
package year

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
)

// Reader is what the screen reads.
type Reader interface {
	Tally(ctx context.Context, f model.TallyFilter) (model.Tallies, error)
}

// Screen is the screen of a year.
type Screen struct {
	*kit.Common
	desk Reader
	kit.Request
	slug, name string // of the platform that it was opened for, "" for all
	all        bool   // all are shown, although it was opened for one
	days       model.Tallies
	first      time.Time // the first day that can be gone to
	last       time.Time // and the last one
	day        time.Time // under the cursor
	shades     [3]int    // from how many changes on a day is of the second shade, the third …
	shadesOf   int       // the year that these are of, 0 for none
}

var (
	_ kit.Screen   = (*Screen)(nil)
	_ kit.Updater  = (*Screen)(nil)
	_ kit.Reloader = (*Screen)(nil)
	_ kit.Clicker  = (*Screen)(nil)
)

// New makes the screen; it reads nothing before its first Open.
func New(c *kit.Common, desk Reader) *Screen { return &Screen{Common: c, desk: desk} }

// Open reads the days of a platform by its slug, "" of all.
func (s *Screen) Open(slug, name string) tea.Cmd {
	if slug != s.slug || s.all {
		s.Reset()
		s.days, s.day = model.Tallies{}, time.Time{}
	}
	s.slug, s.name, s.all = slug, name, false
	return s.Reload()
}

type daysMsg struct {
	request int
	days    model.Tallies
	err     error
}

// shownSlug is the platform whose days are shown, "" for all.
func (s *Screen) shownSlug() string {
	if s.all {
		return ""
	}
	return s.slug
}

// Reload reads the days again.
func (s *Screen) Reload() tea.Cmd {
	request, ctx, desk := s.Next(), s.Ctx, s.desk
	filter := model.TallyFilter{By: model.ByDay, Platform: s.shownSlug()}
	return func() tea.Msg {
		days, err := desk.Tally(ctx, filter)
		return daysMsg{request, days, err}
	}
}

// Update takes the days in.
func (s *Screen) Update(msg tea.Msg) (kit.Action, bool) {
	got, ok := msg.(daysMsg)
	if !ok {
		return nil, false
	}
	if s.Answered(&s.Request, got.request, got.err) {
		s.days, s.shadesOf = got.days, 0
		s.last = dayOf(s.days.AsOf)
		s.first = time.Date(s.last.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		if first := s.days.Total.First; !first.IsZero() {
			s.first = time.Date(min(first.Year(), s.last.Year()), 1, 1, 0, 0, 0, 0, time.UTC)
		}
		if s.day.IsZero() {
			s.day = s.last
		}
		s.goTo(s.day)
	}
	return nil, true
}

func dayOf(t time.Time) time.Time {
	t = t.UTC()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// goTo puts the cursor on a day, or the nearest that there is.
func (s *Screen) goTo(day time.Time) {
	switch {
	case day.After(s.last):
		day = s.last
	case day.Before(s.first):
		day = s.first
	}
	s.day = day
	s.shade()
}

// shade finds out which days of the year are of which shade.
func (s *Screen) shade() {
	if s.shadesOf == s.day.Year() {
		return
	}
	s.shadesOf = s.day.Year()
	prefix := s.day.Format("2006")
	var counts []int
	for i := range s.days.Rows {
		if r := &s.days.Rows[i]; r.Changes > 0 && strings.HasPrefix(r.Key, prefix) {
			counts = append(counts, r.Changes)
		}
	}
	slices.Sort(counts)
	before := 1
	for i := range s.shades {
		s.shades[i] = before + 1
		if len(counts) > 0 {
			s.shades[i] = max(s.shades[i], counts[len(counts)*(i+1)/4]+1)
		}
		before = s.shades[i]
	}
}

// level is the shade of so many changes.
func (s *Screen) level(changes int) int {
	if changes == 0 {
		return 0
	}
	level := 1
	for _, from := range s.shades {
		if changes >= from {
			level++
		}
	}
	return level
}

// Name is year.
func (s *Screen) Name() keys.Screen { return keys.Year }

// Scroll moves the cursor by so many days.
func (s *Screen) Scroll(by int) {
	if s.Read {
		s.goTo(s.day.AddDate(0, 0, max(-100000, min(by, 100000))))
	}
}

// Fit does nothing: what is drawn follows from the window and the cursor.
func (s *Screen) Fit() {}

// Status is empty.
func (s *Screen) Status() string { return "" }

// Facts reports whether there is a day to open.
func (s *Screen) Facts() keys.Facts {
	f := s.DeskFacts
	if s.days.On(s.day).Changes == 0 {
		f.NoItem = "no change was captured on this day"
	}
	return f
}

var handlers = kit.Handlers[*Screen]{
	keys.Open:         (*Screen).open,
	keys.PrevWeek:     moved(func(d time.Time) time.Time { return d.AddDate(0, 0, -7) }),
	keys.NextWeek:     moved(func(d time.Time) time.Time { return d.AddDate(0, 0, 7) }),
	keys.PageUp:       moved(func(d time.Time) time.Time { return addMonths(d, -1) }),
	keys.PageDown:     moved(func(d time.Time) time.Time { return addMonths(d, 1) }),
	keys.PrevYear:     moved(func(d time.Time) time.Time { return addMonths(d, -12) }),
	keys.NextYear:     moved(func(d time.Time) time.Time { return addMonths(d, 12) }),
	keys.PrevDay:      (*Screen).toPrevious,
	keys.NextDay:      (*Screen).toNext,
	keys.AllPlatforms: (*Screen).widen,
}

// moved is a handler that moves the cursor.
func moved(to func(time.Time) time.Time) func(*Screen) kit.Action {
	return func(s *Screen) kit.Action {
		if s.Read {
			s.goTo(to(s.day))
		}
		return nil
	}
}

// addMonths is the same day so many months on, or the last one of a month that is shorter.
func addMonths(d time.Time, months int) time.Time {
	first := time.Date(d.Year(), d.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, min(d.Day(), first.AddDate(0, 1, -1).Day())-1)
}

// Commands lists what the screen does itself.
func (s *Screen) Commands() []keys.Command { return handlers.Commands() }

// Run carries out what the screen does itself.
func (s *Screen) Run(c keys.Command) (kit.Action, bool) { return handlers.Run(s, c) }

// open lists the day's changes in the queue, in whatever state.
func (s *Screen) open() kit.Action {
	return kit.ListQuery{Query: "date:" + s.day.Format(time.DateOnly) + " state:all", Platform: s.shownSlug()}
}

// toPrevious goes to the last day before that has changes.
func (s *Screen) toPrevious() kit.Action {
	key := s.day.Format(time.DateOnly)
	for _, r := range slices.Backward(s.days.Rows) {
		if r.Key < key {
			return s.toKey(r.Key)
		}
	}
	s.SetStatus("No changes before this day")
	return nil
}

// toNext goes to the next day that has changes.
func (s *Screen) toNext() kit.Action {
	key := s.day.Format(time.DateOnly)
	for i := range s.days.Rows {
		if r := &s.days.Rows[i]; r.Key > key {
			return s.toKey(r.Key)
		}
	}
	s.SetStatus("No changes after this day")
	return nil
}

func (s *Screen) toKey(key string) kit.Action {
	if day, err := time.Parse(time.DateOnly, key); err == nil {
		s.goTo(day)
	}
	return nil
}

// widen shows all platforms, or again the one that the screen was opened for.
func (s *Screen) widen() kit.Action {
	if s.slug == "" {
		s.SetStatus("These are all platforms; open the year from a platform to see its own")
		return nil
	}
	s.all = !s.all
	return kit.Cmd(s.Reload())
}

// Click puts the cursor on a day, and opens the one that it is on.
func (s *Screen) Click(line, x int) kit.Action {
	day, ok := s.dayAt(line, x)
	switch {
	case !ok:
		return nil
	case !day.Equal(s.day):
		s.goTo(day)
		return nil
	case s.days.On(day).Changes == 0:
		return nil
	}
	return s.open()
}
