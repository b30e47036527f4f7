package model

import "time"

// StatedKind is what a date is of that a document states for itself.
type StatedKind string

// The kinds of stated dates.
const (
	StatedUpdated   StatedKind = "updated"   // changed last
	StatedEffective StatedKind = "effective" // holds since then, or will from then
	StatedPublished StatedKind = "published" // made public
	StatedPrevious  StatedKind = "previous"  // begin or end of a version of before
	StatedDated     StatedKind = "dated"     // the document's, without a word of what
	StatedApplies   StatedKind = "applies"   // from when a clause holds; still to come when captured
)

// StatedKinds are all of them, in the order in which they are told.
var StatedKinds = []StatedKind{
	StatedEffective, StatedUpdated, StatedPublished, StatedDated, StatedPrevious, StatedApplies,
}

// StatedDate is a date that a document states for itself.
type StatedDate struct {
	Kind StatedKind `json:"kind"`
	// Date is the day as 2026-01-31, or the month as 2026-01 where no day is named.
	Date string `json:"date"`
	// Or is what it is as well, where days and months can't be told apart; else "".
	Or string `json:"or,omitempty"`
	// Start and End are where in the text the words are that say so.
	Start int `json:"start"`
	End   int `json:"end"`
	// Words are these words, where they were read.
	Words string `json:"words,omitempty"`
}

// Day returns the first day that the date may mean.
func (d StatedDate) Day() time.Time { return stateDay(d.Date) }

// Last returns the last day that the date may mean: the end of a month, or of the later
// one of two readings.
func (d StatedDate) Last() time.Time {
	last := stateDay(d.Date)
	if or := stateDay(d.Or); or.After(last) {
		last = or
	}
	if len(d.Date) == len("2026-01") {
		last = last.AddDate(0, 1, -1)
	}
	return last
}

func stateDay(date string) time.Time {
	for _, layout := range []string{time.DateOnly, "2006-01"} {
		if t, err := time.Parse(layout, date); err == nil {
			return t
		}
	}
	return time.Time{}
}

// String is the date in words: "2026-01-31", "2026-05-06 or 2026-06-05".
func (d StatedDate) String() string {
	if d.Or != "" {
		return d.Date + " or " + d.Or
	}
	return d.Date
}

// SameDate reports whether two are of one kind and one date.
func (d StatedDate) SameDate(o StatedDate) bool {
	return d.Kind == o.Kind && d.Date == o.Date && d.Or == o.Or
}
