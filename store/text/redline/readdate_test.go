package redline

import (
	"testing"
	"time"
)

// TestReadDate reads what is one token, and what is several.
func TestReadDate(t *testing.T) {
	for s, want := range map[string]string{
		"May 5, 2026 and": "2026-05-05 .", "5. Mai 2026": "2026-05-05 .", "5/6/2026": "2026-06-05 2026-05-06",
		"13/6/2026": "2026-06-13 .", "6/13/2026": "2026-06-13 .", "5.6.2026": "2026-06-05 .", "5/5/2026": "2026-05-05 .",
		"May 2026": "2026-05 .", "2026年5月": "2026-05 .", "2026년5월6일": "2026-05-06 .", "2026. 5. 6.": "2026-05-06 .",
		"令和8年5月6日": "2026-05-06 .", "平成元年5月6日": "1989-05-06 .", "5th day of May, 2026": "2026-05-05 .",
		"5 مايو 2026": "2026-05-05 .", "Styczeń 2026": "2026-01 .", "March, 05 2026": "2026-03-05 .",
		"5-6-2026": "2026-06-05 2026-05-06", "5/6/26": "2026-06-05 2026-05-06",
		"31 February 2026": "", "2026": "", "": "", "May": "", "2026. 13. 1.": "", "令和": "", "5": "", "soon": "",
	} {
		d, n := ReadDate(s)
		got := ""
		if n > 0 {
			layout := time.DateOnly
			if d.Month {
				layout = "2006-01"
			}
			if got = d.Day.Format(layout) + " "; d.Other.IsZero() {
				got += "."
			} else {
				got += d.Other.Format(time.DateOnly)
			}
		}
		if got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
	for s, want := range map[string]int{"05/2026": 7, "5 - 2026.": 8, "13/2026": 0, "5/26": 0, "": 0} {
		if _, n := ReadMonth(s); n != want {
			t.Errorf("%q is a month of %d bytes, want %d", s, n, want)
		}
	}
}

// TestReadDateReadsTokens holds that what is a date to a redline is read, where it is
// a day at all, with the earliest of its readings.
func TestReadDateReadsTokens(t *testing.T) {
	for _, s := range Tokens("5 May 2026 5/6/2026 2026-05-05T10:00:00Z 5-Jan-2026 2026. május 5 1er juin 2026 13.13.2026") {
		if !IsDate(s) {
			continue
		}
		d, n := ReadDate(s)
		day, ok := Earliest(s)
		first := d.Day
		if !d.Other.IsZero() && d.Other.Before(first) {
			first = d.Other
		}
		if ok != (n > 0) || ok && (n != len(s) || !first.Equal(day)) {
			t.Errorf("%q: %v of %d bytes, earliest %v", s, d, n, day)
		}
	}
}
