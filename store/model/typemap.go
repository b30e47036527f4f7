package model

import "time"

// TypeMap counts the current clauses of platforms by their type.
type TypeMap struct {
	Platforms []TypeRow `json:"platforms"`
	// Behind is how many documents were not looked at yet.
	Behind int `json:"behind,omitempty"`
}

// TypeRow is a platform of a [TypeMap].
type TypeRow struct {
	Platform  Platform `json:"platform"`
	Documents int      `json:"documents"`
	Looked    int      `json:"looked"` // of the documents; the rest was not looked at yet
	Pending   int      `json:"pending"`
	// Cells are by the type's ID; a type that isn't there was not found.
	Cells map[string]TypeCell `json:"cells"`
}

// TypeCell is what a platform has of a type.
type TypeCell struct {
	Clauses     int       `json:"clauses"`
	LastChanged time.Time `json:"last_changed,omitzero"`
	// Severity is the gravest of the approved records on them.
	Severity Severity `json:"severity,omitempty"`
}

// TypedClause is a clause of a type, as a cell of a [TypeMap] lists it.
type TypedClause struct {
	SearchHit
	LastChanged time.Time `json:"last_changed,omitzero"`
}
