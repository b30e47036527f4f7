// Package outbox keeps what is to be told to the outside until it was told: each
// notification is written in the transaction of the act that it tells of, and stays until
// a target took it or it was given up.
//
// It is not for sending anything (fetch/notify), nor for when that may be (cmd/internal/app):
// it opens no connection and knows no target but its name.
//
// Invariants:
//   - A notification is named by what it tells whom: putting it in again changes nothing.
//   - Its bytes are made once: a repeat says what was said before, with the same ID, by
//     which who receives it drops repeats.
//   - It is delivered at least once. Who takes it has it in hand for a while (a lease):
//     until that is over nobody else gets it. Who dies with it loses only the time.
//   - What is done is reported with the token of the lease: a report that comes after
//     another took the notification over counts when it is of a delivery, for that
//     happened, and not when it is of a failure.
//
// # Decisions with reasons
//
//   - When what waits is due is an index of its own, by target, so that taking the next
//     hundred of 10,000 reads a hundred. A lease is a due time in the future and nothing
//     else: what expires is taken by the rule that takes what is due.
//   - A digest is a notification as well: those that it holds leave the index in the
//     transaction that makes it, and are done when it is.
//   - What was delivered keeps its ID for thirty days, without its bytes.
//   - The outbox is no part of the journal: it says nothing of what was decided. That a
//     rule notified somebody about a change is a step of the change, which is.
package outbox
