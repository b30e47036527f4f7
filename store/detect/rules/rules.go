// Package rules is the table of noise rules: what a difference between two
// texts may be without anything new being said, and what gives a captured page
// away as no document.
//
// A rule is one row: its name, the [model.Reason] it gives, its [Scope], what
// it matches, and beside it examples that it folds and near ones that must stay
// material. The test walks the table: every example is folded by the rule it
// belongs to, and no longer once that rule is left out ([Table.Without]). To
// add a rule, add a row with its examples to the file of its scope (clause.go,
// words.go, context.go or capture.go) and raise that file's version and sum as
// the failing test prints.
//
// Invariants:
//   - A changed number, amount, negation or modal is never immaterial by
//     itself, except in a bare date line, a counter or a clause's own number.
//   - What is immaterial is decided on what the changed words are, never on how
//     many they are.
//   - The first rule of the table that matches gives the reason; the order of
//     the rows is the order of the rules. Of a clause in which several
//     stretches of words differ, every stretch must match a rule.
//   - The same texts give the same verdict.
//
// The package is not for finding what differs (store/text/clause and
// store/text/redline do) nor for what a change scores (store/detect). Rules by
// a document's history need the versions before and are where those are kept:
// that a text or a clause which returns is a flap, with the History of
// store/detect; that a bad capture is believed once it has stayed, with the
// state machine of store/detect/timeline.
//
// Size: a third of the lines are examples, which belong beside the rule they
// explain; the matching of one rule is too small for a package of its own.
package rules

import (
	"slices"
	"time"

	"fineprint/store/model"
	"fineprint/store/text/clause"
)

// Version is the highest version of a part of the table. It is raised with
// every change of a rule, so that changes found by older rules can be detected
// again.
const Version = max(clauseVersion, wordsVersion, contextVersion, captureVersion)

// Scope is what a rule looks at.
type Scope uint8

// The scopes, in the order in which they are applied.
const (
	// OfClause rules judge a clause as a whole: one that was added or removed,
	// or the wording of both sides of one that differs.
	OfClause Scope = iota
	// OfWords rules judge one stretch of differing words within a clause.
	OfWords
	// OfContext rules judge clause changes by what is around them.
	OfContext
	// OfCapture rules judge a captured text as a whole.
	OfCapture
)

// String returns the name of the scope.
func (s Scope) String() string { return [...]string{"clause", "words", "context", "capture"}[s] }

// Example is an old and a new text. Where the scope is a clause or its words,
// it is one clause amid others, and an empty side is a clause that was added or
// removed; else the two are whole texts. An empty old text of a capture is a
// document's first capture.
type Example struct{ Old, New string }

// Rule is one row of the table. Exactly one of its match functions is set, the
// one of its scope.
type Rule struct {
	Name   string
	Scope  Scope
	Reason model.Reason
	// Detail names for the reader what gave the change away, "" where the
	// reason is plain. A match may give a more specific one.
	Detail string
	// Folds are examples that this rule folds, Keeps near ones that stay
	// material.
	Folds, Keeps []Example

	on     sides              // of a clause rule: which clauses it judges
	clause func(*Clause) bool // of a clause rule
	// words matches a stretch; own are words that the rule may find on one side
	// only. Any other makes a clause material without comparing it in order.
	words func(*Stretch) bool
	own   wordSet
	// runs folds runs of neighbouring clause changes, each judges one that is
	// still material. All runs come before the first each.
	runs    func(*Context, *Rule)
	each    func(*Context, int) bool
	capture func(*Capture) (detail string, ok bool)
	// mayBeReal is set for a capture that may be the platform's doing after all
	// and is believed once it has stayed.
	mayBeReal bool
}

// Verdict is what the rules make of a difference. The zero value is a material
// one.
type Verdict struct {
	Rule      string // name of the rule that matched, "" when none did
	Reason    model.Reason
	Detail    string
	MayBeReal bool // of a capture, see [Table.Capture]
}

func (r *Rule) verdict() Verdict {
	return Verdict{Rule: r.Name, Reason: r.Reason, Detail: r.Detail, MayBeReal: r.mayBeReal}
}

// Folded reports whether the difference is immaterial.
func (v Verdict) Folded() bool { return v.Reason != model.ReasonNone }

// Table is the rules, in their order. It doesn't change once made and is safe
// for concurrent use.
type Table struct {
	all     []*Rule
	byScope [OfCapture + 1][]*Rule
	own     wordSet // of all rules
}

// Default is the table of all rules.
var Default = newTable(slices.Concat(clauseRules, wordRules, contextRules, captureRules))

func newTable(all []*Rule) *Table {
	t := &Table{all: all, own: wordSet{}}
	for _, r := range all {
		t.byScope[r.Scope] = append(t.byScope[r.Scope], r)
		for w := range r.own {
			t.own[w] = true
		}
	}
	return t
}

// Rules lists the rules in their order.
func (t *Table) Rules() []*Rule { return slices.Clone(t.all) }

// Without returns a table without the rule of a name: what the rule alone folds
// is then material.
func (t *Table) Without(name string) *Table {
	return newTable(slices.DeleteFunc(slices.Clone(t.all), func(r *Rule) bool { return r.Name == name }))
}

// Change is one pair of clauses that differs, with what the rules made of it.
type Change struct {
	clause.Pair
	Kind model.Kind
	Verdict

	unjudged bool // its words are too many to be looked at
}

// Comparison is two documents and how they are aligned.
type Comparison struct {
	Old, New  *clause.Document
	Alignment *clause.Alignment
	// At is when the new text was captured; zero when nobody knows, as of two
	// files that are compared.
	At      time.Time
	Changes []Change // as [Table.Classify] finds them, in the alignment's order

	links  *linkMoves  // as far as they were asked for
	places *placeMoves // as found when first asked for
	others []bool      // which new clauses [Table.otherWords] was true of; nil for none

	// from and to are between which times At may be for the verdicts to be the same;
	// zero for any.
	from, to time.Time
}

// isAhead reports whether a time is after that of the capture.
func (c *Comparison) isAhead(day time.Time) bool {
	ahead := day.After(c.At)
	switch {
	case ahead && (c.to.IsZero() || day.Before(c.to)):
		c.to = day
	case !ahead && day.After(c.from):
		c.from = day
	}
	return ahead
}

// Holds reports whether the same two texts have the same verdicts when the new one
// was captured at a time.
func (c *Comparison) Holds(at time.Time) bool {
	return c.At.IsZero() == at.IsZero() && !at.Before(c.from) && (c.to.IsZero() || at.Before(c.to))
}

// sources returns the bytes of both sides of a pair, "" for a side that has
// none.
func (c *Comparison) sources(p clause.Pair) (old, new string) {
	if p.Old != clause.None {
		old = c.Old.Text[c.Old.Clauses[p.Old].Start:c.Old.Clauses[p.Old+p.OldN-1].End]
	}
	if p.New != clause.None {
		new = c.New.Text[c.New.Clauses[p.New].Start:c.New.Clauses[p.New+p.NewN-1].End]
	}
	return old, new
}

// Classify lists the pairs of clauses that differ, each with the first rule that
// folds it: by its own words, then by what is around it.
func (t *Table) Classify(c *Comparison) {
	pairs := c.Alignment.Differing()
	c.Changes = make([]Change, len(pairs))
	material := false
	for i, p := range pairs {
		c.Changes[i] = t.classifyPair(c, p)
		material = material || !c.Changes[i].Folded()
	}
	if material {
		t.classifyContext(c)
	}
}
