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
//   - A provision record is written in steps, each an event with its entry in the
//     journal, and what is written is projected from them: nobody's words are lost, and
//     who wrote what is known. Its number is that of its first step, so that it can be
//     named before it is approved. Approving freezes a revision into the same bucket as
//     the records of changes; the one before stays as it is and is not withdrawn, for
//     nothing was taken back. The change that it was picked from stays as it is.
//   - A record names others by their cards, which are kept beside the records: no record
//     is decoded to approve another. Databases without provision records have none.
//   - A record is linted before it is approved when there is more in it than a judgement:
//     plain approvals are as they ever were.
//   - Drafts and the state of a desk are not in the journal: nothing was decided
//     yet.
//
// Size: deciding, freezing what was approved, and by what records are found write the same
// rows in one transaction, and the last is made again here after a salvage.
package ledger
