package calendar

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"fineprint/store/model"
)

// WriteICS writes entries as an iCalendar file (RFC 5545): an event of a whole day each,
// or of all days that it may be. Its UIDs last, so that a calendar program that
// subscribes to the file shows no event twice. at is when it is written.
func WriteICS(w io.Writer, entries []model.CalendarEntry, at time.Time) error {
	f := icsFile{w: bufio.NewWriter(w)}
	f.line("BEGIN:VCALENDAR")
	f.line("VERSION:2.0")
	f.line("PRODID:-//Fineprint//Terms taking effect//EN")
	f.line("CALSCALE:GREGORIAN")
	f.line("METHOD:PUBLISH")
	f.line("X-WR-CALNAME:" + escape("Terms taking effect"))
	for i := range entries {
		f.event(&entries[i], at)
	}
	f.line("END:VCALENDAR")
	if err := f.w.Flush(); err != nil {
		return fmt.Errorf("writing the calendar: %w", err)
	}
	return nil
}

// icsFile writes lines as the format has them.
type icsFile struct{ w *bufio.Writer }

func (f icsFile) event(e *model.CalendarEntry, at time.Time) {
	const day = "20060102"
	f.line("BEGIN:VEVENT")
	f.line(fmt.Sprintf("UID:%s-%s-%s@fineprint", e.Document, e.Date.Kind,
		strings.ReplaceAll(e.Date.String(), " ", "-")))
	f.line("DTSTAMP:" + at.UTC().Format("20060102T150405Z"))
	f.line("DTSTART;VALUE=DATE:" + e.Date.Day().Format(day))
	f.line("DTEND;VALUE=DATE:" + e.Date.Last().AddDate(0, 0, 1).Format(day))
	f.line("SUMMARY:" + escape(Title(e)))
	f.line("DESCRIPTION:" + escape(Description(e)))
	status := "CONFIRMED"
	switch {
	case e.Withdrawn:
		status = "CANCELLED"
	case e.Date.Or != "":
		status = "TENTATIVE"
	}
	f.line("STATUS:" + status)
	f.line("TRANSP:TRANSPARENT")
	f.line("END:VEVENT")
}

// Title says in a few words what takes effect.
func Title(e *model.CalendarEntry) string {
	what := "takes effect"
	if e.Date.Kind == model.StatedApplies {
		what = "a clause takes effect"
	}
	if e.Date.Or != "" {
		what += " (" + e.Date.String() + ")"
	}
	return e.PlatformName + " " + e.Type + ": " + what
}

// Description says where that was read.
func Description(e *model.CalendarEntry) string {
	s := fmt.Sprintf("Stated by version %d of %s, captured %s.", e.Seq, e.Document,
		e.CapturedAt.UTC().Format(time.DateOnly))
	if e.Change != "" {
		s += fmt.Sprintf("\nBrought by %s (%s).", e.Change, strings.ReplaceAll(string(e.State), "_", " "))
	}
	if e.Withdrawn {
		s += "\nThe newest text does not state it any more."
	}
	return s
}

// escape makes a text one that a value may be: its control characters are left out.
func escape(s string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(s, "\r\n", "\n") {
		switch {
		case r == '\\' || r == ';' || r == ',':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r < ' ' || r == 0x7f || r == utf8.RuneError:
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// maxOctets is how long a line is at most, without its end.
const maxOctets = 75

// line writes a line, folded between letters where it is long.
func (f icsFile) line(s string) {
	room := maxOctets
	for len(s) > room {
		cut := room
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		f.w.WriteString(s[:cut] + "\r\n ") // an error shows at Flush
		s, room = s[cut:], maxOctets-1
	}
	f.w.WriteString(s + "\r\n")
}
