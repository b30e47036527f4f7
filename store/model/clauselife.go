package model

import "time"

// ClauseLife is what is known of a clause over all versions of its document.
type ClauseLife struct {
	ID       ID       `json:"id"`
	Platform Platform `json:"platform"`
	Document ID       `json:"document"`
	Type     string   `json:"type"`
	// Heading and Text are as of Seq: the newest version, or the last one that it was in.
	Heading []string  `json:"heading"`
	Text    string    `json:"text"`
	Seq     int       `json:"text_seq"`
	At      ByteRange `json:"text_at"`

	FirstSeen VersionRef `json:"first_seen"`
	// SinceUnknown: the history is cut off before FirstSeen.
	SinceUnknown bool        `json:"since_unknown,omitempty"`
	LastSeen     VersionRef  `json:"last_seen"`
	Present      bool        `json:"present"`
	Ended        *VersionRef `json:"ended,omitempty"`   // the version that doesn't have it any more
	Revived      int         `json:"revived,omitempty"` // how often it came back
	Versions     int         `json:"versions"`          // it stood in
	Months       int         `json:"months"`            // monitored, the last one begun
	Changes      int         `json:"changes"`           // of its words, material ones
	LastChanged  *time.Time  `json:"last_changed,omitempty"`
	ClauseStability

	// SplitFrom is the clause that it was part of at first, MergedInto the one that it
	// became part of; Parts and Absorbed are the other way round.
	SplitFrom  ID   `json:"split_from,omitempty"`
	MergedInto ID   `json:"merged_into,omitempty"`
	Parts      []ID `json:"parts,omitempty"`
	Absorbed   []ID `json:"absorbed,omitempty"`

	Records []ID         `json:"records"` // about it
	Steps   []ClauseStep `json:"steps"`   // oldest first
	// Behind is how many texts of the document are not indexed yet; see `fineprint index`.
	Behind int `json:"behind,omitempty"`
}

// ClauseStability is how often a clause changes, by a published formula.
type ClauseStability struct {
	Label       string  `json:"stability"`
	ChangesYear float64 `json:"changes_a_year"`
	Formula     string  `json:"formula"`
	Version     int     `json:"formula_version"`
}

// History is the life as [ClauseHistory] has it.
func (l *ClauseLife) History() ClauseHistory {
	h := ClauseHistory{Document: l.Document, Steps: l.Steps, FirstSeen: l.FirstSeen, SinceUnknown: l.SinceUnknown,
		LastSeen: l.LastSeen, Present: l.Present, Versions: l.Versions, Edits: l.Changes, Stability: 1}
	if h.Versions > 1 {
		h.Stability = max(0, 1-float64(h.Edits)/float64(h.Versions-1))
	}
	return h
}
