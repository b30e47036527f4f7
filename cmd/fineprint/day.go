package main

import (
	"context"
	"fmt"
	"time"

	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/humanize"
)

// dayFigures is the JSON of `stats --day`.
type dayFigures struct {
	Day           string    `json:"day"`
	Figures       model.Day `json:"figures"`
	ActiveSeconds int       `json:"active_seconds"`
	// SecondsEach is how long a decision took on average, null while that is not known.
	SecondsEach *int `json:"seconds_each"`
	Goal        int  `json:"goal"`
	// Left is how many are left to the goal, Pending how many changes wait in all; the
	// seconds are what each takes at the day's pace.
	Left           int  `json:"left"`
	LeftSeconds    *int `json:"left_seconds"`
	Pending        int  `json:"pending"`
	PendingSeconds *int `json:"pending_seconds"`
}

// parseDay reads the date of a day, "" or "today" for the one it is, as local midnights.
func parseDay(s string, now time.Time) (from, to time.Time, err error) {
	if s != "" && s != "today" {
		if now, err = time.ParseInLocation(time.DateOnly, s, now.Location()); err != nil {
			return from, to, fmt.Errorf("%w: %q is no date like 2026-11-28", model.ErrInvalid, s)
		}
	}
	y, m, d := now.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, now.Location()), time.Date(y, m, d+1, 0, 0, 0, 0, now.Location()), nil
}

func runDay(ctx context.Context, a *cli, date string) error {
	from, to, err := parseDay(date, a.clock().Local())
	if err != nil {
		return err
	}
	s, err := a.openStore()
	if err != nil {
		return err
	}
	f := dayFigures{Day: from.Format(time.DateOnly), Goal: a.dayGoal()}
	if f.Figures, err = s.DayUntil(ctx, a.actorName(), from, to); err != nil {
		return err
	}
	page, err := s.Queue(ctx, model.QueueFilter{Limit: 1})
	if err != nil {
		return err
	}
	f.Pending = page.Total
	f.complete()
	return a.print(f, func() { a.printDay(f) })
}

// dayGoal is how many decisions the settings want of a day.
func (a *cli) dayGoal() int {
	if a.settings == nil {
		return config.Default().DayGoal
	}
	return a.settings.Values.DayGoal
}

// complete works out what follows from the figures.
func (f *dayFigures) complete() {
	seconds := func(d time.Duration) *int {
		if f.Figures.Each() == 0 {
			return nil
		}
		n := int(d.Round(time.Second).Seconds())
		return &n
	}
	f.ActiveSeconds = int(f.Figures.Active.Seconds())
	f.Left = max(0, f.Goal-f.Figures.Decided)
	f.SecondsEach, f.LeftSeconds = seconds(f.Figures.Each()), seconds(f.Figures.Left(f.Left))
	f.PendingSeconds = seconds(f.Figures.Left(f.Pending))
}

func (a *cli) printDay(f dayFigures) {
	a.printf("%s, %s: %d of %d decided (%d approved, %d dismissed)\n", f.Day, f.Figures.Actor, f.Figures.Decided, f.Goal,
		f.Figures.Approved, f.Figures.Dismissed)
	if f.Figures.Last.IsZero() {
		return
	}
	a.printf("from %s to %s, %s of it active\n", f.Figures.First.Local().Format("15:04"),
		f.Figures.Last.Local().Format("15:04"), humanize.While(f.Figures.Active))
	if f.SecondsEach != nil {
		a.printf("%s each; %d left of the day take %s, all %d pending %s\n", humanize.While(f.Figures.Each()), f.Left,
			humanize.While(f.Figures.Left(f.Left)), f.Pending, humanize.While(f.Figures.Left(f.Pending)))
	}
}
