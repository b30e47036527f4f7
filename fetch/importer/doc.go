// Package importer takes histories in: repositories and datasets of the Open Terms
// Archive, captures of the Internet Archive, and files that lie about. It makes a
// capture of each version and has a store record them, oldest first.
//
// It is not for what is fetched from the web on a schedule: that is package
// [fineprint/fetch/watch].
//
// Invariants:
//   - It knows the store only by the methods it needs ([Recorder]).
//   - What was imported once is known by its commit and path; importing again, or
//     after an interruption, takes in only what is new.
//   - Bytes that can't be read are kept as a failed capture. One bad entry is a
//     remark, never the end of an import.
//   - Nothing is unpacked to disk, and what an archive unpacks to is bounded.
package importer
