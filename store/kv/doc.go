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
// then given the name of who holds the file: by the system's list of locks (Linux), else by
// "<file>.holder", in which a writer, and a reader of more than a second, names itself.
//
// # Turns
//
// Who waits holds "<file>.turn" until it has the database's lock, so that one that takes the
// lock again and again (an import, detect --again) stands behind it each time. Before, it had
// the lock back before the others asked for it again, and decisions were refused for as long
// as it went on. A turn is a courtesy and no condition: see takeTurn. That a wait lasts as long
// as one transaction only helps if transactions are short: what takes seconds is read from a
// [DB.Snapshot], and worked out before the transaction that writes it. The wait of ten seconds
// is for a machine that is busy ten times over: an import's batch takes one.
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
//	<file>.holder  who holds it now; advisory
//	<file>.backups/  backups; see store/rescue
//	<file>.turn    an empty file, locked by who waits; never removed
//	.<file>.compact     a copy in the making; what a crash left is overwritten
//	.<file>.snapshot.N  a snapshot that is read; locked by its reader
//	.<file>.N           one of the others in the making
//
// What killed processes left of the last three is swept by the next writer. None of
// these is written through a symbolic link: in a folder that others write to it
// would be their way to have us write anywhere.
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
