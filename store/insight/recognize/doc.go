// Package recognize suggests what types a clause is of, how probable each is, and the
// words that gave it away.
//
// It is not for deciding: a person's word stands above every suggestion (store/insight/types
// keeps those). It does no I/O.
//
// What speaks for a type are learned weights (weights.zst), the cues of package clausetype,
// and the headings above a clause; what an analyst corrected is a [Layer] on top. A clause
// may be of several types, and many are of none: titles, contacts, definitions.
//
// Invariants: equal clauses get equal suggestions, whatever was asked before; no words are
// given as reasons that are not in the clause; without lessons a layer changes nothing.
//
// # Decisions with reasons
//
//   - The weights of types were learned from clauses of 150 platforms of the Open Terms
//     Archive's contrib collection (ODC-By / ODbL) that stand under a heading which says
//     what they are, and from the points of ToS;DR (https://tosdr.org, CC BY-SA 3.0) by the
//     types of their cases; those of cases from the points alone. Nothing was learned from
//     the platforms of the pga collection and from one in four of the others, so that it
//     can be judged there. `go run ./cmd/dev/typeeval -ship` makes them again.
//   - Headings taught more than the points did: quotes of ToS;DR are chosen for what is
//     notable, and most clauses of real documents are like none of them.
//   - The weights are unpacked at the first question, not at the start of the program.
//   - Which clauses are alike is told by their pairs of words ([Alike]), so that a correction
//     holds for the same clause elsewhere even where it says another name or number.
package recognize
