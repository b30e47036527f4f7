package model

import "time"

// FetchState is how far the fetch of one document is.
type FetchState string

// A document of a fetch goes through these in this order.
const (
	FetchWaiting  FetchState = "waiting"  // for its turn
	FetchFetching FetchState = "fetching" // on its way
	FetchDone     FetchState = "done"     // and recorded; Outcome is the result
)

// FetchProgress reports that one document of a fetch got one state further.
type FetchProgress struct {
	Document ID         `json:"document"`
	Name     string     `json:"name"` // "Platform / Type"; as it was given, unsanitised
	State    FetchState `json:"state"`
	// The rest is known once State is FetchDone.
	Outcome FetchKind     `json:"outcome,omitempty"`
	Reason  string        `json:"reason,omitempty"` // why it failed, was quarantined, skipped or is immaterial
	Change  ID            `json:"change,omitempty"` // the one that was queued
	Bytes   int           `json:"bytes,omitempty"`
	Took    time.Duration `json:"took,omitempty"`
	// Alerts is what came of alert rules after all of it, with no document; AlertsFailed
	// when something went wrong there.
	Alerts       string `json:"alerts,omitempty"`
	AlertsFailed bool   `json:"alerts_failed,omitempty"`
	// Done of Total documents of this fetch are done, this one included.
	Done  int `json:"done"`
	Total int `json:"total"`
}
