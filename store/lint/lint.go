// Package lint finds contradictions and gaps in a record before it is approved: what
// it says against its own evidence, its lists against its prose, one field against
// another.
//
// It is not for what belongs in a field (package recordfile refuses what a field can't
// be) nor for who may overrule a problem (package ledger). It does no I/O.
//
// Invariants: the same record, writing and facts give the same problems in the same
// order; no check takes more than time in proportion to the texts it reads.
//
// Decisions:
//   - One table names the rules, [Rules]. A test holds a made-up contradiction, and one
//     that is near and none, against each row.
//   - A rule that can't know, because a text isn't at hand, says nothing.
//   - A rule rather misses a contradiction than finds one in a good record: analysts
//     stop reading a linter that is wrong.
package lint

import (
	"time"

	"fineprint/store/model"
	"fineprint/store/registry"
)

// Facts is what a record is held against beside itself.
type Facts struct {
	Now      time.Time
	Registry *registry.Registry
	Text     string // of the version that the record is about
	OldText  string // of the version before, "" when there is none
	// Compared returns the text of the version that a comparison quotes; false when it
	// isn't at hand. It may be nil.
	Compared func(model.Comparison) (text string, ok bool)
}

// Rule is one kind of contradiction or gap.
type Rule struct {
	Name   string `json:"rule"`   // in snake_case; it doesn't change any more
	About  string `json:"about"`  // one sentence
	Blocks bool   `json:"blocks"` // a record isn't approved with it, unless overruled

	check func(*subject)
}

// MissingRule is the name of the one rule that can't be overruled.
const MissingRule = "missing"

// Check holds a record as it would be approved, with what was written of it, against
// every rule, and lists the problems in the order of [Rules].
func Check(r *model.Record, w *model.Writing, f Facts) []model.Problem {
	s := &subject{record: r, writing: w, facts: f}
	for i := range Rules {
		s.rule = &Rules[i]
		s.rule.check(s)
	}
	return s.problems
}
