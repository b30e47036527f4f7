// Package kv is the floor under everything stored: one bbolt file with
// its lock, its buckets, sealed values, their encoding, numbers and interned
// strings.
//
// It is not for what the values mean: store/rows and the packages above it know
// that.
//
// # Short-lived opens
//
// bbolt locks the whole file for one process, so a [DB] holds no open file: every
// transaction opens, runs and closes. A second process waits a bounded time and is
// then given the name of who holds the file. While a writer works, "<file>.holder" names it.
//
// # Files
//
//	<file>         the database
//	<file>.id      made with it: the store's identity. A missing, empty or
//	               truncated database beside one is refused, never started again
//	               What lost it gets it again with the next commit
//	<file>.head    the journal's head, written after each commit that adds to it: see
//	               [fineprint/store/head]. A database that doesn't go on from it is refused, in
//	               each transaction, with a [model.HeadError]
//	<file>.holder  who is writing now; advisory
//	.<file>.compact  a copy in the making; what a crash left is overwritten
//
// A database is made as a temporary file, synced, renamed, and its folder
// synced. Before bbolt maps the file its size is checked against the newest
// valid meta page, because reading past a truncated file kills the process; and
// reads run with faults turned into ErrDamaged.
//
// # Values
//
// Integers in keys are big-endian, so that bbolt's order is ours. A sealed
// value is SHA-256(bucket ‖ 0 ‖ key ‖ payload) ‖ payload: reading checks it, so a
// flipped bit, or a value under another key, is ErrDamaged and never a wrong
// answer.
//
// What is new is written with [Insert], which refuses a key that is there, under a
// number of [NextNumber], which refuses one that is taken; and no transaction
// writes while a bucket's sequence is behind its last key. A sequence lowered by a
// flipped bit once let an import overwrite changes.
//
// # Size
//
// Buckets whose keys only grow are written with full pages; what else a large
// import leaves unused, [DB.CompactIfWasteful] gives back: it copies the database,
// compares the copy value by value, and renames it over the old one under its lock.
// A process that waited for the old one's lock sees that the path names another
// file now and opens that.
package kv
