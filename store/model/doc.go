// Package model holds Fineprint's domain: the nouns every other package talks
// about (platform, document, snapshot, version, change, review, record), their
// identifiers, and the errors that cross package edges.
//
// It is a leaf: it imports nothing of ours and does no I/O. It is not for
// behaviour that needs a text compared (store/text/redline, store/detect) or a
// decision judged (store/review).
//
// Invariants:
//   - Times are UTC. Byte offsets count bytes of the UTF-8 text they belong to.
//   - SHA-256 values are 64 lower-case hex digits.
//   - The JSON of these types is the command line's contract: fields are added,
//     never renamed or removed.
//
// Size: nouns and the tables of what they may hold, that every package shares; there
// is no arrow between them along which to cut.
//
// [WritingFields] is the one table of what a person writes in a record: files, the
// desk's form, the linter and exports range over it.
//
// Decision: the errors that are shown to people live here and not in
// package store, because tui may not import store and has to distinguish a stale
// decision from a busy database.
package model
