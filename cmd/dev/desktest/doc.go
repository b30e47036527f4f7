// Package desktest drives the desk for tests and developers' tools, in one of two
// ways. A [Desk] is a model without a terminal or a clock of its own: messages go
// in, what commands answer is handed back when the caller wants it, frames come
// out. A [Terminal] is an emulated terminal with the whole program on it, Bubble
// Tea's loop and renderer included. It is not for the program itself.
//
// It knows nothing of the desk but Bubble Tea's messages, so that the desk's
// packages can be moved about without it.
//
// Invariants:
//   - On a Desk nothing runs at the same time: the same messages and steps give
//     the same frames, so that a seed reproduces a failure. A command that waits
//     for something outside ([NotYet]) stays pending and does not count as work.
//   - A Desk is waited for until no command is left, a Terminal until a message
//     or a write brought what is waited for; never for a time. The patience of a
//     Terminal is how long a test may take to fail.
//   - What is typed on a Terminal waits in a pipe while the program does not read,
//     as while an editor is open; none of it is lost. The emulator itself would
//     block, and with it whoever writes. Its screen is read while nothing writes
//     to it.
package desktest
