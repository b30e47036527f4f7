package main

import (
	"bufio"
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/insight/calendar"
	"fineprint/store/model"
	"fineprint/tui/config"
	"fineprint/tui/sanitize"
)

type calendarOptions struct {
	since, until string
	ics, due     bool
}

func newCalendarCommand(a *cli) *cobra.Command {
	o := &calendarOptions{}
	cmd := &cobra.Command{
		Use:   "calendar",
		Short: "List what takes effect when, by the documents' own words",
		Long: `List what takes effect when, by the documents' own words: what is still to come
first, the nearest first, then what took effect. A date that may be two days,
because days and months can't be told apart, is shown with both.

--ics writes an iCalendar file. Write it to a place that your calendar program
subscribes to, as often as you like: the events keep their identity.

--due lists what takes effect within the days of the setting reminder_days and
that nobody has decided on; the exit status is 1 when there is something.

Dates are read from texts that were indexed: run ` + "`fineprint index`" + ` when the
command says that some were not.`,
		Example: "fineprint calendar\nfineprint calendar --since 2026-01-01 --until 2026-12-31 --json\n" +
			"fineprint calendar --ics > terms.ics\nfineprint calendar --due",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runCalendar(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.since, "since", "", "only what takes effect on a date (2026-01-01) or later, or since a period ago (90d)")
	f.StringVar(&o.until, "until", "", "only what takes effect up to a date, that day included")
	f.BoolVar(&o.ics, "ics", false, "write an iCalendar file")
	f.BoolVar(&o.due, "due", false, "only what takes effect soon and is not decided on")
	cmd.MarkFlagsMutuallyExclusive("due", "since")
	cmd.MarkFlagsMutuallyExclusive("due", "until")
	return cmd
}

func runCalendar(ctx context.Context, a *cli, o *calendarOptions) error {
	if o.ics && (a.json || a.plain) {
		return fmt.Errorf("%w: use --ics, --json or --plain, one of them", model.ErrInvalid)
	}
	cal, err := readCalendar(ctx, a, o)
	if err != nil {
		return err
	}
	if o.ics {
		w := bufio.NewWriter(a.out)
		if err := calendar.WriteICS(w, sanitize.Value(cal.Entries), a.clock()); err != nil {
			return err
		}
		return w.Flush()
	}
	if err := a.print(cal, func() { a.printCalendar(cal) }); err != nil {
		return err
	}
	if o.due && cal.Total > 0 {
		return errFindings
	}
	return nil
}

func readCalendar(ctx context.Context, a *cli, o *calendarOptions) (model.Calendar, error) {
	since, err := parseSince(o.since, a.clock())
	if err != nil {
		return model.Calendar{}, err
	}
	until, err := parseUntil(o.until, a.clock())
	if err != nil {
		return model.Calendar{}, err
	}
	if !until.IsZero() {
		until = until.Add(-time.Nanosecond) // the end of the day before
	}
	return readStore(a, func(s *store.Store) (cal model.Calendar, err error) {
		if o.due {
			days := time.Duration(a.reminderDays()) * 24 * time.Hour
			cal.Entries, err = s.DueDates(ctx, a.clock(), days)
			cal.Entries = append([]model.CalendarEntry{}, cal.Entries...)
			cal.Total = len(cal.Entries)
		} else {
			cal, err = s.Calendar(ctx, since, until)
		}
		if err == nil {
			cal.Behind, err = s.Behind(ctx)
		}
		return cal, err
	})
}

// reminderDays is how many days ahead is told of.
func (a *cli) reminderDays() int {
	if a.settings == nil {
		return config.Default().ReminderDays
	}
	return a.settings.Values.ReminderDays
}

func (a *cli) printCalendar(cal model.Calendar) {
	coming := true
	for i := range cal.Entries {
		e := &cal.Entries[i]
		if i == 0 && e.Coming {
			a.printf("still to come:\n")
		}
		if coming && !e.Coming {
			a.printf("took effect:\n")
			coming = false
		}
		state := string(e.Change)
		if e.Change == "" {
			state = string(e.Document)
		}
		if e.State != "" {
			state += " " + string(e.State)
		}
		line := "  %s  %s / %s  %s%s\n"
		if a.plain {
			line = "%s: %s / %s, %s%s.\n"
		}
		a.printf(line, e.Date, e.PlatformName, e.Type, state, entryNotes(e))
	}
	if cal.Total == 0 {
		a.printf("nothing\n")
	}
	if cal.Behind > 0 {
		a.notef("%d documents have texts whose dates were not read yet; run `fineprint index`.\n", cal.Behind)
	}
}

// entryNotes are what else is to be said of a date.
func entryNotes(e *model.CalendarEntry) string {
	notes := ""
	if e.Date.Kind == model.StatedApplies {
		notes += ", a clause"
	}
	if e.Withdrawn {
		notes += ", no longer stated"
	}
	return notes
}
