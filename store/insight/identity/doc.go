// Package identity knows every clause of a document again: it gives each an FP-P number
// that lasts while the clause is moved, renumbered and edited, is split or joined with
// others, goes and comes back.
//
// It is not for what changed or what of it is material (store/detect), which it takes from
// the stored clause changes, nor for what records say of a clause (store/ledger).
//
// # How clauses are followed
//
// The texts of a document ([Chain]) are gone through in the order of time. Clauses that a
// change does not list have the same bytes in the same order and are the same ones. Of
// those that it lists
//
//   - a modified or moved one stays what it was; of one that was split, the largest part
//     does, and the others note where they were split from; of several that were joined,
//     the largest stays, and the others note what they were merged into;
//   - a removed and an added one are one clause where they are under the same heading, or
//     between the same neighbours, and have enough words in common;
//   - an added one that has the words of one that ended is that one, come back: at the same
//     place, or anywhere where the words are long enough to say something. One with nearly
//     the words of one that ended at the same place (four fifths of both) is that one too,
//     when nothing else claims either. So is a
//     heading that takes the place of another: pages that show things in turns would
//     otherwise make one clause of their headings.
//
// Where there are no clause changes, or they are not those of the texts, the texts are
// aligned anew.
//
// # What is kept
//
// One value a document ([History]): for each text the steps from the clauses of the one
// before to its own. Which clauses a version has, since when, with which words, where they
// came from: all is read off the steps, without the texts. Numbers are given to a document
// in ranges, out of the sequence that provisions of records have; a table says whose a
// number is.
//
// Invariants: no two clauses of one text have the same number; no number is given twice;
// what is found follows from the texts and the clause changes alone, in whatever batches
// they came; making it again gives the clauses the numbers that they had, matched by where
// their words stand; a value that contradicts itself or the texts is [model.ErrDamaged],
// never another clause.
package identity
