package model

import (
	"strings"
	"time"
)

// ClockTolerance is how far clocks may differ before it is said.
const ClockTolerance = 5 * time.Minute

// Clock says that a decision was dated before something that must have come before it, so
// that a clock was wrong; which one isn't known. It keeps both times.
type Clock struct {
	DecidedAt time.Time `json:"decided_at"`
	// CapturedAt is of the version that was decided on, JournalAt the latest time in the journal
	// up to then; those that are later than DecidedAt.
	CapturedAt time.Time `json:"captured_at,omitzero"`
	JournalAt  time.Time `json:"journal_at,omitzero"`
}

// CompareClock returns what is to be said of a decision's time; nil for nothing. Zero times
// are not known.
func CompareClock(decided, captured, journal time.Time) *Clock {
	c := Clock{DecidedAt: decided.UTC()}
	if captured.Sub(decided) > ClockTolerance {
		c.CapturedAt = captured.UTC()
	}
	if journal.Sub(decided) > ClockTolerance {
		c.JournalAt = journal.UTC()
	}
	if c.CapturedAt.IsZero() && c.JournalAt.IsZero() {
		return nil
	}
	return &c
}

// String says it in a sentence without its full stop.
func (c *Clock) String() string {
	const layout = "2006-01-02 15:04 UTC"
	var before []string
	if !c.CapturedAt.IsZero() {
		before = append(before, "the capture of "+c.CapturedAt.Format(layout))
	}
	if !c.JournalAt.IsZero() {
		before = append(before, "the journal's latest entry of "+c.JournalAt.Format(layout))
	}
	return "It is dated " + c.DecidedAt.Format(layout) + ", before " + strings.Join(before, " and ") +
		": a clock was wrong; both times are kept"
}
