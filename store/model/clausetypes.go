package model

import "time"

// TypeSuggestion is a type that a clause seems to be of.
type TypeSuggestion struct {
	Type        string   `json:"type"` // ID of package clausetype
	Probability float64  `json:"probability"`
	Words       []string `json:"words"` // of the clause, that gave it away
	// Heading is the heading that speaks for it, "" for none.
	Heading string `json:"heading,omitempty"`
}

// TypesBy says where the types of a clause are from.
type TypesBy string

// A clause is of the types that somebody said, of it or of one that is alike, else of
// those suggested.
const (
	TypesSuggested TypesBy = "suggested"
	TypesCorrected TypesBy = "corrected"
	TypesAlike     TypesBy = "alike"
)

// ClauseTypes is a clause with its types.
type ClauseTypes struct {
	Document  ID       `json:"document"`
	Seq       int      `json:"seq"`
	Provision ID       `json:"provision"` // "" where it was given none
	Heading   []string `json:"heading"`
	Text      string   `json:"text"`
	Types     []string `json:"types"` // none: it is of no type
	By        TypesBy  `json:"by"`
	// Correction is the number of the correction that By is about, 0 for none; Actor who
	// made it, and when.
	Correction uint64           `json:"correction,omitempty"`
	Actor      string           `json:"actor,omitempty"`
	At         *time.Time       `json:"at,omitempty"`
	Suggested  []TypeSuggestion `json:"suggested"`
}

// ClauseRef names a clause: of a change or of a document's version by its number, counted
// from 1 as `show` lists them, or by its own ID.
type ClauseRef struct {
	Change    ID
	Document  ID
	Seq       int // 0: the newest version
	Clause    int
	Provision ID
}

// TypeCount is how many clauses of a platform or a document are of a type.
type TypeCount struct {
	Type    string `json:"type"`
	Clauses int    `json:"clauses"`
	// Documents have such a clause.
	Documents int `json:"documents"`
}

// PlatformTypes counts the clause types of a platform.
type PlatformTypes struct {
	Platform  Platform    `json:"platform"`
	Documents int         `json:"documents"`
	Clauses   int         `json:"clauses"` // all of them, of a type or not
	Types     []TypeCount `json:"types"`
}

// PresentType is a clause of a document's newest version and the type that it is of.
type PresentType struct {
	Number      int    // from 1, as [VersionClause]
	Type        string // the likeliest or, corrected, the first; "" for none
	Others      []string
	Probability float64 // 1 for a corrected one
}

// DocumentTypes are the types of a document's clauses as they are now.
type DocumentTypes struct {
	Document ID
	Platform Platform
	Name     string // type of the document
	Seq      int
	Clauses  int // all of them
	Types    []PresentType
}
