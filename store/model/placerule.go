package model

import "time"

// RuleKind is what a [PlaceRule] does.
type RuleKind string

// The kinds of rule.
const (
	RuleFold RuleKind = "fold" // what changes at the place is immaterial
	RuleKeep RuleKind = "keep" // what changes at the place is never folded
)

// PlaceRule is an analyst's rule for a place of one document: what changes there is
// folded from now on, or never. It holds for the document's whole history that is
// not decided on, and until it is removed.
type PlaceRule struct {
	ID           ID       `json:"id"`
	Rule         RuleKind `json:"rule"`
	Document     ID       `json:"document"`
	Platform     string   `json:"platform"` // slug
	PlatformName string   `json:"platform_name"`
	Type         string   `json:"type"`
	Place        string   `json:"place"` // in words
	// Sentences: a fold rule also folds sentences with a number, negation or modal.
	Sentences bool      `json:"sentences"`
	Change    ID        `json:"change"` // that it was made from
	Clause    int       `json:"clause"` // of that change, counted from 1
	Author    string    `json:"author"`
	At        time.Time `json:"at"`
}

// PlaceRuleRequest asks for a rule for the place of a clause change.
type PlaceRuleRequest struct {
	Rule      RuleKind
	Change    ID
	Clause    int // of the change, counted from 1
	Sentences bool
}

// RulePreview is what a rule does, or would do, to the changes of its document that
// are not decided on.
type RulePreview struct {
	Rule PlaceRule `json:"rule"`
	// Changes are those that get another verdict, Clauses counts the clause changes
	// at the place in them and all others.
	Changes []RuleEffect `json:"changes"`
	Clauses int          `json:"clauses"`
	// Sentences are those with a number, negation or modal that have changed at the
	// place, the newest first: a fold rule leaves them material unless it was made to
	// fold them, too.
	Sentences []string `json:"sentences"`
}

// RuleEffect is a change that a rule gives another verdict.
type RuleEffect struct {
	Change     ID        `json:"change"`
	CapturedAt time.Time `json:"captured_at"`
	Material   bool      `json:"material"` // with the rule
	Reason     Reason    `json:"reason,omitempty"`
}
