// Package ledger takes decisions and keeps what follows from them: events, the
// records that approvals make, undo and redo, drafts and the state of the desk.
//
// It is not for the rules of decisions (store/review) or for lists (store/views).
//
// Invariants: a decision is one event, one transaction and one journal entry; an
// approval makes a record, and its journal entry, in the same transaction; nothing
// that was decided is changed or deleted, undo is another event.
//
// # Decisions with reasons
//
//   - Several changes decided on together are one transaction with an event each;
//     the events share a batch number, the first one's journal entry, so that
//     undo and redo find them again after a restart.
//   - What a second reader makes of a change is an event like any other; it is
//     theirs by who decided and the state it was decided in. The record names
//     both, and neither overwrites the other.
//   - A review is not stored: it is projected from its events each time, so it
//     can't disagree with them.
//   - Drafts and the state of a desk are not in the journal: nothing was decided
//     yet.
package ledger
