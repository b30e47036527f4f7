// Package provision knows clauses again: it follows them through the versions of their
// documents, and gives those that records are about an ID (FP-P) that they keep.
//
// It is not for judging what changed (store/detect) nor for what is written about a
// provision (store/ledger).
//
// Invariants: the same visible words in a document have the same ID, and so has a
// clause that was followed, through the versions in between, from where it had one; an
// ID is never given anew. What is followed is read from the texts and from the clause
// changes that are stored, and nothing of it is kept but the IDs.
//
// # Decisions with reasons
//
//   - IDs are given only to what a record quotes: a store has far more clauses than
//     anybody writes about.
//   - The words of a clause that is given an ID in another version are noted beside
//     those it had, so that finding them again costs no following.
package provision
