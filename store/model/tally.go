package model

import "time"

// ActivityDays is how many days [PlatformRow.Days] and recent activity look back.
const ActivityDays = 30

// TallyBy is what changes are counted by.
type TallyBy string

// What they are counted by.
const (
	ByMonth    TallyBy = "month" // of the capture, in UTC: 2026-01
	ByDay      TallyBy = "day"   // of the capture, in UTC: 2026-01-31
	ByPlatform TallyBy = "platform"
	ByDocument TallyBy = "document"
	ByType     TallyBy = "type" // of the document
	BySeverity TallyBy = "severity"
	ByReason   TallyBy = "reason"
)

// TallyBys lists what changes can be counted by.
var TallyBys = []TallyBy{ByMonth, ByDay, ByPlatform, ByDocument, ByType, BySeverity, ByReason}

// ParseTallyBy reads what to count by as typed; see [ParseSeverity].
func ParseTallyBy(s string) (TallyBy, error) { return parseWord(s, "thing to count by", TallyBys) }

// TallyFilter selects what is counted.
type TallyFilter struct {
	By TallyBy
	// Since and Until bound the capture: not before the one, before the other. Zero is
	// no bound.
	Since, Until time.Time
	Match        string // as [MatchName] takes it
	Platform     string // its slug, "" for all
}

// Figures count changes that are in the queue or were decided; those that others took
// the place of are not counted, as in [Stats].
type Figures struct {
	Changes  int `json:"changes"`  // captured
	Material int `json:"material"` // in whatever state
	// Pending, Approved and Dismissed are by state; Decided counts the approved and the
	// dismissed. What is left is snoozed or with a second reader.
	Pending   int `json:"pending"`
	Decided   int `json:"decided"`
	Approved  int `json:"approved"`
	Dismissed int `json:"dismissed"`
	// Severe counts high and critical ones: as the analyst judged them, else as suggested
	// for material ones, which is what the filter sev>=high finds.
	Severe int `json:"high_critical"`
	// Noise counts the material ones that are probably noise or were taken back at once.
	Noise int `json:"noise"`
	// First and Last are when the first and the last were captured, zero for none.
	First time.Time `json:"first,omitzero"`
	Last  time.Time `json:"last,omitzero"`
}

// Tally is a row of what is counted.
type Tally struct {
	Key  string `json:"key"`            // a month, a slug, an ID, …; see [TallyBy]
	Name string `json:"name,omitempty"` // of a platform or document
	Figures
}

// Tallies are changes counted by one thing.
type Tallies struct {
	By TallyBy `json:"by"`
	// AsOf is the last moment that the store knows anything of ([PlatformRow.Days]), zero
	// while there is nothing.
	AsOf  time.Time `json:"as_of,omitzero"`
	Since time.Time `json:"since,omitzero"`
	Until time.Time `json:"until,omitzero"` // before this
	Rows  []Tally   `json:"rows"`
	Total Figures   `json:"total"`
}

// On returns the figures of a day of those counted by day.
func (t *Tallies) On(day time.Time) Figures {
	key := day.Format(time.DateOnly)
	low, high := 0, len(t.Rows)
	for low < high {
		if mid := (low + high) / 2; t.Rows[mid].Key < key {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < len(t.Rows) && t.Rows[low].Key == key {
		return t.Rows[low].Figures
	}
	return Figures{}
}

// Between returns the figures from one day to another, this one included, of those
// counted by day.
func (t *Tallies) Between(from, to time.Time) (sum Figures) {
	first, last := from.Format(time.DateOnly), to.Format(time.DateOnly)
	for i := range t.Rows {
		if key := t.Rows[i].Key; key >= first && key <= last {
			sum.Add(t.Rows[i].Figures)
		}
	}
	return sum
}

// Add counts others too.
func (f *Figures) Add(g Figures) {
	f.Changes += g.Changes
	f.Material += g.Material
	f.Pending += g.Pending
	f.Decided += g.Decided
	f.Approved += g.Approved
	f.Dismissed += g.Dismissed
	f.Severe += g.Severe
	f.Noise += g.Noise
	if f.First.IsZero() || !g.First.IsZero() && g.First.Before(f.First) {
		f.First = g.First
	}
	if g.Last.After(f.Last) {
		f.Last = g.Last
	}
}
