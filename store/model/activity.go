package model

import "time"

// ActivityKind is what an [Activity] belongs to.
type ActivityKind string

// The kinds of activity.
const (
	ActivityFetch    ActivityKind = "fetch"    // from the live web
	ActivityImport   ActivityKind = "import"   // of a history, a dataset or files
	ActivityTracking ActivityKind = "tracking" // what is tracked, and how
	ActivityDecision ActivityKind = "decision" // on changes, and the records they make
	ActivityStore    ActivityKind = "store"    // of the database itself
)

// Act is what was done.
type Act string

// The acts.
const (
	ActImported Act = "imported"

	ActFetchedFirst     Act = "fetched_first"
	ActFetchedChange    Act = "fetched_change"
	ActFetchedSame      Act = "fetched_same"      // the same text; a version was made
	ActFetchedNothing   Act = "fetched_nothing"   // nothing new; other bytes at most
	ActFetchedTechnical Act = "fetched_technical" // the page is the same, its text is made otherwise
	ActQuarantined      Act = "quarantined"
	ActFailed           Act = "failed" // nothing usable came

	ActTracked       Act = "tracked"
	ActUntracked     Act = "untracked"
	ActRobotsIgnored Act = "robots_ignored"
	ActRobotsObeyed  Act = "robots_obeyed"
	ActAsked         Act = "asked_otherwise" // with other headers, cookies and the like

	ActDecided         Act = "decided"
	ActRecordMade      Act = "record_made"
	ActRecordWithdrawn Act = "record_withdrawn"
	ActRecordBegun     Act = "record_begun"   // a provision record, as a draft
	ActRecordWritten   Act = "record_written" // fields of one
	ActProvisionNamed  Act = "provision_named"
	ActNoted           Act = "noted"    // a note written, edited or removed
	ActAssigned        Act = "assigned" // a change, to somebody or nobody
	ActMarked          Act = "marked"   // a change, with a tag or by a rule

	ActCreated     Act = "created"  // the database
	ActDetected    Act = "detected" // the changes of a document again
	ActRuleAdded   Act = "rule_added"
	ActRuleRemoved Act = "rule_removed"
	ActPlaybook    Act = "playbook" // expected positions were saved or removed
	ActTrained     Act = "trained"  // changes judged elsewhere were learned from
	ActUnknown     Act = "unknown"  // what only a newer Fineprint knows
)

// Activity is something that happened, as the journal has it. Much of a kind in
// a row (an import, a fetch that found nothing new) is one Activity.
type Activity struct {
	Entry uint64       `json:"entry"` // its newest journal entry
	At    time.Time    `json:"at"`    // of that
	Actor string       `json:"actor"`
	Kind  ActivityKind `json:"kind"`
	Act   Act          `json:"act"`            // what the actor did
	ID    ID           `json:"id,omitempty"`   // what it was done to: a document, change or record; "" when several
	Name  string       `json:"name,omitempty"` // "Platform / Type" of its document; as it was given, unsanitised
	Count int          `json:"count"`          // of journal entries
	Since time.Time    `json:"since"`          // At of the oldest of them
	// Documents counts the documents that it was done to.
	Documents int `json:"documents,omitempty"`
	// Failure is why a capture was quarantined or not usable. It may hold others'
	// words.
	Failure string `json:"failure,omitempty"`
	// Material and Reason are the verdict on the change that was fetched.
	Material bool   `json:"material,omitempty"`
	Reason   Reason `json:"reason,omitempty"`
	// Event is the decision.
	Event *Event `json:"event,omitempty"`
	// Annotation is the step with a note or an assignment.
	Annotation *Annotation `json:"annotation,omitempty"`
	// Number is the revision of a record, or the algorithm of a detection.
	Number int `json:"number,omitempty"`
	// Imported is what an import did.
	Imported ImportCounts `json:"imported,omitzero"`
	// Asked lists the settings by which a document is asked for that were changed:
	// "headers, user agent".
	Asked string `json:"asked,omitempty"`
	// Quarantined: a capture was set apart for Failure.
	Quarantined bool `json:"quarantined,omitempty"`
}

// ImportCounts is what a run of an import did.
type ImportCounts struct {
	Method   Method `json:"method,omitempty"` // the way in
	Repo     string `json:"repo,omitempty"`   // display name of the repository, if it came from one
	Versions int    `json:"versions,omitempty"`
	Same     int    `json:"same,omitempty"` // captures with the same text
	Renamed  int    `json:"renamed,omitempty"`
	Ended    int    `json:"ended,omitempty"`
}

// Add counts what another part of the same run did.
func (c *ImportCounts) Add(o ImportCounts) {
	c.Versions += o.Versions
	c.Same += o.Same
	c.Renamed += o.Renamed
	c.Ended += o.Ended
}
