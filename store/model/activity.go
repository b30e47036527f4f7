package model

import "time"

// ActivityKind says what an Activity belongs to.
type ActivityKind string

// The kinds of activity.
const (
	ActivityFetch    ActivityKind = "fetch"    // from the live web
	ActivityImport   ActivityKind = "import"   // of a history, a dataset or files
	ActivityTracking ActivityKind = "tracking" // what is tracked, and how
	ActivityDecision ActivityKind = "decision" // on changes, and the records they make
	ActivityStore    ActivityKind = "store"    // of the database itself
)

// Activity is something that happened, as the journal has it. Much of a kind in
// a row (an import, a fetch that found nothing new) is one Activity.
type Activity struct {
	Entry uint64       `json:"entry"` // its newest journal entry
	At    time.Time    `json:"at"`    // of that
	Actor string       `json:"actor"`
	Kind  ActivityKind `json:"kind"`
	What  string       `json:"what"`           // what the actor did, in plain words: "fetched a change"
	ID    ID           `json:"id,omitempty"`   // what it was done to: a document, change or record; "" when several
	Name  string       `json:"name,omitempty"` // "Platform / Type" of its document; as it was given, unsanitised
	Count int          `json:"count"`          // of journal entries
	Since time.Time    `json:"since"`          // At of the oldest of them
	// Detail is what else there is to know: why a capture was quarantined, a
	// dismissal's reason, an approval's summary. It may hold others' words.
	Detail string `json:"detail,omitempty"`
	// Quarantined: a capture was set apart for Detail.
	Quarantined bool `json:"quarantined,omitempty"`
}
