package calendar_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fineprint/cmd/dev/deskfixture"
	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui"
)

func TestDatesAreListedByMonth(t *testing.T) {
	for _, style := range []string{"dark", "ascii"} {
		for _, width := range []int{60, 80, 120} {
			s := &deskfixture.Driver{T: t}
			s.Start(deskfixture.NewStatic(), width, 24, style)
			s.Keys("L")
			s.Shows("Calendar", "4 dates, 2 still to come", "May 2026, still to come", "June 2026, still to come", "March 2026",
				"2026-05-01", "pending", "2026-06-07 or", "approved", "first text", "takes effect; first stated by version 3")
			s.Keys("j")
			s.Shows("a clause takes effect on 2026-06-07 or 2026-07-06")
			s.Keys("j", "j", "j", "j")
			s.Shows("took effect; first stated by version 1")
			s.Keys("g")
			s.Shows("takes effect; first stated by version 3")
		}
	}
}

// duly has some changes that are due.
type duly struct {
	deskfixture.Static
	due int
}

func (d *duly) DueDates(_ context.Context, _ time.Time, within time.Duration) ([]model.CalendarEntry, error) {
	var list []model.CalendarEntry
	for n := range d.due {
		e := model.CalendarEntry{Change: model.ID(fmt.Sprintf("FP-C-%06d", n+1))}
		list = append(list, e, e) // a change may bring two dates
	}
	if within != 14*24*time.Hour {
		return nil, fmt.Errorf("%w: %s", model.ErrInvalid, within)
	}
	return list, nil
}

// TestDueChangesAreToldOf: on the queue and on the platforms in one line, and not at all
// where there are none; nothing of the list is lost below it.
func TestDueChangesAreToldOf(t *testing.T) {
	for due, want := range map[int]string{
		0: "",
		1: "1 announced change takes effect within 14 days and is not reviewed: L",
		3: "3 announced changes take effect within 14 days and are not reviewed: L",
	} {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			s := &deskfixture.Driver{T: t}
			s.Start(&duly{deskfixture.NewStatic(), due}, size[0], size[1], "dark")
			for _, at := range []string{"FP-C-000001", "PLATFORM"} {
				frame := strings.Join(s.Page(), "\n")
				if n := strings.Count(frame, "not reviewed"); want == "" && n > 0 || want != "" && !strings.Contains(frame, want) {
					t.Errorf("%d due, at %s:\n%s", due, at, frame)
				}
				if lines := len(s.Page()); lines > size[1] {
					t.Errorf("%d lines in a window of %d", lines, size[1])
				}
				s.Keys("q")
			}
		}
	}
}

// TestChangeIsOpenedFromTheCalendar goes from a real store's reminder to the change, and
// what is decided is due no more.
func TestChangeIsOpenedFromTheCalendar(t *testing.T) {
	s := deskfixture.NewStore(t)
	now := time.Now().UTC()
	text := func(day time.Time, fee string) string {
		return "# Terms\n\nEffective " + day.Format("January 2, 2006") + "\n\n## Fees\n\nYou pay " + fee +
			" for each month in which you use the service.\n\n" +
			strings.Repeat("We may tell you by electronic mail what you have to know about it.\n\n", 12)
	}
	for i, c := range []string{text(now.AddDate(-1, 0, 0), "10 euros"), text(now.AddDate(0, 0, 9), "12 euros")} {
		_, err := s.Record(t.Context(), []model.Capture{{Platform: "Dated", Type: "Terms of Service", Text: c,
			CapturedAt: now.AddDate(0, 0, i-20)}})
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Upkeep(t.Context(), store.UpkeepOptions{}); err != nil {
		t.Fatal(err)
	}
	d := deskfixture.OpenTerminal(t, s, 120, 30, func(o *tui.Options) { o.Clock = time.Now })
	d.Sees("1 announced change takes effect within 14 days")
	d.Press("L")
	d.Sees("2 dates, 1 still to come", "in 9 days", "first text")
	d.Press("enter")
	d.Sees("12 euros", "Dated")
	d.Press("q")
	d.Press(strings.Split(":calendar", "")...)
	d.Press("enter")
	d.Sees("still to come")
	d.Press("j", "enter") // the first text has no change
	d.Sees("Fees")
}
