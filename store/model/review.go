package model

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Severity is the analyst's judgement of how much a change matters to those
// bound by the document. "" means not judged.
type Severity string

// The severities, lowest first.
const (
	Low      Severity = "low"
	Medium   Severity = "medium"
	High     Severity = "high"
	Critical Severity = "critical"
)

// Severities lists the severities, lowest first.
var Severities = []Severity{Low, Medium, High, Critical}

// Rank orders severities: 0 for none, 1 for low to 4 for critical.
func (s Severity) Rank() int {
	for i, v := range Severities {
		if s == v {
			return i + 1
		}
	}
	return 0
}

// RaisedScore is the score of a change that a rule raises to the severity: the lowest one
// that detection gives it, 0 for none.
func (s Severity) RaisedScore() int { return [...]int{0, 0, 34, 74, 86}[s.Rank()] }

// ParseSeverity reads a severity as typed; the error wraps [ErrInvalid] and
// lists what is allowed.
func ParseSeverity(s string) (Severity, error) {
	return parseWord(s, "severity", Severities)
}

// Confidence is how sure the analyst is of the judgement. "" means not judged.
type Confidence string

// The confidences, lowest first.
const (
	LowConfidence    Confidence = "low"
	MediumConfidence Confidence = "medium"
	HighConfidence   Confidence = "high"
)

// Confidences lists the confidences, lowest first.
var Confidences = []Confidence{LowConfidence, MediumConfidence, HighConfidence}

// Next goes round the confidences, from the highest down; the highest follows none.
func (c Confidence) Next() Confidence {
	if i := slices.Index(Confidences, c); i > 0 {
		return Confidences[i-1]
	}
	return HighConfidence
}

// ParseConfidence reads a confidence as typed; see [ParseSeverity].
func ParseConfidence(s string) (Confidence, error) {
	return parseWord(s, "confidence", Confidences)
}

// Basis is what a judgement rests on. "" means not judged.
type Basis string

// The bases.
const (
	Explicit Basis = "explicit" // the document states it
	Inferred Basis = "inferred" // the analyst concludes it
	Absent   Basis = "absent"   // the document no longer or never states it
)

// Bases lists the bases.
var Bases = []Basis{Explicit, Inferred, Absent}

// ParseBasis reads a basis as typed; see [ParseSeverity].
func ParseBasis(s string) (Basis, error) { return parseWord(s, "basis", Bases) }

// State is the state of a review. It is a projection of its events.
type State string

// The states of a review.
const (
	Pending          State = "pending"
	Approved         State = "approved"
	Dismissed        State = "dismissed"
	Snoozed          State = "snoozed"
	InReview         State = "in_review"
	ChangesRequested State = "changes_requested"
	Contested        State = "contested"
	// Superseded is that of a change which left the queue undecided, for other captures
	// came to lie between its versions.
	Superseded State = "superseded"
)

// States lists every state that a change in the queue may have.
var States = []State{Pending, Approved, Dismissed, Snoozed, InReview, ChangesRequested, Contested}

// IsOpen reports whether nothing was decided for good: what is found of the change
// may still be another thing.
func (s State) IsOpen() bool { return s == Pending || s == Snoozed }

// ParseState reads a state as typed; see [ParseSeverity].
func ParseState(s string) (State, error) {
	return parseWord(s, "state", append(slices.Clip(States), Superseded))
}

func parseWord[T ~string](s, what string, allowed []T) (T, error) {
	want := strings.ToLower(strings.TrimSpace(s))
	words := make([]string, len(allowed))
	for i, v := range allowed {
		if string(v) == want {
			return v, nil
		}
		words[i] = string(v)
	}
	return "", fmt.Errorf("%w: %q is not a %s; use one of %s", ErrInvalid, s, what, strings.Join(words, ", "))
}

// Action is the step a decision takes besides setting values.
type Action string

// The actions. ActionSet sets values and leaves the state alone.
const (
	ActionSet     Action = "set"
	ActionApprove Action = "approve"
	ActionDismiss Action = "dismiss"
	ActionSnooze  Action = "snooze"
	ActionReopen  Action = "reopen"
	ActionUndo    Action = "undo"
	ActionRedo    Action = "redo"

	// ActionSubmit asks for a second reader, who approves, requests changes or
	// contests; their values are their reading, beside the author's.
	ActionSubmit         Action = "submit"
	ActionRequestChanges Action = "request_changes"
	ActionContest        Action = "contest"
)

// SnoozeNext as Decision.Until snoozes until the document's next change.
const SnoozeNext = "next"

// AnyRevision as Decision.Base means: whatever the review's revision is now.
const AnyRevision = -1

// Decision is what an analyst asks for. One decision is one event, one
// transaction, one journal entry. Nil fields stay as they are.
type Decision struct {
	Change ID
	// Base is the Review.Revision the decision was based on; a store whose
	// review has moved on refuses it with ErrStale. AnyRevision skips the check.
	Base       int
	Actor      string
	At         time.Time
	Action     Action
	Severity   *Severity
	Confidence *Confidence
	Basis      *Basis
	Summary    *string
	Note       *string // interpretive note, asked for when confidence is below high
	// Content is what else is written, of which Fields are taken over, by their IDs in
	// [WritingFields]; How and Source say how it was written, by a person without them.
	Content *Content
	Fields  []string
	How     WrittenHow
	Source  string
	// Reason is why a change is dismissed, should be changed or is contested;
	// required by ActionDismiss, ActionRequestChanges and ActionContest.
	Reason string
	// Until is when a snooze ends: RFC 3339 date-time, YYYY-MM-DD, or
	// SnoozeNext. Required by ActionSnooze.
	Until string
}

// Write takes a field of what was written into the decision, by its ID in [WritingFields];
// both stay the caller's, and w must outlive d. A change has no clauses of its own to pick.
func (d *Decision) Write(w *Writing, field string) {
	switch field {
	case "severity":
		d.Severity = &w.Severity
	case "confidence":
		d.Confidence = &w.Confidence
	case "basis":
		d.Basis = &w.Basis
	case "summary":
		d.Summary = &w.Summary
	case "interpretive_note":
		d.Note = &w.InterpretiveNote
	default:
		d.Content, d.Fields = &w.Content, append(d.Fields, field)
	}
}

// Event is a decision as it was accepted.
type Event struct {
	Change     ID          `json:"change"`
	Revision   int         `json:"revision"`        // the review's revision after it, from 1
	Entry      uint64      `json:"entry"`           // its number in the journal
	Batch      uint64      `json:"batch,omitempty"` // of several decided on together: the first one's Entry
	At         time.Time   `json:"at"`
	Actor      string      `json:"actor"`
	Action     Action      `json:"action"`
	Severity   *Severity   `json:"severity,omitempty"`
	Confidence *Confidence `json:"confidence,omitempty"`
	Basis      *Basis      `json:"basis,omitempty"`
	Summary    *string     `json:"summary,omitempty"`
	Note       *string     `json:"note,omitempty"`
	Reason     string      `json:"reason,omitempty"`
	Until      string      `json:"until,omitempty"`
	Content    *Content    `json:"content,omitempty"` // of which Fields were written
	Fields     []string    `json:"fields,omitempty"`
	How        WrittenHow  `json:"how,omitempty"`
	Source     string      `json:"source,omitempty"`
}

// Review is the analyst's judgement of a change: the projection of its events.
type Review struct {
	Change     ID         `json:"change"`
	Revision   int        `json:"revision"` // number of events so far; 0 when never touched
	State      State      `json:"state"`
	Severity   Severity   `json:"severity,omitempty"`
	Confidence Confidence `json:"confidence,omitempty"`
	Basis      Basis      `json:"basis,omitempty"`
	Summary    string     `json:"summary,omitempty"`
	Note       string     `json:"note,omitempty"`
	// Content is what else is written for the record, its note is Note; Authors say who
	// wrote which field of it.
	Content   Content               `json:"content,omitzero"`
	Authors   map[string]Authorship `json:"authors,omitempty"`
	Reason    string                `json:"reason,omitempty"` // of a dismissal, a request for changes, a contest
	Until     string                `json:"until,omitempty"`  // of a snooze
	Actor     string                `json:"actor,omitempty"`  // who decided last
	UpdatedAt time.Time             `json:"updated_at,omitzero"`
	// Author set the values, or submitted them to a second reader. Second is how
	// the second reader reads the change; without a severity they have only noted
	// what they think of the author's.
	Author string        `json:"author,omitempty"`
	Second *SecondReview `json:"second_reader,omitempty"`
	// Record and RecordRevision name the record an approval made; they stay
	// after the approval is undone, so that approving again makes the next
	// revision of the same record.
	Record         ID  `json:"record,omitempty"`
	RecordRevision int `json:"record_revision,omitempty"`
	// Clock is what is to be said of the time of the decision that was just taken.
	Clock   *Clock `json:"clock,omitempty"`
	CanUndo bool   `json:"can_undo"`
	CanRedo bool   `json:"can_redo"`
}

// Missing lists in plain words what an approval still lacks: "severity",
// "confidence", "basis", "summary". Empty when it can be approved.
func (r Review) Missing() []string {
	var m []string
	if r.Severity == "" {
		m = append(m, "severity")
	}
	if r.Confidence == "" {
		m = append(m, "confidence")
	}
	if r.Basis == "" {
		m = append(m, "basis")
	}
	if strings.TrimSpace(r.Summary) == "" {
		m = append(m, "summary")
	}
	return m
}
