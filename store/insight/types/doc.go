// Package types says of what types the clauses in a database are: as somebody said, of
// the clause itself or of one that is alike, else as package recognize suggests.
//
// It is not for suggesting, nor for the types of records, which a record's author chooses.
//
// Invariants: every correction is an event with its entry in the journal; undoing one is
// an event too; what was said of a clause holds for all clauses with the same visible
// words, whatever document they stand in, and the last word counts. What is kept of the
// types of documents and changes is derived: it carries the algorithm and the last
// correction that it heeds, and is made again where these are others.
//
// # Decisions with reasons
//
//   - Corrections are filed by the words, not by the clause's ID: the same boilerplate stands
//     in dozens of documents, and a clause that is reworded is to be looked at anew.
//   - Clauses alike (recognize.Alike) take over a correction too; of several the last.
//   - What corrections teach is a small layer over the shipped weights, made again from the
//     events in their order, so that two databases with the same events suggest the same.
//   - What a correction teaches counts for clauses with words in common with it
//     (recognize.Reach): taught to all of them, one correction moved what was suggested of
//     two thirds of a collection's clauses, and some 250 got another type for no reason.
//   - Types are found when they are asked for, a document at a time, and kept; recording
//     does nothing for them. After a correction only the clauses that it reaches are looked
//     at again.
//   - What is learned from quotes (`insight train`) stands by itself: with own quotes the
//     shipped weights of cases, which know ToS;DR's points, are not used, so that a
//     measurement by a file that was held back is honest.
package types
