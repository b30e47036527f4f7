// Package lookup finds clauses for people: by their words, and by being like another. It
// keeps the index for that (store/insight/index) up to date through store/insight/upkeep,
// and says of each hit what it is: its platform and document, its words where they were
// found, when it was seen.
//
// It is not for how the index works, nor for the language of queries
// (store/insight/search).
//
// Invariants: a page of hits is read in one transaction, and only its own texts are. What
// can't be read, or is not what the index says, is an error, never a shorter list. Marks
// are on the borders of characters. Nothing is written.
//
// # Decisions with reasons
//
//   - What is shown is the newest wording that matches, which is the current one if that
//     does: an analyst who finds a past one is told so.
//   - Clauses of one platform in the same words are one hit, with how many more there are:
//     a company has its arbitration clause in a dozen documents. Other platforms' are hits
//     of their own, for that is news.
//   - A clause is like another when the score of package index is at least [Threshold]. Of
//     60 pairs that were drawn from contrib by their scores, ten a step, and read: 9 say the
//     same and 1 nearly at 0.45 and above; 5 and 3 of 10 from 0.40; 5 and 2 from 0.35; 5 and
//     2 from 0.30; 2 from 0.25, 1 from 0.20.
//   - By their types two clauses are alike where the type is one that does one thing, both
//     have its cues in common and neither turns the other's way (likeness.go): below
//     [Threshold] the type alone says little. Of 40 pairs that the type alone had found (half
//     from pga, half from contrib, drawn from clauses of any type) 16 had the same effect on the
//     same matter, 11 nearly, 13 not; of 40 others drawn after 35, 3 and 2, and only some three
//     clauses in a hundred have such a pair, where four in ten had.
//   - A comparison looks at what stands today only: what others have, not what they had.
package lookup
