package model

import (
	"slices"
	"strings"
	"time"
)

// SecondReview is how one person reads a change.
type SecondReview struct {
	Actor      string     `json:"actor"`
	Severity   Severity   `json:"severity,omitempty"`
	Confidence Confidence `json:"confidence,omitempty"`
	Basis      Basis      `json:"basis,omitempty"`
	At         time.Time  `json:"at"` // when the severity was given
}

// SamePerson reports whether two names are of one person: case and the spaces
// around them make nobody a second reader of their own work.
func SamePerson(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

// Read reports whether the actor has read the change as its second reader: given
// a severity.
func (r Review) Read(actor string) bool {
	return r.Second != nil && r.Second.Severity != "" && SamePerson(r.Second.Actor, actor)
}

// Blind returns what actor may see of the review without being led by others:
// all of it, but when a second reader is asked for and actor is neither the author
// nor has read the change yet, nothing of what the author or another reader
// makes of it. What stays is that there is something to read.
func (r Review) Blind(actor string) Review {
	if !r.hiddenFrom(actor) {
		return r
	}
	r.Severity, r.Confidence, r.Basis, r.Summary, r.Note = "", "", "", "", ""
	if r.Second != nil && !SamePerson(actor, r.Second.Actor) {
		r.Second = nil
	}
	return r
}

func (r Review) hiddenFrom(actor string) bool {
	return r.State == InReview && !SamePerson(actor, r.Author) && !r.Read(actor)
}

// Blind returns what actor may see of the row; see Review.Blind.
func (q QueueItem) Blind(actor string) QueueItem {
	if q.State == InReview && !SamePerson(actor, q.Author) && !SamePerson(actor, q.SecondReader) {
		q.Severity, q.Confidence = "", ""
	}
	return q
}

// Blind returns what actor may see of the change, its row and its history; see
// Review.Blind.
func (d ChangeDetail) Blind(actor string) ChangeDetail {
	hidden := d.Review.hiddenFrom(actor)
	d.Review, d.Row = d.Review.Blind(actor), d.Row.Blind(actor)
	if !hidden {
		return d
	}
	d.History = slices.Clone(d.History)
	for i := range d.History {
		if e := &d.History[i]; !SamePerson(actor, e.Actor) {
			e.Severity, e.Confidence, e.Basis, e.Summary, e.Note, e.Reason = nil, nil, nil, nil, nil, ""
		}
	}
	return d
}

// TwoReadings is how the author and the second reader of a change read it, each
// as first given.
type TwoReadings struct {
	Change ID           `json:"change"`
	Author SecondReview `json:"author"`
	Second SecondReview `json:"second_reader"`
}

// Agreement is how far authors and second readers agree on severities. What
// can't be computed from the readings at hand is nil: everything without any, kappa
// when chance alone would make all agree.
type Agreement struct {
	N int `json:"n"` // changes with two readings
	// Matrix counts them by the author's severity (row) and the second reader's
	// (column), both in the order of Severities.
	Severities    []Severity    `json:"severities"`
	Matrix        [][]int       `json:"matrix"`
	Percent       *float64      `json:"percent_agreement"`
	Kappa         *float64      `json:"kappa"`
	WeightedKappa *float64      `json:"weighted_kappa"` // linear weights
	Disagreements []TwoReadings `json:"disagreements"`
}
