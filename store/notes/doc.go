// Package notes keeps what readers note on changes and on clauses of them, and to whom
// changes are assigned.
//
// It is not for judgements (store/ledger): nothing here changes a review, a verdict or a
// record, and no decision becomes stale by it. The note of a review that a record shows
// ([model.Review]) is another thing.
//
// Invariants: every step is an event with its entry in the journal, in one transaction;
// what notes there are, and who a change is assigned to, is projected from the events; a
// text is kept byte for byte as it was given, for who shows it to make safe.
//
// # Decisions with reasons
//
//   - A note is numbered by the journal entry that wrote it: it is found by its ID through
//     the journal, and there is no index that could disagree.
//   - A note on a clause gives it an ID, as a record does, and keeps where it stands and
//     how it begins: detecting again may number the clauses of a change otherwise. It is
//     found by its place, else by its words; a note whose clause is no part of the change
//     any more is shown as one on the change, with the words it was about.
//   - Undoing a decision does not touch notes: they are no part of what was decided. A step
//     with a note is undone by its opposite, which is a step too.
//   - The notes on a change that others took the place of are shown with those others.
//   - The first step raises the schema: builds of before would lose the notes when they
//     compact a database.
package notes
