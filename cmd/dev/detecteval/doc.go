// Package detecteval judges the detection engine: known edits of documents, labelled
// real changes, a whole history, and speed, each as figures that one run
// prints, so that a change of the engine is judged in a minute.
//
// Invariants:
//   - What is true of an edit is known from how it was made, never asked of the
//     engine: the package has its own, cruder reading of Markdown (draft.go),
//     so that a mistake of store/text/clause can't hide itself.
//   - The same seed gives the same documents, edits and figures.
//   - No text of a collection is part of the package: its own documents
//     (testdata) are invented, others are handed in by the caller.
//
// Decisions: edits are found again by the bytes they are at, not by how alike
// the words are, because near-duplicates are what goes wrong; only the known
// cases (cases.go) match by words, as their yardstick does. How the store looks
// at a history is behind Assessor, in assess.go alone.
package detecteval
