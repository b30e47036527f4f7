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

// StatedHow is what became of the dates that a document states, from one text to the
// next.
type StatedHow string

// What becomes of stated dates. "" is of a document that states none.
const (
	StatedMoved       StatedHow = "moved"
	StatedStayed      StatedHow = "stayed"
	StatedAppeared    StatedHow = "appeared"
	StatedDisappeared StatedHow = "disappeared"
)

// StatedChange is what a change did to the dates that its document states.
type StatedChange struct {
	How StatedHow `json:"how,omitempty"`
	// From and To are the date that moved, of one kind or of two; nil for none.
	From *StatedDate `json:"from,omitempty"`
	To   *StatedDate `json:"to,omitempty"`
	// Effective is from when the new text says that it holds, or else a clause of it
	// ([StatedApplies]), where that is new or was still to come at the capture; nil for
	// nothing of the sort. Announced: it was still to come then.
	Effective *StatedDate `json:"effective,omitempty"`
	Announced bool        `json:"announced,omitempty"`
}

// Undated reports whether a document states a date and kept it as it was.
func (c *StatedChange) Undated() bool { return c != nil && c.How == StatedStayed }

// Coming reports whether what takes effect is still to come.
func (c *StatedChange) Coming(now time.Time) bool {
	return c != nil && c.Effective != nil && c.Effective.Last().After(now)
}

// Calendar is what takes effect when.
type Calendar struct {
	Total   int             `json:"total"`
	Entries []CalendarEntry `json:"entries"`
	// Behind is how many documents have texts that were not read yet.
	Behind int `json:"behind,omitempty"`
}

// CalendarEntry is a date from when a document, or a clause of it, holds by its own words.
type CalendarEntry struct {
	Date StatedDate `json:"date"`
	// Change is the one that brought it; "" for what the document's first text says.
	Change       ID     `json:"change,omitempty"`
	State        State  `json:"state,omitempty"` // of the change
	Material     bool   `json:"material"`
	Document     ID     `json:"document"`
	Platform     string `json:"platform"` // slug
	PlatformName string `json:"platform_name"`
	Type         string `json:"type"`
	// Seq is the version that stated it first, CapturedAt when that was captured.
	Seq        int       `json:"seq"`
	CapturedAt time.Time `json:"captured_at"`
	// Announced: it was still to come when it was captured. Coming: it still is.
	// Withdrawn: the newest text doesn't state it any more.
	Announced bool `json:"announced"`
	Coming    bool `json:"coming"`
	Withdrawn bool `json:"withdrawn,omitempty"`
}

// Reviewed reports whether nothing is left to decide of the change that brought it.
func (e *CalendarEntry) Reviewed() bool {
	return e.Change == "" || e.State == Approved || e.State == Dismissed || e.State == Superseded
}

// statedVerbs are what dates of a kind are told with.
var statedVerbs = map[StatedKind]string{StatedUpdated: "updated", StatedEffective: "effective",
	StatedPublished: "published", StatedDated: "dated", StatedPrevious: "a version before", StatedApplies: "a clause applies from"}

// Verb is what dates of the kind are told with: "updated".
func (k StatedKind) Verb() string { return statedVerbs[k] }

// Text says in one line what a change did to the dates that its document states, as of
// some time; "" for nothing worth saying.
func (c *StatedChange) Text(material bool, now time.Time) string {
	if c == nil {
		return ""
	}
	said := ""
	switch {
	case c.How == StatedMoved && c.From.Kind == c.To.Kind:
		said = c.From.Kind.Verb() + " " + c.From.String() + " → " + c.To.String()
	case c.How == StatedMoved:
		said = c.From.Kind.Verb() + " " + c.From.String() + " → " + c.To.Kind.Verb() + " " + c.To.String()
	case c.How == StatedAppeared:
		said = "states a date now: " + c.To.Kind.Verb() + " " + c.To.String()
	case c.How == StatedDisappeared:
		said = "states no date any more: was " + c.From.Kind.Verb() + " " + c.From.String()
	case c.How == StatedStayed && material:
		said = "material change without a new date"
	}
	if effect := c.effectText(now); effect != "" {
		if said != "" {
			said += "; "
		}
		said += effect
	}
	return said
}

// effectText says from when the change holds, where that was announced.
func (c *StatedChange) effectText(now time.Time) string {
	if c.Effective == nil || !c.Announced {
		return ""
	}
	who := ""
	if c.Effective.Kind == StatedApplies {
		who = "a clause "
	}
	if c.Coming(now) {
		return "announced: " + who + "takes effect on " + c.Effective.String() + ", not yet in force"
	}
	return "announced: " + who + "took effect on " + c.Effective.String()
}
