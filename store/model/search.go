package model

import "time"

// SearchRequest is what clauses are searched for.
type SearchRequest struct {
	Query  string
	Typing bool // it is still being typed: its last word is only begun
	Offset int  // hits to leave out, for the pages after the first
	Limit  int
	Each   bool // list clauses in the same words one by one
}

// SearchHit is a clause that was found.
type SearchHit struct {
	Platform     string    `json:"platform"` // its slug
	PlatformName string    `json:"platform_name"`
	Document     ID        `json:"document"`
	Type         string    `json:"type"`
	Clause       ID        `json:"clause"`
	Heading      []string  `json:"heading"`
	Snippet      string    `json:"snippet"`
	FirstSeen    time.Time `json:"first_seen"`
	LastSeen     time.Time `json:"last_seen"`
	// Marks are the bytes of the snippet that were looked for.
	Marks   []ByteRange `json:"marks"`
	Current bool        `json:"current"` // the wording is in the document's newest text
	Version int         `json:"version"` // the one that had the wording first
	Score   float64     `json:"score"`
	// SameType: it is of the type of what was compared. By is what it counts as like it by.
	SameType bool    `json:"same_type,omitempty"`
	By       AlikeBy `json:"by,omitempty"`
	// Same counts the other clauses of the platform that were found in the same words;
	// SameClauses are some of them.
	Same        int  `json:"same"`
	SameClauses []ID `json:"same_clauses,omitempty"`
	// Text is the clause as it stands in that version, At where.
	Text string    `json:"-"`
	At   ByteRange `json:"-"`
	// ClauseTypes are what the clause is about; Severity and Record those of the newest
	// record in force about it.
	ClauseTypes []string `json:"clause_types,omitempty"`
	Severity    Severity `json:"severity,omitempty"`
	Record      ID       `json:"record,omitempty"`
}

// AlikeBy is by what a clause counts as like another.
type AlikeBy string

// A clause is alike by its words, or by its type where it says the same in other ones.
const (
	AlikeByWords AlikeBy = "words"
	AlikeByType  AlikeBy = "type"
)

// SearchResult is what was found.
type SearchResult struct {
	Total  int         `json:"total"`  // clauses
	Behind int         `json:"behind"` // documents that are not all indexed
	Hits   []SearchHit `json:"hits"`
}

// CompareRequest is what similar clauses are looked for.
type CompareRequest struct {
	Clause ID     // or else
	Text   string // a text
	Limit  int
	Least  float64 // the score that counts as like it; 0: the default
}

// ClauseComparison is which other platforms have a clause like one.
type ClauseComparison struct {
	Total     int        `json:"total"`     // platforms that have one, as Platforms
	Platforms int        `json:"platforms"` // that have a clause like it, but its own
	ByType    int        `json:"by_type"`   // of them, those that have it by its type only
	Of        int        `json:"of"`        // platforms with a text, but its own
	AsOf      *time.Time `json:"as_of"`     // the newest capture
	Threshold float64    `json:"threshold"` // the least score of what counts as like it
	// Types are those of what was compared. From the TypeThreshold on a clause of one of them
	// counts where it says the same, too; 0: types don't count.
	Types         []string    `json:"types"`
	TypeThreshold float64     `json:"type_threshold,omitempty"`
	Behind        int         `json:"behind"`
	Text          string      `json:"text"` // what was compared
	Hits          []SearchHit `json:"hits"` // the best of each platform
}

// Quote is what a record quotes of a clause that is like its own.
func (h *SearchHit) Quote(excerpt string) Comparison {
	return Comparison{
		Platform: h.PlatformName, Document: h.Document, Seq: h.Version, Excerpt: excerpt, Severity: h.Severity,
		CapturedAt: h.LastSeen.Format(time.DateOnly), Record: h.Record,
	}
}

// Prevalence is how many platforms have a clause like it, as a record has it.
func (c *ClauseComparison) Prevalence() Prevalence {
	p := Prevalence{Alike: c.Platforms, Of: c.Of}
	if c.AsOf != nil {
		p.At = c.AsOf.Format(time.DateOnly)
	}
	return p
}
