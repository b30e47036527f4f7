package calendar

import (
	"fmt"
	"strings"
	"time"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
	"fineprint/tui/kit"
	"fineprint/tui/sanitize"
)

// Head is how many dates there are and how many of them are still to come.
func (s *Screen) Head() []string {
	right := s.Counted(len(s.rows), "date")
	if s.Err == nil && s.Read {
		coming := 0
		for i := range s.rows {
			if s.rows[i].Coming {
				coming++
			}
		}
		right = fmt.Sprintf("%s, %d still to come", right, coming)
	}
	if s.behind > 0 && s.W >= 100 {
		right = humanize.Count(s.behind, "document") + " not looked at yet, " + right
	}
	return []string{s.TitleBar("Calendar", right)}
}

// Status is what is known of the date under the cursor beside its row.
func (s *Screen) Status() string {
	e := s.current()
	if e.Document == "" {
		return ""
	}
	text := "takes effect"
	if !e.Coming {
		text = "took effect"
	}
	if e.Date.Kind == model.StatedApplies {
		text = "a clause " + text
	}
	if e.Date.Or != "" {
		text += fmt.Sprintf(" on %s or %s: days and months can't be told apart", e.Date.Date, e.Date.Or)
	}
	text += fmt.Sprintf("; first stated by version %d, captured %s", e.Seq, e.CapturedAt.Format(time.DateOnly))
	if e.Withdrawn {
		text += "; no longer stated"
	}
	return s.Safe(text)
}

// Lines are the dates under their months.
func (s *Screen) Lines(height int) []string {
	switch {
	case s.Failed(len(s.rows)):
		return s.Failure("The calendar", keys.Calendar, s.Err)
	case !s.Read:
		return nil
	case len(s.rows) == 0:
		return s.none()
	}
	var lines []string
	for i := s.shown.Top; i < s.shown.N && len(lines) < height; i++ {
		l := s.lines[i]
		if l.heading != "" {
			lines = append(lines, s.Theme.Label.Styled(s.Cut(" "+l.heading, s.W)))
			continue
		}
		lines = append(lines, s.Row(i == s.shown.Cursor, s.row(&s.rows[l.entry])))
	}
	return lines
}

func (s *Screen) none() []string {
	text := "No document is known to state from when it holds."
	if s.behind > 0 {
		text = fmt.Sprintf("No date is known: %s not read for dates yet. `fineprint index` reads them.",
			humanize.Count(s.behind, "document")+map[bool]string{true: " was", false: " were"}[s.behind == 1])
	}
	lines := []string{""}
	for _, l := range s.Wrap(text, s.W-4) {
		lines = append(lines, "  "+l)
	}
	return lines
}

// away is how many days from now a date is that is still to come, and whether another was
// announced.
func (s *Screen) away(e *model.CalendarEntry) string {
	switch {
	case !e.Coming && e.Announced:
		return "announced"
	case !e.Coming:
		return ""
	}
	days := int(e.Date.Day().Sub(s.Clock().UTC().Truncate(24*time.Hour)).Hours() / 24)
	switch {
	case days <= 0:
		return "today"
	case days == 1:
		return "tomorrow"
	}
	return "in " + humanize.Count(days, "day")
}

// row is an entry: its date, what became of the change that brought it, and whose
// document it is.
func (s *Screen) row(e *model.CalendarEntry) string {
	date := e.Date.Date
	if e.Date.Or != "" {
		date += " or"
	}
	state, style := kit.Words(e.State), s.Theme.Faint
	switch {
	case e.Change == "":
		state = "first text"
	case e.State == model.Pending && e.Coming:
		style = s.Theme.Modified
	}
	var notes []string
	if e.Date.Kind == model.StatedApplies {
		notes = append(notes, "a clause")
	}
	if e.Change != "" && !e.Material {
		notes = append(notes, "folded")
	}
	if e.Withdrawn {
		notes = append(notes, "no longer stated")
	}
	text := s.Pad(date, 13) + " "
	if s.W >= 72 {
		text += s.Pad(s.away(e), 12) + " "
	}
	text += style.Styled(s.Pad(state, 11)) + " "
	of := sanitize.Line(sanitize.Clip(e.PlatformName+" / "+e.Type, s.W))
	if s.W >= 100 {
		of = s.Pad(of, min(52, s.W/2-10)) + "  " + s.Pad(string(e.Change), 11)
	}
	text += of
	if len(notes) > 0 {
		text += "  " + s.Theme.Faint.Styled(strings.Join(notes, ", "))
	}
	return text
}
