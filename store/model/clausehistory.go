package model

import "time"

// ClauseHistory follows one clause of a change through the versions of its
// document: those that were compared with each other, leaving out failed and
// suspected bad captures.
type ClauseHistory struct {
	Document ID  `json:"document"`
	Change   ID  `json:"change"` // with Clause: where it was followed from
	Clause   int `json:"clause"` // its place in Change.Clauses
	// Steps are the versions in which it changed, oldest first. Where a clause was
	// split or joined with others, what is followed are all its parts together.
	Steps     []ClauseStep `json:"steps"`
	FirstSeen VersionRef   `json:"first_seen"`
	// SinceUnknown: the history is cut off before FirstSeen, so that it may have been
	// there long before.
	SinceUnknown bool       `json:"since_unknown,omitempty"`
	LastSeen     VersionRef `json:"last_seen"`
	Present      bool       `json:"present"`  // it is in the newest version
	Versions     int        `json:"versions"` // it stood in
	// Edits counts the steps that changed its words materially, Stability is
	// 1 - Edits/(Versions-1): the share of the versions that left them as they
	// were; 1 for a clause of one version.
	Edits     int     `json:"edits"`
	Stability float64 `json:"stability"`
}

// ClauseStep is one change of a clause.
type ClauseStep struct {
	Seq        int       `json:"seq"` // of the version in which it was so
	CapturedAt time.Time `json:"captured_at"`
	// Change is "" for the document's first version, and where no change is
	// stored: what the archive's or our own extraction changed.
	Change   ID         `json:"change,omitempty"`
	Kind     Kind       `json:"kind"` // Added also in the first version
	Material bool       `json:"material"`
	Reason   Reason     `json:"reason,omitempty"`
	Heading  []string   `json:"heading"`
	At       *ByteRange `json:"at"`   // of the version's text; nil when removed
	Text     string     `json:"text"` // the text there
	// Revived: it came back. SplitFrom is the clause that it was part of before, MergedInto
	// the one that it became part of.
	Revived    bool `json:"revived,omitempty"`
	SplitFrom  ID   `json:"split_from,omitempty"`
	MergedInto ID   `json:"merged_into,omitempty"`
	// Spans are the words against those of the step before, where they are other ones.
	Spans []Span `json:"spans,omitempty"`
}
