package year

import (
	"fmt"
	"strings"
	"time"

	"fineprint/store/model"
	"fineprint/tui/humanize"
	"fineprint/tui/keys"
)

const (
	// labelCells is how wide the names of the weekdays are, cellWidth how wide a day.
	labelCells, cellWidth = 4, 2
	// wholeFrom is how many columns the window has for a year to stand side by side: 54
	// weeks may begin in one.
	wholeFrom = labelCells + 54*cellWidth
	// gridLines is how many lines a part of a year takes: the months, and a line for each
	// day of the week.
	gridLines = 8
	// detailLines is how many lines stand below: the shades, the day, the year.
	detailLines = 6
)

// part is a stretch of days that is drawn as one grid, below a line.
type part struct {
	line     int
	from, to time.Time // both included
}

// parts are what is drawn of the cursor's year: all of it, where there is room side by
// side or in two halves, else the half that the cursor is in.
func (s *Screen) parts() []part {
	y := s.day.Year()
	january, july := date(y, 1, 1), date(y, 7, 1)
	june, december := date(y, 6, 30), date(y, 12, 31)
	switch {
	case s.W >= wholeFrom:
		return []part{{0, january, december}}
	case s.Height() >= 2*gridLines+detailLines+2:
		return []part{{0, january, june}, {gridLines + 1, july, december}}
	case s.day.Before(july):
		return []part{{0, january, june}}
	}
	return []part{{0, july, december}}
}

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// monday is the first day of a day's week.
func monday(d time.Time) time.Time { return d.AddDate(0, 0, -(int(d.Weekday())+6)%7) }

// weeks is how many weeks a part takes.
func (p part) weeks() int { return int(p.to.Sub(monday(p.from)).Hours()/24)/7 + 1 }

// Head is the title.
func (s *Screen) Head() []string {
	name := "All platforms"
	if s.shownSlug() != "" {
		name = s.name
	}
	right := ""
	if s.Failed(len(s.days.Rows)) {
		right = "? changes"
	} else if s.Read && !s.days.AsOf.IsZero() {
		right = fmt.Sprintf("%d, as of %s", s.day.Year(), s.last.Format("2 Jan 2006"))
	}
	return []string{s.TitleBar("Year: "+name, right)}
}

// Lines are the days, and under them what they come to.
func (s *Screen) Lines(height int) []string {
	switch {
	case s.Failed(len(s.days.Rows)):
		return s.Failure("The days with changes", keys.Year, s.Err)
	case !s.Read:
		return nil
	case s.days.AsOf.IsZero():
		return s.NothingTracked()
	}
	parts := s.parts()
	var lines []string
	for _, p := range parts {
		for len(lines) < p.line {
			lines = append(lines, "")
		}
		lines = append(lines, s.grid(p)...)
	}
	lines = append(lines, s.detail()...)
	lines = append(lines, s.months(parts[0].from.Month(), parts[len(parts)-1].to.Month(), height-len(lines))...)
	return lines[:min(len(lines), height)]
}

// grid draws a part: a column a week, a line a day of the week.
func (s *Screen) grid(p part) []string {
	start, weeks := monday(p.from), p.weeks()
	names := []byte(strings.Repeat(" ", labelCells+(weeks+1)*cellWidth))
	for m := p.from; !m.After(p.to); m = m.AddDate(0, 1, 0) {
		week := int(m.Sub(start).Hours()/24) / 7
		if m.Day() == 1 && m.Weekday() != time.Monday && week+1 < weeks && m.Month() != p.from.Month() {
			week++ // the first whole week is of this month
		}
		copy(names[labelCells+week*cellWidth:], m.Format("Jan"))
	}
	lines := []string{s.Theme.Faint.Styled(s.Cut(strings.TrimRight(string(names), " "), s.W))}
	for d := range 7 {
		label := "    "
		if d%2 == 0 && d < 6 {
			label = start.AddDate(0, 0, d).Format("Mon ")
		}
		var b strings.Builder
		b.WriteString(s.Theme.Faint.Styled(label))
		for w := range weeks {
			day := start.AddDate(0, 0, 7*w+d)
			if day.Before(p.from) || day.After(p.to) || day.After(s.last) {
				b.WriteString("  ")
				continue
			}
			b.WriteString(s.cell(day))
		}
		lines = append(lines, b.String())
	}
	return lines
}

// cell draws a day. The one under the cursor stands on the theme's reversed style, with a
// sign before it where a terminal shows no style.
func (s *Screen) cell(day time.Time) string {
	level := s.level(s.days.On(day).Changes)
	if !day.Equal(s.day) {
		return " " + s.Theme.Shade(level)
	}
	return s.Theme.Selected.Styled(s.Theme.Signs.Cursor + s.Theme.Shades[level])
}

// dayAt is the day that is drawn in a cell.
func (s *Screen) dayAt(line, x int) (time.Time, bool) {
	if !s.Read || x < labelCells {
		return time.Time{}, false
	}
	for _, p := range s.parts() {
		d := line - p.line - 1
		if d < 0 || d > 6 {
			continue
		}
		day := monday(p.from).AddDate(0, 0, 7*((x-labelCells)/cellWidth)+d)
		return day, !day.Before(p.from) && !day.After(p.to) && !day.After(s.last)
	}
	return time.Time{}, false
}

// detail is what the shades mean, and what there was on the day and in the year.
func (s *Screen) detail() []string {
	shades := make([]string, len(s.Theme.Shades))
	for i := range shades {
		shades[i] = s.Theme.Shade(i)
	}
	legend := fmt.Sprintf("0, 1+, %d+, %d+, %d+ changes a day, of this year's days", s.shades[0], s.shades[1],
		s.shades[2])
	day := s.days.On(s.day)
	year := s.days.Between(date(s.day.Year(), 1, 1), date(s.day.Year(), 12, 31))
	return []string{"",
		"    " + strings.Join(shades, " ") + s.Theme.Faint.Styled(s.Cut("  "+legend, max(1, s.W-14))),
		"",
		s.Theme.Label.Styled(s.Cut(s.day.Format("Mon 2 January 2006")+": "+humanize.Count(day.Changes, "change"), s.W)),
		s.Cut("  "+kinds(day), s.W),
		s.Cut(fmt.Sprintf("%d: %s; %s", s.day.Year(), humanize.Count(year.Changes, "change"), kinds(year)), s.W),
	}
}

// kinds says of what kind changes are, and what became of them.
func kinds(f model.Figures) string {
	if f.Changes == 0 {
		return "nothing captured"
	}
	s := fmt.Sprintf("%d material", f.Material)
	if f.Noise > 0 {
		s += fmt.Sprintf(" (%d probably noise)", f.Noise)
	}
	return s + fmt.Sprintf(", %d folded, %d high or critical; %d decided, %d pending", f.Changes-f.Material, f.Severe,
		f.Decided, f.Pending)
}

// months draws a line for each month that is shown, as far as there is room for all.
func (s *Screen) months(from, to time.Month, room int) []string {
	y := s.day.Year()
	figures := make([]model.Figures, 0, 12)
	most := 1
	for m := from; m <= to && !date(y, m, 1).After(s.last); m++ {
		f := s.days.Between(date(y, m, 1), date(y, m+1, 0))
		figures = append(figures, f)
		most = max(most, f.Changes)
	}
	if room < len(figures)+1 {
		return nil
	}
	cells := min(30, max(6, s.W-62))
	lines := []string{""}
	for i, f := range figures {
		line := fmt.Sprintf("%s  %6s  ", (from + time.Month(i)).String()[:3], humanize.Number(f.Changes)) +
			s.Theme.Gauge(f.Changes, most, cells)
		if f.Changes > 0 {
			line += fmt.Sprintf("  %d material, %d high or critical, %d decided", f.Material, f.Severe, f.Decided)
		}
		if from+time.Month(i) == s.day.Month() {
			line = s.Theme.Label.Styled(line[:3]) + line[3:]
		}
		lines = append(lines, s.Cut(line, s.W))
	}
	return lines
}
