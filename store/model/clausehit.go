package model

import "time"

// When is which texts a search goes through.
type When string

// The texts of a search.
const (
	WhenAny     When = ""        // whatever a clause ever said
	WhenCurrent When = "current" // what documents say now
	WhenPast    When = "past"    // what they don't say any more
)

// ClauseSearch asks for clauses by their words, see package query for the language.
type ClauseSearch struct {
	Query string
	When  When
	Limit int // how many hits are returned; 0: 20
}

// ClauseHits are the clauses that a search found, best first.
type ClauseHits struct {
	Total int         `json:"total"` // of all that were found
	Hits  []ClauseHit `json:"hits"`  // as many as were asked for
	// Behind is how many documents have versions that the index does not hold yet; what
	// they say is not found.
	Behind int `json:"behind,omitempty"`
}

// ClauseHit is a clause that was found: its newest words that fit, and where they stand.
type ClauseHit struct {
	Platform     string    `json:"platform"` // slug
	PlatformName string    `json:"platform_name"`
	Document     ID        `json:"document"`
	Type         string    `json:"type"`   // of the document
	Clause       ID        `json:"clause"` // FP-P
	Heading      []string  `json:"heading"`
	Snippet      string    `json:"snippet"`
	FirstSeen    time.Time `json:"first_seen"`
	LastSeen     time.Time `json:"last_seen"`
	// Past is set where the words don't stand in the document any more.
	Past bool `json:"past,omitempty"`
	// Marks are the words of the snippet that were asked for.
	Marks []ByteRange `json:"-"`
	// Seq is the newest version with the words, and At where in its text they stand.
	Seq int       `json:"-"`
	At  ByteRange `json:"-"`
}

// Likeness asks which clauses of other platforms are like one.
type Likeness struct {
	Clause ID     // FP-P, or
	Text   string // words, of nobody, or
	// a clause change of a change: its new words, its old ones where it was removed, or
	Change ID
	Number int // from 1
	// a stretch of a version.
	Document ID
	Seq      int
	At       ByteRange
	// Types narrows to clauses of the types of the one compared.
	Types bool
	Limit int
}

// Alike are the clauses of other platforms that are like one, the most like first.
type Alike struct {
	// Of is the clause compared; without a Platform where it was a text of nobody's.
	Of    ClauseHit `json:"of"`
	Text  string    `json:"-"` // its words
	Types []string  `json:"types,omitempty"`
	// Platforms is on how many platforms a clause like it was found, Looked on how many
	// it was looked for, At the day of the newest text of those.
	Platforms int           `json:"platforms"`
	Looked    int           `json:"looked"`
	At        time.Time     `json:"at"`
	Total     int           `json:"total"`
	Hits      []AlikeClause `json:"hits"`
	// Weaker is how many were left out because they are too little like it to be shown.
	Weaker int `json:"-"`
	Behind int `json:"behind,omitempty"`
}

// AlikeClause is a clause of another platform that is like one.
type AlikeClause struct {
	ClauseHit
	Score float64  `json:"score"` // 0 to 1
	Text  string   `json:"-"`     // its words, whole
	Types []string `json:"types,omitempty"`
	// Severity and Record are of the newest approved record on it.
	Severity Severity `json:"severity,omitempty"`
	Record   ID       `json:"record,omitempty"`
}

// Quote is what a record quotes of a clause that is alike.
func (a Alike) Quote(h AlikeClause, excerpt string) Comparison {
	return Comparison{
		Platform: h.PlatformName, Document: h.Document, Seq: h.Seq, Excerpt: excerpt, Severity: h.Severity,
		CapturedAt: h.LastSeen.Format(time.DateOnly), Record: h.Record,
	}
}

// Prevalence is how many platforms have a clause like it, as a record has it.
func (a Alike) Prevalence() Prevalence {
	return Prevalence{Alike: a.Platforms, Of: a.Looked, At: a.At.Format(time.DateOnly)}
}

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
	ClauseHit
	Text        string    `json:"text"`
	LastChanged time.Time `json:"last_changed,omitzero"`
	Severity    Severity  `json:"severity,omitempty"`
	Record      ID        `json:"record,omitempty"`
}
