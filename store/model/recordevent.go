package model

import "time"

// RecordAction is a step in the life of a provision record.
type RecordAction string

// The steps.
const (
	RecordNew      RecordAction = "new"
	RecordEdited   RecordAction = "edit"
	RecordApproved RecordAction = "approve"
	RecordWithdraw RecordAction = "withdraw"
)

// RecordEvent is a step that was taken with a provision record, as it was accepted.
type RecordEvent struct {
	Record   ID           `json:"record"`
	Revision int          `json:"revision"` // number of events after it, from 1
	Entry    uint64       `json:"entry"`    // its number in the journal
	At       time.Time    `json:"at"`
	Actor    string       `json:"actor"`
	Action   RecordAction `json:"action"`
	// Writing holds the Fields that were written, by their IDs; How and Source say how.
	Writing Writing    `json:"writing,omitzero"`
	Fields  []string   `json:"fields,omitempty"`
	How     WrittenHow `json:"how,omitempty"`
	Source  string     `json:"source,omitempty"`
	// Picked are the clauses that it is about from here on; nil as before.
	Picked *Picked `json:"picked,omitempty"`
	// Approved is the revision that an approval made, Overruled what it overruled.
	Approved  int         `json:"approved,omitempty"`
	Overruled []Overruled `json:"overruled,omitempty"`
	Reason    string      `json:"reason,omitempty"` // of a withdrawal
}

// Picked is what a provision record is about: clauses of one version of a document,
// or of a change, of which a removed one stands in the version before.
type Picked struct {
	Document ID             `json:"document"`
	Seq      int            `json:"seq"` // of the version; of a change the newer one
	Change   ID             `json:"change,omitempty"`
	Clauses  []PickedClause `json:"clauses"`
}

// PickedClause is one clause of a [Picked].
type PickedClause struct {
	Provision    ID        `json:"provision"`
	Number       int       `json:"n"`                       // in the clauses of the version, from 1
	Seq          int       `json:"seq"`                     // of the version that it stands in
	ChangeClause int       `json:"change_clause,omitempty"` // in the clauses of the change, from 1
	At           ByteRange `json:"at"`
}
