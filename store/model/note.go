package model

import "time"

// ChangeNote is what somebody noted on a change or on one of its clauses, in Markdown as
// it was given. It is no judgement: it changes no review, verdict or severity.
type ChangeNote struct {
	ID     ID `json:"id"`
	Change ID `json:"change"`
	// Clause is the clause of the change that it is on, counted from 1; 0 for the change as
	// a whole, and for a clause that is none of the change's any more, which Provision and
	// Quote still name.
	Clause    int       `json:"clause,omitempty"`
	Provision ID        `json:"provision,omitempty"`
	Quote     string    `json:"quote,omitempty"` // the beginning of the clause's own words
	Text      string    `json:"text"`
	Actor     string    `json:"actor"` // who wrote it
	At        time.Time `json:"at"`
	// Edited is when the text was changed last, EditedBy by whom.
	Edited   time.Time `json:"edited_at,omitzero"`
	EditedBy string    `json:"edited_by,omitempty"`
}

// NoteRequest asks for a note to be written, or for the text of one to be changed.
type NoteRequest struct {
	ID     ID // of the note that is edited, "" for a new one
	Change ID // that a new one is on
	Clause int
	Text   string
	Actor  string
}

// AnnotationAction is a step with a note or an assignment.
type AnnotationAction string

// The steps.
const (
	NoteWritten  AnnotationAction = "note"
	NoteEdited   AnnotationAction = "edit"
	NoteRemoved  AnnotationAction = "remove"
	NoteRestored AnnotationAction = "restore"
	Assigned     AnnotationAction = "assign" // to nobody with an empty name
	Tagged       AnnotationAction = "tag"
	Untagged     AnnotationAction = "untag"
	// What rules alone do; Unraised and Unfolded take it back.
	Raised   AnnotationAction = "raise"
	Unraised AnnotationAction = "unraise"
	Folded   AnnotationAction = "fold"
	Unfolded AnnotationAction = "unfold"
	Notified AnnotationAction = "notify" // a target was to be told; the outbox has what became of it
)

// Annotation is a step with a note on a change or with its assignment, as it was accepted.
type Annotation struct {
	Change   ID               `json:"change"`
	Number   int              `json:"number"` // of the change's annotations, from 1
	Entry    uint64           `json:"entry"`  // its number in the journal
	At       time.Time        `json:"at"`
	Actor    string           `json:"actor"`
	Action   AnnotationAction `json:"action"`
	Note     ID               `json:"note,omitempty"`
	Text     string           `json:"text,omitempty"`
	Assignee string           `json:"assignee,omitempty"`
	// Label is the tag, the severity or the target of a step that has one, and Rule the
	// alert rule that took it.
	Label string `json:"label,omitempty"`
	Rule  ID     `json:"rule,omitempty"`
}

// RaisedBy is a severity that a rule suggests for a change.
type RaisedBy struct {
	Rule     ID       `json:"rule"`
	By       string   `json:"by"` // its name: "rule children"
	Severity Severity `json:"severity"`
}

// MarkedByRules is what tags and rules make of a change, beside its review: none of it is
// a judgement.
type MarkedByRules struct {
	// Tags are its tags, in order.
	Tags []string `json:"tags,omitempty"`
	// Raised are the severities that rules suggest for it; a suggestion that is lower
	// gives way.
	Raised []RaisedBy `json:"raised,omitempty"`
	// FoldedBy is the rule that folded it, as it was named: "rule cookies".
	FoldedBy string `json:"folded_by,omitempty"`
}

// Apply shows on a change what rules made of it: a material one is suggested what they
// raised it to, with their names among the reasons, and is folded as churn, with the
// rule's name as detail. A judgement is never touched.
func (m *MarkedByRules) Apply(q *QueueItem) {
	q.MarkedByRules = *m
	if !q.Material {
		return
	}
	for _, r := range m.Raised {
		if r.Severity.Rank() <= q.Suggested.Severity.Rank() {
			continue
		}
		q.Suggested.Severity = r.Severity
		q.Suggested.Score = max(q.Suggested.Score, r.Severity.RaisedScore())
		q.Suggested.Why = append([]string{"raised to " + string(r.Severity) + " by " + r.By}, q.Suggested.Why...)
	}
	if m.FoldedBy != "" {
		q.Material, q.Reason, q.Detail = false, ReasonChurn, "folded by "+m.FoldedBy
	}
}

// Day is what somebody decided in a day.
type Day struct {
	Actor string    `json:"actor"`
	From  time.Time `json:"from"`
	To    time.Time `json:"to"`
	// Decided counts the changes that were approved, dismissed, snoozed, or given to or
	// answered as a second reader, each once, without what was undone.
	Decided   int `json:"decided"`
	Approved  int `json:"approved"`
	Dismissed int `json:"dismissed"`
	// First and Last are when the first and the last act was, zero without any. Active is
	// the time between them without the pauses longer than [Pause].
	First  time.Time     `json:"first,omitzero"`
	Last   time.Time     `json:"last,omitzero"`
	Active time.Duration `json:"-"`
}

// Pause is how long after one act another may be for the time between to be active time.
const Pause = 10 * time.Minute

// Each is how long a decision took on average; 0 while that is not known.
func (d Day) Each() time.Duration {
	if d.Decided == 0 {
		return 0
	}
	return d.Active / time.Duration(d.Decided)
}

// Left is how long n more decisions take at this pace; 0 while that is not known.
func (d Day) Left(n int) time.Duration { return time.Duration(max(0, n)) * d.Each() }
