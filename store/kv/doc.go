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
//	<file>.pages   checksums of the pages that the newest transaction leads to
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
// # Pages
//
// A seal tells that a value is whole, not that it is the one that was written last: pages of
// before, swapped and misdirected ones hold well sealed values. So each commit keeps the sums
// of its pages ([fineprint/store/kv/pagesum]), and opening a database compares them with the file
// ([fineprint/store/kv/integrity]), or, where there are none or older ones, walks over its pages and
// compares the list of free pages with what it reached ([fineprint/store/kv/pagefile]). [DB.Integrity]
// has what that found:
//
//   - a page that counts is not as it was written: reading goes on, its answers are said to be
//     incomplete or out of date, and nothing is written
//   - pages lead to themselves: bbolt would find no end in them, so that nothing is read either. For
//     that the comparison comes before the first transaction, not beside it. Where keys do not
//     ascend bbolt does find an end, but may come back to a smaller key: see [SeekBehind]
//   - the newest meta page is damaged, so that bbolt would fall back on the transaction before:
//     sums of a newer transaction, whose pages are in the file, tell
//   - pages that are neither used nor free are room that is lost, and no damage
//
// What it does not tell: damage that comes while a process runs is seen by the next one. Sums that
// were left behind by a build that kept none, or were lost with a crash, are made anew of what the
// file holds by then. Who changes the file and its sums has changed both. Copies of one database that
// went on by themselves have each their own.
//
// The other way to a list of free pages that can be believed is bbolt's NoFreelistSync: it is
// made again from the pages at each opening for writing. Measured on two cores (pagesum: go test
// -bench . with FINEPRINT_PAGES_DB, with priority over others), file of 98 MB (12 MB), without
// syncing: a commit of one value takes 0.07 ms (0.06) with a list of free pages, 0.20 (0.12) with sums
// besides, 23 (2.0) without a list. Comparing all pages takes 6.4 ms (1.4) and 13 of processor time, a
// walk over them 80 (10). With NoFreelistSync each write would cost what opening costs now, and more,
// and stale and swapped pages would go unseen.
//
// Of `queue --limit 50` on the 98 MB, 56 ms, comparing is 8 (15 of 80 of processor time); `decide`, 31
// ms, takes as long as without sums. Mapping the file instead of reading it takes half as long again,
// smaller blocks than 1 MB no less, and to read only what shows that reading ends, the beginning of
// each page, as long. After a build that keeps no sums each process walks, until one writes.
//
// The database's own values (schema, identity, what IDs begin with) have a seal too, which builds of
// before pass over. Lists of names and contents that have none are held against what they lead to.
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
//
// Size: the transaction, the lock, and the files beside the database are written under one
// another's order; what is apart (pages, sums, locks of files) has packages of its own.
package kv
