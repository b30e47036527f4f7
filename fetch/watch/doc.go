// Package watch fetches tracked documents and has them recorded: [Fetcher.Run] once,
// [Fetcher.Watch] as they fall due. The command line, the desk and the demo share
// it. [DryRun] fetches without recording, to see what a page changes by itself.
//
// It is not for taking in histories: that is package [fineprint/fetch/importer].
//
// Invariants:
//   - It knows the store only by the methods it needs ([Tracker], [Recorder]).
//   - Each document is recorded in a transaction of its own, as it arrives.
//   - A document that can't be fetched is a [Result]; an error is the store's.
//
// Before a page is compared with a text that was read otherwise, by another
// extractor or with other selectors, that text is read again from its own bytes
// (reread.go), and the page is asked for in full: a 304 would be an answer to
// another question.
package watch
