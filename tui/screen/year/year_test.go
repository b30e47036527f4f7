package year

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"fineprint/store/model"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/theme"
)

type fake struct{ days model.Tallies }

func (f fake) Tally(context.Context, model.TallyFilter) (model.Tallies, error) { return f.days, nil }

// opened is the screen of all platforms in a window, with some days' changes.
func opened(t *testing.T, w, h int, ascii bool, asOf string, days map[string]int) *Screen {
	t.Helper()
	c := &kit.Common{Ctx: t.Context(), W: w, H: h, ASCII: ascii, Theme: theme.New(true, ascii), Keys: keys.All, Taken: 1}
	f := fake{}
	f.days.AsOf, _ = time.Parse(time.DateOnly, asOf)
	day, _ := time.Parse(time.DateOnly, "2019-01-01")
	for ; !day.After(f.days.AsOf.AddDate(0, 0, 1)); day = day.AddDate(0, 0, 1) {
		if n := days[day.Format(time.DateOnly)]; n > 0 {
			row := model.Tally{Key: day.Format(time.DateOnly), Figures: model.Figures{Changes: n, First: day, Last: day}}
			f.days.Rows = append(f.days.Rows, row)
			f.days.Total.Add(row.Figures)
		}
	}
	s := New(c, f)
	if a, ok := s.Update(s.Open("", "")()); !ok || a != nil {
		t.Fatalf("%v, %v", a, ok)
	}
	return s
}

func day(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestEveryDayHasACellOfItsOwn: in each year and window every day up to the last known one
// is drawn once, where a click finds it again; no line is wider than the window.
func TestEveryDayHasACellOfItsOwn(t *testing.T) {
	for _, w := range []int{60, 80, 112, 120, 200} {
		for _, h := range []int{12, 24, 40} {
			s := opened(t, w, h, false, "2026-08-22", map[string]int{"2019-03-04": 2})
			for y := 2019; y <= 2026; y++ {
				s.goTo(date(y, 8, 22))
				lines := s.Lines(s.Height())
				seen := map[time.Time]int{}
				for i, line := range lines {
					if ansi.StringWidth(line) > w {
						t.Fatalf("%dx%d: %q is %d wide", w, h, line, ansi.StringWidth(line))
					}
					for x := labelCells; x < w; x += cellWidth {
						if d, ok := s.dayAt(i, x); ok {
							seen[d]++
						}
					}
				}
				whole := len(s.parts()) == 2 || w >= wholeFrom
				for d := date(y, 1, 1); d.Year() == y; d = d.AddDate(0, 0, 1) {
					want := 1
					if d.After(s.last) || !whole && (d.Month() < 7) {
						want = 0
					}
					if seen[d] != want {
						t.Fatalf("%dx%d: %s has %d cells, want %d", w, h, d.Format(time.DateOnly), seen[d], want)
					}
				}
			}
		}
	}
}

func TestCursorMovesByDayWeekMonthAndYear(t *testing.T) {
	s := opened(t, 120, 40, false, "2026-08-22", map[string]int{"2023-05-06": 2, "2024-02-29": 9})
	run := func(want string, commands ...keys.Command) {
		t.Helper()
		for _, c := range commands {
			if _, ok := s.Run(c); !ok {
				t.Fatalf("%s is not carried out", c)
			}
		}
		if got := s.day.Format(time.DateOnly); got != want {
			t.Errorf("after %v the cursor is on %s, want %s", commands, got, want)
		}
	}
	run("2026-08-15", keys.PrevWeek)
	run("2026-08-22", keys.NextWeek, keys.NextWeek) // not past what is known
	s.goTo(day(t, "2024-03-31"))
	run("2024-02-29", keys.PageUp)
	run("2023-02-28", keys.PrevYear)
	run("2023-05-06", keys.NextDay)
	run("2024-02-29", keys.NextDay)
	run("2024-02-29", keys.NextDay)
	run("2023-05-06", keys.PrevDay)
	run("2023-01-01", keys.PrevYear) // the first year with changes
	s.Scroll(3)
	if got := s.day; !got.Equal(date(2023, 1, 4)) {
		t.Errorf("three days on is %v", got)
	}
	s.Scroll(-1 << 30)
	if !s.day.Equal(s.first) {
		t.Errorf("the top is %v", s.day)
	}
	if s.Facts().NoItem == "" {
		t.Error("a day without changes can be opened")
	}
	s.goTo(day(t, "2024-02-29"))
	if a, ok := s.Run(keys.Open); !ok || a != (kit.ListQuery{Query: "date:2024-02-29 state:all"}) {
		t.Errorf("enter does %v", a)
	}
}

// TestShadesAreFiveAndRise: more changes are never of a lesser shade, the most is of the
// last, and the signs differ where there are no colours.
func TestShadesAreFiveAndRise(t *testing.T) {
	for name, days := range map[string]map[string]int{
		"one import": {"2026-01-01": 900, "2026-01-02": 1, "2026-01-03": 2, "2026-01-04": 3, "2026-01-05": 1},
		"one day":    {"2026-01-01": 1},
		"none":       {},
		"equal":      {"2026-01-01": 7, "2026-01-02": 7, "2026-01-03": 7, "2026-01-04": 7, "2026-01-05": 7},
		"spread":     {"2026-01-01": 2, "2026-01-02": 4, "2026-01-03": 8, "2026-01-04": 16, "2026-01-05": 32},
	} {
		s := opened(t, 120, 40, true, "2026-02-01", days)
		before, seen := 0, map[int]bool{}
		for n := range 1000 {
			level := s.level(n)
			if level < before || level > 4 || (level == 0) != (n == 0) {
				t.Errorf("%s: %d changes are of shade %d, after %d", name, n, level, before)
			}
			before, seen[level] = level, true
		}
		if len(seen) != 5 {
			t.Errorf("%s: %d shades", name, len(seen))
		}
	}
	for _, ascii := range []bool{true, false} {
		th, seen := theme.New(true, ascii), map[string]bool{}
		for i := range th.Shades {
			sign := ansi.Strip(th.Shade(i))
			if seen[sign] || ansi.StringWidth(sign) != 1 || ascii && sign[0] > '~' {
				t.Errorf("shade %d is %q", i, sign)
			}
			seen[sign] = true
		}
	}
}

func TestCursorShowsWithoutStyles(t *testing.T) {
	s := opened(t, 120, 40, true, "2026-02-01", map[string]int{"2026-02-01": 4})
	text := ansi.Strip(strings.Join(s.Lines(s.Height()), "\n"))
	if strings.Count(text, ">") != 1 || !strings.Contains(text, "Sun 1 February 2026: 4 changes") {
		t.Errorf("got\n%s", text)
	}
}
